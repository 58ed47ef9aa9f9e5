"""What was read from Git, kept in the hub's cache until the repository or this code says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hub import collector, sealed
from hub.history.contents import Content
from hub.history.lines import Event, Line
from hub.history.log import Person

VERSION = 4
"""Of what is kept; raise it when what is read from a commit or a content changes."""
_ODD = (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


class Kept:
    """A file of the cache: its sum, a line of JSON that says of what it is, and one for each line of life.

    Those that no new commit touches are written again as they were read.

    Args:
        path: of the file; None to keep nothing beyond this process.
        state: what all that is kept depends on; another one makes it void.

    Attributes:
        tip: the commit that is kept; empty where nothing is.
        lines: the lives of all files at that commit.
        contents: what is known of contents, by blob.
    """

    def __init__(self, path: Path | None, state: Sequence[Any]) -> None:
        self.path, self.state = path, [VERSION, *state]
        self.tip = ""
        self.lines: tuple[Line, ...] = ()
        self.contents: dict[str, Content] = {}
        self._people: list[Person] = []
        self._written: dict[int, str] = {}
        if path is None:
            return
        try:
            with collector.paused():
                self._read((sealed.summed(path) or b"").decode("ascii"))
        except _ODD:  # none yet, half of one, or not ours: it is made again
            self.forget()
            self.contents = {}

    def forget(self) -> None:
        """Forget the lines: the history is another one. What contents say stays true."""
        self.tip, self.lines = "", ()
        self._people, self._written = [], {}

    def keep(self, tip: str, lines: Sequence[Line], contents: Mapping[str, Content]) -> None:
        """Keep what was read; a folder that cannot be written keeps nothing."""
        self.tip = tip
        if self.path is None:
            return
        numbers = {one: number for number, one in enumerate(self._people)}
        rows = [self._written.get(id(line)) or _row(line, contents, numbers) for line in lines]
        head = {"state": self.state, "tip": tip, "lines": len(rows), "people": list(numbers)}
        with suppress(OSError):
            sealed.put_summed(self.path, "\n".join([json.dumps(head), *rows, ""]).encode("ascii"))

    def _read(self, text: str) -> None:
        first, *rows, _ = text.split("\n")
        head = json.loads(first)
        if head["state"] != self.state or head["lines"] != len(rows):
            return
        self._people = [Person(*one) for one in head["people"]]
        lines = tuple(map(self._line, rows))
        self._written = {id(line): row for line, row in zip(lines, rows, strict=True) if self._is_known(line)}
        self.tip, self.lines = str(head["tip"]), lines

    def _line(self, row: str) -> Line:
        is_whole, events = json.loads(row)
        line = Line(is_whole=bool(is_whole))
        for commit, date, who, revision, message, request, name, blob, content in events:
            people = tuple([self._people[number] for number in who])
            line.events.append(Event(commit, date, people, revision, message, request, name, blob))
            if content:
                hash_, *more = content
                self.contents[blob] = Content(hash_ or blob, *more)
        return line

    def _is_known(self, line: Line) -> bool:
        """Whether all of its contents are, so that it will be kept as it is."""
        return all(event.blob in self.contents for event in line.events if event.is_text)


def _row(line: Line, contents: Mapping[str, Content], numbers: dict[Person, int]) -> str:
    """A line of life as JSON; people who are not known yet are given numbers."""
    events: list[list[Any]] = []
    for commit, date, people, *facts, blob in line.events:
        who = [numbers.setdefault(one, len(numbers)) for one in people]
        content = contents.get(blob)
        if content and content.hash == blob:  # as it is wherever Git counts by SHA-1
            content = content._replace(hash="")
        events.append([commit, date, who, *facts, blob, content])
    return json.dumps([line.is_whole, events], separators=(",", ":"))
