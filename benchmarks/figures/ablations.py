"""What each ingredient of the ranking brings: the same questions with one of them taken away.

Values of our own modules are put in place of theirs for as long as a `with` block lasts, and an index is made of the
relevance set with a store of its own.
"""

from __future__ import annotations

import json
import math
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain, count, repeat
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hub
from benchmarks import variants
from benchmarks.figures import Given, Section
from benchmarks.relevance import ALL, DEPTH, Score, score
from hub import workers
from hub.library import Library
from hub.public import public
from hub.search import analysis, cutting, invert, lists, postings, query, ranking
from hub.search.analysis import Word
from hub.search.cutting import folds
from hub.search.engine import Engine
from hub.search.index import update
from hub.search.lists import Bytes, Lists
from hub.search.postings import Posting, Postings
from hub.search.reading import Index
from hub.search.records import Source
from hub.search.store import Store

DAY = date(2026, 1, 1)
WRITTEN, BARE, MISTYPED = "as written", "accents removed", "one typing error"
TARGETS = {WRITTEN: (0.70, 0.84), MISTYPED: (0.0, 0.75)}

Values = Mapping[tuple[Any, str], Any]
"""By module and name, what stands there instead."""


@dataclass(frozen=True)
class Without:
    """The search without one of its ingredients.

    Attributes:
        name: for the report.
        index: values while the index is made and asked.
        asking: values while it is asked only; the index as it is serves.
        exact: whether strengths and rarities are taken in floats.
        asked: the variants of the questions on which it may matter.
    """

    name: str
    index: Values = field(default_factory=dict)
    asking: Values = field(default_factory=dict)
    exact: bool = False
    asked: Sequence[str] = (WRITTEN, MISTYPED)


_LETTERS = re.compile("[a-z\u00e0-\u00f6\u00f8-\u00ff\u0153]{4,}")
_ACCENTED = re.compile("[\u2019\u02bc]")


def _kept(text: str) -> str:
    return _ACCENTED.sub("'", text)


_folded = analysis.plain


@cache
def _nothing_folded() -> Bytes:
    """`cutting.folds`, but that every text with accents is left to `analysis`."""
    table = folds().copy()
    table[0x80:] = folds()[0xFFFF]
    return table


def _of_run_kept(run: str) -> Iterator[Word]:
    """`_of_run`, but that accents stay; stop words are told without them all the same."""
    parts = run.split("'")
    while len(parts) > 1 and _folded(parts[0]).lower() in analysis._ELIDED:  # noqa: SLF001 - taken apart on purpose
        del parts[0]
    for part in parts:
        form = part.lower()[: analysis.LONGEST]
        is_upper = analysis._UPPER.fullmatch(part) is not None  # noqa: SLF001
        yield Word(form, "" if analysis.is_stop_word(_folded(form)) else analysis.stem(form), is_upper)


_ALL = 10**6
ACCENTS_KEPT: Values = {
    (cutting, "folds"): _nothing_folded,
    (analysis, "plain"): _kept,
    (analysis, "_of_run"): _of_run_kept,
    (analysis, "_STEMMED"): _LETTERS,
}


def _titled(weight: float) -> Values:
    return {(invert, "WEIGHTS"): (weight, *invert.WEIGHTS[1:])}


TAKEN_AWAY = (
    Without("as it is", asked=(WRITTEN, BARE, MISTYPED)),
    Without("without stemming", {(analysis, "stem"): lambda form: form}),
    Without("without folding accents", ACCENTS_KEPT, asked=(WRITTEN, BARE)),
    Without("a word of the title counts as one of the text", _titled(1.0)),
    Without("a word of the title counts three times", _titled(3.0)),
    Without("without nearness", asking={(ranking, "TOGETHER"): 0, (ranking, "NEARLY"): 0}),
    Without("without the bonus for more words", asking={(ranking, "ALSO"): 0}),
    Without("all postings, not the strongest 200", {(postings, "MOST"): _ALL, (lists, "MOST"): _ALL}),
    Without("strengths and rarities in floats", exact=True),
    Without("without spelling correction", asking={(query, "corrections"): lambda form, index: []}, asked=(MISTYPED,)),
)


@contextmanager
def replaced(values: Values) -> Iterator[None]:
    """Other values for names of modules; words that were analysed before are forgotten, before and after."""
    with ExitStack() as stack:
        for (module, name), value in values.items():
            stack.enter_context(patch.object(module, name, value))
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Empty the caches of what is replaced."""
    analysis.of_token.cache_clear()
    analysis.term_of.cache_clear()


@contextmanager
def indexed(library: Library) -> Iterator[Engine]:
    """An engine on a new index of a library."""
    with tempfile.TemporaryDirectory(prefix="hub-ablation-") as folder:
        path = Path(folder) / "index.sqlite"
        update(Source(library, DAY), path)
        with Store(path) as opened:
            yield Engine(Index(json.loads(opened.get("manifest")), lambda name: json.loads(opened.content(name))))


@contextmanager
def exactly(library: Library) -> Iterator[Engine]:
    """The same with strengths and rarities as they are computed, before they are rounded to a byte."""
    exact: dict[tuple[str, int], float] = {}
    weighed: list[Any] = []
    rounded, usual = invert.strengths, invert.Counted.lists

    def remembered(weighted: Any) -> Any:
        weighed.append(postings.STRENGTH * weighted / (postings.K1 + weighted))
        return rounded(weighted)

    def noted(counted: invert.Counted, *weights: Any) -> Lists:
        found = usual(counted, *weights)
        terms = chain.from_iterable(map(repeat, found.terms, found.counts.tolist()))
        exact.update(zip(zip(terms, found.slots.tolist(), strict=True), weighed.pop().tolist(), strict=True))
        return found

    with (
        patch.object(workers.os, "cpu_count", lambda: 1),  # in one process, this one
        patch.object(invert, "strengths", remembered),
        patch.object(invert.Counted, "lists", noted),
        indexed(library) as engine,
    ):
        engine.index = _Exact(engine.index, exact)  # type: ignore[assignment]  # stands in for an Index, by its methods
        yield engine


class _Exact:
    """An index whose lists have other strengths."""

    def __init__(self, index: Index, exact: Mapping[tuple[str, int], float]) -> None:
        self._index, self._exact = index, exact
        self._records = postings.coarse(index.manifest["records"] * 1.19, 2)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def postings(self, term: str) -> Postings | None:
        found = self._index.postings(term)
        if not found:
            return None
        records, frequency = max(self._records, found.frequency), found.frequency
        rarity: Any = 20 * math.log(1 + (records - frequency + 0.5) / (frequency + 0.5))
        strong: Any = self._exact
        better = tuple(Posting(one.slot, strong[term, one.slot], one.places) for one in found.found)
        return Postings(frequency, rarity, better)


def ranker(engine: Engine) -> Callable[[list[str]], list[list[str]]]:
    """The engine as a function from queries to ids."""

    def ids(text: str) -> list[str]:
        return [one["id"] for one in engine.search(text, limit=DEPTH, facets=False, excerpts=False)["results"]]

    return lambda queries: [ids(text) for text in queries]


def sections(given: Given) -> Iterator[Section]:
    """A row for each ingredient."""
    if given.relevance is None:
        return
    judged, source = given.relevance
    made, names = variants.make(judged), (WRITTEN, BARE, MISTYPED)
    library = public(hub.load(source.hub).library)
    rows, first = [], dict[str, Score]()
    for one, number in zip(TAKEN_AWAY, count()):
        opened = exactly if one.exact else indexed
        with replaced({**one.index, **one.asking}), opened(library) as engine:
            scores = {name: score(judged, ranker(engine), made[name])[ALL] for name in one.asked}
        first = first if number else scores
        rows.append([one.name, *(_shown(scores.get(name), first.get(name)) for name in names)])
    yield Section(
        "What each ingredient of our ranking brings",
        ("the search", *(f"{name}: MRR@{DEPTH} / recall@{DEPTH}" for name in names)),
        rows,
        f"Over {len(judged.queries)} questions; in brackets the difference. {' '.join(_met(first))} With accents "
        "folded, a text and a query without accents become the same letters before anything else is done with them: "
        "that these questions do as well cannot but be so, and is measured in the first row. Concepts have a table "
        "of their own, as this set has no glossary.",
    )


def _shown(one: Score | None, first: Score | None) -> str:
    if one is None:
        return "–"
    shown = f"{one.mrr:.3f} / {one.recall:.3f}"
    return (
        shown
        if first is None or one is first
        else f"{shown} ({one.mrr - first.mrr:+.3f} / {one.recall - first.recall:+.3f})"
    )


def _met(first: Mapping[str, Score]) -> Iterator[str]:
    for name, (mrr, recall) in TARGETS.items():
        said = f"MRR@{DEPTH} ≥ {mrr:.2f} and " if mrr else ""
        is_met = first[name].mrr >= mrr and first[name].recall >= recall
        yield f"Target {name}: {said}recall@{DEPTH} ≥ {recall:.2f}: {'met' if is_met else '**not met**'}."
    same = all(round(getattr(first[WRITTEN], of) - getattr(first[BARE], of), 3) == 0 for of in ("mrr", "recall"))
    yield f"Target {BARE}: the same to the third decimal: {'met' if same else '**not met**'}."
