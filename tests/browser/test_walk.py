"""Readers walk through the site: on a telephone, from a key, by the keyboard, without a script."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import serving
from tests.site.hubs import build, copy_of_this_hub, make, say, text

pytestmark = pytest.mark.browser
TITLE = re.compile("Appuyer la direction départementale", re.IGNORECASE)


def walk(page, start: str, witness, *, scripts: bool = True) -> list[str]:
    """From home to the index of notes and to a note; the addresses on the way."""
    seen = []

    def arrived(heading: str | None = None) -> None:
        page.wait_for_load_state("load")
        seen.append(page.url)
        assert page.locator("h1").count() == 1
        if heading:
            assert heading in page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url
        assert witness.faults == []

    page.goto(start)
    arrived("Hub CoPs Bénin")
    if scripts and page.locator("[data-hub-menu]").is_visible():
        page.locator("[data-hub-menu]").click()
    page.locator("nav.hub-nav").get_by_role("link", name="Notes de capitalisation", exact=True).click()
    arrived("Notes de capitalisation")
    page.locator("main").get_by_role("link", name=TITLE).first.click()
    arrived("Appuyer la direction départementale")
    return seen


def test_on_a_telephone(visit, home):
    context, witness = visit(home, width=320)
    page = context.new_page()
    seen = walk(page, home, witness)
    # To the project that the note comes from, its English page, and a person and their work.
    page.locator(".hub-identity").get_by_role("link", name="PASS-SOUROU").click()
    page.wait_for_url("**/projets/pass-sourou/")
    seen.append(page.url)
    page.locator("a.hub-lang").click()
    page.wait_for_url("**/en/projets/pass-sourou/")
    seen.append(page.url)
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("a.hub-lang").click()
    page.wait_for_url("**/projets/pass-sourou/")
    page.locator("[data-hub-menu]").click()
    page.locator("nav.hub-nav").get_by_role("link", name="Contributeurs").click()
    page.locator("main").get_by_role("link", name="Jean-Paul Dossou").click()
    page.wait_for_url("**/personnes/jean-paul-dossou/")
    seen.append(page.url)
    page.locator("main .hub-card a").first.click()
    page.wait_for_load_state("load")
    seen.append(page.url)
    assert len(set(seen)) == 7, seen
    assert witness.faults == []
    assert len(witness.requests) > 20


def test_from_a_key(visit, tmp_path):
    built = build(copy_of_this_hub(tmp_path / "key", "use_directory_urls: false\n"))
    start = (built.root / "index.html").as_uri()
    context, witness = visit(start, width=320)
    page = context.new_page()
    walk(page, start, witness)
    page.locator(".hub-identity").get_by_role("link", name="PASS-SOUROU").click()
    page.wait_for_url("**/projets/pass-sourou/index.html")
    page.locator("a.hub-lang").click()
    page.wait_for_url("**/en/projets/pass-sourou/index.html")
    page.locator(".hub-brand").click()
    page.wait_for_url("**/en/index.html")
    assert all(url.startswith("file://") for url in witness.requests)
    assert witness.faults == []
    # The styles are there: a page without them is white from edge to edge.
    assert page.evaluate("getComputedStyle(document.querySelector('.hub-header')).backgroundColor") == "rgb(11, 93, 75)"


def test_without_a_script(visit, home):
    context, witness = visit(home, width=320, java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    assert not page.locator("[data-hub-theme]").is_visible()
    assert page.locator("nav.hub-nav").is_visible()
    page.locator("[data-hub-menu]").click()
    assert page.url.endswith("#hub-nav")
    page.locator("nav.hub-nav").get_by_role("link", name="Projets et programmes").click()
    page.wait_for_url("**/projets/")
    page.locator("main .hub-card a").first.click()
    page.wait_for_load_state("load")
    assert "/projets/" in page.url
    assert page.locator("h1").is_visible()
    assert page.locator("main article p").first.is_visible()
    assert witness.faults == []


def is_open(page) -> bool:
    said = page.locator("[data-hub-menu]").get_attribute("aria-expanded")
    shown = page.locator("nav.hub-nav").is_visible()
    assert said == str(shown).lower()
    return shown


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_menu_opens_and_closes_by_the_keyboard(visit, home, key):
    context, witness = visit(home, width=320)
    page = context.new_page()
    page.goto(home + "notes/")
    assert not is_open(page)
    page.locator("[data-hub-menu]").focus()
    page.keyboard.press(key)
    assert is_open(page)
    assert page.evaluate("document.querySelector('.hub-nav').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert page.evaluate("document.activeElement.hasAttribute('data-hub-menu')")
    page.keyboard.press(key)
    assert is_open(page)
    page.locator("[data-hub-menu]").focus()
    page.keyboard.press(key)
    assert not is_open(page)
    assert page.url == home + "notes/"
    assert witness.faults == []


def test_the_menu_is_called_a_button_and_says_what_it_opens(visit, home):
    context, _ = visit(home, width=320)
    page = context.new_page()
    page.goto(home)
    menu = page.get_by_role("button", name="Menu")
    assert menu.count() == 1
    assert menu.get_attribute("aria-expanded") == "false"
    assert menu.get_attribute("aria-controls") == "hub-nav"


def test_on_a_wide_screen_the_sections_are_always_there(visit, home):
    context, _ = visit(home, width=1280)
    page = context.new_page()
    page.goto(home)
    assert page.locator("nav.hub-nav").is_visible()
    assert not page.locator("[data-hub-menu]").is_visible()


def test_the_first_tab_stop_skips_to_the_text(visit, home):
    context, _ = visit(home, width=320)
    page = context.new_page()
    page.goto(home + "notes/appui-dds/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "hub-skip"
    box = page.locator(".hub-skip").bounding_box()
    assert box["y"] >= 0
    assert box["x"] >= 0
    assert page.locator(".hub-skip").inner_text() == say("Skip to the text")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "hub-main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_are_remembered_from_page_to_page(visit, home, scheme):
    context, witness = visit(home, color_scheme=scheme)
    page = context.new_page()
    page.goto(home)

    def paper() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    first = paper()
    other = "light" if scheme == "dark" else "dark"
    page.locator("[data-hub-theme]").click()
    second = paper()
    assert second != first
    assert page.evaluate("document.documentElement.dataset.theme") == other
    page.goto(home + "notes/appui-dds/")
    assert paper() == second
    page.reload()
    assert paper() == second
    page.locator("[data-hub-theme]").focus()
    page.keyboard.press("Enter")
    assert paper() == first
    page.goto(home + "projets/")
    assert paper() == first
    assert witness.faults == []


def test_without_a_choice_the_system_decides(visit, home):
    papers = set()
    for scheme in ("light", "dark"):
        context, _ = visit(home, color_scheme=scheme)
        page = context.new_page()
        page.goto(home)
        papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(papers) == 2


def test_a_lesson_can_be_reached_by_its_address(visit, home):
    context, _ = visit(home, width=320)
    page = context.new_page()
    page.goto(home + "notes/appui-dds/#L3")
    top = page.locator("#L3").bounding_box()["y"]
    assert 0 <= top < 640


def test_from_the_home_page_to_an_english_translation_by_way_of_a_note_its_author_and_a_project(visit, tmp_path):
    built = make(
        tmp_path,
        {
            "docs/notes/visite.md": text("Une visite", "authors: [ada]", "projects: [puits]"),
            "docs/personnes/ada.md": text("Ada Essai"),
            "docs/projets/puits.md": text("Des puits", "authors: [ada]"),
            "docs/projets/puits.en.md": text("Wells", "authors: [ada]"),
        },
    )
    with serving(built.root) as start:
        context, witness = visit(start, width=320)
        page = context.new_page()
        page.goto(start)
        page.locator("[data-hub-menu]").click()
        steps = (
            ("nav.hub-nav >> text=Notes de capitalisation", "Notes de capitalisation"),
            ("main >> text=Une visite", "Une visite"),
            (".hub-byline >> text=Ada Essai", "Ada Essai"),
            ("main >> text=Des puits", "Des puits"),
            ("a.hub-lang", "Wells"),
        )
        for link, heading in steps:
            page.locator(link).first.click()
            page.wait_for_load_state("load")
            assert heading in page.locator("h1").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.url.endswith("/en/projets/puits/")
        assert page.locator("html").get_attribute("lang") == "en"
        assert witness.faults == []
        assert all(url.startswith(start) for url in witness.requests)
