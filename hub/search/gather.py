"""Reads entries on all cores, and puts what they hold into one list for each term.

Entries come in the order of their slots, and each worker takes a run of them: joined end to end, their lists are in
the order of slots again. Strengths depend on the mean lengths of all texts, so the workers first say their own sums
and are told the means.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from hub.model import Entry
from hub.search import invert
from hub.search.analysis import words
from hub.search.concepts import Concepts
from hub.search.invert import Sums
from hub.search.leaves import Items, Leaf, as_json, passage_leaves
from hub.search.lexicon import Lexicon
from hub.search.lists import Lists
from hub.search.records import MOST_PASSAGES, SearchRecord, Source
from hub.search.tree import base36, dump
from hub.workers import count

Asked = Sequence[tuple[str, int, Entry]]
"""Key, slot and entry."""
SUMMARY = 200
"""Letters of a summary that a record keeps."""
_ALONE = 400
"""Entries that one process reads sooner than several are started."""
_NAMED = 6
"""Words of a title that complete what is typed."""
_NAME_KEY = 24
_AT_ONCE = 500
_NUMBERS = [base36(number, 2) for number in range(MOST_PASSAGES + 1)]
"""Of a record's passages, its front among them."""


class Held(NamedTuple):
    """What the store keeps of one entry.

    Attributes:
        key: of the entry, as text.
        slot: of its record.
        facets: JSON.
        links: those whose names stand in it, with spaces between.
        record: what is shown of it.
        names: keys of its names, for completion, and what is shown of each.
        leaves: of its passages.
        lengths: of its fields, in terms.
        words: its words' forms and concepts' tokens, with spaces between.
    """

    key: str
    slot: int
    facets: str
    links: str
    record: bytes
    names: Items
    leaves: Sequence[Leaf]
    lengths: Sequence[int] = ()
    words: str = ""


@dataclass
class Gathered:
    """What entries hold, put together.

    Attributes:
        sums: for each field, the sum of its lengths, and how many records have it.
        entries: one by one.
        lists: parts of all terms' lists, no posting in two of them.
        forms: in how many records each form stands that people misspell.
    """

    sums: Sums
    entries: list[Held]
    lists: list[Lists]
    forms: Counter[str]

    def join(self, other: Gathered) -> None:
        """Take in what others hold."""
        self.sums = invert.added(self.sums, other.sums)
        self.entries += other.entries
        self.lists += other.lists
        self.forms.update(other.forms)


def gather(asked: Asked, source: Source, concepts: Concepts, averages: tuple[float, ...] | None = None) -> Gathered:
    """Read entries.

    Args:
        asked: in the order of slots.
        source: makes their records.
        concepts: the glossary's.
        averages: the mean lengths of the fields, if they are known; otherwise those of these entries.
    """
    size = max(-(-len(asked) // count(len(asked), _ALONE)), 1)
    runs = [asked[at : at + size] for at in range(size, len(asked), size)]
    others = [(*_started(run, source, concepts), len(_blocks(run))) for run in runs]
    own = _read(asked[:size], source, concepts)
    sums = _sums(own)
    for pipe, *_ in others:
        sums = invert.added(sums, pipe.recv())
    means = averages or invert.averages(sums)
    for pipe, *_ in others:
        pipe.send(means)
    found = Gathered(invert.total([]), [], [], Counter())
    while own:  # what has been gathered is needed no more
        found.join(own.pop(0).gathered(means))
    for pipe, process, parts in others:
        for _ in range(parts):
            found.join(pipe.recv())
        process.join()
    return found


def _blocks(asked: Asked) -> list[Asked]:
    """Some hundreds at a time: what is small is sorted sooner, and sent while the next is made."""
    return [asked[at : at + _AT_ONCE] for at in range(0, len(asked), _AT_ONCE)]


def _started(run: Asked, source: Source, concepts: Concepts) -> tuple[Connection, BaseProcess]:
    """Another process that reads entries; it sends sums, is told the means, and sends what it found."""
    context = multiprocessing.get_context("fork")  # entries are shared, not sent
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, run, source, concepts), daemon=True)
    process.start()
    there.close()
    return here, process


def _work(pipe: Connection, run: Asked, source: Source, concepts: Concepts) -> None:
    parts = _read(run, source, concepts)
    pipe.send(_sums(parts))
    means = pipe.recv()
    while parts:
        pipe.send(parts.pop(0).gathered(means))


def _read(run: Asked, source: Source, concepts: Concepts) -> list[_Part]:
    lexicon = Lexicon(concepts)
    return [_Part(block, source, lexicon) for block in _blocks(run)]


class _Part:
    """Some entries, read together."""

    def __init__(self, asked: Asked, source: Source, lexicon: Lexicon) -> None:
        records = [(slot, source.record(entry)) for _, slot, entry in asked]
        self.inversion = invert.Inversion(lexicon, records)
        self.entries: list[Held] = []
        for (key, slot, entry), (_, record) in zip(asked, records, strict=True):
            told = (_facets(record), " ".join(source.links(entry)))
            leaves = list(passage_leaves(list(_passages(slot, record))))
            self.entries.append(Held(key, slot, *told, _shown(slot, record), list(_names(slot, record)), leaves))

    def gathered(self, averages: tuple[float, ...]) -> Gathered:
        """All that they hold, with strengths by the mean lengths."""
        held, forms = self.inversion.held()
        measured = zip(self.entries, self.inversion.lengths.tolist(), held, strict=True)
        entries = [one._replace(lengths=lengths, words=words) for one, lengths, words in measured]
        return Gathered(self.inversion.sums, entries, [self.inversion.lists(averages)], forms)


def _sums(parts: Sequence[_Part]) -> Sums:
    return reduce(invert.added, (part.inversion.sums for part in parts), invert.total([]))


def slot_key(slot: int) -> str:
    """A slot as a key of trees."""
    return base36(slot, 5)


def _facets(record: SearchRecord) -> str:
    return dump(record.facets).encode("utf-8", "replace").decode()


def _shown(slot: int, record: SearchRecord) -> bytes:
    kind, entry_id, lang = record.key
    summary = _shortened(record.summary or next((p.text for p in record.passages if p.text), ""))
    return as_json(
        [slot_key(slot), kind, entry_id, lang, record.title, record.url, summary, record.date, record.status]
    )


def _names(slot: int, record: SearchRecord) -> Iterator[tuple[str, bytes]]:
    kind, _, lang = record.key
    for start, name in sorted(_completions(record).items()):
        key = f"{start}-{slot_key(slot)}"
        yield key, as_json([key, name, record.url, kind, lang])


def _passages(slot: int, record: SearchRecord) -> Iterator[tuple[str, bytes]]:
    """The record's passages, its front the first."""
    mark = slot_key(slot)
    front = " · ".join(filter(None, (record.summary, *record.names[1:], *record.keywords, record.front)))
    texts: list[tuple[str, str, str]] = [("", "", front), *((p.anchor, p.heading, p.text) for p in record.passages)]
    for number, (anchor, heading, text) in zip(_NUMBERS, texts, strict=False):
        key = mark + number
        yield key, as_json((key, anchor, heading, text))


def _shortened(text: str) -> str:
    """The beginning of a text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= SUMMARY:
        return text
    return text[: SUMMARY + 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _completions(record: SearchRecord) -> dict[str, str]:
    """Keys for completion: each name from each of its first words on that mean something."""
    found: dict[str, str] = {}
    for name in record.names:
        forms = words(name)
        starts = [at for at, word in enumerate(forms) if word.term or at == 0][:_NAMED]
        for at in starts:
            key = "-".join(word.form for word in forms[at:])[:_NAME_KEY].rstrip("-")
            found.setdefault(key, name)
    return found
