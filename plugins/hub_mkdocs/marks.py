"""Numbers for what the disk says of a folder: another one when any file in it is another, or comes or goes.

They are sums over the files, so that they can be told again from those that have changed (AdHash: Bellare and
Micciancio, “A new paradigm for collision-free hashing”, 1997; nobody attacks it here).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from hub.disk import Stamp, stamp
from hub.workers import spread

MARKS = 1 << 128
"""Marks are numbers below."""
_ALONE = 500
"""Folders that one process looks into sooner than several are started."""


def mark(folder: Path) -> int:
    """The mark of all files in a folder."""
    start = len(str(folder)) + 1
    found, near = _marked([str(folder)], start, deep=False)
    found_near, far = _marked(near, start, deep=False)
    rest = spread(far, lambda some: [_marked(some, start)[0]], alone=_ALONE)
    return (found + found_near + sum(rest)) % MARKS


def mark_by(stamps: Mapping[str, Stamp]) -> int:
    """The mark of the files that have these stamps."""
    return sum(mark_of(address, one) for address, one in stamps.items()) % MARKS


def mark_of(address: str, stamp: Stamp) -> int:
    """The mark of one file.

    Args:
        address: relative to the folder, with forward slashes.
        stamp: its own.
    """
    size, time = stamp
    told = f"{address}\t{size}\t{time}".encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(told, digest_size=16).digest())


def marks_of(folder: Path, addresses: Iterable[str]) -> int:
    """The mark of some files of a folder, of those that there are."""
    paths = {address: folder / address for address in addresses}
    return sum(mark_of(address, stamp(path.stat())) for address, path in paths.items() if path.exists()) % MARKS


def _marked(folders: Iterable[str], start: int, *, deep: bool = True) -> tuple[int, list[str]]:
    """The mark of the files in some folders, or below them, and the folders in these that were not looked into."""
    found, left, waiting = 0, [], [*folders]
    while waiting:
        with os.scandir(waiting.pop()) as some:
            for one in some:
                if not one.is_dir(follow_symlinks=False):
                    address = one.path[start:].replace(os.sep, "/")
                    found += mark_of(address, stamp(one.stat(follow_symlinks=False)))
                elif deep:
                    waiting.append(one.path)
                else:
                    left.append(one.path)
    return found % MARKS, left
