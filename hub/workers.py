"""Work spread over the machine's cores by forking, so that what workers read is shared and need not be sent to them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from hub import collector
from hub.errors import HubError
from hub.i18n import N_

MOST = 8
"""Workers at once; more would wait for the disk."""
_AT_ONCE = 50
"""Results that are sent together."""

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
    return min(os.cpu_count() or 1, items // alone + 1, MOST) if can_fork else 1


def spread(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Iterable[Result]], *, alone: int
) -> Iterator[Result]:
    """Do work on all cores.

    Args:
        items: what is to be done.
        work: does it for some items, and gives results that can be pickled, one or more, in order.
        alone: as many items as one process does sooner than several are started.

    Yields:
        The results in the order of the items. With one worker, they are made as they are asked for.

    Raises:
        HubError: when a worker has ended before its work was done.
    """
    workers = count(len(items), alone)
    if workers == 1:
        yield from work(items)
        return
    size = -(-len(items) // workers)
    started = [_started(items[at : at + size], work) for at in range(0, len(items), size)]
    # All are read as they come, for a worker whose pipe is full waits; but only what comes next is handed on.
    found: dict[Connection, list[list[Result]]] = {pipe: [] for pipe, _ in started}
    open_ = set(found)
    try:
        for pipe, _ in started:
            while pipe in open_ or found[pipe]:
                while found[pipe]:
                    yield from found[pipe].pop(0)
                if pipe in open_:
                    _receive(open_, found)
    finally:
        for pipe, process in started:
            pipe.close()
            if open_:
                process.kill()
            process.join()


def _receive(open_: set[Connection], found: dict[Connection, list[list[Any]]]) -> None:
    for pipe in wait(list(open_)):
        assert isinstance(pipe, Connection)
        try:
            results = pipe.recv()
        except EOFError:
            raise HubError(N_("A process that was to help has ended too early: is there enough memory?")) from None
        if results is None:
            open_.discard(pipe)
        elif isinstance(results, BaseException):
            raise results
        else:
            found[pipe].append(results)


def _started(run: Sequence[Any], work: Callable[[Sequence[Any]], Iterable[Any]]) -> tuple[Connection, Any]:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(run, work, there), daemon=True)
    process.start()
    there.close()
    return here, process


def _work(run: Sequence[Any], work: Callable[[Sequence[Any]], Iterable[Any]], pipe: Connection) -> None:
    try:
        with collector.paused():
            some = []
            for result in work(run):
                some.append(result)
                if len(some) == _AT_ONCE:
                    pipe.send(some)
                    some = []
            pipe.send(some)
        pipe.send(None)
    except BrokenPipeError:  # nobody listens any more
        pass
    except Exception as error:  # noqa: BLE001 - whoever waits is told
        pipe.send(error)
    pipe.close()
