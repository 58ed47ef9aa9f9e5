"""The bytes that a reader's browser takes for a query, counted by reading the index as the browser does.

The engine in Python reads the very scripts that the browser's engine loads (a test compares them); so a `load` that
writes down what it is asked for tells what goes over the network. Each script is weighed alone, gzip level 9.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from benchmarks import asked, variants
from benchmarks.figures import Given, Section, verdict
from benchmarks.search_report import kb, percentile
from hub.search.analysis import words
from hub.search.cache import LOADER, Cache
from hub.search.engine import Engine
from hub.search.reading import FACETS, Index
from hub.search.store import Store
from hub.search.tree import content_of, script
from hub_mkdocs.search import program

QUERIES = 300
"""Of each sort."""
LEVEL = 9
SHORT, LONG = ("1 word", "2 words", "3 words"), (asked.QUESTION,)
MISTYPED = "2 words, one mistyped"
TARGETS = ((10_000, 50_000, 90_000), (100_000, 70_000, 120_000))
"""For hubs of so many notes: bytes of a first query of up to three words, and of a whole question."""
PASSAGES = 30_000
_TYPED = 4
_SAMPLE = 20_000
"""Scripts that are weighed one by one; of larger indexes every second, third … one."""


class Read(NamedTuple):
    """Bytes that one reader takes, one after the other.

    Attributes:
        first: for a first query, up to ten results with their summaries.
        passages: for the passages of these that matched.
        second: for another query of the same sort afterwards, without its passages.
        typed: for completing the first four letters, where a reader types before asking.
    """

    first: int
    passages: int
    second: int
    typed: int


@dataclass(frozen=True, slots=True)
class Part:
    """The scripts of one kind: how many, their bytes, and after gzip (estimated from a sample in large indexes)."""

    count: int
    raw: int
    packed: float


class Weights:
    """The weights of one index.

    Args:
        cache: holds it.
        level: of gzip.
    """

    def __init__(self, cache: Cache, level: int = LEVEL) -> None:
        self.cache, self.level = cache, level
        with Store(cache.path) as store:
            self.manifest = json.loads(store.get("manifest"))
        self.known: dict[str, tuple[Any, int]] = {}

    def packed(self, text: str) -> int:
        """What a text weighs on the network."""
        raw = text.encode("utf-8", "surrogatepass")
        return min(len(raw), len(gzip.compress(raw, self.level, mtime=0)))

    def read(self, queries: Sequence[str]) -> list[Read]:
        """What each query costs a reader who has nothing yet; the second query is the one after it in the list."""
        with Store(self.cache.path) as store:
            return [
                self._read(store, one, other) for one, other in zip(queries, [*queries[1:], *queries[:1]], strict=True)
            ]

    def _read(self, store: Store, one: str, other: str) -> Read:
        taken: list[int] = []

        def load(name: str) -> Any:
            if name not in self.known:
                text = script(name, store.content(name))
                self.known[name] = content_of(text), self.packed(text)
            content, size = self.known[name]
            taken.append(size)
            return content

        engine, marks = Engine(Index(self.manifest, load)), [0]
        for query, excerpts in ((one, False), (one, True), (other, False)):
            engine.search(query, facets=False, excerpts=excerpts)
            marks.append(sum(taken))
        taken.clear()
        typed = next((word.form for word in words(one) if word.term), "")[:_TYPED]
        Engine(Index(self.manifest, load)).complete(typed)
        first, passages, second = (after - before for before, after in pairwise(marks))
        return Read(self.program + first, passages, second, sum(taken))

    @cached_property
    def program(self) -> int:
        """Loader and engine."""
        return round(self.parts["loader"].packed + self.parts["engine"].packed)

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """The scripts by kind: leaves by the name of their tree, all nodes and roots together, and those alone."""
        with Store(self.cache.path) as store:
            step = 1 + next(store.rows("SELECT count(*) FROM script"))[0] // _SAMPLE
        found: dict[str, list[tuple[int, int]]] = {}
        for name, text in self.cache.scripts(program()):
            rows = found.setdefault(part_of(name), [])
            rows.append((len(text.encode("utf-8", "surrogatepass")), 0 if len(rows) % step else self.packed(text)))
        return {
            name: Part(
                len(rows),
                sum(raw for raw, _ in rows),
                statistics.mean(packed for _, packed in rows if packed) * len(rows),
            )
            for name, rows in found.items()
        }

    @property
    def facets(self) -> int:
        """All facets together, which the page of results reads last."""
        return round(sum(self.parts[f"facet-{name}"].packed for name in FACETS if f"facet-{name}" in self.parts))


def part_of(name: str) -> str:
    """What a script belongs to, by its file's name.

    >>> [part_of(one) for one in ("terms-0c_3afbr-x7gk3.js", "terms-1-x7gk3.js", "facet-kind-x7gk3.js", "loader.js")]
    ['leaves of terms', 'nodes', 'facet-kind', 'loader']
    """
    first, _, rest = name.removesuffix(".js").partition("-")
    if first == "root":
        return "nodes"
    if first == "facet":
        return f"facet-{rest.partition('-')[0]}"
    if first in {LOADER, "engine", "concepts"}:
        return first
    return f"leaves of {first}" if rest.startswith("0") else "nodes"


def with_error(queries: Sequence[str]) -> list[str]:
    """The queries, each with one typing error."""
    return [variants.mistyped(text, Random(f"weight:{text}")) for text in queries]


def measured(weights: Weights, queries: asked.Asked) -> dict[str, list[Read]]:
    """What the queries of each sort cost, and those of two words with a typing error."""
    sorts = {**queries, MISTYPED: with_error(queries[SHORT[1]])}
    return {sort: weights.read(texts) for sort, texts in sorts.items()}


def rows_of(size: int, found: Mapping[str, Sequence[Read]]) -> Iterator[list[str]]:
    """Rows of the table for one size; targets are those of 10,000 notes up to that size, of 100,000 above it."""
    _, short, long = next((one for one in TARGETS if size <= one[0]), TARGETS[-1])
    for sort, reads in found.items():
        firsts = [one.first for one in reads]
        most = {**dict.fromkeys(SHORT, short), **dict.fromkeys(LONG, long)}.get(sort)
        passages = percentile([one.passages for one in reads], 0.95)
        yield [
            f"{size:,}",
            f"{sort} ({len(reads)})",
            _middle_and_high(firsts),
            f"{most // 1000}: {verdict(percentile(firsts, 0.95), most)}" if most else "none named",
            _middle_and_high([one.passages for one in reads]),
            f"{PASSAGES // 1000}: {verdict(passages, PASSAGES)}",
            _middle_and_high([one.second for one in reads]),
            _middle_and_high([one.typed for one in reads]),
        ]


HEAD = (
    "notes",
    "queries",
    "first query, KB: p50 / p95",
    "target at p95",
    "then its passages, KB",
    "target at p95",
    "second query, KB",
    "completing as one types, KB",
)
PARTS_HEAD = ("notes", "part", "scripts", "each on average, KB after gzip", "together, MB after gzip", "MB as they are")
NOTE = (
    "KB of 1,000 bytes after gzip (level 9, each script alone), bodies only. A first query counts all that a browser "
    "with an empty cache reads until ten results stand there with their summaries: loader, engine, concepts of the "
    "glossary, nodes, leaves of terms and of records. Passages that matched come after the results are shown; a second "
    "query is another of the same sort by the same reader, without its passages. Completing is the first four letters "
    "typed in the box, with nothing but the program there yet. Facets, which the page of results reads last, are in "
    "the next table. Targets named for 10,000 notes are held against smaller hubs too."
)


def parts_rows(size: int, weights: Weights) -> Iterator[list[str]]:
    """What the index consists of."""
    parts = weights.parts
    for name, part in sorted(parts.items()):
        yield [f"{size:,}", name, f"{part.count:,}", kb(part.packed / part.count), *_mb(part.packed, part.raw)]
    count, packed, raw = (sum(getattr(part, of) for part in parts.values()) for of in ("count", "packed", "raw"))
    yield [f"{size:,}", "**all**", f"{count:,}", kb(packed / count), *_mb(packed, raw)]


def sections(given: Given) -> Iterator[Section]:
    """Bytes at each size."""
    rows: list[list[str]] = []
    parts: list[list[str]] = []
    for size, (source, _) in given.corpora.items():
        weights = Weights(Cache(source.hub))
        rows += rows_of(size, measured(weights, asked.of(source.plain, QUERIES)))
        parts += parts_rows(size, weights)
    if rows:
        yield Section("Our bytes of a query", HEAD, rows, NOTE)
        yield Section("What our index consists of", PARTS_HEAD, parts)


def _middle_and_high(sizes: Sequence[int]) -> str:
    return f"{kb(statistics.median(sizes))} / {kb(percentile(sizes, 0.95))}"


def _mb(*sizes: float) -> list[str]:
    return [f"{size / 1e6:,.2f}" for size in sizes]
