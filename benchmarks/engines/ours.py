"""The hub's own search, asked as a reader would on the command line: `hub search --file F --format json`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from benchmarks.engines import Answer, Engine, Opened, Source
from benchmarks.relevance import DEPTH


@cache
def missing() -> str:
    """Why our own search cannot be measured here."""
    done = subprocess.run([*_hub(), "search", "--help"], capture_output=True, check=False)
    return "the command `hub search` is not there yet" if done.returncode else ""


@contextmanager
def opened(source: Source, folder: Path) -> Iterator[Opened]:
    """Make the index by asking for something, and answer from it.

    Milliseconds are a share of the whole process, which answers all queries in one go.
    """
    folder.mkdir(parents=True)

    def ask(queries: Sequence[str]) -> list[Answer]:
        file = folder / "queries.txt"
        file.write_text("".join(f"{' '.join(query.split())}\n" for query in queries), "utf-8")
        command = [*_hub(), "search", "--file", str(file), "--format", "json"]
        started = time.perf_counter()
        done = subprocess.run(command, cwd=source.hub, capture_output=True, text=True, check=True)
        ms = (time.perf_counter() - started) * 1000 / max(len(queries), 1)
        answers = json.loads(done.stdout)
        return [Answer(tuple(one["id"] for one in answer["results"][:DEPTH]), ms) for answer in answers]

    started = time.perf_counter()
    ask(["santé"])
    # The index's own seconds, its bytes, and those of a first query come from `hub.search`: see `search.py`.
    yield Opened(time.perf_counter() - started, 0, ask, build_of="a first `hub search`, process start included")


def _hub() -> list[str]:
    return [str(Path(sys.executable).with_name("hub"))]


ENGINE = Engine("hub", "`hub search`", opened, missing)
