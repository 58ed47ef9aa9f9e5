"""A community's list may be faulty in any way: it is told where, and what is right in it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.vocab import builtin, read_vocabulary
from tests.support import checked, codes, hub, note, one, said

GOOD = "  repas: {fr: Repas, en: Meals}\n"


@pytest.mark.parametrize(
    ("text", "codes_left"),
    [
        ("terms:\n  a: {fr: A, en: A, also: [[y]]}\n", {"a"}),
        ("terms:\n  a: {fr: A, en: A, also: {x: y}}\n", {"a"}),
        ("terms:\n  a: {fr: A, en: A, also: [b, {c: d}, [e]]}\n", {"a"}),
        ("terms:\n  - a\n  - b\n", set()),
        ("terms: a\n", set()),
        ("title: x\n", set()),
        ("terms:\n", set()),
        (f"terms:\n{GOOD}  a: [A, A]\n", {"repas"}),
        (f"terms:\n{GOOD}  a: A\n", {"repas"}),
        (f"terms:\n{GOOD}  a:\n", {"repas"}),
        ("terms:\n  a:\n", set()),
        (f"terms:\n{GOOD}  a: {{fr: {{x: A}}, en: A}}\n", {"repas"}),
        (f"terms:\n{GOOD}  a: {{fr: [A], en: A}}\n", {"repas"}),
        (f'terms:\n{GOOD}  a: {{fr: "", en: A}}\n', {"repas"}),
    ],
)
def test_what_is_wrong_in_a_list_is_told_and_the_rest_is_used(tmp_path: Path, text: str, codes_left: set[str]) -> None:
    loaded = checked(tmp_path, {"docs/vocabulaires/themes.yml": text, "docs/notes/a.md": note()})
    assert codes(loaded.report) == ["bad-vocabulary"]
    assert "terms:" in said(one(loaded.report, "bad-vocabulary"))
    themes = loaded.library.vocabularies["themes"]
    assert themes.terms.keys() == codes_left
    themes.find("rien")


@pytest.mark.parametrize("text", ["", "title: [", "- a\n", "terms: &a {b: *a}\n"])
def test_a_list_that_cannot_be_read_is_told_once(tmp_path: Path, text: str) -> None:
    assert len(hub(tmp_path, {"docs/vocabulaires/themes.yml": text}).report) == 1


@pytest.mark.parametrize(
    "head", ["title: [x]\n", "source: {a: b}\n", "shows_codes: [oui]\n", "title: {a: b}\nshows_codes: x\n"]
)
def test_what_stands_beside_the_terms_breaks_nothing(head: str) -> None:
    vocabulary, faults = read_vocabulary(f"{head}terms:\n{GOOD}".encode(), "x.yml")
    assert (list(vocabulary.terms), vocabulary.shows_codes, faults) == (["repas"], False, [])


def test_the_lists_of_the_library_have_each_word_once() -> None:
    for vocabulary in builtin().values():
        for code in vocabulary.terms:
            assert vocabulary.find(code) == code
