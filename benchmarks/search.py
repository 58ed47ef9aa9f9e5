"""`python -m benchmarks.search`: our search beside its peers, for relevance, bytes and time; writes SEARCH.md."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from benchmarks import asked, own, relevance, search_report, variants
from benchmarks.corpus import Corpus
from benchmarks.engines import Engine, Source, lunr, material, ours, pagefind, whoosh_alone
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
    with tempfile.TemporaryDirectory(prefix="hub-search-bench-") as name:
        folder, judged, corpora = Path(name), None, {}
        if options.relevance:
            results.no_relevance = relevance.missing(options.set)
            if not results.no_relevance:
                given = relevance.read(options.set).sample(options.queries)
                judged = given, _built(relevance.write_hub(given.docs, folder / "relevance"))
                _relevance(engines, *judged, folder / "work", results)
        for size in sorted(set(options.notes) - {0}):
            source = _generated(size, folder)
            corpora[size] = source, asked.of(source.plain, options.first)
            for round_, engine in _turns([one for one in engines if one.sized], options.runs):
                work = folder / "work" / f"{size}-{round_}-{engine.key}"
                measure = results.sizes.setdefault((size, engine), Measure())
                _size(engine, *corpora[size], work, measure, first=not round_)
        if not options.peers_only:
            results.own = list(own.sections(own.Given(judged, corpora, options.big)))
    text = search_report.write(results, ENGINES)
    options.output.write_text(text, "utf-8")
    print(text)
    return 0 if engines else 1


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
    add("--output", type=Path, default=Path(__file__).with_name("SEARCH.md"), help="%(default)s")
    return parser.parse_args(arguments)


def _relevance(
    engines: Sequence[Engine], given: relevance.RelevanceSet, source: Source, work: Path, results: Results
) -> None:
    made = variants.make(given)
    for engine in engines:
        try:
            with engine.open(source, work / f"relevance-{engine.key}") as opened:
                for name, texts in made.items():
                    scores = relevance.score(given, opened.ranker(), texts)
                    results.relevance[engine, name] = scores
                    _say(f"{engine.key}, {name}: {scores[relevance.ALL].mrr:.3f}/{scores[relevance.ALL].recall:.3f}")
        except Exception as fault:  # noqa: BLE001 - the others are measured all the same
            results.failed[f"{engine.label}, relevance"] = _reason(fault)


def _size(engine: Engine, source: Source, queries: asked.Asked, work: Path, into: Measure, *, first: bool) -> None:
    """One engine's bytes and seconds on one corpus; a first query is weighed once, as it never varies."""
    try:
        with engine.open(source, work) as opened:
            _say(f"{work.name}: made in {opened.build:.1f} s")
            into.build.append(opened.build)
            into.build_of, into.disk = opened.build_of, opened.disk
            into.ready += [] if opened.ready is None else [opened.ready]
            timed = list(chain.from_iterable(texts[:_TIMED] for texts in queries.values()))
            into.ms.append([answer.ms for answer in opened.ask(timed)])
            if first and opened.first:
                into.first = {sort: opened.first(texts) for sort, texts in queries.items()}
    except Exception as fault:  # noqa: BLE001 - the others are measured all the same
        into.failed = _reason(fault)
        _say(f"{work.name}: {into.failed}")
    finally:
        shutil.rmtree(work, ignore_errors=True)


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
