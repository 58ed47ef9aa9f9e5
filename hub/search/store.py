"""Where the index is kept between builds: one SQLite file in the hub's cache, made by the hub alone.

It holds what a build needs to change only what an edited text touches: each entry's digest and terms, each term's whole
list, and the scripts. A file of another version, or one that is damaged, is thrown away and made anew.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, compress, islice
from pathlib import Path
from typing import Any, Self, TypeVar

from hub.search.postings import MOST, MOST_OF_TAIL, encode, encode_tail, rarity

VERSION = 1
"""Of the tables and of all that decides what an index holds; raise it when either changes."""
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entry (key TEXT PRIMARY KEY, slot INTEGER, digest BLOB, lengths TEXT, facets TEXT) WITHOUT ROWID;
CREATE TABLE held (key TEXT PRIMARY KEY, terms TEXT, forms TEXT) WITHOUT ROWID;
CREATE TABLE posting (term TEXT PRIMARY KEY, list BLOB) WITHOUT ROWID;
CREATE TABLE form (form TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE item (tree TEXT, key TEXT, body BLOB, PRIMARY KEY (tree, key)) WITHOUT ROWID;
CREATE TABLE leaf (tree TEXT, first TEXT, last TEXT, key TEXT, hash TEXT, PRIMARY KEY (tree, first)) WITHOUT ROWID;
CREATE TABLE script (name TEXT PRIMARY KEY, tree TEXT, content TEXT) WITHOUT ROWID;
"""
_FOREIGN = """
SELECT 1 FROM script WHERE name GLOB '*[^a-z0-9_-]*' OR json_valid(content) IS NOT 1
UNION ALL SELECT 1 FROM meta WHERE name = 'manifest' AND json_valid(value) IS NOT 1
"""
"""What no build of ours can have written: `script` is published as it is, and a branch may hold any file."""
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PATIENCE = 60.0
"""Seconds to wait for another process that is writing."""
_T = TypeVar("_T")


_HEAD = 6
"""Bytes of a posting beside its places: slot (4), strength, length of its places."""


class Whole:
    """The whole list of a term: a head of six bytes for each posting, by slot, and behind one another their places.

    Columns are cut from the heads by slices, so that no list is walked in Python.
    """

    __slots__ = ("heads", "places")

    def __init__(self, heads: bytes = b"", places: bytes = b"") -> None:
        self.heads, self.places = bytearray(heads), bytearray(places)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` gave."""
        end = 4 + int.from_bytes(data[:4], "little")
        return cls(data[4:end], data[end:])

    def to_bytes(self) -> bytes:
        """The list as bytes."""
        return b"".join((len(self.heads).to_bytes(4, "little"), self.heads, self.places))

    def extend(self, other: Whole) -> None:
        """Put a list at the end whose slots are above all of this one."""
        self.heads += other.heads
        self.places += other.places

    @property
    def slots(self) -> array[int]:
        """The slots, ascending."""
        found = array("I", bytes(len(self.heads) // _HEAD * 4))
        view = memoryview(found).cast("B")
        for byte in range(4):
            view[byte::4] = self.heads[byte::_HEAD]
        if sys.byteorder == "big":
            found.byteswap()
        return found

    def postings(self) -> Iterator[tuple[int, int, bytes]]:
        """Slot, strength and places of each posting."""
        at = 0
        for slot, strong, length in zip(self.slots, self.heads[4::_HEAD], self.heads[5::_HEAD], strict=True):
            yield slot, strong, bytes(self.places[at : at + length])
            at += length

    def replace(self, slot: int, posting: tuple[int, bytes] | None) -> None:
        """Put a posting in, in the place of an older one of its slot, or take it out."""
        slots = self.slots
        at = bisect_left(slots, slot)
        lengths = self.heads[5::_HEAD]
        start = sum(lengths[:at])
        if at < len(slots) and slots[at] == slot:
            del self.places[start : start + lengths[at]]
            del self.heads[at * _HEAD : (at + 1) * _HEAD]
        if posting:
            strong, places = posting
            self.heads[at * _HEAD : at * _HEAD] = head(slot, strong, places)
            self.places[start:start] = places

    def published(self, records: float) -> tuple[bytes, bytes]:
        """The list that every search reads, and the rest of it; the strongest first, then the lower slots."""
        slots, strengths = self.slots, self.heads[4::_HEAD]
        count = len(slots)
        rare = rarity(count, records)
        if count <= MOST:
            return encode(count, rare, slots, bytes(strengths), bytes(self.places)), b""
        chosen = _strongest(strengths, MOST)
        ends = [0, *accumulate(self.heads[5::_HEAD])]
        front = encode(
            count,
            rare,
            [slots[at] for at in chosen],
            bytes(strengths[at] for at in chosen),
            b"".join(self.places[ends[at] : ends[at + 1]] for at in chosen),
        )
        rest = bytearray(b"\1" * count)
        for at in chosen:
            rest[at] = 0
        if count > MOST + MOST_OF_TAIL:
            kept = set(_strongest(strengths, MOST + MOST_OF_TAIL))
            rest = bytearray(at in kept and there for at, there in enumerate(rest))
        return front, encode_tail(list(compress(slots, rest)), bytes(compress(strengths, rest)))


def head(slot: int, strength: int, places: bytes) -> bytes:
    """What a list holds of a posting beside its places."""
    return slot.to_bytes(4, "little") + bytes((strength, len(places)))


def _strongest(strengths: bytearray, most: int) -> list[int]:
    """The places of the strongest, ascending; of those equally strong, the first."""
    least, room = 256, most
    while room > 0 and least > 0:
        least -= 1
        room -= strengths.count(least)
    above = [at for at, strong in enumerate(strengths) if strong > least]
    equal = (at for at, strong in enumerate(strengths) if strong == least)
    return sorted([*above, *islice(equal, most - len(above))])


class Store:
    """The file. Use it in a `with` block: what was changed is kept only if the block ends well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if kind is None:
                self.db.commit()
        finally:  # what another process held up does not hold up others
            self.db.close()

    def hold(self) -> None:
        """From the first row on, read the file as it is now: whoever writes waits for the end of the block."""
        self.db.execute("BEGIN")

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

    def check(self) -> None:
        """Make sure that what a site would publish is data under plain names, whoever wrote the file.

        Raises:
            sqlite3.DatabaseError: when it is not; `repaired` then throws the file away.
        """
        if self.db.execute(_FOREIGN).fetchone():
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
    """
    try:
        return work()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) in _IN_USE:
            raise
        _throw_away(path)
        return work()


def _throw_away(path: Path) -> None:
    # A journal without its file would be worked into the next one of that name.
    for one in (path.with_name(f"{path.name}-journal"), path):
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    return repaired(path, lambda: _connected(path))


def _connected(path: Path) -> sqlite3.Connection:
    db = _journalled(path)
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version != VERSION or not _has_our_tables(db):
        if version or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            db.close()
            _throw_away(path)
            db = _journalled(path)
        db.executescript(_TABLES)
        db.execute(f"PRAGMA user_version = {VERSION}")
    return db


def _has_our_tables(db: sqlite3.Connection) -> bool:
    """Whether the file holds our tables and nothing else: no view and no trigger that a contributor has planted."""
    found = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master")]
    return sorted(map(str, found)) == sorted(_TABLES.strip().rstrip(";").split(";\n"))


def _journalled(path: Path) -> sqlite3.Connection:
    for one in (path.with_name(f"{path.name}-journal"), path):
        if one.is_symlink():  # planted by a branch, to have another file written
            one.unlink()
    db = sqlite3.connect(path, timeout=_PATIENCE)
    db.execute("PRAGMA journal_mode = TRUNCATE")  # in a file: a build that is killed half-way is undone by the next
    db.execute("PRAGMA synchronous = OFF")  # a cache that is lost is made again
    return db
