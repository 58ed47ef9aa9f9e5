"""Texts cut by the million give the words that `analysis.words` gives for each."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.search import cutting
from hub.search.analysis import plain, words
from hub.search.concepts import Concepts
from hub.search.lexicon import Lexicon

# Signs of every sort that is treated otherwise: letters and marks of one and of several letters, dots, apostrophes,
# other scripts, what separates words, and the ends of texts.
SIGNS = (
    *"aAzZéÉœŒæßıſĳÅΣς019²½ª.…‥․'’‘ʼ‛＇ʹ-_·«»—&\"`´",
    *("\0", "\x01", "\n", "\x1c", "\x85", "\xa0", "\xad", "\u0301", "\u0327", "\u200b", "\u202f", "\u2028", "\ufeff"),
    *("ɛ", "ɔ̀", "ẹ́", "ﬁ", "№", "ﷺ", "病", "мо", "😀", "𝐅", "\ud83d", "\ude00", "\uffff"),
    *("l’", "qu'", "'s", "C.S.U.", "a.b", "e.g.", "aujourd’hui", "FBR", "le ", "santé ", " de "),
)
TEXTS = st.lists(
    st.one_of(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join), st.text(max_size=12)), max_size=8
)


def read(lexicon, texts):
    numbers, counts = lexicon.read(texts)
    found = iter([lexicon.word(number) for number in numbers.tolist()])
    return [[next(found) for _ in range(count)] for count in counts.tolist()]


@given(st.lists(TEXTS, max_size=3))
@example([["A.", "B. C.D", "\0a\0", "", "'", "œuvre d’Émile"], ["\ud83d", "\ude00"]])
def test_texts_are_cut_at_once_as_each_would_be(several):
    lexicon = Lexicon(Concepts({}))
    for texts in several:  # what is known from before is found again
        assert read(lexicon, texts) == [words(text) for text in texts]


def test_every_sign_is_folded_as_it_is_alone():
    texts = [f"x{chr(code)}y {chr(code)} É{chr(code)}" for code in chain(range(0x2100), range(0x2100, 0x11000, 101))]
    assert read(Lexicon(Concepts({})), texts) == [words(text) for text in texts]


def test_texts_that_are_not_cut_together_and_long_tokens(monkeypatch):
    monkeypatch.setattr(cutting, "_AT_ONCE", 40)
    texts = ["un mot", "a" * 300, "une œuvre " * 30, "é" * 256 + "x", "", "d’un"]
    assert read(Lexicon(Concepts({})), texts) == [words(text) for text in texts]


def test_tokens_that_share_a_slot_are_told_apart(monkeypatch):
    monkeypatch.setattr(cutting, "_SLOTS", 2)
    texts = ["un deux trois quatre cinq six sept", "sept six cinq quatre trois deux un"]
    lexicon = Lexicon(Concepts({}))
    for _ in range(2):
        assert read(lexicon, texts) == [words(text) for text in texts]


@pytest.mark.parametrize("text", ["Les hôpitaux d’Émile : 12 %", "c’est l’œuvre, « déjà » – à 3,5 €"])
def test_what_is_usual_in_french_is_not_left_to_the_slow_way(text, monkeypatch):
    monkeypatch.setattr(cutting, "tokens", None)
    assert read(Lexicon(Concepts({})), [text]) == [words(text)]
    assert plain(text) != text
