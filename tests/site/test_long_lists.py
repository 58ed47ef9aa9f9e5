"""Lists from A to Z that are too long for one page, and the map of a site with many pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from hub.site import sitemap
from hub.site.page import Page
from tests.site.hubs import Built, make, plain, say, text

WORDS = ("abeille", "acide", "âge", "bébé", "cadre", "dette", "eau", "été", "face", "gare", "haie", "île", "jeu", "3D")
"""One more than twelve pages of one card hold."""
CONFIG = (
    "site_name: E\nsite_url: https://hub.example.org/\nplugins:\n  - hub:\n      page_size: 1\n      languages: [fr]\n"
)


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> Built:
    asked = " ".join(f"[[Vers {word}]]" for word in WORDS[:-1]) + " [[7 jours]]"
    files = {
        f"docs/notes/{name}.md": text(f"Note {name}", f"keywords: [{', '.join(WORDS)}]") for name in ("une", "deux")
    }
    files["docs/notes/trois.md"] = text("Note trois", "keywords: [eau]")
    files |= {f"docs/glossaire/t{n}.md": text(word) for n, word in enumerate(WORDS)}
    files["docs/wiki/tout.md"] = text("Tout", body=asked)
    files["docs/wiki/eau.md"] = text("De l’eau", body="[[Vers eau]] et [[Zébu]]")
    return make(tmp_path_factory.mktemp("long"), files, config=CONFIG)


def letters(built: Built, address: str) -> dict[str, str]:
    """The letters of a list and where they lead; the one that is shown leads nowhere."""
    nav = built.page(address).one("nav.hub-letters")
    found = {one.text: "" for one in nav.find("[aria-current=page]")}
    return found | {link.text: built.leads(address, link["href"]) for link in nav.find("a")}


def test_keywords_have_a_page_for_each_letter_and_the_most_frequent_on_the_first(long):
    found = letters(long, "mots-cles/")
    assert list(found) == ["#", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]
    assert found["E"] == "mots-cles/page/e/"
    assert letters(long, "mots-cles/page/e/")["E"] == ""
    assert [one.text.split()[0] for one in long.page("mots-cles/page/e/").find(".hub-chips li")] == ["eau", "été"]
    first = [one.text.split()[0] for one in long.page("mots-cles/").find(".hub-chips li")]
    assert len(first) == 12
    assert "eau" in first
    assert plain(say("The most frequent")) in long.page("mots-cles/").main.text
    assert long.page("mots-cles/page/0/").find(".hub-chips li")[0].text.startswith("3D")


def test_the_glossary_has_a_page_for_each_letter(long):
    found = letters(long, "glossaire/")
    assert found["#"] == ""
    assert found["A"] == "glossaire/page/a/"
    page = long.page("glossaire/page/a/")
    assert [dt.text for dt in page.find("dt")] == ["abeille", "acide", "âge"]
    assert [one.text for one in page.find("h2")] == ["A"]
    assert letters(long, "glossaire/page/a/")["#"] == "glossaire/"


def test_wanted_pages_have_a_page_for_each_letter_to_which_texts_link(long):
    base = "wiki/pages-demandees/"
    assert list(letters(long, base)) == ["#", "V", "Z"]
    items = {one.one("strong").text: one["id"] for one in long.page(f"{base}page/v/").find(".hub-wanted-list li")}
    assert len(items) == 13
    wanted = {link.text: link["href"] for link in long.page("wiki/tout/").main.find("a.hub-wanted")}
    assert long.leads("wiki/tout/", wanted["Vers eau"]) == f"{base}page/v/#{items['Vers eau']}"
    assert long.leads("wiki/tout/", wanted["7 jours"]).startswith(f"{base}page/0/#")
    first = [one.one("strong").text for one in long.page(base).find(".hub-wanted-list li")]
    assert len(first) == 12
    assert "Vers eau" in first  # two texts ask for it


def test_every_link_of_long_lists_resolves(long):
    assert long.link_faults()[1] == []


def page(address: str, *, noindex: bool = False) -> Page:
    return Page(address, address, "fr", "", "", noindex=noindex)


def locations(text: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(text).iter() if one.tag.endswith("loc")]


def test_a_map_of_many_pages_has_parts_and_names_each_page_once(monkeypatch):
    monkeypatch.setattr(sitemap, "PAGES", 10)
    pages = {f"notes/n{n}/": page(f"notes/n{n}/") for n in range(35)} | {"cachée/": page("cachée/", noindex=True)}
    index, *parts = sitemap.sitemap(pages, "https://hub.example.org/a&b/")
    assert index.address == "sitemap.xml"
    assert locations(index.text) == [f"https://hub.example.org/a&b/{one.address}" for one in parts]
    told = [location for part in parts for location in locations(part.text)]
    assert sorted(told) == sorted(f"https://hub.example.org/a&b/notes/n{n}/" for n in range(35))


def test_a_new_page_changes_one_part_of_a_map(monkeypatch):
    monkeypatch.setattr(sitemap, "PAGES", 10)
    pages = {f"notes/n{n}/": page(f"notes/n{n}/") for n in range(35)}
    before = sitemap.sitemap(pages, "https://hub.example.org/")
    after = sitemap.sitemap({**pages, "notes/neuve/": page("notes/neuve/")}, "https://hub.example.org/")
    assert len([one for one, other in zip(before, after, strict=True) if one != other]) == 1
