"""Dates as people know them: a day, a month or only a year; and periods between two such dates (ISO 8601)."""

from __future__ import annotations

import calendar
import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import total_ordering

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([^\W\d]{3,9})\.? (\d{4})")
_YEARS = re.compile(r"(\d{4})\s*[-–—]\s*(\d{4})")
_MONTHS = (
    ("janv", "jan"),
    ("fevr", "feb"),
    ("mars", "mar"),
    ("avr", "apr"),
    ("mai", "may"),
    ("juin", "jun"),
    ("juil", "jul"),
    ("aout", "aug"),
    ("sept", "sep"),
    ("oct",),
    ("nov",),
    ("dec",),
)
_MONTHS_IN_A_YEAR = 12


def today() -> date:
    """The day it is (UTC); `SOURCE_DATE_EPOCH` sets it, for builds that must be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day (ISO 8601-1 reduced precision).

    Dates of different precision are ordered by the first day they may mean, the less precise first.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __reduce__(self) -> tuple[type[PartialDate], tuple[int, int | None, int | None]]:
        return PartialDate, (self.year, self.month, self.day)

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
        date(year, 1 if month is None else month, 1 if day is None else day)
        return cls(year, month, day)

    @classmethod
    def in_words(cls, text: str) -> tuple[PartialDate | None, bool]:
        """What a date in another notation means (`18/04/2015`, `1er avril 2015`), and whether that is certain.

        Day and month are taken in the French order; where the English order is possible too, it is not certain.

        >>> str(PartialDate.in_words("18 avril 2015")[0])
        '2015-04-18'
        """
        from hub.nearest import fold  # noqa: PLC0415 - who asks for the day alone does not wait for RapidFuzz

        plain = fold(text).replace("-", " ")
        named = _NAMED.fullmatch(plain)
        figures = _DAY_FIRST.fullmatch(text.strip())
        if named:
            day, name, year = named.groups()
            month = next((n for n, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), 0)
            certain = True
        elif figures:
            day, month, year = figures[1], int(figures[2]), figures[3]
            certain = day is None or int(day) > _MONTHS_IN_A_YEAR or int(day) == month
        else:
            return None, False
        try:
            return cls.parse("-".join(filter(None, (year, str(month), day)))), certain
        except ValueError:
            return None, False

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def __lt__(self, other: PartialDate) -> bool:
        return self.order < other.order

    @property
    def order(self) -> tuple[int, int, int]:
        """What dates are sorted by: what is not known comes first."""
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

    @staticmethod
    def in_words(text: str) -> str | None:
        """The ISO form of years written `2009-2014`, to be proposed; None for anything else."""
        match = _YEARS.fullmatch(text.strip())
        return f"{match[1]}/{match[2]}" if match else None

    @property
    def is_reversed(self) -> bool:
        """Whether it certainly ends before it starts."""
        return bool(self.start and self.end and self.end.last_day < self.start.first_day)

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"
