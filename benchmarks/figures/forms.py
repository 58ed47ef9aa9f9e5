"""What concepts bring: the glossary of this repository's own hub, each of its forms asked, with concepts and without.

What is relevant is told without the search's own code: the entries whose file holds any form of the term as whole
words, whatever its accents and capitals; acronyms of three letters or fewer count in capitals only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from unittest.mock import patch

import hub
from benchmarks.figures import Given, Section
from benchmarks.figures.ablations import indexed, ranker
from benchmarks.relevance import DEPTH, Ranker, reciprocal_rank
from benchmarks.variants import fold, without_accents
from hub.library import Library
from hub.public import public
from hub.search.concepts import SHORT, Concepts

ROOT = Path(__file__).parents[2]
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that is asked.

    Attributes:
        text: the form.
        term: the id of the term's own entry.
        relevant: ids of the entries whose text holds any form of the term.
        others: those of them that do not hold this one.
        is_draft: whether the term's own entry is a draft, which by rule comes after all that are none.
    """

    text: str
    term: str
    relevant: frozenset[str]
    others: frozenset[str]
    is_draft: bool


def asked(library: Library) -> list[Asked]:
    """Each form of each term that has several."""
    texts = {entry.id: f" {_spaced(without_accents(entry.text.text))} " for entry in library}
    found = []
    for term in library.of_kind("term", library.default_language):
        names = {fold(name): name for entry in library.translations(term).values() for name in entry.names}
        if len(names) > 1:
            holding = {name: {id_ for id_, text in texts.items() if holds(text, name)} for name in names.values()}
            every = frozenset().union(*holding.values())
            drafted = term.status == "draft"
            found += [Asked(name, term.id, every, every - ids, drafted) for name, ids in holding.items()]
    return [one for one in found if one.relevant]


def holds(text: str, form: str) -> bool:
    """Whether a text, without accents and signs, has a form as whole words.

    >>> holds(" la SFE et sa sage femme ", "sage-femme"), holds(" sa fille ", "SA"), holds(" la SA ", "SA")
    (True, False, True)
    """
    wanted = f" {_spaced(without_accents(form))} "
    if len(wanted.split()) == 1 and wanted.strip().isupper() and len(wanted.strip()) <= SHORT:
        return wanted in text
    return wanted.lower() in text.lower()


def _spaced(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text).strip()


def found_of(ids: Sequence[str], wanted: frozenset[str]) -> float:
    """The share of the wanted among the first results, of as many as there is room for.

    >>> found_of(["a", "b"], frozenset("ac")), found_of([], frozenset("a"))
    (0.5, 0.0)
    """
    return len(wanted.intersection(ids[:DEPTH])) / min(len(wanted), DEPTH)


def sections(given: Given) -> Iterator[Section]:
    """Two rows; no table where relevance is not asked for."""
    if given.relevance is None:
        return
    library = public(hub.load(ROOT).library)
    queries = asked(library)
    none = patch.object(Concepts, "of", lambda library: Concepts({}))
    with indexed(library) as engine:
        rows = [_row("with concepts", ranker(engine), queries)]
    with none, indexed(library) as engine:
        rows.append(_row("without", ranker(engine), queries))
    terms = len({one.term for one in queries})
    yield Section(
        "What concepts bring, on this repository’s own hub",
        (
            "the search",
            f"recall@{DEPTH}",
            f"recall@{DEPTH} of texts that hold another form only",
            f"MRR@{DEPTH} of the term’s own entry",
            "the same without drafts",
        ),
        rows,
        f"{len(queries)} queries: every form of the {terms} terms of the glossary that have several, in a hub of "
        f"{len(library.entries)} entries. Relevant are the entries whose file holds any form of the term as whole "
        f"words; recall is the share of these, or of {DEPTH} where there are more. "
        f"{sum(bool(one.others) for one in queries)} queries have texts that hold another form of the term and not the "
        f"one that was asked. {sum(one.is_draft for one in queries)} are of terms whose own entry is a draft, which by "
        "rule comes after all that are none. Without concepts the glossary’s entries still bear all their forms as "
        "names.",
    )


def _row(name: str, rank: Ranker, queries: Sequence[Asked]) -> list[str]:
    answers = rank([one.text for one in queries])
    pairs = list(zip(queries, answers, strict=True))
    firsts = [(one.is_draft, reciprocal_rank(ids, {one.term})) for one, ids in pairs]
    with_others = [found_of(ids, one.others) for one, ids in pairs if one.others]
    return [
        name,
        f"{mean(found_of(ids, one.relevant) for one, ids in pairs):.3f}",
        f"{mean(with_others):.3f}" if with_others else "–",
        f"{mean(rank for _, rank in firsts):.3f}",
        f"{mean(rank for is_draft, rank in firsts if not is_draft):.3f}",
    ]
