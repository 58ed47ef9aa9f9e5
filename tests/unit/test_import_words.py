"""No word of a document is lost on its way into a draft and its report, and none is shown otherwise."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from datetime import date
from html import escape, unescape
from typing import Any

import docx
import pptx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.config import Config
from hub.documents.model import Cell, Document, Heading, Item, Paragraph, Run, Table
from hub.documents.model import words as words_of
from hub.drafting.markdown import Writer, clean
from hub.drafting.placing import Draft, place
from hub.importers import slides, web, word
from hub.library import Library
from hub.loading import find_kinds
from hub.markdown import read
from tests import documents

SIGNS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
MARKDOWN = st.text(st.sampled_from("*_`[]()<>!#|~^&;:\\-+=.1 a\nb\t$\"'{}/@"), max_size=30)
TEXTS = st.one_of(
    SIGNS,
    MARKDOWN,
    st.sampled_from(
        (
            *("1. un", "- deux", "# trois", "> quatre", "| a | b |", "---", "===", "***", "[^1]: note", "[x](y)"),
            *("![x](y)", "[[fbr]]", "<b>gras</b>", "<http://a.org>", "&amp; &#65; &copy;", "a_b_c __d__", "~~barré~~"),
            *(": suite", "```", "    code", "1986\\. Fin", "5 * 3 * 2", "a\\", "https://x.org/a_b", "x@y.org"),
            *("::: note", "\u00a0\u2028\u200b", "[ ] tâche", "^[en ligne]"),
        )
    ),
)
ADDRESSES = st.sampled_from(("", "https://a.org/(b)_c?d=é&e", "x.docx"))
RUNS = st.lists(
    st.builds(Run, TEXTS, bold=st.booleans(), italic=st.booleans(), struck=st.booleans(), href=ADDRESSES), max_size=4
).map(tuple)
QUICK = settings(
    max_examples=600 if os.environ.get("HUB_TEST_LONG") else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def words(text: str) -> Counter[str]:
    """The words of a text as they are compared: without what looks alike."""
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", clean(text)).lower()))


def shown(markdown: str) -> str:
    """What readers see of Markdown."""
    return read(markdown).outline.words


def drafted(document: Document, name: str = "document.docx") -> Draft:
    """The draft of a document in an empty hub."""
    kinds = find_kinds(CONFIG)
    library = Library(kinds, (), {})
    return place(document, kinds["note"], library, date(2026, 11, 22), lambda stem, lang: False)


CONFIG = Config(root=documents.HERE, docs_dir=documents.HERE, site_dir=documents.HERE)


def lost(source: str, draft: Draft) -> Counter[str]:
    """The words of a source that neither the draft nor its report has."""
    _, front, body = draft.text.split("---\n", 2)
    said = " ".join(text for _, text in draft.left_out)
    outline = read(body).outline
    code = " ".join(text for _, text in outline.running.value.code)
    return words(source) - words(f"{front} {outline.words} {code} {said}")


@QUICK
@given(RUNS)
def test_markdown_shows_the_words_of_runs_as_they_are(runs: tuple[Run, ...]) -> None:
    made = Writer().write([Paragraph(runs)])
    expected = unicodedata.normalize("NFKC", " ".join(clean("".join(run.text for run in runs)).split()))
    assert unicodedata.normalize("NFKC", " ".join(shown(made).split())) == expected
    outline = read(made).outline
    assert not outline.wiki_links
    assert not outline.images
    assert not outline.headings
    assert {link.href.split("/")[2] for link in outline.links} <= {"a.org"}


@QUICK
@given(st.lists(RUNS, min_size=1, max_size=3), st.integers(0, 2))
def test_no_sign_of_a_text_becomes_a_mark_beside_its_neighbours(many: list[tuple[Run, ...]], level: int) -> None:
    blocks = [
        *(Paragraph(runs) for runs in many),
        Heading(2, many[0]),
        *(Item(runs, min(level, index), ordered=bool(level), number=index + 1) for index, runs in enumerate(many)),
        Paragraph(many[-1], "quote"),
        Table(tuple((Cell((Paragraph(runs),)), Cell((Item(runs),))) for runs in many)),
    ]
    made = Writer().write(blocks)
    assert words(shown(made)) == words(words_of(blocks)), made
    assert not read(made).outline.running.value.code
    assert not read(made).outline.wiki_links


PARTS = st.recursive(
    st.one_of(
        st.tuples(st.just("paragraph"), TEXTS),
        st.tuples(st.just("bold"), TEXTS),
        st.tuples(st.just("heading"), TEXTS),
        st.tuples(st.just("item"), TEXTS),
        st.tuples(st.just("box"), st.text("abcdé ", min_size=1, max_size=12)),
    ),
    lambda inside: st.tuples(
        st.just("table"), st.lists(st.lists(inside, min_size=1, max_size=3), min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def _no_controls(text: str) -> str:
    """Text that XML can hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _fill(holder: Any, parts: list[Any], source: list[str]) -> None:
    for sort, content in parts:
        if sort == "table":
            table = holder.add_table(len(content), max(map(len, content)))
            for row, cells in enumerate(content):
                for column, one in enumerate(cells):
                    _fill(table.cell(row, column), [one], source)
            continue
        text = _no_controls(content)
        source.append(text)
        if sort == "box":
            holder.add_paragraph()._p.append(documents.text_box(escape(text)))
        else:
            style = {"heading": "Heading 2", "item": "List Bullet"}.get(sort)
            run = holder.add_paragraph(style=style).add_run(text)
            run.bold = True if sort == "bold" else None


@QUICK
@given(st.lists(PARTS, max_size=6))
def test_no_word_of_a_word_document_is_lost(parts: list[Any]) -> None:
    made, source = docx.Document(), []
    _fill(made, parts, source)
    assert not lost("\n".join(source), drafted(word.read(documents.saved(made))))


TAGS = (
    *("p", "div", "h1", "h2", "h3", "ul", "ol", "li", "table", "tr", "td", "th", "b", "i", "a", "span", "blockquote"),
    *("nav", "footer", "article", "main", "section", "pre", "sup", "form", "button", "figure", "figcaption", "caption"),
    *("dl", "dt", "dd", "details", "summary", "label", "center", "font"),
)


def _html(node: Any) -> str:
    return escape(node) if isinstance(node, str) else f"<{node[0]}>{''.join(map(_html, node[1]))}</{node[0]}>"


NODES = st.recursive(
    TEXTS.map(_no_controls),
    lambda inside: st.tuples(st.sampled_from(TAGS), st.lists(inside, max_size=3)),
    max_leaves=12,
)


@QUICK
@given(st.lists(NODES, max_size=5))
def test_no_word_of_a_web_page_is_lost(nodes: list[Any]) -> None:
    page = "".join(map(_html, nodes))
    joined = re.sub(r"</?(?:b|i|a|span|sup|label|font)>", "", page)
    source = unescape(re.sub(r"<[^>]*>", "\n", joined))
    if source.strip():
        found = web.read(f"<!doctype html><meta charset=utf-8><body>{page}".encode())
        assert not lost(source, drafted(found))


SLIDES = st.lists(
    st.tuples(TEXTS, st.lists(st.tuples(TEXTS, st.integers(0, 4)), max_size=3), TEXTS, st.sampled_from((0, 1, 5, 6))),
    min_size=1,
    max_size=3,
)


@settings(QUICK, max_examples=150 if os.environ.get("HUB_TEST_LONG") else 12)
@given(SLIDES)
def test_no_word_of_a_slide_deck_is_lost(deck: list[tuple[str, list[tuple[str, int]], str, int]]) -> None:
    made, source = pptx.Presentation(), []
    for title, points, spoken, layout in deck:
        slide = made.slides.add_slide(made.slide_layouts[layout])
        texts = [_no_controls(text) for text in (title, *(text for text, _ in points), spoken)]
        if slide.shapes.title is not None:
            slide.shapes.title.text = texts[0]
            source.append(texts[0])
        box = slide.shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9).text_frame
        for text, (_, level) in zip(texts[1:-1], points, strict=True):
            paragraph = box.add_paragraph()
            paragraph.text, paragraph.level = text, level
        slide.notes_slide.notes_text_frame.text = texts[-1]
        source += texts[1:]
    assert not lost("\n".join(source), drafted(slides.read(documents.saved(made))))


def test_a_word_that_is_not_there_is_missed() -> None:
    assert lost("absent présent", drafted(Document((Paragraph((Run("présent"),)),)))) == {"absent": 1}
