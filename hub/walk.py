"""What an entry holds: every value with its path, its field and the structured value around it; files that it names."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from hub.about import About, about_of
from hub.model import Entry
from hub.once import once
from hub.source import Path

_Model = TypeVar("_Model", bound=BaseModel)


class Value(NamedTuple):
    """One value that is neither a list nor a structure.

    Attributes:
        path: the way to it.
        value: itself.
        about: what is told of its field.
        parent: the entry or part that holds the field.
    """

    path: Path
    value: Any
    about: About
    parent: BaseModel


def walk(model: BaseModel) -> Iterator[Value]:
    """Every value of a model that was given or has a default, in the order of its fields."""
    found: list[Value] = []
    _walk(model, (), found)
    return iter(found)


def _walk(model: BaseModel, path: Path, found: list[Value]) -> None:
    # Every check does this to every value of the hub: a list and the dictionary are the fastest.
    values = model.__dict__
    for name, told in _told(type(model)):
        value = values[name]
        if value is None or value == ():
            continue
        if not isinstance(value, tuple):
            if isinstance(value, BaseModel):
                _walk(value, (*path, name), found)
            else:
                found.append(Value((*path, name), value, told, model))
            continue
        for index, item in enumerate(value):
            if isinstance(item, BaseModel):
                _walk(item, (*path, name, index), found)
            else:
                found.append(Value((*path, name, index), item, told, model))


@cache
def _told(model: type[BaseModel]) -> tuple[tuple[str, About], ...]:
    return tuple((name, about_of(info, name)) for name, info in model.model_fields.items())


@once
def files_of(entry: Entry) -> frozenset[str]:
    """The files in `docs/` that an entry names, in its text and in its fields `file` and `photo`."""
    names = [image.target for image in entry.outline.images] + [link.target for link in entry.outline.links]
    names += [name for name in (getattr(entry, "file", None), getattr(entry, "photo", None)) if name]
    folder_of = posixpath.dirname(entry.src_uri)
    return frozenset(posixpath.normpath(posixpath.join(folder_of, name)).lstrip("/") for name in names)


def rewritten(model: _Model, change: Callable[[Any], Any]) -> _Model:
    """The model with each value that is neither a list nor a structure as `change` gives it back."""
    found = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if value is None or value == ():
            continue
        new = _rewritten(value, change)
        if new is not value:
            found[name] = new
    return model.model_copy(update=found) if found else model


def _rewritten(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        items = tuple(_rewritten(item, change) for item in value)
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    return rewritten(value, change) if isinstance(value, BaseModel) else change(value)
