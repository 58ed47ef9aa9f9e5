"""A reader goes from a text to its history, reads what changed, opens an older version, comes back and cites it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import serving
from tests.browser.test_accessibility import violations
from tests.browser.test_citing import copy, pasted
from tests.repository import Repository
from tests.searching import article
from tests.site.hubs import Built, build, plain

pytestmark = pytest.mark.browser
NOTE = "docs/notes/appui.md"
CONFIG = "site_name: Essai\nplugins: [hub]\nuse_directory_urls: false\n"
BODY = "Le comité se réunit chaque {}.\n\n## Leçons\n\nUne leçon du terrain.\n\n| Mois | Cas |\n|---|---|\n| mai | 12 |"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    repository = Repository(tmp_path_factory.mktemp("browsed") / "hub")
    awa = article("Awa Sow", "consent: {date: 2026-01-01}")
    note = article("Appui", "authors: [awa]", "date: 2020-09-14", body=BODY.format("mois"))
    repository.commit("Écrire", {"mkdocs.yml": CONFIG, NOTE: note, "docs/personnes/awa.md": awa})
    repository.commit("Corriger le rythme", {NOTE: note.replace("chaque mois", "chaque trimestre")})
    return build(repository.root)


@pytest.fixture(params=["server", "disk"])
def start(request, built):
    if request.param == "disk":
        yield built.root.as_uri() + "/"
    else:
        with serving(built.root) as address:
            yield address


@pytest.fixture(scope="module")
def axe() -> str:
    from importlib.resources import files

    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def test_from_a_note_to_its_past_and_back(visit, start):
    context, witness = visit(start)
    page = context.new_page()
    page.goto(f"{start}notes/appui/index.html")
    page.get_by_role("link", name="2 révisions").click()
    assert plain(page.locator("h1").inner_text()) == "Historique de « Appui »"
    page.get_by_role("link", name="Ce qui a changé").click()
    assert page.locator(".is-changed del").inner_text() == "mois"
    assert page.locator(".is-changed ins").inner_text() == "trimestre"
    page.get_by_role("link", name="Historique").click()
    page.get_by_role("link", name="Le texte tel qu’il était").click()
    assert "chaque mois" in page.locator("main").inner_text()
    page.get_by_role("link", name="Lire la version actuelle").click()
    assert "chaque trimestre" in page.locator("main").inner_text()
    said = copy(page)
    assert "swh:1:cnt:" in said
    assert plain(pasted(page)) == plain(said)
    assert witness.faults == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_archive_are_for_everybody(visit, built, axe, width, scheme):
    home = built.root.as_uri() + "/"
    context, _ = visit(home, width=width, color_scheme=scheme)
    page = context.new_page()
    for path in built.root.rglob("index.html"):
        if "historique" in path.parts or "v" in path.parts:
            page.goto(path.as_uri())
            assert violations(page, axe) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
