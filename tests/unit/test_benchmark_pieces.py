"""A benchmark that was cut off goes on where it was."""

from __future__ import annotations

import pytest

from benchmarks import own, search_report
from benchmarks.engines import ours
from benchmarks.figures import Given, Section
from benchmarks.pieces import Pieces
from benchmarks.search_report import Measure, Results


def test_a_piece_is_measured_once_for_what_it_depends_on(tmp_path):
    measured: list[str] = []

    def piece(name: str, depends: object, value: object = 1) -> object:
        return Pieces(tmp_path).of(name, depends, lambda: (measured.append(name), value)[1])

    assert piece("a", 1, {"x": [1, 2.5]}) == {"x": [1, 2.5]}
    assert piece("a", 1, "another") == {"x": [1, 2.5]}
    assert piece("a", 2, "another") == "another"
    assert piece("b", 1) == 1
    assert measured == ["a", "a", "b"]
    assert Pieces(None).of("a", 1, lambda: "anew") == "anew"


def test_what_failed_is_measured_again(tmp_path):
    def fails() -> None:
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        Pieces(tmp_path).of("a", 1, fails)
    kept = {"keeps": lambda one: not one["failed"]}
    assert Pieces(tmp_path).of("a", 1, lambda: {"failed": "why"}, **kept) == {"failed": "why"}
    assert Pieces(tmp_path).of("a", 1, lambda: {"failed": ""}, **kept) == {"failed": ""}
    assert Pieces(tmp_path).of("a", 1, fails) == {"failed": ""}


def test_sections_are_kept_and_what_they_are_measured_on_is_made_only_for_those_that_lack(tmp_path, monkeypatch):
    section = Section("Bytes", ("what",), [("all",)], "A note.")
    monkeypatch.setattr(own, "_MADE", (lambda given: iter([section]),))
    made: list[str] = []

    def given() -> Given:
        made.append("hub")
        return Given()

    for _ in range(2):
        (found,) = own.sections(given, Pieces(tmp_path), "basis")
        assert (found.title, list(found.head), found.note) == ("Bytes", ["what"], "A note.")
        assert [list(row) for row in found.rows] == [["all"]]
    assert made == ["hub"]


def test_rounds_are_added_up_and_the_report_says_on_which_days_they_were_measured():
    results = Results(rounds=2, days={"2026-11-22", "2026-11-20"})
    measure = results.sizes.setdefault((10, ours.ENGINE), Measure())
    measure.add(Measure(build=[1.0], disk=5, ms=[[1.0, 3.0]], first={"1 word": [7]}))
    measure.add(Measure(build=[3.0], disk=5, ms=[[2.0, 3.0]]))
    assert (measure.build, measure.first) == ([1.0, 3.0], {"1 word": [7]})
    text = search_report.write(results, [ours.ENGINE])
    assert "| measured | 2026-11-20 to 2026-11-22 |" in text
    assert "| 2.0 |" in text
