"""How a query is read: words, phrases, concepts, and words that nobody has written put right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.search.analysis import Word, is_spelt, words
from hub.search.concepts import PREFIX, Concept
from hub.search.postings import Postings
from hub.search.reading import Index

MOST_LETTERS = 2000
"""What is longer is no query; the rest of it is not read."""
MOST_TERMS = 30
WORD, CONCEPT, CLOSE, SPELT = 20, 16, 10, 14
"""What a match counts: of a word as it was typed, of a concept, of one that is close, of a word put right."""
_TWO_EDITS = 8
"""Letters from which a word may have two typing errors."""
_STAGES = ((3, 4), (2, 6), (1, 8))
"""Where a misspelt word's right one is looked for: first letters that agree, and leaves to read at most."""
_SUGGESTED = 3
_QUOTES = re.compile('["“”«»„]')


class Part(NamedTuple):
    """A term that is looked up.

    Attributes:
        term: of the index.
        weight: what a match counts.
        unit: which of the query's words it stands for.
        is_word: whether it is one of the words, and not a concept.
        postings: its list.
    """

    term: str
    weight: int
    unit: int
    is_word: bool
    postings: Postings


@dataclass(frozen=True, slots=True)
class Reading:
    """How a part of the query was read, for people to see and take back.

    Attributes:
        form: what was typed, folded.
        kind: `concept` or `spelling`.
        choices: id (or word) and title of what it may mean.
        chosen: the one that was taken; None where all were.
    """

    form: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    chosen: str | None


@dataclass
class Query:
    """A query as it was understood.

    Attributes:
        parts: what is looked up.
        phrases: runs of folded words that must stand together, stop words among them.
        readings: how it was interpreted.
        suggestions: other words that may have been meant.
        marked: terms that are marked in passages.
        means: ids of the concepts that it was read as, marked where one of their forms stands as a whole.
        terms: how many different words it has; less one that was not typed so counts as none of them.
    """

    parts: list[Part] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)
    means: set[str] = field(default_factory=set)
    terms: int = 0


def read(
    text: str, index: Index, lang: int, literal: Collection[str] = (), choose: Mapping[str, str] | None = None
) -> Query:
    """Read a query.

    Args:
        text: as it was typed; anything.
        index: knows which terms there are, and the concepts.
        lang: which of the hub's languages titles are in.
        literal: words that are to be taken as they are, with or without their accents and capitals.
        choose: for words that mean several things, the id of the one that is meant.
    """
    query = Query()
    plain = {form_of(one) for one in literal}
    wishes = {form_of(one): id_ for one, id_ in (choose or {}).items()}
    pieces = _QUOTES.split(text[:MOST_LETTERS])
    typed: list[Word] = []
    for number, piece in enumerate(pieces):
        found = words(piece)
        # A last quote that nothing closes opens no phrase.
        if number % 2 and number < len(pieces) - 1 and any(word.term for word in found):
            query.phrases.append(tuple(word.form for word in found))
        typed += found
    typed = list(_first(typed))
    units: dict[str, int] = {}
    for word in typed:
        if word.term:
            units.setdefault(word.term, len(units))
    query.terms = len(units)
    read_as = _read_concepts(query, typed, units, index, lang, plain, wishes)
    for word in typed:
        if word.term in units:
            unit = units.pop(word.term)
            postings = index.postings(word.term)
            query.marked.add(word.term)
            if postings:
                query.parts.append(Part(word.term, WORD, unit, is_word=True, postings=postings))
            elif word.form not in plain and word.term not in read_as:
                _put_right(query, word.form, unit, index)
    right = {one.form: one.chosen for one in query.readings if one.kind == "spelling" and one.chosen}
    query.phrases = [tuple(right.get(form, form) for form in phrase) for phrase in query.phrases]
    query.parts.sort(key=lambda part: part.unit)
    return query


def form_of(text: str) -> str:
    """Words as the search knows them: without accents and capitals."""
    return " ".join(word.form for word in words(text))


def _first(typed: list[Word]) -> Iterator[Word]:
    """Words up to the last different term that is looked up."""
    seen: set[str] = set()
    for word in typed:
        if word.term and word.term not in seen:
            if len(seen) == MOST_TERMS:
                return
            seen.add(word.term)
        yield word


def _read_concepts(
    query: Query,
    typed: list[Word],
    units: Mapping[str, int],
    index: Index,
    lang: int,
    literal: set[str],
    choose: Mapping[str, str],
) -> set[str]:
    """Add the concepts whose forms were typed; returns the terms of these forms."""
    concepts = index.concepts.by_id
    near: list[tuple[str, int]] = []
    read_as: set[str] = set()
    for found in index.concepts.occurrences(typed, query=True):
        run = typed[found.start : found.start + found.length]
        form = " ".join(word.form for word in run)
        unit = next((units[word.term] for word in run if word.term), 0)
        if form in literal:
            continue
        wish = choose.get(form)
        ids = (wish,) if wish in found.ids else found.ids
        means = [concepts[one] for one in ids]
        for concept in means:
            _add(query, index, concept.token, CONCEPT, unit)
            query.means.add(concept.id)
            near += [(close, unit) for close in concept.close if close in concepts]
        read_as |= {word.term for word in run}
        if len(found.ids) > 1 or _says_more(means[0]):
            choices = tuple((one, concepts[one].titles[lang]) for one in found.ids)
            reading = Reading(form, "concept", choices, ids[0] if len(ids) == 1 else None)
            if reading not in query.readings:
                query.readings.append(reading)
    for close, unit in near:  # after all that was typed, which counts for more
        _add(query, index, PREFIX + close, CLOSE, unit)
    return read_as


def _says_more(concept: Concept) -> bool:
    return len(concept.forms) + len(concept.short) > 1


def _add(query: Query, index: Index, token: str, weight: int, unit: int) -> None:
    postings = index.postings(token)
    if postings and all(part.term != token for part in query.parts):
        query.parts.append(Part(token, weight, unit, is_word=False, postings=postings))


def _put_right(query: Query, form: str, unit: int, index: Index) -> None:
    """Look up the known word that is nearest to one that nobody has written."""
    near = corrections(form, index) if is_spelt(form) else []
    for right in near[:1]:
        (word,) = words(right)
        postings = index.postings(word.term) if word.term else None
        if postings:
            query.parts.append(Part(word.term, SPELT, unit, is_word=True, postings=postings))
            query.marked.add(word.term)
            query.readings.append(Reading(form, "spelling", ((right, right),), right))
    # Another ending of the same word is no other word.
    by_term: dict[str, str] = {}
    for other in near:
        by_term.setdefault(words(other)[0].term, other)
    query.suggestions += list(by_term.values())[1 : 1 + _SUGGESTED]


def corrections(form: str, index: Index) -> list[str]:
    """Known words that a typing error or two away, and with the same first letter: the nearest and commonest first."""
    from hub.nearest import edits  # noqa: PLC0415 - most queries have no typing error

    most = 2 if len(form) >= _TWO_EDITS else 1
    found: dict[str, tuple[int, int]] = {}
    for letters, leaves in _STAGES:
        for known, count in index.forms(form[:letters], leaves).items():
            if known not in found and abs(len(known) - len(form)) <= most:
                distance = edits(form, known, most)
                if distance <= most:
                    found[known] = (distance, -count)
        if any(distance == 1 for distance, _ in found.values()):
            break
    return sorted(found, key=lambda known: (*found[known], known))
