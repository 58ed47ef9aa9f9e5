"""What is read depends on beside the files: this software, and what it stands on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

_READERS = ("pydantic", "PyYAML", "markdown-it-py", "mdit-py-plugins")


@cache
def software(packages: Sequence[str] = _READERS, folders: Sequence[Path] = ()) -> str:
    """A hash of the library, and of what it stands on.

    Args:
        packages: others whose version counts.
        folders: of code that counts beside the library's own.
    """
    found = hashlib.sha256(" ".join(map(version, packages)).encode())
    for top in (Path(__file__).parent, *folders):
        for path in sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(top)}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()
