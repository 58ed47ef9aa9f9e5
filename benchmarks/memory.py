"""The memory of a process and of all that it starts, together: what they share is counted once.

Linux says of each process its proportional set size (PSS): its own pages, and of each shared page its share. The sum
over the processes is what they take together, which the largest alone (`wait4`) is not, for a builder that forks.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.2
"""Seconds between two looks."""
_PSS = re.compile(r"^Pss: +(\d+) kB", re.MULTILINE)


class Watched:
    """Looks at a process while the block runs.

    Args:
        pid: the process.

    Attributes:
        peak: the most that it and its descendants took together at a look, in bytes; 0 where the system does not say.
    """

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, sort: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, sum(map(_taken, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(told).split():
            yield from _family(int(child))


def _taken(pid: int) -> int:
    """Bytes that a process takes; 0 where it has ended."""
    found = _PSS.search(_read(Path(f"/proc/{pid}/smaps_rollup")))
    return int(found[1]) * 1024 if found else 0


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:  # it has ended
        return ""
