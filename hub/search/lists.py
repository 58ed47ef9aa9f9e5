"""Posting lists of many terms at once, in columns: joined, taken apart, and cut into what is published.

A column is one array for all lists, behind one another in the order of terms and then of slots (NumPy), so that
millions of postings are sorted, joined and encoded without a step of Python for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from hub.search.postings import MOST, MOST_OF_TAIL, rarity, varint

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
_SLOT = np.dtype("<u4")
_COUNT = 4
"""Bytes of a list's length before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """The lists of some terms.

    Attributes:
        terms: ascending.
        counts: how many postings each has, one at least.
        slots: of each posting, ascending in each list.
        strengths: of each posting, 1 to 255.
        sizes: of each posting, how many bytes its places take.
        places: all places, as bytes (`varints` of steps, see `hub.search.postings`).
    """

    terms: Sequence[str]
    counts: Numbers
    slots: Numbers
    strengths: Bytes
    sizes: Bytes
    places: Bytes

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, bytes]]) -> Self:
        """The lists of some terms as `rows` gave them, in ascending order of terms."""
        terms: list[str] = []
        counts: list[int] = []
        columns: tuple[list[bytes], ...] = ([], [], [], [])
        for term, data in rows:
            count = int.from_bytes(data[:_COUNT], "little")
            ends = (_COUNT, _COUNT + 4 * count, _COUNT + 5 * count, _COUNT + 6 * count, len(data))
            for column, (start, end) in zip(columns, pairwise(ends), strict=True):
                column.append(data[start:end])
            terms.append(term)
            counts.append(count)
        slots, strengths, sizes, places = (np.frombuffer(b"".join(column), np.uint8) for column in columns)
        return cls(terms, np.array(counts, np.int64), slots.view(_SLOT).astype(np.int64), strengths, sizes, places)

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Each term with its list in one piece: length, slots, strengths, sizes, places."""
        slots, strengths = self.slots.astype(_SLOT).tobytes(), self.strengths.tobytes()
        sizes, places = self.sizes.tobytes(), self.places.tobytes()
        ends = ends_of(self.counts).tolist()
        of_places = ends_of(self.sizes)[ends].tolist()
        for term, (start, end), (first, last) in zip(self.terms, pairwise(ends), pairwise(of_places), strict=True):
            count = (end - start).to_bytes(_COUNT, "little")
            columns = (slots[4 * start : 4 * end], strengths[start:end], sizes[start:end], places[first:last])
            yield term, b"".join((count, *columns))

    def published(self, records: float) -> Iterator[tuple[str, bytes, bytes]]:
        """Each term with the list that every search reads, and with the rest of it.

        Args:
            records: how many there are, for the rarity.
        """
        front, tail = self._chosen()
        counts = self.counts.tolist()
        rarities = {count: rarity(count, records) for count in set(counts)}
        fronts = zip(*(self._cut(column, front) for column in self._columns(front)), strict=True)
        tails = zip(*(self._cut(column, tail) for column in self._columns(tail)[:2]), strict=True)
        for term, count, (gaps, strengths, places), (far, weak) in zip(self.terms, counts, fronts, tails, strict=True):
            rest = b"".join((varint(len(weak)), far, weak)) if weak else b""
            yield term, b"".join((varint(count), bytes((rarities[count],)), gaps, strengths, places)), rest

    def of(self, slots: Iterable[int]) -> Lists:
        """The postings of some slots alone."""
        return self._picked(np.isin(self.slots, np.fromiter(slots, np.int64)))

    def without(self, slots: Iterable[int]) -> Lists:
        """The lists without the postings of some slots, and without the terms that have no other."""
        return self._picked(~np.isin(self.slots, np.fromiter(slots, np.int64)))

    def _picked(self, chosen: Mask) -> Lists:
        counts = _counted(self.counts, chosen)
        terms = [term for term, count in zip(self.terms, counts.tolist(), strict=True) if count]
        places = self.places[np.repeat(chosen, self.sizes)]
        return Lists(terms, counts[counts > 0], self.slots[chosen], self.strengths[chosen], self.sizes[chosen], places)

    def _chosen(self) -> tuple[Mask, Mask]:
        """Which postings every search reads: the strongest, of those equally strong the first; and which are kept."""
        front = np.ones(len(self.slots), np.bool_)
        tail = np.zeros(len(self.slots), np.bool_)
        ends = ends_of(self.counts)
        for at in np.flatnonzero(self.counts > MOST):
            start, end = ends[at], ends[at + 1]
            order = start + np.argsort(~self.strengths[start:end], kind="stable")
            front[order[MOST:]] = False
            tail[order[MOST : MOST + MOST_OF_TAIL]] = True
        return front, tail

    def _columns(self, chosen: Mask) -> tuple[tuple[Bytes, Bytes], ...]:
        """Gaps, strengths and places of chosen postings as bytes, each with how many bytes a posting takes."""
        slots, counts = self.slots[chosen], _counted(self.counts, chosen)
        starts = ends_of(counts)[:-1][counts > 0]
        gaps = np.diff(slots, prepend=0)
        gaps[starts] = slots[starts]
        places = self.places[np.repeat(chosen, self.sizes)]
        strengths = self.strengths[chosen]
        return varints(gaps), (strengths, np.ones_like(strengths)), (places, self.sizes[chosen])

    def _cut(self, column: tuple[Bytes, Bytes], chosen: Mask) -> Iterator[bytes]:
        """A column of chosen postings, list by list."""
        data, sizes = column[0].tobytes(), column[1]
        ends = ends_of(sizes)[ends_of(_counted(self.counts, chosen))].tolist()
        return (data[start:end] for start, end in pairwise(ends))


def together(several: Sequence[Lists]) -> Lists:
    """Lists joined; no two of them hold the same slot for the same term."""
    several = [Lists.from_rows([]), *several]
    terms = sorted(set().union(*(lists.terms for lists in several)))
    number = {term: at for at, term in enumerate(terms)}
    of_term = np.concatenate(
        [np.repeat(np.fromiter(map(number.__getitem__, lists.terms), np.int64), lists.counts) for lists in several]
    )
    slots, strengths, sizes, places = (
        np.concatenate([getattr(lists, name) for lists in several])
        for name in ("slots", "strengths", "sizes", "places")
    )
    order = np.argsort(of_term << 32 | slots, kind="stable")
    counts = np.bincount(of_term, minlength=len(terms))
    moved = sizes[order].astype(np.int64)
    taken = np.repeat(ends_of(sizes)[:-1][order] - ends_of(moved)[:-1], moved) + np.arange(len(places))
    return Lists(terms, counts, slots[order], strengths[order], sizes[order], places[taken])


def varints(numbers: Numbers) -> tuple[Bytes, Bytes]:
    """Numbers from 0 to 2^32 as varints behind one another, and how many bytes each takes."""
    sizes = np.ones(len(numbers), np.uint8)
    for bits in (7, 14, 21, 28):
        sizes += numbers >= 1 << bits
    ends = ends_of(sizes)
    made = np.empty(ends[-1], np.uint8)
    for byte in range(int(sizes.max(initial=0))):
        at = np.flatnonzero(sizes > byte)
        goes_on = (sizes[at] > byte + 1).astype(np.int64) << 7
        made[ends[at] + byte] = numbers[at] >> 7 * byte & 0x7F | goes_on
    return made, sizes


def ends_of(sizes: NDArray[Any]) -> Numbers:
    """Where each of some runs behind one another begins, and where the last one ends."""
    ends = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=ends[1:])
    return ends


def _counted(counts: Numbers, chosen: Mask) -> Numbers:
    """How many of each list's postings are chosen."""
    return np.diff(ends_of(chosen)[ends_of(counts)])
