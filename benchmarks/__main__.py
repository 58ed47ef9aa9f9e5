"""`python -m benchmarks`: builds generated hubs with the hub and with its peers, interleaved, and writes the report."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import measure, place, report
from benchmarks.corpus import Corpus
from benchmarks.peers import PEERS, Peer
from benchmarks.report import Results

_QUICK = (200, 1000)
_FULL = (1000, 5000)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--notes", type=int, nargs="+", default=_QUICK, metavar="N", help="sizes of the hubs (%(default)s)"
    )
    parser.add_argument(
        "--full", action="store_const", dest="notes", const=_FULL, help="1,000 and 5,000 notes: an hour"
    )
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="rounds (%(default)s)")
    parser.add_argument("--peers", nargs="+", metavar="KEY", choices=[peer.key for peer in PEERS], help="only these")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("RESULTS.md"), help="%(default)s")
    options = parser.parse_args(arguments)
    results = Results(tuple(sorted(set(options.notes))), max(options.runs, 1))
    wanted = [peer for peer in PEERS if not options.peers or peer.key in options.peers]
    results.missing |= {peer.key: "not asked for in this run" for peer in PEERS if peer not in wanted}
    results.missing |= {peer.key: why for peer in wanted if (why := peer.missing())}
    peers = [peer for peer in wanted if peer.key not in results.missing]
    with place.folder("hub-bench-") as folder:
        _run(Path(folder), peers, results)
    text = report.write(results)
    options.output.write_text(text, "utf-8")
    print(text)
    return 0 if results.costs else 1


def _run(folder: Path, peers: list[Peer], results: Results) -> None:
    for size in results.sizes:
        for plain in sorted({peer.plain for peer in peers}):
            started = time.perf_counter()
            Corpus(size, plain=plain).write(_corpus(folder, size, plain=plain))
            seconds = time.perf_counter() - started
            _say(f"{size} notes {'for Material' if plain else 'for the hub'} made in {seconds:.1f} s")
    for round_, size, peer in _order(results, peers):
        if (peer.key, size) in results.failed:
            continue
        project = folder / "project"
        try:
            shutil.copytree(_corpus(folder, size, plain=peer.plain), project)
            peer.setup(project)
            command = [peer.executable() or peer.program, *peer.arguments]
            if peer.change:
                measure.run(command, project, folder / "build.log")
                peer.change(project)
            cost = measure.run(command, project, folder / "build.log")
            _say(f"round {round_ + 1}, {size} notes, {peer.key}: {cost.error or f'{cost.wall:.1f} s'}")
            if cost.error:
                results.failed[peer.key, size] = cost.error
                continue
            results.costs.setdefault((peer.key, size), {})[round_] = cost
            if round_ == 0:
                results.weights[peer.key, size] = measure.weigh(project / "site", _notes(project))
            if peer.key == "hub":
                _time_stages(project, folder, size, results)
        finally:
            shutil.rmtree(project, ignore_errors=True)


def _order(results: Results, peers: list[Peer]) -> Iterator[tuple[int, int, Peer]]:
    """Rounds over sizes and peers; each round begins with another peer, so that none always runs after the same one."""
    for round_ in range(results.runs):
        turned = [*peers[round_ % len(peers) :], *peers[: round_ % len(peers)]] if peers else []
        for size in results.sizes:
            for peer in turned:
                yield round_, size, peer


def _time_stages(project: Path, folder: Path, size: int, results: Results) -> None:
    command = [sys.executable, "-m", "benchmarks.stages", str(project)]
    cost = measure.run(command, Path(__file__).parent.parent, folder / "stages.log")
    if cost.error:
        results.failed["stages", size] = cost.error
    else:
        results.stages.setdefault(size, []).append(json.loads(cost.output))


def _corpus(folder: Path, size: int, *, plain: bool) -> Path:
    return folder / f"{'plain' if plain else 'hub'}-{size}"


def _notes(project: Path) -> list[str]:
    return [path.stem for path in (project / "docs" / "notes").rglob("*.md")]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
