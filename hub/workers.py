"""Work spread over the machine's cores by forking, so that what workers read is shared and need not be sent to them."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar, cast

from hub import collector, repairs
from hub.errors import HubError
from hub.i18n import N_

MOST = 8
"""Workers at once; more would wait for the disk."""
_AT_ONCE = 50
"""Items that a worker takes together, at most."""
_SHARES = 8
"""Into how many runs a worker's share is cut, so that none waits long for another at the end."""
_PATIENCE = 10
"""Seconds in which a worker that has nothing more to do may end by itself."""

_TOO_EARLY = N_("A process that was to help has ended too early: is there enough memory?")

_asides: list[Connection] = []
"""From those that work aside and were not heard yet."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def count(items: int, alone: int) -> int:
    """How many processes a number of items is worth.

    Args:
        items: how many.
        alone: as many as one process does sooner than several are started.
    """
    # A fork copies one thread alone: what another one holds would stay locked in the copy.
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    can_fork = can_fork and not multiprocessing.current_process().daemon  # a worker has none of its own
    return min(os.cpu_count() or 1, items // alone + 1, MOST) if can_fork else 1


def spread(
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], Iterable[Result]],
    *,
    alone: int,
    at_once: int = _AT_ONCE,
    ends: Collection[int] = (),
    life: int = 0,
    rash: Callable[[Sequence[Item]], Iterable[Result]] | None = None,
) -> Iterator[Result]:
    """Do work on all cores that nobody has who works aside: more processes would take memory, and do no more.

    Args:
        items: what is to be done.
        work: does it for some items, and gives results that can be pickled, one or more, in order.
        alone: as many items as one process does sooner than several are started.
        at_once: items that a worker takes together, at most.
        ends: numbers of runs that leave much in memory: a worker ends with such a run, and another one goes on.
        life: runs that leave as much together; 0 where they leave little.
        rash: does the same in a worker at the risk of its life: what a worker did not come back with, `work` does here.

    Yields:
        The results in the order of the items. With one worker, they are made as they are asked for.

    Raises:
        HubError: when a worker has ended before its work was done, and had no leave to.
    """
    workers = count(len(items), alone)
    if workers == 1:
        yield from work(items)
        return
    size = max(1, min(at_once, len(items) // (workers * _SHARES)))
    runs = [items[at : at + size] for at in range(0, len(items), size)]
    context = multiprocessing.get_context("fork")
    taken = context.Value("l", 0)
    started: list[tuple[Connection, Any]] = []

    def begin() -> Connection:
        started.append(_started(context, runs, rash or work, taken, ends, life))
        return started[-1][0]

    def more(at_work: int) -> list[Connection]:
        # Read without its lock, which a worker that was killed may hold.
        is_left = taken.get_obj().value < len(runs)
        return [begin() for _ in range(max(workers - _beside(), 1) - at_work)] if is_left else []

    try:
        again = (lambda number: list(work(runs[number]))) if rash else None
        yield from _in_order(len(runs), more(0), again, more)
    finally:
        for pipe, process in started:
            pipe.close()
            process.join(_PATIENCE)
            process.kill()
            process.join()


def aside(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin some work in another process, where one can be had.

    Args:
        work: gives a small result that can be pickled.

    Returns:
        A function that waits for the result, or raises what the work has raised. It may be called once.
    """
    if count(2, alone=1) == 1:
        return work
    context = multiprocessing.get_context("fork")
    held = [context.Value("l", 0)]

    def once(_: None) -> list[Result]:
        with collector.paused():  # one piece of work ends before there is much to look for
            return [work()]

    here, process = _started(context, [None], once, held[0])
    _asides.append(here)

    def result() -> Result:
        try:
            (found,) = _in_order(1, [here])
        finally:
            _asides.remove(here)
            here.close()
            process.kill()
            process.join()
            # Not before: its place in shared memory is given to whoever asks for one next.
            held.clear()
        return cast("Result", found)

    return result


def _beside() -> int:
    """How many cores those have that work aside: who has come to an end waits to be heard."""
    return sum(not pipe.poll() for pipe in _asides)


def _in_order(
    runs: int,
    pipes: list[Connection],
    again: Callable[[int], list[Any]] | None = None,
    more: Callable[[int], list[Connection]] = lambda at_work: [],
) -> Iterator[Any]:
    """The results of runs, which workers send in any order, in the order of the runs.

    Args:
        runs: how many.
        pipes: from the workers; those that say no more are taken out.
        again: does a run that no worker came back with; without it, none may end before its time.
        more: begins workers where more is to do and cores are free; it is told how many are at work.
    """
    found: dict[int, list[Any]] = {}
    for number in range(runs):
        while number not in found:
            if not pipes:
                if again is None:
                    raise HubError(_TOO_EARLY)
                found[number] = again(number)
            for pipe in wait(pipes) if pipes else ():
                assert isinstance(pipe, Connection)
                sent = _received(pipe, may_end=again is not None)
                if sent is None:
                    pipes.remove(pipe)
                else:
                    found[sent[0]] = sent[1]
            pipes += more(len(pipes))
        yield from found.pop(number)


def _received(pipe: Connection, *, may_end: bool) -> tuple[int, list[Any]] | None:
    """The number of a run and its results; None from a worker that has found no more to do, or has ended."""
    try:
        sent: tuple[int, list[Any], Any] | BaseException | None = pipe.recv()
    except EOFError:
        if may_end:
            return None
        raise HubError(_TOO_EARLY) from None
    if isinstance(sent, BaseException):
        raise sent
    if sent is None:
        return None
    number, found, noted = sent
    repairs.add(noted)
    return number, found


def _started(
    context: Any,
    runs: Sequence[Any],
    work: Callable[[Any], Iterable[Any]],
    taken: Any,
    ends: Collection[int] = (),
    life: int = 0,
) -> tuple[Connection, Any]:
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(runs, work, taken, ends, life, there), daemon=True)
    process.start()
    there.close()
    return here, process


def _work(
    runs: Sequence[Any],
    work: Callable[[Any], Iterable[Any]],
    taken: Any,
    ends: Collection[int],
    life: int,
    pipe: Connection,
) -> None:
    """Take runs that nobody has taken, until there is none; whoever waits gets the results, or why there are none."""
    with collector.sparing(), suppress(BrokenPipeError):  # where nobody waits any more
        repairs.taken()  # before this process began: others tell it
        for done in itertools.count(1):
            with taken.get_lock():
                number = taken.value
                taken.value += 1
            if number >= len(runs):
                pipe.send(None)
                return
            try:
                found = list(work(runs[number]))
            except Exception as error:  # noqa: BLE001 - whoever waits is told
                pipe.send(error)
                return
            pipe.send((number, found, repairs.taken()))
            if number in ends or done == life:
                pipe.send(None)
                return
