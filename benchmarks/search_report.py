"""The report of the search benchmark, as Markdown."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from benchmarks.engines import Engine
from benchmarks.figures import Section
from benchmarks.relevance import ALL, DEPTH, Score

_NONE = "–"
_WRITTEN = "as written"

_HOW_TO_READ = f"""\
Every engine has the same texts and is set as well as we could set it on the development questions. The questions and
their one relevant document are a development set that is not in this repository; **MRR@{DEPTH}** is the mean of 1
divided by the place of that document, **recall@{DEPTH}** the share of the questions for which it is among the first
{DEPTH}. The same questions are asked again in other ways, from a fixed seed; a typing error is one letter inserted,
left out, changed or swapped with the next one, in one word of four letters or more that means something.

On generated hubs the hub and Pagefind also have the front matter as its pages show it, about 200 words more for each
note; Whoosh, lunr and Material have titles and texts.

Bytes of a first query: what a browser with an empty cache takes from a server that compresses (bodies, gzip level 6
where it makes a file smaller), for the query and ten results to be shown. Pagefind’s are what a headless Chromium
asked for; Material’s and lunr’s are their whole index whatever the query, with the scripts that search it; ours are
all scripts up to the passages that matched, which Pagefind’s results hold too (ours come after the results: further
down they are counted apart). Seconds are medians over the rounds, in which the engines take turns; they depend on
the machine and on who else uses it. A query’s milliseconds are the median over sorts of queries, in the engine’s own
process: Python for the hub and Whoosh, Node for lunr, the browser for Material and Pagefind, whose chunks come over
the loopback device, which no reader’s network does.
"""


@dataclass
class Measure:
    """Bytes and seconds of one engine on one corpus.

    Attributes:
        build, build_of, ready, disk: as in `Opened`, the seconds of every round.
        ms: by round, the milliseconds of each query.
        first: by sort of query, the bytes of each first query.
        failed: why there is no more.
    """

    build: list[float] = field(default_factory=list)
    build_of: str = ""
    ready: list[float] = field(default_factory=list)
    disk: int = 0
    ms: list[list[float]] = field(default_factory=list)
    first: dict[str, list[int]] = field(default_factory=dict)
    failed: str = ""

    def add(self, other: Measure) -> None:
        """Take in what another round has measured."""
        self.build += other.build
        self.ready += other.ready
        self.ms += other.ms
        self.first = self.first or other.first
        self.build_of, self.disk = other.build_of or self.build_of, other.disk or self.disk
        self.failed = other.failed or self.failed


@dataclass
class Results:
    """What was measured.

    Attributes:
        rounds: of bytes and time.
        missing: engines that did not run, with the reason.
        failed: what else went wrong, with the reason.
        no_relevance: why there are no figures of relevance.
        relevance: by engine and variant, the scores of each subset.
        sizes: by number of notes and engine.
        own: what only our own search is measured by.
        days: on which all this was measured.
    """

    rounds: int
    missing: dict[Engine, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    no_relevance: str = ""
    relevance: dict[tuple[Engine, str], dict[str, Score]] = field(default_factory=dict)
    sizes: dict[tuple[int, Engine], Measure] = field(default_factory=dict)
    own: list[Section] = field(default_factory=list)
    days: set[str] = field(default_factory=set)


def write(results: Results, engines: Sequence[Engine]) -> str:
    """The whole report."""
    parts = ["# The search beside its peers", table(("", ""), _machine(results, engines)), _HOW_TO_READ.strip()]
    parts += _relevance(results, engines)
    for size in sorted({size for size, _ in results.sizes}):
        parts += [f"## Bytes and time, {size:,} notes", *_size(results, engines, size)]
    for section in results.own:
        parts += [f"## {section.title}", table(section.head, section.rows), *filter(None, [section.note])]
    not_run = [(engine.label, why) for engine, why in results.missing.items()] + list(results.failed.items())
    if not_run:
        parts += ["## Not run", table(("what", "why"), not_run)]
    return "\n\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def kb(size: float) -> str:
    """Bytes as kilobytes of 1,000."""
    return f"{size / 1000:,.1f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least such a share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _machine(results: Results, engines: Sequence[Engine]) -> Iterator[tuple[str, str]]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = {name: number for engine in engines for name, number in engine.versions.items()}
    days = sorted(results.days) or [datetime.now(UTC).strftime("%Y-%m-%d")]
    yield "measured", " to ".join(dict.fromkeys((days[0], days[-1])))
    yield "machine", f"{os.cpu_count()} cores, {memory:.0f} GiB of memory; Python {platform.python_version()}"
    yield "versions", ", ".join(f"{name} {number}" for name, number in versions.items())
    yield "load before the report", f"{os.getloadavg()[2]:.1f} (mean of 15 minutes; the benchmark itself is about 1)"
    yield "rounds of bytes and time", str(results.rounds)


def _relevance(results: Results, engines: Sequence[Engine]) -> Iterator[str]:
    yield "## Relevance"
    if results.no_relevance:
        yield f"Not measured: {results.no_relevance}."
    shown = [engine for engine in engines if (engine, _WRITTEN) in results.relevance]
    if not shown:
        return
    subsets = results.relevance[shown[0], _WRITTEN]
    yield f"MRR@{DEPTH} / recall@{DEPTH} of {subsets[ALL].queries} questions, asked in several ways:"
    names = dict.fromkeys(name for _, name in results.relevance)
    rows = [(engine.label, *(_score(results.relevance.get((engine, name)), ALL) for name in names)) for engine in shown]
    yield table(("engine", *names), rows)
    yield "Share of the questions for which nothing at all was found:"
    rows = [
        (engine.label, *(f"{results.relevance[engine, name][ALL].empty:.0%}" for name in names))
        for engine in shown
        if all((engine, name) in results.relevance for name in names)
    ]
    yield table(("engine", *names), rows)
    yield "As written, by subset (the number of questions in brackets):"
    head = ("engine", *(f"{name} ({score.queries})" for name, score in subsets.items()))
    yield table(
        head, [(one.label, *(_score(results.relevance[one, _WRITTEN], name) for name in subsets)) for one in shown]
    )


def _size(results: Results, engines: Sequence[Engine], size: int) -> Iterator[str]:
    found = {engine: results.sizes[size, engine] for engine in engines if (size, engine) in results.sizes}
    sorts = dict.fromkeys(sort for one in found.values() for sort in one.first)
    rows = [(engine.label, *(_first(one.first[sort]) for sort in sorts)) for engine, one in found.items() if one.first]
    yield "Bytes of a first query, KB: median, and 95th percentile where it differs."
    yield table(("engine", *sorts), rows)
    rows = [_times(engine, one) for engine, one in found.items()]
    yield table(
        ("engine", "index made, s", "index, MB", "browser ready after, s", "a query, ms", "95th percentile"), rows
    )


def _times(engine: Engine, one: Measure) -> tuple[str, ...]:
    if not one.build:
        return (engine.label, one.failed or _NONE, *[_NONE] * 4)
    note = f" ({one.build_of})" if one.build_of else ""
    note += f"; then: {one.failed}" if one.failed else ""
    return (
        engine.label,
        f"{statistics.median(one.build):.1f}{note}",
        f"{one.disk / 1e6:,.1f}" if one.disk else _NONE,
        f"{statistics.median(one.ready):.1f}" if one.ready else _NONE,
        *(
            f"{statistics.median(of(ms) for ms in one.ms):,.1f}" if one.ms else _NONE
            for of in (statistics.median, lambda ms: percentile(ms, 0.95))
        ),
    )


def _first(sizes: Sequence[int]) -> str:
    middle, high = statistics.median(sizes), percentile(sizes, 0.95)
    return kb(middle) if kb(high) == kb(middle) else f"{kb(middle)} / {kb(high)}"


def _score(scores: dict[str, Score] | None, subset: str) -> str:
    return f"{scores[subset].mrr:.3f} / {scores[subset].recall:.3f}" if scores else _NONE
