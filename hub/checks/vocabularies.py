"""Vocabularies: a label is understood in either language; the code is what stays when labels change."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks import Check, Subject
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.fields import Code
from hub.i18n import N_

LABEL_NOT_CODE = Rule(
    "label-not-code",
    Severity.INFO,
    N_("“{found}” is understood; its code in the list “{vocabulary}” is “{code}”."),
    N_("Codes are the same in all languages. `hub check --fix` writes them. Example: {code}"),
)


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Labels where a code would do."""
    entry, front = subject.entry, subject.entry.text.front
    for value in subject.values:
        if not isinstance(value.value, Code):
            continue
        said = front.text(value.path)
        if said is None or said.strip() == value.value or front.written(value.path) not in front.values:
            continue
        if subject.library.vocabularies[value.value.vocabulary].find(said) != value.value:
            continue  # a value that holds because none was given; what stands there is the field around it
        params = {"found": said.strip(), "vocabulary": value.value.vocabulary, "code": str(value.value)}
        edit = entry.text.replacement(value.path, str(value.value))
        yield Diagnostic(LABEL_NOT_CODE, entry.text.locate(value.path), params, edit)


CHECK = Check((LABEL_NOT_CODE,), look)
