"""Readers go from the current version to an edition and back, on a server and from a disk, by the keyboard."""

from __future__ import annotations

import pytest

from tests.browser.conftest import serving
from tests.browser.test_accessibility import axe, violations
from tests.repository import Repository
from tests.searching import article
from tests.site.hubs import say
from tests.support import run

__all__ = ["axe"]
pytestmark = pytest.mark.browser
CONFIG = "site_name: Essai\nplugins: [hub]\n"
NOTE = "docs/notes/appui.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two editions: the first has another body, and a text that is no longer there."""
    made = Repository(tmp_path_factory.mktemp("switch") / "hub")
    files = {
        NOTE: article("Appui", "keywords: [ancien]", body="Le safran."),
        "docs/notes/partie.md": article("Partie", "keywords: [ancien]"),
    }
    made.commit("un", {"mkdocs.yml": CONFIG, "docs/notes/appui.en.md": article("Support", body="Saffron."), **files})
    made.git("tag", "-a", "edition-2025.1", "-m", "La première")
    made.commit("deux", {NOTE: article("Appui", body="Le sorgho."), "docs/notes/partie.md": None})
    made.git("tag", "-a", "edition-2026.1", "-m", "La deuxième")
    made.commit("trois", {NOTE: article("Appui", body="Le niébé."), "docs/notes/neuve.md": article("Neuve")})
    done = run("build", "--no-revisions", cwd=made.root)
    assert done.exit_code == 0, done.output
    return made.root / "site"


@pytest.fixture(params=["server", "disk"])
def start(built, request):
    """The address of the site, and what a folder's page is called there."""
    if request.param == "disk":
        yield f"{built.as_uri()}/", "index.html"
        return
    with serving(built) as address:
        yield address, ""


def body(page) -> str:
    page.wait_for_load_state("load")
    return page.locator("main").inner_text()


def follow(page, locator, url: str) -> None:
    """Go where a link leads, by the keyboard."""
    locator.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(url)


def test_to_an_edition_and_back_by_the_keyboard(visit, start):
    home, file = start
    context, witness = visit(home)
    page = context.new_page()
    page.goto(f"{home}notes/appui/{file}")
    assert "niébé" in body(page)
    switch = page.locator(".hub-editions")
    assert not [one for one in witness.requests if "editions" in one]  # who does not ask loads nothing
    switch.locator("summary").focus()
    page.keyboard.press("Enter")
    assert switch.locator("strong[aria-current]").inner_text() == say("Current version")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "2026.1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "2025.1"
    follow(page, switch.get_by_role("link", name="2025.1"), f"{home}editions/2025.1/notes/appui/{file}")
    assert "safran" in body(page)
    assert "2025.1" in page.locator(".hub-edition").inner_text()
    # Straight from an edition to another, and to the current version.
    switch.locator("summary").focus()
    page.keyboard.press("Enter")
    follow(page, switch.get_by_role("link", name="2026.1"), f"{home}editions/2026.1/notes/appui/{file}")
    assert "sorgho" in body(page)
    back = page.locator("[data-hub-current]")
    back.and_(page.locator(f'[href$="notes/appui/{file}"]')).wait_for()
    follow(page, back, f"{home}notes/appui/{file}")
    assert "niébé" in body(page)
    assert witness.faults == []


def test_a_page_that_the_other_has_not_leads_to_its_home_page(visit, start):
    home, file = start
    context, witness = visit(home)
    page = context.new_page()
    page.goto(f"{home}editions/2025.1/mots-cles/ancien/{file}")
    back = page.get_by_role("link", name=say("The current version no longer has this page: go to its home page"))
    follow(page, back, f"{home}{file}")
    page.goto(f"{home}notes/neuve/{file}")
    page.locator(".hub-editions summary").click()
    link = page.locator(".hub-editions").get_by_role("link", name="2026.1")
    assert say("home page") in page.locator(".hub-editions li").nth(1).inner_text()
    follow(page, link, f"{home}editions/2026.1/{file}")
    assert witness.faults == []


def test_a_text_that_was_taken_away_says_so_in_the_current_version(visit, start):
    home, file = start
    context, witness = visit(home)
    page = context.new_page()
    page.goto(f"{home}editions/2025.1/notes/partie/{file}")
    link = page.locator(".hub-edition").get_by_role("link")
    follow(page, link, f"{home}notes/partie/{file}")
    assert say("This text was taken away") in body(page)
    assert witness.faults == []


def test_a_reader_of_english_stays_in_english(visit, start):
    home, file = start
    context, witness = visit(home)
    page = context.new_page()
    page.goto(f"{home}editions/2026.1/en/notes/appui/{file}")
    assert page.locator(".hub-edition").inner_text().startswith("Edition 2026.1, of 21 Sept")
    page.locator(".hub-editions summary").click()
    follow(page, page.locator("[data-hub-list]"), f"{home}en/editions/{file}")
    follow(page, page.get_by_role("link", name="Edition 2025.1"), f"{home}editions/2025.1/en/{file}")
    assert witness.faults == []


def test_each_searches_its_own_words(visit, start):
    home, file = start
    context, witness = visit(home)
    page = context.new_page()
    for folder, word, other in [("", "niébé", "safran"), ("editions/2025.1/", "safran", "niébé")]:
        page.goto(f"{home}{folder}{file}")
        count = "words => window.hub.search(words).then(found => found.total)"
        assert (page.evaluate(count, word), page.evaluate(count, other)) == (1, 0)
        page.goto(f"{home}{folder}recherche/{file}?q={word}")
        follow(page, page.locator(".hub-hit__title a").first, f"{home}{folder}notes/appui/{file}*")
    assert witness.faults == []


def test_without_a_script_the_list_leads_everywhere(visit, built):
    with serving(built) as home:
        context, witness = visit(home, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{home}notes/appui/")
        page.locator(".hub-editions summary").click()
        page.get_by_role("link", name=say("All editions")).click()
        page.wait_for_url(f"{home}editions/")
        page.get_by_role("link", name="2025.1").click()
        page.wait_for_url(f"{home}editions/2025.1/")
        page.locator("[data-hub-current]").click()
        page.wait_for_url(home)
        assert witness.faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(visit, built, axe, width):
    with serving(built) as home:
        context, witness = visit(home, width=width)
        page = context.new_page()
        for address in ("editions/", "en/editions/", "editions/2026.1/notes/appui/", "notes/appui/"):
            page.goto(home + address)
            page.locator(".hub-editions summary").click()
            page.locator(".hub-editions li").nth(2).wait_for()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert violations(page, axe) == [], (address, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert witness.faults == []
