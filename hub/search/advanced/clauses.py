"""One clause of a query: a word, a phrase, a wildcard, a range, looked up in the index.

Everything is bounded: how many words a wildcard stands for, how much of it must be letters, and the time.
"""

from __future__ import annotations

import math
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from whoosh import query
from whoosh.query.spans import SpanNear2

from hub.dates import PartialDate
from hub.nearest import edits
from hub.search.advanced.index import Opened
from hub.search.advanced.schema import FORMS, TEXTS, number
from hub.search.advanced.syntax import field_of
from hub.search.analysis import LANGUAGE, LETTER, Word, is_stop_word, plain, words

Scores = dict[int, float]
"""Records by their number in the index."""

MOST_WORDS = 64
"""Words that one wildcard may stand for, the commonest."""
LONGEST = 3.0
"""Seconds after which what was found so far is the answer."""
_STARS = 3
_LETTERS = 2
"""Letters of a wildcard at least."""
_EDITS = 2
_SLOP = 30
_K1 = 1.2
_ALWAYS = (0, 99_999_999)
_ELIDED = frozenset(LANGUAGE["elided"].split())
_PIECE = re.compile(f"[{LETTER}*?]+")


class Unreadable(Exception):
    """A clause says nothing that can be looked up."""


@dataclass
class Clauses:
    """Looks clauses up.

    Attributes:
        index: opened.
        marked: terms to mark in what is found.
        phrases: runs of words to look for in what is found.
        unknown: words that no text has.
        ignored: clauses that could not be read.
        is_exact: whether nothing was left out for its number or the time.
    """

    index: Opened
    marked: set[str] = field(default_factory=set)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    is_exact: bool = True
    _until: float = field(default_factory=lambda: time.monotonic() + LONGEST)

    def all(self) -> Scores:
        """Every record."""
        return dict.fromkeys(self.index.reader.all_doc_ids(), 0.0)

    def with_values(self, filters: Mapping[str, Iterable[str]]) -> set[int] | None:
        """The records that have, for each facet, one of the values; None without filters."""
        left: set[int] | None = None
        for name, values in filters.items():
            terms = [query.Term("facet", f"{name}={value}") for value in values]
            if terms:
                found = {one for term in terms for one, _ in self._postings(term)}
                left = found if left is None else left & found
        return left

    def find(self, clause: Any) -> Scores | None:
        """What matches a clause; None where it asks for nothing (a stop word), which is not the same as no match.

        Raises:
            Unreadable: when it says nothing that can be looked up.
        """
        name = field_of(getattr(clause, "fieldname", None))
        if isinstance(clause, query.TermRange):
            return self._range(name, clause)
        if isinstance(clause, query.Phrase):
            return self._phrase(name, " ".join(clause.words), clause.slop)
        text = getattr(clause, "text", "*" if isinstance(clause, query.Every) else "")
        if text == "*":
            return self._days(*_ALWAYS) if name == "date" else self.all()
        if name == "date":
            return self._days(*_days_of(text))
        if isinstance(clause, query.FuzzyTerm):
            most = min(clause.maxdist, _EDITS)
            forms = [word.form for word in words(text)]
            return all_of([self._expanded(name, _near(form, most, clause.prefixlength)) for form in forms])
        if isinstance(clause, query.Prefix | query.Wildcard):
            return self._wildcard(name, f"{text}*" if isinstance(clause, query.Prefix) else text)
        return self._words(name, text)

    def _words(self, name: str | None, text: str) -> Scores | None:
        """What stands without a space between belongs together."""
        # The code of English is a stop word.
        typed = [word for word in words(text) if word.term or name == "lang"]
        return all_of([self._word(name, word) for word in typed])

    def _word(self, name: str | None, word: Word) -> Scores:
        found: defaultdict[int, float] = defaultdict(float)
        for where, weight in _fields(name).items():
            term = query.Term(where, word.term) if word.term else query.Term(where + FORMS, word.form)
            for one, score in self._postings(term):
                found[one] += weight * score
        self.marked.add(word.term)
        if not found:
            self.unknown.append(word.form)
        return dict(found)

    def _phrase(self, name: str | None, text: str, slop: int) -> Scores | None:
        """Words that stand together as they are written, stop words among them."""
        if name == "date":
            return self._days(*_days_of(text))
        typed = words(text)
        if not typed:
            return None
        self.marked |= {word.term for word in typed if word.term}
        self.phrases.append(tuple(word.form for word in typed))
        found: defaultdict[int, float] = defaultdict(float)
        for where, weight in _fields(name).items():
            terms = [query.Term(where + FORMS, word.form) for word in typed]
            if all(self.index.frequency(term.fieldname, term.text) for term in terms):
                asked = SpanNear2(terms, slop=min(slop, _SLOP)) if len(terms) > 1 else terms[0]
                counts = dict.fromkeys((one for one, _ in self._postings(asked)), 1)
                self._weigh(found, counts, weight * len(terms))
        return dict(found)

    def _wildcard(self, name: str | None, text: str) -> Scores | None:
        """Every word that a pattern fits; parts of it without a wildcard are words."""
        found: list[Scores | None] = []
        for piece in _PIECE.findall(plain(text).lower()):
            if "*" not in piece and "?" not in piece:
                found.append(self._words(name, piece) if piece not in _ELIDED else None)
            elif piece.strip("*?"):
                found.append(self._expanded(name, _fits(piece, text)))
        return all_of([scores for scores in found if scores is not None])

    def _expanded(self, name: str | None, fits: Callable[[str], object]) -> Scores:
        """The records that have any of the words that fit, as they are written."""
        found: defaultdict[int, float] = defaultdict(float)
        for where, weight in _fields(name).items():
            forms = [form for form in self.index.forms(where + FORMS) if fits(form) and not is_stop_word(form)]
            if len(forms) > MOST_WORDS:
                self.is_exact = False
                forms.sort(key=lambda form: (-self.index.frequency(where + FORMS, form), form))
            counts: Counter[int] = Counter()
            for form in forms[:MOST_WORDS]:
                self.marked |= {word.term for word in words(form) if word.term}
                for one, count in self._postings(query.Term(where + FORMS, form), "weight"):
                    counts[one] += round(count)
            self._weigh(found, counts, weight)
        return dict(found)

    def _range(self, name: str | None, clause: Any) -> Scores:
        """From one day to another, whatever the order; in other fields from one word to another."""
        ends = [(clause.start or "").strip(), (clause.end or "").strip()]
        if name not in {"date", None}:
            first, last = (" ".join(word.form for word in words(text)) for text in ends)
            if first and last:
                first, last = sorted((first, last))
            return self._expanded(name, lambda form: first <= form and (not last or form <= last))
        start, end = (_days_of(text) if text else (open_, open_) for text, open_ in zip(ends, _ALWAYS, strict=True))
        if start > end:
            start, end = end, start
        # A date without its day stands for all of its days: what is left out begins after the last of them.
        low = start[1] + 1 if clause.startexcl and ends[0] else start[0]
        high = end[0] - 1 if clause.endexcl and ends[1] else end[1]
        return self._days(low, high)

    def _days(self, low: int, high: int) -> Scores:
        if low > high:
            return {}
        return dict.fromkeys((one for one, _ in self._postings(query.NumericRange("date", low, high))), 0.0)

    def _weigh(self, found: dict[int, float], counts: Mapping[int, int], weight: float) -> None:
        """Score what holds any of several words as BM25 would if they were one."""
        records = self.index.reader.doc_count()
        idf = math.log(1 + (records - len(counts) + 0.5) / (len(counts) + 0.5)) if counts else 0.0
        for one, count in counts.items():
            found[one] += weight * idf * count * (_K1 + 1) / (count + _K1)

    def _postings(self, asked: Any, told: str = "score") -> Iterator[tuple[int, float]]:
        """Records with their scores (or weights: how often), until the time is over."""
        for searcher, offset in self.index.searcher.leaf_searchers():
            matcher = asked.matcher(searcher)
            while matcher.is_active():
                if time.monotonic() > self._until:
                    self.is_exact = False
                    return
                yield matcher.id() + offset, getattr(matcher, told)()
                matcher.next()


def all_of(found: list[Scores]) -> Scores | None:
    """What matches all of several clauses."""
    if not found:
        return None
    left = set.intersection(*(set(scores) for scores in found))
    return {one: sum(scores[one] for scores in found) for one in left}


def _fields(name: str | None) -> Mapping[str, float]:
    return TEXTS if name is None else {name: TEXTS.get(name, 1.0)}


def _days_of(text: str) -> tuple[int, int]:
    """The first and the last day that a date may mean.

    Raises:
        Unreadable: when it is no date.
    """
    try:
        when: PartialDate | None = PartialDate.parse(text)
    except ValueError:
        when = PartialDate.in_words(text)[0]
    if when is None:
        raise Unreadable(text)
    return number(when, last=False), number(when, last=True)


def _fits(piece: str, text: str) -> Callable[[str], object]:
    """Whether a word fits a pattern; a question mark at the end may stand for no letter: people ask questions.

    Raises:
        Unreadable: when it would fit nearly everything, or take long to compare.
    """
    piece = re.sub(r"[*?]*\*[*?]*", "*", piece)
    if piece.count("*") > _STARS or len(re.sub("[*?]", "", piece)) < _LETTERS:
        raise Unreadable(text)
    parts = {"*": ".*", "?": "."}
    expression = "".join(parts.get(sign, re.escape(sign)) for sign in piece)
    return re.compile(expression + "?" if piece.endswith("?") else expression).fullmatch


def _near(form: str, most: int, prefix: int) -> Callable[[str], object]:
    """Whether a word is so many typing errors away, and begins with the same letters."""

    def fits(known: str) -> bool:
        is_alike = abs(len(known) - len(form)) <= most and known[:prefix] == form[:prefix]
        return is_alike and edits(form, known, most) <= most

    return fits
