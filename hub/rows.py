"""Many values of the cache in one file, each under a name and with a sum: a few are read or written without the others.

What is damaged is as good as none: the whole file is then thrown away, and what was in it is made again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from hub.repairs import DAMAGED, note

_VALUE = "name, told, sum"
"""What tells a value."""
_AT_ONCE = 500
"""Names in a query; SQLite takes 999 at most, before its version 3.32."""
_TABLE = "CREATE TABLE IF NOT EXISTS row (name TEXT PRIMARY KEY, told BLOB, sum BLOB)"
"""With numbers for its rows: a tree of long values alone is deep, and half empty."""


class Rows:
    """A file of bytes by their names.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self, some: Iterable[str] | None = None) -> frozenset[str]:
        """The names of all, or of some; none where the file is missing, or not as it was written."""
        found = self._rows([("SELECT name FROM row", ())] if some is None else _queries("name", some))
        return frozenset(name for (name,) in found or ())

    def all(self, prefix: str = "") -> dict[str, bytes] | None:
        """Every value whose name begins so, by its name; None where there is no file, or not as it was written."""
        query = f"SELECT {_VALUE} FROM row WHERE name >= ?1 AND substr(name, 1, length(?1)) = ?1"  # noqa: S608 - constant
        return self._opened(self._rows([(query, [prefix])]))

    def get(self, names: Iterable[str]) -> dict[str, bytes] | None:
        """Those of these values that there are; None where the file is missing, or not as it was written."""
        return self._opened(self._rows(_queries(_VALUE, names)))

    def put(self, new: Iterable[tuple[str, bytes]], gone: Iterable[str] = ()) -> None:
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
            self._throw_away()

    def forget(self) -> None:
        """Throw everything away."""
        # A journal without its file would be worked into the next one of that name.
        for path in (self.path.with_name(f"{self.path.name}-journal"), self.path):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def move(self, path: Path) -> None:
        """Let the file take the place of another one."""
        Rows(path).forget()
        self.path.replace(path)

    def _write(self, new: Iterable[tuple[str, bytes]], gone: Iterable[str]) -> None:
        with closing(sqlite3.connect(self.path, timeout=10)) as db, db:
            db.execute("PRAGMA synchronous = OFF")  # a cache that is lost is made again
            db.execute("PRAGMA secure_delete = ON")  # what is withheld must be gone from the file as well
            db.execute(_TABLE)
            db.executemany("DELETE FROM row WHERE name = ?", ((name,) for name in gone))
            rows = ((name, told, _sum(name, told)) for name, told in new)
            db.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?)", rows)

    def _rows(self, queries: Iterable[tuple[str, Sequence[str]]]) -> list[tuple[Any, ...]] | None:
        """What comes of queries, each with its values."""
        if not self.path.exists():
            return None
        try:
            with closing(sqlite3.connect(self.path, timeout=10)) as db:
                return [row for query, values in queries for row in db.execute(query, values)]
        except sqlite3.Error:
            self._throw_away()
            return None

    def _opened(self, rows: Iterable[tuple[Any, ...]] | None) -> dict[str, bytes] | None:
        if rows is None:
            return None
        found = {}
        for name, told, sum_ in rows:
            if not isinstance(told, bytes) or sum_ != _sum(name, told):
                self._throw_away()
                return None
            found[name] = told
        return found

    def _throw_away(self) -> None:
        note(DAMAGED, path=self.path)
        self.forget()


def _queries(columns: str, names: Iterable[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """What asks for some columns of the rows of some names."""
    wanted = [*names]
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        marks = ",".join("?" * len(some))
        yield f"SELECT {columns} FROM row WHERE name IN ({marks})", some  # noqa: S608 - holds no value


def _sum(name: str, told: bytes) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass") + b"\0" + told, digest_size=12).digest()
