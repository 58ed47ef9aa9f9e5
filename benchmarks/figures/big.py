"""The bytes of a query in a hub that is too large to be read whole: 100,000 notes, each read when it is indexed.

The hub without its notes (people, projects, organisations, glossary) is read as any hub. A note is made, bound and
turned into its record when the index asks for it, and then forgotten.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import hub
from benchmarks import asked
from benchmarks.corpus import Corpus
from benchmarks.figures import Given, Section
from benchmarks.figures.seconds import DAY, bound
from benchmarks.figures.weight import HEAD, PARTS_HEAD, QUERIES, Weights, measured, parts_rows, rows_of
from hub.model import Entry, Kind
from hub.public import public
from hub.search import index
from hub.search.cache import Cache
from hub.search.records import SearchRecord, Source
from hub.search.slots import CURRENT

SAMPLE = 2000
"""Notes from which the queries are drawn."""


@dataclass(frozen=True)
class Unread:
    """A note that is not read yet: its number, and what the index asks of an entry before it reads it."""

    number: int
    id: str
    kind: Kind
    lang: str = "fr"
    status: str = "published"
    review_by: None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """As an entry's."""
        return (self.kind.name, self.id, self.lang)


@dataclass(frozen=True)
class Growing(Source):
    """The records of a hub of which only what is no note was read.

    Attributes:
        corpus: makes the notes.
    """

    corpus: Corpus = field(kw_only=True)

    def entries(self) -> tuple[Any, ...]:
        """What was read, and the notes."""
        return (*super().entries(), *self._notes)

    def own(self, entry: Entry | Unread) -> str:
        """Nothing is ever brought up to date here."""
        return entry.id

    def links(self, entry: Entry | Unread) -> list[str]:
        """Nor do names change."""
        return []

    def rank(self, entry: Entry | Unread) -> int:
        """All notes are published."""
        return CURRENT if isinstance(entry, Unread) else super().rank(entry)

    def record(self, entry: Entry | Unread) -> SearchRecord:
        """The record, of a note that is read now and forgotten."""
        if isinstance(entry, Unread):
            path, text = self.corpus._note_file(entry.number)  # noqa: SLF001 - of one piece with the corpus
            entry = bound(self.library, text, path.removeprefix("docs/"))
        return super().record(entry)

    @cached_property
    def _notes(self) -> tuple[Unread, ...]:
        kind, named = self.library.kinds["note"], self.corpus._named  # noqa: SLF001
        return tuple(Unread(number, named("notes", number).id, kind) for number in range(self.corpus.notes))


def write_without_notes(corpus: Corpus, folder: Path) -> Path:
    """Write a hub without its notes, and say where."""
    for name, text in corpus.files(notes=False):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def write_sample(corpus: Corpus, folder: Path, count: int = SAMPLE) -> Path:
    """Write some of the notes plainly, for queries to be drawn from, and say where."""
    plain = Corpus(corpus.notes, plain=True)
    for number in Random("sample").sample(range(corpus.notes), min(count, corpus.notes)):
        name, text = plain._note_file(number)  # noqa: SLF001
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def indexed(corpus: Corpus, folder: Path) -> Cache:
    """The index of a hub of any size, in a folder."""
    library = public(hub.load(write_without_notes(corpus, folder)).library)
    cache = Cache(folder)
    index.update(Growing(library, DAY, corpus=corpus), cache.path)
    return cache


def sections(given: Given) -> Iterator[Section]:
    """Bytes of queries, where they were asked for."""
    if not given.big:
        return
    corpus = Corpus(given.big)
    with tempfile.TemporaryDirectory(prefix="hub-big-") as name:
        weights = Weights(indexed(corpus, Path(name) / "hub"))
        queries = asked.of(write_sample(corpus, Path(name) / "plain"), QUERIES)
        note = (
            f"As above. The notes are not read as a hub but one by one as they are indexed; queries are drawn from "
            f"{min(SAMPLE, given.big):,} of them."
        )
        yield Section(
            f"Our bytes of a query, {given.big:,} notes",
            HEAD,
            list(rows_of(given.big, measured(weights, queries))),
            note,
        )
        yield Section(
            f"What our index of {given.big:,} notes consists of", PARTS_HEAD, list(parts_rows(given.big, weights))
        )
