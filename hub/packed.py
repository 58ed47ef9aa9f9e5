"""Values that are long and seldom asked for: bytes once they have come from another process, until somebody asks."""

from __future__ import annotations

import pickle
import zlib
from functools import lru_cache
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

_OPEN = 64
"""Values that stay open, of those that were asked for last: what looks at one text asks for it several times."""
_LEVEL = 1
"""Of zlib: the quickest makes a text less than half as long, and a better one hardly shorter."""


class Packed(Generic[Value]):
    """A value, which is packed when it is pickled and opened when it is asked for.

    A large hub is read by several processes, so all its texts come packed, and memory holds less than half of what
    their files do. The bytes are pickles: they may only be opened where nobody else can have put them.

    Args:
        value: which must not change, and can be pickled.
    """

    __slots__ = ("_bytes", "_value")

    def __init__(self, value: Value) -> None:
        self._value, self._bytes = value, b""

    @classmethod
    def _of(cls, packed: bytes) -> Packed[Any]:
        made: Packed[Any] = cls.__new__(cls)
        made._value, made._bytes = None, packed
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        packed = self._bytes or zlib.compress(pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL), _LEVEL)
        return Packed._of, (packed,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    @property
    def value(self) -> Value:
        """The value."""
        return _opened(self._bytes) if self._bytes else self._value


@lru_cache(_OPEN)
def _opened(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - of our own making
