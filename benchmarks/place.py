"""Where a benchmark makes its hubs: in memory where there is room, so that no builder pays for the disk's moods.

A file system without a journal (ext4) looks for a free place for each new file as long as many were removed shortly
before: 12,368 files took 2.0 s, and 11.3 s right after they had been removed. Whoever builds after somebody else's
site was thrown away would pay for that.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 8 << 30
"""Bytes that must be free there: the largest site and what is kept of it, twice."""


def folder(prefix: str) -> tempfile.TemporaryDirectory[str]:
    """A folder that goes with the benchmark: in memory, or where the environment's TMPDIR says.

    Args:
        prefix: of its name.
    """
    return tempfile.TemporaryDirectory(prefix=prefix, dir=_MEMORY if is_in_memory() else None)


def is_in_memory() -> bool:
    """Whether folders are made in memory."""
    return "TMPDIR" not in os.environ and _MEMORY.is_mount() and shutil.disk_usage(_MEMORY).free >= _ROOM
