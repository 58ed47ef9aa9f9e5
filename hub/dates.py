"""Dates as people know them: a day, a month or only a year; and periods between two such dates (ISO 8601)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:\d{2}.*)?")
_FRENCH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day (ISO 8601-1 reduced precision).

    Dates of different precision are ordered by the first day they may mean, the less precise first.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2015`, `2015-04` or `2015-04-18`; a time after the day is dropped.

        Raises:
            ValueError: when the text is no such date, or the day does not exist.
        """
        match = _DATE.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        date(year, month or 1, day or 1)
        return cls(year, month, day)

    @staticmethod
    def french(text: str) -> str | None:
        """The ISO form of a date written `18/04/2015`, to be proposed; None for anything else."""
        match = _FRENCH.fullmatch(text.strip())
        if not match:
            return None
        day, month, year = match.groups()
        return f"{year}-{int(month):02}-{int(day):02}"

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def __lt__(self, other: PartialDate) -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)

    @property
    def first_day(self) -> date:
        """The first day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that the date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """From one partial date to another, either of which may be unknown."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read an ISO 8601 interval (`2009/2014`, `2015-04/2015-09`), or one date that is both ends.

        Raises:
            ValueError: when either side is no date.
        """
        first, slash, second = text.partition("/")
        if not slash:
            only = PartialDate.parse(first)
            return cls(only, only)
        blank = {"", ".."}
        return cls(
            None if first.strip() in blank else PartialDate.parse(first),
            None if second.strip() in blank else PartialDate.parse(second),
        )

    @property
    def is_reversed(self) -> bool:
        """Whether it certainly ends before it starts."""
        return bool(self.start and self.end and self.end.last_day < self.start.first_day)

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"
