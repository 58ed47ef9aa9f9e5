"""A build that goes on from what an earlier one has left, and what says whether it may."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from hub.config import Config
from hub.given import Given
from hub.manifest import Summed
from hub.rows import Rows
from hub.workers import aside
from hub_mkdocs.record import Record, Written, unfinished
from hub_mkdocs.software import site_software, state
from hub_mkdocs.trees import Trees

_INSTALLED = {"site-packages", "dist-packages", "hub_mkdocs"}


@dataclass
class Fast:
    """A build that goes on from an earlier one.

    Attributes:
        folder: where pages may wait for each other.
        trees: the earlier site, and where this one is made.
        path: of the record of the earlier build; None to forget it.
        beside: folders of the site that somebody else puts there, each ending in a slash.
        sums: gives those of the files of the earlier site.
        is_known: whether that holds these files as they were summed, and no others.
        earlier: the record of the earlier build, so far as it fits.
        made: gives the record of this one.
        standing: what holds of the whole hub, as JSON has it; None where another plugin works on the pages.
    """

    folder: Path
    trees: Trees
    path: Path | None
    beside: Sequence[str] = ()
    sums: Callable[[], Mapping[str, Summed]] = dict
    is_known: bool = False
    earlier: Record = field(default_factory=Record)
    made: Callable[[], Record] = Record
    standing: Any = None

    def keep(self, path: Path) -> Callable[[], None]:
        """Begin to keep the record of this build; what is returned puts it in its place, once the site is in its own.

        Where the host has made all pages, for another plugin works on them, nothing was noted, and none is kept.

        Args:
            path: its place.
        """
        if self.standing is None:
            return Rows(path).forget
        if self.earlier.parts:
            return lambda: self.made().write(path, self.earlier, self.standing)
        new = Rows(unfinished(path))
        done = aside(lambda: self.made().write(new.path, self.earlier, self.standing))

        def put() -> None:
            done()
            new.move(path)

        return put

    def known(self) -> Mapping[str, Summed] | None:
        """The sums of all files of the earlier site; None where it may hold others."""
        return self.sums() if self.is_known else None

    def stands(self, address: str) -> bool:
        """Whether a file of the earlier site is there as it was when it was summed."""
        known = self.sums().get(address)
        if known is None or self.is_known:
            return known is not None
        return Written(address, known.size, known.time).stands_in(self.trees.final)

    def record(self, found: str) -> Record:
        """What is known of the earlier build, if it had that key."""
        self.earlier = Record.read(self.path, found) if self.path else Record(found)
        return self.earlier


def key(config: MkDocsConfig, own: Config, frame: str) -> str:
    """A hash of all that every page depends on.

    Args:
        config: the host's.
        own: the hub's.
        frame: a hash of what of the content stands on every page, or shapes it.
    """
    # Each build has a folder of its own, and the hub's may be moved.
    options = replace(own, root=Path(), site_dir=Path(), docs_dir=own.docs_dir.relative_to(own.root), kinds_dir=None)
    given = Given.of(own.root)
    told = [
        site_software(),
        frame,
        repr(options),
        given.environment,
        *(one.read_text("utf-8", "replace") for one in (Path(config.config_file_path), *given.files) if one.is_file()),
    ]
    # Those of packages change with their versions.
    folders = [folder for folder in map(Path, config.theme.dirs) if not _INSTALLED & {*folder.parts}]
    told += [state(folder) for folder in (*folders, *filter(None, [own.kinds_dir]))]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()
