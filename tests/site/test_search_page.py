"""The search without a script: a box on every page, a page of results that offers the lists, words for the script."""

from __future__ import annotations

import json

import pytest

import hub
from hub.loading import ADDRESS_TAKEN
from hub.search.cache import Cache
from hub_mkdocs import search
from tests.site.hubs import NOTHING_ELSE, Built, make, plain, say, text
from tests.support import write

PAGES = ("recherche/", "en/recherche/")


@pytest.mark.parametrize(("address", "lang"), [("", "fr"), ("notes/appui-dds/", "fr"), ("en/notes/", "en")])
def test_every_page_has_a_box_that_leads_to_the_results(benin: Built, address, lang):
    box = benin.page(address).one("header.hub-header form")
    assert box["role"] == "search"
    assert benin.leads(address, box["action"]) == ("recherche/" if lang == "fr" else "en/recherche/")
    assert "method" not in box.attrs
    field = box.one("input")
    assert field["name"] == "q"
    assert box.one("label")["for"] == field["id"]
    assert box.one("label").text == say("Search", lang)
    assert box.one("button")["type"] == "submit"


@pytest.mark.parametrize("address", ["", "en/"])
def test_the_home_page_asks_what_one_looks_for(benin: Built, address):
    box = benin.page(address).main.one(".hub-hero form")
    assert benin.leads(address, box["action"]) == f"{address}recherche/"
    assert plain(box.one("label").text) == plain(say("What are you looking for?", "en" if address else "fr"))


@pytest.mark.parametrize("address", PAGES)
def test_the_page_of_results_has_one_box_and_offers_the_lists(benin: Built, address):
    page = benin.page(address)
    assert len(page.find("form")) == 1
    assert benin.leads(address, page.main.one("form")["action"]) == address
    assert page.one("noscript").text
    home = address.removesuffix("recherche/")
    offered = {f"{home}{one}/" for one in ("notes", "wiki", "glossaire", "personnes", "themes", "annees", "lieux")}
    assert offered <= set(benin.targets(address))
    assert page.head.one("meta[name=robots]")["content"] == "noindex"


def test_the_two_pages_of_results_are_translations(benin: Built):
    for address in PAGES:
        found = {
            one["hreflang"]: benin.leads(address, one["href"])
            for one in benin.page(address).head.find("link[hreflang]")
        }
        assert found == {"fr": "recherche/", "en": "en/recherche/"}


@pytest.mark.parametrize(("address", "may"), [("recherche/", "peut vouloir dire"), ("en/recherche/", "may mean")])
def test_the_page_brings_the_words_of_its_language(benin: Built, address, may):
    page = benin.page(address)
    words = json.loads(page.one("[data-hub-results]")["data-hub-results"])
    assert may in words["may"]
    assert list(words["facets"]) == ["kind", "theme", "year", "place", "lang", "person", "group"]
    everywhere = json.loads(page.one("[data-hub-words]")["data-hub-words"])
    assert {"note", "person", "term"} <= set(everywhere["kinds"])
    assert all(len(everywhere[name]) == 2 for name in ("offers", "results"))


def test_every_page_says_where_the_site_begins(benin: Built):
    for address in ("", "recherche/", "en/notes/appui-dds/"):
        html = benin.page(address).one("html")
        assert benin.leads(address, html["data-root"]) == ""
        assert "data-file" not in html.attrs


def test_on_a_key_addresses_name_files(tmp_path):
    built = make(
        tmp_path, {"docs/notes/a.md": text("A")}, config="site_name: E\nuse_directory_urls: false\nplugins: [hub]\n"
    )
    page = built.page("notes/a/")
    assert page.one("html")["data-file"] == "index.html"
    assert page.one("header.hub-header form")["action"] == "../../recherche/index.html"
    assert built.page("").main.one("form")["action"] == "recherche/index.html"


def test_a_hub_in_english_has_its_results_at_search(tmp_path):
    config = "site_name: E\nplugins:\n  - hub:\n      languages: [en]\n"
    built = make(tmp_path, {"docs/notes/a.md": text("A")}, config=config)
    assert built.has("search/")
    assert built.leads("", built.page("").one("header.hub-header form")["action"]) == "search/"


def test_no_entry_may_take_the_address_of_the_results(tmp_path):
    write(tmp_path, {"mkdocs.yml": "site_name: E\nplugins: [hub]\n", "docs/recherche.md": text("Nos recherches")})
    found = [one for one in hub.load(tmp_path).report if one.rule is ADDRESS_TAKEN]
    assert [one.location.path for one in found] == ["docs/recherche.md"]


def test_a_site_that_is_built_over_keeps_no_script_of_what_was_withdrawn(tmp_path):
    cache = Cache(write(tmp_path, {"mkdocs.yml": NOTHING_ELSE, "docs/notes/a.md": text("Essai", body="Un zinzolin.")}))
    for lines, is_there in (((), True), (("status: withdrawn", "withdrawal: {reason: Essai}"), False)):
        write(tmp_path, {"docs/notes/a.md": text("Essai", *lines, body="Un zinzolin.")})
        cache.refresh(hub.load(tmp_path))
        search.write(cache, tmp_path / "site")
        found = [one.name for one in (tmp_path / "site/search").iterdir() if "zinzolin" in one.read_text("utf-8")]
        assert bool(found) is is_there
