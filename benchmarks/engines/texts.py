"""What is in a plain project, for the engines that are given texts and not pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.relevance import Doc, from_markdown


def read(project: Path, under: str = "") -> Iterator[Doc]:
    """Every Markdown file of `docs/`, or of a folder in it, with its title and its text, in the order of paths."""
    for path in sorted((project / "docs" / under).rglob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        title = next(
            (line.removeprefix("title:").strip() for line in front.split("\n") if line.startswith("title:")), ""
        )
        if title.startswith('"'):
            title = json.loads(title)
        yield Doc(path.stem, title, from_markdown(body).strip())
