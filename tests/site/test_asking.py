"""Pages ask readers to propose a text and to say what is wrong, where the hub knows its forge."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from hub import forms
from hub.intake import answers
from hub.loading import load
from hub.vocab import builtin
from tests.searching import article
from tests.site.hubs import Built, build
from tests.support import write

CONFIG = "site_name: Essai\nsite_url: https://hub.example.org/\nplugins: [hub]\nrepo_url: {}\n"
PLACES = {
    "github": "https://github.com/sante/hub",
    "gitlab": "https://gitlab.com/sante/hub",
    "forgejo": "https://codeberg.org/sante/hub",
}
FILES = {
    "docs/notes/appui.md": article("L’appui & « lui »", "date: 2015", body="Un."),
    "docs/notes/only.en.md": article("Only", "date: 2015", body="One."),
    "docs/personnes/awa-sow.md": article("Awa Sow"),
    "docs/glossaire/dds.md": article("DDS", body="Une direction."),
}


def links(built: Built, address: str, words: str) -> list[str]:
    return [link["href"] for link in built.page(address).find("a") if link.text == words]


@pytest.fixture(scope="module", params=PLACES)
def built(request, tmp_path_factory) -> tuple[str, Built]:
    root = tmp_path_factory.mktemp(request.param)
    write(root, {**FILES, "mkdocs.yml": CONFIG.format(PLACES[request.param])})
    return request.param, build(root)


def test_each_page_leads_into_the_editor_and_to_the_form(built) -> None:
    forge, site = built
    editor = {"github": "edit", "gitlab": "-/edit", "forgejo": "_edit"}[forge]
    assert links(site, "notes/appui/", "Améliorer cette page") == [f"{PLACES[forge]}/{editor}/main/docs/notes/appui.md"]
    (href,) = links(site, "notes/appui/", "Signaler une erreur")
    asked = list(parse_qs(urlsplit(href).query).values())
    assert "L’appui & « lui »" in asked[0][0].replace("\u00a0", " ")
    assert asked[1][0].startswith("https://hub.example.org/notes/appui/\n\n")


def test_a_page_asks_for_comments_by_the_form_that_hub_intake_reads(built) -> None:
    forge, site = built
    (href,) = links(site, "notes/appui/", "Commenter cette page")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}
    page = "https://hub.example.org/notes/appui/"
    if forge == "github":
        assert (asked["template"], asked["page"]) == ("comment.yml", page)
    elif forge == "forgejo":
        assert (asked["template"], asked["field:page"]) == (".forgejo/issue_template/comment.yml", page)
    else:
        known = forms.asked({}, {}, "fr")
        found = answers.read(asked["issue[description]"] + "\n", known.values())
        assert found is not None
        assert (found.form.name, found.text("page"), found.text("comment")) == ("comment", page, "")
    assert not links(site, "personnes/awa-sow/", "Commenter cette page")


def test_the_index_of_people_leads_to_the_form_by_which_one_joins(built) -> None:
    forge, site = built
    (href,) = links(site, "personnes/", "Rejoindre la communauté")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}
    if forge == "gitlab":
        known = forms.asked(load(site.root.parent).library.kinds, builtin(), "fr")
        found = answers.read(asked["issue[description]"], known.values())
        assert found is not None
        assert (found.form.name, found.chosen["consent"]) == ("person", ())
    else:
        assert asked["template"].endswith("person.yml")


def test_an_index_leads_to_where_documents_are_left(built) -> None:
    forge, site = built
    way = {"github": "upload", "gitlab": "-/tree", "forgejo": "_upload"}[forge]
    assert links(site, "notes/", "Déposer un document") == [f"{PLACES[forge]}/{way}/main/depot"]
    assert links(site, "en/notes/", "Hand in a document")
    assert not links(site, "glossaire/", "Déposer un document")


def test_an_index_asks_for_a_text_in_the_readers_language(built) -> None:
    forge, site = built
    (french,) = links(site, "notes/", "Proposer une note")
    (english,) = links(site, "en/notes/", "Propose a note")
    (term,) = links(site, "glossaire/", "Proposer un terme")
    if forge != "gitlab":
        assert parse_qs(urlsplit(french).query)["filename"] == ["mon-titre.md"]
        assert parse_qs(urlsplit(english).query)["filename"] == ["my-title.en.md"]
        assert urlsplit(term).path.endswith("/main/docs/glossaire")
    assert "## Contexte" in str(parse_qs(urlsplit(french).query))
    assert "## Context\\n" in str(parse_qs(urlsplit(english).query))


def test_without_a_forge_nothing_is_asked(tmp_path: Path) -> None:
    site = build(write(tmp_path, FILES))
    assert not links(site, "notes/appui/", "Signaler une erreur")
    assert not links(site, "notes/", "Proposer une note")
