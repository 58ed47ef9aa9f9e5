"""What only our own search is measured by. `sections` is called at the end of `python -m benchmarks.search`.

Each of these is a `Section` of the report: what a reader's first query costs in bytes (p50, p95), the seconds to build
the index and to bring it up to date after an edit, those of `hub search` with its process, and what each ingredient of
the ranking brings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.asked import Asked
from benchmarks.engines import Source
from benchmarks.relevance import RelevanceSet


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: a table, and a few words under it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True)
class Given:
    """What there is to measure on.

    Attributes:
        relevance: the development set and its hub; `None` where relevance is not asked for, or the set is missing.
        corpora: by number of notes, the generated hub, built, and the queries that the others were asked.
    """

    relevance: tuple[RelevanceSet, Source] | None = None
    corpora: Mapping[int, tuple[Source, Asked]] = field(default_factory=dict)


def sections(given: Given) -> Iterator[Section]:
    """The sections, in the order of the report. None yet."""
    yield from ()
