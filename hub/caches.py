"""Where a hub keeps what can be made again: `.cache/hub`, unless somebody else may have put something there."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hub.git import brings

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

FOLDER = Path(".cache", "hub")


def cache_folder(root: Path) -> Path:
    """The folder for a hub's caches, made if need be; where it cannot be used, one for this process, thrown away.

    On a disk that is only read, behind a link, and where a branch brings a cache along, which nobody here has made.

    Args:
        root: the hub's folder.
    """
    folder = root / FOLDER
    if _is_led_away(root) or not _is_writable(folder) or brings(root, FOLDER.as_posix()):
        return Path(_temporary(root).name)
    ignored = folder / ".gitignore"
    if not os.path.lexists(ignored):  # wherever the hub stands, its cache is not committed; a link stays unwritten
        ignored.write_text("*\n", "utf-8")
    return folder


@cache
def _temporary(root: Path) -> TemporaryDirectory[str]:
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - seldom needed, and slow to import

    return TemporaryDirectory(prefix="cop-hub-")


def _is_led_away(root: Path) -> bool:
    """Whether the cache's folder is a link, which a branch may hold and which leads anywhere."""
    return any((root / one).is_symlink() for one in (FOLDER, *FOLDER.parents[:-1]))


def _is_writable(folder: Path) -> bool:
    """Whether files can be made in a folder, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
