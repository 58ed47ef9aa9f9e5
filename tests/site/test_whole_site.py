"""What holds on every page of this repository's own site."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from hub.search.tree import content_of, dump, script
from tests.site.hubs import Built

MOST_BYTES = 12 * 1024
LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
}
_UNFILLED = re.compile(r"\{\{|\}\}|\{%|\{[a-z_]+\}|%\([a-z]+\)s")
_EMPTY = re.compile(r"\bNone\b|\bUndefined\b|&amp;(?:amp|lt|#\d)|<built-in|object at 0x")


@pytest.fixture(scope="module")
def pages(benin: Built):
    assert len(benin.pages) > 300
    return benin.pages


def test_every_link_leads_somewhere(benin):
    count, faults = benin.link_faults()
    assert faults == []
    assert count > 10_000


def test_elements_nest(pages):
    assert {address: page.faults for address, page in pages.items() if page.faults} == {}


def test_ids_are_unique_on_their_page(pages):
    twice = {address: sorted({one for one in page.ids if page.ids.count(one) > 1}) for address, page in pages.items()}
    assert {address: ids for address, ids in twice.items() if ids} == {}


def test_labels_point_at_elements_of_the_page(pages):
    seen = 0
    for address, page in pages.items():
        for element in page:
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                for one in element.attrs.get(name, "").split():
                    seen += 1
                    assert one in page.ids, (address, name, one)
    assert seen >= 0


def test_nothing_is_loaded_from_another_host(benin, pages):
    loaded = set()
    for page in pages.values():
        for element in page:
            target = element.attrs.get(LOADING.get(element.tag, ""), "")
            if element.tag == "link" and element.attrs.get("rel") not in {"canonical", "alternate"}:
                target = element["href"]
            loaded |= {
                target,
                *(part.split()[0] for part in element.attrs.get("srcset", "").split(",") if part.strip()),
            }
            assert "style" not in element.attrs or "url(" not in element["style"]
        assert page.find("base") == []
    loaded.discard("")
    assert {target for target in loaded if urlsplit(target).netloc} == set()
    assert len(loaded) > 3
    styles = [name for name in benin.files if name.endswith(".css")]
    assert len(styles) >= 2
    for name in styles:
        css = (benin.root / name).read_text("utf-8")
        found = re.findall(r"url\(\s*['\"]?([^'\")]+)", css) + re.findall(r"@import\s+['\"]([^'\"]+)", css)
        assert [one for one in found if not one.startswith("data:")] == [], name
    for name in (name for name in benin.files if name.endswith(".js")):
        text = (benin.root / name).read_text("utf-8")
        if text.startswith("hub.take("):  # a part of the index, with addresses that texts name: data, and nothing else
            assert script(text.split('"')[1], dump(content_of(text))) == text, name
            continue
        assert "//" not in re.sub(r"^\s*//.*", "", text, flags=re.MULTILINE), name


def test_scripts_stand_in_files(pages):
    for address, page in pages.items():
        data = {"type": "application/ld+json"}
        assert [script for script in page.find("script") if "src" not in script.attrs and script.attrs != data] == [], (
            address
        )
        assert [element.tag for element in page if any(name.startswith("on") for name in element.attrs)] == [], address


def test_headings(pages):
    for address, page in pages.items():
        levels = [int(element.tag[1]) for element in page if re.fullmatch("h[1-6]", element.tag)]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        jumps = [(one, two) for one, two in pairwise(levels) if two > one + 1]
        assert jumps == [], address
        assert all(element.text for element in page if re.fullmatch("h[1-6]", element.tag)), address


def test_each_page_says_its_language(pages):
    for address, page in pages.items():
        assert page.one("html")["lang"] == ("en" if address.startswith("en/") else "fr"), address


def test_each_page_has_a_title_of_its_own(pages):
    titles: dict[str, list[str]] = {}
    for address, page in pages.items():
        (title,) = page.head.find("title")
        words = " ".join("".join(child for child in title.children if isinstance(child, str)).split())
        assert words, address
        assert words.endswith("Benin CoP Hub" if address.startswith("en/") else "Hub CoPs Bénin"), address
        titles.setdefault(words, []).append(address)
    same = {words: found for words, found in titles.items() if len(found) > 1}
    # Two texts may bear one title; two lists may not.
    assert {words: found for words, found in same.items() if len({one.rsplit("/", 2)[0] for one in found}) == 1} == {}


def test_translations_point_at_each_other(benin, pages):
    alternates = {
        address: {link["hreflang"]: benin.leads(address, link["href"]) for link in page.head.find("link[hreflang]")}
        for address, page in pages.items()
        if address != "404.html"
    }
    both = {address: found for address, found in alternates.items() if len(found) > 1}
    assert len(both) > 50
    for address, found in alternates.items():
        lang = pages[address].one("html")["lang"]
        assert found.get(lang) == address, address
        for other in found.values():
            assert alternates[other] == found, (address, other)


def test_the_language_switch_leads_to_the_translation_or_says_that_there_is_none(benin, pages):
    said, led = 0, 0
    for address, page in pages.items():
        if address == "404.html":
            continue
        switch = page.one("a.hub-lang")
        lang = switch["hreflang"]
        assert lang != page.one("html")["lang"]
        alternates = {link["hreflang"]: benin.leads(address, link["href"]) for link in page.head.find("link[hreflang]")}
        target = benin.leads(address, switch["href"])
        if lang in alternates:
            led += 1
            assert target == alternates[lang], address
            assert "data-missing" not in switch.attrs, address
        else:
            said += 1
            assert target == ("" if lang == "fr" else "en/"), address
            assert "n’existe pas" in switch.text or "does not exist" in switch.text, address
    assert led > 50
    assert said > 50


def test_no_page_shows_what_a_template_left_behind(pages):
    for address, page in pages.items():
        seen = page.one("body").text
        for pattern in (_UNFILLED, _EMPTY):
            assert not (found := pattern.search(seen)), (address, seen[max(0, found.start() - 60) : found.end() + 20])
        for element in page:
            for name, value in element.attrs.items():
                assert value != "None", (address, element.tag, name)
                if name != "d":
                    assert not _UNFILLED.search(value), (address, element.tag, name, value)


def test_no_element_is_empty_where_words_belong(pages):
    for address, page in pages.items():
        for tag in ("a", "button", "li", "dt", "dd", "figcaption", "summary"):
            for element in page.find(tag):
                named = element.text or element.attrs.get("aria-label") or element.find("img")
                assert named, (address, tag, element.attrs)


def test_pages_are_light(benin):
    heavy = {}
    for name in benin.files:
        if name.endswith(".html"):
            size = len(gzip.compress((benin.root / name).read_bytes(), 9))
            if size > MOST_BYTES:
                heavy[name] = size
    assert heavy == {}


def test_a_first_visit_is_light(benin):
    """Page, styles, script and icon, as they travel."""
    page = benin.page("notes/appui-dds/")
    names = [link["href"] for link in page.head.find("link[rel=stylesheet]") + page.head.find("link[rel=icon]")]
    names += [script["src"] for script in page.find("script[src]")]
    files = [benin.leads("notes/appui-dds/", name) for name in names]
    assert len(files) >= 4
    total = sum(
        len(gzip.compress((benin.root / file).read_bytes(), 9)) for file in {*files, "notes/appui-dds/index.html"}
    )
    assert total <= 120 * 1024


def test_navigation_shows_sections_and_never_an_entry(pages):
    menus = {
        tuple(link.text for link in page.one("nav.hub-nav").find("a"))
        for address, page in pages.items()
        if page.one("html")["lang"] == "fr"
    }
    assert len(menus) == 1
    (menu,) = menus
    assert 5 < len(menu) < 25


def test_at_most_one_section_is_the_current_one(pages):
    marked = 0
    for address, page in pages.items():
        current = page.one("nav.hub-nav").find("a[aria-current]")
        assert len(current) <= 1, address
        marked += len(current)
    assert marked > 200


def test_notes_and_projects_stand_in_their_section(pages):
    for address, label in (
        ("notes/appui-dds/", "Notes de capitalisation"),
        ("projets/pass-sourou/", "Projets et programmes"),
    ):
        assert pages[address].one("nav.hub-nav a[aria-current]").text == label


def test_images_have_an_alternative(pages):
    for address, page in pages.items():
        for image in page.find("img"):
            assert "alt" in image.attrs, address


def test_drafts_are_not_for_search_engines(pages):
    drafts = [address for address in pages if address.startswith("wiki/fbr-")]
    assert len(drafts) >= 5
    for address in drafts:
        assert pages[address].head.one("meta[name=robots]")["content"] == "noindex"


def test_the_content_has_no_errors_and_no_warnings(benin):
    assert benin.said == []
