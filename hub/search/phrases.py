"""Words in quotes: which records may hold them, by their places alone, and whether a text does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from hub.search.analysis import words
from hub.search.postings import MOST_PLACES, NAME_CODES

Phrase = Sequence[str]
"""Folded words, stop words among them."""


def may_hold(places: Mapping[str, Sequence[int]], phrase: Phrase) -> bool:
    """Whether a record may hold a phrase: it has all its terms, and each in a stretch at or beside that of the next."""
    terms = _terms(phrase)
    return all(term in places for term in terms) and all(
        _may_touch(places[one], places[other]) for one, other in pairwise(terms)
    )


def is_anywhere(places: Mapping[str, Sequence[int]], phrase: Phrase) -> bool:
    """Whether no term of a phrase says in which passages of a record that has them all it may stand."""
    return all(_is_anywhere(places[term]) for term in _terms(phrase))


def _terms(phrase: Phrase) -> list[str]:
    return [word.term for word in words(" ".join(phrase)) if word.term]


def _is_anywhere(places: Sequence[int]) -> bool:
    """Whether a term has no places, as among the weaker records, or so many that not all are kept."""
    return len(places) in (0, MOST_PLACES)


def _may_touch(one: Sequence[int], other: Sequence[int]) -> bool:
    if _is_anywhere(one) or _is_anywhere(other):
        return True
    if one[0] < NAME_CODES and other[0] < NAME_CODES:
        return True
    taken = {place + step for place in other for step in (-1, 0, 1)}
    return any(place in taken for place in one)


def holds(text: Sequence[str], phrase: Phrase) -> bool:
    """Whether the folded words of a text hold a phrase."""
    size = len(phrase)
    return any(tuple(text[at : at + size]) == tuple(phrase) for at in range(len(text) - size + 1))
