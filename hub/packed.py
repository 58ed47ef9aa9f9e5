"""Values that are long and seldom asked for: bytes once they have come from another process, until somebody asks."""

from __future__ import annotations

import os
import pickle
import tempfile
import zlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Generic, NamedTuple, TypeVar, cast

Value = TypeVar("Value")

_OPEN = 64
"""Values that stay open, of those that were asked for last: what looks at one text asks for it several times."""
_LEVEL = 1
"""Of zlib: the quickest makes a text less than half as long, and a better one hardly shorter."""


class Packed(Generic[Value]):
    """A value, which is packed when it is pickled and opened when it is asked for.

    A large hub is read by several processes, so all its texts come packed. The bytes are pickles: they may only be
    opened where nobody else can have put them.

    Args:
        value: which must not change, and can be pickled.
    """

    __slots__ = ("_bytes", "_value")

    def __init__(self, value: Value) -> None:
        self._value: Value | None = value
        self._bytes: bytes | _Stretch = b""

    def __reduce__(self) -> tuple[Any, ...]:
        packed = _read(self._bytes) or zlib.compress(pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL), _LEVEL)
        return of_bytes, (packed,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    @property
    def value(self) -> Value:
        """The value."""
        return _opened(self._bytes) if self._bytes else cast("Value", self._value)


class _Stretch(NamedTuple):
    """Bytes in an open file."""

    file: IO[bytes]
    start: int
    length: int


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
                    return _packed(_Stretch(self._file, start, length))
        return _packed(packed)


def of_bytes(packed: bytes) -> Packed[Any]:
    """The value that was packed as these bytes."""
    return _packed(packed)


def _packed(packed: bytes | _Stretch) -> Packed[Any]:
    made: Packed[Any] = Packed(None)
    made._bytes = packed  # noqa: SLF001 - a value of this module, which nobody else has yet
    return made


def _read(packed: bytes | _Stretch) -> bytes:
    # Processes that were forked share the place at which a file is read, but not one that is named.
    return os.pread(packed.file.fileno(), packed.length, packed.start) if isinstance(packed, _Stretch) else packed


@lru_cache(_OPEN)
def _opened(packed: bytes | _Stretch) -> Any:
    return pickle.loads(zlib.decompress(_read(packed)))  # noqa: S301 - of our own making
