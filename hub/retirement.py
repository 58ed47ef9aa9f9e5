"""Who has left: an opaque id and a pseudonym take the place of name and id, in fields, texts and addresses.

The id is made of the old one with HMAC (RFC 2104) over SHA-256, so that one person keeps one address from build to
build, and with the hub's salt, so that nobody who has the site alone can try names until one fits. The salt is the
option `salt` in `mkdocs.yml`, or the variable HUB_SALT where it is to stay out of the repository. Whoever has the
repository needs no guessing: its files name the person, and its history will even when they no longer do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from hub.fields import Ref
from hub.i18n import Label
from hub.library import Library
from hub.links import Resolver
from hub.markdown.parser import slug
from hub.model import Entry
from hub.nearest import fold
from hub.walk import rewritten

_DIGITS = 8
_KEPT = frozenset({"status", "withdrawal", "retired"})
"""Fields of whoever has left that say how the entry is to be treated."""
_WIKI = re.compile(r"\[\[(?P<target>[^\[\]|]{1,200}?)(?:\\?\|[^\[\]|]{1,400}?)?\]\]")
_LINK = re.compile(r"\[[^\[\]]{0,400}\]\(\s*(?P<address><[^<>\n]*>|[^\s()<>]+)[^()\n]*\)")


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """What stands for somebody: an id and a name."""

    id: str
    name: Label


def _as_link(kind: str, own: Pseudonym) -> str:
    return f"[[{kind}:{own.id}]]"


class Retirement:
    """Those of a library who have left, and what stands for them. Made once for a library.

    Attributes:
        people: what stands for each, by kind and id.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._resolver = Resolver(library)
        self.people: Mapping[tuple[str, str], Pseudonym] = {
            entry.key[:2]: _pseudonym(entry, library) for entry in library if entry.pseudonym("")
        }
        self._names = self._known_names() if self.people else {}
        self._pattern = _any_of(self._names)
        self._by_id = {entry_id: (kind, entry_id) for kind, entry_id in self.people}
        self._ids = {
            written: own
            for (kind, entry_id), own in self.people.items()
            for written in (
                f"{kind}:{entry_id}",
                f"{library.kinds[kind].folder_in(library.default_language)}/{entry_id}",
            )
        }
        whole = "|".join(map(re.escape, sorted(self._ids, key=len, reverse=True)))
        self._written_ids = re.compile(rf"(?<!\w)(?:{whole})(?![\w-])") if whole else None

    def entry(self, entry: Entry) -> Entry:
        """An entry, or one of its past revisions, without the names and ids of those who have left."""
        if not self.people:
            return entry
        own = self.people.get((entry.kind.name, entry.id))
        if own:
            return self._without_all(entry, own)
        lang = str(entry.lang)

        def change(value: Any) -> Any:
            if isinstance(value, Ref):
                return self.ref(value)
            return self.text(value, lang) if type(value) is str else value

        found = rewritten(entry, change)
        if found is not entry:  # a value may hold the name where the file, with its folds and escapes, does not
            found = found.put_otherwise()
        return found.with_text(lambda text: self.text(self._links(text, entry), lang))

    def ref(self, ref: Ref) -> Ref:
        """A reference as readers may see it."""
        own = self.people.get((ref.kind, ref.id))
        return Ref(ref.kind, own.id, ref.anchor) if own else ref

    def text(self, text: str, lang: str) -> str:
        """A text with pseudonyms in the place of full names, however they are written, and of ids with their kind."""
        if self._pattern:
            found = self._pattern.sub(lambda match: self._names[_plain(match[0])].name.in_(lang), text)
            text = text if found == text else found  # the same object where nothing changed
        if self._written_ids:
            found = self._written_ids.sub(lambda match: self._ids[match[0]].name.in_(lang), text)
            text = text if found == text else found
        return text

    def written(self, text: str, lang: str) -> str:
        """What was written in front matter or in a commit, in the same way: there an id may stand alone."""
        for (_, entry_id), own in self.people.items():
            text = re.sub(rf"(?<![\w-]){re.escape(entry_id)}(?![\w-])", own.name.in_(lang), text)
        return self.text(text, lang)

    def body(self, text: str, entry: Entry, lang: str) -> str:
        """The Markdown of an entry with pseudonyms, and not links, in the place of links to those who have left."""
        return self.text(self._links(text, entry, lambda _, own: own.name.in_(lang)), lang) if self.people else text

    def is_told_by(self, path: str) -> bool:
        """Whether a path or an address holds the name or the id of somebody who has left."""
        plain = f"-{_plain(path)}-"
        return any(f"-{name}-" in plain for name in self._names) or bool(
            self._written_ids and self._written_ids.search(path)
        )

    def _known_names(self) -> dict[str, Pseudonym]:
        """Full names by their plain form; not those that somebody shares who has not left."""
        found: dict[str, Pseudonym] = {}
        others: set[str] = set()
        for entry in self._library:
            own = self.people.get((entry.kind.name, entry.id))
            known = self._library.known_as.get(entry.key[:2], frozenset())
            ids = {entry.id} if own else set()
            for name in {*entry.names, getattr(entry, "sort_name", ""), *known, *ids}:
                if own and "-" in _plain(name):
                    found[_plain(name)] = own
                elif not own:
                    others.add(_plain(name))
        return {name: own for name, own in found.items() if name not in others}

    def _links(self, text: str, entry: Entry, write: Callable[[str, Pseudonym], str] = _as_link) -> str:
        """The text with links to those who have left written anew: what was shown may have been the name."""
        lang = str(entry.lang)

        def wiki(match: re.Match[str]) -> str:
            name = " ".join(match["target"].split())
            meant = self._resolver.wiki(name, lang).entry
            # Nobody's link leads to a page that was withdrawn: then the id tells whose it was.
            who = (meant.kind.name, meant.id) if meant else self._by_id.get(name.partition("#")[0], ("", ""))
            own = self.people.get(who)
            return write(who[0], own) if own else match[0]

        def link(match: re.Match[str]) -> str:
            found = self._resolver.link(entry, unquote(match["address"].strip("<>")))
            meant = found.entry if found else None
            own = self.people.get((meant.kind.name, meant.id)) if meant else None
            return write(meant.kind.name, own) if meant and own else match[0]

        return _LINK.sub(link, _WIKI.sub(wiki, text))

    def _without_all(self, entry: Entry, own: Pseudonym) -> Entry:
        """Who has left, with nothing but the pseudonym: neither names nor old addresses nor a text."""
        fields = type(entry).model_fields.items()
        nothing = {name: info.get_default() for name, info in fields if name not in _KEPT and not info.is_required()}
        lang = str(entry.lang)
        if entry.withdrawal:  # why, in somebody's words
            nothing["withdrawal"] = rewritten(
                entry.withdrawal, lambda value: self.text(value, lang) if type(value) is str else value
            )
        left = entry.model_copy(update={**nothing, "id": own.id, "title": own.name.in_(lang)})
        return left.put_otherwise().with_text(lambda _: "")


def retire(library: Library) -> Library:
    """The library without the names and ids of those who have left."""
    known = Retirement(library)
    people = known.people
    if not people:
        return library
    entries = sorted((known.entry(entry) for entry in library), key=lambda entry: entry.key)
    references = tuple(
        replace(reference, target=known.ref(reference.target))
        for reference in library.references
        if reference.source[:2] not in people
    )
    wanted = {
        known.text(name, library.default_language): tuple(key for key in keys if key[:2] not in people)
        for name, keys in library.wanted.items()
    }
    return replace(
        library,
        entries=tuple(entries),
        references=references,
        wanted={name: keys for name, keys in wanted.items() if keys},
    )


def _pseudonym(entry: Entry, library: Library) -> Pseudonym:
    said = f"{entry.kind.name}:{entry.id}".encode()
    digest = hmac.new(library.salt.encode(), said, hashlib.sha256).digest()
    mark = base64.b32encode(digest).decode().lower()[:_DIGITS]
    label = entry.pseudonym(mark)
    assert label is not None
    return Pseudonym(slug(label.in_(library.default_language)), label)


def _plain(name: str) -> str:
    return fold(re.sub(r"[\W_]+", " ", name))


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, with or without accents and capitals, its words apart as people write them."""
    found = [r"[\s,\-‐‑]{1,3}".join(map(_letters, name.split("-"))) for name in sorted(names, key=len, reverse=True)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(found)})(?![^\W_])", re.IGNORECASE) if found else None


def _letters(word: str) -> str:
    return "".join(f"[{sign}{_ACCENTED.get(sign, '')}][\u0300-\u036f]*" for sign in word if sign.isalnum())


def _accented() -> dict[str, str]:
    """For each plain letter the letters of Latin scripts that are written with it."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            found[base] = found.get(base, "") + chr(code)
    return found


_ACCENTED = _accented()
