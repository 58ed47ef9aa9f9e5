"""Numbers for words and terms: what is counted and sorted by the million is numbers, not texts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from hub.search.analysis import Word, is_spelt, of_token
from hub.search.concepts import PREFIX, Concepts
from hub.search.cutting import Cutter
from hub.search.lists import Numbers


class Lexicon:
    """The words that were met, each with a number, and their terms with numbers of their own.

    A word has another number where it was written otherwise.

    Attributes:
        terms: terms by number; the first is the empty one of stop words. Concepts' tokens are among them.
        term_of: the term's number of each word.
        forms: words as they are written, folded, by number.
        is_spelt: of each form, whether it is one that people misspell.
        form_of: the form's number of each word.
        is_upper: of each word, whether it is written as an acronym is.
        is_form: of each word, whether it alone may be a form of a concept.
    """

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self.terms: list[str] = []
        self.term_of = array("q")
        self.forms: list[str] = []
        self.is_spelt = array("b")
        self.form_of = array("q")
        self.is_upper = array("b")
        self.is_form = array("b")
        self._terms: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._cutter = Cutter()
        self._ends = array("q", [0])
        _number("", self.terms, self._terms)

    def read(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Read texts.

        Returns:
            The numbers of their words behind one another, stop words among them, and how many words each text has.
        """
        tokens, counts = self._cutter.cut(texts)
        for token in self._cutter.tokens[len(self._ends) - 1 :]:
            for word in of_token(token):
                self._learn(word)
            self._ends.append(len(self.term_of))
        starts = np.array(self._ends, np.int64)
        sizes = np.diff(starts)[tokens]  # nearly all tokens are one word
        ends = np.concatenate(([0], np.cumsum(sizes)))
        found = np.repeat(starts[tokens] - ends[:-1], sizes) + np.arange(ends[-1])
        return found, np.diff(ends[np.cumsum(counts)], prepend=0)

    def _learn(self, word: Word) -> None:
        self.term_of.append(_number(word.term, self.terms, self._terms))
        self.form_of.append(_number(word.form, self.forms, self._forms))
        if len(self.forms) > len(self.is_spelt):
            self.is_spelt.append(is_spelt(word.form))
        self.is_upper.append(word.is_upper)
        self.is_form.append(self.concepts.may_be(word))

    def word(self, number: int) -> Word:
        """The word of a number."""
        return Word(self.forms[self.form_of[number]], self.terms[self.term_of[number]], bool(self.is_upper[number]))

    def concept(self, concept_id: str) -> int:
        """The number of the term that stands for a concept."""
        return _number(PREFIX + concept_id, self.terms, self._terms)

    def openings(self) -> list[tuple[int, int]]:
        """The first two terms of each form of a concept that has several, where both were met."""
        pairs = ([self._terms.get(term) for term in pair] for pair in self.concepts.openings)
        return [(first, second) for first, second in pairs if first and second]


class Run(Sequence[Word]):
    """Words by their numbers, each made when it is looked at: few of a text are."""

    def __init__(self, lexicon: Lexicon, numbers: Numbers) -> None:
        self._lexicon, self._numbers = lexicon, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: Any) -> Any:
        return self._lexicon.word(self._numbers[at])


def _number(text: str, texts: list[str], known: dict[str, int]) -> int:
    """The number of a text among those that are known; a new one is put behind them."""
    number = known.setdefault(text, len(texts))
    if number == len(texts):
        texts.append(text)
    return number
