"""Seconds: the index made anew and brought up to date, and `hub search` as a whole process.

As a program, `python -m benchmarks.figures.seconds HUB NOTES` measures the index of a hub in a process of its own, in
which nothing has been read or analysed before, and prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import hub
from benchmarks.corpus import Corpus
from benchmarks.figures import Given, Section, verdict
from benchmarks.words import Writer
from hub import frontmatter
from hub.bind import bind
from hub.fields import BindingContext
from hub.library import Library
from hub.model import Entry
from hub.public import public
from hub.search.cache import Cache
from hub.search.index import Change, update
from hub.search.records import Source
from hub.search.store import Store

DAY = date(2026, 1, 1)
RUNS = 9
EDITS = 5
TARGETS: Mapping[str, float] = {"made anew": 15, "one sentence more in a note": 1, "hub search": 0.3}
"""Seconds at most, at 10,000 notes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one update took.

    Attributes:
        what: was done.
        wall, cpu: seconds; `cpu` is of this process and of its children.
        changed, scripts: how many scripts are others than before, and how many there are.
        is_new: whether the index was made anew.
    """

    what: str
    wall: float
    cpu: float
    changed: int
    scripts: int
    is_new: bool


def measure(root: Path, notes: int) -> dict[str, Any]:
    """Measure the index of the generated hub of so many notes; with 0, of any hub, and only how it is made anew."""
    started = time.perf_counter()
    library = public(hub.load(root).library)
    loaded = time.perf_counter() - started
    found: list[Taken] = []
    with tempfile.TemporaryDirectory(prefix="hub-index-") as name:
        path = Path(name) / "index.sqlite"

        def step(what: str) -> None:
            found.append(_timed(what, path, lambda: update(Source(library, DAY), path)))

        step("made anew")
        edits = EDITS if notes else 0
        step("nothing changed")
        for number in range(edits):
            library = with_sentence(library, notes * number // EDITS)
            step("one sentence more in a note")
        for number in range(edits):
            library = with_note(library, notes + number)
            step("a note more")
    return {"load": loaded, "taken": [{one: getattr(taken, one) for one in Taken.__slots__} for taken in found]}


def with_sentence(library: Library, number: int) -> Library:
    """The library with a new sentence at the end of one of its notes."""
    note = library.of_kind("note")[number]
    sentence = Writer(Random(f"sentence:{number}")).sentences(15)
    edited = bound(library, f"{note.text.text.rstrip()}\n\n{sentence}\n", note.src_uri)
    entries = tuple(edited if one is note else one for one in library)
    return replace(library, entries=entries)


def with_note(library: Library, number: int) -> Library:
    """The library with another note, the one that a larger hub has next."""
    path, text = Corpus(number + 1)._note_file(number)  # noqa: SLF001 - of one piece with the corpus
    added = bound(library, text, path.removeprefix("docs/"))
    return replace(library, entries=tuple(sorted((*library, added), key=lambda one: one.key)))


def bound(library: Library, text: str, uri: str) -> Entry:
    """A note of the library, from its text and its path below `docs/`."""
    source, _ = frontmatter.read(text.encode(), f"docs/{uri}")
    context = BindingContext(library.vocabularies, frozenset(library.kinds))
    entry, _ = bind(library.kinds["note"], source, uri, entry_id=Path(uri).stem, lang="fr", context=context)
    assert entry
    return entry


def _timed(what: str, path: Path, work: Callable[[], Change]) -> Taken:
    before = _scripts(path) if path.exists() else set()
    wall, cpu = time.perf_counter(), _cpu()
    change = work()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    after = _scripts(path)
    return Taken(what, wall, cpu, len(after - before), len(after), change.is_new)


def _scripts(path: Path) -> set[str]:
    with Store(path) as store:
        return {name for (name,) in store.rows("SELECT name FROM script")}


def _cpu() -> float:
    return sum(os.times()[:4])


def made_alone(root: Path) -> float:
    """The seconds in which the index of a hub is made, once the hub is read."""
    return float(in_own_process(root, 0)["taken"][0]["wall"])


def in_own_process(root: Path, notes: int) -> dict[str, Any]:
    """What `measure` finds in a new process."""
    command = [sys.executable, "-m", "benchmarks.figures.seconds", str(root), str(notes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def whole_process(root: Path, query: str, runs: int = RUNS) -> tuple[float, float]:
    """Median seconds, wall and CPU, of `hub search` for one query, from the process's start to its end, once warm."""
    command = [str(Path(sys.executable).with_name("hub")), "search", query]
    taken = []
    for _ in range(runs + 1):
        wall, cpu = time.perf_counter(), _cpu()
        subprocess.run(command, cwd=root, check=True, capture_output=True)
        taken.append((time.perf_counter() - wall, _cpu() - cpu))
    walls, cpus = zip(*taken[1:], strict=True)
    return statistics.median(walls), statistics.median(cpus)


def inside(root: Path, queries: Sequence[str]) -> tuple[float, float]:
    """Seconds in this process: to see that nothing has changed, and (median) to open the index and answer a query."""
    cache = Cache(root)
    started = time.perf_counter()
    cache.is_current()
    looked = time.perf_counter() - started
    taken = []
    for query in queries:
        started = time.perf_counter()
        with cache.engine() as engine:
            engine.search(query)
        taken.append(time.perf_counter() - started)
    return looked, statistics.median(taken)


def sections(given: Given) -> Iterator[Section]:
    """Seconds at each size."""
    rows: list[list[str]] = []
    for size, (source, queries) in given.corpora.items():
        found = in_own_process(source.hub, size)
        rows += [[f"{size:,}", *row] for row in rows_of([Taken(**one) for one in found["taken"]])]
        rows.append([f"{size:,}", "(the hub read, which comes before)", f"{found['load']:.2f}", *["–"] * 3])
        rows += [[f"{size:,}", *row] for row in _of_command(source.hub, queries)]
    if rows:
        yield Section(
            "Our seconds",
            ("notes", "what", "seconds", "CPU seconds", "target", "scripts changed"),
            rows,
            f"The index by `hub.search.index.update`, from a hub that is read already, in a process of its own; CPU "
            f"with its children's. Edits are made in the library in memory, one after the other: the hub is not read "
            f"again. Medians of {EDITS} edits, with the slowest, and of {RUNS} runs of `hub search` with a warm "
            "cache. The manifest in `loader.js` changes with every edit, and is not counted among the scripts. "
            "Targets are for 10,000 notes on two cores.",
        )


def rows_of(taken: Sequence[Taken]) -> Iterator[list[str]]:
    """Rows of the table: the updates of one sort together."""
    for what in dict.fromkeys(one.what for one in taken):
        some = [one for one in taken if one.what == what]
        wall = statistics.median(one.wall for one in some)
        slowest = f" (slowest {max(one.wall for one in some):.2f})" if len(some) > 1 else ""
        anew = sum(one.is_new for one in some)
        note = f"; {anew} of {len(some)} times made anew" if anew and what != "made anew" else ""
        yield [
            what + note,
            f"{wall:.2f}{slowest}",
            f"{statistics.median(one.cpu for one in some):.2f}",
            _target(what, wall),
            f"{statistics.median(one.changed for one in some):,.0f} of {some[-1].scripts:,}",
        ]


def _of_command(root: Path, queries: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    asked = [text for texts in queries.values() for text in texts]
    looked, answered = inside(root, asked)
    for sort, texts in queries.items():
        whole, cpu = whole_process(root, texts[0])
        yield [f"`hub search`, whole process, {sort}", f"{whole:.2f}", f"{cpu:.2f}", _target("hub search", whole), "–"]
    yield ["of that: looking for changed files", f"{looked:.3f}", "–", "–", "–"]
    yield [f"of that: opening the index and answering (median of {len(asked)} queries)", f"{answered:.3f}", *["–"] * 3]


def _target(what: str, value: float) -> str:
    return f"{TARGETS[what]:g} s: {verdict(value, TARGETS[what])}" if what in TARGETS else "none named"


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
