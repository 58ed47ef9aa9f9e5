"""Periods, amounts and languages as people write them (CLDR through Babel)."""

from __future__ import annotations

from decimal import Decimal

from babel.core import Locale
from babel.numbers import format_currency, format_decimal

from hub.dates import Period
from hub.i18n import N_, translator
from hub.money import Money
from hub.words import date_text, locale_of


def period_text(value: Period, lang: str) -> str:
    """`octobre 2007 – novembre 2007`, `depuis 2009`, `jusqu’au 3 mai 2009`, or the one date that is both ends."""
    say = translator(lang)
    start, end = value.start, value.end
    if start and end:
        return date_text(start, lang) if start == end else f"{date_text(start, lang)} – {date_text(end, lang)}"
    if start:
        since = say(N_("since {day}")) if start.day else say(N_("since {date}"))
        return since.format(day=date_text(start, lang), date=date_text(start, lang))
    if end:
        until = say(N_("until {day}")) if end.day else say(N_("until {date}"))
        return until.format(day=date_text(end, lang), date=date_text(end, lang))
    return "–"


def money_text(value: Money, lang: str) -> str:
    """`1 299 253 €`, without decimals where there are none."""
    whole = value.value == value.value.to_integral_value()
    if not value.currency:
        return format_decimal(value.value, locale=locale_of(lang))
    amount = value.value.quantize(Decimal(1)) if whole else value.value
    pattern = None if not whole else "#,##0 ¤" if lang == "fr" else "¤#,##0"
    return format_currency(amount, value.currency, pattern, locale=locale_of(lang), currency_digits=not whole)


def language_name(code: str, lang: str) -> str:
    """The name of a language in another: `anglais`."""
    return str(Locale.parse(lang).languages.get(code, code))
