"""What the disk says of files without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Each file at or below a path, with its time and size; compiled Python does not count."""
    if path.is_dir():
        folders = [str(path)]
        while folders:
            with os.scandir(folders.pop()) as found:
                for one in found:
                    if not one.is_dir(follow_symlinks=False):
                        yield one.path, one.stat(follow_symlinks=False)
                    elif one.name != "__pycache__":
                        folders.append(one.path)
    elif path.is_file():
        yield str(path), path.stat()


def line(file: tuple[str, os.stat_result]) -> str:
    """A file as a line: it changes when the file does."""
    path, said = file
    return f"{path}\t{said.st_mtime_ns}\t{said.st_size}\n"
