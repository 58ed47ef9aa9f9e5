"""A translation says whether its original still says the same."""

from __future__ import annotations

import pytest

from tests.repository import Repository
from tests.searching import article
from tests.site.hubs import Built, build, plain, say

NOTE, ENGLISH = "docs/notes/appui.md", "docs/notes/appui.en.md"
BODY = "## Contexte\n\nLe district compte douze centres.\n\n## Leçons\n\nUne leçon du terrain, dite par tous."
TRANSLATED = "## Context\n\nThe district has twelve centres.\n\n## Lessons\n\nA lesson from the field, told by all."


@pytest.fixture
def repository(tmp_path) -> Repository:
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": "site_name: Essai\nplugins: [hub]\n", NOTE: article("Appui", body=BODY)})
    return made


def translate(repository: Repository, hash_: str | None = None, body: str = TRANSLATED) -> None:
    known = hash_ or repository.git("hash-object", NOTE)[:12]
    repository.commit("traduire", {ENGLISH: article("Support", f"source_hash: {known}", body=body)})


def words(built: Built) -> str:
    return plain(built.page("en/notes/appui/").text)


def test_a_translation_of_the_newest_revision_is_up_to_date(repository):
    translate(repository)
    built = build(repository.root)
    assert "This translation is up to date with the original." in words(built)
    assert not (built.root / "en/notes/appui/historique/original").exists()
    french = plain(built.page("notes/appui/").text)
    assert "traduction" not in french


def test_a_stale_translation_says_since_when_and_where_and_shows_the_difference(repository):
    translate(repository)
    repository.commit("préciser", {NOTE: article("Appui", body=BODY.replace("dite par tous", "redite par tous"))})
    built = build(repository.root)
    text = words(built)
    assert "Translation to be brought up to date" in text
    assert "Leçons" in text.partition("Sections:")[2].partition(".")[0]
    assert "Contexte" not in text.partition("Sections:")[2].partition(".")[0]
    address = "en/notes/appui/historique/original/"
    assert address in built.targets("en/notes/appui/")
    raw = (built.root / address / "index.html").read_text("utf-8")
    assert "<del>dite</del><ins>redite</ins>" in raw
    _, faults = built.link_faults()
    assert faults == []


def test_a_minor_revision_makes_no_translation_stale(repository):
    translate(repository)
    mended = article("Appui", body=BODY.replace("douze", "12"))
    repository.commit("faute\n\nRevision: mineure", {NOTE: mended})
    assert "up to date with the original" in words(build(repository.root))


def test_a_translation_that_is_only_begun_says_so(repository):
    translate(repository, body="Soon.")
    assert "Translation begun" in words(build(repository.root))


@pytest.mark.parametrize("hash_", ["000000000000", "abc", "", "~"])
def test_a_translation_of_nobody_knows_what_claims_nothing(repository, hash_):
    translate(repository, hash_ or " ")
    text = words(build(repository.root))
    assert "up to date" not in text
    assert "Also in:" in text


def test_an_english_original_is_none(repository):
    repository.commit("anglais", {"docs/notes/only.en.md": article("Only", body="Text.")})
    assert "original" not in plain(build(repository.root).page("en/notes/only/").text)
    assert say("Read the original") == "Lire l’original"
