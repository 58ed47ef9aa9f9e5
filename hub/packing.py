"""Entries and faults as bytes, for another process or another day; an entry's kind is named, not copied.

Memory holds the entries of a whole hub, so they are unpacked small: what fields have by default is one object for all
entries, so is each small value that many of them have, and what is long waits in a file.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from hub.dates import PartialDate
from hub.fields import Code, Ref
from hub.markdown.outline import Heading
from hub.model import Kind
from hub.packed import Aside, of_bytes

_SMALL = frozenset({Code, Heading, PartialDate, Ref})
"""Sorts of values of which many entries have the same."""
_GIVEN: set[str] = set()
"""Stands for the names of the fields that were given, of which pydantic has a set for each value; nobody asks."""


class Packing:
    """Packs values of one hub. The bytes are pickles: they may only be unpacked where nobody else can have put them.

    Args:
        kinds: of the hub, by name.
        folder: on whose disk long values wait until they are asked for.
    """

    def __init__(self, kinds: Mapping[str, Kind], folder: Path) -> None:
        self._known: dict[tuple[type, tuple[Any, ...]], Any] = {}
        self._own = {_kind: kinds.__getitem__, _small: self._same, of_bytes: Aside(folder).of_bytes}
        self._classes: dict[tuple[str, str], Any] = {}

    def pack(self, value: object) -> bytes:
        """A value as bytes."""
        made = io.BytesIO()
        _Pickler(made, pickle.HIGHEST_PROTOCOL).dump(value)
        return made.getvalue()

    def unpack(self, packed: bytes) -> Any:
        """What was packed."""
        return _Unpickler(io.BytesIO(packed), self._own, self._classes).load()

    def _same(self, sort: type, given: tuple[Any, ...]) -> Any:
        found = self._known.get((sort, given))
        if found is None:
            found = self._known[sort, given] = sort(*given)
        return found


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, BaseModel):
            default = _defaults(type(value))
            given = {name: held for name, held in value.__dict__.items() if held is not default[name]}
            return _model, (type(value), given, value.__pydantic_private__)
        if type(value) in _SMALL:
            return _small, value.__reduce__()
        return (_kind, (value.name,)) if isinstance(value, Kind) else NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, own: Mapping[Any, Any], classes: dict[tuple[str, str], Any]) -> None:
        super().__init__(file)
        self._own, self._classes = own, classes

    def find_class(self, module: str, name: str) -> Any:
        found = self._classes.get((module, name))
        if found is None:
            plain = super().find_class(module, name)
            found = self._classes[module, name] = self._own.get(plain, plain)
        return found


def _kind(name: str) -> Kind:
    raise LookupError(name)  # stands in the bytes for the look-up in the hub that unpacks them


def _small(sort: type, given: tuple[Any, ...]) -> Any:
    raise LookupError(sort, given)  # likewise


def _model(sort: type[BaseModel], given: Mapping[str, Any], private: dict[str, Any] | None) -> BaseModel:
    """A value as pydantic has made it, without the way through its checks."""
    made = sort.__new__(sort)
    state = {"__dict__": {**_defaults(sort), **given}, "__pydantic_private__": private}
    made.__setstate__({**state, "__pydantic_extra__": None, "__pydantic_fields_set__": _GIVEN})
    return made


@cache
def _defaults(sort: type[BaseModel]) -> dict[str, Any]:
    """What each field of a model has that was not given: None where it must be."""
    return {name: None if info.is_required() else info.get_default() for name, info in sort.model_fields.items()}
