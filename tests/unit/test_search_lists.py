"""Posting lists in columns and as bytes, against a model that goes posting by posting."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.search.invert import strengths
from hub.search.lists import Lists, together, varints
from hub.search.postings import (
    MOST,
    MOST_OF_TAIL,
    MOST_PLACES,
    Posting,
    decode,
    decode_slots,
    decode_tail,
    encode_slots,
    rarity,
    split,
    varint,
)

Found = Mapping[int, tuple[int, tuple[int, ...]]]
"""By slot: strength and places."""
SLOTS = st.integers(0, 2**31 - 1)
STRENGTHS = st.integers(1, 255)
PLACES = st.lists(st.integers(0, 2**17), min_size=1, max_size=MOST_PLACES, unique=True).map(sorted).map(tuple)
LIST = st.dictionaries(SLOTS, st.tuples(STRENGTHS, PLACES), min_size=1, max_size=30)
LISTS = st.dictionaries(st.sampled_from(["a", "c:fbr", "sant", "sante", "é"]), LIST, max_size=4)


def places_bytes(places: tuple[int, ...]) -> bytes:
    steps = [place - before for before, place in zip((0, *places), places, strict=False)]
    return b"".join(varint(2 * step + (at < len(steps) - 1)) for at, step in enumerate(steps))


def lists(found: Mapping[str, Found]) -> Lists:
    postings = [(slot, *told) for term in sorted(found) for slot, told in sorted(found[term].items())]
    places = [places_bytes(one[2]) for one in postings]
    return Lists(
        sorted(found),
        np.array([len(found[term]) for term in sorted(found)], np.int64),
        np.array([one[0] for one in postings], np.int64),
        np.array([one[1] for one in postings], np.uint8),
        np.array(list(map(len, places)), np.uint8),
        np.frombuffer(b"".join(places), np.uint8),
    )


def as_postings(found: Found) -> tuple[Posting, ...]:
    return tuple(Posting(slot, strong, places) for slot, (strong, places) in sorted(found.items()))


def same(one: Lists, other: Lists) -> bool:
    return list(one.rows()) == list(other.rows())


@given(st.lists(st.integers(0, 2**40), max_size=40, unique=True).map(sorted))
def test_slots_come_out_as_they_were_put_in(slots):
    assert decode_slots(encode_slots(slots)) == tuple(slots)


def test_a_number_takes_as_few_bytes_as_it_can():
    for number in (0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 2**40):
        assert len(varint(number)) == max(1, -(-number.bit_length() // 7))
        assert decode_slots(varint(number)) == (number,)


@given(st.lists(st.integers(0, 2**32), max_size=40))
def test_many_numbers_are_written_as_each_is(numbers):
    data, sizes = varints(np.array(numbers, np.int64))
    assert data.tobytes() == b"".join(map(varint, numbers))
    assert sizes.tolist() == [len(varint(number)) for number in numbers]


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_runs_of_bytes_are_told_apart_by_their_lengths(runs):
    assert split(b"".join(varint(len(run)) + run for run in runs)) == runs


@given(LISTS)
def test_lists_come_out_as_they_were_put_in(found):
    made = Lists.from_rows(lists(found).rows())
    assert same(made, lists(found))
    assert list(made.terms) == sorted(found)
    for term, front, tail in made.published(1000):
        assert decode(front) == (len(found[term]), rarity(len(found[term]), 1000), as_postings(found[term]))
        assert decode_tail(tail) == ()


@given(LISTS, LISTS, st.sets(st.integers(0, 29)))
def test_lists_are_taken_apart_and_joined(found, others, taken):
    slots = sorted({slot for one in found.values() for slot in one})
    gone = {slot for at, slot in enumerate(slots) if at in taken}
    left = {
        term: kept for term, one in found.items() if (kept := {slot: one[slot] for slot in one if slot not in gone})
    }
    assert same(lists(found).without(gone), lists(left))
    assert same(together([lists(found).of(gone), lists(left)]), lists(found))
    new = {term: {slot: told for slot, told in one.items() if slot not in slots} for term, one in others.items()}
    new = {term: one for term, one in new.items() if one}
    both = {term: left.get(term, {}) | new.get(term, {}) for term in left.keys() | new.keys()}
    assert same(together([lists(left), lists(new)]), lists(both))
    assert same(together([lists(new), lists(left)]), lists(both))


@settings(max_examples=20)
@given(st.lists(st.integers(1, 9), min_size=MOST - 5, max_size=MOST + 60))
def test_the_strongest_stand_in_front_and_all_others_in_the_tail(strong):
    found = {3 * slot: (one, (slot,)) for slot, one in enumerate(strong)}
    ((_, front, tail), (_, other, _)) = lists({"a": found, "b": {7: (1, (2, 300))}}).published(5000)
    frequency, rare, strongest = decode(front)
    assert (frequency, rare) == (len(found), rarity(len(found), 5000))
    # Of those equally strong, the lower slots.
    best = sorted(as_postings(found), key=lambda one: (-one.strength, one.slot))
    assert strongest == tuple(sorted(best[:MOST]))
    assert decode_tail(tail) == tuple(one._replace(places=()) for one in sorted(best[MOST:]))
    assert decode(other).found == (Posting(7, 1, (2, 300)),)


def test_the_tail_of_a_word_that_all_texts_have_is_cut_at_the_weakest():
    strong = [1 + slot % 7 for slot in range(MOST + MOST_OF_TAIL + 500)]
    ((_, front, tail),) = lists({"a": {slot: (one, (1,)) for slot, one in enumerate(strong)}}).published(30_000)
    kept = [*decode(front).found, *decode_tail(tail)]
    assert len(kept) == MOST + MOST_OF_TAIL
    assert len({one.slot for one in kept}) == len(kept)
    assert sum(one.strength for one in kept) == sum(sorted(strong)[500:])


def test_rarer_words_count_more_and_every_figure_is_a_byte():
    found = [rarity(frequency, 10_000) for frequency in (1, 10, 100, 1_000, 9_999)]
    assert found == sorted(set(found), reverse=True)
    assert {1 <= rarity(frequency, 10) <= 255 for frequency in (1, 10, 10**6)} == {True}


@pytest.mark.parametrize(("weighted", "expected"), [(0.0, 1), (0.01, 2), (1.6, 128), (10**9, 255)])
def test_a_strength_is_a_byte_and_never_none(weighted, expected):
    assert strengths(np.array([weighted])).tolist() == [expected]
