"""Names are found in a text as if each word were looked at in turn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.markdown.forms import Forms, Found

NAMES = ("CSU", "mutuelle", "mutuelle de santé", "santé", "l'aire de santé", "é", "zone-test", "PMA+")
SAID = st.lists(
    st.sampled_from([*NAMES, "Mutuelle De Santé", "csu", "ß", "İ", "de", " ", " ", "-", "’", ".", "\n", "x"]),
    max_size=20,
).map("".join)


def _slowly(text: str, name: str) -> set[int]:
    """Where a name stands in a text by itself, whatever else does."""
    says = (lambda here: here == name) if name.isupper() else (lambda here: here.casefold() == name)
    joined = [*(sign == "-" or sign.isalnum() or sign == "_" for sign in text), False]
    places = range(len(text) - len(name) + 1)
    return {
        at
        for at in places
        if says(text[at : at + len(name)]) and not (at and joined[at - 1]) and not joined[at + len(name)]
    }


OTHERS = [f"autre{number}" for number in range(100)]
"""Names that no text here holds: among so many, a text is read word by word."""


@pytest.mark.parametrize("others", [[], OTHERS], ids=["few names", "many names"])
@given(text=SAID)
def test_each_found_name_stands_there_and_none_is_passed_over(text: str, others: list[str]) -> None:
    forms = [name if name.isupper() else name.casefold() for name in NAMES]
    found = list(Forms([*forms, *others]).find(text))
    assert all(one.start in _slowly(text, one.form) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    taken = {at for one in found for at in range(one.start, one.end)}
    for form in forms:
        missed = {at for at in _slowly(text, form) if taken.isdisjoint(range(at, at + len(form)))}
        assert not missed, (form, missed, found)


def test_an_acronym_is_found_as_it_is_written_and_other_names_in_any_case() -> None:
    forms = Forms(["CSU", "mutuelle de santé", "mutuelle"])
    found = list(forms.find("csu, CSU : la Mutuelle de Santé et une mutuelle"))
    assert found == [Found(5, 8, "CSU"), Found(14, 31, "mutuelle de santé"), Found(39, 47, "mutuelle")]
