"""From front matter to a typed entry: validation by the kind's model, every fault put back at its place in the file.

A faulty value is reported and then left out, so that one mistake costs one field, not the entry, and does not make
every reference to the entry a fault as well.
"""

from __future__ import annotations

import copy
import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from hub.diagnostics import Diagnostic, Edit, Message
from hub.fields import BY_CODE, MISSING_FIELD, UNKNOWN_KEY, WRONG_TYPE, About, BindingContext, about_of
from hub.frontmatter import Path, SourceText
from hub.i18n import Label, N_
from hub.markdown import outline
from hub.model import Entry, Kind, Origin
from hub.nearest import fold, nearest

_EXPECTED = {
    "string_type": N_("a text"),
    "tuple_type": N_("a list"),
    "model_type": N_("fields of its own"),
    "model_attributes_type": N_("fields of its own"),
    "int_parsing": N_("a whole number"),
    "int_type": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "float_parsing": N_("a number"),
    "bool_parsing": N_("yes or no (oui, non)"),
    "bool_type": N_("yes or no (oui, non)"),
}
_ROUNDS = 20


def bind(
    kind: Kind, source: SourceText, src_uri: str, *, entry_id: str, lang: str, context: BindingContext
) -> tuple[Entry | None, list[Diagnostic]]:
    """Make an entry of a file.

    Args:
        kind: what the file's folder says it is.
        source: the file as read.
        src_uri: the file, relative to `docs/`.
        entry_id, lang: what the file's name says; the front matter may say otherwise.
        context: the hub's vocabularies and kinds.

    Returns:
        The entry without its faulty values, or None when it cannot stand without one of them; and every fault.
    """
    data = copy.deepcopy(dict(source.front.data))
    data.setdefault("id", entry_id)
    data.setdefault("lang", lang)
    faults: list[Diagnostic] = []
    for attempt in range(_ROUNDS):
        try:
            entry = kind.model.model_validate(data, context=context)
        except ValidationError as error:
            found = error.errors(include_url=False)
            if attempt == 0:
                faults = [_diagnostic(kind, source, one) for one in found]
            for one in sorted(found, key=_last_first, reverse=True):
                if not _leave_out(data, one, entry_id):
                    return None, faults
        else:
            entry._origin = Origin(kind, src_uri, source, outline(source.body))  # noqa: SLF001 - set here and nowhere else
            return entry, faults
    return None, faults


def _last_first(error: Any) -> list[tuple[int, str]]:
    """Order in which values can be left out of lists without moving those still to be left out."""
    return [(part, "") if isinstance(part, int) else (0, part) for part in error["loc"]]


def _diagnostic(kind: Kind, source: SourceText, error: Any) -> Diagnostic:
    loc: Path = error["loc"]
    info, model = _field_at(kind.model, loc)
    key = str(next((part for part in reversed(loc) if isinstance(part, str)), ""))
    told = about_of(info, key) if info else About(Label(key, key))
    example = f"{key}: {told.example or '…'}"
    if error["type"] == "missing":
        params = {"key": key, "label": _BothLabels(told.label), "example": example}
        return Diagnostic(MISSING_FIELD, source.locate_key(loc), params)
    if error["type"] == "extra_forbidden":
        return _unknown_key(source, loc, model)
    rule = BY_CODE.get(error["type"])
    if rule:
        return Diagnostic(rule, source.locate(loc), dict(error.get("ctx", {})))
    expected = Message(_EXPECTED.get(error["type"], N_("another kind of value")))
    params = {"key": key, "found": Message(_sort_of(error["input"])), "expected": expected, "example": example}
    return Diagnostic(WRONG_TYPE, source.locate(loc), params)


def _BothLabels(label: Label) -> Message:  # noqa: N802 - reads as the value it makes
    return Message(label.en if label.en == label.fr else f"{label.fr}, {label.en}")


def _unknown_key(source: SourceText, loc: Path, model: type[BaseModel]) -> Diagnostic:
    """Propose the field that was meant: by its key, or by its label in either language."""
    key = str(loc[-1])
    words: dict[str, str] = {}
    for name, info in model.model_fields.items():
        for label in about_of(info, name).label:
            words.setdefault(label, name)
    words |= {name: name for name in model.model_fields}
    word = nearest(key, words, cutoff=0) or key
    meant = words.get(word, key)
    told = about_of(model.model_fields[meant], meant) if meant in model.model_fields else About(Label("", ""))
    params = {"key": key, "nearest": meant, "example": f"{meant}: {told.example or '…'}"}
    span = source.front.keys.get(loc)
    safe = span and fold(word) == fold(key) and (*loc[:-1], meant) not in source.front.keys
    edit = Edit(span.start, span.end, meant) if safe and span else None
    return Diagnostic(UNKNOWN_KEY, source.locate_key(loc), params, edit)


def _sort_of(value: Any) -> str:
    if isinstance(value, dict):
        return N_("fields")
    return N_("a list") if isinstance(value, (list, tuple)) else N_("a text")


def _field_at(model: type[BaseModel], loc: Path) -> tuple[FieldInfo | None, type[BaseModel]]:
    """The field at the end of a pydantic location, and the model that it belongs to."""
    info: FieldInfo | None = None
    owner = model
    for part in loc:
        if isinstance(part, int):
            continue
        if info is not None:
            owner = next(models_in(info.annotation), owner)
        info = owner.model_fields.get(part)
    return info, owner


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as `tuple[Lesson, ...] | None`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from models_in(argument)


def _leave_out(data: dict[str, Any], error: Any, entry_id: str) -> bool:
    """Take the faulty value out of `data`; False when the entry cannot stand without it."""
    loc = error["loc"]
    if error["type"] == "missing":
        if loc == ("title",):
            data["title"] = entry_id.rsplit("/", 1)[-1].replace("-", " ").capitalize()
            return True
        loc = loc[:-1]
        if not loc:
            return False
    holder: Any = data
    for part in loc[:-1]:
        inner = holder[part] if _has(holder, part) else None
        if not isinstance(inner, (dict, list)):
            loc = loc[: loc.index(part) + 1]
            break
        holder = inner
    last = loc[-1]
    if _has(holder, last):
        del holder[last]
    elif isinstance(last, int):  # one value that stood for a list of one
        return _leave_out(data, {"loc": loc[:-1], "type": ""}, entry_id)
    return True


def _has(holder: Any, part: Any) -> bool:
    if isinstance(holder, dict):
        return part in holder
    return isinstance(holder, list) and isinstance(part, int) and part < len(holder)
