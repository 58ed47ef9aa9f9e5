"""The hub's own search, asked as a reader would on the command line: `hub search --file F --format json`.

What a browser takes is counted through the engine in Python, which reads the very scripts that the browser loads
(`benchmarks.figures.weight`), and weighed as the peers' server weighs it: gzip level 6.
"""

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
from benchmarks.figures.seconds import made_alone
from benchmarks.figures.weight import Weights
from benchmarks.relevance import DEPTH
from hub.search.cache import Cache

_LEVEL = 6


@cache
def missing() -> str:
    """Why our own search cannot be measured here."""
    done = subprocess.run([*_hub(), "search", "--help"], capture_output=True, check=False)
    return "the command `hub search` is not there yet" if done.returncode else ""


@contextmanager
def opened(source: Source, folder: Path) -> Iterator[Opened]:
    """Make the index by asking for something, and answer from it.

    Ids are what the command prints; milliseconds are of the engine in this process, as Whoosh's are.
    """
    folder.mkdir(parents=True)
    index = Cache(source.hub)

    def ask(queries: Sequence[str]) -> list[Answer]:
        file = folder / "queries.txt"
        file.write_text("".join(f"{' '.join(query.split())}\n" for query in queries), "utf-8")
        command = [*_hub(), "search", "--file", str(file), "--format", "json"]
        done = subprocess.run(command, cwd=source.hub, capture_output=True, text=True, check=True)
        answers = json.loads(done.stdout)
        return [
            Answer(tuple(one["id"] for one in answer["results"][:DEPTH]), ms)
            for answer, ms in zip(answers, _milliseconds(index, queries), strict=True)
        ]

    index.path.unlink(missing_ok=True)  # `hub build` has made it already
    started = time.perf_counter()
    ask(["santé"])
    whole = time.perf_counter() - started
    weights = Weights(index, _LEVEL)

    def first(queries: Sequence[str]) -> list[int]:
        return [one.first + one.passages for one in weights.read(queries)]

    note = f"of a hub that is read already; {whole:.1f} with reading it, by a first `hub search`"
    yield Opened(made_alone(source.hub), sum(part.raw for part in weights.parts.values()), ask, first, build_of=note)


def _milliseconds(index: Cache, queries: Sequence[str]) -> Iterator[float]:
    with index.engine() as engine:
        for query in queries:
            started = time.perf_counter()
            engine.search(query)
            yield (time.perf_counter() - started) * 1000


def _hub() -> list[str]:
    return [str(Path(sys.executable).with_name("hub"))]


ENGINE = Engine("hub", "`hub search`", opened, missing, of_hub=True)
