"""The checks say what the golden files show, go on when one of them breaks, and know no kind by name."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import hub.checks
from hub import checks
from hub.diagnostics import Diagnostic
from hub.loading import find_kinds, load
from tests.support import checked, codes, note, one, places, said, write


def _crashes(*_: object) -> Iterator[Diagnostic]:
    yield from ()
    raise ZeroDivisionError("rien ne va")


@pytest.mark.parametrize("crashing", [checks.Check((), find=_crashes), checks.Check((), look=_crashes)])
def test_a_check_that_crashes_is_told_once_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crashing: checks.Check
) -> None:
    known = checks.checks()
    monkeypatch.setattr(checks, "checks", lambda: (crashing, *known))
    texts = {"docs/notes/a.md": note(body="# Titre\n"), "docs/notes/b.md": note(body="# Titre\n")}
    report = checked(tmp_path, texts).report
    assert codes(report) == ["title-in-text", "title-in-text", "check-crashed"]
    assert "rien ne va" in said(one(report, "check-crashed"))


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["qualité des soins", "Qualité des soins"], True),
        (["qualité des soins", "qualite des soins"], True),
        (["indicateur", "indicateurs"], True),
        (["niveau", "niveaux"], True),
        (["mise en œuvre", "mise en oeuvre"], True),
        (["santé communautaire", "santé comunautaire"], True),
        (["supervision", "suprevision"], True),
        (["zone sanitaire 1", "zone sanitaire 2"], False),
        (["FBR", "FBP"], False),
        (["mère", "père"], False),
        (["gestion", "question"], False),
        (["accès", "accès aux soins"], False),
    ],
)
def test_keywords_that_mean_the_same(tmp_path: Path, words: list[str], near: bool) -> None:
    first, second = words
    files = {f"docs/notes/{n}.md": note(f"keywords: [{word}]") for n, word in enumerate([first, first, second])}
    report = checked(tmp_path, files).report
    assert places(report) == (["docs/notes/2.md:3:12 near-duplicate-keyword"] if near else [])


def test_keywords_of_two_languages_are_not_compared(tmp_path: Path) -> None:
    files = {
        "docs/notes/a.md": note("keywords: [organisation]"),
        "docs/notes/a.en.md": note("keywords: [organization]"),
    }
    assert codes(checked(tmp_path, files).report) == []


def test_thousands_of_keywords_are_compared_in_no_time(tmp_path: Path) -> None:
    words = [
        f"{a}{b}{c}{d}ations" for a in "bcdfg" for b in "aeiou" for c in "lmnrst" for d in ("amen", "ivor", "oupe")
    ]
    files = {f"docs/notes/{n}.md": note(f"keywords: [{word}]") for n, word in enumerate(words)}
    loaded = load(write(tmp_path, files))
    started = time.process_time()
    checks.run(loaded)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("wiki/a.md", "---\ntitle: x\nstatus: draft\n---\n", []),
        ("wiki/a.md", "---\ntitle: x\n---\n", ["empty-text"]),
        ("notes/a.md", "---\ntitle: x\nlessons: {id: L1, statement: y}\n---\n", []),
        ("personnes/a.md", "---\ntitle: x\n---\n", []),
        ("index.md", "---\ntitle: x\n---\n", []),
        ("page.md", "---\ntitle: x\n---\n", ["empty-text"]),
        ("notes/a.md", "---\ntitle: x\nstatus: withdrawn\n---\n", []),
        ("notes/a.md", "---\ntitle: x\nstatus: draft\n---\n\n…\n", []),
        ("notes/a.md", "---\ntitle: x\n---\n\nIl dit : « … »\n", []),
    ],
)
def test_a_text_is_missed_only_where_one_belongs(tmp_path: Path, file: str, text: str, expected: list[str]) -> None:
    found = codes(checked(tmp_path, {f"docs/{file}": text}).report)
    assert [code for code in found if code in {"empty-text", "text-to-complete"}] == expected


def test_headings_count_in_either_language_and_without_accents(tmp_path: Path) -> None:
    names = ["Context", "METHODOLOGIE", "Résultats", "Difficulties", "Leçons  apprises", "Outlook"]
    body = "".join(f"## {name}\n\nUn texte.\n\n" for name in names)
    assert codes(checked(tmp_path, {"docs/notes/a.md": note("tier: complete", body=body)}).report) == []


def test_a_missing_heading_is_named_in_the_texts_language(tmp_path: Path) -> None:
    report = checked(tmp_path, {"docs/notes/a.en.md": note("tier: complete")}).report
    assert "“Context”" in said(report.diagnostics[0])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["photo: p.png"], ["photo-without-consent"]),
        (["photo: p.png", "consent: {date: 2026}"], []),
        (["photo: p.png", "consent: {date: 2026, scope: [profil]}"], ["photo-without-consent"]),
        (["photo: p.png", "consent: {date: 2026, scope: [Photos]}"], []),
    ],
)
def test_a_photo_needs_a_consent_that_covers_it(tmp_path: Path, lines: list[str], expected: list[str]) -> None:
    files = {"docs/personnes/a.md": "\n".join(["---", "title: x", *lines, "---", ""]), "docs/personnes/p.png": "x"}
    assert codes(checked(tmp_path, files).report) == expected


def test_dates_inside_parts_are_compared_too(tmp_path: Path) -> None:
    lines = [
        "affiliations:",
        "  - {organisation: CERRHUD, since: 2015, until: 2014}",
        "  - {organisation: MSV, since: 2015, until: 2015}",
    ]
    report = checked(tmp_path, {"docs/personnes/a.md": note(*lines)}).report
    assert places(report) == ["docs/personnes/a.md:4:49 bad-period"]


def test_a_default_value_is_no_label(tmp_path: Path) -> None:
    files = {"docs/notes/a.md": note("related: [note:b]"), "docs/notes/b.md": note("lessons: {id: L1, statement: x}")}
    assert codes(checked(tmp_path, files).report) == []


def test_a_level_is_told_as_it_was_written(tmp_path: Path) -> None:
    faults = checked(tmp_path, {"docs/notes/a.md": note("tier: complète")}).report
    assert "“complète”" in said(next(fault for fault in faults if fault.rule.code == "missing-heading"))


def test_a_review_is_overdue_on_the_day_of_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"docs/notes/a.md": note("review_by: 2030-01-31")}
    found = []
    for epoch in ("1896134399", "1896220800"):  # the last second of 31 January, the first of 2 February (UTC)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        found.append(codes(checked(tmp_path, files).report))
    assert found == [[], ["review-overdue"]]


def test_no_check_names_a_kind(tmp_path: Path) -> None:
    kinds = set(find_kinds(load(write(tmp_path, {})).config)) - {"page"}
    for path in Path(hub.checks.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in kinds}
        assert not named, path
