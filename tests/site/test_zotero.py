"""Zotero takes each page that one cites as what it is, with its authors in order, its date, address and language."""

from __future__ import annotations

import pytest

from hub.history import History
from tests.repository import Repository
from tests.site.document import Document
from tests.site.hubs import Built, build
from tests.site.test_citing import FILES, URL
from tests.site.zotero import Item, item

AUTHORS = (("Abalo", "Ada"), ("Dossou Yovo", "Jean Claude"), ("Équipe de zone", ""))
CONFIG = f"site_name: Essai\nplugins: [hub]\nsite_url: {URL}\n"
NOTE = "docs/notes/plans.md"


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("zotero") / "hub")
    made.commit("un", {**FILES, "mkdocs.yml": CONFIG})
    changed = {path: text.replace("Un texte.", "Un autre texte.") for path, text in FILES.items() if "# " not in text}
    made.commit("deux", {path: text for path, text in changed.items() if text != FILES[path]})
    return made


@pytest.fixture(scope="module")
def built(repository) -> Built:
    return build(repository.root)


def test_a_note_is_a_report(built):
    assert item(built.page("notes/plans/")) == Item(
        "report",
        "Des plans partagés",
        AUTHORS,
        "2015/04/18",
        f"{URL}notes/plans/",
        "fr",
        "Centre de recherche; Essai",
    )
    translated = item(built.page("en/notes/plans/"))
    assert (translated.type, translated.language, translated.url) == ("report", "en", f"{URL}en/notes/plans/")


def test_an_older_version_of_a_note_is_one_as_well(built, repository):
    old = History.read(repository.root).of(NOTE)[1]
    address = f"notes/plans/v/{old.short}/"
    assert item(built.page(address)) == Item(
        "report",
        "Des plans partagés",
        AUTHORS,
        "2015/04/18",
        f"{URL}{address}",
        "fr",
        "Centre de recherche; Essai",
        f"{old.day}, {old.short}",
    )


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("notes/relue/", "report"),
        ("projets/puits/", "report"),
        ("wiki/fbr/", "encyclopediaArticle"),
        ("billets/nouvelle/", "blogPost"),
        ("ressources/rapport/", "document"),
    ],
)
def test_each_page_that_is_cited_is_what_it_is_in_every_version(built, folder, kind):
    pages = [address for address in built.pages if address == folder or address.startswith(f"{folder}v/")]
    assert len(pages) == 2
    for address in pages:
        found = item(built.page(address))
        assert found.type == kind
        assert found.url == f"{URL}{address}"
        assert found.language == "fr"
        assert found.title
        assert bool(found.institution) == (kind == "report")


def test_what_is_not_cited_is_a_web_page(built):
    others = (
        "",
        "notes/",
        "personnes/ada/",
        "reunions/une/",
        "une-page/",
        "notes/brouillon/",
        "notes/plans/historique/",
    )
    assert {item(built.page(address)).type for address in others} == {"webpage"}


def test_no_page_of_the_site_has_a_tag_of_open_graph(built):
    for address, page in built.pages.items():
        for one in page.find("meta"):
            name = one.attrs.get("name", one.attrs.get("property", ""))
            assert not name.lower().startswith(("og:", "article:", "book:", "twitter:")), address


HEAD = "<html><head>{}</head><body><main></main></body></html>"
TITLE = '<meta name="citation_title" content="T">'
INSTITUTION = '<meta name="citation_technical_report_institution" content="I">'
GRAPH = '<meta property="og:type" content="website"><meta property="og:title" content="T">'


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("", "webpage"),
        (TITLE, "journalArticle"),
        (TITLE + GRAPH, "webpage"),
        (TITLE + INSTITUTION, "report"),
        ('<meta name="DC.type" content="report">', "report"),
    ],
)
def test_the_decision_is_the_one_that_was_seen_in_zotero(head, kind):
    assert item(Document(HEAD.format(head))).type == kind


def test_names_are_parted_as_zotero_parts_them():
    def authors(name: str) -> tuple[tuple[str, str], ...]:
        return item(Document(HEAD.format(f'<meta name="citation_author" content="{name}">'))).authors

    assert authors("Jean Dossou, Awa Sow") == (("Dossou", "Jean"), ("Sow", "Awa"))
    assert authors("Dossou Yovo, Jean Claude") != (("Dossou Yovo", "Jean Claude"),)
    assert authors("Dossou\u00a0Yovo, Jean Claude") == (("Dossou Yovo", "Jean Claude"),)
    assert authors("Équipe de zone") == (("zone", "Équipe de"),)
    assert authors("Équipe de zone,") == (("Équipe de zone", ""),)
