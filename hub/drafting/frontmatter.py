"""The front matter of a draft: values that were found, written so that they are read as they were meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as day

from hub.dates import PartialDate
from hub.documents.model import Document
from hub.drafting.fields import Fields
from hub.drafting.markdown import clean
from hub.drafting.report import DECIDE, Line, line
from hub.examples import example_line
from hub.examples import line as yaml_line
from hub.i18n import N_, Label
from hub.model import Kind
from hub.template import quoted

METHOD = Label("import", "import")
_KEPT = frozenset(("title", "id", "lang", "status"))
_LONGEST_FILE = 200


def front_matter(
    kind: Kind, title: str, fields: Fields, document: Document, lang: str, today: day, *, has_all: bool
) -> tuple[str, list[Line]]:
    """The front matter of a draft, its marks included, and what must be said of it.

    Args:
        kind: of the draft.
        title: of it.
        fields: that were filled.
        document: that it comes from.
        lang: of the draft.
        today: what stands for a required date that nothing tells.
        has_all: whether the text has all headings of its kind.
    """
    rows = [yaml_line("title", _value(title)), "status: draft"]
    lines: list[Line] = []
    if fields.summary:
        rows.append(yaml_line("summary", _value(fields.summary)))
    if fields.date:
        rows.append(yaml_line("date", fields.date))
    if has_all and kind.model.required_headings("complete"):
        rows.append("tier: complete")
    rows += _list("keywords", fields.keywords)
    for name, ids in fields.references.items():
        rows += _list(name, ids)
    told = dict(row.split(":", 1) for row in rows if not row.startswith(" "))
    for name, info in kind.model.model_fields.items():
        if not info.is_required() or name in told or name in _KEPT:
            continue
        is_date = info.annotation is PartialDate
        date = document.meta.date or today.isoformat()
        rows += (yaml_line(name, date) if is_date else example_line(name, info)).split("\n")
        lines.append(
            line(
                DECIDE,
                "required",
                N_("The field {field} is required; {value} stands there until you put it right."),
                field=name,
                value=date,
            )
            if is_date
            else line(
                DECIDE,
                "required-example",
                N_("The field {field} is required; an example stands there: put yours."),
                field=name,
            )
        )
    rows += ["source:", f"  title: {_value(title)}"]
    if fields.source_authors:
        rows += [f"  {row}" for row in _list("authors", fields.source_authors)]
    rows += [f"  file: {_value(document.name[-_LONGEST_FILE:] or '…')}", f"  method: {METHOD.in_(lang)}"]
    return "\n".join(["---", *rows, "---", ""]), lines


def _list(name: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"{name}:"
        yield from (f"  - {_value(value)}" for value in values)


def _value(text: str) -> str:
    return quoted(clean(text)) if clean(text).strip() else '"…"'
