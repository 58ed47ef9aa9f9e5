"""Dates: periods that end before they start, reviews that are overdue."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks import Check
from hub.config import Config
from hub.dates import PartialDate, Period, today
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.field_rules import BAD_PERIOD
from hub.i18n import N_
from hub.library import Library
from hub.walk import walk

REVIEW_OVERDUE = Rule(
    "review-overdue",
    Severity.INFO,
    N_("The text was to be reviewed by {date}."),
    N_("Read it again, change what no longer holds, and set the next date. Example: review_by: 2030-01"),
)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Ends that precede the start that their field names, and review dates that are past."""
    day = today()
    for entry in library:
        for value in walk(entry):
            start = getattr(value.parent, value.about.after, None) if value.about.after else None
            end = value.value
            if isinstance(start, PartialDate) and isinstance(end, PartialDate) and Period(start, end).is_reversed:
                where = entry.text.locate(value.path)
                yield Diagnostic(BAD_PERIOD, where, {"start": str(start), "end": str(end)})
        if entry.status in {"published", "needs-review"} and entry.review_by and entry.review_by.last_day < day:
            yield Diagnostic(REVIEW_OVERDUE, entry.text.locate(("review_by",)), {"date": str(entry.review_by)})


CHECK = Check((REVIEW_OVERDUE,), find)
