"""A hub that is read again and again by one process: what has not changed stays the same objects."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hub import disk
from hub.files import FEW, Bound, File, FileReader, bound, raw_bytes
from hub.model import Kind
from hub.relinking import Links

_Stamp = tuple[int, ...]
"""What the disk says of a file; another one when the file has been written."""


@dataclass
class Followed:
    """What was read of a hub, for the next reading to go on from (`hub.load`).

    Attributes:
        links: what its entries refer to.
    """

    links: Links = field(default_factory=Links)
    _texts: dict[str, tuple[_Stamp, Bound]] = field(default_factory=dict)
    _read_with: tuple[Any, ...] = ()
    _kinds: tuple[Any, dict[str, Kind]] | None = None

    def bound(self, texts: Sequence[File], reader: FileReader) -> Iterator[Bound]:
        """What files hold, in their order; only those that were written since the last time are read."""
        context = reader.context
        read_with = (reader.config.root, reader.config.languages, list(reader.kinds.values()), context.vocabularies)
        known = self._texts if self._read_with == read_with else {}
        stamps = [_stamp(os.lstat(file.path)) for file in texts]
        old = [known.get(file.uri, ((), None)) for file in texts]
        written = {file.uri for file, stamp, (before, _) in zip(texts, stamps, old, strict=True) if stamp != before}
        fresh: Iterator[Bound]
        if len(written) < FEW:
            fresh = (reader.bind(raw_bytes(file.path), file) for file in texts if file.uri in written)
        else:
            fresh, written = bound(texts, reader), {file.uri for file in texts}
        found = {}
        for file, stamp, (_, before) in zip(texts, stamps, old, strict=True):
            found[file.uri] = stamp, next(fresh) if before is None or file.uri in written else before
        next(fresh, None)  # at its end, what was read is kept for other processes
        self._texts, self._read_with = found, read_with
        return (entry for _, entry in found.values())

    def kinds(self, folder: Path | None, find: Callable[[], dict[str, Kind]]) -> dict[str, Kind]:
        """The kinds of the hub: those of its own are read again when a file in their folder has changed.

        Args:
            folder: of its own kinds.
            find: reads all.
        """
        stamps = folder and (folder, sorted((path, _stamp(said)) for path, said in disk.files(folder)))
        if self._kinds is None or self._kinds[0] != stamps:
            self._kinds = stamps, find()
        return self._kinds[1]


def _stamp(said: os.stat_result) -> _Stamp:
    return said.st_mtime_ns, said.st_ctime_ns, said.st_size, said.st_ino
