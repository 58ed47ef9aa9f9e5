"""Values of the cache in one file: what was put is found again, and what is damaged is as good as none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub import repairs
from hub.rows import Rows

VALUES = {"": "é".encode(), "fr note:a": b"[1,2]", "fr note:b": b"b" * 9000}


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    found = Rows(tmp_path / "built.sqlite")
    found.put(VALUES.items())
    return found


def test_some_are_read_changed_and_forgotten_without_the_others(rows: Rows) -> None:
    assert rows.all() == VALUES
    assert rows.all("fr note:a").keys() == {"fr note:a"}
    assert rows.all("fr").keys() == {"fr note:a", "fr note:b"}
    assert rows.names() == VALUES.keys()
    assert rows.get(["fr note:a", "none"]) == {"fr note:a": b"[1,2]"}
    rows.put([("fr note:a", b"new")], gone=["fr note:b", "none"])
    assert rows.all() == {"": VALUES[""], "fr note:a": b"new"}
    assert b"bbbbbbbb" not in rows.path.read_bytes()


def test_where_there_is_no_file_nothing_is_known(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "none.sqlite")
    assert (rows.all(), rows.get(["a"]), rows.get([]), rows.names()) == (None, None, None, frozenset())


@given(values=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.binary(), max_size=5))
def test_all_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, values: dict[str, bytes]) -> None:
    rows = Rows(tmp_path_factory.mktemp("rows") / "x.sqlite")
    rows.put(values.items())
    assert rows.all() == values
    assert rows.get(values) == values


def test_many_are_asked_for_at_once(tmp_path: Path) -> None:
    rows, values = Rows(tmp_path / "x.sqlite"), {f"part {number}": b"%d" % number for number in range(900)}
    rows.put(values.items())
    assert rows.get(values) == values


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
    rows.put([("a", b"1")])
    assert (rows.all() or {})["a"] == b"1"


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_damaged_in_writing_is_thrown_away(tmp_path: Path, seed: int) -> None:
    rows, chance = Rows(tmp_path / "built.sqlite"), random.Random(seed)
    rows.put((f"part {number}", b"x" * 900) for number in range(200))
    raw = bytearray(rows.path.read_bytes())
    for at in range(4096 * (seed % 20), 4096 * (seed % 20) + 40):
        raw[at] ^= chance.randrange(256)
    rows.path.write_bytes(raw)
    rows.put([(f"part {chance.randrange(200)}", b"new"), ("one more", b"1")], gone=["part 7"])
    found = rows.all()
    assert found is None or {*found.values()} <= {b"x" * 900, b"new", b"1"}


@pytest.mark.parametrize("there", ["folder", "link"])
def test_what_stands_in_its_place_is_replaced(tmp_path: Path, there: str) -> None:
    path, other = tmp_path / "built.sqlite", tmp_path / "other"
    other.write_text("not ours")
    if there == "folder":
        path.mkdir()
    else:
        path.symlink_to(other)
    Rows(path).put([("a", b"1")])
    assert Rows(path).all() == {"a": b"1"}
    assert other.read_text() == "not ours"
