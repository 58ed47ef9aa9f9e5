"""A proposal as data. The JSON comes from a job that ran somebody else's code: every size and shape is bounded here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hub.errors import HubError
from hub.i18n import N_

MOST = 300
"""Of anything that is listed."""
LONGEST_FILE = 2_000_000
"""Bytes of a report."""

Line = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=1000)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
Count = Annotated[int, Field(ge=0, le=10_000_000)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Fault(_Data):
    """One fault, as `hub check --format json` tells it."""

    file: Line
    line: Count
    column: Count
    rule: Code
    severity: Literal["error", "warning", "info"]
    message: Words
    hint: Words


class Counts(_Data):
    """How many faults the whole hub has, by weight."""

    error: Count = 0
    warning: Count = 0
    info: Count = 0


class Change(_Data):
    """What becomes of one file of the content.

    Attributes:
        change: what happens to it.
        file: where it stands, or stood.
        was: where a file that was moved stood before.
        title: of the text; empty for a file that is none, or whose text cannot be read.
        status: of the text, as its file says.
    """

    change: Literal["added", "changed", "moved", "removed"]
    file: Line
    was: Line = ""
    title: Line = ""
    status: Code | Literal[""] = ""


class Credited(_Data):
    """Somebody's part in a text that changes.

    Attributes:
        name: as readers see it.
        title: of the text.
        roles: codes of the vocabulary `role`.
    """

    name: Line
    title: Line
    roles: Annotated[tuple[Code, ...], Field(max_length=50)] = ()


class Proposal(_Data):
    """What a proposal changes.

    Attributes:
        counts: of the whole hub.
        faults: those of the files that change, then errors elsewhere; not all where they are too many.
        changes: what becomes of files of the content.
        people: who is credited in texts that are added or changed.
        left_out: how many faults, changes and people there are beyond those.
    """

    version: Literal[1] = 1
    counts: Counts
    faults: Annotated[tuple[Fault, ...], Field(max_length=MOST)] = ()
    changes: Annotated[tuple[Change, ...], Field(max_length=MOST)] = ()
    people: Annotated[tuple[Credited, ...], Field(max_length=MOST)] = ()
    left_out: Count = 0


def read(raw: bytes) -> Proposal:
    """A proposal from its JSON.

    Raises:
        HubError: when it is too large, or anything but a proposal.
    """
    if len(raw) > LONGEST_FILE:
        raise HubError(N_("The report has more than {most} bytes: it is not read."), most=LONGEST_FILE)
    try:
        return Proposal.model_validate_json(raw)
    except ValidationError as error:
        # The values are the other side's: only the place is said.
        where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"][:1])
        raise HubError(
            N_("This is no report of a proposal (at “{where}”). `hub report --base main --format json` writes one."),
            where=where if where.isidentifier() else "?",
        ) from None
