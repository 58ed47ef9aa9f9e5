"""The ranking: whole numbers only, so that a browser comes to the same order, ties included."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from hub.search.postings import NAME_CODES, STRETCHES
from hub.search.query import Part
from hub.search.slots import Table

ALSO = 10_000
"""What each further word of the query that a record has counts, beside its weight: a third of a rare word."""
TOGETHER, NEARLY = 1180, 350
"""What two neighbours of the query count that stand in one stretch or in two next to each other, times rarity."""
EXACT = 1_000_000_000
"""A record whose name is the query comes before all others of its rank."""
OWN_LANGUAGE = 8
"""A record in the reader's language counts an eighth more."""


@dataclass(slots=True)
class Candidate:
    """A record that holds some of the query: its score, the units that it has, and the places of each term."""

    slot: int
    score: int = 0
    units: set[int] = field(default_factory=set)
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)


def rank(
    parts: Sequence[Part], terms: int, table: Table, lang: str, allowed: Collection[int] | None = None
) -> list[Candidate]:
    """Order the records that hold any part of a query.

    Args:
        parts: what was looked up, in the order of the query's words.
        terms: how many different words the query has.
        table: tells the rank and language of a slot.
        lang: the reader's.
        allowed: the slots that filters leave; None for all.

    Returns:
        The best first: by rank, score and slot.
    """
    found: dict[int, Candidate] = {}
    for part in parts:
        for posting in part.postings.found:
            if allowed is not None and posting.slot not in allowed:
                continue
            one = found.get(posting.slot)
            if one is None:
                one = found[posting.slot] = Candidate(posting.slot)
            one.score += part.weight * part.postings.rarity * posting.strength
            one.units.add(part.unit)
            one.places[part.term] = posting.places
    neighbours = _neighbours(parts)
    for one in found.values():
        one.score += ALSO * (len(one.units) - 1)
        for first, second, rarity in neighbours:
            if first in one.places and second in one.places:
                one.score += rarity * _nearness(one.places[first], one.places[second])
        if table.lang(one.slot) == lang:
            one.score += one.score // OWN_LANGUAGE
        if _is_named(one, parts, terms):
            one.score += EXACT
    return sorted(found.values(), key=lambda one: (table.rank(one.slot), -one.score, one.slot))


def _neighbours(parts: Sequence[Part]) -> list[tuple[str, str, int]]:
    """Words that follow each other in the query, with the rarity of the commoner one."""
    spoken = [part for part in parts if part.is_word]
    return [
        (one.term, other.term, min(one.postings.rarity, other.postings.rarity))
        for one, other in itertools.pairwise(spoken)
        if one.term != other.term
    ]


def _nearness(one: Sequence[int], other: Sequence[int]) -> int:
    """What two terms count for standing near each other somewhere, by their places."""
    if one and other and one[0] < NAME_CODES and other[0] < NAME_CODES:
        return TOGETHER
    taken = set(other)
    best = 0
    for place in one:
        if place in taken:
            return TOGETHER
        if place % STRETCHES < STRETCHES - 1 and place >= NAME_CODES and place + 1 in taken:
            best = NEARLY
        if place % STRETCHES > 0 and place > NAME_CODES and place - 1 in taken:
            best = NEARLY
    return best


def _is_named(one: Candidate, parts: Sequence[Part], terms: int) -> bool:
    """Whether a name of the record has the words of the query and no other."""
    spoken = [part for part in parts if part.is_word]
    if len(spoken) != terms or not 0 < terms <= NAME_CODES:
        return False
    codes = [places[0] for part in spoken if (places := one.places.get(part.term, ()))]
    return len(codes) == terms and max(codes) == terms - 1
