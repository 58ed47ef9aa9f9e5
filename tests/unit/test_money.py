"""Amounts are read exactly, and only where they can mean one thing."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.money import AmbiguousAmount, parse_money


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("€1.299.253", "1299253", "EUR"),
        ("1 299 253 EUR", "1299253", "EUR"),
        ("1\u202f299\u202f253\u00a0€", "1299253", "EUR"),
        ("1,299,253.50", "1299253.50", ""),
        ("1.299.253,50 €", "1299253.50", "EUR"),
        ("1299253", "1299253", ""),
        ("15,5", "15.5", ""),
        ("25 000 F CFA", "25000", "XOF"),
        ("25 000 FCFA", "25000", "XOF"),
        ("$ 12", "12", "USD"),
        ("USD 12", "12", "USD"),
        ("0", "0", ""),
    ],
)
def test_reads(text: str, value: str, currency: str) -> None:
    found = parse_money(text)
    assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize("text", ["1.299", "1,299", "€1.299"])
def test_refuses_what_may_mean_two_amounts(text: str) -> None:
    with pytest.raises(AmbiguousAmount):
        parse_money(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "€",
        "environ 3",
        "1 2",
        "1.2.3",
        "12.34.567",
        "1,299.253,5",
        "2 millions",
        "-5",
        "1e9",
        "12 EUR 5 USD",
        "NaN",
    ],
)
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_money(text)


@given(
    st.integers(0, 10**15 - 1),
    st.integers(0, 99),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("\u202f", ","), ("’", "."), ("", "."), ("", ",")]),
    st.sampled_from(["", " EUR", " €", " XOF", " FCFA"]),
)
def test_an_amount_written_in_any_usual_way_is_read_back(
    whole: int, cents: int, marks: tuple[str, str], unit: str
) -> None:
    thousands, decimal = marks
    written = f"{whole:,}".replace(",", thousands) + f"{decimal}{cents:02}{unit}"
    assert parse_money(written).value == Decimal(f"{whole}.{cents:02}")


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_money(text).value.is_finite()
