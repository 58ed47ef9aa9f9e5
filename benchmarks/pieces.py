"""What a benchmark has measured already: kept piece by piece, so that a run that was cut off goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".cache" / "benchmarks"
OURS = ("hub", "plugins", "benchmarks")
"""The folders of all code that our own figures depend on."""
PEERS = ("benchmarks",)
_CODE = frozenset({".py", ".js", ".json", ".css", ".html", ".yml"})


class Pieces:
    """Pieces of a report, as JSON, each in a file named for what it depends on.

    Args:
        folder: holds them; None where everything is measured anew.

    Attributes:
        days: on which the pieces that were asked for were measured.
    """

    def __init__(self, folder: Path | None = FOLDER) -> None:
        self.folder = folder
        self.days: set[str] = set()

    def of(
        self, name: str, depends: object, made: Callable[[], Any], *, keeps: Callable[[Any], bool] = lambda _: True
    ) -> Any:
        """A piece: the one that is kept, or else one that is made now.

        Args:
            name: plain, for the file.
            depends: all that the piece depends on; its `repr` tells it from others.
            made: measures it; gives what JSON can hold.
            keeps: whether what was made is worth keeping.
        """
        hash_ = hashlib.sha256(repr(depends).encode()).hexdigest()[:16]
        path = self.folder / f"{name}-{hash_}.json" if self.folder else None
        if path and path.is_file():
            day, found = json.loads(path.read_text("utf-8"))
        else:
            found = json.loads(json.dumps(made()))
            day = datetime.now(UTC).strftime("%Y-%m-%d")
            if path and keeps(found):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps([day, found]), "utf-8")
        self.days.add(day)
        return found


@cache
def code(folders: tuple[str, ...]) -> str:
    """A hash of the code in some folders of the repository."""
    found = hashlib.sha256()
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in _CODE)
    for path in sorted(paths):
        found.update(f"{path.relative_to(ROOT)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def contents(paths: tuple[Path, ...]) -> str:
    """A hash of some files."""
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()
