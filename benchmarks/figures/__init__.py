"""Figures of our own search that no peer has, a module for each; `benchmarks.own` puts them into the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        big: how many notes the hub has of which only the bytes of queries are measured; 0 for none.
    """

    relevance: tuple[RelevanceSet, Source] | None = None
    corpora: Mapping[int, tuple[Source, Asked]] = field(default_factory=dict)
    big: int = 0


def verdict(value: float, most: float) -> str:
    """Whether a figure that is to be small is met."""
    return "met" if value <= most else "**not met**"
