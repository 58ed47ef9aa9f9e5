"""What an entry gives to the search: its names, words, passages and facets, whatever its kind."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

import hub
from hub import facets
from hub.about import About, about_of
from hub.addresses import address_of
from hub.dates import PartialDate
from hub.fields import Code, Ref
from hub.library import Library
from hub.model import Entry, Key
from hub.search.slots import CURRENT, DRAFT, PAST
from hub.words import date_text

LONGEST_PASSAGE = 160
"""Words of a passage at most: what is shown of a result, and the reach of nearness."""
MOST_PASSAGES = 36**2 - 1
"""Passages of a record at most, since two digits of base 36 number them, and 0 is its front: about 200,000 words."""
_NOT_SEARCHED = frozenset({"hidden", "photo", "download"})
_IN_FRONT = frozenset({"card", "dates", "markers", "tenures", "asked"})
Names = tuple[str, ...]
"""What one thing is called in each of the hub's languages."""
_ENDS = (".", "!", "?", "…")
"""Signs at the end of a sentence's last word."""


class Passage(NamedTuple):
    """A run of text that stands below one heading.

    Attributes:
        anchor: the id that leads to it on the page; empty for its top.
        heading: what it stands under; empty where there is none.
        text: without marks.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """An entry as the search sees it.

    Attributes:
        key: kind, id, language.
        url: its page, relative to the site's root.
        names: what it is called, the title first.
        summary: as its author wrote it.
        keywords: keywords, and the labels and names of what it is linked with.
        front: short values of its identity card.
        passages: its text in order.
        facets: for each facet its values, with their labels in the hub's languages.
        date: ISO 8601, possibly partial, or empty.
        status: that holds today.
        rank: `CURRENT`, `DRAFT` or `PAST`.
    """

    key: Key
    url: str
    names: tuple[str, ...]
    summary: str = ""
    keywords: tuple[str, ...] = ()
    front: str = ""
    passages: tuple[Passage, ...] = ()
    facets: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    date: str = ""
    status: str = "published"
    rank: int = CURRENT

    @property
    def title(self) -> str:
        """Its title."""
        return self.names[0]


@dataclass(frozen=True)
class Source:
    """A library as a source of records.

    Attributes:
        library: what readers may see (`hub.public`).
        today: decides which reviews are due.
    """

    library: Library
    today: date

    def entries(self) -> tuple[Entry, ...]:
        """The entries that can be found: all but those withdrawn."""
        return tuple(entry for entry in self.library if entry.status != "withdrawn")

    def good_until(self) -> date | None:
        """The first day on which a record will read otherwise, a review being due then."""
        reviews = {entry.review_by for entry in self.entries() if entry.review_by and entry.status == "published"}
        due = (review.last_day + timedelta(days=1) for review in reviews if review.last_day >= self.today)
        return min(due, default=None)

    def digest(self, entry: Entry) -> tuple[Any, ...]:
        """All that a record depends on beside its rank, in a form that is quick to compare."""
        return (self.own(entry), address_of(entry, self.library), self.basis, *chain.from_iterable(self._linked(entry)))

    def own(self, entry: Entry) -> str:
        """All that a record depends on in its entry alone, and on this day: what a file says, told by its hash."""
        if entry.is_as_written and entry.text.hash:
            said = entry.text.hash
        else:
            said = hashlib.sha256(f"{entry!r}{entry.text.text}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"{said} {entry.status_on(self.today)}"

    def links(self, entry: Entry) -> list[str]:
        """The others whose names stand in its record, each as kind and id with a colon between, without spaces."""
        links = {f"{who.kind}:{who.id}" for who in _whom(entry) if isinstance(who, Ref)}
        return sorted(link for link in links if len(link.split()) == 1)  # no entry has an id with a space

    def called(self, link: str) -> Names:
        """What one of them is called in each of the hub's languages; nothing if the hub shows no such."""
        kind, _, entry_id = link.partition(":")
        return self._names(Ref(kind, entry_id))

    def record(self, entry: Entry) -> SearchRecord:
        """The record of an entry."""
        lang = str(entry.lang)
        front, sections = _of_fields(entry, lang)
        body = _of_text(entry) if getattr(entry, "shows_profile", True) else ()
        found = self._facets(entry)
        at = self.library.languages.index(lang) if lang in self.library.languages else 0
        labels = [names[at] for name in ("theme", "place", "year") for names in found[name].values()]
        when = entry.when()
        dated = entry.date or (when.start if when else None)
        return SearchRecord(
            key=entry.key,
            url=address_of(entry, self.library),
            names=tuple(dict.fromkeys((entry.title, *entry.names))),
            summary=entry.summary,
            keywords=tuple(dict.fromkeys((*entry.keywords, *labels, *(names[at] for names in self._linked(entry))))),
            front=" · ".join((*front, *_told(entry, dated, self.library.languages))),
            passages=tuple(islice(_cut((*body, *sections)), MOST_PASSAGES)),
            facets=found,
            date=str(dated) if dated else "",
            status=entry.status_on(self.today),
            rank=self.rank(entry),
        )

    def rank(self, entry: Entry) -> int:
        """Whether the entry comes among the first, as a draft, or last of all."""
        if entry.is_retired or entry.key[:2] in self._superseded:
            return PAST
        return DRAFT if entry.status == "draft" else CURRENT

    @cached_property
    def _superseded(self) -> frozenset[tuple[str, str]]:
        followed = ("draft", "withdrawn")
        return frozenset(
            (reference.target.kind, reference.target.id)
            for reference in self.library.references
            if reference.field == "supersedes"
            and (source := self.library.exact(reference.source))
            and source.status not in followed
        )

    @cached_property
    def basis(self) -> str:
        """A hash of what all records depend on: the library's code and the hub's own kinds, and labels."""
        kinds = {getattr(sys.modules[kind.model.__module__], "__file__", None) for kind in self.library.kinds.values()}
        code = [path for path in Path(hub.__file__).parent.rglob("*") if path.suffix in {".py", ".json"}]
        found = hashlib.sha256(repr(self.library.vocabularies).encode("utf-8", "replace"))
        for path in sorted({*code, *map(Path, filter(None, kinds))}):
            found.update(path.read_bytes())
        return found.hexdigest()

    def _linked(self, entry: Entry) -> list[Names]:
        """The names of the people, organisations, projects and groups that it names."""
        return [names for who in _whom(entry) if (names := self._names(who))]

    def _names(self, who: Ref | str) -> Names:
        """What somebody or something is called in each of the hub's languages; nothing if the hub shows no such."""
        if isinstance(who, str):
            return (who,) * len(self.library.languages)
        found = self._known_names.get((who.kind, who.id))
        if found is None:
            versions = [self.library.get(who.kind, who.id, lang) for lang in self.library.languages]
            shown = tuple(one.title for one in versions if one and one.status != "withdrawn")
            found = self._known_names[who.kind, who.id] = shown if len(shown) == len(versions) else ()
        return found

    @cached_property
    def _known_names(self) -> dict[tuple[str, str], Names]:
        return {}

    def _facets(self, entry: Entry) -> dict[str, dict[str, tuple[str, ...]]]:
        languages, kind = self.library.languages, entry.kind
        people = [who for credit in entry.credits() if isinstance(who := credit.who, Ref) and who.kind == "person"]
        found = {
            "kind": {kind.name: tuple(kind.plural.in_(lang) for lang in languages)},
            "theme": self._labelled(entry, "themes"),
            "year": self._labelled(entry, "years"),
            "place": self._labelled(entry, "places"),
            "lang": {str(entry.lang): (str(entry.lang),) * len(languages)},
        }
        for name, refs in (("person", people), ("group", entry.groups)):
            found[name] = {who.id: names for who in refs if (names := self._names(who))}
        return found

    def _labelled(self, entry: Entry, name: str) -> dict[str, Names]:
        """The values of an entry in one sort of list, with their labels."""
        return {part: self._labels(name, value) for part, value in facets.gathered_by(entry)[name].items()}

    @cached_property
    def _labels(self) -> Callable[[str, Any], Names]:
        """What a value of one sort of list is called in each of the hub's languages."""
        library = self.library
        return cache(lambda name, value: tuple(facets.label(library, name, value, lang) for lang in library.languages))


def _whom(entry: Entry) -> list[Ref | str]:
    """The people, organisations, projects and groups that it names."""
    return [*(credit.who for credit in entry.credits()), *entry.organisations, *entry.projects, *entry.groups]


def _told(entry: Entry, dated: PartialDate | None, languages: Sequence[str]) -> Iterator[str]:
    """What people ask by and no other part of a record says: the month in words, in each language, and the source."""
    if dated and dated.month:
        yield from dict.fromkeys(date_text(dated, lang) for lang in languages)
    if entry.source:
        yield entry.source.title


def _of_text(entry: Entry) -> Iterator[Passage]:
    """The sections of the text, each under its heading."""
    headings, running = entry.outline.headings, entry.outline.running.value
    sections: dict[int, list[str]] = {}
    for number, text in running.blocks:
        sections.setdefault(number, []).append(text)
    for number, code in running.code:  # after the words of its section
        sections.setdefault(number, []).append(code)
    for number, blocks in sorted(sections.items()):
        heading = headings[number - 1] if number else None
        # The first block below a heading is the heading.
        text = "\n".join(blocks[1:] if heading else blocks).strip()
        yield Passage(heading.anchor if heading else "", heading.text if heading else "", text)


def _of_fields(entry: Entry, lang: str) -> tuple[list[str], list[Passage]]:
    """The texts in the front matter: short ones, and those that have a section of the page."""
    front: list[str] = []
    sections: list[Passage] = []
    for name, told in _searched(type(entry)):
        value = getattr(entry, name)
        if value is None or value == ():
            continue
        items = value if isinstance(value, tuple) else (value,)
        heading = told.label.in_(lang)
        texts: list[str] = []
        for item in items:
            text = " ".join(_strings(item))
            own = getattr(item, "id", "") if isinstance(item, BaseModel) else ""
            if own:
                sections.append(Passage(own, heading, text))
            else:
                texts.append(text)
        if told.view in _IN_FRONT:
            front += filter(None, texts)
        elif any(texts):
            sections.append(Passage(f"f-{name}", heading, "\n".join(filter(None, texts))))
    return front, sections


@cache
def _searched(model: type[BaseModel]) -> tuple[tuple[str, About], ...]:
    """The fields that are searched, with what was declared of each."""
    told = ((name, about_of(info, name)) for name, info in model.model_fields.items())
    return tuple((name, about) for name, about in told if about.view not in _NOT_SEARCHED)


def _strings(value: Any) -> Iterator[str]:
    """The texts in a value: neither codes nor addresses."""
    if isinstance(value, BaseModel):
        for name, _ in _searched(type(value)):
            if name != "id":
                inner = getattr(value, name)
                for item in inner if isinstance(inner, tuple) else (inner,):
                    yield from _strings(item)
    elif isinstance(value, str) and not isinstance(value, Code) and "://" not in value:
        yield value


def _cut(sections: Iterable[Passage]) -> Iterator[Passage]:
    """Sections cut into passages where sentences end, and anywhere if one is too long."""
    for section in sections:
        words, start = section.text.split(), 0
        while len(words) - start > LONGEST_PASSAGE:
            end = start + _whole(words[start : start + LONGEST_PASSAGE])
            yield section._replace(text=" ".join(words[start:end]))
            start = end
        if words or section.heading:
            yield section._replace(text=" ".join(words[start:]))


def _whole(words: Sequence[str]) -> int:
    """How many of some words are whole sentences, from the first on; all of them if not even one is."""
    return next((at for at in range(len(words), 0, -1) if words[at - 1].endswith(_ENDS)), len(words))
