"""`hub release` names a state of the hub, and refuses what would not be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub.editions import is_name, listed, unpack
from tests.repository import Repository
from tests.support import MINIMAL, note, run, write

CONFIG = "site_name: Essai\nplugins:\n  - hub:\n      kinds: kinds\n"


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Repository:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Awa Sow")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "awa@example.org")
        monkeypatch.setenv(f"GIT_{who}_DATE", "1600000000 +0100")
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": MINIMAL, ".gitignore": "/site/\n/.cache/\n", "docs/notes/a.md": note()})
    return made


def refused(root: Path, *arguments: str) -> str:
    done = run("release", *arguments, cwd=root)
    assert done.exit_code == 2, done.output
    assert "Example: " in done.stderr
    return done.stderr


@pytest.mark.parametrize("name", ["2026.1", "2026.12", "2026.1.1"])
def test_the_year_and_a_number_are_a_name(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "1", "2026", "v2026.1", "2026.01", "2026.0", "26.1", "2026.1.", "2026-1", "2026.1 ", "../2026.1", "--all"],
)
def test_nothing_else_is(repository, name):
    assert not is_name(name)
    refused(repository.root, "--no-build", "--", name)
    assert repository.git("tag") == ""


def test_the_state_that_is_checked_out_gets_a_tag(repository):
    done = run("release", "2026.1", "-m", "La première", "--no-build", cwd=repository.root)
    assert done.exit_code == 0, done.output
    assert "git push origin edition-2026.1" in done.output
    assert repository.git("cat-file", "-t", "edition-2026.1") == "tag"
    (found,) = listed(repository.root)
    assert (found.name, found.message, str(found.date)) == ("2026.1", "La première", "2020-09-13")
    assert found.commit == repository.git("rev-parse", "HEAD")
    assert not (repository.root / "site").exists()


def test_an_edition_does_not_change(repository):
    run("release", "2026.1", "--no-build", cwd=repository.root)
    before = repository.git("rev-parse", "edition-2026.1")
    repository.commit("deux", {"docs/notes/b.md": note()})
    assert "hub release 2026.2" in refused(repository.root, "2026.1")
    assert repository.git("rev-parse", "edition-2026.1") == before


@pytest.mark.parametrize("path", ["docs/notes/a.md", "docs/notes/new.md", "mkdocs.yml", "kinds/one.py"])
def test_what_is_not_committed_would_be_missing(repository, path):
    repository.commit("deux", {"mkdocs.yml": CONFIG, "kinds/other.py": ""})
    write(repository.root, {path: CONFIG + "# autre\n"})
    assert path in refused(repository.root, "2026.1")
    assert repository.git("tag") == ""


def test_files_beside_the_hub_need_not_be_committed(repository):
    write(repository.root, {"notes.txt": "à moi"})
    assert run("release", "2026.1", "--no-build", cwd=repository.root).exit_code == 0


def test_without_git_there_is_no_edition(tmp_path):
    assert "no Git repository" in refused(write(tmp_path / "alone", {"docs/notes/a.md": note()}), "2026.1")


def test_before_the_first_commit_there_is_nothing_to_release(tmp_path):
    made = Repository(tmp_path / "hub")
    write(made.root, {"docs/notes/a.md": note()})
    assert "Nothing is committed" in refused(made.root, "2026.1")


def test_git_must_know_who_releases(repository, monkeypatch):
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name)
    for name, value in (("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")):
        monkeypatch.setenv(name, value)
    repository.git("config", "user.useConfigOnly", "true")
    assert "user.name" in refused(repository.root, "2026.1")


def test_a_name_or_the_list_is_asked_for(repository):
    refused(repository.root)
    refused(repository.root, "2026.1", "--list")


def test_the_list_has_the_newest_first_and_nothing_else(repository):
    assert "There is no edition yet" in run("release", "--list", cwd=repository.root).output
    assert json.loads(run("release", "--list", "--format", "json", cwd=repository.root).output) == []
    for tag in ("v2026.3", "edition-2026.x", "edition-2026.9", "edition-2025.12"):
        repository.git("tag", "-a", tag, "-m", f"Dit de {tag}")
    repository.git("tag", "edition-2026.10")
    found = json.loads(run("release", "--list", "--format", "json", cwd=repository.root).output)
    assert [one["name"] for one in found] == ["2026.10", "2026.9", "2025.12"]
    assert [one["message"] for one in found] == ["", "Dit de edition-2026.9", "Dit de edition-2025.12"]
    assert found[0] | {"message": "", "date": ""} == {
        "name": "2026.10",
        "tag": "edition-2026.10",
        "commit": repository.git("rev-parse", "HEAD"),
        "message": "",
        "date": "",
    }
    lines = run("release", "--list", cwd=repository.root).output.splitlines()
    assert [line.split()[0] for line in lines] == ["2026.10", "2026.9", "2025.12"]


def test_the_files_of_an_edition_are_those_of_the_hub_in_its_repository(tmp_path):
    """A hub may be a folder of a repository; bytes are as they were committed."""
    made = Repository(tmp_path / "all")
    files = {"mkdocs.yml": MINIMAL, "docs/notes/é a.md": b"---\r\ntitle: A\r\n---\r\n", "docs/notes/b.md": note()}
    inside = {f"pays/hub/{path}": text for path, text in files.items()}
    made.commit("un", {"README.md": "x", ".gitattributes": "b.md text eol=crlf\n", **inside})
    made.git("tag", "edition-2026.1")
    made.commit("deux", {"pays/hub/docs/notes/b.md": None})
    root = made.root / "pays/hub"
    (edition,) = listed(root)
    found = unpack(root, edition, tmp_path / "there")
    assert set(found) == set(files)
    assert (tmp_path / "there/docs/notes/b.md").read_bytes() == note().encode()
    assert made.git("status", "--porcelain") == ""
    assert not (root / "docs/notes/b.md").exists()
