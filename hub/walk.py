"""Every value of an entry, with its path, what is told of its field, and the structured value around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from hub.about import About, about_of
from hub.frontmatter import Path


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
