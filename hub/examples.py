"""How a field is written: the example that messages show and that a new file begins with."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hub.about import about_of
from hub.dates import PartialDate, Period
from hub.fields import In, To
from hub.money import Money
from hub.vocab import builtin

_OF_TYPE = {
    PartialDate: "2015-04-18",
    Period: "2009/2014",
    Money: "1299253 EUR",
    bool: "oui",
    int: "3",
}
_ANY_TEXT = "…"
_ANY_ID = "appui-dds"
_IDS = {
    "person": "jean-paul-dossou",
    "organisation": "cerrhud",
    "project": "pass-sourou",
    "group": "hub-cops-benin",
    "term": "fbr",
}


def example_line(name: str, info: FieldInfo) -> str:
    """The field as it stands in front matter, name included; structured values take several lines.

    >>> from hub.model import Entry
    >>> example_line("status", Entry.model_fields["status"])
    'status: brouillon'
    """
    return line(name, example_of(name, info))


def line(name: str, value: str) -> str:
    """A name and a value as YAML; a value that begins on a line of its own gets no space before it."""
    return f"{name}:{value}" if value.startswith("\n") else f"{name}: {value}"


def example_of(name: str, info: FieldInfo) -> str:
    """The value alone: the example that the field declares, or one made from its type."""
    declared = about_of(info, name).example
    if declared:
        return declared
    parts = list(parts_in(info.annotation))
    model = next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)
    listed = tuple in parts
    if model:
        return _structure(model, listed=listed)
    value = next((found for part in (*info.metadata, *parts) if (found := _value(part))), _ANY_TEXT)
    return f"[{value}]" if listed else value


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as `tuple[Lesson, ...] | None`."""
    return (part for part in parts_in(annotation) if isinstance(part, type) and issubclass(part, BaseModel))


def parts_in(annotation: Any) -> Iterator[Any]:
    """The types and marks that an annotation is made of."""
    origin = typing.get_origin(annotation)  # of `tuple[str, ...]`, which passes for a type, too
    if origin is None:
        yield annotation
        return
    if isinstance(origin, type):
        yield origin
    for argument in typing.get_args(annotation):
        yield from parts_in(argument)


def _value(part: Any) -> str:
    if isinstance(part, In):
        known = builtin().get(part.vocabulary)
        return next(iter(known.terms), "") if known else ""
    if isinstance(part, To):
        kind = part.kind or ("person" if part.or_text else "note")
        named = _IDS.get(kind, _ANY_ID)
        return named if part.kind and not part.or_text else f"{kind}:{named}"
    return _OF_TYPE.get(part, "") if isinstance(part, type) else ""


def _structure(model: type[BaseModel], *, listed: bool) -> str:
    """The required fields of a structured value, or its first one where none is required."""
    fields = model.model_fields
    names = [name for name, info in fields.items() if info.is_required()] or list(fields)[:1]
    lines = [row for name in names for row in example_line(name, fields[name]).split("\n")]
    first, other = ("  - ", "    ") if listed else ("  ", "  ")
    return "".join(f"\n{first if index == 0 else other}{row}" for index, row in enumerate(lines))
