"""From records to the terms they hold: frequencies by field, lengths, places, forms for the spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from hub.search.analysis import Word, is_spelt, words
from hub.search.concepts import PREFIX, Concepts
from hub.search.postings import NAME_CODES, STRETCH, STRETCHES, coarse, places_bytes, strength
from hub.search.records import SearchRecord

NAMES, SUMMARY, KEYWORDS, HEADINGS, BODY = range(5)
WEIGHTS = (8.0, 2.0, 3.0, 2.0, 1.0)
"""What one occurrence counts in each field. Tuned on the development questions: `benchmarks/SEARCH.md`."""
_USUAL = 32
_FORM, _TERM = itemgetter(0), itemgetter(1)
LENGTH_MATTERS = (0.4, 0.5, 0.5, 0.5, 0.75)
"""BM25F's b of each field: how much a long field is discounted."""


class Analysed(NamedTuple):
    """A record's terms.

    Attributes:
        lengths: terms in each field.
        counts: for each field, how often it has each of its terms.
        places: of each term, as bytes.
        forms: words as they are written, folded.
    """

    lengths: tuple[int, ...]
    counts: tuple[Counter[str], ...]
    places: dict[str, bytes]
    forms: frozenset[str]


class _Taken:
    """What is gathered while a record is read."""

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self.lengths = [0] * len(WEIGHTS)
        self.counts: tuple[Counter[str], ...] = tuple(Counter() for _ in WEIGHTS)
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.forms: set[str] = set()

    def take(self, text: str, where: int, first: int, last: int, offset: int = 0) -> int:
        """Read a text of a field, whose stretches are numbered from `first` and at most to `last`.

        Returns:
            How many words it has.
        """
        found = words(text)
        self.forms.update(map(_FORM, found))
        terms = list(map(_TERM, found))
        counts, places = self.counts[where], self.places
        counts.update(terms)
        self.lengths[where] += len(terms) - counts.pop("", 0)
        for at in range(0, len(terms), STRETCH):
            place = min(first + (offset + at) // STRETCH, last)
            for term in {*terms[at : at + STRETCH]}:
                places[term].append(place)
        for token, at in self._tokens(found):
            counts[token] += 1
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
    taken.places.pop("", None)
    encoded = {term: places_bytes(found) for term, found in taken.places.items()}
    return Analysed(tuple(taken.lengths), taken.counts, encoded, frozenset(filter(is_spelt, taken.forms)))


def strengths(one: Analysed, averages: Sequence[float]) -> dict[str, int]:
    """How strongly a record holds each of its terms: BM25F, fields weighted and each discounted by its own length."""
    factors = [
        weight / (1 - b + b * coarse(length) / average)
        for length, average, weight, b in zip(one.lengths, averages, WEIGHTS, LENGTH_MATTERS, strict=True)
    ]
    # Most terms stand in the text alone, and a few times: their strengths are computed once.
    usual = [strength(factors[BODY] * count) for count in range(_USUAL)]
    found = {
        term: usual[count] if count < _USUAL else strength(factors[BODY] * count)
        for term, count in one.counts[BODY].items()
    }
    for term in set().union(*one.counts[:BODY]):
        weighted = sum(factor * counts[term] for factor, counts in zip(factors, one.counts, strict=True))
        found[term] = strength(weighted)
    return found


def total(lengths: Iterable[Sequence[int]]) -> list[list[int]]:
    """For each field, the sum of its lengths over records, and how many records have it."""
    sums = [[0, 0] for _ in WEIGHTS]
    for one in lengths:
        for field, length in zip(sums, one, strict=True):
            field[0] += length
            field[1] += length > 0
    return sums


def averages(sums: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """The mean length of each field over the records that have it, rounded to steps."""
    return tuple(coarse(length / count) if count else 1.0 for length, count in sums)
