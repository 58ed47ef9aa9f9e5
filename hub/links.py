"""Where references lead: fields, Markdown links and `[[wiki links]]`, resolved against the library."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from hub.addresses import LISTINGS, address_of, folder, in_language, listing
from hub.diagnostics import Diagnostic, Message, Rule, Severity
from hub.fields import Code, Ref
from hub.i18n import N_, Label
from hub.library import Library, Reference
from hub.location import Location
from hub.markdown import Link
from hub.markdown.parser import ANCHOR_PREFIX
from hub.model import Entry, Key
from hub.naming import joined
from hub.nearest import fold, nearest, proposal
from hub.once import once
from hub.parts import Part
from hub.walk import Value, marks, walk

BROKEN_REFERENCE = Rule(
    "broken-reference",
    Severity.ERROR,
    N_("“{found}” names no entry."),
    N_(
        "{proposal} An id is the name of its file without “.md”; what has no page yet gets one by “hub new {kind}”. "
        "Example: {example}"
    ),
)
BROKEN_ANCHOR = Rule(
    "broken-anchor",
    Severity.ERROR,
    N_("“{found}” has no part “#{anchor}”."),
    N_("{choices} Example: {example}"),
)
BROKEN_LINK = Rule(
    "broken-link",
    Severity.ERROR,
    N_("The link “{found}” leads to no file of the hub."),
    N_(
        "{proposal} A link is written from the file that it stands in. "
        "Example: [the project](../projets/pass-sourou.md)"
    ),
)
MISSING_IMAGE = Rule(
    "missing-image",
    Severity.ERROR,
    N_("The image “{found}” is not in the hub."),
    N_(
        "Put the file beside the text and write its name. "
        "Example: ![The team in front of the health centre](equipe.jpg)"
    ),
)
EXTERNAL_IMAGE = Rule(
    "external-image",
    Severity.WARNING,
    N_("The image “{found}” is on another site; it is shown as a link."),
    N_("Readers without a network could not see it: put the file in the hub. Example: ![The team](equipe.jpg)"),
)
UNKNOWN_WIKI_LINK = Rule(
    "unknown-wiki-link",
    Severity.ERROR,
    N_("[[{found}]] names no entry."),
    N_("{proposal} Only the wiki may name pages that nobody has written yet. Example: [[{example}]]"),
)
AMBIGUOUS_WIKI_LINK = Rule(
    "ambiguous-wiki-link",
    Severity.WARNING,
    N_("[[{found}]] may mean {choices}."),
    N_("Say which one. Example: [[{example}|{found}]]"),
)
RULES = (
    BROKEN_REFERENCE,
    BROKEN_ANCHOR,
    BROKEN_LINK,
    MISSING_IMAGE,
    EXTERNAL_IMAGE,
    UNKNOWN_WIKI_LINK,
    AMBIGUOUS_WIKI_LINK,
)
CITED_BY = Label("Cité par", "Cited by")
_NO_ID = Message(N_("No id in the hub is like it."))
_NO_FILE = Message(N_("No file in the hub has a name like it."))
_NO_NAME = Message(N_("No entry has a title, an acronym or an id like it."))
_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads.

    Attributes:
        entry: the entry, where it is one.
        address: the page's or file's address in the site with its anchor; a whole URL for another site.
        wanted: the name of a page that nobody has written yet.
        choices: entries that a wiki link may mean besides `entry`.
        is_outside: whether `address` is of another site.
    """

    entry: Entry | None = None
    address: str = ""
    wanted: str = ""
    choices: tuple[Entry, ...] = ()
    is_outside: bool = False


class Resolver:
    """Resolves what entries refer to. Made once for a library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._anchors: dict[Key, frozenset[str]] = {}

    @cached_property
    def _names(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by folded id, then by every name that they go by."""
        found: dict[str, dict[tuple[str, str], Entry]] = {}
        for entry in self.library:
            who = entry.key[:2]
            for name in called(entry):
                found.setdefault(name, {}).setdefault(who, entry)
        return {name: tuple(entries.values()) for name, entries in found.items()}

    @cached_property
    def _listings(self) -> frozenset[str]:
        library = self.library
        own = [folder(name, library) for name in library.kinds] + [listing(name, library) for name in LISTINGS]
        return frozenset(address for address in own if address)

    def reference(self, ref: Ref, lang: str) -> Entry | None:
        """The entry of a reference, in `lang` where it exists in it."""
        return self.library.get(ref.kind, ref.id, lang)

    def is_hidden(self, ref: Ref) -> bool:
        """Whether it leads to an entry that is not shown for now."""
        return (ref.kind, ref.id) in self.library.hidden

    def is_hidden_name(self, target: str) -> bool:
        """Whether a wiki link gives the id or the title of an entry that is not shown for now."""
        return fold(target.partition("#")[0]) in self.library.hidden_names

    def wiki(self, target: str, lang: str) -> Destination:
        """Where `[[target]]` leads: `kind:id`, an id, a title or an acronym, each with an optional `#anchor`.

        What is not shown for now is neither there nor wanted: somebody has written it.
        """
        name, _, anchor = target.partition("#")
        kind, colon, entry_id = name.partition(":")
        if colon and kind in self.library.kinds:
            found = self.library.get(kind, entry_id.strip(), lang)
            return self._to(found, anchor) if found else self._missing(target, target)
        entries = self._called(name)
        if not entries:
            return self._missing(target, name.strip())
        first = self.library.get(entries[0].kind.name, entries[0].id, lang) or entries[0]
        return Destination(first, self._to(first, anchor).address, choices=entries[1:])

    def _missing(self, target: str, name: str) -> Destination:
        return Destination() if self.is_hidden_name(target) else Destination(wanted=name)

    def _called(self, name: str) -> tuple[Entry, ...]:
        """The entries that a name means: those of that id, else those of that title or acronym.

        A page that says more goes before the glossary's entry and before a plain page of the same name.
        """
        entries = self._names.get(fold(name), ())
        for says_more in (lambda e: e.id == name, lambda e: e.kind.index != "glossary", lambda e: any(e.kind.folder)):
            entries = tuple(entry for entry in entries if says_more(entry)) or entries
        return entries

    def link(self, entry: Entry, target: str) -> Destination | None:
        """Where a Markdown link or image in the text of `entry` leads, or None when nowhere."""
        if _EXTERNAL.match(target):
            return Destination(address=target, is_outside=True)
        found = self.within(entry, target)
        if isinstance(found, Entry):
            return self._to(found, target.partition("#")[2])
        return None if found is None else Destination(address=found)

    def within(self, entry: Entry, target: str) -> Entry | str | None:
        """What a link in the text of `entry` leads to in the hub: an entry, or the address of a file or list."""
        path = target.partition("#")[0].partition("?")[0]
        if not path:
            return entry
        full = path_of(entry, target)
        if full.startswith(".."):
            return None
        other = self.library.at(full)
        if other:
            return self.library.get(other.kind.name, other.id, str(entry.lang)) or other
        if full in self.library.assets:
            return full
        address = f"{full.removesuffix('index.md').rstrip('/')}/"
        if address in self._listings and (path.endswith("/") or full.endswith("index.md")):
            return in_language(address, str(entry.lang), self.library)
        return None

    def anchor(self, entry: Entry, anchor: str) -> str | None:
        """The id in the page of `entry` that an anchor means, or None when there is none."""
        if entry.key not in self._anchors:
            self._anchors[entry.key] = frozenset(anchors_of(entry))
        known = self._anchors[entry.key]
        for candidate in (anchor, ANCHOR_PREFIX + anchor):
            if candidate in known:
                return candidate
        return None

    def _to(self, entry: Entry, anchor: str) -> Destination:
        found = self.anchor(entry, anchor) or anchor if anchor else ""
        return Destination(entry, address_of(entry, self.library) + (f"#{found}" if found else ""))


@once
def called(entry: Entry) -> tuple[str, ...]:
    """What a wiki link may call an entry, folded: its id first. Nobody's link leads to what was withdrawn."""
    if entry.status == "withdrawn":
        return ()
    return tuple(dict.fromkeys(fold(name) for name in (entry.id, *entry.names)))


def path_of(entry: Entry, target: str) -> str:
    """The path relative to `docs/` that a relative link in the text of `entry` means; it may lead out of it."""
    path = target.partition("#")[0].partition("?")[0]
    return joined("" if path.startswith("/") else posixpath.dirname(entry.src_uri), path.lstrip("/"))


@once
def anchors_of(entry: Entry) -> tuple[str, ...]:
    """The ids that can be cited in an entry's page: its parts' marks (`L1`), then its headings."""
    return (*marks(entry), *(heading.anchor for heading in entry.outline.headings))


def link(library: Library, unread: frozenset[str] = frozenset()) -> tuple[Library, list[Diagnostic]]:
    """Resolve every reference of a library.

    Args:
        library: the entries.
        unread: texts in `docs/` that are no entries, for they cannot be read or are not published: a link to one is no
            fault of its own.

    Returns:
        The library with its references and wanted pages, and what leads nowhere.
    """
    resolver = Resolver(library)
    return gathered(library, (found_in(resolver, entry, unread) for entry in library))


Found = Reference | Diagnostic | str
"""What an entry refers to, what leads nowhere, or the name of a page that is wanted."""


def found_in(resolver: Resolver, entry: Entry, unread: Container[str]) -> tuple[Found, ...]:
    """What one entry refers to."""
    key = entry.key  # one for all of its references
    in_text = (*_of_links(resolver, entry, key, unread), *_of_wiki(resolver, entry, key))
    return (*_of_fields(resolver, entry, key), *in_text)


def gathered(library: Library, found: Iterable[tuple[Found, ...]]) -> tuple[Library, list[Diagnostic]]:
    """The library with what all of its entries refer to, in their order; and what leads nowhere."""
    references: list[Reference] = []
    wanted: dict[str, dict[Key, None]] = {}
    faults: list[Diagnostic] = []
    for entry, some in zip(library, found, strict=True):
        for one in some:
            if isinstance(one, Reference):
                references.append(one)
            elif isinstance(one, Diagnostic):
                faults.append(one)
            elif entry.status != "withdrawn":
                wanted.setdefault(one, {})[entry.key] = None
    return library.with_links(references, {name: tuple(keys) for name, keys in sorted(wanted.items())}), faults


def _of_fields(resolver: Resolver, entry: Entry, key: Key) -> Iterator[Reference | Diagnostic]:
    library = resolver.library
    for value in walk(entry, Ref):
        ref = value.value
        target = resolver.reference(ref, str(entry.lang))
        if target is None:
            if not resolver.is_hidden(ref):
                yield _broken_reference(library, ref, entry.text.locate(value.path))
            continue
        if ref.anchor and resolver.anchor(target, ref.anchor) is None:
            yield _broken_anchor(target, ref.anchor, entry.text.locate(value.path))
        told = value.about
        qualifiers = _qualifiers(value)
        yield Reference(key, ref, str(value.path[0]), told.back or CITED_BY, qualifiers, by_qualifier=told.by_qualifier)


def _qualifiers(value: Value) -> tuple[Code, ...]:
    """The codes beside a reference that say in what capacity it is meant."""
    part = value.parent
    field = next(name for name in reversed(value.path) if isinstance(name, str))
    if not isinstance(part, Part) or field != part.qualifies:
        return ()
    beside = getattr(part, part.qualifier)
    return tuple(code for code in (beside if isinstance(beside, tuple) else (beside,)) if isinstance(code, Code))


def _of_links(resolver: Resolver, entry: Entry, key: Key, unread: Container[str]) -> Iterator[Reference | Diagnostic]:
    library = resolver.library
    for image in entry.outline.images:
        if _EXTERNAL.match(image.target):
            yield Diagnostic(EXTERNAL_IMAGE, _in_body(entry, image), {"found": image.target})
        elif not isinstance(resolver.within(entry, image.target), str):
            yield Diagnostic(MISSING_IMAGE, _in_body(entry, image), {"found": image.target})
    for one in entry.outline.links:
        if _EXTERNAL.match(one.target):
            continue
        found = resolver.within(entry, one.target)
        if isinstance(found, Entry):
            yield from _text_reference(resolver, entry, key, found, one)
        elif found is None and path_of(entry, one.target) not in unread:
            params = {"found": one.target, "proposal": _like_file(library, entry, one.target)}
            yield Diagnostic(BROKEN_LINK, _in_body(entry, one), params)


def _of_wiki(resolver: Resolver, entry: Entry, key: Key) -> Iterator[Reference | Diagnostic | str]:
    for one in entry.outline.wiki_links:
        found = resolver.wiki(one.target, str(entry.lang))
        if found.entry:
            if found.choices:
                choices = [f"{other.kind.name}:{other.id}" for other in (found.entry, *found.choices)]
                doubt = {"found": one.target, "choices": choices, "example": choices[0]}
                yield Diagnostic(AMBIGUOUS_WIKI_LINK, _in_body(entry, one), doubt)
            yield from _text_reference(resolver, entry, key, found.entry, one)
        elif resolver.is_hidden_name(one.target):
            continue
        elif entry.kind.welcomes_wanted:
            yield found.wanted
        else:
            names = [name for other in resolver.library for name in (other.id, *other.names)]
            params = {
                "found": one.target,
                "proposal": proposal(one.target, names, _NO_NAME),
                "example": nearest(one.target, names) or entry.id,
            }
            yield Diagnostic(UNKNOWN_WIKI_LINK, _in_body(entry, one), params)


def _text_reference(
    resolver: Resolver, entry: Entry, key: Key, target: Entry, link: Link
) -> Iterator[Reference | Diagnostic]:
    anchor = link.target.partition("#")[2]
    if anchor and resolver.anchor(target, anchor) is None:
        yield _broken_anchor(target, anchor, _in_body(entry, link))
    if (target.kind.name, target.id) != key[:2]:
        yield Reference(key, Ref(target.kind.name, target.id, anchor), "text", CITED_BY)


def _broken_reference(library: Library, ref: Ref, where: Location) -> Diagnostic:
    ids = [other.id for other in library.of_kind(ref.kind)]
    example = f"{ref.kind}:{nearest(ref.id, ids, cutoff=0) or ref.id}"
    params = {
        "found": f"{ref.kind}:{ref.id}",
        "proposal": proposal(ref.id, ids, _NO_ID),
        "example": example,
        "kind": ref.kind,
    }
    return Diagnostic(BROKEN_REFERENCE, where, params)


def _broken_anchor(target: Entry, anchor: str, where: Location) -> Diagnostic:
    known = [f"#{one.removeprefix(ANCHOR_PREFIX)}" for one in anchors_of(target)]
    choices = Message(N_("It has: {known}."), {"known": known}) if known else Message(N_("It has no parts."))
    example = f"{target.kind.name}:{target.id}{known[0] if known else ''}"
    return Diagnostic(
        BROKEN_ANCHOR, where, {"found": target.id, "anchor": anchor, "choices": choices, "example": example}
    )


def _like_file(library: Library, entry: Entry, target: str) -> Message:
    """Propose the file whose name is most like that of the target: the folders before it are what people get wrong."""
    named = {_file_name(uri): uri for uri in (*library.assets, *(other.src_uri for other in library))}
    word = nearest(_file_name(target.partition("#")[0]), named)
    if not word:
        return _NO_FILE
    return Message(N_("Did you mean “{nearest}”?"), {"nearest": _relative(named[word], entry)})


def _file_name(path: str) -> str:
    """The name by which people know a file: its own without its ending, or its folder's where it is the index there."""
    return posixpath.splitext(posixpath.basename(path.removesuffix("/").removesuffix("/index.md")))[0]


def _relative(uri: str, entry: Entry) -> str:
    return posixpath.relpath(uri, posixpath.dirname(entry.src_uri) or ".")


def _in_body(entry: Entry, found: Link) -> Location:
    return Location(entry.text.path, entry.text.body_line + found.line - 1, found.column)
