"""From front matter to a typed entry: validation by the kind's model, every fault put back at its place in the file.

A faulty value is reported and then left out, so that one mistake costs one field, not the entry, and does not make
every reference to the entry a fault as well.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from hub.about import about_of
from hub.diagnostics import Diagnostic, Edit, Lines, Message, Rule, Severity
from hub.examples import example_line, example_of, line, models_in, parts_in
from hub.field_rules import BY_CODE, MISSING_FIELD, UNKNOWN_KEY, WRONG_TYPE
from hub.fields import BindingContext
from hub.i18n import N_, Label
from hub.location import Location
from hub.markdown import read
from hub.markdown.limits import MOST_CELLS, MOST_CHARACTERS
from hub.model import Entry, Kind, Origin
from hub.nearest import fold, nearest
from hub.source import Path, SourceText

TEXT_NOT_READ = Rule(
    "text-not-read",
    Severity.ERROR,
    N_("The text cannot be laid out: {reason}. The page shows it as it is written."),
    N_(
        "Divide it into several texts, put a large table into a file beside it, or take out what repeats itself. "
        "Example: [the figures](figures.csv)"
    ),
)
RULES = (TEXT_NOT_READ,)
_REFUSED = {
    "long": Message(N_("it has more than {n} characters"), {"n": MOST_CHARACTERS}),
    "cells": Message(N_("its tables have more than {n} cells"), {"n": MOST_CELLS}),
    "nested": Message(N_("lists, quotations or notes stand too deep inside one another")),
    "time": Message(N_("it takes too long")),
    "memory": Message(N_("it takes too much memory")),
    "broken": Message(N_("the software stumbles over it, which is to be reported")),
}
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
_LIKENESS = 70.0
"""Least likeness of an unknown key to the field that it is taken for, 0 to 100."""
_PLAIN = re.compile(r"[^\W\d_][\w ’-]*")
"""Text that YAML takes within brackets without quotes."""
_FROM_THE_FILE = {"id", "lang"}
"""What the file's name says already, and nobody needs to write."""


def bind(
    kind: Kind, source: SourceText, src_uri: str, *, entry_id: str, lang: str, context: BindingContext
) -> tuple[Entry | None, list[Diagnostic]]:
    """Make an entry of a file.

    Args:
        kind: what the file's folder says it is.
        source: the file as read.
        src_uri: the file, relative to `docs/`.
        entry_id: what the file's name says; the front matter may say otherwise.
        lang: likewise.
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
                faults = _faults(kind, source, found)
            # What is missing may stand under another name, which the others put right: it waits for the next round.
            wrong = [one for one in found if one["type"] != "missing"]
            for one in sorted(wrong or found, key=_last_first, reverse=True):
                if not _leave_out(kind, data, one, {"id": entry_id, "lang": lang}):
                    return None, faults
        else:
            text = read(source.body)
            entry._origin = Origin(kind, src_uri, source, text)  # noqa: SLF001 - set here and nowhere else
            if text.outline.refused:
                where, reason = Location(source.path, source.body_line), _REFUSED[text.outline.refused]
                faults.append(Diagnostic(TEXT_NOT_READ, where, {"reason": reason}))
            return entry, faults
    return None, faults


def _last_first(error: Any) -> list[tuple[int, str]]:
    """Order in which values can be left out of lists without moving those still to be left out."""
    return [(part, "") if isinstance(part, int) else (0, part) for part in error["loc"]]


def _faults(kind: Kind, source: SourceText, errors: list[Any]) -> list[Diagnostic]:
    """One fault for each error; a field that stands there under a wrong name is not missing as well."""
    misnamed = {(*one["loc"][:-1], _meant(kind, one["loc"]).name) for one in errors if one["type"] == "extra_forbidden"}
    return [_diagnostic(kind, source, one) for one in errors if one["type"] != "missing" or one["loc"] not in misnamed]


def _diagnostic(kind: Kind, source: SourceText, error: Any) -> Diagnostic:
    loc: Path = error["loc"]
    info, _ = _field_at(kind.model, loc)
    key = str(next((part for part in reversed(loc) if isinstance(part, str)), ""))
    example = Lines(example_line(key, info)) if info else line(key, "…")
    if error["type"] == "missing":
        label = about_of(info, key).label if info else Label(key, key)
        if key == "title" and not source.front.keys and source.body_line == 1:  # nothing yet: show a whole front matter
            example = Lines(f"\n---\n{example}\n---")
        params: dict[str, Any] = {"key": key, "label": ", ".join(dict.fromkeys(label)), "example": example}
        return Diagnostic(MISSING_FIELD, source.locate_key(loc), params)
    if error["type"] == "extra_forbidden":
        return _unknown_key(kind, source, loc)
    rule = BY_CODE.get(error["type"])
    if rule:
        params = dict(error.get("ctx", {}))
        mended, value = params.pop("mended", None), params.pop("value", None)
        if value:
            is_near = "nearest" in getattr(params.get("proposal"), "params", {})
            structure = "" if is_near else _in_structure(kind, source, loc)
            params["example"] = structure or line(key, value)
        return Diagnostic(rule, source.locate(loc), params, source.replacement(loc, mended) if mended else None)
    expected = Message(_EXPECTED.get(error["type"], N_("another kind of value")))
    params = {"key": key, "found": Message(_sort_of(error["input"])), "expected": expected, "example": example}
    return Diagnostic(WRONG_TYPE, source.locate(loc), params)


class _Meant(NamedTuple):
    """The field that was meant by an unknown key: empty when none comes near, `certain` when it is its label."""

    name: str
    certain: bool


def _meant(kind: Kind, loc: Path) -> _Meant:
    """Find the field that was meant: by its key, or by its label in either language."""
    key = str(loc[-1])
    _, model = _field_at(kind.model, loc)
    words: dict[str, str] = {}
    for name, info in model.model_fields.items():
        for label in about_of(info, name).label:
            words.setdefault(label, name)
    words |= {name: name for name in model.model_fields}
    word = nearest(key, words, cutoff=_LIKENESS)
    return _Meant(words[word], fold(word) == fold(key)) if word else _Meant("", certain=False)


def _in_structure(kind: Kind, source: SourceText, loc: Path) -> str:
    """For a text that stands for a structure, such as a town where a country is expected, the one that takes it."""
    info, model = _field_at(kind.model, loc)
    written = source.front.written(loc)
    inside = [part for part in loc[len(written) :] if isinstance(part, str)]
    outer = next((part for part in reversed(written) if isinstance(part, str)), "")
    free = next((name for name, one in model.model_fields.items() if str in parts_in(one.annotation)), "")
    if not (info and inside and outer and free):
        return ""
    key, text = inside[-1], source.front.text(loc) or ""
    shown = text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
    return line(outer, f"[{{{key}: {example_of(key, info)}, {free}: {shown}}}]")


def _unknown_key(kind: Kind, source: SourceText, loc: Path) -> Diagnostic:
    key = str(loc[-1])
    _, model = _field_at(kind.model, loc)
    meant, certain = _meant(kind, loc)
    known = [name for name in model.model_fields if len(loc) > 1 or name not in _FROM_THE_FILE]
    proposal = (
        Message(N_("Did you mean “{nearest}”?"), {"nearest": meant})
        if meant
        else Message(N_("The fields here are: {known}."), {"known": known})
    )
    shown = meant or known[0]
    params = {"key": key, "proposal": proposal, "example": Lines(example_line(shown, model.model_fields[shown]))}
    span = source.front.keys.get(loc)
    safe = span and certain and not span.quoted and not _is_taken(source, loc, {fold(key), fold(meant)})
    return Diagnostic(
        UNKNOWN_KEY, source.locate_key(loc), params, Edit(span.start, span.end, meant) if safe and span else None
    )


def _is_taken(source: SourceText, loc: Path, names: set[str]) -> bool:
    """Whether another key beside that at `loc` has one of these names: two keys cannot become one."""
    return any(fold(str(path[-1])) in names for path in source.front.keys if path[:-1] == loc[:-1] and path != loc)


def _sort_of(value: Any) -> str:
    if value is None:
        return N_("nothing")
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


def _leave_out(kind: Kind, data: dict[str, Any], error: Any, named: Mapping[str, str]) -> bool:
    """Take the faulty value out of `data`; False when the entry cannot stand without it.

    A field under its label instead of its key is put under its key, so that its value is not lost. What the file's
    name says (`named`) stands in for an id or a language that cannot be read, and for a title.
    """
    loc = error["loc"]
    if error["type"] == "missing":
        if len(loc) == 1:
            return _stand_in(data, loc[0], named)
        loc = loc[:-1]
    holder: Any = data
    for depth, part in enumerate(loc[:-1], 1):
        inner = holder[part] if _has(holder, part) else None
        if not isinstance(inner, (dict, list)):
            loc = loc[:depth]
            break
        holder = inner
    last = loc[-1]
    if _has(holder, last):
        value = holder.pop(last)
        meant, certain = _meant(kind, loc) if error["type"] == "extra_forbidden" else _Meant("", certain=False)
        if certain and meant not in holder:
            holder[meant] = value
        elif len(loc) == 1 and "status" in {last, meant}:
            # What was meant may be “withdrawn” or “in review”: nothing is published by a typing error.
            data.setdefault("status", "in-review")
    elif isinstance(last, int):  # one value that stood for a list of one
        return _leave_out(kind, data, {"loc": loc[:-1], "type": ""}, named)
    return True


def _stand_in(data: dict[str, Any], name: str, named: Mapping[str, str]) -> bool:
    """Put in the place of a missing field what the file's name says of it; False when it says nothing."""
    if name in named:
        data[name] = named[name]
    elif name == "title":
        data["title"] = named["id"].rsplit("/", 1)[-1].replace("-", " ").capitalize()
    return name in data


def _has(holder: Any, part: Any) -> bool:
    if isinstance(holder, dict):
        return part in holder
    return isinstance(holder, list) and isinstance(part, int) and part < len(holder)
