"""What an entry holds: every value with its path, its field and the structured value around it; files that it names."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from hub.about import About, about_of
from hub.model import Entry
from hub.source import Path

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Value:
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
    yield from _walk(model, ())


def _walk(model: BaseModel, path: Path) -> Iterator[Value]:
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if value is None or value == ():
            continue
        told = about_of(info, name)
        items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, item in items:
            here = (*path, name) if index is None else (*path, name, index)
            if isinstance(item, BaseModel):
                yield from _walk(item, here)
            else:
                yield Value(here, item, told, model)


def files_of(entry: Entry) -> set[str]:
    """The files in `docs/` that an entry names, in its text and in its fields `file` and `photo`."""
    names = [image.target for image in entry.outline.images] + [link.target for link in entry.outline.links]
    names += [name for name in (getattr(entry, "file", None), getattr(entry, "photo", None)) if name]
    folder_of = posixpath.dirname(entry.src_uri)
    return {posixpath.normpath(posixpath.join(folder_of, name)).lstrip("/") for name in names}


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
