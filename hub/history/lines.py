"""The published line of commits, and the line of life of each file on it: renamed, deleted, made again.

Merging is publishing: what readers saw is the line of first parents, and a text was published when its merge was made.
Whose work it is say the commits that the merge brought along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.history.log import Change, Commit, Person
from hub.history.messages import request, why


class Event(NamedTuple):
    """What was published of a file at one time.

    Attributes:
        commit: its name.
        date: when it was published, ISO 8601 with a time zone.
        people: whose work it is, in the order of their first commit.
        revision: what the trailer `Revision:` says.
        message: why it was made.
        request: number of the pull or merge request in which it was talked over, or nothing.
        path: of the file from then on.
        blob: hash of the content from then on; empty where the file was deleted.
    """

    commit: str
    date: str
    people: tuple[Person, ...]
    revision: str
    message: str
    request: str
    path: str
    blob: str

    @property
    def is_text(self) -> bool:
        """Whether it is of a text, that was there from then on."""
        return bool(self.blob) and self.path.endswith(".md")


@dataclass
class Line:
    """A file's life.

    Attributes:
        events: the newest first.
        is_whole: whether its beginning is known; not where a shallow clone ends.
    """

    events: list[Event] = field(default_factory=list)
    is_whole: bool = True

    @property
    def path(self) -> str:
        """Its last path."""
        return self.events[0].path

    @property
    def is_deleted(self) -> bool:
        """Whether the file is gone."""
        return not self.events[0].blob


def lines(
    commits: Iterable[Commit], tip: str, boundary: frozenset[str], before: Sequence[Line] = ()
) -> tuple[Line, ...]:
    """The lines of all files that there are or were, those that lived last first.

    Args:
        commits: all of them, or those that came since `before` was so.
        tip: the newest one that is published.
        boundary: commits at which a shallow clone ends.
        before: the lines as they were at the commit that the published ones among `commits` stand on.
    """
    by_hash = {commit.hash: commit for commit in commits}
    published = list(first_parents(by_hash, tip))
    brought = _brought(by_hash, published)
    found: list[Line] = []
    alive: dict[str, Line] = {}
    parked: dict[str, Line] = {}
    for commit in published:
        side = brought[commit.hash]
        changes = _with_renames(commit.changes, side)
        if commit.hash in boundary:
            # Whatever is here was made before, nobody knows when.
            for line in alive.values():
                line.is_whole = False
            continue
        earlier: dict[str, Line] = {}
        for change in changes:
            gone = change.status == "D"
            here = parked if gone else alive
            line = here.pop(change.path) if change.path in here else _new(found)
            own = _touching(side, {change.path, change.source} - {""}) if side else []
            event = Event(
                commit.hash,
                commit.date,
                tuple(dict.fromkeys(one for each in reversed(own) for one in each.people)) or commit.people,
                commit.revision or next((one.revision for one in own if one.revision), ""),
                why(commit, own),
                request(commit.message),
                change.path,
                "" if gone else change.blob,
            )
            line.events.append(event)
            if change.status == "A":
                parked[change.path] = line  # it may have been deleted before, and made again
            else:
                earlier[change.source or change.path] = line
        alive |= earlier
    return (*found, *_left(before, alive, parked, is_shallow=bool(boundary)))


def _left(
    before: Sequence[Line], alive: Mapping[str, Line], parked: Mapping[str, Line], *, is_shallow: bool
) -> Iterator[Line]:
    """Earlier lines that go on as they were; the others become part of the lines that continue them.

    Args:
        before: the earlier lines.
        alive: lines that go on from a file that was there, by path.
        parked: lines that go on from a file that had been deleted.
        is_shallow: whether a line that is not among the earlier ones may have been there nevertheless.
    """
    waiting = {(path, False): line for path, line in alive.items()}
    waiting |= {(path, True): line for path, line in parked.items()}
    for line in before:
        newer = waiting.pop((line.path, line.is_deleted), None)
        if newer is None:
            yield line
        else:
            newer.events += line.events
            newer.is_whole = line.is_whole
    for (_, is_deleted), line in waiting.items():
        line.is_whole = line.is_whole and (is_deleted or not is_shallow)


def _new(found: list[Line]) -> Line:
    found.append(Line())
    return found[-1]


def first_parents(by_hash: Mapping[str, Commit], tip: str) -> Iterator[Commit]:
    """The published commits, the newest first."""
    here = by_hash.get(tip)
    while here:
        yield here
        here = by_hash.get(here.parents[0]) if here.parents else None


def _brought(by_hash: Mapping[str, Commit], published: Sequence[Commit]) -> dict[str, list[Commit]]:
    """For each published commit those that it brought along, the newest first: each by the first merge that did."""
    seen = {commit.hash for commit in published}
    found: dict[str, list[Commit]] = {}
    for merge in reversed(published):
        side = found[merge.hash] = []
        waiting = list(reversed(merge.parents[1:]))
        while waiting:
            commit = by_hash.get(waiting.pop())
            if commit and commit.hash not in seen:
                seen.add(commit.hash)
                side.append(commit)
                waiting += reversed(commit.parents)
    return found


def _with_renames(changes: Sequence[Change], side: Sequence[Commit]) -> list[Change]:
    """A merge's changes, with the renamings that its commits tell of and that its own difference does not show.

    A name that one text left and another took is such a case: the difference shows a text that was changed.
    """
    if not side:
        return list(changes)
    now: dict[str, str] = {}
    for commit in reversed(side):
        for change in commit.changes:
            if change.status == "R":
                now[change.path] = now.pop(change.source, change.source)
    gone = {change.path for change in changes if change.status == "D"}
    here = {change.path for change in changes if change.status in "AM"}
    sources = {path: source for path, source in now.items() if path in here and (source in gone or source in now)}
    # A text whose name another took, and that took none itself, was deleted.
    taken = {change.path: change for change in changes if change.status == "M" and change.path in sources}
    ended = [change._replace(status="D") for path, change in taken.items() if path not in sources.values()]
    return ended + [
        change._replace(status="R", source=sources[change.path]) if change.path in sources else change
        for change in changes
        if not (change.status == "D" and change.path in sources.values())
    ]


def _touching(side: Sequence[Commit], names: set[str]) -> list[Commit]:
    """Of the commits that a merge brought, the newest first, those that touched a file, by whatever name."""
    names = set(names)
    found = []
    for commit in side:
        touched = [change for change in commit.changes if change.path in names]
        if touched:
            names |= {change.source for change in touched} - {""}
            found.append(commit)
    return found
