"""Hostile contributions do nothing: a browser opens what was made of them, hovers and clicks, and nothing runs or leaves.

The browser is told to ignore the policy of the pages, so that what is proved is that nothing gets into them. The same
inputs, rendered as plain Markdown with raw HTML, must run: otherwise this harness would see nothing.
"""

# ruff: noqa: E501, SIM905 - what is tried stands on one line

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from markdown_it import MarkdownIt

from tests.browser import attacks
from tests.browser.conftest import playwright_api, serving
from tests.repository import Repository
from tests.site.document import Document
from tests.site.hubs import build

pytestmark = pytest.mark.browser
LONG = bool(os.environ.get("HUB_TEST_LONG"))
ALL = attacks.numbered(attacks.VECTORS)
PICTURES = attacks.numbered(attacks.PICTURES, 5000)
SAMPLE = ALL if LONG else tuple(ALL[n] for n in (0, 12, 16, 45, 50, 73))
TEXTS = r"^[^/]*(?:/[ef][^/]*|/images|/historique|/v|)/|^[^/]*$|/page/"
"""Pages of texts, of their past, and first pages of lists."""
NOTES_AND_SUCH = r"^(?:notes|personnes|glossaire)/(?:e\d+|images)/"
HOOKS = """
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = (...told) => console.error('ran: ' + told);
addEventListener('click', (event) => {
  const link = event.target.closest?.('a');
  if (link && /^(https?|file|mailto|tel):$/.test(link.protocol ?? '')) event.preventDefault();
}, true);
addEventListener('submit', (event) => { if (new URL(event.target.action).origin === origin) event.preventDefault(); });
"""
ELEMENTS = frozenset(
    "html head meta title link script body a header span form label input button svg path div nav ul ol li main article aside"
    " h1 h2 h3 h4 h5 h6 p b em strong s del ins sup code pre hr br blockquote table thead tbody tr th td dl dt dd details"
    " summary footer section time img option select noscript circle rect text figure figcaption small abbr cite line g".split()
)
"""Those of the layout, of templates and of texts."""
ACT = """
async () => {
  for (const one of document.querySelectorAll('body *')) {
    for (const name of ['mouseover', 'mouseenter', 'pointerover', 'mousedown', 'mouseup'])
      one.dispatchEvent(new MouseEvent(name, {bubbles: true, cancelable: true}));
    one.focus?.();
    if (/^(a|button|summary|area|input|text|rect)$/i.test(one.localName)) {
      one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, view: window}));
      // What runs from an address does so a moment later, unless something else is clicked meanwhile.
      const address = one.getAttribute('href') ?? one.getAttribute('xlink:href') ?? '';
      if (/^[^/?#]*:/.test(address) && !/^https?:/.test(address)) await new Promise((done) => setTimeout(done, 20));
    }
  }
}
"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Path:
    """A hub in which every vector stands in every place, with a past: authors, words of commits, older versions."""
    made = Repository(tmp_path_factory.mktemp("attacked") / "hub")
    files: dict[str, str | bytes] = {path: text for path, text, _ in attacks.texts(SAMPLE)}
    files |= {f"docs/notes/p{n}.svg": text for n, text in enumerate(PICTURES)}
    shown = "\n\n".join(f"![image](p{n}.svg)" for n in range(len(PICTURES)))
    files["docs/notes/images.md"] = f"---\ntitle: Images\n---\n\n{shown}\n"
    files["docs/personnes/auteur.md"] = "---\ntitle: Auteur\nconsent: {date: 2026-01-01}\n---\n"
    made.commit("Écrire", {"mkdocs.yml": "site_name: Essai\nplugins: [hub]\n", **files})
    for n, evil in enumerate(SAMPLE):
        path = f"docs/notes/e{n}.md"
        who = re.sub(r"[<>\n]", "‹", evil)[:80]
        told = f"{evil}\n\n{evil}\n\nCo-authored-by: {who} <x@example.org>\nRole: {evil}"
        made.commit(told, {path: f"{files[path]}\nEncore {evil}\n"}, author=f"{who} <evil@example.org>")
    build(made.root)
    return made.root


class Seen:
    """What ran, and what was asked of other hosts."""

    def __init__(self, context, home: str) -> None:
        self.ran: list[str] = []
        self.left: list[str] = []
        self.errors: list[str] = []
        self._host = urlsplit(home).netloc
        context.on("request", self._requested)
        context.on("console", self._told)
        context.on("weberror", lambda one: self.errors.append(str(one.error)))

    def _requested(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._host:
            self.left.append(request.url)

    def _told(self, message) -> None:
        if message.text.startswith("ran: "):
            self.ran.append(message.text)
        elif message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url')}")


@contextmanager
def watched(chromium, home: str):
    """A browser that pays no heed to policies, and what is seen of it."""
    context = chromium.new_context(bypass_csp=True, locale="fr-FR")
    context.set_default_timeout(20_000)
    # Nothing leaves this machine even where something tries to; the request is seen all the same.
    context.route(lambda url: urlsplit(url).netloc != urlsplit(home).netloc, lambda route: route.abort())
    seen = Seen(context, home)
    context.add_init_script(HOOKS)
    yield context, seen
    context.close()


def act(page, address: str) -> None:
    """Open a page, hover over everything and click everything in it."""
    page.goto(address, wait_until="load")
    page.evaluate(ACT)
    page.evaluate("() => new Promise(done => setTimeout(done, 0))")


def test_nothing_runs_and_nothing_leaves(chromium, attacked):
    site = attacked / "site"
    inputs = [one for _, _, found in attacks.texts(SAMPLE) for one in found]
    assert len(inputs) >= (5000 if LONG else 500)
    addresses = [page.relative_to(site).as_posix() for page in sorted(site.rglob("*.html"))]
    addresses = [one for one in addresses if re.search(TEXTS if LONG else NOTES_AND_SUCH, one)]
    # What an old address leads to is opened itself.
    addresses = [one for one in addresses if 'http-equiv="refresh"' not in (site / one).read_text("utf-8")]
    addresses += [page.relative_to(site).as_posix() for page in sorted(site.rglob("*.svg"))]
    assert len(addresses) > (1000 if LONG else 30)
    with serving(site) as home, watched(chromium, home) as (context, seen):
        page = context.new_page()
        for address in addresses:
            act(page, home + quote(address))
        page.wait_for_timeout(200)
    assert (seen.ran, seen.left, seen.errors) == ([], [], [])
    around = [path.name for path in attacked.parent.rglob("pwned*")] + [path.name for path in Path.cwd().glob("pwned*")]
    assert around == []


def test_no_page_holds_more_than_the_renderer_writes(attacked):
    """What the browser was not asked: elements, events and addresses in the text of any page."""
    for path in (attacked / "site").rglob("*.html"):
        for element in Document(path.read_text("utf-8")):
            assert element.tag in ELEMENTS, (path, element)
            assert not [name for name in element.attrs if name.startswith("on") or name in {"style", "srcdoc"}], (
                path,
                element,
            )
            for name in ("href", "src", "action"):
                address = element.attrs.get(name) or ""
                scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):|//", address, re.IGNORECASE)
                assert not scheme or (element.tag == "a" and scheme[1] in {"http", "https"}), (path, element)
            if element.tag == "script":
                is_ours = re.fullmatch(r"[./]*/?assets/hub\.js", element.attrs.get("src", ""))
                assert is_ours or element.attrs.get("type") == "application/ld+json", (path, element)


def test_the_same_inputs_run_where_nothing_is_done_about_them(chromium, tmp_path):
    """The control: raw HTML, any address, pictures as they came."""
    plain = MarkdownIt("commonmark", {"html": True}).enable("table")
    plain.validateLink = lambda _: True
    for n, evil in enumerate(SAMPLE):
        body = plain.render("\n\n".join(place(evil) for place in attacks.BODY.values()))
        (tmp_path / f"{n}.html").write_text(f"<!doctype html><meta charset=utf-8><body>{body}", "utf-8")
    for n, evil in enumerate(PICTURES):
        (tmp_path / f"{n}.svg").write_text(evil, "utf-8")
    ran = left = 0
    with serving(tmp_path) as home, watched(chromium, home) as (context, seen):
        for file in sorted(path.name for path in tmp_path.iterdir()):
            before = len(seen.ran), len(seen.left)
            page = context.new_page()
            with suppress(playwright_api.Error):  # it may lead the page away
                act(page, home + file)
            page.close()
            ran += len(seen.ran) > before[0]
            left += len(seen.left) > before[1]
    assert ran >= (40 if LONG else 8)
    assert left >= (15 if LONG else 3)
