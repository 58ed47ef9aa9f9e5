"""Work that is spread over processes gives what one process gives, in order, and its failures are told."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import files, repairs, workers
from hub.errors import HubError
from hub.loading import load
from hub.packing import Packing
from tests.support import hub, note

FILES = {
    "docs/notes/a.md": note(
        "date: 2015-04", "places: [BJ]", "authors: [ada]", body="# A\n\n[b](b.md) et [[Rien]]\n\n> [!NOTE]\n> x\n"
    ),
    "docs/notes/b.md": note("titre: faute", "date: 2015-13", body="Texte.\n"),
    "docs/notes/c.md": "---\nkaputt: [\n---\n",
    "docs/personnes/ada.md": "---\ntitle: Ada\n---\n",
}


@pytest.fixture(autouse=True)
def _three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)  # pytest's own thread holds nothing


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 400))
def test_results_come_in_the_order_of_the_items(number: int) -> None:
    def work(some: Sequence[int]) -> Iterator[tuple[int, str]]:
        return ((one, str(os.getpid())) for one in some)

    found = list(workers.spread(range(number), work, alone=20))
    assert [one for one, _ in found] == list(range(number))
    assert len({pid for _, pid in found}) <= min(3, number // 20 + 1)
    assert (str(os.getpid()) in {pid for _, pid in found}) == (0 < number < 20)


def test_work_aside_that_ends_meanwhile_takes_no_work_from_others(tmp_path: Path) -> None:
    begun, ended = tmp_path / "begun", tmp_path / "ended"

    def until(path: Path) -> None:
        for _ in range(500):
            if path.exists():
                return
            time.sleep(0.01)

    def beside() -> int:
        until(begun)
        return os.getpid()

    def work(some: Sequence[int]) -> Iterator[int]:
        begun.touch()
        until(ended)
        yield from some

    waiting = workers.aside(beside)
    threading.Timer(0.3, ended.touch).start()
    assert list(workers.spread(range(60), work, alone=10)) == list(range(60))
    assert waiting() != os.getpid()


def test_what_workers_mend_is_told_here_and_once() -> None:
    repairs.taken()
    repairs.note(repairs.DAMAGED, path="here")

    def work(some: Sequence[int]) -> Iterator[int]:
        repairs.note(repairs.DAMAGED, path="there")
        yield from some

    assert list(workers.spread(range(60), work, alone=10)) == list(range(60))
    beside = workers.aside(lambda: repairs.note(repairs.UNFINISHED))
    assert beside() is None
    assert [message for message, _ in repairs.taken()] == [repairs.DAMAGED, repairs.DAMAGED, repairs.UNFINISHED]
    assert repairs.taken() == {}


def test_a_failure_in_a_worker_is_raised_here() -> None:
    def work(some: Sequence[int]) -> Iterator[int]:
        return (1 // (one - 30) for one in some)

    with pytest.raises(ZeroDivisionError):
        list(workers.spread(range(60), work, alone=10))


def test_a_worker_that_was_killed_is_told_plainly() -> None:
    here = os.getpid()

    def work(some: Sequence[int]) -> Iterator[int]:
        for one in some:
            if one == 50:
                assert os.getpid() != here
                os.kill(os.getpid(), signal.SIGKILL)
            yield one

    with pytest.raises(HubError, match="memory"):
        list(workers.spread(range(60), work, alone=10))


def test_what_a_rash_worker_does_not_come_back_with_is_done_here() -> None:
    here = os.getpid()

    def work(some: Sequence[int]) -> Iterator[tuple[int, bool]]:
        return ((one, os.getpid() == here) for one in some)

    def rash(some: Sequence[int]) -> Iterator[tuple[int, bool]]:
        for one in some:
            if one in {3, 50}:
                os.kill(os.getpid(), signal.SIGKILL)
            yield one, False

    found = list(workers.spread(range(60), work, alone=10, rash=rash))
    assert [one for one, _ in found] == list(range(60))
    assert {one for one, is_here in found if is_here} >= {3, 50}


@pytest.mark.parametrize("large", [1, 2, 7, 60])
def test_a_worker_ends_with_a_large_run_and_another_one_goes_on(large: int) -> None:
    found = list(
        workers.spread(
            range(60), lambda some: ((one, os.getpid()) for one in some), alone=1, at_once=1, ends=range(large)
        )
    )
    assert [one for one, _ in found] == list(range(60))
    first = [process for one, process in found if one < large]
    assert len(set(first)) == large
    assert not {process for one, process in found if one >= large} & set(first)
    assert os.getpid() not in {process for _, process in found}


def test_a_worker_ends_after_its_life_and_another_one_goes_on() -> None:
    found = list(
        workers.spread(range(60), lambda some: ((one, os.getpid()) for one in some), alone=1, at_once=1, life=4)
    )
    assert [one for one, _ in found] == list(range(60))
    done = Counter(process for _, process in found)
    assert max(done.values()) == 4
    assert os.getpid() not in done


def test_who_works_aside_has_a_core_for_as_long_as_the_work_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    may_end = multiprocessing.get_context("fork").Event()
    beside = workers.aside(may_end.wait)

    def slowly(some: Sequence[int]) -> Iterator[tuple[int, int]]:
        for one in some:
            time.sleep(0.02)
            yield one, os.getpid()

    found = []
    for number, process in workers.spread(range(60), slowly, alone=1, at_once=1):
        found.append(process)
        if number == 10:
            may_end.set()
    assert len(set(found[:10])) == 1
    assert len(set(found)) == 2
    assert os.getpid() not in found
    assert beside()


def test_a_hub_that_is_read_by_several_processes_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = hub(tmp_path, FILES)
    monkeypatch.setattr(files, "_ALONE", 1)
    monkeypatch.setattr(files, "FEW", 0)
    monkeypatch.setattr(files, "folder_of_texts", lambda _: None)
    several = load(tmp_path)
    assert several.report == one.report
    assert [repr(entry) for entry in several.library] == [repr(entry) for entry in one.library]
    for entry, other in zip(several.library, one.library, strict=True):
        assert entry.kind is several.library.kinds[entry.kind.name]
        assert (entry.outline, entry.markdown.parts, entry.text) == (other.outline, other.markdown.parts, other.text)


def test_a_text_that_is_saved_while_it_is_read_is_kept_as_what_it_was_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub(tmp_path, {"docs/notes/a.md": note(body="Avant.")})
    (tmp_path / "kept").mkdir()
    monkeypatch.setattr(files, "FEW", 0)
    monkeypatch.setattr(files, "folder_of_texts", lambda _: tmp_path / "kept")
    looked: list[Path] = []

    def saved(path: Path) -> bytes:
        looked.append(path)
        return plain(path).replace(b"Avant", b"Ensuite") if looked.count(path) > 1 else plain(path)

    plain = files.raw_bytes
    monkeypatch.setattr(files, "raw_bytes", saved)
    assert [entry.body.strip() for entry in load(tmp_path).library] == ["Ensuite."]
    monkeypatch.setattr(files, "raw_bytes", plain)
    assert [entry.body.strip() for entry in load(tmp_path).library] == ["Avant."]


def test_what_was_packed_is_the_same_however_often(tmp_path: Path) -> None:
    library = hub(tmp_path, FILES).library
    packing = Packing(library.kinds, tmp_path)
    for entry in library:
        once = packing.unpack(packing.pack(entry))
        twice = packing.unpack(packing.pack(once))
        assert once == twice == entry
        assert repr(once) == repr(entry)
        assert twice.model_copy(update={"title": "Autre"}) == entry.model_copy(update={"title": "Autre"})
        assert twice.text.front.values == entry.text.front.values
        assert twice.markdown.html() == entry.markdown.html()


def test_small_values_that_many_entries_have_are_one_object_when_they_were_packed(tmp_path: Path) -> None:
    library = hub(tmp_path, FILES).library
    packing = Packing(library.kinds, tmp_path)
    one, other = (packing.unpack(packing.pack(library.entries[0])) for _ in range(2))
    assert one is not other
    assert all(one.__dict__[name] is other.__dict__[name] for name in ("lang", "status", "date", "keywords"))
    assert all(a is b for a, b in zip(one.outline.headings, other.outline.headings, strict=True))
    one.model_copy(update={"title": "Autre"})
    assert other.model_fields_set == set()


def test_what_was_read_before_is_read_no_more_and_what_has_changed_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FEW", 0)
    monkeypatch.setattr(files, "_ALONE", 1000)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    read: list[str] = []
    bind = files.FileReader.bind

    def noted(self: files.FileReader, raw: bytes, file: files.File) -> files.Bound:
        read.append(file.uri)
        return bind(self, raw, file)

    monkeypatch.setattr(files.FileReader, "bind", noted)
    root = tmp_path / "hub"
    first = hub(root, FILES)
    assert len(read) == 4
    again = hub(root, FILES)
    assert len(read) == 4
    assert (again.library.entries, again.report) == (first.library.entries, first.report)
    hub(root, {"docs/notes/b.md": note(body="Autre.\n")})
    assert read[4:] == ["notes/b.md"]
    hub(root, {"docs/vocabulaires/themes.yml": "name: themes\nterms: {soins: {fr: Soins, en: Care}}\n"})
    assert len(read) == 9
    (kept,) = (tmp_path / "cache").rglob("texts.sqlite")
    with sqlite3.connect(kept) as store:
        assert store.execute("SELECT count(*) FROM row").fetchall() == [(4,)]
    hub(root, {"docs/retraits.yml": "withheld:\n  - {entry: note:a, reason: Un nom, date: 2020-01-01}\n"})
    with sqlite3.connect(kept) as store:
        assert store.execute("SELECT count(*) FROM row").fetchall() == [(3,)]
    kept.write_bytes(b"x" * 5000)
    assert hub(root, {}).library.entries == hub(root, {}).library.entries
    assert len(read) == 14  # what is withheld is not kept


def test_work_aside_gives_its_result_or_its_failure() -> None:
    result = workers.aside(os.getpid)
    assert result() != os.getpid()

    def fails() -> int:
        raise HubError("no {n}", n=3)

    failing = workers.aside(fails)
    with pytest.raises(HubError, match="no"):
        failing()


def test_work_aside_that_ends_too_early_is_told() -> None:
    ended = workers.aside(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(HubError):
        ended()


def test_a_worker_has_no_workers_of_its_own() -> None:
    assert workers.count(1000, alone=1) > 1
    assert workers.aside(lambda: workers.count(1000, alone=1))() == 1
