"""Values of the cache in one file: what was put is found again, and what is damaged is as good as none."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub import repairs
from hub.rows import Rows

VALUES = {"": [1, "é\ud800"], "fr note:a": {"x": None}, "fr note:b": "b" * 9000}
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5)


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    found = Rows(tmp_path / "built.sqlite")
    found.put(VALUES)
    return found


def test_some_are_read_changed_and_forgotten_without_the_others(rows: Rows) -> None:
    assert rows.all() == VALUES
    assert rows.get(["fr note:a", "none"]) == {"fr note:a": {"x": None}}
    rows.put({"fr note:a": "new"}, gone=["fr note:b", "none"])
    assert rows.all() == {"": VALUES[""], "fr note:a": "new"}
    assert b"bbbbbbbb" not in rows.path.read_bytes()


def test_where_there_is_no_file_nothing_is_known(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "none.sqlite")
    assert (rows.all(), rows.get(["a"])) == (None, None)


@given(values=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), JSON, max_size=5))
def test_whatever_json_can_say_comes_back(tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]) -> None:
    rows = Rows(tmp_path_factory.mktemp("rows") / "x.sqlite")
    rows.put(values)
    assert rows.all() == values


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_thrown_away_and_told(rows: Rows, seed: int) -> None:
    chance, raw = random.Random(seed), bytearray(rows.path.read_bytes())
    for _ in range(1 + seed):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    rows.path.write_bytes(raw[: -seed * 500 or None])
    repairs.told(str)
    found = rows.all()
    assert found in (None, VALUES)
    assert bool(repairs.told(str)) is (found is None)
    assert rows.path.exists() is (found is not None)
    rows.put({"a": 1})
    assert (rows.all() or {})["a"] == 1


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_damaged_in_writing_is_thrown_away(tmp_path: Path, seed: int) -> None:
    rows, chance = Rows(tmp_path / "built.sqlite"), random.Random(seed)
    rows.put({f"part {number}": "x" * 900 for number in range(200)})
    raw = bytearray(rows.path.read_bytes())
    for at in range(4096 * (seed % 20), 4096 * (seed % 20) + 40):
        raw[at] ^= chance.randrange(256)
    rows.path.write_bytes(raw)
    rows.put({f"part {chance.randrange(200)}": "new", "one more": 1}, gone=["part 7"])
    found = rows.all()
    assert found is None or {*found.values()} <= {"x" * 900, "new", 1}


@pytest.mark.parametrize("there", ["folder", "link"])
def test_what_stands_in_its_place_is_replaced(tmp_path: Path, there: str) -> None:
    path, other = tmp_path / "built.sqlite", tmp_path / "other"
    other.write_text("not ours")
    if there == "folder":
        path.mkdir()
    else:
        path.symlink_to(other)
    Rows(path).put({"a": 1})
    assert Rows(path).all() == {"a": 1}
    assert other.read_text() == "not ours"
