"""Small hubs that the tests search."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from hub.public import public
from hub.search.engine import Engine
from hub.search.index import Change, update
from hub.search.reading import Index
from hub.search.records import SearchRecord, Source
from hub.search.store import Store
from tests.support import hub

DAY = date(2026, 6, 1)
"""The day of the builds, so that what is overdue does not depend on when the tests run."""


@dataclass
class Searched:
    """The index of a hub as it was when it was read."""

    change: Change
    manifest: dict[str, Any]
    scripts: dict[str, str]

    @cached_property
    def engine(self) -> Engine:
        return Engine(Index(self.manifest, lambda name: json.loads(self.scripts[name])))

    def search(self, query: str, **options: Any) -> dict[str, Any]:
        return self.engine.search(query, **options)

    def ids(self, query: str, **options: Any) -> list[str]:
        """What is found, the best first."""
        return [one["id"] for one in self.search(query, limit=1000, **options)["results"]]

    def scores(self, query: str, **options: Any) -> dict[str, int]:
        return {one["id"]: one["score"] for one in self.search(query, limit=1000, **options)["results"]}

    def first(self, query: str, **options: Any) -> dict[str, Any]:
        return self.search(query, **options)["results"][0]

    def rows(self, tree: str) -> list[list[str]]:
        """Every item of a tree of rows."""
        return [row for name in sorted(self.scripts) if name.startswith(f"{tree}-0") for row in self.content(name)]

    def content(self, name: str) -> Any:
        return json.loads(self.scripts[name])


def source(root: Path, files: Mapping[str, str | bytes], *, drafts: bool = False, day: date = DAY) -> Source:
    """A hub as the search reads it."""
    return Source(public(hub(root, files, drafts=drafts).library), day)


def records(root: Path, files: Mapping[str, str | bytes], **options: Any) -> dict[str, SearchRecord]:
    """The records of a hub by their addresses."""
    found = source(root, files, **options)
    made = [found.record(entry) for entry in found.entries()]
    return {one.url: one for one in made}


def searched(root: Path, files: Mapping[str, str | bytes], *, store: str = "index.sqlite", **options: Any) -> Searched:
    """Bring the index of a hub up to date, which is kept beside `docs/`, and open it."""
    found = source(root, files, **options)
    return opened(root / store, update(found, root / store))


def opened(path: Path, change: Change) -> Searched:
    """The index as it is kept."""
    with Store(path) as kept:
        scripts = dict(kept.rows("SELECT name, content FROM script"))
        return Searched(change, json.loads(kept.get("manifest")), scripts)


def article(title: str, *lines: str, body: str = "Un texte.") -> str:
    """A file with a title, further lines of front matter, and a body."""
    return "\n".join(["---", f'title: "{title}"', *lines, "---", "", body, ""])


def term(title: str, *lines: str, body: str = "Un terme.") -> str:
    """A file of the glossary."""
    return article(title, 'source: {title: "Essai", method: reformulation}', *lines, body=body)
