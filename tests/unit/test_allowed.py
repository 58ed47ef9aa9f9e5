"""What stands in a text's finished HTML is on a list, whatever wrote it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.markdown import Href, Links, read
from hub.markdown.allowed import allowed


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ('<p onclick="x" style="a:b" class="c">', '<p class="c">'),
        ('<p id="hub-main"><p id="s-a">', '<p><p id="s-a">'),
        ('<a href="java&#10;script:x">', "<a>"),
        ('<a href="&#106;avascript:x">', "<a>"),
        ('<a href="//evil.example/"><a href="\\\\evil.example">', "<a><a>"),
        ('<a href="https://a.b/?c=d&amp;e#f" title="g">', '<a href="https://a.b/?c=d&amp;e#f" title="g">'),
        ('<img src="https://a.b/c.png"><img src="../c.png" alt="d">', '<img><img src="../c.png" alt="d">'),
        ('<img src="x" onerror=alert(1)>', '&lt;img src="x" onerror=alert(1)&gt;'),
        ('<input type="text"><input type="checkbox" disabled="">', '<input type="checkbox" disabled="">'),
        ("a < b <", "a &lt; b &lt;"),
        ("<svg/onload=x>", "&lt;svg/onload=x&gt;"),
        ('<p class="a" class="onload(">', '<p class="a">'),
    ],
)
def test_only_what_is_listed_is_left(html, left):
    assert allowed(html) == left


TEXT = """# T

a[^1] [l](a.md "t") ~~s~~ **b** `c` ![i](a.png "t") x^[inline], again[^1]

- [ ] t

3. a

> [!NOTE]
> x

|a|b|
|-|:-:|
|1|2|

term
: def

***

[^1]: n1
"""


def test_what_the_renderer_writes_is_all_on_the_lists():
    links = Links(links={"a.md": Href("../a/", "", "term")}, images={"a.png": "a.png"})
    html = read(TEXT).html(links)
    assert allowed(html) == html
    assert "&lt;" not in html
    assert '<img src="a.png" alt="i" title="t" loading="lazy">' in html
    assert '<td class="hub-center">2</td>' in html
    assert "style=" not in html


def test_every_id_of_a_text_begins_as_no_script_looks_for_and_leads_somewhere():
    html = read(TEXT).html()
    ids = re.findall(r' id="([^"]*)"', html)
    assert ids == ["s-t", "s--1-r1", "s--2-r1", "s--1-r2", "s--1", "s--2"]
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(ids)


@given(
    st.lists(
        st.sampled_from(["<", ">", "p", "a", " ", "/", '"', "=", "href", "onclick", "javascript:", "img", "&", "'"]),
        max_size=14,
    )
)
def test_nothing_that_is_not_listed_gets_through(parts):
    html = allowed("".join(parts))
    for tag in re.findall("<[^>]*>", html):
        assert re.fullmatch(r'</?(?:p|a|img|s|em)(?: href="(?!javascript:)[^"]*")? ?/?>', tag), html
    assert html.count("<") == len(re.findall("<[^>]*>", html))
