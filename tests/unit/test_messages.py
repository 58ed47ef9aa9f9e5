"""Every message has a French text with the same parameters."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import hub
from hub import checks
from hub.i18n import LOCALE_DIR, translator

PACKAGE = Path(hub.__file__).parent


def _french() -> dict[str, str]:
    with (LOCALE_DIR / "fr" / "LC_MESSAGES" / "hub.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id and not one.fuzzy}


def _marked() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        with path.open("rb") as file:
            found |= {str(text) for _, text, _, _ in extract("python", file, keywords={"N_": None})}
    return found


def _parameters(text: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(text) if name}


def test_every_message_is_in_the_french_catalogue() -> None:
    french = _french()
    assert sorted(text for text in _marked() if not french.get(text)) == []


def test_translations_have_the_parameters_of_the_message() -> None:
    wrong = {text for text, said in _french().items() if said and not _parameters(said) <= _parameters(text)}
    assert wrong == set()


@pytest.mark.parametrize("rule", checks.rules(), ids=lambda rule: rule.code)
def test_a_rule_speaks_french_with_all_its_parameters(rule: checks.Rule) -> None:
    french = _french()
    for text in (rule.message, rule.hint):
        said = french.get(text, "")
        assert said
        assert _parameters(said) == _parameters(text)


def test_another_language_falls_back_to_english() -> None:
    assert translator("xx")("error") == "error"
