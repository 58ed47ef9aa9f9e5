"""Whether anything has changed since it was last seen, from what the disk and Git say, without reading it."""

from __future__ import annotations

import hashlib
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

import hub
import hub_mkdocs
from hub.dates import today
from hub.disk import files, line
from hub.git import git, place


def told_of(paths: Iterable[Path], told: Sequence[str] = (), root: Path | None = None) -> list[str]:
    """The names, times and sizes of all files at or below some paths, a line each.

    Args:
        paths: files and folders.
        told: what else counts.
        root: the hub's folder, where the day, this software and what Git tells of the history count as well.
    """
    lines = [*told]
    if root is not None:
        tags = (git(root, "show-ref", "--tags") or b"").decode("utf-8", "replace").splitlines()
        packages = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
        lines += [today().isoformat(), str(packages), *(tag for tag in tags if " refs/tags/edition-" in tag)]
        here = place(root)
        if here:
            lines += [here.tip, *sorted(here.boundary), hashlib.sha256(here.names).hexdigest()]
        paths = [*paths, *(Path(package.__path__[0]) for package in (hub, hub_mkdocs))]
    for path in paths:
        lines += sorted(map(line, files(path)))
    return lines
