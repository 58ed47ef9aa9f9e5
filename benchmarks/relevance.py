"""The development relevance set: questions with the document that answers each, and how well a ranker finds it.

The set is outside the repository, in `shared/relevance/` beside it: its texts are other people's. Everything here is
about any ranker, a function from queries to the ids of the documents found for each, best first.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "shared" / "relevance"
FILES = ("docs.jsonl", "queries.jsonl", "qrels.tsv")
ALL = "all"
DEPTH = 10
"""How many results count: MRR@10 and recall@10."""

Ranker = Callable[[list[str]], list[list[str]]]
"""From queries to ids of documents for each, best first."""

_CONFIG = "site_name: Pertinence\nplugins: [hub]\n"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]#]|[&<>]")
_LIST = re.compile(r"^(\d+)?([.)+-])")


@dataclass(frozen=True, slots=True)
class Doc:
    """A text that may be found.

    Attributes:
        id: its name in the judgements, and the stem of its file in a hub.
        title, text: what is indexed.
    """

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question that somebody asked; `subset` is the collection that it comes from."""

    id: str
    text: str
    subset: str


@dataclass(frozen=True)
class RelevanceSet:
    """Documents, queries, and which documents answer which query.

    Attributes:
        docs: all documents.
        queries: all queries.
        relevant: by query's id, the ids of the documents that answer it.
    """

    docs: tuple[Doc, ...]
    queries: tuple[Query, ...]
    relevant: Mapping[str, frozenset[str]] = field(repr=False)

    def sample(self, count: int) -> RelevanceSet:
        """The same documents with about `count` of the queries, evenly taken."""
        step = max(1, len(self.queries) // count) if count else 1
        return RelevanceSet(self.docs, self.queries[::step], self.relevant)


@dataclass(frozen=True, slots=True)
class Score:
    """How well a ranker did; `empty` is the share of the queries for which it found nothing at all."""

    queries: int
    mrr: float
    recall: float
    empty: float


def missing(folder: Path = FOLDER) -> str:
    """Why the set cannot be read; empty when it can."""
    absent = [name for name in FILES if not (folder / name).is_file()]
    return f"the relevance set, which is outside the repository, lacks {', '.join(absent)}" if absent else ""


def read(folder: Path = FOLDER) -> RelevanceSet:
    """Read the set.

    Raises:
        FileNotFoundError: when a file of the set is not there.
    """
    if why := missing(folder):
        raise FileNotFoundError(why)
    docs, queries, relevant = FILES
    judged: dict[str, set[str]] = {}
    for line in (folder / relevant).read_text("utf-8").splitlines():
        query, doc, grade = line.split("\t")
        if int(grade):
            judged.setdefault(query, set()).add(doc)
    return RelevanceSet(
        tuple(Doc(one["id"], one["title"], one["text"]) for one in _lines(folder / docs)),
        tuple(Query(one["id"], one["text"], one["subset"]) for one in _lines(folder / queries)),
        {query: frozenset(found) for query, found in judged.items()},
    )


def score(given: RelevanceSet, rank: Ranker, texts: Sequence[str] = ()) -> dict[str, Score]:
    """Score a ranker on the set, by subset and under `ALL`.

    Args:
        given: the set.
        rank: the ranker; ids are compared without regard to case, as they become addresses.
        texts: what is asked in place of the queries' own texts, in their order (see `variants.py`).
    """
    asked = list(texts) or [query.text for query in given.queries]
    answers = rank(asked)
    if not len(asked) == len(answers) == len(given.queries):
        raise ValueError(f"{len(given.queries)} queries, {len(asked)} texts, {len(answers)} answers")
    found: dict[str, list[tuple[float, float, bool]]] = {ALL: []}
    for query, answer in zip(given.queries, answers, strict=True):
        wanted = {one.casefold() for one in given.relevant[query.id]}
        ids = [one.casefold() for one in answer]
        one = (reciprocal_rank(ids, wanted), recall(ids, wanted), not ids)
        found[ALL].append(one)
        found.setdefault(query.subset, []).append(one)
    return {name: _mean(rows) for name, rows in found.items() if rows}


def reciprocal_rank(ids: Sequence[str], wanted: Iterable[str], depth: int = DEPTH) -> float:
    """1 divided by the place of the first wanted id among the first `depth`; 0 where there is none."""
    wanted = set(wanted)
    return next((1 / place for place, one in enumerate(ids[:depth], 1) if one in wanted), 0.0)


def recall(ids: Sequence[str], wanted: Iterable[str], depth: int = DEPTH) -> float:
    """The share of the wanted ids that are among the first `depth`."""
    wanted = set(wanted)
    return len(wanted.intersection(ids[:depth])) / len(wanted)


def write_hub(docs: Iterable[Doc], folder: Path, config: str = _CONFIG) -> Path:
    """Write documents as a hub of plain notes, and say where: `docs/notes/<id>.md`, a title and the text."""
    notes = folder / "docs" / "notes"
    notes.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for doc in docs:
        title = json.dumps(" ".join(doc.title.split()), ensure_ascii=False)
        (notes / f"{doc.id}.md").write_text(f"---\ntitle: {title}\n---\n\n{to_markdown(doc.text)}\n", "utf-8")
    return folder


def to_markdown(text: str) -> str:
    r"""Markdown that reads as the plain text: a paragraph for each line, no sign of which means anything.

    >>> to_markdown("1. Prix <brut> [en *FCFA*]")
    '1\\. Prix &lt;brut&gt; \\[en \\*FCFA\\*\\]'
    """
    lines = (_SPECIAL.sub(_quoted, line.strip()) for line in text.splitlines())
    return "\n\n".join(_LIST.sub(r"\1\\\2", line) for line in lines if line)


def from_markdown(text: str) -> str:
    """The text of such Markdown again."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def _quoted(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], f"\\{match[0]}")


def _lines(path: Path) -> list[dict[str, str]]:
    # Not splitlines: a text may have a line separator of Unicode in it.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def _mean(rows: list[tuple[float, float, bool]]) -> Score:
    ranks, recalls, empties = zip(*rows, strict=True)
    count = len(rows)
    return Score(count, sum(ranks) / count, sum(recalls) / count, sum(empties) / count)
