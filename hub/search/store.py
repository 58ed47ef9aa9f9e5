"""Where the index is kept between builds: one SQLite file in the hub's cache, made by the hub alone.

It holds what a build needs to change only what an edited text touches: each entry's digest and words, each term's whole
list, and the scripts. A file of another version, or one that is damaged, is thrown away and made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self, TypeVar

from hub.errors import HubError
from hub.i18n import N_
from hub.repairs import DAMAGED, note

VERSION = 3
"""Of the tables and of all that decides what an index holds; raise it when either changes."""
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entry (
  key TEXT PRIMARY KEY, slot INTEGER, digest TEXT, links TEXT, lengths TEXT, facets TEXT
) WITHOUT ROWID;
CREATE TABLE held (key TEXT PRIMARY KEY, words TEXT, names TEXT);
CREATE TABLE posting (term TEXT PRIMARY KEY, list BLOB);
CREATE TABLE form (form TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE leaf (tree TEXT, first TEXT, last TEXT, hash TEXT, key TEXT, PRIMARY KEY (tree, first)) WITHOUT ROWID;
CREATE TABLE script (name TEXT PRIMARY KEY, content TEXT);
"""
_FOREIGN_MANIFEST = "SELECT 1 FROM meta WHERE name = 'manifest' AND json_valid(value) IS NOT 1"
_FOREIGN = "SELECT 1 FROM script WHERE (name GLOB '*[^a-z0-9_-]*' OR json_valid(content) IS NOT 1)"
"""What no build of ours can have written: both are published as they are, and a branch may hold any file."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PATIENCE = 60.0
"""Seconds to wait for another process that is writing."""
_QUIET = 0.2
"""Seconds of them that nothing is said."""
_PAGE = 16_384
"""Bytes of a page: most scripts fit into one."""
_T = TypeVar("_T")


class Store:
    """The file. Use it in a `with` block: what was changed is kept only if the block ends well.

    Args:
        path: the file.
        waits: called once where another process must be waited for.

    Raises:
        HubError: when another process goes on writing it.
    """

    def __init__(self, path: Path, waits: Callable[[], None] = lambda: None) -> None:
        self.path, self.waits = path, waits
        self.db = _opened(path, waits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                self.db.commit()
        except sqlite3.OperationalError as found:
            if _is_in_use(found):
                raise _in_use() from found
            raise
        finally:  # what another process held up does not hold up others
            self.db.close()
        if isinstance(error, sqlite3.Error) and _is_in_use(error):
            raise _in_use() from error

    def hold(self) -> None:
        """From the first row on, read the file as it is now: whoever writes waits for the end of the block."""
        self.db.execute("BEGIN")

    def lock(self) -> None:
        """Have the file for this block alone: nobody writes between what it reads and what it writes."""
        _patiently(self.db, lambda: self.db.execute("BEGIN IMMEDIATE"), self.waits)

    def get(self, name: str) -> str:
        """A figure or text of the index as a whole; empty where there is none."""
        found = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def set(self, **values: str) -> None:
        """Keep figures and texts of the index as a whole."""
        self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def content(self, name: str) -> str:
        """The content of a script.

        Raises:
            KeyError: when there is none of that name.
        """
        found = self.db.execute("SELECT content FROM script WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        return str(found[0])

    def rows(self, query: str, *values: Any) -> Iterator[Any]:
        """Rows that a query finds."""
        return iter(self.db.execute(query, values))

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement for each row."""
        self.db.executemany(statement, rows)

    def run(self, statement: str) -> None:
        """Run a statement once."""
        self.db.execute(statement)

    def check(self, names: Iterable[str] | None = None) -> None:
        """Make sure that what a site would publish is data under plain names, whoever wrote the file.

        Args:
            names: of the scripts that are published, where that is not all.

        Raises:
            sqlite3.DatabaseError: when it is not; `repaired` then throws the file away.
        """
        asked = [(_FOREIGN, ())] if names is None else [(f"{_FOREIGN} AND name = ?", (name,)) for name in names]
        if any(self.db.execute(*one).fetchone() for one in [(_FOREIGN_MANIFEST, ()), *asked]):
            raise sqlite3.DatabaseError("a script that is no data")

    def clear(self) -> None:
        """Throw everything away."""
        for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self.db.execute(f"DELETE FROM {name}")  # noqa: S608 - one of the names above


def repaired(path: Path, work: Callable[[], _T]) -> _T:
    """What some work with a store gives; a damaged store is thrown away, and the work done once more.

    Args:
        path: the store's file.
        work: opens the store itself.

    Raises:
        HubError: when it cannot be done then either.
    """
    try:
        return work()
    except sqlite3.DatabaseError as error:
        if _is_in_use(error):
            raise _in_use() from error
        _throw_away(path)
        try:
            found = work()
        except sqlite3.DatabaseError as again:  # the disk is full, or fails: there is nothing to be thrown away
            if _is_in_use(again):
                raise _in_use() from again
            raise HubError(N_("{path} cannot be written: {error}"), path=path, error=again) from again
        note(DAMAGED, path=path)
        return found


def _is_in_use(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) in _BUSY


def _in_use() -> HubError:
    return HubError(
        N_("Another process has been working on the index of the search for {n} seconds. Try again a little later."),
        n=round(_PATIENCE),
    )


def _patiently(db: sqlite3.Connection, work: Callable[[], _T], waits: Callable[[], None]) -> _T:
    """What some work gives that others may hold up; `waits` is called where they do."""
    db.execute(f"PRAGMA busy_timeout = {1000 * _QUIET:.0f}")
    try:
        return work()
    except sqlite3.OperationalError as error:
        if not _is_in_use(error):
            raise
        waits()
    finally:
        db.execute(f"PRAGMA busy_timeout = {1000 * _PATIENCE:.0f}")
    return work()


def _throw_away(path: Path) -> None:
    from shutil import rmtree  # noqa: PLC0415 - seldom needed, and slow to import

    # A journal without its file would be worked into the next one of that name.
    for one in (path.with_name(f"{path.name}-journal"), path):
        if one.is_dir() and not one.is_symlink():
            rmtree(one)
        else:
            one.unlink(missing_ok=True)


def _opened(path: Path, waits: Callable[[], None]) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    return repaired(path, lambda: _connected(path, waits))


def _connected(path: Path, waits: Callable[[], None]) -> sqlite3.Connection:
    db = _journalled(path, waits)
    if not _is_ours(db):
        _patiently(db, lambda: db.execute("BEGIN IMMEDIATE"), waits)  # somebody else may be making it
        if not _is_ours(db) and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            db.close()
            _throw_away(path)
            return _connected(path, waits)
        if not _is_ours(db):
            for table in _statements():
                db.execute(table)
            db.execute(f"PRAGMA user_version = {VERSION}")
        db.commit()
    return db


def _is_ours(db: sqlite3.Connection) -> bool:
    """Whether the file holds our tables and nothing else: no view and no trigger that a contributor has planted."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    found = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_autoindex_*'")]
    return version == VERSION and sorted(map(str, found)) == sorted(_statements())


def _statements() -> list[str]:
    return _TABLES.strip().rstrip(";").split(";\n")


def _journalled(path: Path, waits: Callable[[], None]) -> sqlite3.Connection:
    for one in (path.with_name(f"{path.name}-journal"), path):
        if one.is_symlink():  # planted by a branch, to have another file written
            one.unlink()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA page_size = {_PAGE}")
    # In a file: a build that is killed half-way is undone by the next.
    _patiently(db, lambda: db.execute("PRAGMA journal_mode = TRUNCATE"), waits)
    db.execute("PRAGMA synchronous = OFF")  # a cache that is lost is made again
    return db
