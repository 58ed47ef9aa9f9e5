"""Lists as bytes, trees of scripts, slots: what is put in comes out, and little moves when little changes."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack, contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.search import leaves, tree
from hub.search.leaves import SHAPES, Shape, grow
from hub.search.postings import (
    MOST,
    MOST_OF_TAIL,
    MOST_PLACES,
    Posting,
    decode,
    decode_slots,
    decode_tail,
    encode,
    encode_slots,
    encode_tail,
    places_bytes,
    rarity,
    strength,
    varint,
)
from hub.search.reading import LAST
from hub.search.slots import PAST, RANKS, Table, assign, table_for
from hub.search.store import Store, Whole
from hub.search.tree import Root, Tree, base36, content_of, digest, files, script

SLOTS = st.integers(0, 2**32 - 1)
STRENGTHS = st.integers(1, 255)
PLACES = st.lists(st.integers(0, 2**17), min_size=1, max_size=MOST_PLACES, unique=True).map(sorted).map(tuple)
LISTS = st.dictionaries(SLOTS, st.tuples(STRENGTHS, PLACES), min_size=1, max_size=30)


def as_postings(found) -> tuple[Posting, ...]:
    return tuple(Posting(slot, strong, places) for slot, (strong, places) in sorted(found.items()))


def whole(found) -> Whole:
    """A list made entry by entry."""
    made = Whole()
    for slot, (strong, places) in found.items():
        made.replace(slot, (strong, places_bytes(places)))
    return made


@given(st.lists(st.integers(0, 2**40), max_size=40, unique=True).map(sorted))
def test_slots_come_out_as_they_were_put_in(slots):
    assert decode_slots(encode_slots(slots)) == tuple(slots)


def test_a_number_takes_as_few_bytes_as_it_can():
    for number in (0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 2**40):
        assert len(varint(number)) == max(1, -(-number.bit_length() // 7))
        assert decode_slots(varint(number)) == (number,)


@given(LISTS, STRENGTHS)
def test_a_list_comes_out_as_it_was_put_in(found, rare):
    postings = as_postings(found)
    data = encode(
        len(postings),
        rare,
        [one.slot for one in postings],
        bytes(one.strength for one in postings),
        b"".join(places_bytes(one.places) for one in postings),
    )
    assert decode(data) == (len(postings), rare, postings)
    tail = encode_tail([one.slot for one in postings], bytes(one.strength for one in postings))
    assert decode_tail(tail) == tuple(one._replace(places=()) for one in postings)
    assert decode_tail(b"") == ()


@given(LISTS, st.lists(st.tuples(SLOTS, st.none() | st.tuples(STRENGTHS, PLACES)), max_size=20))
def test_a_whole_list_is_the_same_in_whatever_order_it_was_made(found, changes):
    made = Whole.from_bytes(whole(found).to_bytes())
    expected = dict(found)
    for slot, posting in [*changes, *((slot, None) for slot in list(found)[::2])]:
        made.replace(slot, posting and (posting[0], places_bytes(posting[1])))
        expected.pop(slot, None)
        if posting:
            expected[slot] = posting
    assert made.to_bytes() == whole(dict(sorted(expected.items()))).to_bytes()
    assert list(made.slots) == sorted(expected)
    assert decode(made.published(1000)[0]).found == as_postings(expected)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 9), min_size=MOST - 5, max_size=MOST + 60))
def test_the_strongest_stand_in_front_and_all_others_in_the_tail(strengths):
    found = {3 * slot: (strong, (slot,)) for slot, strong in enumerate(strengths)}
    front, tail = whole(found).published(5000)
    frequency, rare, strongest = decode(front)
    assert (frequency, rare) == (len(found), rarity(len(found), 5000))
    # Of those equally strong, the lower slots.
    best = sorted(as_postings(found), key=lambda one: (-one.strength, one.slot))
    assert strongest == tuple(sorted(best[:MOST]))
    assert decode_tail(tail) == tuple(one._replace(places=()) for one in sorted(best[MOST:]))


def test_the_tail_of_a_word_that_all_texts_have_is_cut_at_the_weakest():
    strengths = [1 + slot % 7 for slot in range(MOST + MOST_OF_TAIL + 500)]
    made = Whole()
    for slot, strong in enumerate(strengths):
        made.heads += slot.to_bytes(4, "little") + bytes((strong, 1))
        made.places += varint(2)
    front, tail = made.published(30_000)
    kept = [*decode(front).found, *decode_tail(tail)]
    assert len(kept) == MOST + MOST_OF_TAIL
    assert len({one.slot for one in kept}) == len(kept)
    assert sum(one.strength for one in kept) == sum(sorted(strengths)[500:])


def test_rarer_words_count_more_and_every_figure_is_a_byte():
    found = [rarity(frequency, 10_000) for frequency in (1, 10, 100, 1_000, 9_999)]
    assert found == sorted(set(found), reverse=True)
    assert {1 <= rarity(frequency, 10) <= 255 for frequency in (1, 10, 10**6)} == {True}
    assert [strength(weighted) for weighted in (0.0, 0.01, 1.6, 10**9)] == [1, 2, 128, 255]


def test_more_places_than_a_list_keeps_still_have_a_length_of_one_byte():
    longest = places_bytes([2**31 + n * 2**22 for n in range(MOST_PLACES)])
    assert len(longest) < 256
    assert whole({7: (9, tuple(range(MOST_PLACES)))}).to_bytes()


# Keys are folded words, ids and slots: no white space, no surrogates. Digits and capitals are among them.
KEYS = st.sets(
    st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=12)
    | st.text("ab", min_size=1, max_size=90)
    | st.text("aé0ɛω_-:.", min_size=1, max_size=6),
    max_size=120,
)
PORTABLE = re.compile("[a-z]+-[0-9][0-9a-z_]{0,60}-[0-9a-z]{5}")


@contextmanager
def small_shapes():
    """Leaves of a few bytes and nodes of two or three, so that few keys make a high tree."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setitem(SHAPES, "words", Shape(12, 40, leaves._counts))
        patch.setattr(tree, "_ROOT", 3)
        patch.setattr(tree, "_FANOUT", (2, 3))
        yield


def put(store: Store, keys) -> None:
    store.write("INSERT INTO item VALUES ('words', ?, ?)", ((key, b"1") for key in keys))


def kept(store: Store) -> dict[str, str]:
    return dict(store.rows("SELECT name, content FROM script"))


def opened(root: Root, scripts: dict[str, str]) -> Tree:
    return Tree("words", root, lambda name: json.loads(scripts[name]))


@settings(max_examples=60)
@given(KEYS, KEYS)
def test_a_tree_finds_each_key_that_was_put_in_and_no_other(tmp_path_factory, keys, others):
    with small_shapes(), Store(tmp_path_factory.mktemp("tree") / "a.sqlite") as store:
        put(store, keys)
        scripts_of = opened(grow(store, "words", None), kept(store))
        for key in keys | others:
            leaf = scripts_of.leaf(key)
            assert (leaf is not None and key in leaf[0].split(" ")) == (key in keys)
        assert all(PORTABLE.fullmatch(name) for name in kept(store))
        # The keys of the index have no sign beyond the first plane.
        plain = sorted(key for key in keys if max(key) < LAST)
        for prefix in {key[:2] for key in plain}:
            found = [key for leaf in scripts_of.leaves(prefix, prefix + LAST, 1000) for key in leaf[0].split(" ")]
            assert [key for key in found if key in plain and key.startswith(prefix)] == [
                key for key in plain if key.startswith(prefix)
            ]


@settings(max_examples=60)
@given(KEYS, KEYS, KEYS)
def test_a_tree_that_is_changed_is_the_tree_that_is_made_anew(tmp_path_factory, keys, added, taken):
    folder = tmp_path_factory.mktemp("tree")
    with small_shapes(), Store(folder / "a.sqlite") as store, Store(folder / "b.sqlite") as anew:
        put(store, keys)
        grow(store, "words", None)
        added, taken = added - keys, (keys & taken) | set(sorted(keys)[::3])
        put(store, added)
        store.write("DELETE FROM item WHERE key = ?", ((key,) for key in taken))
        root = grow(store, "words", sorted(added | taken))
        put(anew, (keys | added) - taken)
        assert root == grow(anew, "words", None)
        assert kept(store) == kept(anew)


def test_a_range_is_read_from_its_beginning_and_no_further_than_asked(tmp_path):
    keys = [f"mot{number:03}" for number in range(200)]
    with small_shapes(), Store(tmp_path / "a.sqlite") as store:
        put(store, keys)
        scripts_of = opened(grow(store, "words", None), kept(store))
        assert scripts_of.root.depth > 1
        three = scripts_of.leaves("mot1", "mot1" + LAST, 3)
        assert len(three) == 3
        assert "mot100" in three[0][0].split(" ")
        assert scripts_of.leaves("mot1", "mot1" + LAST, 0) == []


def test_one_key_more_changes_one_leaf_and_the_nodes_above_it(tmp_path):
    keys = [f"{digest(str(number))}" for number in range(600)]
    with small_shapes(), Store(tmp_path / "a.sqlite") as store:
        put(store, sorted(set(keys)))
        grow(store, "words", None)
        before = kept(store)
        put(store, ["m"])
        depth = grow(store, "words", ["m"]).depth
        after = kept(store)
    assert len(after) > 150
    assert 0 < len(set(after) - set(before)) <= 3 * (depth + 1)


def test_a_script_says_its_name_and_content_whatever_stands_in_it():
    said = tree.dump(["é", '"</script>\n', "\u2028\u2029"])
    assert not set("\n\u2028\u2029") & set(said)
    text = script("words-0-abcde", said)
    assert text.startswith('hub.take("words-0-abcde",[')
    assert content_of(text) == ["é", '"</script>\n', "\u2028\u2029"]
    assert list(files({"a-0-b": "1"})) == [("search/a-0-b.js", 'hub.take("a-0-b",1);\n')]


@given(st.integers(0, 36**5 - 1), st.integers(0, 36**5 - 1))
def test_numbers_as_keys_sort_as_numbers(one, other):
    assert (base36(one, 5) < base36(other, 5)) == (one < other)
    assert int(base36(one, 5), 36) == one


LANGUAGES = ("fr", "en")
RECORDS = st.dictionaries(
    st.tuples(st.sampled_from(["note", "term"]), st.text(max_size=8), st.sampled_from(["fr", "en", "pt"])),
    st.sampled_from(RANKS),
    max_size=60,
)


@given(RECORDS)
def test_every_record_has_a_slot_that_tells_its_rank_and_language(records):
    table = table_for(len(records), LANGUAGES)
    slots = assign(table, records.items())
    assert set(slots) == set(records)
    assert len(set(slots.values())) == len(slots)
    for key, slot in slots.items():
        assert table.rank(slot) == records[key]
        assert table.lang(slot) == (key[2] if key[2] in LANGUAGES else "")
    assert assign(table, reversed(records.items())) == slots


def test_slots_of_what_holds_come_before_drafts_and_these_before_the_past():
    table = Table(64, LANGUAGES)
    firsts = [table.section(rank, lang) for rank in RANKS for lang in (*LANGUAGES, "pt")]
    assert firsts == [64 * number for number in range(9)]
    assert table.rank(firsts[-1] + 63) == PAST


@pytest.mark.parametrize(("records", "size"), [(0, 64), (32, 64), (33, 128), (64, 128), (65, 256), (10_000, 32_768)])
def test_the_table_is_at_most_half_full(records, size):
    assert table_for(records, LANGUAGES).size == size


def test_one_record_more_moves_hardly_any_other():
    keys = [(("note", f"note-{number}", "fr"), 0) for number in range(300)]
    table = table_for(310, LANGUAGES)
    before = assign(table, keys)
    moved = []
    for number in range(60):
        after = assign(table, [*keys, (("note", f"autre-{number}", "fr"), 0)])
        moved.append(sum(after[key] != slot for key, slot in before.items()))
    assert 0 < sum(moved) < len(moved)
    assert max(moved) <= 12
