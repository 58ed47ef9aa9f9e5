"""Signs that hide or pretend are told once for each file, and those that people need are not."""

from __future__ import annotations

import pytest

from tests.support import checked, note, places

RULES = ("direction-sign", "invisible-sign", "lookalike-sign")


def told(tmp_path, files) -> list[str]:
    return [one for one in places(checked(tmp_path, files).report) if one.endswith(RULES)]


@pytest.mark.parametrize(
    "text",
    [
        "Oui\u00a0: «\u00a0bon\u202f!\u00a0»\u2009\u2011\u2026",
        "TNFα, β-bloquant, 5 µg, 3 kΩ, Δt, Привет мир, Ελλάδα",
        "une famille \U0001f468\u200d\U0001f469\u200d\U0001f467 ❤\ufe0f",
        "می\u200cخواهم et العربية",
        "été, e\u0301te\u0301, cœur, Ŋ, ɛ, ɔ, ẹ̀kọ́",
    ],
)
def test_what_people_write_is_not_told(tmp_path, text):
    assert told(tmp_path, {"docs/notes/a.md": note(f'summary: "{text}"', body=f"{text}\n")}) == []


def test_each_sign_is_told_at_its_first_place(tmp_path):
    body = "a\u200bb c\u200bd\n\n\u2067abc\u2069 pаge pаge ｐlain\r\n"
    found = told(tmp_path, {"docs/notes/a.md": note("summary: x\u00ady", body=body)})
    assert found == [
        "docs/notes/a.md:3:11 invisible-sign",
        "docs/notes/a.md:6:2 invisible-sign",
        "docs/notes/a.md:8:1 direction-sign",
        "docs/notes/a.md:8:5 direction-sign",
        "docs/notes/a.md:8:7 lookalike-sign",
        "docs/notes/a.md:8:17 lookalike-sign",
    ]


def test_the_names_of_files_are_looked_at_as_well(tmp_path):
    found = told(tmp_path, {"docs/notes/a\u202eb.md": note(), "docs/notes/c\u200bd.pdf": b"x"})
    assert [one.rpartition(" ")[2] for one in found] == ["direction-sign", "invisible-sign"]


def test_a_word_without_end_is_read_in_no_time(tmp_path):
    found = told(tmp_path, {"docs/notes/a.md": note(body=f"{'а' * 200_000}\n\n{'b' * 200_000}а\n")})
    assert found == ["docs/notes/a.md:7:1 lookalike-sign"]
