"""What the pages of older revisions cost a build: with and without them, from nothing and after one edit.

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

from benchmarks import measure
from benchmarks.corpus import Corpus
from benchmarks.measure import Cost

OUTPUT = Path(__file__).with_name("ARCHIVE.md")
REVISIONS = 5
TOGETHER = 5
"""Notes that one commit changes."""


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


def builds(root: Path) -> Iterator[tuple[str, Cost, int]]:
    """Each build, what it cost, and how many pages the site had."""
    for label, options in (("without older revisions", ["--no-revisions"]), ("with them", [])):
        # The first build that goes on links what the second folder of the site is to hold; later ones do not.
        for what in ("from nothing", "after one sentence", "after another"):
            if what == "from nothing":
                for made in ("site", ".cache"):
                    shutil.rmtree(root / made, ignore_errors=True)
                command = ["build", "--clean", *options]
            else:
                with min((root / "docs/notes").glob("*.md")).open("a", encoding="utf-8") as note:
                    note.write("\nUne phrase de plus.\n")
                command = ["build", *options]
            hub = str(Path(sys.executable).with_name("hub"))
            cost = measure.run([hub, *command], root, root.parent / "build.log")
            if cost.error:
                raise RuntimeError(cost.error)
            yield f"{what}, {label}", cost, sum(1 for _ in (root / "site").rglob("*.html"))


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
    (_, plain, few), _, _, (_, whole, many), *_ = found
    lines = [
        "# Older revisions",
        "",
        f"{given.notes:,} notes with {REVISIONS} revisions each; one run; Python {platform.python_version()},",
        f"{platform.machine()}. Seconds of whole processes.",
        "",
        "| `hub build` | wall, s | CPU, s | pages |",
        "|---|---|---|---|",
        *(f"| {what} | {cost.wall:.1f} | {cost.cpu:.1f} | {pages:,} |" for what, cost, pages in found),
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
