"""The engines that are measured side by side: how each makes its index of a corpus, and answers.

One module for each, with an `ENGINE`; it says itself what it lacks where it cannot run. Versions are pinned there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.relevance import DEPTH, Ranker


@dataclass(frozen=True, slots=True)
class Source:
    """The same texts, as each engine wants them.

    Attributes:
        hub: a hub's folder; `hub build` has written its pages into `site/`.
        plain: a project for plain Material: `docs/` only.
    """

    hub: Path
    plain: Path


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids found for one query, best first, and the milliseconds that it took."""

    ids: tuple[str, ...]
    ms: float


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine with the index of one corpus.

    Attributes:
        build: seconds to make the index; `build_of` says of what, where more than the index is made.
        disk: bytes of the index's files; what a site would publish, for those that search in the browser.
        ask: answers queries, each with at most `DEPTH` ids.
        first: the bytes that a browser with nothing in its cache takes to answer each query and to show ten results;
            `None` where the search runs on a server or on one's own machine.
        ready: seconds from the index's arrival until it can answer, where the browser has work to do first.
        build_of: what else is in `build`.
    """

    build: float
    disk: int
    ask: Callable[[Sequence[str]], list[Answer]]
    first: Callable[[Sequence[str]], list[int]] | None = None
    ready: float | None = None
    build_of: str = ""

    def ranker(self) -> Ranker:
        """The engine as the function that relevance is measured on."""
        return lambda queries: [list(answer.ids[:DEPTH]) for answer in self.ask(queries)]


@dataclass(frozen=True, eq=False)
class Engine:
    """An engine.

    Attributes:
        key: its name in options.
        label: what the report calls it, with what it is set to.
        open: makes the index of a corpus in a folder of its own, and gives it up at the end.
        missing: why it cannot run here; empty when it can.
        versions: the versions that are measured, by package.
        of_hub: whether its figures depend on the hub's own code.
        sized: whether bytes and seconds are measured too; not of what differs from another in its ranking alone.
    """

    key: str
    label: str
    open: Callable[[Source, Path], AbstractContextManager[Opened]]
    missing: Callable[[], str]
    versions: Mapping[str, str] = field(default_factory=dict)
    sized: bool = True
    of_hub: bool = False


def size(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
