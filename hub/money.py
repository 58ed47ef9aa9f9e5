"""Amounts of money, read as they are written in documents and kept exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "FCFA": "XOF", "F CFA": "XOF", "CFA": "XOF"}
_CURRENCY = re.compile(r"[A-Z]{3}")
_GROUPED = re.compile(r"\d{1,3}(?P<sep>[.,'’ \u00a0\u202f])\d{3}(?:(?P=sep)\d{3})*")
_DECIMALS = re.compile(r"(?P<whole>.*\d)(?P<mark>[.,])(?P<cents>\d{1,2})")
_PLAIN = re.compile(r"\d{1,15}")


class AmbiguousAmount(ValueError):
    """`1.299` may be a thousand and more, or one and a fraction."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217); the currency may be unknown."""

    value: Decimal
    currency: str = ""


def parse_money(text: str) -> Money:
    """Read an amount such as `€1.299.253`, `1 299 253 EUR`, `1,299,253.50` or `1299253`.

    Raises:
        AmbiguousAmount: when one point or comma is followed by exactly three digits and nothing tells what it means.
        ValueError: when there is no amount to read.

    >>> parse_money("€1.299.253")
    Money(value=Decimal('1299253'), currency='EUR')
    """
    rest, currency = text.strip(), ""
    for symbol, code in sorted(_SYMBOLS.items(), key=lambda item: -len(item[0])):
        if symbol in rest:
            rest, currency = rest.replace(symbol, "").strip(), code
            break
    else:
        found = _CURRENCY.search(rest)
        if found:
            rest, currency = rest.replace(found[0], "").strip(), found[0]
    return Money(parse_amount(rest), currency)


def parse_amount(text: str) -> Decimal:
    """Read a number with or without thousands marks. Raises as `parse_money`."""
    rest, cents = text.strip(), ""
    grouped = _GROUPED.fullmatch(rest)
    if grouped:
        separator = grouped["sep"]
        if separator in ".," and rest.count(separator) == 1:
            raise AmbiguousAmount(text)
        return Decimal(rest.replace(separator, ""))
    decimals = _DECIMALS.fullmatch(rest)
    if decimals:
        rest, cents = decimals["whole"], decimals["cents"]
        grouped = _GROUPED.fullmatch(rest)
        if grouped and grouped["sep"] != decimals["mark"]:
            rest = rest.replace(grouped["sep"], "")
    if not _PLAIN.fullmatch(rest):
        raise ValueError(text)
    return Decimal(f"{rest}.{cents}" if cents else rest)
