"""What became of something that arrived: files to write, who is credited, what is said of it. Not yet written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.diagnostics import Diagnostic, Message
from hub.drafting.report import Line


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one file.

    Attributes:
        old: its bytes as they were read, or None where there must be none.
        new: its bytes, or None where it goes.
    """

    old: bytes | None
    new: bytes | None


@dataclass(frozen=True, slots=True)
class Made:
    """An entry that was made or changed.

    Attributes:
        path: of its file, relative to the hub's folder.
        title: of it.
        kind: its label.
    """

    path: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of it.

    Attributes:
        what: what arrived, in words.
        name: from which the branch gets its name: small letters, digits and dashes.
        subject: the first line of the commit.
        changes: of files, by paths relative to the hub's folder; nothing where people must act first.
        made: the entries.
        credited: ids, or names, of those whose work it is.
        lines: what is said of the entries.
        left_out: what is not in them: a code of the report, and its words.
        faults: values that could not be taken: the question's label, and what is wrong.
        asks: what the contributor must do before anything can be made of it.
        number: of the issue, or 0.
    """

    what: Message
    name: str
    subject: Message
    changes: Mapping[str, Change] = field(default_factory=dict)
    made: tuple[Made, ...] = ()
    credited: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, Diagnostic], ...] = ()
    asks: tuple[Message, ...] = ()
    number: int = 0
