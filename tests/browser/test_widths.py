"""No sort of page is wider than the screen: a telephone, a tablet, a desk; nor when the text is twice as large."""

from __future__ import annotations

import pytest

from tests.browser.kinds_of_pages import addresses

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_the_screen(visit, home, benin, width):
    context, witness = visit(home, width=width)
    page = context.new_page()
    wide = {}
    visited = addresses(benin)
    assert len(visited) > 50
    for address in visited:
        page.goto(home + address)
        found = page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              const beyond = (one) => one.getBoundingClientRect().right > width + 1;
              return [...document.querySelectorAll("body *")].filter(beyond)
                .slice(0, 3).map((one) => one.tagName + "." + one.className);
            }"""
        )
        if found:
            wide[address] = found
    assert wide == {}
    assert witness.faults == []


def test_text_may_be_twice_as_large(visit, home, benin):
    """WCAG 2.2, 1.4.4 and 1.4.10: at 200 % on a small screen, nothing is wider than it."""
    context, _ = visit(home, width=640)
    page = context.new_page()
    wide = []
    for address in addresses(benin)[::4]:
        page.goto(home + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert wide == []
