"""What a site depends on beside its content: this software, what it stands on, and folders of templates."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hub.software import software

_MAKERS = (
    *("mkdocs", "mkdocs-material", "Jinja2", "MarkupSafe", "markdown-it-py", "mdit-py-plugins"),
    *("Babel", "pydantic", "PyYAML", "numpy"),
)
"""The packages that shape what is written."""


def site_software() -> str:
    """A hash of this software and of what it stands on."""
    return software(_MAKERS, (Path(__file__).parent,))


def state(folder: Path) -> str:
    """A hash of the names, times and sizes of the files in a folder."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        said = path.stat()
        lines.append(f"{path.relative_to(folder).as_posix()}\t{said.st_size}\t{said.st_mtime_ns}\n")
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
