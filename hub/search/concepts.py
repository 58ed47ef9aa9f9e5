"""Concepts: every form of a glossary term is one token of the index, so that any form finds the others.

Instead of adding the other forms to a query (one lookup each), texts get a token `c:<term id>` where any form occurs,
beside their own words, and so does a query. Acronyms of three letters or fewer count only in capitals in texts: "sa"
is a word. A form that several terms share is told apart by nobody in a text, and offered as a choice in a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from hub.search.analysis import Word, words

if TYPE_CHECKING:  # an answer is given without reading what a text is made of
    from hub.library import Library
    from hub.model import Entry

PREFIX = "c:"
SHORT = 3
"""Letters of an acronym that might as well be a word."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What several forms mean.

    Attributes:
        id: of the glossary's term.
        titles: by language, the hub's default first.
        forms: each form as its terms.
        short: acronyms that are told by their capitals, folded.
        close: ids of terms that are near in meaning.
    """

    id: str
    titles: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]
    short: tuple[str, ...] = ()
    close: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """What stands for it in the index."""
        return PREFIX + self.id


class Occurrence(NamedTuple):
    """A form in a run of words: where it begins, how many words it takes, and what it may mean."""

    start: int
    length: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Concepts:
    """All concepts of a hub, by id."""

    by_id: Mapping[str, Concept]

    @classmethod
    def of(cls, library: Library) -> Concepts:
        """The concepts of a library's glossary."""
        found = {}
        for kind in library.kinds.values():
            if kind.index == "glossary":
                for entry in library.of_kind(kind.name, library.default_language):
                    versions = {
                        lang: one for lang, one in library.translations(entry).items() if one.status != "withdrawn"
                    }
                    if versions:
                        found[entry.id] = _concept(library.languages, versions)
        return cls(found)

    def as_data(self) -> list[list[Any]]:
        """The concepts for the browser: id, titles, forms with spaces between terms, short acronyms, close ids."""
        return [
            [c.id, list(c.titles), [" ".join(form) for form in c.forms], list(c.short), list(c.close)]
            for c in self.by_id.values()
        ]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Concepts:
        """The concepts as `as_data` gave them."""
        made = (
            Concept(one[0], tuple(one[1]), tuple(tuple(form.split()) for form in one[2]), tuple(one[3]), tuple(one[4]))
            for one in data
        )
        return cls({concept.id: concept for concept in made})

    def occurrences(
        self, text: Sequence[Word], possible: Iterable[int] | None = None, *, query: bool = False
    ) -> Iterator[Occurrence]:
        """The forms in a run of words, the longest first where they overlap.

        Args:
            text: the words, stop words among them.
            possible: where a form may begin, if that is known.
            query: whether acronyms count in small letters too, as people type them.
        """
        if possible is None:
            possible = range(len(text))
        end = 0
        for at in possible:
            found = self._at(text, at, query=query) if at >= end else None
            if found:
                end = at + found.length
                yield found

    def may_be(self, word: Word) -> bool:
        """Whether a word alone may be a form."""
        return (word.term,) in self._by_form or word.form in self._short

    @cached_property
    def openings(self) -> frozenset[tuple[str, str]]:
        """The first two terms of each form that has several."""
        return frozenset((first, second) for first, second, *_ in (form for form in self._by_form if len(form) > 1))

    def _at(self, text: Sequence[Word], at: int, *, query: bool) -> Occurrence | None:
        word = text[at]
        for form, ids in self._by_first.get(word.term, ()) if word.term else ():
            length = _length(form, text, at)
            if length:
                return Occurrence(at, length, ids)
        ids = self._short.get(word.form, ())
        return Occurrence(at, 1, ids) if ids and (word.is_upper or (query and word.term)) else None

    @cached_property
    def _by_form(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for concept in self.by_id.values():
            for form in concept.forms:
                found[form] = (*found.get(form, ()), concept.id)
        return found

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
        found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for form in sorted(self._by_form, key=lambda form: (-len(form), form)):
            found.setdefault(form[0], []).append((form, self._by_form[form]))
        return found

    @cached_property
    def _short(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for concept in self.by_id.values():
            for form in concept.short:
                found[form] = (*found.get(form, ()), concept.id)
        return found


def _length(form: tuple[str, ...], text: Sequence[Word], at: int) -> int:
    """How many words the form takes if it stands at `at`; stop words between its terms do not matter."""
    here = at
    for term in form:
        while here < len(text) and here > at and not text[here].term:
            here += 1
        if here == len(text) or text[here].term != term:
            return 0
        here += 1
    return here - at


def _concept(languages: Sequence[str], versions: Mapping[str, Entry]) -> Concept:
    """The concept of a term by its versions in some of the hub's languages, one at least."""
    first = next(iter(versions.values()))
    forms: dict[tuple[str, ...], None] = {}
    short: dict[str, None] = {}
    close: dict[str, None] = {}
    for entry in versions.values():
        close |= {ref.id: None for ref in entry.close_terms()}
        for name in entry.names:
            found = words(name)
            sequence = tuple(word.term for word in found if word.term)
            if len(found) == 1 and found[0].is_upper and (len(found[0].form) <= SHORT or not sequence):
                short[found[0].form] = None
            elif sequence:
                forms[sequence] = None
    titles = tuple(versions.get(lang, first).title for lang in languages)
    return Concept(first.id, titles, tuple(forms), tuple(short), tuple(close))
