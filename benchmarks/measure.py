"""Measures one build: a whole process from start to end, and what it left behind."""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import time
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.memory import Watched

_TAIL = 400
_LIMIT = 3600.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost, with those that it started.

    Attributes:
        wall, cpu: seconds; `cpu` is user and system time together.
        memory: peak in bytes of all processes together; of the largest, where the system says no more.
        error: why it failed; empty when it did not.
        output: what it printed to standard output.
    """

    wall: float
    cpu: float
    memory: int
    error: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a site weighs; `median`, `largest`, `first_visit` are bytes after gzip.

    Attributes:
        files, pages, written: files, HTML files among them, bytes of all.
        median, largest: HTML of a note's page.
        first_visit: a note's page, and the styles and scripts that its HTML names.
        outside: how many of these are on other hosts and so are not in the figure.
    """

    files: int
    pages: int
    written: int
    median: int
    largest: int
    first_visit: int
    outside: int


def run(command: Sequence[str], folder: Path, log: Path, *, has_memory: bool = True) -> Cost:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        log: where what it prints is kept, beside a file of the same name that ends in `.err`.
        has_memory: whether memory is watched, which takes time that large processes then lack.
    """
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
    # Where nobody forbids it, Python compiles what it runs once, and not each time.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    faults = log.with_suffix(".err")
    with log.open("wb") as output, faults.open("wb") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=output, stderr=errors)
        timer, memory = _Deadline(process, _LIMIT), Watched(process.pid)
        with timer, memory if has_memory else nullcontext():
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    said = faults.read_text("utf-8", "replace").strip()
    error = ""
    if process.returncode:
        error = (
            f"exit status {process.returncode}: {said[-_TAIL:]}" if not timer.over else f"stopped after {_LIMIT:.0f} s"
        )
    taken = memory.peak or usage.ru_maxrss * 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, taken, error, log.read_text("utf-8", "replace"))


def weigh(site: Path, notes: Iterable[str]) -> Weight:
    """Weigh a site.

    Args:
        site: the folder that was built.
        notes: the names of the notes' files, without folder and ending.
    """
    wanted = set(notes)
    files = pages = written = 0
    found: list[tuple[int, Path]] = []
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder) / name
            files += 1
            written += path.stat().st_size
            pages += name.endswith(".html")
        here = Path(folder)
        if here.name in wanted and "index.html" in names and here.relative_to(site).parts[0] == "notes":
            found.append((_zipped(here / "index.html"), here / "index.html"))
    if len(found) < len(wanted):
        raise RuntimeError(f"{len(wanted) - len(found)} of {len(wanted)} notes have no page in {site}")
    found.sort()
    sizes = [size for size, _ in found]
    visit, outside = _first_visit(site, found[len(found) // 2][1])
    return Weight(files, pages, written, int(statistics.median(sizes)), sizes[-1], visit, outside)


class _Deadline:
    """Stops a process that takes too long."""

    def __init__(self, process: subprocess.Popen[bytes], limit: float) -> None:
        import threading  # noqa: PLC0415 - only here

        self.over = False
        self._process = process
        self._timer = threading.Timer(limit, self._stop)

    def _stop(self) -> None:
        self.over = True
        self._process.kill()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


class _Needs(HTMLParser):
    """The styles and scripts that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("src") if tag == "script" else None
        if tag == "link" and given.get("rel") == "stylesheet":
            address = given.get("href")
        if address:
            self.found[address] = None


def _first_visit(site: Path, page: Path) -> tuple[int, int]:
    parser = _Needs()
    parser.feed(page.read_text("utf-8"))
    total, outside = _zipped(page), 0
    for address in parser.found:
        parts = urlsplit(address)
        if parts.netloc:
            outside += 1
        else:
            base = site if parts.path.startswith("/") else page.parent
            total += _zipped((base / parts.path.lstrip("/")).resolve())
    return total, outside


def _zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))
