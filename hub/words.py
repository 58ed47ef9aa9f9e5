"""Dates in words, as people of a language write them (CLDR through Babel)."""

from __future__ import annotations

from functools import lru_cache

from babel.dates import format_date, format_skeleton

from hub.dates import PartialDate

_ENGLISH = "en_GB"
"""The day before the month, as in French and in most of Africa."""


def locale_of(lang: str) -> str:
    """The locale whose customs hold for a language."""
    return _ENGLISH if lang == "en" else lang


@lru_cache(maxsize=4096)
def date_text(value: PartialDate, lang: str) -> str:
    """`18 avril 2015`, `avril 2015` or `2015`."""
    if value.day:
        return format_date(value.first_day, "long", locale=locale_of(lang))
    if value.month:
        return format_skeleton("yMMMM", value.first_day, locale=locale_of(lang))
    return str(value.year)
