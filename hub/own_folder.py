"""Where pickles are kept: a folder of the user's own, outside of every repository.

Opening a pickle runs whatever its maker put into it: a text as it was read is one, and a Whoosh index is full of them.
A branch that somebody checks out to review may hold any file, `.cache/` too. No mark inside a folder could prove who
made it, so the place does: the user's cache folder, under a name made from the hub's path, owned by the user and
writable by nobody else. If that place lies within the hub, or within the repository around it (some services put the
cache folder there), nothing is read from it: what belongs there is made for one process and thrown away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from pathlib import Path

MARK = "hub.txt"
"""Says which hub a folder belongs to."""
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def folder_for(root: Path, sort: str) -> Path | None:
    """The folder for something of a hub (`whoosh`), made if need be; None where no place is safe."""
    root = root.resolve()
    try:
        folder = _caches() / "cop-hub" / sort / hashlib.sha256(os.fsencode(root)).hexdigest()[:24]
        folder = folder.resolve()
        if folder.is_relative_to(_repository(root)):
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder):
            return None
        if not (folder / MARK).exists():
            _forget_gone(folder.parent)
            (folder / MARK).write_bytes(os.fsencode(root))
    except (OSError, RuntimeError):  # no home, a loop of links, a disk that cannot be written
        return None
    return folder


def _caches() -> Path:
    """The user's folder for what can be made again (XDG Base Directory Specification; a relative path is ignored)."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        given = Path(os.environ.get(name, ""))
        if given.is_absolute():
            return given
    return Path.home() / ".cache"


def _repository(root: Path) -> Path:
    """The outermost repository around a hub, or the hub."""
    around = [folder for folder in (root, *root.parents) if (folder / ".git").exists()]
    return around[-1] if around else root


def _is_own(folder: Path) -> bool:
    if not os.access(folder, os.W_OK):
        return False
    if os.name == "nt":  # the user's profile is not open to others, and modes say nothing
        return True
    told = folder.stat()
    return told.st_uid == os.getuid() and not told.st_mode & _OTHERS


def _forget_gone(folders: Path) -> None:
    """Take away what belongs to hubs that are no longer there."""
    for note in folders.glob(f"*/{MARK}"):
        if not Path(os.fsdecode(note.read_bytes())).exists():
            shutil.rmtree(note.parent, ignore_errors=True)
