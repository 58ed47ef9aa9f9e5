"""Values that are long and seldom asked for: bytes once they have come from another process, until somebody asks."""

from __future__ import annotations

import os
import pickle
import tempfile
import zlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Generic, TypeVar, cast

Value = TypeVar("Value")

_OPEN = 64
"""Values that stay open, of those that were asked for last: what looks at one text asks for it several times."""
_LEVEL = 1
"""Of zlib: the quickest makes a text less than half as long, and a better one hardly shorter."""
_LENGTH = 32
"""Bits of a place that tell a length; those before tell where in the file it begins. A hub has many such places."""


_Held = bytes | IO[bytes]
"""What holds a packed value."""


class Packed(Generic[Value]):
    """A value, which is packed when it is pickled and opened when it is asked for.

    A large hub is read by several processes, so all its texts come packed. The bytes are pickles: they may only be
    opened where nobody else can have put them.

    Args:
        value: which must not change, and can be pickled.
    """

    # What is held is the value itself, where it has no place, or bytes, or a file with the bytes at that place.
    __slots__ = ("_held", "_place")

    def __init__(self, value: Value) -> None:
        self._held: Any = value
        self._place: int | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        if self._place is None:
            return of_bytes, (zlib.compress(pickle.dumps(self._held, pickle.HIGHEST_PROTOCOL), _LEVEL),)
        return of_bytes, (_read(self._held, self._place),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    @property
    def value(self) -> Value:
        """The value."""
        return cast("Value", self._held if self._place is None else _opened(self._held, self._place))


class Aside:
    """Holds the bytes of packed values in a file and not in memory; it has no name, and goes with the last of them.

    Args:
        folder: on whose disk.
    """

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] | None = None
        self._end = 0
        if hasattr(os, "pread"):
            with suppress(OSError):
                self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed with the last value

    def of_bytes(self, packed: bytes) -> Packed[Any]:
        """The value that was packed as these bytes, which stay in memory where the disk does not take them."""
        start, length = self._end, len(packed)
        if self._file:
            with suppress(OSError):
                if os.pwrite(self._file.fileno(), packed, start) == length:
                    self._end += length
                    return _packed(self._file, start << _LENGTH | length)
        return of_bytes(packed)


def of_bytes(packed: bytes) -> Packed[Any]:
    """The value that was packed as these bytes."""
    return _packed(packed, 0)


def _packed(held: _Held, place: int) -> Packed[Any]:
    made: Packed[Any] = Packed(held)
    made._place = place  # noqa: SLF001 - a value of this module, which nobody else has yet
    return made


def _read(held: _Held, place: int) -> bytes:
    if isinstance(held, bytes):
        return held
    # Processes that were forked share the place at which a file is read, but not one that is named.
    return os.pread(held.fileno(), place & (1 << _LENGTH) - 1, place >> _LENGTH)


@lru_cache(_OPEN)
def _opened(held: _Held, place: int) -> Any:
    return pickle.loads(zlib.decompress(_read(held, place)))  # noqa: S301 - of our own making
