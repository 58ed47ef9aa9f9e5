"""What every format of images has to say of one that cannot be read."""

from __future__ import annotations


class Damaged(Exception):
    """An image whose parts do not fit together: nobody can tell what it holds, so it is not published."""


def part(raw: bytes, start: int, length: int) -> bytes:
    """Some bytes of a file.

    Raises:
        Damaged: when it ends before them.
    """
    found = raw[start : start + length]
    if length < 0 or len(found) != length:
        raise Damaged
    return found
