"""Headings: those that a kind asks for, and a structure that readers of all sorts can follow."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks import Check, Subject, written
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.model import Entry
from hub.nearest import fold

MISSING_HEADING = Rule(
    "missing-heading",
    Severity.ERROR,
    N_("The heading “{heading}” is missing; a text of the level “{tier}” has it."),
    N_("Add it with a few lines below, or choose another level. Example: ## {heading}"),
)
TITLE_IN_TEXT = Rule(
    "title-in-text",
    Severity.WARNING,
    N_("The heading “{heading}” is of the first level, which only the page’s title is."),
    N_("Begin headings with two signs. Example: ## {heading}"),
)
HEADING_JUMP = Rule(
    "heading-jump",
    Severity.WARNING,
    N_("The heading “{heading}” skips a level: {found} signs after {before}."),
    N_("A heading is at most one level below the one before it. Example: {example}"),
)
_TOP = 2


def look(subject: Subject) -> Iterator[Diagnostic]:
    """What is wrong with the headings of a text."""
    yield from _missing(subject.entry)
    yield from _levels(subject.entry)


def _missing(entry: Entry) -> Iterator[Diagnostic]:
    tier = str(getattr(entry, "tier", ""))
    found = {fold(heading.text) for heading in entry.outline.headings}
    for label in entry.required_headings(tier):
        if not any(fold(name) in found for name in label):
            # As it was written: a code is a word of no language that readers speak.
            written_tier = (entry.text.front.text(("tier",)) or tier).strip()
            params = {"heading": label.in_(str(entry.lang)), "tier": written_tier}
            yield Diagnostic(MISSING_HEADING, entry.text.locate(("tier",)), params)


def _levels(entry: Entry) -> Iterator[Diagnostic]:
    before = _TOP - 1
    for heading in entry.outline.headings:
        where = written(entry, heading.line)
        if heading.level == 1:
            yield Diagnostic(TITLE_IN_TEXT, where, {"heading": heading.text})
        elif heading.level > before + 1:
            params = {
                "heading": heading.text,
                "found": heading.level,
                "before": before,
                "example": f"{'#' * (before + 1)} {heading.text}",
            }
            yield Diagnostic(HEADING_JUMP, where, params)
        before = heading.level


CHECK = Check((MISSING_HEADING, TITLE_IN_TEXT, HEADING_JUMP), look)
