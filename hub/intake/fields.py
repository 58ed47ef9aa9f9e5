"""An answer of a form as the value of a field: by the field's type, and by what the hub knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hub import frontmatter
from hub.about import about_of
from hub.bind import bind
from hub.diagnostics import Diagnostic
from hub.drafting.markdown import clean
from hub.drafting.recognising import Known
from hub.examples import models_in, parts_in
from hub.field_rules import MISSING_FIELD
from hub.fields import BindingContext, In, To
from hub.intake.rows import Value, file
from hub.library import Library
from hub.model import Kind

_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+)")
_COUNTED = re.compile(r"([A-Za-z]+)\d+")
_ALONE = "x"
_MOST = 100
"""Parts of an answer that a list takes."""
_LONGEST_PART, _LONGEST = 500, 6_000
"""Characters of a part of a list, and of a field that is none."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a field takes of an answer.

    Attributes:
        value: nothing where it takes nothing.
        unknown: parts of the answer that mean nothing the hub knows.
        faults: what is wrong with the others.
    """

    value: Value | None = None
    unknown: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def take(kind: Kind, field: str, text: str, library: Library) -> Taken:
    """The value of a field that was written to a question.

    Args:
        kind: of the entry.
        field: of that kind.
        text: the answer.
        library: of the hub.
    """
    info = kind.model.model_fields[field]
    is_list = tuple in parts_in(info.annotation)
    words = list(_parts(text)) if is_list else [_whole(text, info, field)]
    read = _reader(info, library)
    found: list[Any] = []
    unknown: list[str] = []
    for word in filter(None, words):
        is_too_much = len(found) >= _MOST or len(word) > (_LONGEST_PART if is_list else _LONGEST)
        value = None if is_too_much else read(word, len(found) + 1)
        if value is None:
            unknown.append(word)
        else:
            found.append(value)
    if not found:
        return Taken(None, tuple(unknown))
    faults = wrong(kind, {field: found if is_list else found[0]}, library)
    if not faults:
        return Taken(found if is_list else found[0], tuple(unknown))
    good = [one for one in found if is_list and not wrong(kind, {field: [one]}, library)]
    return Taken(good or None, tuple(unknown), faults)


def wrong(kind: Kind, data: dict[str, Value], library: Library) -> tuple[Diagnostic, ...]:
    """What the kind finds wrong with values, whatever is missing beside them."""
    source, faults = frontmatter.read(file({"title": _ALONE, **data}, "").encode(), "")
    context = BindingContext(library.vocabularies, frozenset(library.kinds))
    lang = library.default_language
    _, more = bind(kind, source, "", entry_id=_ALONE, lang=lang, context=context)
    return tuple(one for one in (*faults, *more) if one.rule is not MISSING_FIELD)


def _whole(text: str, info: FieldInfo, field: str) -> str:
    told = about_of(info, field)
    plain = clean(text).strip()
    return re.sub(r"\n{2,}", "\n\n", plain) if told.is_long or told.view == "text" else " ".join(plain.split())


def _parts(text: str) -> Iterator[str]:
    """The parts of an answer: its lines, or what signs divide where it has one line alone."""
    lines = [" ".join(_BULLET.sub("", line).split()) for line in clean(text).split("\n")]
    lines = [line for line in lines if line]
    if len(lines) == 1:
        lines = [part.strip() for part in lines[0].split(";")]
    yield from dict.fromkeys(filter(None, lines))


_Read = Callable[[str, int], Any]
"""From a part of an answer, and its number, to a value, or None."""


def _reader(info: FieldInfo, library: Library) -> _Read:
    parts = [*info.metadata, *parts_in(info.annotation)]
    model = next(models_in(info.annotation), None)
    return _of_model(model, library) if model else _of_parts(parts, library)


def _of_parts(parts: Iterable[Any], library: Library) -> _Read:
    for part in parts:
        if isinstance(part, In):
            vocabulary = library.vocabularies.get(part.vocabulary)
            return lambda word, _: vocabulary.find(word) if vocabulary else None
        if isinstance(part, To):
            return _reference(part, library)
    return lambda word, _: word


def _reference(to: To, library: Library) -> _Read:
    known = Known(library, [to.kind] if to.kind else library.kinds)

    def read(word: str, _: int) -> str | None:
        by_id = library.get(to.kind, word) if to.kind else None
        entry = known.named(word) or (by_id if by_id and not by_id.is_retired else None)
        if to.or_text:
            # What looks like a reference is none of ours: a name stays a name.
            return f"{entry.kind.name}:{entry.id}" if entry else word.replace(":", " ")
        return entry.id if entry else None

    return read


def _of_model(model: type[BaseModel], library: Library) -> _Read:
    """A line as a structure: its one field that must be given, and a mark that is counted where it has one."""
    required = [name for name, info in model.model_fields.items() if info.is_required()]
    marks = {name: match[1] for name in required if (match := _counted(model.model_fields[name], name))}
    wanted = [name for name in required if name not in marks] or [*model.model_fields][:1]
    if len(wanted) != 1:
        return lambda word, _: None
    inner = _reader(model.model_fields[wanted[0]], library)

    def read(word: str, number: int) -> dict[str, str] | None:
        value = inner(word, number)
        return None if value is None else {**{one: f"{sign}{number}" for one, sign in marks.items()}, wanted[0]: value}

    return read


def _counted(info: FieldInfo, name: str) -> re.Match[str] | None:
    return _COUNTED.fullmatch(about_of(info, name).example)
