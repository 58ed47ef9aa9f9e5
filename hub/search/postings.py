"""Posting lists as bytes: who holds a term, how strongly, and in which stretch of its text.

A list for the browser is: document frequency, rarity, and of the `MOST` records that hold the term most strongly, first
the gap of each slot to the one before, then their strengths, then their places. Numbers are varints (seven bits a
byte, the lowest first) but for rarity and strength, one byte each; a place is its distance from the one before,
doubled, plus one where another follows.

The weight of a term in a record is BM25F's (Robertson, Zaragoza, Taylor: “Simple BM25 extension to multiple weighted
fields”, 2004) in two bytes: rarity is the idf, strength the saturated frequency. So that one edited text changes
its own entries and no others, lengths and the collection's figures are rounded to steps.

`hub.search.lists` writes what is read here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import NamedTuple

MOST = 200
"""Postings of a term that every search reads; the rest is read only where a filter asks for all."""
MOST_OF_TAIL = 20_000
MOST_PLACES = 16
"""Stretches of one text that are kept for one term."""
STRETCH = 8
"""Words of a stretch: two words in the same one are near."""
STRETCHES = 32
"""Stretches of one passage; those of the front are numbered from 0, those of passage n from 32 n."""
NAME_CODES = 16
"""Places below this say that a term stands in a name of one, two, three … terms."""
K1 = 1.6
_RARITY = 20
STRENGTH = 255
"""The highest strength."""


class Posting(NamedTuple):
    """A record that holds a term: its slot, strength (1 to 255) and places."""

    slot: int
    strength: int
    places: tuple[int, ...] = ()


class Postings(NamedTuple):
    """A term's list.

    Attributes:
        frequency: how many records hold it; `found` may hold fewer.
        rarity: 1 to 255.
        found: in the order of slots.
    """

    frequency: int
    rarity: int
    found: tuple[Posting, ...]


def coarse(value: float, steps: int = 4) -> float:
    """A figure rounded to steps, so many for each doubling; at least 1."""
    return float(2 ** (round(math.log2(max(value, 1)) * steps) / steps))


def rarity(frequency: int, records: float) -> int:
    """The idf of a term as a byte: twentieths, as BM25 has it with 1 added, so that none is below zero."""
    records = max(records, frequency)
    idf = math.log(1 + (records - frequency + 0.5) / (frequency + 0.5))
    return max(1, min(255, round(_RARITY * idf)))


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - seven bits
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)


class _Varints(dict[int, bytes]):
    """Numbers as varints, each made once."""

    def __missing__(self, number: int) -> bytes:
        found = self[number] = _varint(number)
        return found


_VARINTS = _Varints()
_LONG = 500
_RUNS = re.compile(rb"[\x00-\x7f]+|[\x80-\xff]+[\x00-\x7f]")
"""Numbers of a byte each, or one of several bytes."""


def varint(number: int) -> bytes:
    """A number from 0 as bytes.

    >>> varint(300).hex()
    'ac02'
    """
    return _VARINTS[number]


def split(data: bytes) -> list[bytes]:
    """Runs of bytes that stand behind one another, each after its length."""
    reader = _Reader(data)
    found = []
    while reader.at < len(data):
        length = reader.varint()
        found.append(data[reader.at : reader.at + length])
        reader.at += length
    return found


def decode(data: bytes) -> Postings:
    """The list of a term as every search reads it."""
    reader = _Reader(data)
    frequency, rare = reader.varint(), reader.byte()
    count = min(frequency, MOST)
    slots = reader.slots(count)
    strengths = [reader.byte() for _ in range(count)]
    found = tuple(Posting(slot, strong, reader.places()) for slot, strong in zip(slots, strengths, strict=True))
    return Postings(frequency, rare, found)


def decode_tail(data: bytes) -> tuple[Posting, ...]:
    """The rest of a list; its postings have no places."""
    if not data:
        return ()
    reader = _Reader(data)
    slots = reader.slots(reader.varint())
    return tuple(Posting(slot, reader.byte()) for slot in slots)


def encode_slots(slots: Sequence[int]) -> bytes:
    """Slots in ascending order, as gaps."""
    gaps = [*slots[:1], *map(sub, slots[1:], slots)]
    return b"".join(map(_VARINTS.__getitem__, gaps))


def decode_slots(data: bytes) -> tuple[int, ...]:
    """The slots that `encode_slots` made."""
    # Without `_Reader`: an answer's facets take tens of thousands, most of them in a few long lists of small gaps.
    runs = (match[0] for match in _RUNS.finditer(data)) if len(data) > _LONG else (data,)
    gaps: list[int] = []
    for run in runs:
        if run.isascii():
            gaps += run
            continue
        number = shift = 0
        for byte in run:
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:  # noqa: PLR2004 - seven bits
                gaps.append(number)
                number = shift = 0
    return tuple(accumulate(gaps))


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def varint(self) -> int:
        number, shift = 0, 0
        while (byte := self.byte()) & 0x80:
            number |= (byte & 0x7F) << shift
            shift += 7
        return number | byte << shift

    def slots(self, count: int) -> list[int]:
        return list(accumulate(self.varint() for _ in range(count)))

    def places(self) -> tuple[int, ...]:
        found, place, more = [], 0, True
        while more:
            step = self.varint()
            place, more = place + (step >> 1), bool(step & 1)
            found.append(place)
        return tuple(found)
