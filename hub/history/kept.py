"""What was read from Git, kept in the hub's cache until the repository or this code says otherwise."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hub import collector
from hub.history.contents import Content
from hub.history.log import Change, Commit, Person

VERSION = 1
"""Of what is kept; raise it when what is read from a commit or a content changes."""
_ODD = (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


class Kept:
    """A file of the cache.

    Args:
        path: of the file.
        state: what all that is kept depends on; another one makes it void.

    Attributes:
        tip: the newest commit that was read; empty where nothing is kept.
        commits: those that lead to it, children before their parents.
        contents: what is known of contents, by blob.
    """

    def __init__(self, path: Path, state: Sequence[Any]) -> None:
        self.path, self.state = path, [VERSION, *state]
        self.tip = ""
        self.commits: tuple[Commit, ...] = ()
        self.contents: dict[str, Content] = {}
        try:
            with collector.paused():
                found = json.loads(path.read_text("ascii"))
                if found["state"] == self.state:
                    self.commits = tuple(map(_commit, found["commits"]))
                    self.contents = {blob: Content(*facts) for blob, facts in found["contents"].items()}
                    self.tip = str(found["tip"])
        except _ODD:  # none yet, half of one, or not ours: it is made again
            self.commits, self.contents = (), {}

    def keep(self, tip: str, commits: Sequence[Commit], contents: Mapping[str, Content]) -> None:
        """Keep what was read; a folder that cannot be written keeps nothing."""
        told = {"state": self.state, "tip": tip, "commits": commits, "contents": contents}
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            part.write_text(json.dumps(told, separators=(",", ":")), "ascii")
            part.replace(self.path)
        except OSError:
            part.unlink(missing_ok=True)


def _commit(row: Sequence[Any]) -> Commit:
    name, parents, date, people, revision, message, changes = row
    return Commit(
        name,
        tuple(parents),
        date,
        tuple(Person(*one) for one in people),
        revision,
        message,
        tuple(Change(*one) for one in changes),
    )
