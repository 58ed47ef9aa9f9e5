"""`hub history` in the terminal and for programs."""

from __future__ import annotations

import json

import pytest

from tests.repository import Repository
from tests.searching import article
from tests.support import hub, run

NOTE = "docs/notes/appui.md"


@pytest.fixture
def repository(tmp_path) -> Repository:
    made = Repository(tmp_path / "hub")
    files = {"mkdocs.yml": "site_name: Essai\nplugins: [hub]\n", "docs/glossaire/appui.md": article("Appui")}
    made.commit("Écrire", files | {NOTE: article("Appui", body="Le comité se réunit chaque mois.")})
    made.commit("Préciser\n\nParce que.", {NOTE: article("Appui", body="Le comité se réunit deux fois par mois.")})
    return made


def test_revisions_are_listed_the_newest_first(repository):
    result = run("history", "note:appui", cwd=repository.root)
    assert result.exit_code == 0
    lines = [line.strip() for line in result.output.splitlines()]
    hashes = repository.git("log", "--format=%h", "--", NOTE).split()
    assert len([line for line in lines if line.startswith("swh:1:cnt:")]) == len(hashes) == 2
    assert lines[0] == "Appui (note:appui)"
    assert lines[1].startswith("2. ")
    assert "Awa Sow" in lines[1]
    assert lines[2:5] == ["│ Préciser", "│ Parce que.", "words added: 3, taken out: 1"]


def test_programs_are_told_the_same(repository):
    told = json.loads(run("history", NOTE, "--format", "json", cwd=repository.root).output)
    newest, first = told["revisions"]
    assert (told["id"], told["kind"], told["committed"], told["complete"]) == ("appui", "note", True, True)
    assert newest["swhid"] == f"swh:1:cnt:{repository.git('rev-parse', f'HEAD:{NOTE}')}"
    assert newest["hash"] == newest["swhid"].rpartition(":")[2][:12]
    assert newest["changes"] == {"added": 3, "removed": 1, "moved": 0}
    assert (first["changes"], first["message"], first["people"]) == (None, "Écrire", ["Awa Sow"])


def test_what_is_not_committed_is_said(repository):
    path = repository.root / NOTE
    path.write_text(path.read_text("utf-8") + "\nEncore.\n", "utf-8")
    result = run("history", NOTE, cwd=repository.root)
    assert "The text as it stands is not committed yet." in result.output
    assert json.loads(run("history", NOTE, "--format", "json", cwd=repository.root).output)["committed"] is False


def test_without_git_there_is_nothing_to_list(tmp_path):
    hub(tmp_path, {NOTE: article("Appui")})
    result = run("history", "appui", cwd=tmp_path)
    assert result.exit_code == 0
    assert "no revision is known" in result.output
    assert json.loads(run("history", "appui", "--format", "json", cwd=tmp_path).output)["revisions"] == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [("appuy", "Did you mean “appui”?"), ("appui", "“appui” may be: note:appui, term:appui"), ("x:y", "no text “x:y”")],
)
def test_who_asks_for_what_is_not_there_is_told_what_is(repository, asked, said):
    result = run("history", asked, cwd=repository.root)
    assert result.exit_code == 2
    assert said in result.output
