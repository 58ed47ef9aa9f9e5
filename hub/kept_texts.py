"""Texts as they were read, kept between builds by a hash of all that they were read from.

What is kept are pickles, so they lie in a folder of the user's own (`hub.own_folder`). Any of it can be lost: what is
not there, or cannot be read, is read from the file again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from hub.own_folder import folder_for
from hub.repairs import DAMAGED, note
from hub.rows import Rows

_FILE = "texts.sqlite"
_AT_ONCE = 200
"""Texts that are in memory at once, packed."""


class KeptTexts:
    """What is kept of one hub's texts.

    Args:
        folder: where; None to keep nothing.
        key: a hash of what all texts are read with.
    """

    def __init__(self, folder: Path | None, key: str) -> None:
        self._rows = Rows(folder / _FILE) if folder else None
        self._key = key.encode()

    def name(self, uri: str, raw: bytes) -> str:
        """What a text is kept under: a hash of it, its place, and what it is read with."""
        return blake2b(b"\0".join((self._key, uri.encode("utf-8", "surrogatepass"), raw)), digest_size=16).hexdigest()

    def known(self, some: Iterable[str] | None = None) -> frozenset[str]:
        """The names of the texts that are kept, or of some that are."""
        return self._rows.names(some) if self._rows else frozenset()

    def get(self, names: Sequence[str]) -> Iterator[bytes | None]:
        """Texts by their names, packed, in that order; None for one that is no longer there."""
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            found = (self._rows.get(some) if self._rows else None) or {}
            yield from (found.get(name) for name in some)

    def tell(self) -> None:
        """Have it told that something of what is kept cannot be read."""
        if self._rows:
            note(DAMAGED, path=self._rows.path)

    def keep(self, new: Iterable[tuple[str, bytes]], gone: Iterable[str] = ()) -> None:
        """Keep texts, and forget others."""
        if self._rows is None:
            return
        with suppress(sqlite3.Error):  # where the disk is full, nothing is kept
            self._rows.put(new, gone)


def folder_of_texts(root: Path) -> Path | None:
    """Where the texts of a hub are kept; None where no place is safe."""
    return folder_for(root, "texts")


def forget(root: Path) -> None:
    """Forget the texts of a hub."""
    folder = folder_of_texts(root)
    if folder:
        Rows(folder / _FILE).forget()
