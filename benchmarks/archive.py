"""What histories cost a build, and the pages of older revisions: with and without them, from nothing and after edits.

`python -m benchmarks.archive [--notes 1000 5000]` makes a repository in which each note has five revisions,
builds it as a whole process each time, and writes `benchmarks/ARCHIVE.md`.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from benchmarks import measure, place
from benchmarks.corpus import Corpus
from benchmarks.measure import Cost

OUTPUT = Path(__file__).with_name("ARCHIVE.md")
REVISIONS = 5
TOGETHER = 5
"""Notes that one commit changes."""
EDITS = 3
"""Builds after an edit of which the middle one counts."""
FROM_NOTHING, AFTER_ANOTHER = "from nothing", "after another"
OUTSIDE, WITH, OLDER = "outside Git", "with histories", "with pages of older revisions"
_HEAD = """\
# Histories in a build

Each note has {revisions} revisions; {rounds} rounds of builds from nothing, in turns, and edits after the last. Python
{python}. Seconds of whole processes. Builds without pages of older revisions are those with `--no-revisions`.
"""


class Build(NamedTuple):
    """A build: with what, when, what it cost, and how many pages the site had."""

    label: str
    what: str
    cost: Cost
    pages: int


def make(root: Path, notes: int) -> None:
    """Write a hub into a repository, and revise each of its notes."""
    Corpus(notes).write(root)
    (root / ".gitignore").write_text("/site/\n.cache/\n", "utf-8")
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "Premières notes")
    chance, paths = Random(1), sorted((root / "docs/notes").glob("*.md"))
    for revision in range(1, REVISIONS):
        order = chance.sample(paths, len(paths))
        for start in range(0, len(order), TOGETHER):
            for path in order[start : start + TOGETHER]:
                sentences = path.read_text("utf-8").split(". ")
                at = chance.randrange(len(sentences) // 2, len(sentences))
                sentences[at] = f"Phrase de la révision {revision} {sentences[at]}"
                path.write_text(". ".join(sentences), "utf-8")
            _git(root, "commit", "-q", "-a", "-m", f"Préciser, révision {revision}")
    _git(root, "gc", "-q")  # packed, as a clone is


def builds(root: Path, rounds: int) -> Iterator[Build]:
    """Each build; those from nothing without and with histories take turns."""
    git, away = root / ".git", root.parent / "git"
    for number in range(rounds):
        edits = EDITS if number == rounds - 1 else 0
        git.rename(away)
        yield from _builds(root, OUTSIDE, [], edits)
        away.rename(git)
        yield from _builds(root, WITH, ["--no-revisions"], edits)
    yield from _builds(root, OLDER, [], EDITS)


def _builds(root: Path, label: str, options: list[str], edits: int) -> Iterator[Build]:
    for made in ("site", ".cache"):
        shutil.rmtree(root / made, ignore_errors=True)
    yield _built(root, label, FROM_NOTHING, [*options, "--clean"])
    for number in range(edits + 1 if edits else 0):
        with min((root / "docs/notes").glob("*.md")).open("a", encoding="utf-8") as note:
            note.write("\nUne phrase de plus.\n")
        yield _built(root, label, AFTER_ANOTHER if number else "after one sentence", options)


def _built(root: Path, label: str, what: str, options: list[str]) -> Build:
    hub = str(Path(sys.executable).with_name("hub"))
    cost = measure.run([hub, "build", *options], root, root.parent / "build.log", has_memory=False)
    if cost.error:
        raise RuntimeError(cost.error)
    print(f"{label}, {what}: {cost.wall:.1f} s", file=sys.stderr, flush=True)
    return Build(label, what, cost, sum(1 for _ in (root / "site").rglob("*.html")))


def _git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Awa Sow", "-c", "user.email=awa@example.org")
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    parts = [_HEAD.format(revisions=REVISIONS, rounds=given.rounds, python=platform.python_version())]
    for notes in given.notes:
        with place.folder("hub-archive-") as name:
            root = Path(name, "hub")
            root.mkdir()
            make(root, notes)
            parts.append(_told(notes, list(builds(root, given.rounds))))
    text = "\n".join(parts)
    given.output.write_text(text, "utf-8")
    sys.stdout.write(text)


def _told(notes: int, found: Sequence[Build]) -> str:
    def first(label: str) -> list[Build]:
        return [one for one in found if (one.label, one.what) == (label, FROM_NOTHING)]

    def more(figure: Callable[[Cost], float]) -> str:
        pairs = zip(first(WITH), first(OUTSIDE), strict=True)
        return f"{100 * (median(figure(one.cost) / figure(other.cost) for one, other in pairs) - 1):.0f} %"

    later = [
        f"{label} {median(one.cost.wall for one in found if (one.label, one.what) == (label, AFTER_ANOTHER)):.1f}"
        for label in (OUTSIDE, WITH, OLDER)
    ]
    few, many = first(WITH)[-1], first(OLDER)[0]
    lists = few.pages - first(OUTSIDE)[-1].pages
    each = 1000 * (many.cost.cpu - few.cost.cpu) / (many.pages - few.pages)
    rows = (f"| {one.label} | {one.what} | {one.cost.wall:.1f} | {one.cost.cpu:.1f} | {one.pages:,} |" for one in found)
    lines = [
        f"## {notes:,} notes",
        "",
        "| `hub build` | | wall, s | CPU, s | pages |",
        "|---|---|---|---|---|",
        *rows,
        "",
        f"Reading histories and listing them, on {lists:,} pages of their own and at the foot of each text, adds",
        f"{more(lambda cost: cost.wall)} to the wall time of a build from nothing,",
        f"{more(lambda cost: cost.cpu)} to its CPU (middle of the rounds; to reach: 5 %).",
        f"After another edit, middle of {EDITS}, s: {', '.join(later)}.",
        "",
        f"A page of an older revision or of a difference: {each:.1f} ms of CPU; another page, all of the build",
        f"counted: {1000 * few.cost.cpu / few.pages:.1f} ms.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
