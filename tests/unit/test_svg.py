"""An SVG file is published as a picture: what runs, links or fetches is gone, and what is drawn is not."""

# ruff: noqa: E501 - what is tried stands on one line

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.svg import MOST_BYTES, clean
from tests.browser.attacks import PICTURES

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'
DANGEROUS = re.compile(
    rb"script|foreignobject|\son\w+=|javascript|https?://(?!www\.w3\.org/2000/svg\")|@import|<a\b|animate|<set|xml:base",
    re.IGNORECASE,
)


@pytest.mark.parametrize("value", ["a \"b\" 'c'", "& >", "un\ndeux\ttrois\rquatre", "]]>"])
def test_a_value_is_read_again_as_it_was(value):
    element = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "aria-label": value})
    assert ET.fromstring(clean(ET.tostring(element)).svg).get("aria-label") == value


def test_a_drawing_stays_as_it_is():
    drawn = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>'
        '<style>.b{fill:url(#a);font-family:"Open Sans"}</style><g transform="scale(2)"><path class="b" d="M0 0h9"></path>'
        '<text x="1" xml:space="preserve">été &amp; co &lt;</text><use href="#a"></use></g>'
        '<image href="data:image/png;base64,AAAA" width="1"></image><title>Un dessin</title>'
    )
    found = clean(SVG.format(' viewBox="0 0 9 9"', drawn).encode())
    assert found.removed == ()
    assert found.svg == f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawn}</svg>'.encode()
    assert clean(found.svg) == found


@pytest.mark.parametrize("picture", PICTURES)
def test_what_runs_or_fetches_is_left_out_and_told(picture):
    found = clean(picture.encode())
    assert found.svg
    assert found.removed or "xmlns='http://www.w3.org/" in picture
    assert not DANGEROUS.search(found.svg), found.svg
    ET.fromstring(found.svg)


@pytest.mark.parametrize(
    "style",
    [
        "fill:url(http://x)",
        "fill:u\\72l(x)",
        "fill:url(data:image/svg+xml,x)",
        "fill:ur/**/l(x)",
        "background:image-set('x' 1x)",
        "@import 'x'",
        "@font-face{src:url(x)}",
        "fill:url( '#a' ) url(//x)",
        "behavior:url(#default)",
        "x:expression(alert(1))",
    ],
)
def test_a_style_that_fetches_is_left_out(style):
    for picture in (SVG.format("", f"<style>{style}</style>"), SVG.format(f' style="{style}"', "")):
        assert clean(picture.encode()).svg == b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x89PNG",
        b"<html/>",
        b"<svg",
        b'<svg xmlns="http://www.w3.org/1999/xhtml"/>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b"<svg>" + b"<g>" * 300 + b"</g>" * 300 + b"</svg>",
        b"<svg>" + b" " * MOST_BYTES + b"</svg>",
        SVG.format(
            "", "".join(f'<g id="a{n}"><use href="#a{n + 1}"/><use href="#a{n + 1}"/></g>' for n in range(40))
        ).encode(),
        b"<?xml version='1.0' encoding='x-none'?><svg/>",
    ],
)
def test_what_is_no_picture_is_refused(raw):
    assert clean(raw).svg is None


def test_a_type_of_document_without_entities_is_passed_over():
    kind = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert clean((kind + SVG.format("", "")).encode()).svg == b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@given(st.binary(max_size=200), st.sampled_from([b"", b"<svg xmlns='http://www.w3.org/2000/svg'>"]))
def test_no_bytes_raise(raw, before):
    found = clean(before + raw + (b"</svg>" if before else b""))
    assert found.svg is None or not DANGEROUS.search(found.svg)


@given(st.lists(st.sampled_from(PICTURES), max_size=4), st.randoms())
def test_no_mixture_of_attacks_gets_through(pictures, chance):
    text = SVG.format("", "".join(pictures))
    for _ in range(chance.randrange(4)):
        at, end = sorted(chance.randrange(len(text)) for _ in range(2))
        text = text[:at] + text[at : end + 1][::-1][:20] + text[end:]
    found = clean(text.encode())
    assert found.svg is None or not DANGEROUS.search(re.sub(rb">[^<]*<", b"><", found.svg))
