"""Every page says what it may run and load, keeps to it, and the browser holds it to that."""

# ruff: noqa: E501 - what is tried stands on one line

from __future__ import annotations

import re

import pytest

from hub.site.policy import POLICY
from tests.browser.conftest import serving, until
from tests.browser.test_search_hostile import SETTLED
from tests.repository import Repository
from tests.searching import article
from tests.site.document import Document
from tests.support import run

pytestmark = pytest.mark.browser
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="window.attacked=1">'
    '<style>rect{fill:#0a0}</style><rect width="9" height="9" style="stroke:#000"/><script>window.attacked=1</script></svg>'
)
BODY = (
    "Le [safran](#s-le-safran) [^1] et ![une carte](carte.svg).\n\n## Le safran\n\n| A | B |\n|:-:|--:|\n| 1 | 2 |\n\n"
    "- [ ] à faire\n\n> [!NOTE]\n> À savoir.\n\n[^1]: Une note.\n"
)
NOTES = "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
SORTS = (
    "index.html",
    "404.html",
    "anciennes/appui/index.html",
    "en/index.html",
    "recherche/index.html",
    "notes/index.html",
    "notes/appui/index.html",
    "notes/appui/historique/index.html",
    "notes/partie/index.html",
    "glossaire/abc/index.html",
    "personnes/awa/index.html",
    "editions/index.html",
    "editions/2026.1/notes/appui/index.html",
)
"""One page of each sort, beside the older versions and differences, whose names are hashes."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    config = "site_name: Essai\nplugins:\n  - hub:\n      languages: [fr, en]\nuse_directory_urls: false\n"
    made = Repository(tmp_path_factory.mktemp("policy") / "hub")
    files = {
        "mkdocs.yml": config,
        "docs/notes/carte.svg": PICTURE,
        "docs/notes/appui.md": article("Appui", "authors: [awa]", "date: 2020-09-14", body=BODY),
        "docs/notes/partie.md": article("Partie"),
        "docs/personnes/awa.md": article("Awa Sow", "consent: {date: 2026-01-01}"),
        "docs/glossaire/abc.md": article("Agence", "acronym: ABC"),
    }
    made.commit("un", files)
    made.git("tag", "-a", "edition-2026.1", "-m", "La première")
    changed = {
        "docs/notes/appui.md": article(
            "Appui", "authors: [awa]", "date: 2020-09-14", "aliases: [anciennes/appui/]", body=f"{BODY}\nEncore.\n"
        ),
        "docs/notes/partie.md": None,
    }
    made.commit("deux", changed)
    done = run("build", cwd=made.root)
    assert done.exit_code == 0, done.output
    return made.root / "site"


def test_every_page_begins_with_the_policy(built):
    pages = list(built.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        html = page.read_text("utf-8")
        before, _, after = html.partition('<meta http-equiv="Content-Security-Policy" content="')
        assert not re.search("<(?:script|link|style|img)", before), page
        told = Document(html).find("meta[http-equiv]")
        assert told[0]["content"] == POLICY, page
        inline = re.findall(
            r"<script(?![^>]* src=)(?![^>]*application/ld\+json)[^>]*>|<style|\sstyle=\"|\son[a-z]+=\"", after
        )
        assert inline == [], (page, inline)


@pytest.mark.parametrize("where", ["server", "disk"])
def test_every_sort_of_page_keeps_to_the_policy(visit, built, where):
    versions = sorted(page.relative_to(built).as_posix() for page in built.glob("notes/appui/*/*/index.html"))
    assert {one.split("/")[2] for one in versions} == {"historique", "v"}
    # The page for addresses that do not exist names files from the server's root, and there is none on a disk.
    pages = [one for one in (*SORTS, *versions) if (where, one) != ("disk", "404.html")]

    def walked(home):
        context, witness = visit(home)
        context.add_init_script(NOTES)
        page = context.new_page()
        for address in pages:
            assert (built / address).is_file(), address
            page.goto(home + address)
            if address.startswith("anciennes/"):
                page.wait_for_url(f"{home}notes/appui/index.html")
            page.wait_for_load_state("load")
            if page.locator(".hub-header").count():
                assert page.evaluate("document.documentElement.classList.contains('has-script')"), address
                header = "getComputedStyle(document.querySelector('.hub-header')).backgroundColor"
                assert page.evaluate(header) == "rgb(11, 93, 75)", address
        page.goto(f"{home}notes/appui/index.html")
        assert page.evaluate("document.querySelector('main img').decode().then(() => true)")
        page.goto(f"{home}recherche/index.html?q=safran")
        until(page, SETTLED)
        assert page.locator("[data-hub-results]").get_attribute("data-state") == "found"
        page.goto(f"{home}index.html")
        page.locator(".hub-editions summary").click()
        page.locator(".hub-editions li a").nth(1).wait_for()
        page.locator("[data-hub-theme]").click()
        assert witness.faults == []

    if where == "disk":
        walked(f"{built.as_uri()}/")
    else:
        with serving(built) as home:
            walked(home)


def test_the_browser_holds_a_page_to_the_policy(visit, built, tmp_path):
    """The control: what gets into a page all the same neither runs nor asks for anything."""
    page_of = (built / "notes/appui/index.html").read_text("utf-8")
    evil = (
        "<script>window.attacked=1</script><img src=x onerror='window.attacked=1'><a href='javascript:window.attacked=1'>"
        "ici</a><img src='http://127.0.0.1:9/x.png'><iframe src='data:text/html,x'></iframe><p style='color:red'>x</p>"
    )
    (built / "notes/appui/evil.html").write_text(page_of.replace("</main>", f"{evil}</main>"), "utf-8")
    try:
        with serving(built) as home:
            context, witness = visit(home)
            context.add_init_script(NOTES)
            page = context.new_page()
            page.goto(f"{home}notes/appui/evil.html")
            page.locator("a[href^='javascript']").click()
            until(page, "performance.now() > 300")
            assert page.evaluate("window.attacked") is None
            told = {fault.split()[2] for fault in witness.faults if fault.startswith("error: policy:")}
            assert {one.removesuffix("-elem").removesuffix("-attr") for one in told} >= {
                "script-src",
                "img-src",
                "style-src",
            }
            assert [one for one in witness.faults if ":9/" in one and "csp" in one.lower()], witness.faults
    finally:
        (built / "notes/appui/evil.html").unlink()
