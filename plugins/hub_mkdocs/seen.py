"""Whether anything has changed since it was last seen, from what the disk and Git say, without reading it."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

import hub
import hub_mkdocs
from hub.dates import today
from hub.disk import files, line
from hub.git import git

_MARKS = 1 << 128


def mark(seen: Iterable[tuple[str, os.stat_result]]) -> int:
    """A number that changes when the name, time or size of any of some files does.

    It is a sum, so that it can be told again from those files alone that have changed (AdHash: Bellare and Micciancio,
    “A new paradigm for collision-free hashing”, 1997; nobody attacks it here).
    """
    lines = (line(file).encode("utf-8", "surrogateescape") for file in seen)
    return sum(int.from_bytes(blake2b(one, digest_size=16).digest()) for one in lines) % _MARKS


def amended(before: int, old: Iterable[tuple[str, os.stat_result]], new: Iterable[tuple[str, os.stat_result]]) -> int:
    """The mark of files of which some, `old`, were others."""
    return (before - mark(old) + mark(new)) % _MARKS


def told_of(paths: Iterable[Path], told: Sequence[str] = (), root: Path | None = None) -> list[str]:
    """The names, times and sizes of all files at or below some paths, a line each.

    Args:
        paths: files and folders.
        told: what else counts.
        root: the hub's folder, where the day, its commits and tags, and this software count as well.
    """
    lines = [*told]
    if root is not None:
        heads = git(root, "for-each-ref", "--format=%(objectname) %(refname)", "refs/tags/edition-*") or b""
        head = git(root, "rev-parse", "-q", "--verify", "HEAD") or b""
        packages = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
        lines += [today().isoformat(), heads.decode("utf-8", "replace"), head.decode(), str(packages)]
        paths = [*paths, *(Path(package.__path__[0]) for package in (hub, hub_mkdocs))]
    for path in paths:
        lines += sorted(map(line, files(path)))
    return lines
