"""References that lead somewhere and still say nothing: to the entry itself, or to one of two parts of one name."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hub.checks import Check, Subject
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.fields import Ref
from hub.i18n import N_
from hub.source import Path

SELF_REFERENCE = Rule(
    "self-reference",
    Severity.WARNING,
    N_("“{found}” is the entry itself."),
    N_("Name another entry, or leave it out. Example: related: [note:appui-dds]"),
)
DUPLICATE_ANCHOR = Rule(
    "duplicate-anchor",
    Severity.ERROR,
    N_("The mark “{found}” is given twice (first on line {first})."),
    N_("Each part of an entry is cited by a mark of its own. Example: id: {example}"),
)


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Entries that refer to themselves, and marks that two parts of an entry share."""
    entry = subject.entry
    marks: dict[str, Path] = {}
    for value in subject.values:
        if isinstance(value.value, Ref):
            ref = value.value
            if (ref.kind, ref.id) == (entry.kind.name, entry.id) and not ref.anchor:
                yield Diagnostic(SELF_REFERENCE, entry.text.locate(value.path), {"found": str(ref)})
        elif len(value.path) > 1 and value.path[-1] == "id":
            mark = str(value.value)
            if mark in marks:
                first = entry.text.locate(marks[mark]).line
                params = {"found": mark, "first": first, "example": _free(mark, marks)}
                yield Diagnostic(DUPLICATE_ANCHOR, entry.text.locate(value.path), params)
            marks.setdefault(mark, value.path)


def _free(mark: str, taken: Collection[str]) -> str:
    """A mark with the same letters that no part has yet."""
    letters = mark.rstrip("0123456789.")
    return next(found for n in range(1, len(taken) + 2) if (found := f"{letters}{n}") not in taken)


CHECK = Check((SELF_REFERENCE, DUPLICATE_ANCHOR), look)
