"""axe finds nothing against WCAG 2.2 AA on any sort of page, in light and in dark."""

from __future__ import annotations

import os
from importlib.resources import files

import pytest

from tests.browser.kinds_of_pages import addresses

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (only) => {
  await Promise.all(document.getAnimations().map((one) => one.finished));  // colours on their way from light to dark
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"], elementRef: false});
  const told = (node) => `${node.target} ${node.html.slice(0, 90)} ${node.any[0]?.message ?? ""}`;
  return {
    passes: found.passes.length,
    violations: found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map(told).join(" | ")}`),
  };
}"""
COLOURS = {"type": "rule", "values": ["color-contrast"]}
ALL = {"type": "tag", "values": TAGS}


@pytest.fixture(scope="session")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page, axe: str, rules=ALL) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate(RUN, rules)
    assert found["passes"] >= (1 if rules is COLOURS else 5), page.url
    return found["violations"]


def audit(visit, home: str, axe: str, visited: list[str], width: int, **schemes) -> dict[str, list[str]]:
    """What axe finds on those pages, in each scheme with the rules given for it."""
    context, witness = visit(home, width=width)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for address in visited:
        page.emulate_media(color_scheme="light")
        page.goto(home + address)
        for scheme, rules in schemes.items():
            page.emulate_media(color_scheme=scheme)
            if faults := violations(page, axe, rules):
                found[f"{address} ({scheme})"] = faults
    assert witness.faults == []
    return found


def test_every_sort_of_page(visit, home, benin, axe):
    """Structure is the same in light and dark; colours are not."""
    visited = addresses(benin)
    assert len(visited) > 50
    assert audit(visit, home, axe, visited, 1280, light=ALL, dark=COLOURS) == {}


def test_on_a_telephone(visit, home, benin, axe):
    visited = addresses(benin)[1::6]
    assert len(visited) > 8
    assert audit(visit, home, axe, visited, 320, light=ALL) == {}


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("HUB_TEST_LONG") != "1", reason="long: HUB_TEST_LONG=1 runs it")
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_all(visit, home, benin, axe, width):
    visited = list(benin.pages)
    assert len(visited) > 300
    assert audit(visit, home, axe, visited, width, light=ALL, dark=ALL) == {}


def test_with_the_menu_open(visit, home, axe):
    context, _ = visit(home, width=320)
    page = context.new_page()
    page.goto(home)
    page.locator("[data-hub-menu]").click()
    assert violations(page, axe) == []


def test_axe_would_find_a_fault(visit, home, axe):
    context, _ = visit(home)
    page = context.new_page()
    page.goto(home)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"assets/hub.svg\">')")
    assert [one.split(":")[0] for one in violations(page, axe)] == ["image-alt"]
