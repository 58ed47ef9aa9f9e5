"""`python -m benchmarks.search`: our search beside its peers, for relevance, bytes and time; writes SEARCH.md."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks import asked, own, place, relevance, search_report, variants
from benchmarks.corpus import Corpus
from benchmarks.engines import Engine, Source, lunr, material, ours, pagefind, whoosh_alone
from benchmarks.pieces import FOLDER, OURS, PEERS, Pieces, code, contents
from benchmarks.search_report import Measure, Results

ENGINES = (
    ours.ENGINE,
    whoosh_alone.ENGINE,
    lunr.ENGINE,
    material.ENGINE,
    material.EVEN,
    pagefind.ENGINE,
)
_TIMED = 10
"""Queries of each sort that are timed: some engines take seconds for one."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    results = Results(rounds=options.runs)
    wanted = [engine for engine in ENGINES if not options.engines or engine.key in options.engines]
    results.missing |= {engine: "not asked for in this run" for engine in ENGINES if engine not in wanted}
    results.missing |= {engine: why for engine in wanted if (why := engine.missing())}
    engines = [engine for engine in wanted if engine not in results.missing]
    kept = Pieces(None if options.anew else options.kept)
    sizes = sorted(set(options.notes) - {0})
    with place.folder("hub-search-bench-") as name:
        made = _Made(Path(name), options)
        if options.relevance:
            results.no_relevance = relevance.missing(options.set)
            if not results.no_relevance:
                _relevance(engines, made, kept, results)
        for size in sizes:
            for round_, engine in _turns([one for one in engines if one.sized], options.runs):
                depends = (_basis(engine), size, options.first, round_)
                measured = partial(_measured, engine, made, size, round_)
                found = kept.of(f"size-{size}-{engine.key}", depends, measured, keeps=lambda one: not one["failed"])
                results.sizes.setdefault((size, engine), Measure()).add(Measure(**found))
        if not options.peers_only:
            judged = made.judged_by if options.relevance and not results.no_relevance else ""
            depends = (judged, sizes, options.first, options.big)
            results.own = list(own.sections(partial(made.given, sizes, judged=bool(judged)), kept, depends))
    results.days = kept.days
    text = search_report.write(results, ENGINES)
    options.output.write_text(text, "utf-8")
    print(text)
    return 0 if engines else 1


class _Made:
    """What is measured on, made when something must be measured: a run that goes on needs little of it.

    Args:
        folder: for all of it.
        options: of the run.
    """

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.folder, self.options = folder, options
        self.corpus = cache(self._corpus)

    @cached_property
    def judged(self) -> tuple[relevance.RelevanceSet, Source]:
        """The questions of the relevance set, and its hub."""
        given = relevance.read(self.options.set).sample(self.options.queries)
        return given, _built(relevance.write_hub(given.docs, self.folder / "relevance"))

    @cached_property
    def judged_by(self) -> str:
        """What tells these questions from others."""
        files = contents(tuple(self.options.set / name for name in relevance.FILES))
        return f"{files} {self.options.queries}"

    def _corpus(self, size: int) -> tuple[Source, asked.Asked]:
        source = _generated(size, self.folder)
        return source, asked.of(source.plain, self.options.first)

    def given(self, sizes: Sequence[int], *, judged: bool) -> own.Given:
        """What our own figures are taken on."""
        corpora = {size: self.corpus(size) for size in sizes}
        return own.Given(self.judged if judged else None, corpora, self.options.big)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    add = parser.add_argument
    add("--engines", nargs="+", metavar="KEY", choices=[engine.key for engine in ENGINES], help="only these")
    add("--no-relevance", dest="relevance", action="store_false", help="bytes and time only")
    add("--set", type=Path, default=relevance.FOLDER, metavar="FOLDER", help="the relevance set")
    add("--queries", type=int, default=0, metavar="N", help="about so many of its questions (all)")
    add("--notes", type=int, nargs="+", default=(1000,), metavar="N", help="sizes of the hubs (1000); 0: none")
    add("--first", type=int, default=25, metavar="N", help="first queries of each sort to weigh (%(default)s)")
    add("--runs", type=int, default=3, metavar="N", help="rounds of bytes and time (%(default)s)")
    add("--big", type=int, default=0, metavar="N", help="our bytes of a query with so many notes too (100000; none)")
    add("--peers-only", action="store_true", help="leave out what only our own search is measured by")
    add("--kept", type=Path, default=FOLDER, metavar="FOLDER", help="what was measured before (%(default)s)")
    add("--anew", action="store_true", help="measure all, whatever was measured before, and keep nothing")
    add("--output", type=Path, default=Path(__file__).with_name("SEARCH.md"), help="%(default)s")
    return parser.parse_args(arguments)


def _basis(engine: Engine) -> tuple[str, ...]:
    """What an engine's figures depend on beside the texts."""
    return (engine.key, repr(sorted(engine.versions.items())), code(OURS if engine.of_hub else PEERS))


def _relevance(engines: Sequence[Engine], made: _Made, kept: Pieces, results: Results) -> None:
    for engine in engines:
        try:
            measured = partial(_scores, engine, made)
            found = kept.of(f"relevance-{engine.key}", (_basis(engine), made.judged_by), measured)
        except Exception as fault:  # noqa: BLE001 - the others are measured all the same
            results.failed[f"{engine.label}, relevance"] = _reason(fault)
            continue
        for name, scores in found.items():
            results.relevance[engine, name] = {subset: relevance.Score(**score) for subset, score in scores.items()}


def _scores(engine: Engine, made: _Made) -> dict[str, dict[str, dict[str, float]]]:
    """One engine's scores, by the way of asking and by subset."""
    given, source = made.judged
    found = {}
    with engine.open(source, made.folder / "work" / f"relevance-{engine.key}") as opened:
        for name, texts in variants.make(given).items():
            scores = relevance.score(given, opened.ranker(), texts)
            found[name] = {subset: asdict(score) for subset, score in scores.items()}
            _say(f"{engine.key}, {name}: {scores[relevance.ALL].mrr:.3f}/{scores[relevance.ALL].recall:.3f}")
    return found


def _measured(engine: Engine, made: _Made, size: int, round_: int) -> dict[str, Any]:
    """One engine's bytes and seconds on one corpus; a first query is weighed once, as it never varies."""
    source, queries = made.corpus(size)
    work = made.folder / "work" / f"{size}-{round_}-{engine.key}"
    into = Measure()
    try:
        with engine.open(source, work) as opened:
            _say(f"{work.name}: made in {opened.build:.1f} s")
            into.build.append(opened.build)
            into.build_of, into.disk = opened.build_of, opened.disk
            into.ready += [] if opened.ready is None else [opened.ready]
            timed = list(chain.from_iterable(texts[:_TIMED] for texts in queries.values()))
            into.ms.append([answer.ms for answer in opened.ask(timed)])
            if not round_ and opened.first:
                into.first = {sort: opened.first(texts) for sort, texts in queries.items()}
    except Exception as fault:  # noqa: BLE001 - the others are measured all the same
        into.failed = _reason(fault)
        _say(f"{work.name}: {into.failed}")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return asdict(into)


def _turns(engines: list[Engine], rounds: int) -> Iterator[tuple[int, Engine]]:
    """Rounds over the engines; each begins with another, so that none always runs after the same one."""
    for round_ in range(rounds):
        at = round_ % max(len(engines), 1)
        yield from ((round_, engine) for engine in [*engines[at:], *engines[:at]])


def _generated(size: int, folder: Path) -> Source:
    plain = Corpus(size, plain=True).write(folder / f"plain-{size}")
    return Source(_built(Corpus(size).write(folder / f"hub-{size}")).hub, plain)


def _built(hub: Path) -> Source:
    """A hub with its pages; its notes are plain enough for the others where nothing else is given."""
    command = [str(Path(sys.executable).with_name("hub")), "build"]
    subprocess.run(command, cwd=hub, check=True, capture_output=True)
    _say(f"{hub.name}: its pages are built")
    return Source(hub, hub)


def _reason(fault: Exception) -> str:
    said = getattr(fault, "stderr", None) or str(fault)
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())[-300:]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
