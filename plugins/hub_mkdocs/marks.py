"""Marks of a site as a build has left it: another one when any file is another, or comes or goes, there or beside it.

What is there is known from the sums that are kept of its files, so nothing is listed: a file that came or went has
changed the time of its folder. What is told of these times is a sum over the folders, so that it can be told again from
those that have changed (AdHash: Bellare and Micciancio, “A new paradigm for collision-free hashing”, 1997; nobody
attacks it here).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from hub import manifest

_MOST = 1 << 128
"""Sums over folders are numbers below."""


class Mark(NamedTuple):
    """How a build has left a site.

    Attributes:
        files: the seal of what is kept of its files: addresses, sizes, times and sums.
        folders: a number for the times of its folders, and of those of the folder beside it.
    """

    files: str
    folders: int

    def changed(self, files: str, before: int, after: int) -> Mark:
        """The mark when some folders have changed.

        Args:
            files: the seal of what is kept of the files now.
            before: what `times` said of these folders.
            after: what it says of them now.
        """
        return Mark(files, (self.folders - before + after) % _MOST)


def mark(site: Path, beside: Path, sums: Path) -> Mark | None:
    """The mark of a site as it stands; None where a file is not as it was when it was summed.

    Args:
        site: its folder.
        beside: the folder that is like it, if there is one.
        sums: where the sums of its files are kept.
    """
    seal, kept, at = manifest.seal(sums), manifest.recall(sums), str(site)
    try:
        for address, (size, time, _) in kept.items():
            said = os.lstat(f"{at}/{address}")
            if said.st_mtime_ns != time or said.st_size != size:
                return None
    except OSError:
        return None
    return Mark(seal, times(site, beside, folders(kept)))


def folders(addresses: Iterable[str]) -> Iterable[str]:
    """The folders that hold some files, or folders of these; the site's own is the empty one."""
    found = {"": None}
    for address in addresses:
        folder = address.rpartition("/")[0]
        while folder not in found:
            found[folder] = None
            folder = folder.rpartition("/")[0]
    return found  # in the order of the files, in which the disk finds them sooner


def times(site: Path, beside: Path, some: Iterable[str]) -> int:
    """A number for the times of some folders of a site, and of those of the folder beside it; nothing where none is."""
    there, here, total = str(site), str(beside), 0
    for one in some:
        first, second = sorted((_time(f"{there}/{one}"), _time(f"{here}/{one}")))  # the two change places
        if second:
            told = f"{one}\t{first}\t{second}".encode("utf-8", "surrogateescape")
            total += int.from_bytes(blake2b(told, digest_size=16).digest())
    return total % _MOST


def _time(folder: str) -> int:
    """When something last came into a folder or went, in nanoseconds; 0 where there is no such folder."""
    try:
        return os.lstat(folder).st_mtime_ns
    except OSError:
        return 0
