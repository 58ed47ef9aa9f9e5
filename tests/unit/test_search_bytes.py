"""Trees of scripts, and slots: what is put in comes out, and little moves when little changes."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack, contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.search import leaves, tree
from hub.search.leaves import SHAPES, Shape, graft, plant
from hub.search.reading import LAST
from hub.search.slots import PAST, RANKS, Table, assign, table_for
from hub.search.store import Store
from hub.search.tree import Root, Tree, base36, content_of, digest, files, script

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
        patch.setitem(SHAPES, "words", Shape(12, 40, leaves._counts, leaves._of_counts))
        patch.setattr(tree, "_ROOT", 3)
        patch.setattr(tree, "_FANOUT", (2, 3))
        yield


def items(keys) -> list[tuple[str, bytes]]:
    return [(key, b"1") for key in sorted(keys)]


def kept(store: Store) -> dict[str, str]:
    return dict(store.rows("SELECT name, content FROM script"))


def opened(root: Root, scripts: dict[str, str]) -> Tree:
    return Tree("words", root, lambda name: json.loads(scripts[name]))


@settings(max_examples=60)
@given(KEYS, KEYS)
def test_a_tree_finds_each_key_that_was_put_in_and_no_other(tmp_path_factory, keys, others):
    with small_shapes(), Store(tmp_path_factory.mktemp("tree") / "a.sqlite") as store:
        scripts_of = opened(plant(store, "words", items(keys)), kept(store))
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


@settings(max_examples=120)
@given(KEYS, st.lists(st.tuples(KEYS, KEYS), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_a_tree_that_is_changed_is_the_tree_that_is_made_anew(tmp_path_factory, keys, changes, random):
    folder = tmp_path_factory.mktemp("tree")
    now = dict(items(keys))
    with small_shapes(), Store(folder / "a.sqlite") as store, Store(folder / "b.sqlite") as anew:
        plant(store, "words", items(keys))
        for put, taken in changes:
            few = random.sample(sorted(now), min(len(now), random.choice((0, 1, 2, 40))))
            change = dict.fromkeys([*taken, *few]) | {key: b"%d" % random.randint(1, 9) for key in put}
            root = graft(store, "words", change)
            now = {key: body for key, body in (now | change).items() if body}
        assert root == plant(anew, "words", sorted(now.items()))
        assert kept(store) == kept(anew)
        rows = "SELECT * FROM leaf ORDER BY first"
        assert list(store.rows(rows)) == list(anew.rows(rows))


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_a_leaf_packs_it_unpacks(name):
    shape = SHAPES[name]
    bodies = {
        leaves._lists: [b"\x80\x01a", b"b" * 300, b""],
        leaves._counts: [b"1", b"9", b"3"],
        leaves._values: [leaves.as_json([key, "é\u2028", "</script>", '"\\\n']) for key in ("a-b", "c", "é")],
    }[shape.pack]
    packed = list(zip(("a-b", "c", "é"), bodies, strict=True))
    assert shape.unpack(shape.pack(packed)) == packed


def test_a_range_is_read_from_its_beginning_and_no_further_than_asked(tmp_path):
    keys = [f"mot{number:03}" for number in range(200)]
    with small_shapes(), Store(tmp_path / "a.sqlite") as store:
        scripts_of = opened(plant(store, "words", items(keys)), kept(store))
        assert scripts_of.root.depth > 1
        three = scripts_of.leaves("mot1", "mot1" + LAST, 3)
        assert len(three) == 3
        assert "mot100" in three[0][0].split(" ")
        assert scripts_of.leaves("mot1", "mot1" + LAST, 0) == []


def test_one_key_more_changes_one_leaf_and_the_nodes_above_it(tmp_path):
    keys = [f"{digest(str(number))}" for number in range(600)]
    with small_shapes(), Store(tmp_path / "a.sqlite") as store:
        plant(store, "words", items(set(keys)))
        before = kept(store)
        depth = graft(store, "words", {"m": b"1"}).depth
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
