"""What a site depends on beside its content: this software, what it stands on, and folders of templates."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import hub
import hub_mkdocs

_MAKERS = (
    *("mkdocs", "mkdocs-material", "Jinja2", "MarkupSafe", "markdown-it-py", "mdit-py-plugins"),
    *("Babel", "pydantic", "PyYAML", "numpy"),
)
"""The packages that shape what is written."""


@cache
def software() -> str:
    """A hash of this software and of what it stands on."""
    found = hashlib.sha256(" ".join(map(version, _MAKERS)).encode())
    for package in (hub, hub_mkdocs):
        top = Path(cast("Any", package).__file__).parent
        for path in sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(top)}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def state(folder: Path) -> str:
    """A hash of the names, times and sizes of the files in a folder."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        said = path.stat()
        lines.append(f"{path.relative_to(folder).as_posix()}\t{said.st_size}\t{said.st_mtime_ns}\n")
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
