"""From records to blocks of posting lists: who holds a term, in which fields and how often, and where.

Words become numbers as they are read (`hub.search.lexicon`); then all of them, of some hundred records, are sorted at
once by term, record and place (NumPy), and counted. How strongly a record holds a term depends on the mean lengths of
all texts: it is said when all have been read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hub.search.lexicon import Lexicon, Run
from hub.search.lists import Bytes, Lists, Numbers, ends_of, varints
from hub.search.postings import K1, MOST_PLACES, NAME_CODES, STRENGTH, STRETCH, STRETCHES, coarse
from hub.search.records import SearchRecord

NAMES, SUMMARY, KEYWORDS, HEADINGS, BODY = range(5)
WEIGHTS = (8.0, 2.0, 3.0, 2.0, 1.0)
"""What one occurrence counts in each field. Tuned on the development questions: `benchmarks/SEARCH.md`."""
LENGTH_MATTERS = (0.4, 0.5, 0.5, 0.5, 0.75)
"""BM25F's b of each field: how much a long field is discounted."""
# One occurrence is one number, which sorts by term, record and place: 24, 20, 16 and 3 bits.
_PLACE, _RECORD, _TERM = 3, 19, 39
_FIELD = (1 << _PLACE) - 1


class _Texts(NamedTuple):
    """The texts of some records, a column for each that is known of them.

    Attributes:
        counts: how many words each has.
        records: whose it is, by number.
        fields: in which field.
        origins: the text from whose first word on its stretches are counted: itself or one before it.
        first: the number of that text's first stretch.
        last: the highest number that a stretch of it may have.
    """

    counts: Numbers
    records: Numbers
    fields: Numbers
    origins: Numbers
    first: Numbers
    last: Numbers

    @property
    def starts(self) -> Numbers:
        """Where the words of each begin."""
        return np.cumsum(self.counts) - self.counts


class Counted(NamedTuple):
    """Posting lists of some records, in columns as `Lists` has them, with what was counted and no strength yet.

    Attributes:
        terms: ascending.
        counts: how many postings each has, one at least.
        records: of each posting, the record's number, ascending in each list.
        frequencies: of each posting, how often the term stands in each field: postings × fields.
        sizes: of each posting, how many bytes its places take.
        places: all places, as bytes.
    """

    terms: Sequence[str]
    counts: Numbers
    records: Numbers
    frequencies: Numbers
    sizes: Bytes
    places: Bytes

    def lists(self, slots: Numbers, factors: NDArray[np.float64]) -> Lists:
        """The lists with strengths.

        Args:
            slots: of each record.
            factors: what an occurrence counts in each record and field.
        """
        weighted = np.zeros(len(self.records))
        for field, of_records in enumerate(factors.T):
            weighted += of_records[self.records] * self.frequencies[:, field]
        return Lists(self.terms, self.counts, slots[self.records], strengths(weighted), self.sizes, self.places)

    def runs(self, firsts: Sequence[str]) -> Iterator[Counted]:
        """The lists in runs of terms, of which the first terms are given; the first run begins with the first list."""
        begins = [0, *(bisect_left(self.terms, first) for first in firsts[1:]), len(self.terms)]
        postings = ends_of(self.counts)[begins].tolist()
        places = ends_of(self.sizes)[postings].tolist()
        for terms, of_postings, of_places in zip(*map(pairwise, (begins, postings, places)), strict=True):
            some, taken = slice(*terms), slice(*of_postings)
            columns = self.records[taken], self.frequencies[taken], self.sizes[taken], self.places[slice(*of_places)]
            yield Counted(self.terms[some], self.counts[some], *columns)


class Block(NamedTuple):
    """What is made of some records at once.

    Attributes:
        slots: of each record, ascending.
        lengths: how many terms each record has in each field: records × fields.
        counted: the lists of their terms.
    """

    slots: Numbers
    lengths: Numbers
    counted: Counted

    @property
    def sums(self) -> Sums:
        """The sums of the records' lengths."""
        return tuple(zip(self.lengths.sum(0).tolist(), np.count_nonzero(self.lengths, 0).tolist(), strict=True))

    def lists(self, averages: Sequence[float]) -> Lists:
        """The lists of all terms.

        Args:
            averages: the mean length of each field.
        """
        return self.counted.lists(self.slots, factors(self.lengths, averages))


class Inversion:
    """Records that were read, and what is made of all of them together.

    Args:
        lexicon: numbers their words.
        records: slots and records, slots ascending.
    """

    def __init__(self, lexicon: Lexicon, records: Sequence[tuple[int, SearchRecord]]) -> None:
        self.lexicon = lexicon
        self._slots = np.array([slot for slot, _ in records], np.int64)
        texts: list[str] = []
        rows: list[tuple[int, int, int, int, int]] = []
        for number, (_, record) in enumerate(records):
            for text, field, back, first, last in _texts(record):
                rows.append((number, field, len(texts) - back, first, last))
                texts.append(text)
        words, counts = lexicon.read(texts)
        self._words = words
        self._texts = _Texts(counts, *np.array(rows, np.int64).reshape(len(rows), 5).T)

    @cached_property
    def lengths(self) -> Numbers:
        """How many terms each record has in each field: records × fields."""
        texts = self._texts
        cells = np.repeat(texts.records * len(WEIGHTS) + texts.fields, texts.counts)[self._terms > 0]
        found = _table(cells, len(self._slots))
        titles = np.searchsorted(texts.records, np.arange(len(self._slots)))  # a record's first text
        found[:, NAMES] = self._sizes[titles]
        return found

    def block(self) -> Block:
        """The lists of all terms, with what they are weighed by."""
        occurrences, terms = self._occurrences()
        starts = _starts(occurrences >> _RECORD)
        of_posting = np.cumsum(starts) - 1
        postings = occurrences[starts]
        records = postings >> _RECORD & (1 << _TERM - _RECORD) - 1
        frequencies = _table(of_posting * len(WEIGHTS) + (occurrences & _FIELD), len(postings))
        frequencies[:, NAMES] = np.minimum(frequencies[:, NAMES], 1)
        counts = np.bincount(postings >> _TERM, minlength=len(terms))
        columns = small(records), small(frequencies), *_places(occurrences, of_posting)
        return Block(self._slots, self.lengths, Counted(terms, counts, *columns))

    def held(self) -> tuple[list[str], Counter[str]]:
        """What each record holds, the forms of its words and concepts' tokens with spaces between.

        Returns:
            That, and in how many records each form stands that people misspell.
        """
        lexicon = self.lexicon
        tokens, places = self._concepts
        names = [*lexicon.forms, *lexicon.terms]
        form_of = np.array(lexicon.form_of, np.int64)[self._words]
        named = np.concatenate((form_of, tokens + len(lexicon.forms)))
        records = np.concatenate((self._stands, self._stands[places])) >> _RECORD
        pairs = np.sort(records << _TERM | named)
        pairs = pairs[_starts(pairs)]
        numbers = pairs & (1 << _TERM) - 1
        counts = np.bincount(numbers, minlength=len(names))[: len(lexicon.forms)]
        met = np.flatnonzero(counts * np.array(lexicon.is_spelt, np.bool_))
        forms = Counter(dict(zip(map(names.__getitem__, met.tolist()), counts[met].tolist(), strict=True)))
        held = list(map(names.__getitem__, numbers.tolist()))
        ends = np.searchsorted(pairs >> _TERM, np.arange(len(self._slots) + 1)).tolist()
        return [" ".join(held[start:end]) for start, end in pairwise(ends)], forms

    def _occurrences(self) -> tuple[Numbers, list[str]]:
        """All occurrences of terms and concepts, sorted; and the terms that they number, ascending."""
        tokens, places = self._concepts
        is_term = self._terms > 0
        terms = np.concatenate((self._terms[is_term], tokens))
        order = sorted(np.flatnonzero(np.bincount(terms)).tolist(), key=self.lexicon.terms.__getitem__)
        ranks = np.zeros(len(self.lexicon.terms), np.int64)
        ranks[order] = np.arange(len(order))
        found = ranks[terms] << _TERM | np.concatenate((self._stands[is_term], self._stands[places]))
        found.sort()
        return found, list(map(self.lexicon.terms.__getitem__, order))

    @cached_property
    def _concepts(self) -> tuple[Numbers, Numbers]:
        """The concepts that the texts hold: the terms that stand for them, and the words where they begin."""
        possible = self._possible()
        starts = self._texts.starts
        of_text = np.searchsorted(starts, possible, "right") - 1
        found: list[tuple[int, int]] = []
        for text, begins in groupby(zip(of_text.tolist(), possible.tolist(), strict=True), itemgetter(0)):
            start = int(starts[text])
            run = Run(self.lexicon, self._words[start : start + self._texts.counts[text]])
            occurrences = self.lexicon.concepts.occurrences(run, [at - start for _, at in begins])
            found += [(self.lexicon.concept(one.ids[0]), start + one.start) for one in occurrences if len(one.ids) == 1]
        tokens, places = np.array(found, np.int64).reshape(len(found), 2).T
        return tokens, places

    def _possible(self) -> Numbers:
        """Words that alone may be a form of a concept, or begin one with the next term of their text."""
        terms = np.flatnonzero(self._terms)
        openings = set(self.lexicon.openings())
        is_first = np.zeros(len(self.lexicon.terms), np.bool_)
        is_first[[first for first, _ in openings]] = True
        met = np.flatnonzero(is_first[self._terms[terms[:-1]]])  # few, and only their pairs are looked up
        pairs = zip(self._terms[terms[met]].tolist(), self._terms[terms[met + 1]].tolist(), strict=True)
        opens = np.fromiter((pair in openings for pair in pairs), np.bool_, len(met))
        is_possible = np.array(self.lexicon.is_form, np.bool_)[self._words]
        is_possible[terms[met[opens]]] = True
        found: Numbers = np.flatnonzero(is_possible)
        return found

    @cached_property
    def _terms(self) -> NDArray[np.int32]:
        """The number of each word's term."""
        return np.array(self.lexicon.term_of, np.int32)[self._words]

    @cached_property
    def _stands(self) -> Numbers:
        """Where each word stands: record, place and field as one number."""
        texts = self._texts
        at = np.arange(len(self._words)) - np.repeat(texts.starts[texts.origins], texts.counts)
        of_name = np.minimum(np.maximum(self._sizes, 1), NAME_CODES) - 1
        first, last = (np.where(texts.fields == NAMES, of_name, column) for column in (texts.first, texts.last))
        place = np.minimum(np.repeat(first, texts.counts) + at // STRETCH, np.repeat(last, texts.counts))
        found: Numbers = np.repeat(texts.records << _RECORD | texts.fields, texts.counts) | place << _PLACE
        return found

    @cached_property
    def _sizes(self) -> Numbers:
        """How many terms each name has, each counted once; 0 for other texts."""
        texts = self._texts
        starts, sizes = texts.starts, np.zeros_like(texts.counts)
        for at in np.flatnonzero(texts.fields == NAMES).tolist():
            terms = self._terms[starts[at] : starts[at] + texts.counts[at]]
            sizes[at] = len(set(terms.tolist()) - {0})
        return sizes


def _texts(record: SearchRecord) -> Iterator[tuple[str, int, int, int, int]]:
    """The texts of a record: field, how many texts before it its stretches are counted from, first and last stretch."""
    for name in record.names:
        yield name, NAMES, 0, 0, 0  # its stretch says of how many terms it is: known when it is read
    front = ((record.summary, SUMMARY), (" · ".join(record.keywords), KEYWORDS), (record.front, BODY))
    for back, (text, field) in enumerate(front):
        yield text, field, back, NAME_CODES, STRETCHES - 1
    anchor = None
    for number, passage in enumerate(record.passages, start=1):
        first = number * STRETCHES
        if passage.heading and passage.anchor != anchor:
            yield passage.heading, HEADINGS, 0, first, first
        anchor = passage.anchor
        yield passage.text, BODY, 0, first, first + STRETCHES - 1


def _starts(values: Numbers) -> NDArray[np.bool_]:
    """Where in sorted values another begins."""
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def _table(cells: Numbers, rows: int) -> Numbers:
    """How often each cell of a table with a column for each field is named: row times fields plus field."""
    return np.bincount(cells, minlength=rows * len(WEIGHTS)).reshape(rows, len(WEIGHTS))


def _places(occurrences: Numbers, of_posting: Numbers) -> tuple[Bytes, Bytes]:
    """How many bytes the places of each posting take, and those bytes: its first `MOST_PLACES`, each once."""
    differs = _starts(occurrences >> _PLACE)
    places = occurrences[differs] >> _PLACE & (1 << _RECORD - _PLACE) - 1
    of_posting = of_posting[differs]
    # Of the names that hold a term, the shortest one's place says enough.
    kept = (places >= NAME_CODES) | _starts(of_posting)
    places, of_posting = places[kept], of_posting[kept]
    begins = np.flatnonzero(_starts(of_posting))
    kept = np.arange(len(places)) - begins[of_posting] < MOST_PLACES
    places, of_posting = places[kept], of_posting[kept]
    is_first = _starts(of_posting)
    goes_on = ~np.append(is_first, True)[1:]
    steps = np.where(is_first, places, np.diff(places, prepend=0))
    data, sizes = varints(steps << 1 | goes_on)
    ends = np.append(np.flatnonzero(is_first), len(places))
    return np.diff(np.append(0, np.cumsum(sizes, dtype=np.int64))[ends]).astype(np.uint8), data


def small(numbers: Numbers) -> Numbers:
    """The same numbers in as few bytes each as the largest takes."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def factors(lengths: Numbers, averages: Sequence[float]) -> NDArray[np.float64]:
    """What one occurrence counts in each record and field: fields are weighted, each discounted by its own length."""
    distinct, of_length = np.unique(lengths, return_inverse=True)
    rounded = np.array([coarse(length) for length in distinct.tolist()])[of_length].reshape(lengths.shape)
    b = np.array(LENGTH_MATTERS)
    found: NDArray[np.float64] = np.array(WEIGHTS) / (1 - b + b * rounded / np.array(averages))
    return found


def strengths(weighted: NDArray[np.float64]) -> Bytes:
    """BM25F's saturated frequencies as bytes, 1 to 255, of the weighted sums over the fields."""
    return np.maximum(STRENGTH * weighted / (K1 + weighted) + 0.5, 1).astype(np.uint8)


Sums = tuple[tuple[int, int], ...]
"""For each field, the sum of its lengths over some records, and how many of them have it."""


def total(lengths: Sequence[Sequence[int]]) -> Sums:
    """The sums of some records, whose fields' lengths are given."""
    each = zip(*lengths, strict=True) if lengths else [()] * len(WEIGHTS)
    return tuple((sum(field), sum(map(bool, field))) for field in each)


def added(one: Sums, other: Sums, sign: int = 1) -> Sums:
    """The sums of two lots of records; with a sign of -1, those of the first without the second."""
    return tuple((a + sign * c, b + sign * d) for (a, b), (c, d) in zip(one, other, strict=True))


def averages(sums: Sums) -> tuple[float, ...]:
    """The mean length of each field over the records that have it, rounded to steps."""
    return tuple(coarse(length / count) if count else 1.0 for length, count in sums)
