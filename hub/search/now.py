"""A hub as it is to be indexed, and what all lists of its index depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hub.model import Entry, Key
from hub.search.analysis import LANGUAGE
from hub.search.concepts import Concepts
from hub.search.postings import coarse
from hub.search.records import Source
from hub.search.slots import Table, assign, table_for
from hub.search.store import Store

_SLOT = "SELECT key, slot FROM entry WHERE key = ?"


@dataclass(frozen=True)
class Now:
    """The hub as it is to be indexed."""

    source: Source
    entries: Mapping[str, Entry]
    digests: Mapping[str, str]
    slots: Mapping[str, int]
    concepts: Concepts
    table: Table
    number: int
    """How many there are, those that were not read among them."""

    @classmethod
    def of(cls, source: Source, store: Store) -> Now:
        """The entries of a source, by their keys as text."""
        entries = {"\t".join(entry.key): entry for entry in source.entries()}
        table = table_for(len(entries), source.library.languages)
        return cls(
            source,
            entries,
            {key: source.own(entry) for key, entry in entries.items()},
            _slots(store, table, {key: source.rank(entry) for key, entry in entries.items()}),
            Concepts.of(source.library),
            table,
            len(entries),
        )

    @classmethod
    def in_part(cls, source: Source, store: Store) -> Now:
        """Entries of a hub of which only a part was read, its glossary among them; the others are as they were."""
        entries = {"\t".join(entry.key): entry for entry in source.entries()}
        manifest = json.loads(store.get("manifest"))
        size, languages = manifest["table"]
        slots = {key: slot for one in entries for key, slot in store.rows(_SLOT, one)}
        digests = {key: source.own(entry) for key, entry in entries.items()}
        return cls(
            source,
            entries,
            digests,
            slots,
            Concepts.of(source.library),
            Table(size, tuple(languages)),
            manifest["records"],
        )

    @property
    def is_part(self) -> bool:
        """Whether only some entries were read."""
        return len(self.entries) < self.number

    @cached_property
    def shape(self) -> str:
        """What all lists depend on, beside the mean lengths."""
        languages = self.table.languages
        told = [_code(), LANGUAGE, self.source.basis, self.concepts.as_data(), self.table.size, languages, self.records]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def records(self) -> float:
        """How many records there are, rounded up to a step, for idf."""
        return coarse(self.number * 1.19, 2)


def _slots(store: Store, table: Table, ranks: Mapping[str, int]) -> Mapping[str, int]:
    """The slots of entries, told by keys and ranks: those of the store while these and the table are the same."""
    had = dict(store.rows("SELECT key, slot FROM entry"))
    same_table = json.loads(store.get("manifest") or "{}").get("table") == as_data(table)
    if same_table and {key: table.rank(slot) for key, slot in had.items()} == ranks:
        return had
    return {"\t".join(key): slot for key, slot in assign(table, ((_key(key), ranks[key]) for key in ranks)).items()}


def _key(text: str) -> Key:
    kind, entry_id, lang = text.split("\t")
    return kind, entry_id, lang


def as_data(table: Table) -> list[Any]:
    """The shape of a table, as the manifest tells it."""
    return [table.size, list(table.languages)]


def _code() -> str:
    """The code that makes the index: another one makes another."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()
