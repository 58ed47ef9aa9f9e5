"""Whether anything has changed since it was last seen, from what the disk and Git say, without reading it."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

import hub
import hub_mkdocs
from hub.dates import today
from hub.disk import files, line
from hub.git import git


def told_of(paths: Iterable[Path], told: Sequence[str] = (), root: Path | None = None) -> list[str]:
    """The names, times and sizes of all files at or below some paths, a line each.

    Args:
        paths: files and folders.
        told: what else counts.
        root: the hub's folder, where the day, its commits and tags, and this software count as well.
    """
    lines = [*told]
    if root is not None:
        refs = (git(root, "show-ref", "--head", "--tags") or b"").decode("utf-8", "replace").splitlines()
        packages = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
        lines += [today().isoformat(), str(packages)]
        lines += [ref for ref in refs if ref.endswith(" HEAD") or " refs/tags/edition-" in ref]
        paths = [*paths, *(Path(package.__path__[0]) for package in (hub, hub_mkdocs))]
    for path in paths:
        lines += sorted(map(line, files(path)))
    return lines
