"""The analyser: from text to words and terms, the same for texts and queries, here and in the browser.

What it does is data: `language.json` holds the letters to fold, the particles that elide, the stop words of French and
English, and the endings that the light stemmer takes off. The browser's engine is given the same file and works the
same steps; a test compares both word by word.

Letters are folded (Unicode NFKD, marks taken off) before stemming, so that a text and a query without accents meet.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

LANGUAGE: dict[str, Any] = json.loads(Path(__file__).with_name("language.json").read_text("utf-8"))
LONGEST = 40
"""Letters of a word that count: what is longer is no word, and must not make long keys."""

# Letters of other scripts are told by ranges that never change, not by Unicode's tables, which differ from one
# browser to the next. What lies beyond the first plane (emoji among it) separates words.
LETTER = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u1fff\u2c00-\u2dff\u3040-\ua71f\ua800-\ud7ff"
_ELIDED = frozenset(LANGUAGE["elided"].split())
_TOKEN = re.compile(f"[{LETTER}]+(?:'[{LETTER}]+)*")
# Not compiled before it is needed: few texts have one, and a search that starts would wait for it.
_DOTTED = rf"(^|[^{LETTER}])((?:[A-Za-z]\.){{2,}}(?:[A-Za-z](?![{LETTER}]))?)"
_SPELT = 4
"""Letters of the shortest form that a misspelt word is compared with."""
_MOST_KNOWN = 20_000
_MAY_BE_DOTTED = re.compile(r"\.[A-Za-z]\.")
_MARKS = re.compile("[\u0300-\u036f]+")
# What Unicode still adds letters to: their small forms and foldings depend on the version that a browser knows.
_UNSTABLE = re.compile("[\u1c80-\u1c8f\u2c2f\u2c5f\ua720-\ua7ff\ud800-\udfff\U00010000-\U0010ffff]")
_FOLDS: dict[str, str] = LANGUAGE["folds"]
_FOLDED = re.compile(f"[{''.join(_FOLDS)}]")
_STOP = frozenset(" ".join(LANGUAGE["stop"]).split())
_PLURALS = {
    last: [(ending, least, instead) for ending, least, instead in LANGUAGE["plurals"] if ending[-1] == last]
    for last in {ending[-1] for ending, _, _ in LANGUAGE["plurals"]}
}
"""Endings of plurals by their last letters, in the order in which they are tried."""
_SUFFIXES = {ending: (least, instead) for ending, least, instead in LANGUAGE["suffixes"]}
_SUFFIX_LENGTHS = {
    last: sorted({len(ending) for ending in _SUFFIXES if ending[-1] == last}, reverse=True)
    for last in {ending[-1] for ending in _SUFFIXES}
}
"""The lengths of endings by their last letters, the longest first."""
_STEMMED = re.compile("[a-z]{4,}")
_UPPER = re.compile("(?=.*[A-Z])[A-Z0-9]{2,}s?")


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        form: folded, in small letters.
        term: what is searched for; empty for a stop word.
        is_upper: whether it is written as an acronym is: two capitals or more, and no small letter but a plural's s.
    """

    form: str
    term: str
    is_upper: bool


def words(text: str) -> list[Word]:
    """The words of a text, stop words among them; a word's place in the list is its position."""
    return [word for token in tokens(text) for word in of_token(token)]


def terms(text: str) -> list[str]:
    """The terms of a text: its words without stop words, stemmed."""
    return [word.term for word in words(text) if word.term]


@lru_cache(_MOST_KNOWN)
def of_token(token: str) -> tuple[Word, ...]:
    """The words of a token: nearly always one."""
    if token.isascii() and token.isalnum():  # nearly all are, and this is quick
        return (_word(token),)
    return tuple(word for run in _TOKEN.findall(token) for word in _of_run(run))


def tokens(text: str) -> list[str]:
    """The text cut where words end, capitals kept; what elides still stands before its word, in its token."""
    text = plain(text)
    if _MAY_BE_DOTTED.search(text):
        text = re.sub(_DOTTED, _undotted, text)
    found: list[str] = _TOKEN.findall(text)
    return found


def _undotted(match: re.Match[str]) -> str:
    """An acronym without its dots; the last one ends it."""
    before, letters = match.groups()
    return before + letters.replace(".", "") + (" " if letters.endswith(".") else "")


def plain(text: str) -> str:
    """The text with its letters folded: no marks, no ligatures, one apostrophe; capitals stay.

    >>> plain("L’œuvre d’Émile")
    "L'oeuvre d'Emile"
    """
    if text.isascii():
        return text
    unmarked = _MARKS.sub("", unicodedata.normalize("NFKD", _UNSTABLE.sub(" ", text)))
    return _FOLDED.sub(lambda match: _FOLDS[match[0]], unmarked)


def _of_run(run: str) -> Iterator[Word]:
    parts = run.split("'")
    while len(parts) > 1 and parts[0].lower() in _ELIDED:
        del parts[0]
    if len(parts) > 1 and parts[-1] in {"s", "S"}:  # English: the ministry's
        del parts[-1]
    yield from map(_word, parts)


def _word(part: str) -> Word:
    small = part.lower()
    form = small[:LONGEST]
    return Word(form, term_of(form), small != part and _UPPER.fullmatch(part) is not None)


def is_stop_word(form: str) -> bool:
    """Whether a folded word is too common to be searched for."""
    return form in _STOP


@lru_cache(_MOST_KNOWN)
def term_of(form: str) -> str:
    """What is searched for when a word of this form is; nothing if it is a stop word."""
    return "" if form in _STOP else stem(form)


def is_spelt(form: str) -> bool:
    """Whether a form is one that people misspell: letters, and enough of them."""
    return len(form) >= _SPELT and form.isascii() and form.isalpha()


def stem(form: str) -> str:
    """Take the endings off a folded word: first a plural's, then the longest of the table, then a last e or i.

    A light stemmer in the manner of Savoy (“A stemming procedure and stopword list for general French corpora”, 1999),
    with a table of its own for folded words. Words of other scripts, with digits or of less than four letters stay.

    >>> stem("hopitaux"), stem("hopital"), stem("financements")
    ('hopital', 'hopital', 'financ')
    """
    if not _STEMMED.fullmatch(form):
        return form
    for ending, least, instead in _PLURALS.get(form[-1], ()):
        if form.endswith(ending) and len(form) - len(ending) >= least:
            form = form[: len(form) - len(ending)] + instead
            break
    for length in _SUFFIX_LENGTHS.get(form[-1], ()):
        rule = _SUFFIXES.get(form[-length:]) if length < len(form) else None
        if rule and len(form) - length >= rule[0]:
            form = form[:-length] + rule[1]
            break
    if len(form) > 4 and form[-1] in "ei":  # noqa: PLR2004 - the same in the engine of the browser
        form = form[:-1]
    if len(form) > 4 and form[-1] == form[-2]:  # noqa: PLR2004
        form = form[:-1]
    return form
