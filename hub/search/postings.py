"""Posting lists as bytes: who holds a term, how strongly, and in which stretch of its text.

A list for the browser is: document frequency, rarity, then for each record of its strongest `MOST` the gap to the
one before, its strength, and its places. Numbers are varints (seven bits a byte, the lowest first) but for rarity
and strength, one byte each; a place is its distance from the one before, doubled, plus one where another follows.

The weight of a term in a record is BM25F's (Robertson, Zaragoza, Taylor: “Simple BM25 extension to multiple weighted
fields”, 2004) in two bytes: rarity is the idf, strength the saturated frequency. So that one edited text changes
its own entries and no others, lengths and the collection's figures are rounded to steps.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
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
_STRENGTH = 255


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


def strength(weighted: float) -> int:
    """The saturated frequency as a byte; `weighted` is BM25F's sum over the fields."""
    return max(1, round(_STRENGTH * weighted / (K1 + weighted)))


def varint(number: int) -> bytes:
    """A number from 0 as bytes.

    >>> varint(300).hex()
    'ac02'
    """
    made = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - seven bits
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)


def places_bytes(places: Sequence[int]) -> bytes:
    """Places in ascending order, as bytes."""
    made = bytearray()
    last, ending = 0, len(places) - 1
    for index, place in enumerate(places):
        made += varint((place - last) << 1 | (index < ending))
        last = place
    return bytes(made)


def encode(frequency: int, rarity: int, postings: Iterable[tuple[int, int, bytes]]) -> bytes:
    """A term's list: (slot, strength, places as bytes) in the order of slots."""
    made = bytearray(varint(frequency))
    made.append(rarity)
    last = 0
    for slot, strong, places in postings:
        gap = slot - last
        if gap < 0x80:  # noqa: PLR2004 - the usual case, without a call
            made.append(gap)
        else:
            made += varint(gap)
        made.append(strong)
        made += places
        last = slot
    return bytes(made)


def decode(data: bytes) -> Postings:
    """The list that `encode` made."""
    reader = _Reader(data)
    frequency, rare = reader.varint(), reader.byte()
    found, slot = [], 0
    while reader.at < len(data):
        slot += reader.varint()
        strong = reader.byte()
        places, place, more = [], 0, True
        while more:
            step = reader.varint()
            place, more = place + (step >> 1), bool(step & 1)
            places.append(place)
        found.append(Posting(slot, strong, tuple(places)))
    return Postings(frequency, rare, tuple(found))


def encode_tail(postings: Iterable[tuple[int, int]]) -> bytes:
    """The postings beyond the strongest: (slot, strength) in the order of slots."""
    made, last = bytearray(), 0
    for slot, strong in postings:
        made += varint(slot - last)
        made.append(strong)
        last = slot
    return bytes(made)


def decode_tail(data: bytes) -> tuple[Posting, ...]:
    """The postings that `encode_tail` made; they have no places."""
    reader = _Reader(data)
    found, slot = [], 0
    while reader.at < len(data):
        slot += reader.varint()
        found.append(Posting(slot, reader.byte()))
    return tuple(found)


def encode_slots(slots: Iterable[int]) -> bytes:
    """Slots in ascending order, as gaps."""
    made, last = bytearray(), 0
    for slot in slots:
        made += varint(slot - last)
        last = slot
    return bytes(made)


def decode_slots(data: bytes) -> tuple[int, ...]:
    """The slots that `encode_slots` made."""
    reader = _Reader(data)
    found, slot = [], 0
    while reader.at < len(data):
        slot += reader.varint()
        found.append(slot)
    return tuple(found)


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
