"""Where the index is kept between builds: one SQLite file in the hub's cache, made by the hub alone.

It holds what a build needs to change only what an edited text touches: each entry's digest and terms, each term's whole
list, and the scripts. A file of another version, or one that is damaged, is thrown away and made anew.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from hub.search.postings import MOST, MOST_OF_TAIL, encode, encode_tail, rarity

VERSION = 1
"""Of the tables and of all that decides what an index holds; raise it when either changes."""
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entry (key TEXT PRIMARY KEY, slot INTEGER, digest BLOB, lengths TEXT, terms TEXT, forms TEXT,
                    record TEXT, facets TEXT) WITHOUT ROWID;
CREATE TABLE posting (term TEXT PRIMARY KEY, list BLOB) WITHOUT ROWID;
CREATE TABLE form (form TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE item (tree TEXT, key TEXT, body BLOB, PRIMARY KEY (tree, key)) WITHOUT ROWID;
CREATE TABLE leaf (tree TEXT, first TEXT, last TEXT, key TEXT, hash TEXT, PRIMARY KEY (tree, first)) WITHOUT ROWID;
CREATE TABLE script (name TEXT PRIMARY KEY, tree TEXT, content TEXT) WITHOUT ROWID;
"""


@dataclass(slots=True)
class Whole:
    """The whole list of a term: slots in ascending order, and for each its strength and places."""

    slots: array[int]
    strengths: bytearray
    lengths: bytearray
    places: bytearray

    @classmethod
    def empty(cls) -> Self:
        """A list of nothing."""
        return cls(array("I"), bytearray(), bytearray(), bytearray())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What `to_bytes` gave."""
        count = int.from_bytes(data[:4], "little")
        slots = array("I")
        slots.frombytes(data[4 : 4 + 4 * count])
        at = 4 + 4 * count
        rest = bytearray(data[at + 2 * count :])
        return cls(slots, bytearray(data[at : at + count]), bytearray(data[at + count : at + 2 * count]), rest)

    def to_bytes(self) -> bytes:
        """The list as bytes."""
        count = len(self.slots).to_bytes(4, "little")
        return b"".join((count, self.slots.tobytes(), self.strengths, self.lengths, self.places))

    def append(self, slot: int, strength: int, places: bytes) -> None:
        """Put a posting at the end: its slot must be above all others."""
        self.slots.append(slot)
        self.strengths.append(strength)
        self.lengths.append(len(places))
        self.places += places

    def extend(self, other: Whole) -> None:
        """Put a list at the end whose slots are above all of this one."""
        self.slots.extend(other.slots)
        self.strengths += other.strengths
        self.lengths += other.lengths
        self.places += other.places

    def replace(self, slot: int, posting: tuple[int, bytes] | None) -> None:
        """Put a posting in, in the place of an older one of its slot, or take it out."""
        at = bisect_left(self.slots, slot)
        start = sum(self.lengths[:at])
        if at < len(self.slots) and self.slots[at] == slot:
            del self.places[start : start + self.lengths[at]]
            del self.slots[at], self.strengths[at], self.lengths[at]
        if posting:
            self.slots.insert(at, slot)
            self.strengths.insert(at, posting[0])
            self.lengths.insert(at, len(posting[1]))
            self.places[start:start] = posting[1]

    def published(self, records: float) -> tuple[bytes, bytes]:
        """The list that every search reads, and the rest of it; the strongest first, then the lower slots."""
        count = len(self.slots)
        chosen = range(count) if count <= MOST else sorted(_strongest(self.strengths, MOST))
        ends = _ends(self.lengths)
        rare = rarity(count, records)
        head = encode(
            count,
            rare,
            ((self.slots[at], self.strengths[at], bytes(self.places[ends[at] : ends[at + 1]])) for at in chosen),
        )
        if count <= MOST:
            return head, b""
        taken = set(chosen)
        rest = sorted(_strongest(self.strengths, MOST + MOST_OF_TAIL))
        return head, encode_tail((self.slots[at], self.strengths[at]) for at in rest if at not in taken)


def _ends(lengths: bytearray) -> list[int]:
    found, at = [0], 0
    for length in lengths:
        at += length
        found.append(at)
    return found


def _strongest(strengths: bytearray, most: int) -> list[int]:
    """The places of the strongest; of those equally strong, the first."""
    least, room = 256, most
    while room > 0 and least > 0:
        least -= 1
        room -= strengths.count(least)
    equal = [at for at, strong in enumerate(strengths) if strong == least][: most - sum(s > least for s in strengths)]
    return [at for at, strong in enumerate(strengths) if strong > least] + equal


class Store:
    """The file. Use it in a `with` block: what was changed is kept only if the block ends well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self.db.commit()
        self.db.close()

    def get(self, name: str) -> str:
        """A figure or text of the index as a whole; empty where there is none."""
        found = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def set(self, **values: str) -> None:
        """Keep figures and texts of the index as a whole."""
        self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def rows(self, query: str, *values: Any) -> Iterator[Any]:
        """Rows that a query finds."""
        return iter(self.db.execute(query, values))

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement for each row."""
        self.db.executemany(statement, rows)

    def clear(self) -> None:
        """Throw everything away."""
        for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self.db.execute(f"DELETE FROM {name}")  # noqa: S608 - one of the names above


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(path)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = MEMORY")
    db.execute("PRAGMA synchronous = OFF")  # a cache that is lost is made again
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        if version or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            db.close()
            path.unlink()
            db = sqlite3.connect(path)
            db.execute("PRAGMA journal_mode = MEMORY")
            db.execute("PRAGMA synchronous = OFF")
        db.executescript(_TABLES)
        db.execute(f"PRAGMA user_version = {VERSION}")
    return db
