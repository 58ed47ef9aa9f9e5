"""Dates, periods, amounts and languages as people write them (CLDR through Babel)."""

from __future__ import annotations

from decimal import Decimal

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from hub.dates import PartialDate, Period
from hub.money import Money


def date_text(value: PartialDate, lang: str) -> str:
    """`18 avril 2015`, `avril 2015` or `2015`."""
    if value.day:
        return format_date(value.first_day, "long", locale=lang)
    if value.month:
        return format_skeleton("yMMMM", value.first_day, locale=lang)
    return str(value.year)


def period_text(value: Period, lang: str) -> str:
    """`octobre 2007 – novembre 2007`, `depuis 2009`, or the one date that is both ends."""
    start, end = value.start, value.end
    if start and end:
        return date_text(start, lang) if start == end else f"{date_text(start, lang)} – {date_text(end, lang)}"
    if start:
        return {"fr": "depuis {}", "en": "since {}"}[lang].format(date_text(start, lang))
    return {"fr": "jusqu’à {}", "en": "until {}"}[lang].format(date_text(end, lang)) if end else "–"


def money_text(value: Money, lang: str) -> str:
    """`1 299 253 €`, without decimals where there are none."""
    whole = value.value == value.value.to_integral_value()
    if not value.currency:
        return format_decimal(value.value, locale=lang)
    amount = value.value.quantize(Decimal(1)) if whole else value.value
    pattern = None if not whole else "#,##0 ¤" if lang == "fr" else "¤#,##0"
    return format_currency(amount, value.currency, pattern, locale=lang, currency_digits=not whole)


def language_name(code: str, lang: str) -> str:
    """The name of a language in another: `anglais`."""
    return str(Locale.parse(lang).languages.get(code, code))
