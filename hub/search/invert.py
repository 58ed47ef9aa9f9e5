"""From records to posting lists: who holds a term, in which fields and how often, and where.

Words become numbers as they are read (`hub.search.lexicon`); then all of them, of all records, are sorted at once by
term, record and place (NumPy), and counted.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from hub.search.lexicon import Lexicon
from hub.search.lists import Bytes, Lists, Numbers, varints
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
_OF_RECORD, _OF_FIELD = 1, 2
"""What a text's columns say."""


class Inversion:
    """Records that were read, and what is made of all of them together."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._slots: list[int] = []
        self._titles: list[int] = []
        self._numbers = array("i")
        self._texts: list[tuple[int, int, int, int, int, int]] = []

    def read(self, slot: int, record: SearchRecord) -> None:
        """Read a record; its slot is above those before."""
        self._slots.append(slot)
        for at, name in enumerate(record.names):
            numbers = self.lexicon.read(name)
            terms = {self.lexicon.term_of[number] for number in numbers} - {0}
            if at == 0:
                self._titles.append(len(terms))
            code = min(max(len(terms), 1), NAME_CODES) - 1
            self._take(numbers, NAMES, code, code)
        offset = 0
        for text, where in ((record.summary, SUMMARY), (" · ".join(record.keywords), KEYWORDS), (record.front, BODY)):
            offset += self._take(self.lexicon.read(text), where, NAME_CODES, STRETCHES - 1, offset)
        anchor = None
        for number, passage in enumerate(record.passages, start=1):
            first = number * STRETCHES
            if passage.heading and passage.anchor != anchor:
                self._take(self.lexicon.read(passage.heading), HEADINGS, first, first)
            anchor = passage.anchor
            self._take(self.lexicon.read(passage.text), BODY, first, first + STRETCHES - 1)

    def _take(self, numbers: list[int], field: int, first: int, last: int, offset: int = 0) -> int:
        """Take a text of a field, whose stretches are numbered from `first` and at most to `last`.

        Returns:
            How many words it has.
        """
        if numbers:
            self._texts.append((len(self._numbers), len(self._slots) - 1, field, first, last, offset))
            self._numbers.extend(numbers)
        return len(numbers)

    @cached_property
    def lengths(self) -> Numbers:
        """How many terms each record has in each field: records × fields."""
        texts = self._columns[:, self._of_text]
        cells = (texts[_OF_RECORD] * len(WEIGHTS) + texts[_OF_FIELD])[self._terms > 0]
        found = _table(cells, len(self._slots))
        found[:, NAMES] = self._titles
        return found

    @property
    def sums(self) -> Sums:
        """The sums of the records' lengths."""
        lengths = self.lengths
        return tuple(zip(lengths.sum(0).tolist(), np.count_nonzero(lengths, 0).tolist(), strict=True))

    def lists(self, averages: Sequence[float]) -> Lists:
        """The lists of all terms.

        Args:
            averages: the mean length of each field.
        """
        occurrences, terms = self._occurrences()
        starts = _starts(occurrences >> _RECORD)
        of_posting = np.cumsum(starts) - 1
        postings = occurrences[starts]
        records = postings >> _RECORD & (1 << _TERM - _RECORD) - 1
        frequencies = _table(of_posting * len(WEIGHTS) + (occurrences & _FIELD), len(postings))
        frequencies[:, NAMES] = np.minimum(frequencies[:, NAMES], 1)
        weighted = np.zeros(len(postings))
        for field, factors in enumerate(_factors(self.lengths, averages).T):
            weighted += factors[records] * frequencies[:, field]
        return Lists(
            terms,
            np.bincount(postings >> _TERM, minlength=len(terms)),
            np.array(self._slots, np.int64)[records],
            strengths(weighted),
            *_places(occurrences, of_posting),
        )

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
        of_text = np.concatenate((self._of_text, self._of_text[places]))
        pairs = np.sort(self._columns[_OF_RECORD][of_text] << _TERM | named)
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
        terms = np.concatenate((self._terms, tokens))
        at = np.concatenate((np.arange(len(self._words)), places))
        at, terms = at[terms > 0], terms[terms > 0]
        start, record, field, first, last, offset = self._columns[:, self._of_text[at]]
        place = np.minimum(first + (offset + at - start) // STRETCH, last)
        all_ranks = np.array(self.lexicon.ranks(), np.int64)
        met = np.flatnonzero(np.bincount(terms))
        order = met[np.argsort(all_ranks[met])]
        ranks = np.zeros(len(all_ranks), np.int64)
        ranks[order] = np.arange(len(order))
        found = ranks[terms] << _TERM | record << _RECORD | place << _PLACE | field
        found.sort()
        return found, list(map(self.lexicon.terms.__getitem__, order.tolist()))

    @cached_property
    def _concepts(self) -> tuple[Numbers, Numbers]:
        """The concepts that the texts hold: the terms that stand for them, and the words where they begin."""
        possible = self._possible()
        of_text = self._of_text[possible].tolist()
        ends = [*self._columns[0, 1:].tolist(), len(self._numbers)]
        found: list[tuple[int, int]] = []
        for text, begins in groupby(zip(of_text, possible.tolist(), strict=True), itemgetter(0)):
            start, *_ = self._texts[text]
            run = [self.lexicon.words[number] for number in self._numbers[start : ends[text]]]
            occurrences = self.lexicon.concepts.occurrences(run, [at - start for _, at in begins])
            found += [(self.lexicon.concept(one.ids[0]), start + one.start) for one in occurrences if len(one.ids) == 1]
        tokens, places = np.array(found, np.int64).reshape(len(found), 2).T
        return tokens, places

    def _possible(self) -> Numbers:
        """Words that alone may be a form of a concept, or begin one with the next term of their text."""
        terms = np.flatnonzero(self._terms)
        following = self._terms[terms[1:]]
        openings = [first << 32 | second for first, second in self.lexicon.openings()]
        opens = np.isin(self._terms[terms[:-1]] << 32 | following, openings)
        is_form = np.array(self.lexicon.is_form, np.bool_)[self._words]
        return np.union1d(np.flatnonzero(is_form), terms[:-1][opens])

    @cached_property
    def _words(self) -> Numbers:
        return np.array(self._numbers, np.int64)

    @cached_property
    def _terms(self) -> Numbers:
        """The number of each word's term."""
        return np.array(self.lexicon.term_of, np.int64)[self._words]

    @cached_property
    def _columns(self) -> Numbers:
        """The texts: start, record, field, first and last stretch, offset; each a row."""
        return np.array(self._texts, np.int64).reshape(len(self._texts), 6).T

    @cached_property
    def _of_text(self) -> Numbers:
        """The text in which each word stands."""
        sizes = np.diff(self._columns[0], append=len(self._numbers))
        return np.repeat(np.arange(len(sizes)), sizes)


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


def _factors(lengths: Numbers, averages: Sequence[float]) -> NDArray[np.float64]:
    """What one occurrence counts in each record and field: fields are weighted, each discounted by its own length."""
    distinct, of_length = np.unique(lengths, return_inverse=True)
    rounded = np.array([coarse(length) for length in distinct.tolist()])[of_length].reshape(lengths.shape)
    b = np.array(LENGTH_MATTERS)
    factors: NDArray[np.float64] = np.array(WEIGHTS) / (1 - b + b * rounded / np.array(averages))
    return factors


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
