"""Whoever has left the hub has an id that nobody can guess: that takes a salt."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks import Check, Subject
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_

NO_SALT = Rule(
    "retired-without-salt",
    Severity.WARNING,
    N_("The person’s new address can be found out by trying names: the hub has no salt."),
    N_(
        "In mkdocs.yml, give the plugin a line of 20 signs or more, typed at random, and never change it. "
        "Example:\nplugins:\n  - hub:\n      salt: k7w2-…"
    ),
)


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Somebody who has left a hub that has no salt."""
    entry = subject.entry
    if entry.pseudonym("") and not subject.config.salt:
        yield Diagnostic(NO_SALT, entry.text.locate(("retired",)))


CHECK = Check((NO_SALT,), look)
