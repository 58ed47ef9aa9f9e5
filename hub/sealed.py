"""Files of the cache: written whole or not at all; values with a sum, so that what is damaged is as good as none."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from hub.repairs import DAMAGED, note

_TIMES = 20
"""How often writing is tried again; others seldom come between once."""


def put(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all. What stands in its place is replaced, a link or a folder too.

    Raises:
        OSError: when it cannot be written.
    """
    for _ in range(_TIMES):
        try:
            _put(path, content)
        except FileNotFoundError:  # another process has tidied up, and taken away what was to take the place
            continue
        return
    _put(path, content)


def _put(path: Path, content: bytes) -> None:
    if path.parent.is_symlink() or not path.parent.is_dir():
        path.parent.unlink(missing_ok=True)
        path.parent.mkdir(parents=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def put_summed(path: Path, told: bytes) -> None:
    """Write bytes with their sum before them.

    Raises:
        OSError: when they cannot be written.
    """
    put(path, hashlib.sha256(told).hexdigest().encode() + b"\n" + told)
    # What processes that were killed have left of it may hold what was withdrawn since.
    for one in path.parent.glob(f"{glob.escape(path.name)}.*"):
        if one.suffix[1:].isdigit():
            with suppress(OSError):
                one.unlink()


def seal(path: Path) -> str:
    """The sum that stands before bytes that were written so; nothing where there is none."""
    try:
        with path.open("rb") as file:
            return file.readline().decode("ascii", "replace").strip()
    except OSError:
        return ""


def summed(path: Path) -> bytes | None:
    """The bytes that were written so; None where there are none, or the file is not as it was written."""
    try:
        head, _, told = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    except OSError:
        head, told = b"", b""
    if head == hashlib.sha256(told).hexdigest().encode():
        return told
    note(DAMAGED, path=path)
    return None


def write(path: Path, value: Any) -> None:
    """Keep a value.

    Raises:
        OSError: when it cannot be written.
    """
    put_summed(path, json.dumps(value, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def read(path: Path) -> Any:
    """The value that was kept; None where there is none, or the file is not as it was written."""
    told = summed(path)
    return None if told is None else json.loads(told)
