"""Whoosh as one would use it alone: BM25F over title and text, any of the words, folded before it is stemmed."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.engines import Answer, Engine, Opened, Source, size, texts
from benchmarks.relevance import DEPTH
from benchmarks.variants import STOP_WORDS, fold

VERSION = "2.7.4"
TITLE = 1.0
"""Weight of the title, B and K1 were chosen on the development questions."""
B, K1 = 0.9, 1.2


def missing() -> str:
    """Why Whoosh cannot be measured here."""
    if importlib.util.find_spec("whoosh") is None:
        return f"the Python package `Whoosh` {VERSION} is not installed"
    found = version("Whoosh")
    return "" if found == VERSION else f"Whoosh is {found}; the figures are of {VERSION}"


@contextmanager
def opened(source: Source, folder: Path) -> Iterator[Opened]:
    """Index the texts, and answer from the index."""
    from whoosh import fields, index, scoring  # noqa: PLC0415 - may not be installed

    analyzer = _analyzer()
    schema = fields.Schema(
        id=fields.ID(stored=True),
        title=fields.TEXT(analyzer=analyzer, field_boost=TITLE),
        text=fields.TEXT(analyzer=analyzer),
    )
    folder.mkdir(parents=True)
    started = time.perf_counter()
    made = index.create_in(str(folder), schema)
    with made.writer(limitmb=256) as writer:
        for doc in texts.read(source.plain):
            writer.add_document(id=doc.id, title=fold(doc.title), text=fold(doc.text))
    seconds = time.perf_counter() - started
    with made.searcher(weighting=scoring.BM25F(B=B, K1=K1)) as searcher:

        def ask(queries: Sequence[str]) -> list[Answer]:
            return [_answer(searcher, analyzer, query) for query in queries]

        yield Opened(seconds, size(folder), ask)


def _answer(searcher: Any, analyzer: Any, text: str) -> Answer:
    from whoosh import query  # noqa: PLC0415 - may not be installed

    started = time.perf_counter()
    words = dict.fromkeys(token.text for token in analyzer(fold(text), mode="query"))
    # Written by hand: the parser would take signs of the question for its syntax.
    asked = query.Or([query.Term(field, word) for word in words for field in ("title", "text")])
    ids = tuple(hit["id"] for hit in searcher.search(asked, limit=DEPTH)) if words else ()
    return Answer(ids, (time.perf_counter() - started) * 1000)


def _analyzer() -> Any:
    from whoosh import analysis  # noqa: PLC0415 - may not be installed

    return (
        analysis.RegexTokenizer(r"[^\W_]+")
        | analysis.StopFilter(stoplist=STOP_WORDS, minsize=1)
        | analysis.StemFilter(lang="fr")
    )


ENGINE = Engine(
    "whoosh",
    "Whoosh alone: BM25F, any word, folded then stemmed",
    opened,
    missing,
    {"Whoosh": VERSION},
)
