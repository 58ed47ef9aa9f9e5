"""Work on a text that takes too long or too much is ended, wherever it is asked for, and what comes after is done."""

from __future__ import annotations

import os
import re
import threading
import time
from functools import partial

import pytest

from hub import guarded, workers
from hub.guarded import Guarded, Refused
from hub.markdown import Links, blocks, read
from hub.markdown.read import _guarded


def _work(text: str) -> object:
    match text.split(maxsplit=1)[0]:
        case "loop":
            while True:
                pass
        case "regex":  # no signal that Python handles would come through here
            return re.fullmatch(r"(a+)+b", "a" * 60)
        case "memory":
            return len([bytes(1 << 20) for _ in range(1 << 20)])
        case "deep":
            return _work(text)
        case "broken":
            raise ZeroDivisionError
        case "own":
            raise Refused("own")
        case "end":
            os._exit(3)
        case "process":
            return os.getpid()
    return text.upper()


@pytest.fixture
def guard(monkeypatch):
    monkeypatch.setattr(guarded, "SECONDS", 0)  # and a second that has begun
    made = Guarded({"work": _work})
    yield made
    made._end()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("loop", "time"),
        ("regex", "time"),
        ("memory", "memory"),
        ("deep", "nested"),
        ("broken", "broken"),
        ("own", "own"),
        ("end", "memory"),
    ],
)
def test_what_goes_wrong_costs_its_own_text(guard, text, reason):
    assert guard.ask("work", "before") == "BEFORE"
    with pytest.raises(Refused) as refused:
        guard.ask("work", text)
    assert refused.value.reason == reason
    assert guard.ask("work", "after") == "AFTER"


def test_one_process_serves_many_texts(guard):
    assert len({guard.ask("work", "process") for _ in range(20)}) == 1
    assert guard.ask("work", "process") != os.getpid()


def test_a_process_that_rests_holds_no_memory_and_another_goes_on(guard):
    guard.rest()  # nobody has asked yet
    first = guard.ask("work", "process")
    guard.rest()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert guard.ask("work", "process") not in {first, os.getpid()}


def test_a_process_that_was_ended_by_others_costs_no_text(guard):
    os.kill(guard.ask("work", "process"), 9)
    assert guard.ask("work", "after") == "AFTER"


def test_a_text_that_was_refused_is_not_waited_for_again(guard):
    text = "loop " + "x" * 5_000
    with pytest.raises(Refused):
        guard.ask("work", text)
    before = time.monotonic()
    with pytest.raises(Refused):
        guard.ask("work", text)
    assert time.monotonic() - before < 0.5


def test_it_holds_under_threads_as_well(guard):
    found = {}

    def asked(number: int) -> None:
        try:
            found[number] = guard.ask("work", "loop" if number == 2 else f"text {number}")
        except Refused as refused:
            found[number] = refused.reason

    threads = [threading.Thread(target=asked, args=(number,)) for number in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert found == {0: "TEXT 0", 1: "TEXT 1", 2: "time", 3: "TEXT 3", 4: "TEXT 4"}


def _told(guard, some):
    """What is told of each text: its result, or why there is none."""
    for one in some:
        try:
            yield guard.ask("work", one)
        except Refused as refused:
            yield refused.reason


def test_it_holds_in_workers_that_are_forked_while_it_runs(guard, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)
    assert guard.ask("work", "here") == "HERE"

    work = partial(_told, guard)
    items = [f"text {n}" for n in range(60)]
    items[30] = "end"
    found = list(workers.spread(items, work, alone=10))
    assert found == [one.upper() if one != "end" else "memory" for one in items]


@pytest.mark.parametrize("text", ["loop", "regex", "memory", "deep", "broken", "own", "end"])
def test_a_worker_that_may_be_ended_costs_no_other_text(guard, monkeypatch, text):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)

    work = partial(_told, guard)

    def rash(some):
        with guarded.expendable():
            yield from work(some)

    items = [f"text {n}" for n in range(60)]
    items[30] = text
    alone = list(work([text]))
    found = list(workers.spread(items, work, alone=10, rash=rash))
    assert found == [one.upper() if one != text else alone[0] for one in items]
    assert alone[0].islower()


def test_a_text_is_read_where_it_is_asked_for_by_who_may_be_ended(guard):
    asked, told = os.pipe()
    child = os.fork()
    if not child:
        with guarded.expendable():
            os.write(told, b"%d %d" % (guard.ask("work", "process"), os.getpid()))
        os._exit(0)
    there, worker = os.read(asked, 99).split()
    os.waitpid(child, 0)
    assert there == worker


def test_a_renderer_that_stumbles_shows_the_text_as_it_was_written(monkeypatch):
    text = "*a* <b> " + "[" * 150_000
    monkeypatch.setattr(guarded, "SECONDS", 0)
    _guarded.rest()  # the next one will know of it
    found = read(text)
    assert found.outline.refused == "time"
    assert found.html().startswith('<pre><code tabindex="0">*a* &lt;b&gt; [[[')
    (block,) = blocks(text)
    assert block.text == text
    assert read("*a*").html() == "<p><em>a</em></p>\n"
    _guarded.rest()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 300_001, "long"),
        ("|a" * 30 + "\n" + "|-" * 30 + "\n" + "|b\n" * 700, "cells"),
        (("|a" * 30 + "\n" + "|-" * 30 + "\n" + "|b\n" * 100 + "\n") * 8, "cells"),
        ("> " * 50 + "a", "nested"),
        ("".join("  " * n + "- a\n" for n in range(40)), "nested"),
    ],
)
def test_what_asks_too_much_is_refused_before_it_costs_anything(text, reason):
    assert read(text).outline.refused == reason


def test_what_is_written_once_and_named_ten_thousand_times_does_not_become_huge():
    for definition in ("https://a.b/" + "x" * 50_000, f"c.png '{'x' * 50_000}'"):
        text = f"[a]: {definition}\n\n" + "[a] ![a] " * 10_000
        assert len(read(text).html(Links(images={"c.png": "c.png"}))) < 10_000_000


@pytest.mark.parametrize(
    "text",
    [
        "a " * 149_000,
        "|a" * 10 + "\n" + "|-" * 10 + "\n" + "|b\n" * 1_000,
        "".join("  " * n + "- a\n" for n in range(15)),
        "> " * 20 + "a",
    ],
)
def test_what_people_write_is_not(text):
    found = read(text)
    assert found.outline.refused == ""
    assert "a" in found.outline.words


def test_tidying_up_after_a_text_is_at_nobodys_cost(guard, monkeypatch):
    def slow() -> None:
        end = time.process_time() + 2
        while time.process_time() < end:
            pass

    monkeypatch.setattr(guarded.gc, "collect", slow)
    assert guard.ask("work", "a" * (guarded._LARGE + 1))
    assert guard.ask("work", "b") == "B"
