"""Python runs this before a build under test: at its N-th change of the disk the build fails, or is killed.

HUB_TEST_COUNT names a file of eight bytes that counts the changes of all processes below HUB_TEST_BELOW. At number
HUB_TEST_AT, HUB_TEST_FAULT says what happens: `once` (this change fails for want of room), `full` (so does every change
after it, but for what makes room), `half` (the same, and half of a file was written), `kill` (all processes end).
"""

from __future__ import annotations

import builtins
import errno
import functools
import io
import mmap
import os
import signal
import struct
from pathlib import Path

_PATH = os.environ.get("HUB_TEST_COUNT", "")
_AT = int(os.environ.get("HUB_TEST_AT", "0"))
_FAULT = os.environ.get("HUB_TEST_FAULT", "")
_BELOW = tuple(filter(None, os.environ.get("HUB_TEST_BELOW", "").split(os.pathsep)))
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Half(io.FileIO):
    """A file into which only half of the first bytes fit."""

    def write(self, data):
        data = bytes(data)
        super().write(data[: len(data) // 2])
        raise _full(self.name)


def _full(path):
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fspath(path) if not isinstance(path, int) else None)


def _fails(path, *, frees=False):
    """Whether a change of the disk is to fail; it is counted."""
    try:
        where = os.fsdecode(os.fspath(path))
    except TypeError:  # a file that is open
        return False
    if not os.path.abspath(where).startswith(_BELOW):  # noqa: PTH100 - links are not to be followed
        return False
    number = struct.unpack("q", _counter[:8])[0] + 1
    _counter[:8] = struct.pack("q", number)
    if _FAULT == "kill" and number == _AT:
        os.killpg(0, signal.SIGKILL)
    if _FAULT == "once":
        return number == _AT
    return not frees and 0 < _AT <= number


def _failing(name, which, *, frees=False):
    real = getattr(os, name)

    @functools.wraps(real)
    def changed(*given, **options):
        if _fails(given[which], frees=frees):
            raise _full(given[which])
        return real(*given, **options)

    setattr(os, name, changed)


def _patch():
    real_open, real_os_open = io.open, os.open

    def opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
        if not isinstance(file, int) and opener is None and set(mode) & set("wxa+") and _fails(file):
            if _FAULT != "half" or "+" in mode:
                raise _full(file)
            half = io.BufferedWriter(_Half(file, mode.replace("b", "").replace("t", "")))
            return half if "b" in mode else io.TextIOWrapper(half, encoding or "utf-8", errors, newline)
        return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)

    def os_opened(path, flags, mode=0o777, *, dir_fd=None):
        if flags & _WRITES and dir_fd is None and _fails(path):
            raise _full(path)
        return real_os_open(path, flags, mode, dir_fd=dir_fd)

    builtins.open = io.open = opened
    os.open = os_opened
    for name, which in (("mkdir", 0), ("rename", 1), ("replace", 1), ("link", 1), ("symlink", 1)):
        _failing(name, which)
    for name in ("unlink", "remove", "rmdir"):
        _failing(name, 0, frees=True)


if os.environ.get("HUB_TEST_KEEP"):  # texts are kept in hubs of some size; here in each
    import hub.files

    hub.files.FEW = 0

if _PATH:
    with Path(_PATH).open("r+b") as _file:
        _counter = mmap.mmap(_file.fileno(), 8)
    _patch()
