"""What others write and the links they send: nothing of it runs, and the page keeps its shape."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.browser.conftest import serving, until
from tests.site.hubs import make

pytestmark = pytest.mark.browser
SETTLED = "['found', 'nothing', 'empty', 'failed'].includes(document.querySelector('[data-hub-results]').dataset.state)"
EVIL = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '";alert(1)//',
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "`${alert(1)}`",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    texts = {}
    for n, evil in enumerate(EVIL):
        told = "'" + evil.replace("'", "''") + "'"
        texts[f"docs/notes/n{n}.md"] = (
            f"---\ntitle: {told}\nkeywords: [{told}]\nsummary: {told}\n---\n\n## {evil}\n\ncommun {evil}\n"
        )
        texts[f"docs/glossaire/t{n}.md"] = f"---\ntitle: {told}\nvariants: [{told}, XYZ]\n---\n\n{evil}\n"
    with serving(make(tmp_path_factory.mktemp("hostile"), texts).root) as address:
        yield address


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_that_others_write_runs(visit, hostile, evil):
    context, witness = visit(hostile, width=320)
    page = context.new_page()
    page.on("dialog", lambda one: (witness.faults.append("dialog"), one.dismiss()))
    for query in (
        {"q": evil},
        {"q": "commun", "kind": evil, "n": "999999999"},
        {"q": evil, "literal": evil},
        {"q": "XYZ", "choose": f"xyz:{evil}"},
        {"q": "commun", evil: evil},
    ):
        page.goto(f"{hostile}recherche/?{urlencode(query)}#{evil}")
        until(page, SETTLED)
        assert page.locator("[data-hub-results]").get_attribute("data-state") in {"found", "nothing"}
    assert witness.faults == []


@pytest.mark.parametrize("word", ["hasOwnProperty", "abcdefghij" * 20])
def test_a_long_word_does_not_widen_the_page(visit, hostile, word):
    context, witness = visit(hostile, width=320)
    page = context.new_page()
    for query in ({"q": word}, {"q": word, "literal": word.lower()}):
        page.goto(f"{hostile}recherche/?{urlencode(query)}")
        until(page, SETTLED)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert witness.faults == []
