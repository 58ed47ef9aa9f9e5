"""E-mail addresses: the site shows nobody's, and whoever wrote one is told."""

from __future__ import annotations

from collections.abc import Iterator

from hub import emails
from hub.checks import Check, Subject, written
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.parts import Dismissal

EMAIL_ADDRESS = Rule(
    "email-address",
    Severity.WARNING,
    N_("Here stands an e-mail address ({found}). The site leaves it out, but anyone who sees this file can read it."),
    N_("Name the person or the organisation instead, and link to their page. Example: [[jean-paul-dossou]]"),
    dismissible=True,
)


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Addresses in fields and in texts; the message does not repeat them, for it may be published too."""
    entry = subject.entry
    if not entry.text.may_hold_address:
        return
    for value in subject.values:
        if not isinstance(value.value, str) or isinstance(value.parent, Dismissal):
            continue
        for _, found in emails.find(value.value):
            where = entry.text.locate(value.path)
            yield Diagnostic(EMAIL_ADDRESS, where, {"found": found}, words=value.value)
    for number, line in enumerate(entry.body.split("\n"), 1):
        for place, found in emails.find(line):
            where = written(entry, number, place + 1)
            yield Diagnostic(EMAIL_ADDRESS, where, {"found": found}, words=line)


CHECK = Check((EMAIL_ADDRESS,), look)
