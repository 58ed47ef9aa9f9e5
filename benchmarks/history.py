"""Seconds of the histories: read from nothing, after one more commit, and with nothing new.

`python -m benchmarks.history [--commits 10000] [--notes 800]` makes a repository with `git fast-import`, whose commits
edit, rename and merge, reads it as a build would, and writes `benchmarks/HISTORY.md`.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks import place
from benchmarks.words import Writer
from hub.caches import FOLDER
from hub.history import History

START = 1_500_000_000
STEP = 21_600
RUNS = 5
OUTPUT = Path(__file__).with_name("HISTORY.md")
TARGETS = {"from nothing": 3.0, "after one more commit": 0.3}


def stream(commits: int, notes: int, seed: int = 1) -> Iterator[bytes]:
    """A history for `git fast-import`: every tenth commit is on a branch that the next one merges; some rename."""
    chance = Random(seed)
    writer = Writer(chance)
    paths = [f"docs/notes/note-{number}.md" for number in range(notes)]
    texts = [note(writer, number) for number in range(notes)]
    people = [f"Personne {number} <p{number}@example.org>" for number in range(40)]

    def commit(mark: int, parents: list[int], message: str, changes: list[bytes]) -> bytes:
        who = f"{chance.choice(people)} {START + STEP * mark} +0000"
        lines = [f"commit refs/heads/{'main' if len(parents) != 1 or mark % 10 else 'side'}", f"mark :{mark}"]
        lines += [f"author {who}", f"committer {who}", f"data {len(message.encode())}", message]
        lines += [f"{'from' if at == 0 else 'merge'} :{parent}" for at, parent in enumerate(parents)]
        return "\n".join(lines).encode() + b"\n" + b"".join(changes) + b"\n"

    def put(number: int) -> bytes:
        raw = texts[number].encode()
        return b"M 100644 inline %b\ndata %d\n%b\n" % (paths[number].encode(), len(raw), raw)

    yield commit(1, [], "Premières notes", [put(number) for number in range(notes)])
    main, side, waiting = 1, 0, b""
    for mark in range(2, commits + 1):
        number = chance.randrange(notes)
        if side:
            yield commit(mark, [main, side], f"Merge pull request #{mark} from x/y\n\nNote {number}", [waiting])
            main, side = mark, 0
            continue
        if chance.random() < 0.02:
            old, paths[number] = paths[number], f"docs/notes/note-{number}-{mark}.md"
            change = f"R {old} {paths[number]}\n".encode()
        else:
            texts[number] += f"\n{sentence(writer)}\n"
            change = put(number)
        yield commit(mark, [main], f"Préciser la note {number}", [change])
        if mark % 10 == 0:
            side, waiting = mark, change
        else:
            main = mark


def sentence(writer: Writer) -> str:
    """A sentence of twelve words."""
    return " ".join(writer.words(12)).capitalize() + "."


def note(writer: Writer, number: int) -> str:
    """A note of some hundred words."""
    body = "\n\n".join(" ".join(sentence(writer) for _ in range(6)) for _ in range(6))
    return f"---\ntitle: Note {number}\nstatus: published\n---\n\n{body}\n"


def make(root: Path, commits: int, notes: int) -> None:
    """Make the repository."""
    subprocess.run(["git", "init", "-q", "-b", "main", root], check=True)
    given = b"".join(stream(commits, notes))
    subprocess.run(["git", "-C", root, "fast-import", "--quiet"], input=given, check=True)
    subprocess.run(["git", "-C", root, "reset", "-q", "--hard", "main"], check=True)


def listed(root: Path) -> int:
    """All histories, read and listed; how many revisions there are."""
    history = History.read(root)
    return sum(len(history.of(path.relative_to(root).as_posix())) for path in (root / "docs").rglob("*.md"))


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(root: Path) -> dict[str, list[float]]:
    """Seconds, run by run, of each thing that is measured."""
    found: dict[str, list[float]] = {name: [] for name in (*TARGETS, "with nothing new", "git log")}
    path = next((root / "docs/notes").iterdir())
    log = ["git", "-C", str(root), "log", "--raw", "-M", "--diff-merges=first-parent"]
    for run in range(RUNS):
        shutil.rmtree(root / FOLDER, ignore_errors=True)
        found["git log"].append(timed(lambda: subprocess.run(log, check=True, stdout=subprocess.DEVNULL)))
        found["from nothing"].append(timed(lambda: listed(root)))
        path.write_text(path.read_text("utf-8") + f"\nEncore {run}.\n", "utf-8")
        who = ["-c", "user.name=Awa", "-c", "user.email=awa@example.org"]
        subprocess.run(["git", "-C", root, *who, "commit", "-qam", "Encore"], check=True)
        found["after one more commit"].append(timed(lambda: listed(root)))
        found["with nothing new"].append(timed(lambda: listed(root)))
    return found


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=10_000)
    parser.add_argument("--notes", type=int, default=800)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    with place.folder("hub-history-") as name:
        root = Path(name)
        make(root, given.commits, given.notes)
        revisions = listed(root)
        found = measure(root)
    lines = [
        "# Histories",
        "",
        f"{given.commits:,} commits of {given.notes:,} notes, {revisions:,} revisions; {RUNS} runs, the middle and the",
        f"slowest; Python {platform.python_version()}, {platform.machine()}. `git log` is what Git alone takes to tell",
        "all commits and what each changed.",
        "",
        "| | seconds | slowest | to reach |",
        "|---|---|---|---|",
    ]
    for what, seconds in found.items():
        middle, target = statistics.median(seconds), TARGETS.get(what)
        verdict = f"{target:g}: {'met' if middle <= target else '**not met**'}" if target else ""
        lines.append(f"| {what} | {middle:.2f} | {max(seconds):.2f} | {verdict} |")
    given.output.write_text("\n".join([*lines, ""]), "utf-8")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
