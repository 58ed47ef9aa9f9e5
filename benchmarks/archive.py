"""What histories cost a build, and the pages of older revisions: with and without them, from nothing and after edits.

`python -m benchmarks.archive [--notes 1000]` makes a repository in which each note has five revisions, builds it as a
whole process each time, and writes `benchmarks/ARCHIVE.md`.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from benchmarks import measure
from benchmarks.corpus import Corpus
from benchmarks.measure import Cost

OUTPUT = Path(__file__).with_name("ARCHIVE.md")
REVISIONS = 5
TOGETHER = 5
"""Notes that one commit changes."""
EDITS = 3
"""Builds after an edit of which the middle one counts."""
FROM_NOTHING, AFTER_ANOTHER = "from nothing", "after another"


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


def builds(root: Path) -> Iterator[tuple[str, str, Cost, int]]:
    """Each build: with what, when, what it cost, and how many pages the site had."""
    git, away = root / ".git", root.parent / "git"
    git.rename(away)
    yield from _builds(root, "outside Git", [])
    away.rename(git)
    yield from _builds(root, "with histories", ["--no-revisions"])
    yield from _builds(root, "with pages of older revisions", [])


def _builds(root: Path, label: str, options: list[str]) -> Iterator[tuple[str, str, Cost, int]]:
    for made in ("site", ".cache"):
        shutil.rmtree(root / made, ignore_errors=True)
    yield label, FROM_NOTHING, *_built(root, [*options, "--clean"])
    for what in ("after one sentence", *[AFTER_ANOTHER] * EDITS):
        with min((root / "docs/notes").glob("*.md")).open("a", encoding="utf-8") as note:
            note.write("\nUne phrase de plus.\n")
        yield label, what, *_built(root, options)


def _built(root: Path, options: list[str]) -> tuple[Cost, int]:
    hub = str(Path(sys.executable).with_name("hub"))
    cost = measure.run([hub, "build", *options], root, root.parent / "build.log")
    if cost.error:
        raise RuntimeError(cost.error)
    return cost, sum(1 for _ in (root / "site").rglob("*.html"))


def _git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Awa Sow", "-c", "user.email=awa@example.org")
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hub-archive-") as name:
        root = Path(name, "hub")
        root.mkdir()
        make(root, given.notes)
        found = list(builds(root))
    (outside, _), (plain, few), (whole, many) = [
        (cost, pages) for _, what, cost, pages in found if what == FROM_NOTHING
    ]
    more_wall, more_cpu = (
        100 * (one / other - 1) for one, other in ((plain.wall, outside.wall), (plain.cpu, outside.cpu))
    )
    later = [
        f"{label} {median(cost.wall for other, what, cost, _ in found if (other, what) == (label, AFTER_ANOTHER)):.1f}"
        for label in dict.fromkeys(label for label, *_ in found)
    ]
    lines = [
        "# Histories in a build",
        "",
        f"{given.notes:,} notes with {REVISIONS} revisions each; one run; Python {platform.python_version()},",
        f"{platform.machine()}. Seconds of whole processes.",
        "",
        "| `hub build` | | wall, s | CPU, s | pages |",
        "|---|---|---|---|---|",
        *(f"| {label} | {what} | {cost.wall:.1f} | {cost.cpu:.1f} | {pages:,} |" for label, what, cost, pages in found),
        "",
        f"Reading and listing histories costs a build from nothing {more_wall:.0f} % of its wall time,",
        f"{more_cpu:.0f} % of its CPU (to reach: 5). After another edit, middle of {EDITS}, wall, s:",
        f"{', '.join(later)}.",
        "",
        f"A page of an older revision, of a difference or of a list of revisions: {_each(plain, whole, many - few)} ms",
        f"of CPU; another page, all of the build counted: {1000 * plain.cpu / few:.1f} ms.",
        "",
    ]
    given.output.write_text("\n".join(lines), "utf-8")
    sys.stdout.write("\n".join(lines))


def _each(plain: Cost, whole: Cost, pages: int) -> str:
    return f"{1000 * (whole.cpu - plain.cpu) / pages:.1f}"


if __name__ == "__main__":
    main()
