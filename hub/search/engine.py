"""The engine: a query in, an answer out, from the scripts of the index alone.

`assets/search/engine.js` of the theme does the same with the same scripts; a test in a browser compares the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from hub.search.analysis import words
from hub.search.excerpt import as_written, best_passage, excerpt
from hub.search.phrases import holds, is_anywhere, may_hold
from hub.search.postings import STRETCHES, Posting, Postings
from hub.search.query import Part, Query, Reading, read
from hub.search.ranking import Candidate, rank
from hub.search.reading import FACETS, Index, Shown

LIMIT, NAMES = 10, 8
"""Results, and completions, where a call does not say how many."""
VERIFIED, MOST_VERIFIED = 30, 200
"""Candidates whose texts are read at once to see whether a phrase stands in one, and in all."""
VALUES = 20
"""Values of a facet that are told, the most frequent."""
_NAME_LEAVES = 3
_PASSAGE_LEAVES = 16
_NAME_KEY = 24
"""Letters of a name that the tree of names knows (`gather.py`)."""

Several = str | Sequence[str | None] | None
"""Some values, or the only one, or none."""
Filters = Mapping[str, Sequence[str]]


class _Verified(NamedTuple):
    """What was found of phrases.

    Attributes:
        found: the candidates that have them.
        read: how many texts were read.
        is_all: whether these are all that may have them.
        is_whole: whether each was read as far as it may have them.
    """

    found: list[Candidate]
    read: int
    is_all: bool
    is_whole: bool


class Engine:
    """Answers queries.

    Args:
        index: the scripts.
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(
        self,
        text: str,
        *,
        limit: int = LIMIT,
        filters: Mapping[str, Several] | None = None,
        literal: Several = (),
        choose: Mapping[str, str] | None = None,
        lang: str = "",
        facets: bool = True,
        excerpts: bool = True,
    ) -> dict[str, Any]:
        """Answer a query.

        Args:
            text: what was typed; anything.
            limit: results at most; what is no number of results stands for the usual one.
            filters: for a facet the values of which a result must have one.
            literal: words that are not to be interpreted, with or without their accents and capitals.
            choose: for words that mean several things, the id of the one that is meant.
            lang: the reader's language; the hub's default where it is none of the hub's.
            facets: whether to count the values of facets.
            excerpts: whether to show the passages that match; otherwise stored summaries.

        Returns:
            The answer, as `hub search --format json` prints it. Where a phrase was looked for in some of the texts that
            may hold it and not in all, or not in the whole of each, `verified` says in how many, the best.
        """
        languages = self.index.table.languages
        lang = lang if lang in languages else languages[0]
        at = languages.index(lang)
        query = read(text, self.index, at, _several(literal), choose)
        allowed = self._allowed(filters or {})
        parts = query.parts if allowed is None else [self._whole(part) for part in query.parts]
        found = rank(parts, query.terms, self.index.table, lang, allowed)
        if not parts and not query.terms and allowed is not None:
            found = rank([_all(allowed)], 0, self.index.table, lang)
        verified = None
        if query.phrases:
            verified = self._verified(found, query)
            if verified.is_all and not verified.found and not all(map(_is_whole, parts)):
                parts = [self._whole(part) for part in parts]  # it may stand in weaker ones
                verified = self._verified(rank(parts, query.terms, self.index.table, lang, allowed), query)
            found = verified.found
        is_sure = verified is None or (verified.is_all and verified.is_whole)
        results = [self._result(one, parts, query, excerpts=excerpts) for one in found[: _at_most(limit, LIMIT)]]
        shown = [text for one in results for text in (one["title"], one["excerpt"])]
        answer = {
            "query": text,
            "total": len(found),
            "exact": all(map(_is_whole, parts)) and is_sure,
            "interpreted": [
                {
                    "form": one.form,
                    "kind": one.kind,
                    "choices": [{"id": id_, "title": _title(one, title, shown)} for id_, title in one.choices],
                    "chosen": one.chosen,
                }
                for one in query.readings
            ],
            "suggestions": query.suggestions,
            "results": results,
            "facets": self._facets({one.slot for one in found}, at) if facets else {},
        }
        return answer if verified is None or is_sure else {**answer, "verified": verified.read}

    def complete(self, prefix: str, *, limit: int = NAMES, lang: str = "") -> list[dict[str, str]]:
        """Names that go on as what was typed: terms first, then people, then all others by name.

        Args:
            prefix: the beginning of a word in a name, and what follows it.
            limit: names at most.
            lang: the reader's language, whose names come before others.
        """
        key = _key(prefix)
        if not key:
            return []
        # The tree knows the beginning of a name, and the slot of its record behind it.
        rows = self.index.names(key[:_NAME_KEY].rstrip("-"), _NAME_LEAVES)
        rows = [row for row in rows if f"-{key}" in f"-{_key(row[1])}"]
        order = {"term": 0, "person": 1}
        rows.sort(key=lambda row: (order.get(row[3], 2), row[4] != lang, row[0]))
        found: dict[str, dict[str, str]] = {}
        for _, name, url, kind, _ in rows:
            found.setdefault(url, {"title": name, "url": url, "kind": kind})
        return list(found.values())[: _at_most(limit, NAMES)]

    def _allowed(self, filters: Mapping[str, Several]) -> set[int] | None:
        """The slots that filters leave; None without filters."""
        left: set[int] | None = None
        for name in FACETS:
            wanted = set(_several(filters.get(name)))
            if wanted:
                slots = {slot for value, _, have in self.index.facet(name) if value in wanted for slot in have}
                left = slots if left is None else left & slots
        return left

    def _whole(self, part: Part) -> Part:
        """The part with all its records: what filters leave may be among the weaker ones."""
        if _is_whole(part):
            return part
        found = (*part.postings.found, *self.index.tail(part.term))
        return part._replace(postings=part.postings._replace(found=found))

    def _verified(self, found: Sequence[Candidate], query: Query) -> _Verified:
        """Read some texts for the phrases, the best first, and more as long as none has them."""
        may = [one for one in found if all(may_hold(one.places, phrase) for phrase in query.phrases)]
        having: list[Candidate] = []
        read, is_whole = 0, True
        while not having and read < min(len(may), MOST_VERIFIED):
            some = may[read : min(read + VERIFIED, MOST_VERIFIED)]
            has = [self._has_phrases(one, query) for one in some]
            having = [one for one, it_has in zip(some, has, strict=True) if it_has]
            is_whole = is_whole and None not in has
            read += len(some)
        return _Verified(having, read, read == len(may), is_whole)

    def _has_phrases(self, one: Candidate, query: Query) -> bool | None:
        """Whether a text has the phrases; None for one of which a part that has them not was read, and no more."""
        shown, is_whole = self._holding(one, query)
        said = [self.index.record(one.slot).title, *(text for one in shown for text in (one.heading, one.text))]
        texts = [[word.form for word in words(text)] for text in said]
        has = all(any(holds(text, phrase) for text in texts) for phrase in query.phrases)
        return has if has or is_whole else None

    def _holding(self, one: Candidate, query: Query) -> tuple[list[Shown], bool]:
        """The passages in which phrases may stand, and whether none lacks: all where it is not known where words do."""
        if any(is_anywhere(one.places, phrase) for phrase in query.phrases):
            return self.index.passages(one.slot, _PASSAGE_LEAVES)
        numbers = sorted({place // STRETCHES for places in one.places.values() for place in places})
        return [self.index.passage(one.slot, number) for number in numbers], True

    def _result(self, one: Candidate, parts: Sequence[Part], query: Query, *, excerpts: bool) -> dict[str, Any]:
        record = self.index.record(one.slot)
        text, anchor, heading = record.summary, "", ""
        marks: tuple[tuple[int, int], ...] = ()
        if excerpts:
            number = best_passage(parts, one.places)
            if number:
                _, anchor, heading, text = self.index.passage(one.slot, number)
            text, marks = excerpt(text, query.marked, query.means, self.index.concepts)
        return {
            "id": record.id,
            "kind": record.kind,
            "lang": record.lang,
            "title": record.title,
            "url": record.url,
            "score": one.score,
            "excerpt": text,
            "marks": [list(mark) for mark in marks],
            "section": heading,
            "section_url": f"{record.url}#{anchor}" if anchor else record.url,
            "date": record.date,
            "status": record.status,
        }

    def _facets(self, slots: set[int], lang: int) -> dict[str, list[dict[str, Any]]]:
        """How many of the records have each value, the most frequent first."""
        told = {}
        for name in FACETS:
            counted = [
                (len(slots.intersection(have)), value, labels[lang]) for value, labels, have in self.index.facet(name)
            ]
            counted.sort(key=lambda one: (-one[0], one[1]))
            told[name] = [
                {"value": value, "label": label, "count": count} for count, value, label in counted[:VALUES] if count
            ]
        return told


def _several(given: Several) -> Sequence[str]:
    """The values, where one may stand alone and nothing for none, as in a program of the browser."""
    return (given,) if isinstance(given, str) else [one for one in given or () if one is not None]


def _at_most(given: int | None, usual: int) -> int:
    return usual if given is None or given < 0 else given


def _is_whole(part: Part) -> bool:
    """Whether all records of the part are among those that are ranked."""
    return part.postings.frequency <= len(part.postings.found)


def _key(name: str) -> str:
    """A name as it is typed: folded words with a dash between."""
    return "-".join(word.form for word in words(name))


def _all(slots: Iterable[int]) -> Part:
    """What stands for a query without words: every record that filters leave, none before another."""
    found = tuple(Posting(slot, 0) for slot in sorted(slots))
    return Part("", 0, 0, is_word=False, postings=Postings(len(found), 0, found))


def _title(reading: Reading, title: str, shown: Sequence[str]) -> str:
    """What a choice is called: a word put right as the results that are shown write it."""
    return as_written(title, shown) if reading.kind == "spelling" else title
