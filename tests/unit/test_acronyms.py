"""Acronyms that the glossary does not know: what counts as one, where it is said to stand, and what is left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from hub import checks
from hub.checks.acronyms import _Reader
from hub.loading import load
from tests.support import checked, codes, note, one, places, said, write


def _three(text: str) -> dict[str, str]:
    """Three notes with the same text."""
    return {f"docs/notes/{name}.md": note(body=f"{text}\n") for name in "abc"}


def _found(root: Path, files: dict[str, str]) -> list[str]:
    report = checked(root, files).report
    return [str(fault.params["found"]) for fault in report if fault.rule.code == "unknown-acronym"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La CSU progresse.", "CSU"),
        ("la caisse (CSU) paie", "CSU"),
        ("L’ONU et d'autres", "ONU"),
        ("une couverture dite C.S.U. par tous", "CSU"),
        ("les CSUs du pays", "CSU"),
        ("les **CSU** du pays", "CSU"),
        ("les _CSU_ du pays", "CSU"),
        ("les [CSU](https://example.org/x) du pays", "CSU"),
        ("le suivi dit S&E commence", "S&E"),
        ("la COVID-19 a tout changé", "COVID-19"),
        ("le DHIS2 est en place", "DHIS2"),
        ("après la grippe H1N1 du pays", "H1N1"),
        ("le comité post-OMD siège", "OMD"),
        ("des soins VIH/TBX gratuits", "TBX"),
        ("le GIBS-P du pays", "GIBS-P"),
        ("in the RBF-related work", "RBF"),
        ("34 CSPS ont répondu", "CSPS"),
        ("la fin du PNUD. Puis rien", "PNUD"),
        ("Soins | coût\n--- | ---\nla CSU | 12", "CSU"),
    ],
)
def test_what_is_an_acronym(tmp_path: Path, text: str, found: str) -> None:
    assert found in _found(tmp_path, _three(text))


@pytest.mark.parametrize(
    "text",
    [
        "Le chapitre XIV et la phase II, en MMXV, au livre XLII",
        "## PLAN DE TRAVAIL DE LA CSU",
        "## CSU",
        "- CSU\n- FBR, PBF",
        "| CSU | FBR |\n|---|---|\n| OUI | NON |",
        "le code `CSU` et ``le CSU`` du pays",
        "du code :\n\n```\nla CSU est là\n```\n\net du texte",
        "du code :\n\n~~~ text\nla CSU est là\n~~~\n\net du texte",
        "voir [le texte](https://example.org/CSU/la) et <https://example.org/CSU>",
        "voir https://example.org/CSU et moi@CSU.bj",
        "voir [le texte][1]\n\n[1]: https://example.org/CSU",
        "une note[^CSU] en bas\n\n[^CSU]: du texte",
        "> [!NOTE]\n> du texte",
        "publié sous CC BY-SA 4.0, sous CC BY 4.0 et en CC0",
        "l’activité XM-DAC-2-10-8401 et la norme ISO-8859-1 du pays",
        "le document A/RES/70/1 du pays",
        "fait avec Jean DOSSOU et avec DOSSOU Jean",
        "fait par M. DOSSOU et par Mme. DOSSOU",
        "cité par Dossou JP, Meessen B, Ridde VA.",
        "un poids de 12 KG et 3 500 XOF par an",
        "écrire au 75008 PARIS, 01 BP 12",
        "un fichier PDF ou une image au format JPG",
        "il ne faut JAMAIS le faire, jamais",
        "le matériel de MAX_SIZE et #CSU du pays",
        "une seule lettre : A, B et L1",
        "le mot ANTICONSTITUTIONNEL du pays",
        "McDonald, CoP et PhD du pays",
    ],
)
def test_what_is_no_acronym(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, _three(text)) == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("glossaire/x", "title: Couverture sanitaire universelle\nacronym: CSU"),
        ("glossaire/x", "title: Couverture\nvariants: [C.S.U.]"),
        ("glossaire/x", "title: Couverture\nvariants: [CSUs]"),
        ("glossaire/x", "title: Couverture\nfr: [régime CSU]"),
        ("glossaire/x", "title: Couverture sanitaire universelle (CSU)"),
        ("glossaire/x", "title: csu\nstatus: draft"),
        ("glossaire/x.en", "title: Coverage\nacronym: CSU"),
        ("organisations/x", "title: Caisse de santé\nacronym: CSU"),
        ("projets/x", "title: CSU"),
    ],
)
def test_a_name_that_is_known_is_not_missed(tmp_path: Path, path: str, fields: str) -> None:
    files = {**_three("La CSU progresse, les C.S.U. aussi."), f"docs/{path}.md": f"---\n{fields}\n---\n\nUn texte.\n"}
    assert _found(tmp_path, files) == []


@pytest.mark.parametrize(
    "fields",
    ["title: Couverture\nacronym: CSU\nstatus: withdrawn", "title: Le régime CSU du Bénin"],
)
def test_a_withdrawn_term_and_a_title_that_only_uses_it_explain_nothing(tmp_path: Path, fields: str) -> None:
    folder = "glossaire" if "acronym" in fields else "billets"
    files = {**_three("La CSU progresse."), f"docs/{folder}/x.md": f"---\n{fields}\n---\n\nUn texte.\n"}
    assert _found(tmp_path, files) == ["CSU"]


def test_a_figure_at_the_end_makes_no_other_acronym(tmp_path: Path) -> None:
    files = {
        "docs/notes/a.md": note(body="la CPN1 et la CPN4\n"),
        "docs/notes/b.md": note(body="la CPN du soir\n"),
        "docs/notes/c.md": note(body="la CPN du matin, la CPN du midi\n"),
    }
    assert _found(tmp_path, files) == ["CPN"]


def test_translations_are_one_text_and_two_texts_are_too_few(tmp_path: Path) -> None:
    files = {
        "docs/notes/a.md": note(body="la CSU\n"),
        "docs/notes/a.en.md": note(body="the CSU\n"),
        "docs/notes/b.md": note(body="la CSU, la CSU et la CSU\n"),
    }
    assert _found(tmp_path, files) == []
    files["docs/wiki/c.en.md"] = note(body="the CSU\n")
    assert _found(tmp_path, files) == ["CSU"]


def test_it_is_told_once_at_its_first_place_with_texts_named(tmp_path: Path) -> None:
    files = {
        "docs/notes/b.md": note(body="Du texte.\n\n`CSU` : la  CSU, la CSU\n"),
        "docs/notes/a.md": note("summary: Ce que la CSU change."),
        "docs/wiki/c.md": note("summary: >-", "  Du texte,", "  et la CSU.", body="la CSU\n"),
        "docs/projets/d.md": note(body="la CSU\n"),
    }
    report = checked(tmp_path, files).report
    assert [place for place in places(report) if "acronym" in place] == ["docs/notes/a.md:3:20 unknown-acronym"]
    text = said(one(report, "unknown-acronym"))
    assert "in 4 texts, docs/notes/a.md, docs/notes/b.md, docs/" in text
    assert text.count(".md") == 3
    assert "acronym: UHC" in text


@pytest.mark.parametrize(
    ("lines", "body", "place"),
    [
        ((), "Du texte.\n\n`CSU` : la  CSU, la CSU\n", "7:13"),
        (("summary: Ce que la CSU change.",), "la CSU\n", "3:20"),
        (("summary: >-", "  Du texte,", "  et la CSU."), "la CSU\n", "5:9"),
        (("lessons:", "  - {id: L1, statement: La CSU attend}"), "la CSU\n", "4:28"),
    ],
)
def test_the_place_is_right(tmp_path: Path, lines: tuple[str, ...], body: str, place: str) -> None:
    files = {**_three("la CSU progresse"), "docs/notes/a.md": note(*lines, body=body)}
    assert f"docs/notes/a.md:{place} unknown-acronym" in places(checked(tmp_path, files).report)


def test_codes_and_marks_that_fields_hold_are_no_acronyms(tmp_path: Path) -> None:
    files = _three("le code BJ du pays, et l’objectif OS1 du projet")
    files["docs/notes/a.md"] = note(
        "places: [BJ]", "lessons: [{id: OS1, statement: x}]", body="le code BJ, l’objectif OS1\n"
    )
    assert _found(tmp_path, files) == []


def test_withdrawn_texts_do_not_count(tmp_path: Path) -> None:
    files = _three("la CSU progresse")
    files["docs/notes/a.md"] = note("status: withdrawn", body="la CSU\n")
    assert _found(tmp_path, files) == []


@pytest.mark.parametrize(
    "text",
    [
        "AB " * 30_000,
        "A" * 100_000,
        "la AB, " * 15_000,
        "A-" * 50_000,
        "AA-" * 30_000 + "é",
        "A." * 50_000,
        "`" * 50_000 + " AB la",
        "` `` " * 20_000 + "la AB",
        "[[AB la" * 15_000,
        "](" * 50_000 + "la AB",
        "<a" * 50_000 + "la AB",
        "~~~ la AB " * 10_000,
        "la " + "AB|" * 30_000,
    ],
    ids=lambda text: text[:8],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    _Reader(frozenset()).uses(text)
    assert time.process_time() - started < 3


def test_who_shows_no_remarks_does_not_look_for_them(tmp_path: Path) -> None:
    files = {**_three("La CSU progresse."), "docs/notes/d.md": note("date: 2020", body="")}
    loaded = load(write(tmp_path, files))
    told, untold = (set(codes(checks.run(loaded, remarks=remarks))) for remarks in (True, False))
    assert told - untold == {"unknown-acronym"}
    assert "empty-text" in untold
