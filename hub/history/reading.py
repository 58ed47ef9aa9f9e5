"""The history of a hub: read from Git in one pass, and from then on only what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hub import collector, git
from hub.caches import cache_folder
from hub.errors import HubError
from hub.history import log
from hub.history.contents import Content
from hub.history.kept import Kept
from hub.history.lines import Line, first_parents, lines
from hub.history.log import Commit
from hub.history.revisions import Revision, revisions
from hub.workers import aside

_FILE = "history.json"


@dataclass(frozen=True)
class History:
    """The history of a hub's files.

    Attributes:
        root: the hub's folder.
        tip: the commit that is published; empty without Git, outside a repository or before the first commit.
        prefix: the way from the top of the repository to the hub.
        boundary: commits at which a shallow clone ends.
        new: the commits that came since what is kept, children before their parents.
        kept: what is kept of it between builds.
    """

    root: Path
    tip: str = ""
    prefix: str = ""
    boundary: frozenset[str] = frozenset()
    new: tuple[Commit, ...] = ()
    kept: Kept | None = None

    @classmethod
    def read(cls, root: Path, *, is_in_part: bool = False) -> History:
        """The history of a hub, as the commit that is checked out has it.

        Args:
            root: the hub's folder.
            is_in_part: whether few files will be asked for; a `HubError` tells where what is kept of one is not ours.

        Raises:
            HubError: when Git cannot tell it whole.
        """
        here = git.place(root)
        return cls._of(root, here, _kept(root, here, is_in_part=is_in_part)) if here else cls(root)

    @classmethod
    def _of(cls, root: Path, here: git.Place, kept: Kept) -> History:
        new: list[Commit] = []
        if kept.tip not in {"", here.tip}:
            with suppress(HubError):  # the commit that is kept may be gone
                new = log.commits(root, here.prefix, here.tip, kept.tip)
            if not _go_on(new, here.tip, kept.tip):
                kept.forget()
        if not kept.tip:
            new = log.commits(root, here.prefix, here.tip)
        return cls(root, here.tip, here.prefix, here.boundary, tuple(new), kept)

    @classmethod
    def ahead(cls, root: Path) -> Callable[[], History]:
        """Begin to read what is new of a history in another process.

        What is returned waits for it, and may be called once; what was read comes through what is kept between builds.
        """
        here = git.place(root)
        if here is None:
            return lambda: cls(root)
        kept = _kept(root, here)
        if kept.tip == here.tip:
            return lambda: cls._of(root, here, kept)
        done = aside(lambda: len(cls._of(root, here, kept).contents))

        def result() -> History:
            done()
            return cls.read(root)

        return result

    @classmethod
    def at(cls, root: Path, commit: str) -> History:
        """The history of a hub as it was at a commit; nothing of it is kept."""
        here = git.place(root)
        if here is None:
            return cls(root)
        commits = tuple(log.commits(root, here.prefix, commit))
        return cls(root, commit, here.prefix, here.boundary, commits, Kept(None, ()))

    @property
    def is_known(self) -> bool:
        """Whether there is any."""
        return bool(self.tip)

    @property
    def is_shallow(self) -> bool:
        """Whether the clone holds only the newest commits, so that older revisions are not known."""
        return bool(self.boundary)

    def of(self, path: str) -> tuple[Revision, ...]:
        """The revisions of a file that were published, the newest first.

        Args:
            path: of the file, relative to the hub's folder.
        """
        found = self._revisions.get(path)
        if found is None:
            line = self.line(path)
            found = self._revisions[path] = revisions(line.events, self._contents_of(line)) if line else ()
        return found

    def line(self, path: str) -> Line | None:
        """The life of a file that is there, by its path relative to the hub's folder."""
        kept = self.kept
        if kept and kept.is_in_part and kept.tip == self.tip:
            return kept.line(self.prefix + path)
        return self._alive.get(self.prefix + path)

    def gone(self) -> Iterator[Line]:
        """The lives of files that were deleted and not made again."""
        yield from (line for line in self.lines if line.is_deleted)

    def contents_of(self, path: str) -> Iterator[bytes]:
        """The contents of a file that were published, the newest first, those that the clone holds."""
        line = self.line(path)
        for event in line.events if line else ():
            yield from (raw for _, raw in git.contents(self.root, [event.blob]) if event.blob)

    def read_contents(self, those: Iterable[Revision]) -> dict[str, bytes]:
        """The bytes of revisions by their blobs, those that the clone holds."""
        return dict(git.contents(self.root, {revision.blob: None for revision in those}))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lives of all files below the hub's folder."""
        found = self._lines
        if self.kept and not self.kept.tip:
            # Otherwise a few new commits are read again until their contents are, and kept with those.
            self.kept.keep(self.tip, found, self.kept.contents)
        return found

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        """The same, not kept yet."""
        if self.kept is None or self.kept.tip == self.tip:
            return self.kept.lines if self.kept else ()
        with collector.paused():
            return lines(self.new, self.tip, self.boundary, self.kept.lines)

    @cached_property
    def contents(self) -> Mapping[str, Content]:
        """What is known of each content of a text, by blob; what was not read before is read now, all at once."""
        if self.kept is None:
            return {}
        found, known = self._lines, self.kept.contents
        # In the order of the lines: Git keeps a content as its difference to one near it in time.
        blobs = (event.blob for line in found for event in line.events if event.is_text)
        wanted = [blob for blob in dict.fromkeys(blobs) if blob not in known]
        new = {blob: Content.of(raw, blob) for blob, raw in git.contents(self.root, wanted)}
        if new or self.kept.tip != self.tip:
            known = {**known, **new}
            self.kept.keep(self.tip, found, known)
        return known

    def _contents_of(self, line: Line) -> Mapping[str, Content]:
        """What is known of each content of a line at least."""
        kept = self.kept
        return kept.contents if kept and kept.is_in_part and kept.knows(line) else self.contents

    @cached_property
    def _revisions(self) -> dict[str, tuple[Revision, ...]]:
        """The revisions of the files that were asked for."""
        return {}

    @cached_property
    def _alive(self) -> Mapping[str, Line]:
        return {line.path: line for line in self.lines if not line.is_deleted}


def _kept(root: Path, here: git.Place, *, is_in_part: bool = False) -> Kept:
    names = hashlib.sha256(here.names).hexdigest()
    return Kept(cache_folder(root) / _FILE, [here.prefix, sorted(here.boundary), names], is_in_part=is_in_part)


def _go_on(commits: Sequence[Commit], tip: str, known: str) -> bool:
    """Whether the published line leads from a commit to the newest one through these commits."""
    published = list(first_parents({commit.hash: commit for commit in commits}, tip))
    return bool(published) and published[-1].parents[:1] == (known,)
