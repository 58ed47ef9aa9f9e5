"""Names are compared as people mean them, and only what comes near is proposed."""

from __future__ import annotations

import pytest

from hub.diagnostics import Message
from hub.nearest import fold, is_misspelt, nearest, proposal

NONE = Message("nothing")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Économie_Politique", "economie politique"),
        ("Mise en œuvre", "mise-en-oeuvre"),
        ("l’État", "L'etat"),
        ("a  b", "a b"),
    ],
)
def test_folded_forms_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("found", "expected"),
    [("titel", "title"), ("TITRE", "title"), ("zzzz", None), ("", None)],
)
def test_the_nearest(found: str, expected: str | None) -> None:
    assert nearest(found, ["title", "summary", "date"]) == expected
    assert nearest(found, []) is None


@pytest.mark.parametrize(
    ("found", "expected"),
    [("dossou", "jean-paul-dossou"), ("bruno-mesen", "bruno-meessen"), ("inconnu", None), ("", None)],
)
def test_a_proposal_has_much_in_common_or_every_word(found: str, expected: str | None) -> None:
    made = proposal(found, ["jean-paul-dossou", "bruno-meessen"], NONE)
    assert made is NONE if expected is None else made.params["nearest"] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("santé", "sante", True), ("ab", "ba", True), ("a", "a", False), ("abc", "xyc", False)],
)
def test_one_typing_error(one: str, other: str, expected: bool) -> None:
    assert is_misspelt(one, other) is expected
