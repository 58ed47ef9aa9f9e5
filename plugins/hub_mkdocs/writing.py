"""Pages from their plan to their files, on all cores: planned and rendered by some processes, laid out by others.

A page's layout says which translations it has, so no page can be finished before all are planned. What is planned waits
on the disk in between, and no process ever holds the whole site.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hub.site import Page, Part, Plan, RenderedPage, Site, render
from hub.workers import spread

_ALONE = 100
"""Parts, or pages, that one process makes sooner than several are started."""


class Waiting(NamedTuple):
    """Where a rendered page waits: a file, and its place in it."""

    path: Path
    start: int
    length: int

    def read(self) -> tuple[Page, RenderedPage]:
        """The page, but for what went into its body."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            found: tuple[Page, RenderedPage] = pickle.loads(file.read(self.length))  # noqa: S301 - of our own making
        return found


class _Planned(NamedTuple):
    """What came of a part: its pages as the rest of the site needs them, where they wait, and what is broken."""

    pages: Sequence[tuple[Page, Waiting]]
    broken: dict[str, str]


def planned(plan: Plan, folder: Path, *, directory_urls: bool) -> tuple[Site, dict[str, Waiting]]:
    """Plan and render all pages.

    Args:
        plan: of the site.
        folder: takes the rendered pages; it must stay until they are written.
        directory_urls: the form of addresses.

    Returns:
        The site, its pages without what goes into their bodies; and where each page waits, by address.
    """
    make = partial(_rendered, plan, folder, directory_urls=directory_urls)
    pages: dict[str, Page] = {}
    waiting: dict[str, Waiting] = {}
    for one in spread(tuple(plan.parts()), make, alone=_ALONE):
        plan.broken |= one.broken
        for page, place in one.pages:
            if page.address not in pages:
                pages[page.address], waiting[page.address] = page, place
    return plan.site(pages), waiting


def _rendered(plan: Plan, folder: Path, parts: Sequence[Part], *, directory_urls: bool) -> Iterator[_Planned]:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        path = Path(file.name)
        for part in parts:
            found = []
            for page in plan.pages(part):
                start = file.tell()
                file.write(pickle.dumps((replace(page, data={}), render(page, directory_urls=directory_urls)), -1))
                outside = Page(page.address, page.base, page.lang, page.title, page.template, noindex=page.noindex)
                found.append((outside, Waiting(path, start, file.tell() - start)))
            yield _Planned(found, dict(plan.broken))
        file.flush()


def write(waiting: Sequence[Waiting], put: Callable[[Page, RenderedPage], None]) -> int:
    """Write pages that wait.

    Args:
        waiting: where.
        put: lays one out and writes it.

    Returns:
        How many.
    """

    def written(some: Sequence[Waiting]) -> Iterator[int]:
        for one in some:
            put(*one.read())
            yield 1

    return sum(spread(waiting, written, alone=_ALONE))


def write_parts(parts: Sequence[Part], broken: dict[str, str], put: Callable[[Page], None]) -> None:
    """Write the pages of parts as they are planned.

    Args:
        parts: of pages that stand in no host's layout.
        broken: where the parts say what could not be made; here as well, whichever process made it.
        put: writes one.
    """

    def written(some: Sequence[Part]) -> Iterator[dict[str, str]]:
        for part in some:
            for page in part.make():
                put(page)
            yield dict(broken)

    for found in spread(parts, written, alone=1):
        broken |= found
