"""What an entry holds: every value with its path, its field and the structured value around it; files that it names."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel

from hub.about import About, about_of
from hub.model import Entry
from hub.naming import joined
from hub.once import once
from hub.source import Path

_Model = TypeVar("_Model", bound=BaseModel)
_MARK = "id"
"""The field by which a part can be cited."""


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


def walk(model: BaseModel, sort: type = object) -> Iterator[Value]:
    """Every value of a model that was given or has a default, in the order of its fields.

    Args:
        model: an entry, or a part of one.
        sort: of the values that are wanted, where not all are.
    """
    found: list[Value] = []
    _walk(model, (), found, sort)
    return iter(found)


def _walk(model: BaseModel, path: Path, found: list[Value], sort: type) -> None:
    # Every check does this to every value of the hub: a list and the dictionary are the fastest.
    values = model.__dict__
    for name, told in _told(type(model), sort):
        value = values[name]
        if value is None or value == ():
            continue
        if not isinstance(value, tuple):
            if isinstance(value, BaseModel):
                _walk(value, (*path, name), found, sort)
            elif isinstance(value, sort):
                found.append(Value((*path, name), value, told, model))
            continue
        for index, item in enumerate(value):
            if isinstance(item, BaseModel):
                _walk(item, (*path, name, index), found, sort)
            elif isinstance(item, sort):
                found.append(Value((*path, name, index), item, told, model))


def marks(model: BaseModel, *, is_part: bool = False) -> Iterator[str]:
    """The ids of the parts of an entry, in the order of its fields: what can be cited of it.

    Args:
        model: the entry, or a part of one.
        is_part: whether it is one; an entry's own id is no mark.
    """
    values = model.__dict__
    for name in _leading_to_marks(type(model)):
        value = values[name]
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                yield from marks(one, is_part=True)
        if is_part and name == _MARK and isinstance(value, str):
            yield value


@cache
def _leading_to_marks(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that may hold parts, or are marks themselves."""
    fields = model.model_fields.items()
    return tuple(name for name, info in fields if name == _MARK or _may_hold(info.annotation, BaseModel))


@cache
def _told(model: type[BaseModel], sort: type) -> tuple[tuple[str, About], ...]:
    """The fields of a model that may hold a value of a sort, and what is told of them."""
    fields = ((name, info) for name, info in model.model_fields.items() if _may_hold(info.annotation, sort))
    return tuple((name, about_of(info, name)) for name, info in fields)


def _may_hold(declared: Any, sort: type) -> bool:
    """Whether what is declared of a field lets it hold a value of a sort, itself or in a part."""
    origin, within = get_origin(declared), get_args(declared)
    if origin is Annotated:
        return _may_hold(within[0], sort)
    if origin is Literal:
        return any(isinstance(one, sort) for one in within)
    if within:
        return any(_may_hold(one, sort) for one in within if one is not Ellipsis)
    if declared is Any or not isinstance(declared, type):
        return True  # nobody knows
    return issubclass(declared, (BaseModel, sort)) or issubclass(sort, declared)


@once
def files_of(entry: Entry) -> frozenset[str]:
    """The files in `docs/` that an entry names, in its text and in its fields `file` and `photo`."""
    names = [image.target for image in entry.outline.images] + [link.target for link in entry.outline.links]
    names += [name for name in (getattr(entry, "file", None), getattr(entry, "photo", None)) if name]
    folder_of = posixpath.dirname(entry.src_uri)
    return frozenset(joined(folder_of, name).lstrip("/") for name in names)


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
