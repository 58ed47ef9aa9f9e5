"""Whether anything has changed since it was last seen, from what the disk and Git say, without reading it."""

from __future__ import annotations

import hashlib
import os
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import hub
import hub_mkdocs
from hub.dates import today
from hub.git import git


def seen(paths: Iterable[Path], told: Sequence[str] = (), root: Path | None = None) -> str:
    """A hash of the names, times and sizes of all files at or below some paths.

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
        lines += sorted(_files(str(path)))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _files(path: str) -> Iterator[str]:
    """Each file at or below a path with its time and size; compiled Python does not count."""
    folders = [path]
    if not os.path.isdir(path):  # noqa: PTH112 - asked tens of thousands of times
        folders = []
        yield _line(path, os.stat(path))  # noqa: PTH116
    while folders:
        with os.scandir(folders.pop()) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    if one.name != "__pycache__":
                        folders.append(one.path)
                else:
                    yield _line(one.path, one.stat(follow_symlinks=False))


def _line(path: str, said: os.stat_result) -> str:
    return f"{path}\t{said.st_mtime_ns}\t{said.st_size}"
