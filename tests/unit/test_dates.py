"""Dates are read as far as they are known, and other notations are understood well enough to propose the right one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.dates import PartialDate, Period


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2015", "2015"), ("2015-04", "2015-04"), ("2015-4-8", "2015-04-08"), ("2015-04-18T10:00:00Z", "2015-04-18")],
)
def test_reads(text: str, expected: str) -> None:
    assert str(PartialDate.parse(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15",
        "2015-13",
        "2015-00",
        "2015-04-00",
        "2015-02-30",
        "0000",
        "2015-",
        "avril",
        "2015/04",
        "20150418",
        "٢٠١٥-99",
    ],
)
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "expected", "certain"),
    [
        ("18/04/2015", "2015-04-18", True),
        ("4.4.2015", "2015-04-04", True),
        ("03/04/2015", "2015-04-03", False),
        ("04/2015", "2015-04", True),
        ("1er avril 2015", "2015-04-01", True),
        ("18 Avril 2015", "2015-04-18", True),
        ("févr. 2015", "2015-02", True),
        ("août 2015", "2015-08", True),
        ("18 April 2015", "2015-04-18", True),
        ("July 2015", "2015-07", True),
    ],
)
def test_understands_other_notations(text: str, expected: str, certain: bool) -> None:
    found, sure = PartialDate.in_words(text)
    assert (str(found), sure) == (expected, certain)


@pytest.mark.parametrize("text", ["31/02/2015", "32 avril 2015", "brumaire 2015", "bientôt", "", "2015"])
def test_makes_nothing_of_what_is_no_date(text: str) -> None:
    assert PartialDate.in_words(text) == (None, False)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    PartialDate.in_words(text)
    Period.in_words(text)
    for read in (PartialDate.parse, Period.parse):
        try:
            read(text)
        except ValueError:
            continue


@given(st.dates(), st.sampled_from([1, 2, 3]))
def test_a_date_written_and_read_again_is_the_same(day, parts: int) -> None:
    made = PartialDate(*(day.year, day.month, day.day)[:parts])
    assert PartialDate.parse(str(made)) == made
    assert made.first_day <= day <= made.last_day


@pytest.mark.parametrize(
    ("text", "reversed_"),
    [("2009/2014", False), ("2015/2015-03", False), ("2015-06/2015", False), ("2014/2009", True), ("../2009", False)],
)
def test_a_period_is_reversed_only_where_that_is_certain(text: str, reversed_: bool) -> None:
    assert Period.parse(text).is_reversed is reversed_


def test_less_precise_dates_come_first() -> None:
    texts = ["2015-04-02", "2015", "2014-12", "2015-04"]
    assert [str(one) for one in sorted(map(PartialDate.parse, texts))] == ["2014-12", "2015", "2015-04", "2015-04-02"]
