"""What stands behind a text: its revisions, what changed in each, and each as it was."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from hub.history import History
from tests.repository import Repository
from tests.searching import article
from tests.site.hubs import TODAY, Built, build, make, plain, say

NOTE = "docs/notes/appui.md"
CONFIG = "site_name: Essai\nplugins: [hub]\nrepo_url: https://github.com/benin/hub\n"
REST = "\n\nVoir [[note:autre]].\n\n## Leçons\n\nUne leçon du terrain, dite par tous."
FIRST = f"Le comité se réunit chaque mois.{REST}"
SECOND = f"Le comité se réunit chaque trimestre.{REST}"


def note(body: str, *lines: str) -> str:
    return article("Appui", "keywords: [district]", "authors: [awa]", *lines, body=body)


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("archive") / "hub")
    made.commit(
        "Premiers textes",
        {
            "mkdocs.yml": CONFIG,
            NOTE: note(FIRST),
            "docs/notes/autre.md": article("Autre", body="Un texte."),
            "docs/personnes/awa.md": article("Awa Sow", "consent: {date: 2026-01-01}", body="Sa vie."),
            "docs/notes/retire.md": article("Retiré", body="Un secret très ancien."),
        },
    )
    made.git("checkout", "-q", "-b", "proposition")
    kofi = "Kofi <kofi@example.org>"
    made.commit("Corriger le rythme\n\nIl se réunit moins souvent.", {NOTE: note(SECOND)}, author=kofi)
    made.git("checkout", "-q", "main")
    made.merge("proposition", "Merge pull request #7 from kofi/proposition\n\nLe comité se réunit chaque trimestre")
    made.commit("Titre", {NOTE: note(SECOND).replace('title: "Appui"', 'title: "Appui </script> & co"')})
    withdrawn = article("Retiré", "status: withdrawn", "withdrawal: {date: 2026-01-01, reason: Faux.}", body="Rien.")
    made.commit("Retirer", {"docs/notes/retire.md": withdrawn})
    made.commit("Relire", {"docs/notes/autre.md": article("Autre", "status: in-review", body="Pas encore publié.")})
    return made


@pytest.fixture(scope="module")
def built(repository) -> Built:
    return build(repository.root)


@pytest.fixture(scope="module")
def revisions(repository):
    return History.read(repository.root).of(NOTE)


def words(built: Built, address: str) -> str:
    return plain(built.page(address).text)


def test_a_text_says_how_often_it_was_revised_and_leads_to_its_history(built):
    foot = words(built, "notes/appui/")
    assert "3 révisions" in foot
    assert "notes/appui/historique/" in built.targets("notes/appui/")


def test_the_history_lists_revisions_with_people_reasons_and_links(built, revisions):
    page = built.page("notes/appui/historique/")
    text = plain(page.text)
    assert [one.hash in text.replace(" ", "") for one in revisions] == [True] * 3
    assert "Le comité se réunit chaque trimestre" in text
    assert "Kofi" in text
    assert "Merge pull request" not in text
    links = built.targets("notes/appui/historique/")
    assert "personnes/awa/" in links  # the author's name is hers
    assert any(one.attrs.get("href") == "https://github.com/benin/hub/pull/7" for one in page)
    for one in revisions[1:]:
        assert f"notes/appui/v/{one.short}/" in links


def test_an_older_version_is_the_text_as_it_was(built, revisions):
    address = f"notes/appui/v/{revisions[2].short}/"
    text = words(built, address)
    assert "chaque mois" in text
    assert "chaque trimestre" not in text
    assert plain(say("Older version")) in text
    assert {"notes/appui/", "notes/appui/historique/", "notes/autre/", "personnes/awa/"} <= set(built.targets(address))
    raw = (built.root / address / "index.html").read_bytes()
    assert b'content="noindex"' in raw
    assert len(gzip.compress(raw)) <= 8_000
    assert raw.count(b"<script") == raw.count(b'<script type="application/ld+json">') == 1  # data, and no program


def test_an_older_version_tells_programs_what_it_is(tmp_path):
    repository = Repository(tmp_path / "hub")
    config = f"{CONFIG}site_url: https://hub.example/\n"
    awa = article("Awa Sow", "given_name: Awa", "family_name: Sow")
    dated = ("date: 2015-04-18", "doi: 10.5281/zenodo.1234567", "summary: 'a</script><!-- b'")
    files = {"mkdocs.yml": config, NOTE: note(FIRST, *dated), "docs/personnes/awa.md": awa}
    repository.commit("un", files | {"docs/notes/sans-date.md": article("Sans date", body="Un.")})
    repository.commit(
        "deux", {NOTE: note(SECOND, *dated), "docs/notes/sans-date.md": article("Sans date", body="Deux.")}
    )
    built = build(repository.root)
    old = History.read(repository.root).of(NOTE)[1]
    address = f"notes/appui/v/{old.short}/"
    told = {one["name"]: one["content"] for one in built.page(address).head.find("meta") if "name" in one.attrs}
    assert told["robots"] == "noindex"
    assert told["citation_title"] == "Appui"
    assert told["citation_author"] == "Sow, Awa"
    assert told["citation_publication_date"] == "2015/04/18"
    assert told["citation_technical_report_institution"] == "Essai"
    assert told["citation_technical_report_number"] == f"{old.day}, {old.short}"
    assert told["citation_language"] == "fr"
    assert told["citation_public_url"] == f"https://hub.example/{address}"
    assert told["DC.identifier"] == old.swhid
    assert "citation_doi" not in told  # the DOI is of the text as it was deposited
    raw = (built.root / address / "index.html").read_text("utf-8")
    found = json.loads(raw.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (found["@id"], found["version"], found["dateModified"]) == (told["citation_public_url"], old.short, old.day)
    undated = History.read(repository.root).of("docs/notes/sans-date.md")[1]
    page = built.page(f"notes/sans-date/v/{undated.short}/")
    assert page.head.one("meta[name=citation_publication_date]")["content"] == undated.day.replace("-", "/")
    assert "citation_technical_report_number" not in (built.root / "notes/appui/index.html").read_text("utf-8")
    for page in built.root.rglob("*.html"):
        assert "og:" not in page.read_text("utf-8")


def test_the_difference_shows_words(built, revisions):
    raw = (built.root / f"notes/appui/historique/{revisions[1].short}/index.html").read_text("utf-8")
    assert "<del>mois</del><ins>trimestre</ins>" in raw
    assert "chaque" in raw
    assert "0 mot retiré" in words(built, f"notes/appui/historique/{revisions[0].short}/")
    assert "Kofi" in words(built, f"notes/appui/historique/{revisions[1].short}/")
    assert "<details><summary>" in raw  # fields that did not change are folded, though they stand near
    title = (built.root / f"notes/appui/historique/{revisions[0].short}/index.html").read_text("utf-8")
    assert "&lt;/script&gt; &amp; co</ins>" in title
    assert "</script>" not in title


def test_every_link_of_the_archive_leads_somewhere(built):
    checked, faults = built.link_faults()
    assert checked > 50
    assert faults == []


def test_what_is_not_published_does_not_leak(built):
    everything = [path.read_text("utf-8") for path in built.root.rglob("*.html")]
    assert not [text for text in everything if "Pas encore publié" in text]
    assert not [text for text in everything if "Un secret très ancien" in text]
    assert not [text for text in everything if "@example.org" in text]
    assert not (built.root / "notes/retire/historique").exists()
    assert not (built.root / "personnes/awa/historique").exists()


def test_who_has_left_is_named_by_a_pseudonym_in_older_versions_too(tmp_path):
    repository = Repository(tmp_path / "hub")
    config = CONFIG.replace("[hub]", "[{hub: {salt: abcdefghijklmnopqrstuvwxyz}}]")
    awa = article("Awa Sow", "consent: {date: 2026-01-01}")
    files = {"mkdocs.yml": config, NOTE: note("Merci à Awa Sow."), "docs/personnes/awa.md": awa}
    repository.commit("un, par Awa Sow", files)
    repository.commit("deux", {NOTE: note("Merci à Awa Sow et à tous.")})
    repository.commit("trois", {"docs/personnes/awa.md": article("Awa Sow", "retired: true")})
    built = build(repository.root)
    named = [path for path in built.root.rglob("*.html") if "Awa Sow" in plain(path.read_text("utf-8"))]
    assert named == []
    assert (built.root / "notes/appui/historique/index.html").exists()


def test_pages_of_older_revisions_can_be_left_out(repository, built, revisions, tmp_path):
    config = (repository.root / "mkdocs.yml").read_text("utf-8")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", repository.root, clone], check=True, capture_output=True)
    (clone / "mkdocs.yml").write_text(config.replace("[hub]", "[{hub: {revisions: false}}]"), "utf-8")
    without = build(clone)
    older = {name for name in built.files if "/v/" in name or re.search("/historique/.+/", name)}
    assert older
    assert without.files == built.files - older
    for page in ("notes/appui/", "personnes/awa/"):
        assert words(without, page) == words(built, page)
    assert without.link_faults()[1] == []
    assert words(without, "notes/appui/historique/").count("swh:1:cnt:") == len(revisions)


def test_a_hub_without_git_has_no_revisions(tmp_path):
    bare = make(tmp_path / "bare", {"docs/notes/a.md": article("A")})
    assert not list(bare.root.rglob("historique"))
    assert "historique" not in "".join(bare.targets("notes/"))


def test_a_shallow_clone_shows_what_it_knows_and_says_so(repository, tmp_path):
    clone = tmp_path / "clone"
    url = repository.root.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth", "4", url, clone], check=True, capture_output=True)
    built = build(clone)
    page = words(built, "notes/appui/historique/")
    assert plain(say("The beginning of this history is not known here: only the newest commits were at hand.")) in page
    assert plain(say("First version")) not in page


def test_a_build_reads_only_what_is_new(repository, built):
    assert Path(repository.root / ".cache/hub/history.json").exists()
    assert build(repository.root, at=TODAY).files == built.files


def test_old_addresses_lead_to_where_a_text_is_now(tmp_path):
    repository = Repository(tmp_path / "hub")
    long = " ".join(f"mot{number}" for number in range(60))
    awa = article("Awa Sow", body=long)
    files = {"mkdocs.yml": CONFIG, NOTE: article("A", body=long), "docs/personnes/awa-sow.md": awa}
    repository.commit("un", files | {"docs/notes/b.en.md": article("B", body=f"b {long}")})
    repository.move(NOTE, "docs/wiki/appui-dds.md")
    repository.move("docs/notes/b.en.md", "docs/notes/c.en.md")
    repository.move("docs/personnes/awa-sow.md", "docs/personnes/x.md")
    repository.commit("deux", {"docs/personnes/x.md": awa.replace("---\n\n", "retired: true\n---\n\n")})
    repository.move("docs/wiki/appui-dds.md", "docs/wiki/dds.md")
    repository.commit("trois")
    built = build(repository.root)
    for old, new in (
        ("notes/appui/", "../../wiki/dds/"),
        ("wiki/appui-dds/", "../dds/"),
        ("en/notes/b/", "../c/"),
    ):
        text = (built.root / old / "index.html").read_text("utf-8")
        assert f'url={new}"' in text, old
    assert not (built.root / "personnes/awa-sow").exists()


def test_what_was_deleted_leaves_a_page_that_says_when_and_why(tmp_path):
    repository = Repository(tmp_path / "hub")
    person = article("Awa Sow", body="Sa vie.")
    files = {"mkdocs.yml": CONFIG, NOTE: note("Un texte."), "docs/personnes/awa-sow.md": person}
    repository.commit("un", files | {"docs/notes/b.md": article("B")})
    repository.commit("Doublon d’une autre note\n\nDétail.", {NOTE: None})
    repository.commit("À la demande d’Awa Sow", {"docs/personnes/awa-sow.md": None})
    built = build(repository.root)
    text = words(built, "notes/appui/")
    assert "Doublon d’une autre note" in text
    assert "Un texte" not in text
    assert "recherche/" in built.targets("notes/appui/")
    assert "demande" not in words(built, "personnes/awa-sow/")
    # Whatever takes the address has it.
    repository.commit("quatre", {"docs/notes/b.md": article("B", "aliases: [notes/appui/]")})
    built = build(repository.root)
    assert 'url=../b/"' in (built.root / "notes/appui/index.html").read_text("utf-8")


def test_a_commit_of_white_space_leaves_the_reference_its_date(tmp_path):
    repository = Repository(tmp_path / "hub")
    salt = CONFIG.replace("[hub]", "[{hub: {salt: abcdefghijklmnopqrstuvwxyz}}]")
    left = article("Kofi Adjo", "retired: true")
    files = {"mkdocs.yml": salt, NOTE: note("Avec Kofi Adjo.  Et tous."), "docs/personnes/kofi.md": left}
    repository.commit("un", files)
    (revision,) = History.read(repository.root).of(NOTE)
    repository.commit("blancs", {NOTE: note("Avec Kofi Adjo. Et tous.\n\n")})
    page = build(repository.root).page("notes/appui/")
    assert f"version du 15 septembre 2020, {revision.swhid})" in plain(page.main.find(".hub-cite__text")[0].text)
    assert "Kofi" not in page.text


def test_a_past_that_cannot_be_shown_costs_its_own_pages(repository, monkeypatch):
    archive, render = (import_module(f"hub.site.{name}") for name in ("archive", "render"))
    usual = render.render

    def fails(page, **options):
        if page.template == "difference.html":
            raise RuntimeError("render")
        return usual(page, **options)

    monkeypatch.setattr(render, "render", fails)
    built = build(repository.root)
    assert (built.root / "notes/appui/historique/index.html").exists()
    assert any("RuntimeError: render" in line for line in built.said)
    monkeypatch.setattr(archive, "said", lambda *_: 1 / 0)
    built = build(repository.root)
    assert any("ZeroDivisionError" in line for line in built.said)
    assert not (built.root / "notes/appui/historique/index.html").exists()
    assert (built.root / "notes/autre/index.html").exists()
