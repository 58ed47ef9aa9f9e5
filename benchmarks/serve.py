"""Seconds of `hub serve`: until the first page, and from saving a note until its new page has come.

`python -m benchmarks.serve [--notes 5000]` starts the command on a hub of generated notes, waits as a browser does for
the page that is open, saves its note, and writes `benchmarks/SERVE.md`.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks import place
from benchmarks.corpus import Corpus

OUTPUT = Path(__file__).with_name("SERVE.md")
EDITS = 10
TARGET = 1.0
_LIMIT = 600.0
_CHANGES = re.compile(r'data-changes="([^"]+)"')


class Cost(NamedTuple):
    """Seconds on the clock, and of the server's processor time."""

    wall: float
    cpu: float


class Server:
    """The command in a process of its own."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        self.home, self.root = f"http://127.0.0.1:{port}/", root
        hub = str(Path(sys.executable).with_name("hub"))
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [hub, "--root", str(root), "serve", "--port", str(port)], stderr=subprocess.DEVNULL
        )

    def first(self) -> Cost:
        """What it cost until the home page came."""
        while True:
            try:
                self.get("")
                return Cost(time.perf_counter() - self._started, self.cpu())
            except OSError:
                if self._process.poll() is not None or time.perf_counter() - self._started > _LIMIT:
                    raise
                time.sleep(0.02)

    def get(self, address: str) -> str:
        """A page."""
        with urllib.request.urlopen(self.home + address, timeout=_LIMIT) as answer:
            found: str = answer.read().decode()
        return found

    def edited(self, note: Path, change: str) -> Cost:
        """Save a note as editors do, and wait as a browser does until its page has come again with the change."""
        address = f"notes/{note.stem}/"
        changes = _CHANGES.search(self.get(address))
        assert changes
        waiting = urllib.request.urlopen(self.home + changes[1].replace("&amp;", "&").lstrip("/"), timeout=_LIMIT)
        with waiting:
            waiting.readline()  # it waits now
            new = note.with_suffix(".new")
            new.write_text(note.read_text("utf-8") + f"\n{change}\n", "utf-8")
            started, cpu = time.perf_counter(), self.cpu()
            new.replace(note)
            while not (line := waiting.readline()).startswith(b"event: changed"):
                if not line:
                    raise RuntimeError("the server has ended")
            text = self.get(address)
        cost = Cost(time.perf_counter() - started, self.cpu() - cpu)
        if change not in text:
            raise RuntimeError(f"{address} does not have the change")
        return cost

    def cpu(self) -> float:
        """Processor time of the server, without the process beside it."""
        told = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(30)


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    """A server on a hub, ended in any case."""
    server = Server(root)
    try:
        yield server
    finally:
        server.end()


def calibration() -> float:
    """Processor seconds of twenty million steps, to compare machines by."""
    started, number = time.process_time(), 0
    while number < 20_000_000:
        number += 1
    return time.process_time() - started


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=5000)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with place.folder("hub-serve-bench-") as name:
        root = Path(name, "hub")
        Corpus(given.notes).write(root)
        with serving(root) as server:
            anew = server.first()
        with serving(root) as server:
            again = server.first()
            notes = sorted((root / "docs/notes").glob("*.md"))[:: max(1, given.notes // EDITS)][:EDITS]
            edits = [server.edited(note, f"Une phrase de plus, la {n}e.") for n, note in enumerate(notes, start=1)]
        shutil.rmtree(root / ".cache", ignore_errors=True)
    wall, cpu = ([getattr(one, what) for one in edits] for what in ("wall", "cpu"))
    slowest = Cost(max(wall), max(cpu))
    median = Cost(statistics.median(wall), statistics.median(cpu))
    lines = [
        "# hub serve",
        "",
        f"{given.notes:,} notes; {EDITS} edits; Python {platform.python_version()}, {platform.machine()},",
        f"{os.cpu_count()} cores; twenty million steps of a loop took {calibration():.2f} s of one. CPU is that of the",
        "server alone: search and checks are another process. The load average was",
        f"{load:.1f} when the run began: where that is more than the cores, only CPU says something.",
        "",
        "| | wall, s | CPU, s |",
        "|---|---|---|",
        *(
            f"| {what} | {one.wall:.2f} | {one.cpu:.2f} |"
            for what, one in {
                "first page, the hub never read before": anew,
                "first page": again,
                "from saving a note to its new page, median": median,
                "the same, slowest": slowest,
            }.items()
        ),
        "",
        f"To reach: {TARGET:.0f} s from saving to the new page at 5,000 notes.",
        "",
    ]
    given.output.write_text("\n".join(lines), "utf-8")
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    main()
