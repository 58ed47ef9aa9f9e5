"""Texts as they were read, kept between builds by a hash of all that they were read from.

What is kept are pickles, so they lie in a folder of the user's own (`hub.own_folder`). Any of it can be lost: what is
not there, or cannot be read, is read from the file again.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from hub.own_folder import folder_for
from hub.repairs import DAMAGED, note

_FILE = "texts.sqlite"
_AT_ONCE = 200
_LEVEL = 1
_SCHEMA = "CREATE TABLE IF NOT EXISTS text (name BLOB PRIMARY KEY, packed BLOB) WITHOUT ROWID"


class KeptTexts:
    """What is kept of one hub's texts.

    Args:
        folder: where; None to keep nothing.
        key: a hash of what all texts are read with.
    """

    def __init__(self, folder: Path | None, key: str) -> None:
        self._path = folder / _FILE if folder else None
        self._key = key.encode()

    def name(self, uri: str, raw: bytes) -> bytes:
        """What a text is kept under: a hash of it, its place, and what it is read with."""
        return blake2b(b"\0".join((self._key, uri.encode("utf-8", "surrogatepass"), raw)), digest_size=16).digest()

    def known(self) -> frozenset[bytes]:
        """The names of the texts that are kept."""
        with suppress(sqlite3.Error):
            return frozenset(name for (name,) in self._rows("SELECT name FROM text"))
        self._forget()
        self.tell()
        return frozenset()

    def get(self, names: Sequence[bytes]) -> Iterator[bytes | None]:
        """Texts by their names, packed, in that order; None for one that is no longer there."""
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            found: dict[bytes, bytes] = {}
            try:
                marks = ",".join("?" * len(some))
                rows = self._rows(f"SELECT name, packed FROM text WHERE name IN ({marks})", some)  # noqa: S608 - marks
                found = {name: zlib.decompress(packed) for name, packed in rows}
            except (sqlite3.Error, zlib.error):
                self.tell()
            yield from map(found.get, some)

    def tell(self) -> None:
        """Have it told that something of what is kept cannot be read."""
        if self._path:
            note(DAMAGED, path=self._path)

    def keep(self, new: Iterable[tuple[bytes, bytes]], gone: Iterable[bytes]) -> None:
        """Keep texts, and forget others."""
        if self._path is None:
            return
        try:
            with sqlite3.connect(self._path, timeout=10) as store:
                store.execute("PRAGMA secure_delete = ON")  # what is withheld must be gone from the file as well
                store.execute(_SCHEMA)
                store.executemany("DELETE FROM text WHERE name = ?", ((name,) for name in gone))
                packed = ((name, zlib.compress(text, _LEVEL)) for name, text in new)
                store.executemany("INSERT OR REPLACE INTO text VALUES (?, ?)", packed)
            store.close()
        except sqlite3.Error:
            self._forget()

    def _rows(self, query: str, values: Sequence[bytes] = ()) -> list[tuple[bytes, ...]]:
        if self._path is None or not self._path.exists():
            return []
        store = sqlite3.connect(self._path, timeout=10)
        try:
            return store.execute(query, values).fetchall()
        finally:
            store.close()

    def _forget(self) -> None:
        if self._path:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def folder_of_texts(root: Path) -> Path | None:
    """Where the texts of a hub are kept; None where no place is safe."""
    return folder_for(root, "texts")


def forget(root: Path) -> None:
    """Forget the texts of a hub."""
    folder = folder_of_texts(root)
    if folder:
        with suppress(OSError):
            (folder / _FILE).unlink(missing_ok=True)
