"""What must not be public is in no file of the site, whatever was published once."""

from __future__ import annotations

import json

import pytest

from hub import load
from hub.withheld import BAD_WITHHOLDING
from tests.repository import Repository
from tests.searching import article
from tests.site.hubs import build, plain, say
from tests.support import run

NOTE = "docs/notes/appui.md"
LIST = "docs/retraits.yml"
SECRET = "Madame Zinzolin Aké"
CONFIG = "site_name: Essai\nplugins: [hub]\n"


def note(*lines: str, body: str) -> str:
    return article("Appui", "date: 2020-09-14", *lines, body=body)


@pytest.fixture
def repository(tmp_path) -> Repository:
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": CONFIG, NOTE: note(body="Un."), "docs/notes/b.md": article("B", body=SECRET)})
    made.commit("deux", {NOTE: note(body=f"Deux, avec {SECRET}."), "docs/notes/b.md": article("B", body="B.")})
    made.commit("trois", {NOTE: note(body="Trois.")})
    return made


def holding(root, words: str = "Zinzolin") -> list[str]:
    site = build(root).root
    return [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and words in path.read_text("utf-8", "replace")
    ]


def test_words_are_withheld_from_all_versions_that_hold_them(repository):
    root = repository.root
    assert len(holding(root)) >= 4
    asked = ("withhold", "zinzolin", "ake", "--reason", "Le nom d’une patiente")
    dry = run(*asked, "--dry-run", cwd=root)
    assert dry.exit_code == 0
    assert not (root / LIST).exists()
    result = run(*asked, cwd=root)
    assert result.exit_code == 0, result.output
    assert [line.split()[0] for line in result.output.splitlines()[:2]] == ["docs/notes/appui.md", "docs/notes/b.md"]
    assert "git filter-repo" in result.output
    assert holding(root) == []
    site = root / "site"
    hash_ = repository.git("rev-parse", f"HEAD~1:{NOTE}")[:12]
    page = plain((site / f"notes/appui/v/{hash_}/index.html").read_text("utf-8"))
    assert "Le nom d’une patiente" in page
    history = plain((site / "notes/appui/historique/index.html").read_text("utf-8"))
    assert "Le nom d’une patiente" in history
    assert not (site / f"notes/appui/historique/{hash_}").exists()
    again = run(*asked, cwd=root)
    assert again.output.count("(withheld already)") == 2
    assert (root / LIST).read_text("utf-8").count("content:") == 2


def test_what_still_stands_in_a_text_is_said_and_withheld_as_well(repository):
    root = repository.root
    repository.commit("quatre", {NOTE: note(body=f"Encore {SECRET}.")})
    result = run("withhold", "Zinzolin", "--reason", "Un nom", cwd=root)
    assert f"{NOTE} holds them as it stands" in result.output
    assert holding(root) == []
    assert "Un nom" in (root / "site/notes/appui/index.html").read_text("utf-8")


def test_a_text_is_withheld_in_all_its_versions(repository):
    root = repository.root
    assert run("withhold", "--entry", "note:appui", "--reason", "Sans consentement", cwd=root).exit_code == 0
    (entry,) = [one for one in load(root).library if one.id == "appui"]
    assert (entry.status, entry.text.text, entry.withdrawal.reason) == ("withdrawn", "", "Sans consentement")
    assert holding(root, "Trois.") == []
    assert not (root / "site/notes/appui/historique").exists()
    assert "Sans consentement" in (root / "site/notes/appui/index.html").read_text("utf-8")
    assert (root / "site/notes/b/historique/index.html").exists()


def test_a_text_under_review_is_not_shown_as_a_version_that_is_withheld(repository):
    root = repository.root
    hash_ = repository.git("rev-parse", f"HEAD:{NOTE}")
    listed = f"withheld:\n  - content: {hash_}\n    reason: Un nom\n    date: 2026-11-22\n"
    repository.commit("quatre", {NOTE: note("status: in-review", body="Quatre."), LIST: listed})
    (entry,) = [one for one in load(root).library if one.id == "appui"]
    assert SECRET in entry.text.text  # the one before; the one that was withheld is passed over
    assert holding(root, "Trois.") == []


@pytest.mark.parametrize(
    "listed",
    [
        "withheld: oui\n",
        "withheld:\n  - content: abc\n    reason: r\n    date: 2026-01-01\n",
        "withheld:\n  - content: 0123456789ab\n    date: 2026-01-01\n",
        "withheld:\n  - entry: note:appui\n    reason: r\n    date: hier\n",
        "withheld: [\n",
        "autre: chose\n",
    ],
)
def test_a_list_that_cannot_be_read_withholds_all_that_is_past(repository, listed):
    repository.commit("quatre", {LIST: listed})
    report = load(repository.root).report
    assert [found.location.path for found in report if found.rule is BAD_WITHHOLDING or found.location.path == LIST]
    assert holding(repository.root) == []
    assert not list((repository.root / "site").rglob("historique"))


def test_what_was_withheld_is_said_in_french():
    assert say("Take back what must not be public.") != "Take back what must not be public."


def test_what_is_withheld_is_not_cited_either(repository):
    root = repository.root
    hash_ = repository.git("rev-parse", f"HEAD~1:{NOTE}")[:12]
    assert run("cite", "note:appui", "--revision", hash_, cwd=root).exit_code == 0
    run("withhold", "Zinzolin", "--reason", "Un nom", cwd=root)
    refused = run("cite", "note:appui", "--revision", hash_, cwd=root)
    assert refused.exit_code == 2
    assert "has no revision" in refused.output


def test_a_file_that_only_a_withheld_text_names_is_not_published(repository):
    root = repository.root
    linked = note(body="Voir [le rapport](rapport.pdf) et [la carte](carte.pdf).")
    other = article("B", body="La [carte](carte.pdf).")
    files = {NOTE: linked, "docs/notes/b.md": other, "docs/notes/rapport.pdf": "r", "docs/notes/carte.pdf": "c"}
    repository.commit("quatre", files)
    run("withhold", "--entry", "note:appui", "--reason", "Sans consentement", cwd=root)
    found = {name for name in build(root).files if name.endswith(".pdf")}
    assert found == {"notes/carte.pdf"}


def test_why_a_finding_was_dismissed_stands_nowhere(tmp_path):
    made = Repository(tmp_path / "hub")
    lines = ["dismissed:", "  - rule: phone-number", "    reason: Zinzolin", "    text: Zinzolin"]
    made.commit("un", {"mkdocs.yml": CONFIG, NOTE: note(*lines, body="Un.")})
    made.commit("deux", {NOTE: note(*lines, "    # Zinzolin", body="Deux.")})
    made.commit("trois", {NOTE: note(body="Deux.")})
    assert holding(made.root) == []
    made.commit("quatre", {NOTE: note(*lines, body="Deux.")})
    assert holding(made.root) == []
    revisions = json.loads(run("history", "appui", "--format", "json", "--root", made.root).output)
    assert len(revisions["revisions"]) == 2
