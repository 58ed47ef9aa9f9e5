"""`hub import` writes drafts that check well, says in French what to do next, and never writes over a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hub.i18n import translator
from tests import documents
from tests.support import checked, codes, commit, places, run, write

STEM = "appui-a-la-dds-experience-des-departements"
HOSTILE = (
    "<h1>: - # 'titre' \"x\" {{a}} [b] &amp; *c* @d %e !f</h1><p>Auteurs : Awa « : » Inconnue, Koffi #2 Test</p>"
    "<p>Mots clés : oui ; non ; 2015 ; a: b ; - c ; #d ; [e] ; null ; ~</p>"
    "<p>Texte &lt;script&gt; [[rien]] {: onclick=x}</p>"
)
CONSENT = "picture-without-consent"
"""What only people can say of the photographs in a document."""


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return write(tmp_path / "hub", {"docs/personnes/jean-paul-dossou.md": "---\ntitle: Jean-Paul Dossou\n---\n"})


def made(hub: Path, name: str, data: bytes) -> Path:
    path = hub.parent / name
    path.write_bytes(data)
    return path


def test_drafts_of_all_formats_check_without_an_error(hub: Path) -> None:
    files = [
        made(hub, "note.docx", documents.note()),
        made(hub, "deck.pptx", documents.deck()),
        made(hub, "poster.pdf", documents.poster()),
        made(hub, "page.html", HOSTILE.encode()),
        made(hub, "texte.odt", documents.odt("<text:p>Un texte.</text:p>")),
    ]
    result = run("import", *files, cwd=hub)
    assert result.exit_code == 0, result.output
    report = checked(hub, {}).report
    found = [code for code in codes(report) if code != CONSENT]
    assert found == ["raw-html", "raw-html"], places(report)
    entries = {entry.title: entry for entry in checked(hub, {}).library}
    title = ": - # 'titre' \"x\" {{a}} [b] & *c* @d %e !f"
    assert entries[title].kind.name == "post"
    assert entries[title].keywords == ("oui", "non", "2015", "a: b", "c", "#d", "[e]", "null", "~")
    assert {entry.status for entry in entries.values() if entry.kind.name != "person"} == {"draft"}
    assert entries["Stratégie du programme"].source.file == "deck.pptx"


def test_nothing_is_written_over(hub: Path) -> None:
    path = made(hub, "note.docx", documents.note())
    first = run("import", path, cwd=hub)
    before = {one: one.read_bytes() for one in (hub / "docs").rglob("*") if one.is_file()}
    second = run("import", path, path, cwd=hub)
    assert f"docs/notes/{STEM}.md" in first.stdout
    assert f"docs/notes/{STEM}-2.md" in second.stdout
    assert f"docs/notes/{STEM}-3.md" in second.stdout
    assert {one: one.read_bytes() for one in before} == before
    assert len(list((hub / "docs" / "notes").iterdir())) == 6
    report = checked(hub, {}).report
    assert set(codes(report)) == {"raw-html", "unknown-acronym", CONSENT}


def test_a_draft_takes_no_address_that_the_site_needs(hub: Path) -> None:
    run("import", made(hub, "page.html", "<h1>Thèmes</h1><p>Un texte.".encode()), "--kind", "note", cwd=hub)
    assert [one.name for one in (hub / "docs" / "notes").iterdir()] == ["themes-2.md"]
    assert codes(checked(hub, {}).report) == []


def test_the_report_is_for_programs_too(hub: Path) -> None:
    path = made(hub, "note.docx", documents.note())
    missing = hub.parent / "absent.docx"
    result = run("import", path, missing, "--format", "json", cwd=hub)
    assert result.exit_code == 2
    note, absent = json.loads(result.stdout)["imported"]
    assert (note["file"], note["draft"], note["kind"], note["lang"]) == (
        "note.docx",
        f"docs/notes/{STEM}.md",
        "note",
        "fr",
    )
    assert note["files"] == [f"docs/notes/{STEM}-image-1.jpg"]
    assert {"code": "section", "message": "“LECONS APPRIS”: under “Leçons apprises”."} in note["placed"]
    assert note["unplaced"] == [{"code": "section", "message": "“Remerciements”"}]
    assert "consent" in [one["code"] for one in note["decide"]]
    assert {"code": "footer", "text": "Page 1"} in note["left_out"]
    assert absent["file"] == "absent.docx"
    assert "There is no file" in absent["error"]


def test_it_says_in_french_what_to_do_next(hub: Path) -> None:
    path = made(hub, "note.docx", documents.note())
    result = run("import", path, "--lang", "fr", cwd=hub)
    assert result.stdout.startswith(f"note.docx → docs/notes/{STEM}.md (Note de capitalisation)\n\nPlacé\u00a0:\n")
    assert f"hub check docs/notes/{STEM}.md" in result.stdout
    assert "git add docs/notes && git commit -m 'Importer note.docx'" in result.stdout
    assert "Awa Inconnue" in result.stdout
    assert "status: draft" in result.stdout


def test_the_kind_may_be_said_in_words(hub: Path) -> None:
    path = made(hub, "page.html", b"<h1>Un titre</h1><p>Un texte.")
    assert "docs/notes/un-titre.md" in run("import", path, "--kind", "notes", cwd=hub).stdout
    assert "docs/billets/un-titre.md" in run("import", path, cwd=hub).stdout
    wrong = run("import", path, "--kind", "nate", cwd=hub)
    assert wrong.exit_code == 2
    assert "Did you mean “note”?" in wrong.stderr


def test_without_the_extra_it_says_what_to_install(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    result = run("import", made(hub, "note.docx", documents.note()), "--lang", "fr", cwd=hub)
    assert result.exit_code == 2
    assert "pip install 'cop-hub[import]'" in result.stderr
    assert translator("fr")("Placed:") == "Placé\u00a0:"


def test_an_imported_draft_can_be_committed_as_it_is_said(hub: Path) -> None:
    commit(hub)
    result = run("import", made(hub, "page.html", b"<h1>Un titre</h1><p>Un texte."), cwd=hub)
    line = next(line for line in result.stdout.split("\n") if "git add" in line).split(": ", 1)[1]
    who = "git config user.name T && git config user.email t@example.org && git config commit.gpgsign false && "
    subprocess.run(["sh", "-c", who + line], cwd=hub, check=True, capture_output=True)
    assert not subprocess.run(["git", "status", "--porcelain", "docs"], cwd=hub, check=True, capture_output=True).stdout
