"""From records to the terms they hold: frequencies by field, lengths, places, forms for the spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hub.search.analysis import Word, words
from hub.search.concepts import PREFIX, Concepts
from hub.search.postings import MOST_PLACES, NAME_CODES, STRETCH, STRETCHES, coarse, places_bytes, strength
from hub.search.records import SearchRecord

NAMES, SUMMARY, KEYWORDS, HEADINGS, BODY = range(5)
WEIGHTS = (8.0, 2.0, 3.0, 2.0, 1.0)
"""What one occurrence counts in each field. Tuned on the development questions: `benchmarks/SEARCH.md`."""
LENGTH_MATTERS = (0.4, 0.5, 0.5, 0.5, 0.75)
"""BM25F's b of each field: how much a long field is discounted."""
_SPELT = 4
"""Letters of the shortest form that a misspelt word is compared with."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """A record's terms.

    Attributes:
        lengths: terms in each field.
        frequencies: of each term, by field.
        places: of each term, as bytes.
        forms: words as they are written, folded.
    """

    lengths: tuple[int, ...]
    frequencies: dict[str, list[int]]
    places: dict[str, bytes]
    forms: frozenset[str]


@dataclass
class _Taken:
    """What is gathered while a record is read."""

    concepts: Concepts
    lengths: list[int] = field(default_factory=lambda: [0] * len(WEIGHTS))
    counts: tuple[Counter[str], ...] = field(default_factory=lambda: tuple(Counter() for _ in WEIGHTS))
    places: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    forms: set[str] = field(default_factory=set)

    def take(self, text: str, where: int, first: int, last: int, offset: int = 0) -> int:
        """Read a text of a field, whose stretches are numbered from `first` and at most to `last`.

        Returns:
            How many words it has.
        """
        found = words(text)
        terms = [word.term for word in found]
        counted = [term for term in terms if term]
        self.lengths[where] += len(counted)
        self.counts[where].update(counted)
        self.forms.update(word.form for word in found)
        places = self.places
        for at in range(0, len(terms), STRETCH):
            place = min(first + (offset + at) // STRETCH, last)
            for term in terms[at : at + STRETCH]:
                if term:
                    places[term].append(place)
        for token, at in self._tokens(found):
            self.counts[where][token] += 1
            places[token].append(min(first + (offset + at) // STRETCH, last))
        return len(found)

    def name(self, text: str) -> list[str]:
        """Read one of the record's names; its terms know how many there are."""
        found = words(text)
        terms = list(dict.fromkeys(word.term for word in found if word.term))
        tokens = list(dict.fromkeys(token for token, _ in self._tokens(found)))
        self.forms.update(word.form for word in found)
        code = min(max(len(terms), 1), NAME_CODES) - 1
        for term in (*terms, *tokens):
            self.counts[NAMES][term] = 1
            known = self.places[term]
            self.places[term] = [min([*known, code])]
        return terms

    def _tokens(self, found: Sequence[Word]) -> Iterable[tuple[str, int]]:
        for occurrence in self.concepts.occurrences(found):
            if len(occurrence.ids) == 1:
                yield PREFIX + occurrence.ids[0], occurrence.start


def analysed(record: SearchRecord, concepts: Concepts) -> Analysed:
    """Read a record."""
    taken = _Taken(concepts)
    taken.lengths[NAMES] = len(taken.name(record.title))
    for name in record.names[1:]:
        taken.name(name)
    offset = 0
    for text, where in ((record.summary, SUMMARY), (" · ".join(record.keywords), KEYWORDS), (record.front, BODY)):
        offset += taken.take(text, where, NAME_CODES, STRETCHES - 1, offset) if text else 0
    anchor = None
    for number, passage in enumerate(record.passages, start=1):
        first = number * STRETCHES
        if passage.heading and passage.anchor != anchor:
            taken.take(passage.heading, HEADINGS, first, first)
        anchor = passage.anchor
        taken.take(passage.text, BODY, first, first + STRETCHES - 1)
    frequencies: dict[str, list[int]] = {}
    for where, counts in enumerate(taken.counts):
        for term, count in counts.items():
            frequencies.setdefault(term, [0] * len(WEIGHTS))[where] = count
    places = {term: places_bytes(sorted(dict.fromkeys(found))[:MOST_PLACES]) for term, found in taken.places.items()}
    return Analysed(tuple(taken.lengths), frequencies, places, frozenset(filter(is_spelt, taken.forms)))


def is_spelt(form: str) -> bool:
    """Whether a form is one that people misspell: letters, and enough of them."""
    return len(form) >= _SPELT and form.isascii() and form.isalpha()


def strengths(one: Analysed, averages: Sequence[float]) -> dict[str, int]:
    """How strongly a record holds each of its terms: BM25F, fields weighted and each discounted by its own length."""
    by_field = [
        weight / (1 - b + b * coarse(length) / average)
        for weight, b, length, average in zip(WEIGHTS, LENGTH_MATTERS, one.lengths, averages, strict=True)
    ]
    n, s, k, h, t = by_field
    return {term: strength(n * a[0] + s * a[1] + k * a[2] + h * a[3] + t * a[4]) for term, a in one.frequencies.items()}


def averages(lengths: Iterable[Sequence[int]]) -> tuple[float, ...]:
    """The mean length of each field over the records that have it, rounded to steps."""
    sums, counts = [0] * len(WEIGHTS), [0] * len(WEIGHTS)
    for one in lengths:
        for where, length in enumerate(one):
            sums[where] += length
            counts[where] += length > 0
    return tuple(coarse(total / count) if count else 1.0 for total, count in zip(sums, counts, strict=True))
