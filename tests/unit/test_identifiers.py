"""Check digits are checked: one wrong figure in an ORCID iD or a ROR id is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from hub.identifiers import parse_orcid, parse_ror


@pytest.mark.parametrize(
    "text",
    ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "0000000218250097", " 0000-0002-1825-0097 "],
)
def test_an_orcid_is_read_in_its_usual_forms(text: str) -> None:
    assert parse_orcid(text) == "0000-0002-1825-0097"


def test_an_orcid_may_end_in_x() -> None:
    assert parse_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@given(st.integers(0, 10**15 - 1), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_figure_of_an_orcid_is_found(number: int, place: int, more: int) -> None:
    digits = f"{number:015}"
    digits += mod_11_2.calc_check_digit(digits)
    parse_orcid(digits)
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    with pytest.raises(ValueError, match=r"\d"):
        parse_orcid(wrong)


@pytest.mark.parametrize("text", ["03gzr6j88", "https://ror.org/03gzr6j88", "ror.org/03GZR6J88"])
def test_a_ror_id_is_read_in_its_usual_forms(text: str) -> None:
    assert parse_ror(text) == "03gzr6j88"


@pytest.mark.parametrize(
    "text", ["", "03gzr6j89", "03gzr6i88", "13gzr6j88", "03gzr6j8", "https://ror.org/", "03ɡzr6j88"]
)
def test_a_wrong_ror_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_ror(text)


@given(st.text(max_size=25))
def test_any_text_is_an_identifier_or_refused(text: str) -> None:
    for read in (parse_orcid, parse_ror):
        try:
            read(text)
        except ValueError:
            continue
