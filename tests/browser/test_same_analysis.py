"""The browser's analyser and Python's cut, fold and stem every text into the same words."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from itertools import islice

import pytest

from hub.search.analysis import LANGUAGE, words
from hub_mkdocs.search import engine
from tests.site.hubs import REPOSITORY

pytestmark = pytest.mark.browser
RELEVANCE = REPOSITORY.parent / "shared" / "relevance"

# What has told two analysers apart before, or well might.
PIECES = (
    *"aAzZsStTéÉèçÇœŒæßẞıİſKÅΣςσ0179²½ªº.',;:!?-_()[]{}<>&\"`´′’‘ʼ‛＇ʹ\n\t\r\x00\\",
    *("l'", "L’", "qu'", "QU’", "d'", "s'", "'s", "’S", "lorsqu'", "aujourd'hui", "C.S.U.", "c.s.u", "O.M.S", "a.b."),
    *("hôpitaux", "HÔPITAL", "financements", "évaluation", "nationaux", "eaux", "aux", "CSUs", "H1N1", "ARVs", "C4D"),
    *("ﬁ", "ﬀ", "ŉ", "ǆ", "ﬆ", "№", "™", "…", "㎡", "㍿", "ﷺ", "Ｆ", "Ｂ", "Ｒ", "ｏ", "１", "．"),
    *("ɖ", "Ɖ", "ɛ", "Ɛ", "ɔ̀", "Ɔ́", "xɛ́ɛ", "gbɔjɛ", "ŋ", "ẹ́", "Ṣ", "ɤ", "ƛ"),
    *("\u0301", "\u0307", "\u0327", "\u0345", "\u20e3", "\u1dc4", "\u064b", "\u05b0", "\ufe0f", "\u200d", "\u00ad"),
    *("\u200b", "\u200e", "\u202e", "\u2066", "\u2060", "\ufeff", "\u00a0", "\u202f", "\u2028", "\u0085", "\u180e"),
    *("مستشفى", "בית־חולים", "больница", "ΝΟΣΟΚΟΜΕΊΟ", "病院", "병원", "ኣዲስ", "ⲀⲂ", "Ა", "Ꭰ", "ꞌ", "꟱", "Ɦ"),
    *("😀", "👩🏽‍⚕️", "🇧🇯", "𝐅𝐁𝐑", "𐐀", "🄰", "\ud83d", "\ude00", "\ud800", "\uffff", "\ufffd"),
    *("constructor", "__proto__", "toString", "valueOf", "hasOwnProperty"),
)


def nasty() -> Iterable[str]:
    """Texts that a contributor would hardly write, the same in every run."""
    for code in range(0x10000):
        sign = chr(code)
        yield f"{sign} a{sign}b C.{sign}.S. '{sign}' x{sign}{sign}"
        yield f"É{sign} {sign}é œ{sign}’{sign}"
        yield f"{sign} a{sign} {sign}b A{sign}B l'{sign}u s{sign}x C.{sign}.S. F{sign}R é{sign}\u0301 {sign}{sign}"
    for code in range(0x10000, 0x110000, 61):
        yield f"a{chr(code)}b {chr(code)}"
    chance = random.Random(20260601)
    for _ in range(4000):
        yield "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
    yield from ("", " ", "a" * 10_000, "é" * 10_000, "a." * 5_000, "l'" * 5_000, "'" * 10_000, "a'" * 5_000 + "s")
    yield from ("e\u0301" * 5_000, "\u0301" * 10_000, "😀" * 5_000, "ﷺ" * 500, "A.B" * 3_333, "s" * 39 + "éeaux")


def differing(page, texts: Iterable[str]) -> list[tuple[str, list, list]]:
    """The texts of which both make different words. They go over as ASCII: half a surrogate pair must arrive as one."""
    found = []
    left = iter(texts)
    while some := list(islice(left, 5000)):
        theirs = json.loads(page.evaluate("texts => wordsOf(texts)", json.dumps(some)))
        for text, their in zip(some, theirs, strict=True):
            ours = [[word.form, word.term, word.is_upper] for word in words(text)]
            if ours != their:
                found.append((text[:200], ours[:20], their[:20]))
    return found


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    page.add_script_tag(content=engine())
    page.evaluate(
        """language => {
          const words = hub.analyser(JSON.parse(language));
          window.wordsOf = (texts) => JSON.stringify(JSON.parse(texts).map((text) =>
            words(text).map((word) => [word.form, word.term, word.isUpper])));
        }""",
        json.dumps(LANGUAGE),
    )
    yield page
    page.close()


def cut_at_spaces(texts: Iterable[str]) -> list[str]:
    return sorted({word for text in texts for word in text.split()})


def test_texts_and_words_of_this_hub_are_the_same_words_in_the_browser(page):
    texts = [path.read_text("utf-8") for path in sorted((REPOSITORY / "docs").rglob("*.md"))]
    assert texts
    assert differing(page, texts) == []
    assert differing(page, cut_at_spaces(texts)) == []


@pytest.mark.shared
@pytest.mark.skipif(not RELEVANCE.exists(), reason="the relevance set is kept outside the repository")
def test_texts_and_words_of_the_relevance_set_are_the_same_words_in_the_browser(page):
    lines = [
        json.loads(line)
        for name in ("docs.jsonl", "queries.jsonl")
        for line in (RELEVANCE / name).read_text("utf-8").splitlines()
    ]
    texts = [f"{line.get('title', '')}\n{line['text']}" for line in lines]
    assert differing(page, texts) == []
    assert differing(page, cut_at_spaces(texts)) == []


def test_nasty_texts_are_the_same_words_in_the_browser(page):
    assert differing(page, nasty()) == []


def test_capitals_and_small_letters_alike(page):
    forms = cut_at_spaces(path.read_text("utf-8") for path in sorted((REPOSITORY / "docs").rglob("*.md")))
    assert differing(page, [form.upper() for form in forms]) == []
    assert differing(page, [form.title() for form in forms]) == []
