"""What the disk says of files without reading them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

Stamp = tuple[int, int]
"""Size of a file in bytes, and its time in nanoseconds."""
_COMPILED = frozenset({"__pycache__"})


def files(path: Path, skipped: Collection[str] = _COMPILED) -> Iterator[tuple[str, os.stat_result]]:
    """Each file at or below a path, with its time and size.

    Args:
        path: of a file or a folder.
        skipped: names of folders that are not looked into; where nothing is said, those of compiled Python.
    """
    if path.is_dir():
        folders = [str(path)]
        while folders:
            with os.scandir(folders.pop()) as found:
                for one in found:
                    if not one.is_dir(follow_symlinks=False):
                        yield one.path, one.stat(follow_symlinks=False)
                    elif one.name not in skipped:
                        folders.append(one.path)
    elif path.is_file():
        yield str(path), path.stat()


def stamp(said: os.stat_result) -> Stamp:
    """The stamp of a file of which the disk says this."""
    return said.st_size, said.st_mtime_ns


def stamps(folder: Path) -> dict[str, Stamp]:
    """Those of all files below a folder, by their addresses."""
    start = len(str(folder)) + 1
    return {path[start:].replace(os.sep, "/"): stamp(said) for path, said in files(folder, skipped=())}


def readable(path: str) -> str:
    """A path as texts may hold it: composed (NFC), without signs that are no UTF-8."""
    return unicodedata.normalize("NFC", path.encode("utf-8", "replace").decode())


def line(file: tuple[str, os.stat_result]) -> str:
    """A file as a line: it changes when the file does."""
    path, said = file
    return f"{path}\t{said.st_mtime_ns}\t{said.st_size}\n"
