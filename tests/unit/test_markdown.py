"""Markdown becomes HTML that can do no harm, whatever stands in it, and in a time that does not run away."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.rules_core import inline
from markdown_it.token import Token

from hub.markdown import Href, Links, read
from hub.markdown.parser import configure, is_safe

TAGS = {
    *("a", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img"),
    *("input", "li", "ol", "p", "pre", "s", "section", "span", "strong", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    *("alt", "checked", "class", "disabled", "href", "id", "loading", "role", "src", "start", "style"),
    *("tabindex", "title", "type"),
}
STYLES = {"text-align:left", "text-align:right", "text-align:center"}


class _Inspector(HTMLParser):
    """Fails on anything in a page that could run, frame, restyle or take over an id."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            said = value or ""
            assert name in ATTRIBUTES, (tag, name)
            if name in {"href", "src"}:
                assert is_safe(unquote(said)), said
                assert not said.lower().lstrip().startswith(("javascript:", "data:", "vbscript:"))
            if name == "style":
                assert said in STYLES, said
            if name == "id":
                assert said.startswith(("s-", "fn")), said
            if name == "type":
                assert said == "checkbox"

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def _everything(text: str) -> Links:
    """Links that lead where they say, as careless a host as there can be."""
    found = read(text).outline
    return Links(
        links={one.target: Href(one.target, one.text) for one in found.links},
        wiki={one.target: Href(f"notes/{one.target}/", one.text, "wanted") for one in found.wiki_links},
        images={one.target: one.target for one in found.images},
        terms={"FBR": Href("glossaire/fbr/", '"><script>', "term")},
    )


def _inspect(text: str) -> str:
    html = read(text).html(_everything(text))
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    return html


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<!-- --!><script>alert(1)</script> -->",
    "<?php x ?>",
    "<!DOCTYPE html>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](javascript%3Aalert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](\u200bjavascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x/1)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](a "\\" onmouseover=alert(1) x=\\"")',
    "[x](a '\"><script>alert(1)</script>')",
    '![" onerror=alert(1) x="](a.png)',
    '![x](a.png "\\" onerror=alert(1)")',
    '![x](a.png"onerror=alert(1))',
    "[[x|<script>alert(1)</script>]]",
    '[["><script>alert(1)</script>]]',
    '[[x"onmouseover="alert(1)]]',
    "[[javascript:alert(1)]]",
    '# <script>alert(1)</script> {: onclick="x" }',
    "## Titre {#location onclick=alert(1)}",
    "x\n{: onclick=alert(1) }",
    '```js" onclick="alert(1)\nx\n```',
    '~~~ "><script>\nx\n~~~',
    '[^"><script>]: x\n\ny[^"><script>]',
    "x[^1]\n\n[^1]: <script>alert(1)</script> [x](javascript:alert(1))",
    "| <script> | a |\n|:--|--:|\n| [x](javascript:1) | <img onerror=1> |",
    "> [!NOTE] <script>\n> <script>alert(1)</script>",
    '> [!"><script>]\n> x',
    "- [ ] <input autofocus onfocus=alert(1)>",
    "Terme <b onclick=1>\n: <script>alert(1)</script>",
    "FBR <b>FBR</b>",
    'https://example.org/"onmouseover=alert(1)',
    "\\<script>alert(1)</script>",
    "`<script>`<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</div></section></body><script>alert(1)</script>",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_stays_text(text: str) -> None:
    for around in (text, f"Un texte {text} ici.", f"- {text}", f"> {text}", f"## {text}", f"**{text}**"):
        _inspect(around)


_PIECES = [*"ab[]()<>!\"'`*_#|:-=^\\&;/~{}% \n\tj", "](", "javascript:", "[[", "]]", "<script>", "&#58;", "%3A", "\n\n"]
_SIGNS = st.lists(st.sampled_from(_PIECES), max_size=50).map("".join)


@given(_SIGNS)
def test_any_signs_make_harmless_html(text: str) -> None:
    _inspect(text)


@given(st.text(max_size=60))
def test_any_text_is_rendered(text: str) -> None:
    _inspect(text)


N = 2_500


@pytest.mark.parametrize(
    "text",
    [
        "[" * N + "]" * N,
        "[[" * N + "]]" * N,
        "[a](" * N,
        "![" * N,
        "*" * 2 * N,
        "*a_" * N,
        "_" * N + "a" + "_" * N,
        "`" * N + " " + "`" * (N - 1),
        "".join("`" * n + " " for n in range(1, 100)),
        ">" * 2 * N,
        "- " * N,
        "<" * 2 * N,
        "<!--" * N,
        "&" * 2 * N,
        "|" * 2 * N + "\n" + "|-" * N,
        "[^a]" * N,
        "[a]: b\n" * N,
        "~~a" * N,
        "(" * 2 * N,
        "\\" * 2 * N,
        "a" * 2 * N,
        ("#" * 6 + " x\n") * 700,
        "[a]" * N + "\n\n[a]: b",
        "x\n: y\n" * 800,
    ],
    ids=lambda text: text[:6].encode("unicode_escape").decode(),
)
def test_pathological_texts_end(text: str) -> None:
    started = time.monotonic()
    _inspect(text)
    assert time.monotonic() - started < 5


def test_each_heading_has_an_id_of_its_own_in_outline_and_page() -> None:
    text = "# Un\n\n## Deux\n\n## Deux\n\n### `trois` [quatre](x.md)\n"
    headings = read(text).outline.headings
    assert [one.anchor for one in headings] == ["s-un", "s-deux", "s-deux-2", "s-trois-quatre"]
    assert [one.line for one in headings] == [1, 3, 5, 7]
    html = read(text).html()
    assert all(f'id="{one.anchor}"' in html for one in headings)
    assert "<h1" not in html


@pytest.mark.parametrize(
    "titles", [["A", "A", "A 2"], ["A 2", "A", "A"], ["A", "A 2", "A", "A", "A 2"], ["!", "?", "Section", "Section 2"]]
)
def test_no_two_headings_have_one_id(titles: list[str]) -> None:
    text = "\n\n".join(f"## {title}" for title in titles)
    anchors = [one.anchor for one in read(text).outline.headings]
    assert len(set(anchors)) == len(titles)
    assert re.findall(r'<h2 id="([^"]+)"', read(text).html()) == anchors


def test_thousands_of_headings_of_one_name_take_no_time() -> None:
    started = time.monotonic()
    assert len({one.anchor for one in read("## A\n\n" * 5000).outline.headings}) == 5000
    assert time.monotonic() - started < 5


def test_the_outline_says_what_stands_where() -> None:
    found = read("Un [lien](a.md) et\n![image](b.png), [[c|d]]\n<br>\n\n`[x](y.md)`\n").outline
    assert [(one.target, one.line, one.column) for one in found.links] == [("a.md", 1, 11)]
    assert [(one.target, one.text, one.line) for one in found.images] == [("b.png", "image", 2)]
    assert [(one.target, one.text, one.line) for one in found.wiki_links] == [("c", "d", 2)]
    assert [(one.target, one.line) for one in found.raw_html] == [("<br>", 3)]


def test_what_leads_nowhere_becomes_plain_text() -> None:
    html = read("[lien](a.md) ![image](b.png) [[c|d]]").html()
    assert "href" not in html
    assert "<img" not in html
    assert all(word in html for word in ("lien", "image", "d"))


def test_a_term_is_linked_once_and_never_in_a_heading_or_link() -> None:
    text = "## Le FBR\n\nLe [FBR](a.md), le FBR et le FBR. `FBR` FBRX\n"
    links = Links(links={"a.md": Href("a/")}, terms={"FBR": Href("glossaire/fbr/", "Financement", "term")})
    assert read(text).html(links).count("glossaire/fbr/") == 1


def _plainly(text: str) -> list[Token]:
    """The tokens of a text by the engine's own rule for what stands within blocks."""
    engine = configure()
    engine.core.ruler.at("inline", inline)
    return engine.parse(text, {})


@given(_SIGNS | st.text(max_size=60))
def test_what_holds_no_sign_of_a_mark_is_read_as_the_engine_would(text: str) -> None:
    assert configure().parse(text, {}) == _plainly(text)
