"""Reads entries on all cores, and puts what they hold into one list for each term.

Entries come in the order of their slots, and each worker takes a run of them: joined end to end, their lists are in
the order of slots again. Strengths depend on the mean lengths of all texts, so the workers first say their own sums
and are told the means.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import pickle
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import NamedTuple

from hub.model import Entry
from hub.search import invert
from hub.search.analysis import words
from hub.search.concepts import Concepts
from hub.search.leaves import Leaf, as_json, passage_leaves
from hub.search.records import SearchRecord, Source
from hub.search.store import Whole
from hub.search.tree import base36

Asked = Sequence[tuple[str, int, Entry]]
"""Key, slot and entry."""
SUMMARY = 200
"""Letters of a summary that a record keeps."""
_ALONE = 400
"""Entries that one process reads sooner than several are started."""
_NAMED = 6
"""Words of a title that complete what is typed."""
_NAME_KEY = 24
_PAIRS = [[bytes((strong, length)) for length in range(256)] for strong in range(256)]
"""What comes after the slot in a list's head."""


class Held(NamedTuple):
    """What the store keeps of one entry: lengths, terms and forms with spaces between, facets, items, leaves."""

    key: str
    slot: int
    lengths: tuple[int, ...]
    terms: str
    forms: str
    facets: str
    items: tuple[tuple[str, str, bytes], ...]
    leaves: tuple[Leaf, ...]


@dataclass
class Gathered:
    """What entries hold, put together."""

    sums: list[list[int]]
    entries: list[Held] = field(default_factory=list)
    lists: dict[str, Whole] = field(default_factory=dict)
    forms: Counter[str] = field(default_factory=Counter)


def gather(asked: Asked, source: Source, concepts: Concepts, averages: tuple[float, ...] | None = None) -> Gathered:
    """Read entries.

    Args:
        asked: in the order of slots.
        source: makes their records.
        concepts: the glossary's.
        averages: the mean lengths of the fields, if they are known; otherwise those of these entries.
    """
    workers = min(os.cpu_count() or 1, len(asked) // _ALONE + 1, 8)
    # A fork copies one thread alone: what another one holds would stay locked in the copy.
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    if workers == 1 or not can_fork:
        with _no_collection():
            share = _Share(asked, source, concepts)
            sums = share.sums()
            return share.gathered(sums, averages or invert.averages(sums))
    return _together(asked, source, concepts, averages, workers)


def _together(
    asked: Asked, source: Source, concepts: Concepts, averages: tuple[float, ...] | None, workers: int
) -> Gathered:
    context = multiprocessing.get_context("fork")  # entries are shared, not sent
    size = -(-len(asked) // workers)
    runs = [asked[at : at + size] for at in range(0, len(asked), size)]
    pipes = []
    for run in runs[1:]:
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there, run, source, concepts), daemon=True)
        process.start()
        there.close()
        pipes.append((here, process))
    with _no_collection():
        own = _Share(runs[0], source, concepts)
        sums = own.sums()
        for here, _ in pipes:
            sums = [[a + c, b + d] for (a, b), (c, d) in zip(sums, here.recv(), strict=True)]
        means = averages or invert.averages(sums)
        for here, _ in pipes:
            here.send(means)
        found = own.gathered(sums, means)
        for here, process in pipes:
            _join(found, pickle.loads(here.recv_bytes()))  # noqa: S301 - from our own child
            process.join()
    return found


def _work(pipe: Connection, run: Asked, source: Source, concepts: Concepts) -> None:
    with _no_collection():
        share = _Share(run, source, concepts)
        pipe.send(share.sums())
        pipe.send_bytes(pickle.dumps(share.gathered([], pipe.recv()), pickle.HIGHEST_PROTOCOL))


def _join(first: Gathered, second: Gathered) -> None:
    first.entries += second.entries
    first.forms.update(second.forms)
    for term, whole in second.lists.items():
        known = first.lists.get(term)
        if known is None:
            first.lists[term] = whole
        else:
            known.extend(whole)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of small values are made here and none in circles: looking for those takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Share:
    """The entries that one process reads."""

    def __init__(self, asked: Asked, source: Source, concepts: Concepts) -> None:
        self.read = []
        for key, slot, entry in asked:
            record = source.record(entry)
            self.read.append((key, slot, record, invert.analysed(record, concepts)))

    def sums(self) -> list[list[int]]:
        """For each field, the sum of its lengths, and how many records have it."""
        return invert.total(found.lengths for _, _, _, found in self.read)

    def gathered(self, sums: list[list[int]], averages: tuple[float, ...]) -> Gathered:
        """Everything, with strengths by the mean lengths."""
        made = Gathered(sums)
        # Two runs of bytes for each posting, head and places, put together at the end.
        runs: defaultdict[str, list[bytes]] = defaultdict(list)
        for key, slot, record, found in self.read:
            start = slot.to_bytes(4, "little")
            places = found.places
            strengths = invert.strengths(found, averages)
            for term, strong in strengths.items():
                there = places[term]
                runs[term] += (start + _PAIRS[strong][len(there)], there)
            made.forms.update(found.forms)
            made.entries.append(
                Held(
                    key,
                    slot,
                    found.lengths,
                    " ".join(strengths),
                    " ".join(found.forms),
                    json.dumps(record.facets, ensure_ascii=False),
                    tuple(_items(slot, record)),
                    tuple(passage_leaves(list(_passages(slot, record)))),
                )
            )
        made.lists = {term: Whole(b"".join(run[::2]), b"".join(run[1::2])) for term, run in runs.items()}
        return made


def slot_key(slot: int) -> str:
    """A slot as a key of trees."""
    return base36(slot, 5)


def _items(slot: int, record: SearchRecord) -> Iterator[tuple[str, str, bytes]]:
    """What a record puts into trees: itself, and its names for completion."""
    mark = slot_key(slot)
    kind, entry_id, lang = record.key
    summary = _shortened(record.summary or next((p.text for p in record.passages if p.text), ""))
    shown = [mark, kind, entry_id, lang, record.title, record.url, summary, record.date, record.status]
    yield "records", mark, as_json(shown)
    for key, name in sorted(_completions(record).items()):
        yield "names", f"{key}-{mark}", as_json([f"{key}-{mark}", name, record.url, kind, lang])


def _passages(slot: int, record: SearchRecord) -> Iterator[tuple[str, bytes]]:
    """The record's passages, its front the first."""
    mark = slot_key(slot)
    front = " · ".join(filter(None, (record.summary, *record.names[1:], *record.keywords, record.front)))
    texts: list[tuple[str, str, str]] = [("", "", front), *((p.anchor, p.heading, p.text) for p in record.passages)]
    for number, (anchor, heading, text) in enumerate(texts):
        key = mark + base36(number, 2)
        yield key, as_json([key, anchor, heading, text])


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
