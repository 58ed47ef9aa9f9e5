"""Readers search: in the header and on the page of results, on a server and from a disk, by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.browser.conftest import until
from tests.browser.test_accessibility import violations
from tests.site.hubs import Built, make, plain, say, text

pytestmark = pytest.mark.browser
SETTLED = "['found', 'nothing', 'empty', 'failed'].includes(document.querySelector('[data-hub-results]').dataset.state)"
FBR = "Financement basé sur les résultats"


@pytest.fixture(scope="module")
def searched(benin: Built) -> Built:
    if "search/loader.js" not in benin.files:
        pytest.skip("the build does not make the search yet")
    return benin


@pytest.fixture(scope="module")
def axe() -> str:
    from importlib.resources import files

    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(params=["server", "disk"])
def at(request, searched, home) -> Callable[[str], str]:
    """From an address of the site to a whole one: `at("recherche/?q=fbr")`."""
    if request.param == "server":
        return lambda address: home + address

    def on_disk(address: str) -> str:
        path, mark, query = address.partition("?")
        return (searched.root / path / "index.html").as_uri() + mark + query

    return on_disk


@pytest.fixture
def opened(visit, at):
    """A page of the browser and its witness."""

    def _opened(width: int = 1280):
        context, witness = visit(at(""), width=width, height=800)
        return context.new_page(), witness

    return _opened


def asked(page, at, words: str, *, lang: str = "fr", more: str = ""):
    """The page of results of a query, once it has settled."""
    page.goto(at(f"{'' if lang == 'fr' else 'en/'}recherche/?q={quote(words)}{more}"))
    until(page, SETTLED)
    return page


def state(page) -> str:
    return page.locator("[data-hub-results]").get_attribute("data-state")


def count(page) -> str:
    return plain(page.locator("[data-hub-count]").inner_text())


def number(page) -> int:
    return int(re.sub(r"\D", "", count(page)))


def titles(page) -> list[str]:
    return [plain(one) for one in page.locator(".hub-hit__title").all_inner_texts()]


def active(page) -> str:
    """The completion that is chosen, as a screen reader is told."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).innerText"
    )


def focused(page, script: str = "id"):
    return page.evaluate(f"document.activeElement.{script}")


@pytest.mark.parametrize(
    ("words", "lang", "first"),
    [
        ("fbr", "fr", FBR),
        ("financement basé sur les résultats", "fr", FBR),
        ("financement base sur les resultats", "fr", FBR),
        ("results-based financing", "en", FBR),
        ("Appuyer la direction départementale", "fr", "Appuyer la direction départementale"),
    ],
)
def test_finds_by_acronym_by_words_without_accents_and_in_english(opened, at, words, lang, first):
    page, witness = opened()
    asked(page, at, words, lang=lang)
    assert titles(page)[0].startswith(first)
    assert page.locator("#hub-search").input_value() == words
    assert page.title().startswith(words)
    assert witness.faults == []


def test_a_typing_error_is_mended_and_can_be_kept(opened, at):
    page, witness = opened()
    asked(page, at, "finacement")
    read = page.locator("[data-hub-read]")
    assert "financement (au lieu de « finacement »)" in plain(read.inner_text())
    read.get_by_role("link").click()
    page.wait_for_url("**literal=finacement")
    until(page, SETTLED)
    assert "est cherché tel quel" in plain(read.inner_text())
    assert witness.faults == []


def test_an_interpretation_is_told_and_can_be_undone(opened, at):
    page, _ = opened()
    asked(page, at, "fbr")
    read, before = page.locator("[data-hub-read]"), number(page)
    assert f"« fbr » est interprété comme {FBR}" in plain(read.inner_text())
    read.get_by_role("link", name=say("Undo")).click()
    until(page, "document.querySelector('[data-hub-read]').innerText.includes('tel quel')")
    assert number(page) <= before
    assert focused(page, "hasAttribute('data-hub-count')")
    page.go_back()
    until(page, "document.querySelector('[data-hub-read]').innerText.includes('interprété')")
    assert number(page) == before


def test_a_choice_is_undone_however_it_is_written_in_the_address(opened, at):
    page, _ = opened()
    asked(page, at, "fbr", more="&choose=F.B.R.:fbr")
    page.locator("[data-hub-read]").get_by_role("link", name=say("Undo")).click()
    page.wait_for_url(lambda address: "choose" not in address)
    until(page, SETTLED)
    assert "literal" not in page.url
    assert "interprété" in plain(page.locator("[data-hub-read]").inner_text())


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (0, "Seuls les 200 meilleurs textes ont été lus pour les mots entre guillemets : aucun ne les a ainsi."),
        (3, "3+ résultats. Seuls les 200 meilleurs textes ont été lus pour les mots entre guillemets."),
    ],
)
def test_where_not_all_texts_were_read_for_a_phrase_one_is_told(opened, at, total, said):
    page, witness = opened()
    asked(page, at, "santé")
    page.evaluate(
        """(total) => {
          const search = hub.search;
          hub.search = async (...given) => {
            const answer = await search(...given);
            return { ...answer, total, exact: false, verified: 200, results: answer.results.slice(0, total) };
          };
        }""",
        total,
    )
    page.locator("#hub-search").fill('"zone sanitaire"')
    page.locator("#hub-search").press("Enter")
    until(page, "document.querySelector('[data-hub-count]').innerText.includes('200')")
    assert count(page).startswith(said)
    assert witness.faults == []


def test_passages_have_the_words_marked_and_lead_to_their_section(opened, at):
    page, witness = opened()
    asked(page, at, "fbr")
    page.wait_for_selector("mark")
    assert "FBR" in page.locator("mark").all_inner_texts()
    section = page.locator(".hub-hit__text > a").first
    heading = plain(section.inner_text())
    section.click()
    until(page, "!document.querySelector('[data-hub-results]')")
    anchor = page.url.partition("#")[2]
    assert heading in plain(page.locator(f"[id='{anchor}']").inner_text())
    assert witness.faults == []


def test_facets_stand_in_the_address(opened, at):
    page, witness = opened()
    asked(page, at, "santé")
    all_found = number(page)
    kinds = page.get_by_role("group", name=say("Kind of text"))
    kinds.get_by_role("button").click()  # all of them
    assert focused(page, "type") == "checkbox"
    label = kinds.locator("label", has_text="Notes de capitalisation")
    found = int(label.locator(".hub-count").inner_text())
    label.locator("input").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**kind=note")
    until(page, f"parseInt(document.querySelector('[data-hub-count]').innerText) === {found}")
    assert focused(page, "value") == "note"
    address = page.url
    page.goto(at(""))
    page.goto(address)
    page.wait_for_selector("fieldset input:checked")
    assert number(page) == found
    page.locator("[data-hub-filters] a").click()
    until(page, f"parseInt(document.querySelector('[data-hub-count]').innerText) === {all_found}")
    assert "kind=" not in page.url
    assert witness.faults == []


def test_more_results_come_on_demand_and_are_there_again_on_the_way_back(opened, at):
    page, _ = opened()
    asked(page, at, "santé")
    assert len(titles(page)) == 10
    page.locator("[data-hub-more]").click()
    until(page, "document.querySelectorAll('.hub-hit').length === 20")
    eleventh = titles(page)[10]
    assert plain(focused(page, "innerText")) == eleventh
    page.keyboard.press("Enter")
    until(page, "!document.querySelector('[data-hub-results]')")
    page.go_back()
    until(page, "document.querySelectorAll('.hub-hit').length === 20")


def test_a_new_question_leaves_the_old_one_in_the_history(opened, at):
    page, _ = opened()
    asked(page, at, "fbr")
    first = titles(page)
    page.locator("#hub-search").fill("glossaire")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=glossaire")
    until(page, SETTLED)
    page.go_back()
    page.wait_for_url("**q=fbr")
    until(page, "document.querySelector('#hub-search').value === 'fbr' && document.querySelector('.hub-hit')")
    until(page, f"document.querySelector('.hub-hit__title').innerText.startsWith({first[0]!r})")
    assert titles(page) == first


def test_by_the_keyboard_from_any_page_to_a_completion(opened, at):
    page, witness = opened()
    page.goto(at("notes/"))
    assert not any("search/" in one for one in witness.requests)
    page.keyboard.press("/")
    assert focused(page) == "hub-q"
    page.keyboard.insert_text("dossou")
    page.wait_for_selector("[role=option]")
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert "Jean-Paul Dossou" in active(page)
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/personnes/jean-paul-dossou/**")
    assert witness.faults == []


def test_a_choice_outlives_the_list_that_is_drawn_again(opened, at):
    page, witness = opened()
    page.goto(at("notes/"))
    page.keyboard.press("/")
    page.keyboard.insert_text("jean-paul doss")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    chosen = active(page)
    page.evaluate("document.querySelector('.hub-options').firstChild.dataset.before = 'yes'")
    page.keyboard.insert_text("o")
    page.wait_for_selector(".hub-options:not(:has([data-before]))")
    assert "Jean-Paul Dossou" in chosen
    assert active(page) == chosen
    assert witness.faults == []


def test_completions_bring_no_lists_of_words(opened, at):
    page, witness = opened()
    page.goto(at("notes/"))
    page.locator("#hub-q").press_sequentially("fb")
    page.wait_for_selector("[role=option]")
    page.wait_for_timeout(600)
    assert [one for one in witness.requests if re.search(r"/search/(terms|tails)", one)] == []


def test_escape_closes_and_enter_asks_for_results(opened, at):
    page, witness = opened()
    page.goto(at("en/notes/"))
    page.keyboard.press("Control+k")
    page.keyboard.type("financing")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.locator("#hub-q").input_value() == "financing"
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/recherche/**q=financing")
    page.wait_for_selector(".hub-hit")
    assert witness.faults == []


def test_a_slash_in_a_box_is_a_slash(opened, at):
    page, _ = opened()
    page.goto(at(""))
    page.locator("#hub-search").press_sequentially("a/b")
    assert page.locator("#hub-search").input_value() == "a/b"


def test_screen_readers_hear_how_many_there_are(opened, at):
    page, _ = opened()
    page.goto(at("notes/"))
    page.locator("#hub-q").press_sequentially("santé")
    page.wait_for_selector(".hub-options__all")
    assert re.fullmatch(r"\d+\+? résultats", plain(page.locator(".hub-search [role=status]").inner_text()))
    last = page.locator("[role=option]").last
    assert plain(last.inner_text()).startswith("Tous les résultats pour « santé »")
    last.click()
    page.wait_for_selector(".hub-hit")
    assert page.locator("[data-hub-count]").get_attribute("role") == "status"
    assert re.fullmatch(r"\d+\+? résultats", count(page))


@pytest.mark.parametrize(
    "words",
    ["   ", "de la", "x" * 10_000, "😀", "<img src=x onerror=alert(1)>", '"sans fin', "AND OR -", "constructor"],
)
def test_whatever_is_typed_has_an_answer_or_a_sentence(opened, at, words):
    page, witness = opened()
    asked(page, at, words)
    page.wait_for_timeout(200)
    assert state(page) in {"found", "nothing", "empty"}
    assert page.locator("main img").count() == 0
    assert page.locator("h1").is_visible()
    if state(page) == "nothing":
        assert count(page)
        assert page.locator("[data-when=nothing] a").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert witness.faults == []


@pytest.mark.parametrize("width", [320, 768])
def test_the_results_fit_on_small_screens(opened, at, width):
    page, witness = opened(width)
    asked(page, at, "fbr")
    page.locator("summary").click()
    assert page.locator("fieldset label").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(at("notes/"))
    page.locator("#hub-q").press_sequentially("santé")
    page.wait_for_selector("[role=option]")
    box = page.locator("[role=listbox]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert witness.faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(opened, at, axe, width):
    page, _ = opened(width)
    asked(page, at, "fbr")
    page.wait_for_selector("fieldset", state="attached")
    assert violations(page, axe) == []
    asked(page, at, "zzzzqqqq")
    assert violations(page, axe) == []
    page.goto(at("notes/"))
    page.locator("#hub-q").press_sequentially("santé")
    page.wait_for_selector(".hub-options__all")
    page.keyboard.press("ArrowDown")
    assert violations(page, axe) == []


def test_the_search_is_public(opened, at):
    page, witness = opened()
    page.goto(at("notes/"))
    found = page.evaluate("window.hub.search('fbr', {limit: 3, filters: {kind: 'term'}})")
    assert len(found["results"]) <= 3
    assert {one["kind"] for one in found["results"]} == {"term"}
    named = page.evaluate("window.hub.complete('dossou')")
    assert named[0]["url"] == "personnes/jean-paul-dossou/"
    assert witness.faults == []


def test_without_a_script_the_lists_are_offered(visit, home, searched):
    context, _ = visit(home, width=320, java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    page.locator("#hub-search").fill("fbr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=fbr")
    assert "JavaScript" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link", name="Glossaire").first.click()
    page.wait_for_url("**/glossaire/")


def test_a_key_that_was_moved_is_told_and_the_lists_stay(visit, tmp_path):
    built = make(
        tmp_path, {"docs/notes/a.md": text("Puits")}, config="site_name: E\nuse_directory_urls: false\nplugins: [hub]\n"
    )
    for one in (built.root / "search").glob("*.js"):
        one.unlink()
    context, _ = visit((built.root / "index.html").as_uri())
    page = context.new_page()
    page.goto((built.root / "notes/a/index.html").as_uri())
    page.locator("#hub-q").fill("puits")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/index.html?q=puits")
    until(page, SETTLED)
    assert state(page) == "failed"
    assert page.locator("[data-when=failed]").is_visible()
    assert page.locator("main").get_by_role("link", name="Notes de capitalisation").is_visible()


def test_in_a_site_whose_addresses_name_files(visit, tmp_path):
    built = make(
        tmp_path,
        {"docs/notes/a.md": text("Des puits", body="## Leçons apprises\n\nUn puits se garde à plusieurs.")},
        config="site_name: E\nuse_directory_urls: false\nplugins: [hub]\n",
    )
    if "search/loader.js" not in built.files:
        pytest.skip("the build does not make the search yet")
    context, witness = visit((built.root / "index.html").as_uri())
    page = context.new_page()
    page.goto((built.root / "index.html").as_uri())
    page.locator("#hub-search").fill("puits")
    page.keyboard.press("Enter")
    page.locator(".hub-hit__title a").click()
    page.wait_for_url("**/notes/a/index.html")
    assert witness.faults == []
