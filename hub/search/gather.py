"""Reads entries on all cores, some hundred at a time: what is gathered of some is handed on before others are read.

Strengths depend on the mean lengths of all texts: until these are known, a block of lists has counts in their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hub.model import Entry
from hub.search.analysis import words
from hub.search.concepts import Concepts
from hub.search.invert import Block, Inversion
from hub.search.leaves import Items, Leaf, as_json, passage_leaves
from hub.search.lexicon import Lexicon
from hub.search.records import MOST_PASSAGES, SearchRecord, Source
from hub.search.tree import base36, dump
from hub.workers import spread

Asked = Sequence[tuple[str, int, Entry]]
"""Key, slot and entry."""
SUMMARY = 200
"""Letters of a summary that a record keeps."""
_ALONE = 2
"""Blocks that one process reads sooner than several are started."""
_NAMED = 6
"""Words of a title that complete what is typed."""
_NAME_KEY = 24
_AT_ONCE = 250
"""Entries of a block: few take little memory, many are inverted sooner than one by one."""
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
    lengths: Sequence[int]
    words: str


class Gathered(NamedTuple):
    """What some entries hold.

    Attributes:
        entries: one by one.
        forms: in how many of them each form stands that people misspell.
        block: the lists of their terms.
    """

    entries: Sequence[Held]
    forms: Counter[str]
    block: Block


def blocks_of(asked: Asked) -> list[Asked]:
    """Entries as they are read together."""
    return [asked[at : at + _AT_ONCE] for at in range(0, len(asked), _AT_ONCE)]


def gather(blocks: Sequence[Asked], source: Source, concepts: Concepts) -> Iterator[Gathered]:
    """Read entries.

    Args:
        blocks: those that are read together, in the order of slots.
        source: makes their records.
        concepts: the glossary's.

    Yields:
        What each block holds, in order.
    """
    lexicon = Lexicon(concepts)  # of each worker, for all blocks that it takes
    return spread(blocks, lambda some: (_read(block, source, lexicon) for block in some), alone=_ALONE, at_once=1)


def _read(asked: Asked, source: Source, lexicon: Lexicon) -> Gathered:
    records = [source.record(entry) for *_, entry in asked]
    inversion = Inversion(lexicon, [(slot, record) for (_, slot, _), record in zip(asked, records, strict=True)])
    held, forms = inversion.held()
    entries = [
        Held(
            key,
            slot,
            _facets(record),
            " ".join(source.links(entry)),
            _shown(slot, record),
            list(_names(slot, record)),
            list(passage_leaves(list(_passages(slot, record)))),
            lengths,
            words,
        )
        for (key, slot, entry), record, lengths, words in zip(
            asked, records, inversion.lengths.tolist(), held, strict=True
        )
    ]
    return Gathered(entries, forms, inversion.block())


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
