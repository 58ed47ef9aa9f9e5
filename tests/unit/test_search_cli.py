"""`hub search`: for people and for programs, from an index that is made when it is needed and only then."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import hub
from hub.cli.app import main
from hub.search import cache, engine
from tests.searching import article, searched, term
from tests.support import run, write

STORE = ".cache/hub/search.sqlite"
FILES = {
    "docs/notes/a.md": article(
        "La mutuelle du district",
        "date: 2015-04",
        "places: [BJ]",
        "authors: [awa]",
        "groups: [cop]",
        body="## Leçons\n\nUne 😀 mutuelle de santé tient par la confiance.",
    ),
    "docs/notes/a.en.md": article("The mutual fund", "date: 2015-04", body="A fund of the district."),
    "docs/notes/b.md": article("Les visites", "date: 2016", "status: draft", body="Visite du district de Nikki."),
    "docs/notes/c.md": article("Le contrôle", "review_by: 2020-01", body="Un contrôle de la mutuelle."),
    "docs/personnes/awa.md": article("Awa Sow"),
    "docs/groupes/cop.md": article("Communauté", "type: gtt"),
    "docs/glossaire/csc.md": term("Centre de santé communal", "acronym: CSC"),
    "docs/glossaire/csc-2.md": term("Cadre stratégique commun", "acronym: CSC", "variants: [cadre]"),
}


@pytest.fixture
def root(tmp_path) -> Path:
    return write(tmp_path, FILES)


def answer(root: Path, *arguments: object) -> Any:
    """The JSON of an answer, and nothing beside it."""
    done = run("search", "--format", "json", "--root", root, *map(str, arguments))
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def french(root: Path, *arguments: str | Path) -> Result:
    """What people read: `--lang` before the command is the language of messages, after it a filter."""
    return run("--lang", "fr", "search", *arguments, "--root", root)


def found(root: Path, *arguments: object) -> list[str]:
    return [f"{one['id']}.{one['lang']}" for one in answer(root, *arguments)["results"]]


def test_json_is_the_engine_s_answer(root, tmp_path_factory):
    own = searched(tmp_path_factory.mktemp("own"), FILES)
    assert answer(root, "mutuelle", "district") == json.loads(json.dumps(own.search("mutuelle district")))
    assert answer(root, "mutuelle", "--limit", 0)["results"] == []
    assert len(answer(root, "mutuelle", "--limit", 1)["results"]) == 1
    assert answer(root, "--limit", 0, "--", "-x")["query"] == "-x"


def test_people_read_titles_places_and_what_matched(root):
    done = french(root, "mutuelle")
    assert done.exit_code == 0
    first, *lines = done.stdout.splitlines()
    assert first == "2 résultats."
    assert lines == [
        "",
        "  1. La mutuelle du district  (Notes de capitalisation · 2015-04 · fr)",
        "     notes/a/#s-lecons  Leçons",
        "     Une 😀 mutuelle de santé tient par la confiance.",
        "  2. Le contrôle  (Notes de capitalisation · fr · À réviser)",
        "     notes/c/",
        "     Un contrôle de la mutuelle.",
    ]
    draft = french(root, "nikki").stdout
    assert draft.startswith("Un résultat.\n")
    assert "(Notes de capitalisation · 2016 · fr · Brouillon)" in draft


def test_what_matched_is_bold_where_the_terminal_shows_it(root):
    said = CliRunner().invoke(main, ["search", "confiance", "--root", str(root)], color=True).stdout
    assert "tient par la \x1b[33m\x1b[1mconfiance\x1b[0m." in said


def test_people_read_how_their_query_was_understood(root):
    def said(*arguments: str) -> str:
        return french(root, *arguments).stdout

    assert "Résultats pour « contrôle » au lieu de « contrrole »" in said("contrrole")
    assert "« cadre » lu comme : Cadre stratégique commun" in said("cadre")
    ambiguous = said("csc")
    assert "« csc » peut vouloir dire : Centre de santé communal (--as csc=csc)" in ambiguous
    assert "Cadre stratégique commun (--as csc=csc-2)" in ambiguous
    assert said("zzz") == "Aucun résultat.\n"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kind", "note"], {"a.fr", "b.fr"}),
        (["--lang", "en"], {"a.en"}),
        (["--year", "2015"], {"a.fr", "a.en"}),
        (["--year", "2015", "--year", "2016", "--lang", "fr"], {"a.fr", "b.fr"}),
        (["--place", "bj"], {"a.fr"}),
        (["--person", "awa"], {"a.fr"}),
        (["--group", "cop"], {"a.fr"}),
        (["--theme", "rien"], set()),
    ],
)
def test_options_filter(root, options, expected):
    assert set(found(root, "district", *options)) - {"a.en"} == expected - {"a.en"}
    assert ("a.en" in found(root, "district", *options)) == ("a.en" in expected or options == ["--kind", "note"])


def test_a_word_is_taken_literally_and_an_acronym_as_one_says(root):
    assert answer(root, "contrrole")["total"] == 1
    assert answer(root, "contrrole", "--literal", "Contrrole")["total"] == 0
    assert answer(root, "Cadre", "--literal", "CADRE")["interpreted"] == []
    (reading,) = answer(root, "csc", "--as", "CSC=csc-2")["interpreted"]
    assert reading["chosen"] == "csc-2"
    assert answer(root, "csc", "--as", "csc=csc")["results"] != answer(root, "csc", "--as", "csc=csc-2")["results"]


def test_the_reader_s_language_is_not_that_of_messages(root):
    write(root, {f"docs/notes/d{lang}.md": article("Audit", body="Audit.") for lang in ("", ".en")})
    assert found(root, "audit", "--reader", "en") == ["d.en", "d.fr"]
    assert found(root, "audit", "--reader", "fr") == found(root, "audit") == ["d.fr", "d.en"]


def test_a_file_is_answered_line_by_line(root, tmp_path):
    lines = ["mutuelle", "", "zzz", "  ", "nikki\u2028district", "a\x0cb\x85c\x1cd", '"unbalanced', "mutuelle"]
    for end, start in (("\n", ""), ("\r\n", "\ufeff")):
        (tmp_path / "queries.txt").write_bytes((start + end.join(lines) + end).encode())
        told = answer(root, "--file", tmp_path / "queries.txt")
        assert [one["query"] for one in told] == lines
        assert told[0] == told[-1] == answer(root, "mutuelle")
        assert [one["total"] for one in told[:4]] == [2, 0, 0, 0]
    (tmp_path / "queries.txt").write_text("un\ndeux", "utf-8")
    assert [one["query"] for one in answer(root, "--file", tmp_path / "queries.txt")] == ["un", "deux"]
    (tmp_path / "queries.txt").write_text("", "utf-8")
    assert answer(root, "--file", tmp_path / "queries.txt") == []


def test_people_read_one_line_for_each_query_of_a_file(root, tmp_path):
    (tmp_path / "queries.txt").write_text("mutuelle\n\nnikki\n", "utf-8")
    done = french(root, "--file", tmp_path / "queries.txt")
    assert done.stdout == "mutuelle\t2 résultats.\n\tAucun résultat.\nnikki\tUn résultat.\n"


def test_options_hold_for_every_line_of_a_file(root, tmp_path):
    (tmp_path / "queries.txt").write_text("district\ncontrrole\n", "utf-8")
    told = answer(root, "--file", tmp_path / "queries.txt", "--year", "2016", "--literal", "contrrole", "--limit", 5)
    assert [[one["id"] for one in answer["results"]] for answer in told] == [["b"], []]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Dites quoi chercher"),
        (["mot", "--file", "mkdocs.yml"], "Dites quoi chercher"),
        (["mot", "--as", "csc"], "« csc » ne dit pas le sens d’un mot"),
        (["mot", "--as", "csc="], "« csc= » ne dit pas le sens d’un mot"),
        (["--file", "nulle-part.txt"], "n’existe pas"),
        (["--file", "latin.txt"], "ne peut pas être lu"),
        (["mot", "--limit", "-1"], "-1"),
        (["mot", "--limit", "2000"], "2000"),
        (["mot", "--limit", "dix"], "dix"),
        (["mot", "--format", "xml"], "xml"),
        (["mot", "--nothing"], "--nothing"),
        (["mot", "--kind", "nots"], "« nots » n’est pas un type de texte"),
        (["mot", "--kind", "nots"], "Exemple : --kind note"),
        (["mot", "--kind", "note", "--kind", "\x1bx", "--format", "json"], "est pas un type de texte. Il y a : note, "),
        (["mot", "--kind", "nots", "--advanced"], "« nots » n’est pas un type de texte"),
        (["mot", "--lang", "pt"], "« pt » n’est pas une langue de ce hub. Il y a : fr, en."),
    ],
)
def test_wrong_use_is_said_in_french_and_tells_programs(root, arguments, said):
    (root / "latin.txt").write_bytes("santé".encode("latin-1"))
    done = run("--lang", "fr", "search", *arguments, cwd=root)
    assert done.exit_code == 2
    assert said in done.stderr.replace("\u00a0", " ")
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_value_that_no_text_has_is_told_beside_the_answer(root):
    done = french(root, "district", "--group", "copp", "--year", "1999", "--year", "2015")
    assert done.exit_code == 0
    assert done.stdout == "Aucun résultat.\n"
    assert done.stderr.replace("\u00a0", " ").splitlines() == [
        "Aucun texte n’a « copp » pour --group.",
        "Valeurs que des textes ont : cop",
        "Aucun texte n’a « 1999 » pour --year.",
        "Valeurs que des textes ont : 2015, 2016",
    ]
    # A kind that no text has is one, and programs are told nothing beside the answer.
    assert french(root, "district", "--kind", "meeting").stderr == ""
    assert answer(root, "district", "--theme", "rien")["total"] == 0
    assert french(root, "district", "--theme", "rien").stderr.splitlines()[1:] == []


def test_people_read_in_how_many_texts_a_phrase_was_looked_for(root, monkeypatch):
    write(root, {f"docs/notes/n{n}.md": article(f"Note {n}", body="Soins de qualité.") for n in range(4)})
    monkeypatch.setattr(engine, "VERIFIED", 2)
    monkeypatch.setattr(engine, "MOST_VERIFIED", 3)
    assert french(root, '"qualité des soins"').stdout.replace("\u00a0", " ") == (
        "Seuls les 3 meilleurs textes ont été lus pour les mots entre guillemets : aucun ne les a ainsi. "
        "Ajoutez des mots ou un filtre.\n"
    )
    said = french(root, '"soins de qualité"').stdout
    assert said.startswith("2+ résultats. Seuls les 2 meilleurs textes ont été lus pour les mots entre guillemets.\n")


def test_help_says_what_codes_and_ids_are_and_what_quotes_do(root):
    said = " ".join(run("--lang", "fr", "search", "--help").stdout.replace("\u00a0", " ").split())
    assert "peuvent être répétées : --kind note --kind term" in said
    assert "Des mots entre guillemets doivent se suivre" in said
    assert "ceux des renseignements en tête des textes" in said
    said = " ".join(run("--lang", "en", "search", "--help").stdout.split())
    assert "can be repeated: --kind note --kind term" in said


def test_where_there_is_no_hub_one_is_told_so(tmp_path):
    done = run("--lang", "fr", "search", "mot", cwd=tmp_path)
    assert done.exit_code == 2
    assert "mkdocs.yml" in done.stderr


def test_bytes_that_are_no_text_are_answered(root):
    command = [Path(sys.executable).with_name("hub"), "search", b"district \xff\xed\xa0\x80", "--format", "json"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["results"]


@pytest.fixture
def loads(monkeypatch) -> list[Path]:
    """The hubs that were read."""
    seen: list[Path] = []
    load = hub.load
    monkeypatch.setattr(hub, "load", lambda root, *rest, **more: seen.append(root) or load(root, *rest, **more))
    return seen


def test_the_index_is_made_on_first_use_and_kept(root, loads):
    assert not (root / STORE).exists()
    first = answer(root, "mutuelle")
    assert len(loads) == 1
    assert (root / STORE).is_file()
    assert answer(root, "mutuelle") == first
    assert answer(root, "district")["total"] == 3
    assert len(loads) == 1
    assert {path.name for path in root.iterdir()} == {"mkdocs.yml", "docs", ".cache"}


CHANGES = {
    "a text": {"docs/notes/a.md": article("Une autre")},
    "a text more": {"docs/notes/z.md": article("Une autre")},
    "a text less": {"docs/notes/a.md": None},
    "a list": {"docs/vocabulaires/themes.yml": "title: T\nterms:\n  eau: {fr: Eau, en: Water}\n"},
    "the configuration": {"mkdocs.yml": "site_name: Autre\nplugins: [hub]\n"},
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_hub_is_read_again_when_something_changed(root, loads, what):
    before = answer(root, "mutuelle")["total"]
    write(root, {path: text for path, text in CHANGES[what].items() if text is not None})
    for path in [path for path, text in CHANGES[what].items() if text is None]:
        (root / path).unlink()
    assert answer(root, "mutuelle")["total"] == before - ("docs/notes/a.md" in CHANGES[what])
    assert len(loads) == 2
    answer(root, "mutuelle")
    assert len(loads) == 2


def test_the_hub_is_read_again_by_another_release_and_on_the_day_that_a_review_is_due(root, loads, monkeypatch):
    write(root, {"docs/notes/a.md": article("La mutuelle", "review_by: 2030-01")})
    answer(root, "mutuelle")
    monkeypatch.setattr(cache, "_code", lambda: b"another release")
    answer(root, "mutuelle")
    assert len(loads) == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")  # 1 January 2030
    assert answer(root, "mutuelle")["results"][0]["status"] == "published"
    assert len(loads) == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1896134400")  # 1 February
    assert answer(root, "mutuelle")["results"][0]["status"] == "needs-review"
    assert len(loads) == 3


@pytest.mark.parametrize("raw", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_index_is_made_anew_and_told_beside_the_answer(root, loads, raw):
    before = answer(root, "mutuelle")
    (root / STORE).write_bytes(raw)
    done = run("search", "--format", "json", "--root", root, "mutuelle")
    assert json.loads(done.stdout) == before
    assert done.stderr == (f"{root / STORE} was damaged or lost: what it held is made again.\n" if raw else "")
    assert answer(root, "mutuelle") == before
    assert len(loads) == 2
