"""Many values of the cache in one file, each under a name and with a sum: a few are read or written without the others.

What is damaged is as good as none: the whole file is then thrown away, and what was in it is made again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from hub.repairs import DAMAGED, note

_TABLE = "CREATE TABLE IF NOT EXISTS row (name TEXT PRIMARY KEY, told TEXT, sum BLOB) WITHOUT ROWID"


class Rows:
    """A file of named values.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> dict[str, Any] | None:
        """Every value, by its name; None where there are none, or the file is not as it was written."""
        return self._read("SELECT name, told, sum FROM row", [()])

    def get(self, names: Iterable[str]) -> dict[str, Any] | None:
        """Those of these values that there are; None where the file is missing, or not as it was written."""
        return self._read("SELECT name, told, sum FROM row WHERE name = ?", ((name,) for name in names))

    def put(self, new: Mapping[str, Any], gone: Iterable[str] = ()) -> None:
        """Keep values, and forget others; all of it or nothing. A file that is found damaged is thrown away.

        Raises:
            sqlite3.OperationalError: when the disk does not take it.
        """
        if self.path.is_symlink() or self.path.is_dir():
            self.forget()
        try:
            self._write(new, gone)
        except sqlite3.OperationalError:
            self.forget()
            raise
        except sqlite3.DatabaseError:
            note(DAMAGED, path=self.path)
            self.forget()

    def forget(self) -> None:
        """Throw everything away."""
        # A journal without its file would be worked into the next one of that name.
        for path in (self.path.with_name(f"{self.path.name}-journal"), self.path):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _write(self, new: Mapping[str, Any], gone: Iterable[str]) -> None:
        with closing(sqlite3.connect(self.path, timeout=10)) as db, db:
            db.execute("PRAGMA synchronous = OFF")  # a cache that is lost is made again
            db.execute("PRAGMA secure_delete = ON")  # what is withheld must be gone from the file as well
            db.execute(_TABLE)
            db.executemany("DELETE FROM row WHERE name = ?", ((name,) for name in gone))
            told = ((name, json.dumps(value, separators=(",", ":"))) for name, value in new.items())
            rows = ((name, text, _sum(name, text)) for name, text in told)
            db.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?)", rows)

    def _read(self, query: str, asked: Iterable[tuple[str, ...]]) -> dict[str, Any] | None:
        if not self.path.exists():
            return None
        try:
            with closing(sqlite3.connect(self.path, timeout=10)) as db:
                return dict(_opened(row for values in asked for row in db.execute(query, values)))
        except (sqlite3.Error, ValueError, TypeError):
            note(DAMAGED, path=self.path)
            self.forget()
            return None


def _opened(rows: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[str, Any]]:
    for name, told, sum_ in rows:
        if sum_ != _sum(name, told):
            raise ValueError(name)
        yield name, json.loads(told)


def _sum(name: str, told: str) -> bytes:
    return blake2b(f"{name}\0{told}".encode("utf-8", "surrogatepass"), digest_size=12).digest()
