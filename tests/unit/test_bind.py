"""A faulty value is told at its place and costs that value, never the rest of the entry."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.model import Entry
from hub.money import Money
from tests.support import codes, hub, note, one, said


def _bound(root: Path, *lines: str) -> tuple[Entry, list[str]]:
    loaded = hub(root, {"docs/notes/essai.md": note(*lines)})
    entry = loaded.library.get("note", "essai")
    assert entry is not None
    return entry, codes(loaded.report)


GOOD = ("summary: Un résumé.", "keywords: [un, deux]", "lessons:", "  - {id: L1, statement: Il faut du temps.}")


@pytest.mark.parametrize("line", ["status: retiré!", "statut: retiré", "statuss: withdrawn", "status: [draft]"])
def test_nothing_is_published_by_a_typing_error(tmp_path: Path, line: str) -> None:
    files = {"docs/notes/essai.md": note(line)}
    assert hub(tmp_path, files).library.get("note", "essai") is None
    (seen,) = hub(tmp_path, files, drafts=True).library
    assert seen.status == "in-review"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("date: hier", "bad-date"),
        ("tier: moyenne", "not-in-vocabulary"),
        ("authors: {a: b}", "wrong-type"),
        ("related: [note]", "bad-reference"),
        ("source: {url: x}", "missing-field"),
        ("places: [{country: ZZ}]", "not-in-vocabulary"),
        ("id: Été", "bad-id"),
        ("lang: de", "not-in-vocabulary"),
        ("axes:\n  - un\n  -\n  - deux", "wrong-type"),
        ("axes: [[un]]", "wrong-type"),
        ("results: texte", "wrong-type"),
        ("consent: {date: 2015}", "missing-field"),
        ("inconnu: {a: [b]}", "unknown-key"),
        ("key_moments: [{label: x, date: 2015-13}]", "bad-date"),
    ],
)
def test_a_faulty_value_never_loses_the_others(tmp_path: Path, bad: str, code: str) -> None:
    entry, found = _bound(tmp_path, *GOOD, bad)
    assert code in found
    assert entry.summary == "Un résumé."
    assert entry.keywords == ("un", "deux")
    assert [lesson.id for lesson in entry.lessons] == ["L1"]
    assert (entry.id, entry.lang, entry.title) == ("essai", "fr", "Essai")


def test_one_faulty_lesson_leaves_the_others(tmp_path: Path) -> None:
    lines = ["lessons:", *(f"  - {{id: {mark}, statement: x}}" for mark in ("L1", "deux", "L3", "quatre", "L5"))]
    entry, found = _bound(tmp_path, *lines)
    assert [lesson.id for lesson in entry.lessons] == ["L1", "L3", "L5"]
    assert found == ["bad-anchor", "bad-anchor"]


def test_a_field_under_its_label_is_one_fault_and_keeps_its_value(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/essai.md": "---\ntitre: Un titre\n---\n\nUn texte.\n"})
    fault = one(loaded.report, "unknown-key")
    assert codes(loaded.report) == ["unknown-key"]
    assert "Did you mean “title”?" in said(fault)
    assert fault.edit is not None
    assert loaded.library.entries[0].title == "Un titre"


def test_a_misspelt_field_is_proposed_and_not_mended(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/essai.md": "---\ntitel: Un titre\n---\n"})
    fault = one(loaded.report, "unknown-key")
    assert codes(loaded.report) == ["unknown-key"]
    assert fault.edit is None


def test_a_field_like_no_other_is_answered_with_those_there_are(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/essai.md": note("lessons:", "  - {id: L1, statement: x, zzz: y}")})
    assert "The fields here are: id, statement, strength, applies_when." in said(one(loaded.report, "unknown-key"))


def test_a_key_is_not_renamed_where_the_right_one_stands(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/essai.md": note("titre: Autre")})
    assert one(loaded.report, "unknown-key").edit is None
    assert loaded.library.entries[0].title == "Essai"


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("1299253 EUR", "EUR"),
        ("1 299 253 euros", "EUR"),
        ("€1.299.253", "EUR"),
        ("1299253", ""),
        ('{value: "1299253", currency: EUR}', "EUR"),
        ('{value: "1299253", currency: euros}', "EUR"),
        ('{value: "1299253 €", currency: eur}', "EUR"),
        ('{value: "1299253", currency: FCFA}', "XOF"),
        ('{value: "1299253", currency: franc congolais}', "CDF"),
        ('{value: "1299253", currency: }', ""),
    ],
)
def test_a_currency_is_one_of_the_list(tmp_path: Path, written: str, currency: str) -> None:
    loaded = hub(tmp_path, {"docs/projets/a.md": note(f"budget: {written}")})
    assert codes(loaded.report) == []
    assert loaded.library.entries[0].budget == Money(Decimal(1299253), currency)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "written",
    [
        '{value: "100", currency: écus}',
        '{value: "100 EUR", currency: USD}',
        '{value: "100", currency: [EUR]}',
        "100 ABC",
        "EUR 100 USD",
        "100 patates",
    ],
)
def test_no_other_word_is_a_currency(tmp_path: Path, written: str) -> None:
    loaded = hub(tmp_path, {"docs/projets/a.md": note(f"budget: {written}")})
    assert codes(loaded.report) in (["bad-amount"], ["wrong-type"])


def test_one_value_stands_for_a_list_and_a_name_for_a_place(tmp_path: Path) -> None:
    entry, found = _bound(tmp_path, "keywords: FBR", "places: Bénin", "lessons: {id: L1, statement: x}")
    assert found == []
    assert (entry.keywords, entry.places[0].country, len(entry.lessons)) == (("FBR",), "BJ", 1)


def test_a_date_with_one_meaning_can_be_mended(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/essai.md": note('date: "18 avril 2015"', "review_by: 03/04/2030")})
    assert [fault.edit.text if fault.edit else None for fault in loaded.report] == ['"2015-04-18"', None]


_KEYS = ["title", "date", "lessons", "places", "status", "id", "lang", "source", "related", "budget", "tier", "authors"]
_LEAVES = st.sampled_from(["x", "2015", "L1", "note:a", "draft", "18/04/2015", "", "[", "fr"])
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "x", "date"]), inner, max_size=3)
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5),
    folder=st.sampled_from(["notes", "projets", "billets"]),
)
def test_binding_never_raises(tmp_path: Path, data: dict[str, object], folder: str) -> None:
    lines = "".join(f"{key}: {_flow(value)}\n" for key, value in data.items())
    loaded = hub(tmp_path, {f"docs/{folder}/essai.md": f"---\n{lines}---\n\nUn texte.\n"})
    assert all(said(fault) for fault in loaded.report)
    assert "Did you mean “–”" not in "".join(map(said, loaded.report))


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return f"'{value}'"
