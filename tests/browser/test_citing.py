"""Readers open “Citer” and copy the reference: on a server, from a disk, by the keyboard."""

from __future__ import annotations

import pytest

from tests.site.hubs import build, copy_of_this_hub, plain

pytestmark = pytest.mark.browser
NOTE = "notes/appui-dds/"


def pasted(page) -> str:
    """What a reader would paste now."""
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('textarea'), {id: 'paste'}))"
    )
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    return page.locator("#paste").input_value()


def copy(page, number: int = 0) -> str:
    """Open the block and copy one of its references; what it says."""
    page.locator(".hub-cite > summary").click()
    text = page.locator(".hub-cite__text").nth(number)
    button = page.locator(".hub-cite button").nth(number)
    assert button.inner_text() == "Copier"
    button.click()
    button.get_by_text("Copié").wait_for()
    assert page.locator(".hub-cite [role=status]").text_content() == "Copié"
    return text.text_content()


@pytest.mark.parametrize("number", [0, 1])
def test_a_reference_is_copied(visit, home, number):
    context, witness = visit(home, width=320)
    page = context.new_page()
    page.goto(home + NOTE)
    assert not page.locator(".hub-cite__text").first.is_visible()
    said = copy(page, number)
    assert "swh:1:cnt:" in said
    assert pasted(page) == said
    page.locator(".hub-cite button").nth(number).get_by_text("Copier").wait_for()
    assert witness.faults == []


def test_a_reference_is_copied_where_the_clipboard_is_closed(visit, home):
    context, witness = visit(home)
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = context.new_page()
    page.goto(home + NOTE)
    said = copy(page)
    assert page.evaluate("String(getSelection())") == ""
    assert plain(pasted(page)) == plain(said)  # browsers copy a selection with plain spaces
    assert witness.faults == []


def test_a_reference_is_copied_from_a_key(visit, tmp_path):
    built = build(copy_of_this_hub(tmp_path / "key", "use_directory_urls: false\n"))
    start = (built.root / NOTE / "index.html").as_uri()
    context, witness = visit(start)
    page = context.new_page()
    page.goto(start)
    said = copy(page)
    assert pasted(page) == said
    link = page.locator(".hub-cite__files a").first
    assert link.evaluate("link => link.href") == (built.root / NOTE / "citation.bib").as_uri()
    assert witness.faults == []


def test_the_block_opens_by_the_keyboard_and_without_a_script(visit, home):
    context, witness = visit(home, width=320, java_script_enabled=False)
    page = context.new_page()
    page.goto(home + NOTE)
    page.locator(".hub-cite > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".hub-cite__text").first.is_visible()
    assert page.locator(".hub-cite button:visible").count() == 0
    with page.expect_download() as download:
        page.locator(".hub-cite__files").get_by_role("link", name="BibTeX").click()
    assert download.value.suggested_filename == "note-appui-dds.bib"
    assert witness.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_block_fits_and_is_accessible(visit, home, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context, _ = visit(home, width=width, color_scheme=scheme)
    page = context.new_page()
    page.goto(home + NOTE)
    page.locator(".hub-cite > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(page, context=".hub-cite")
    assert found.violations_count == 0, found.generate_report()
