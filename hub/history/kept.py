"""What was read from Git, kept in the hub's cache until the repository or this code says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hub import collector, sealed
from hub.errors import HubError
from hub.history.contents import Content
from hub.history.lines import Event, Line
from hub.history.log import Person
from hub.i18n import N_

VERSION = 5
"""Of what is kept; raise it when what is read from a commit or a content changes."""
_ODD = (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


class Kept:
    """A file of the cache: its sum, a line of JSON that says of what it is, and one for each line of life.

    Those that no new commit touches are written again as they were read.

    Args:
        path: of the file; None to keep nothing beyond this process.
        state: what all that is kept depends on; another one makes it void.
        is_in_part: whether few lines will be asked for.

    Attributes:
        tip: the commit that is kept; empty where nothing is.
        is_in_part: whether lines are read one by one.
        contents: what is known of contents, by blob: those of the lines that were read.
    """

    def __init__(self, path: Path | None, state: Sequence[Any], *, is_in_part: bool = False) -> None:
        self.path, self.state, self.is_in_part = path, [VERSION, *state], is_in_part
        self.tip = ""
        self.contents: dict[str, Content] = {}
        self._people: list[Person] = []
        self._rows: Sequence[str] = ()
        self._numbers: Mapping[str, int] = {}
        self._lines: dict[int, Line] = {}
        if path is None:
            return
        try:
            self._read((sealed.summed(path) or b"").decode("ascii"))
            _ = () if is_in_part else self.lines
        except _ODD:  # none yet, half of one, or not ours: it is made again
            self.forget()
            self.contents = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lives of all files at the commit that is kept."""
        with collector.paused():
            return tuple(map(self._line, range(len(self._rows))))

    def line(self, path: str) -> Line | None:
        """The life of a file that is there at that commit.

        Args:
            path: of the file, from the top of the repository.

        Raises:
            HubError: when what is kept of it is not ours.
        """
        number = self._numbers.get(path)
        try:
            return None if number is None else self._line(number)
        except _ODD as error:
            raise HubError(N_("{path} cannot be read: {error}"), path=self.path, error=error) from error

    def knows(self, line: Line) -> bool:
        """Whether something is known of all contents of a line."""
        return all(event.blob in self.contents for event in line.events if event.is_text)

    def forget(self) -> None:
        """Forget the lines: the history is another one. What contents say stays true."""
        self.tip, self._rows, self._numbers = "", (), {}
        self._people, self._lines = [], {}

    def keep(self, tip: str, lines: Sequence[Line], contents: Mapping[str, Content]) -> None:
        """Keep what was read; a folder that cannot be written keeps nothing."""
        self.tip, self.is_in_part = tip, False
        if self.path is None:
            return
        numbers = {one: number for number, one in enumerate(self._people)}
        written = {id(line): self._rows[number] for number, line in self._lines.items() if self.knows(line)}
        rows = [written.get(id(line)) or _row(line, contents, numbers) for line in lines]
        paths = ["" if line.is_deleted else line.path for line in lines]
        head = {"state": self.state, "tip": tip, "paths": paths, "people": list(numbers)}
        with suppress(OSError):
            sealed.put_summed(self.path, "\n".join([json.dumps(head), *rows, ""]).encode("ascii"))

    def _read(self, text: str) -> None:
        first, *rows, _ = text.split("\n")
        head = json.loads(first)
        if head["state"] != self.state or len(head["paths"]) != len(rows):
            return
        self._people = [Person(*one) for one in head["people"]]
        self._numbers = {path: number for number, path in enumerate(head["paths"]) if path}
        self.tip, self._rows = str(head["tip"]), rows

    def _line(self, number: int) -> Line:
        found = self._lines.get(number)
        if found:
            return found
        is_whole, events = json.loads(self._rows[number])
        line = Line(is_whole=bool(is_whole))
        for commit, date, who, revision, message, request, name, blob, content in events:
            people = tuple([self._people[one] for one in who])
            line.events.append(Event(commit, date, people, revision, message, request, name, blob))
            if content:
                hash_, *more = content
                self.contents[blob] = Content(hash_ or blob, *more)
        self._lines[number] = line
        return line


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
