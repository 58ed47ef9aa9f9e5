"""Work on what others wrote, done in a process of its own that is ended when it takes too long or too much memory.

One process serves many texts, one after the other, so that a text costs no more than its way there and back. Seconds
are those that the processor works for a text, so that a busy machine changes nothing; the kernel counts them and ends
the process, whatever it is at. Where the system has no `fork`, the work is done here, and only its exceptions are
caught.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import blake2b
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

if hasattr(os, "fork"):
    import resource

SECONDS = 4
"""Of the processor, for one text."""
PATIENCE = 120
"""Seconds of the clock, for one text: a net for what waits instead of working."""
MEMORY = 1 << 30
"""Bytes that the work on one text may take."""
_SHORT = 2_000
"""Characters of a text that is done sooner than looked up."""
_LONG = 1 << 30
"""Seconds that nothing takes."""
_MOST_REFUSED = 1_000
_LARGE = 50_000
"""Characters from which on what a text has left in memory is looked for at once."""

_IS_EXPENDABLE: ContextVar[bool] = ContextVar("_IS_EXPENDABLE", default=False)


@contextmanager
def expendable() -> Iterator[None]:
    """Let this process be the one that is ended: whoever has begun it does with care what it does not come back with.

    So a text of many costs no way to another process and back; what goes wrong without an end is asked again there.
    """
    if not hasattr(os, "fork"):
        yield
        return
    _confine()
    marked = _IS_EXPENDABLE.set(True)
    try:
        yield
    finally:
        _IS_EXPENDABLE.reset(marked)


class Refused(Exception):
    """Work that was not done: `reason` is a word of its own, or `time`, `memory`, `nested` or `broken`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Guarded:
    """Does work on texts in another process.

    Args:
        works: what can be asked for, by name: functions of a text, whose results can be pickled. They may raise
            `Refused`.
    """

    def __init__(self, works: Mapping[str, Callable[[str], Any]]) -> None:
        self._works = works
        self._refused: dict[bytes, str] = {}
        self._pipe: Connection | None = None
        self._process = 0
        self._lock = threading.Lock()
        if hasattr(os, "fork"):
            os.register_at_fork(after_in_child=self._forget_in_child)

    def ask(self, name: str, text: str) -> Any:
        """The result of one work on a text.

        Raises:
            Refused: when it took too long or too much memory, or could not be done.
        """
        key = blake2b(text.encode("utf-8", "replace"), digest_size=16).digest() if len(text) > _SHORT else b""
        if key in self._refused:  # a text is asked for by several pages, and is not to be waited for each time
            raise Refused(self._refused[key])
        if not hasattr(os, "fork"):
            found, told = _done(self._works[name], text)
        elif _IS_EXPENDABLE.get() and (here := _measured(self._works[name], text))[0]:
            return here[1]
        else:
            with self._lock:
                had_served = self._pipe is not None
                found, told = self._asked(name, text)
                if (found, told) == (False, "memory") and had_served:  # it may be what other texts have left there
                    found, told = self._asked(name, text)
        if found:
            return told
        if key and len(self._refused) < _MOST_REFUSED:
            self._refused[key] = told
        raise Refused(told)

    def rest(self) -> None:
        """End the other process until something is asked again: it holds all that this one held when it began."""
        with self._lock:
            self._end()

    def _asked(self, name: str, text: str) -> tuple[bool, Any]:
        pipe = self._started() if self._pipe is None else self._pipe
        try:
            pipe.send((name, text))
            if not pipe.poll(PATIENCE):
                self._end()
                return False, "time"
            sent: tuple[bool, Any] = pipe.recv()
        except (EOFError, OSError):  # the kernel has ended it
            return False, "time" if self._end() == signal.SIGXCPU else "memory"
        except BaseException:  # whoever asked is interrupted: an answer that comes later is to nobody's question
            self._end()
            raise
        if sent == (False, "memory"):
            self._end()
        return sent

    def _started(self) -> Connection:
        here, there = Pipe()
        with warnings.catch_warnings():
            # Other threads are no matter: the new process takes no lock that one of them could hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if not process:
            try:
                _serve(there, self._works)
            finally:
                os._exit(1)
        there.close()
        self._pipe, self._process = here, process
        return here

    def _end(self) -> int:
        """End the process; the signal by which it has ended."""
        pipe, process = self._pipe, self._process
        self._pipe = None
        if pipe is None:
            return 0
        pipe.close()
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)  # does nothing to one that has ended
        with suppress(OSError):
            return os.WTERMSIG(os.waitpid(process, 0)[1])
        return 0

    def _forget_in_child(self) -> None:
        """A process that is forked from this one has one of its own when it needs one."""
        pipe, self._pipe, self._lock = self._pipe, None, threading.Lock()
        if pipe is not None:
            pipe.close()


def _done(work: Callable[[str], Any], text: str) -> tuple[bool, Any]:
    try:
        return True, work(text)
    except Refused as refused:
        return False, refused.reason
    except MemoryError:
        return False, "memory"
    except RecursionError:
        return False, "nested"
    except Exception:  # noqa: BLE001 - a fault of the engine costs the text that it cannot read
        return False, "broken"


def _serve(pipe: Connection, works: Mapping[str, Callable[[str], Any]]) -> None:
    """Work until nobody asks any more."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
    # What the other process has open must not stay open for as long as this one lives.
    number = pipe.fileno()
    os.closerange(3, number)
    os.closerange(number + 1, os.sysconf("SC_OPEN_MAX"))
    gc.disable()
    gc.freeze()
    _confine()
    while True:
        try:
            name, text = pipe.recv()
        except EOFError:
            os._exit(0)
        told = _measured(works[name], text)
        try:
            pipe.send(told)
        except MemoryError:
            pipe.send((False, "memory"))
        del told
        if len(text) > _LARGE:
            gc.collect()


def _confine() -> None:
    """Give this process so much memory and no more."""
    _limit(resource.RLIMIT_AS, _in_use() + MEMORY)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _measured(work: Callable[[str], Any], text: str) -> tuple[bool, Any]:
    """Work that ends the process when it takes too long; what is done between two texts is at nobody's cost."""
    _limit(resource.RLIMIT_CPU, int(time.process_time()) + SECONDS + 1)
    told = _done(work, text)
    _limit(resource.RLIMIT_CPU, _LONG)
    return told


def _limit(kind: int, wanted: int) -> None:
    """Set a limit, which may be raised again up to what the system allows."""
    _, most = resource.getrlimit(kind)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _in_use() -> int:
    """Bytes of memory that this process has addresses for."""
    try:
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 - as plain as can be in a process just forked
            return int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1 << 40
