"""Dates: periods that end before they start, reviews that are overdue."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks import Check, Subject
from hub.dates import PartialDate, Period, today
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.field_rules import BAD_PERIOD
from hub.i18n import N_

REVIEW_OVERDUE = Rule(
    "review-overdue",
    Severity.INFO,
    N_("The text was to be reviewed by {date}."),
    N_("Read it again, change what no longer holds, and set the next date. Example: review_by: 2030-01"),
)


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Ends that precede the start that their field names, and review dates that are past."""
    entry = subject.entry
    for value in subject.values:
        start = getattr(value.parent, value.about.after, None) if value.about.after else None
        end = value.value
        if isinstance(start, PartialDate) and isinstance(end, PartialDate) and Period(start, end).is_reversed:
            where = entry.text.locate(value.path)
            yield Diagnostic(BAD_PERIOD, where, {"start": str(start), "end": str(end)})
    if entry.status in {"published", "needs-review"} and entry.review_by and entry.review_by.last_day < today():
        yield Diagnostic(REVIEW_OVERDUE, entry.text.locate(("review_by",)), {"date": str(entry.review_by)})


CHECK = Check((REVIEW_OVERDUE,), look)
