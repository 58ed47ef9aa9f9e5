"""One comment more in the file of an entry: in its front matter; all else stays as it stands, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence

from hub import frontmatter
from hub.errors import HubError
from hub.i18n import N_
from hub.intake.rows import items
from hub.source import SourceText

FIELD = "comments"
"""The field of an entry that holds its comments."""
_FENCE = "---"


def with_comment(raw: bytes, author: str, date: str, text: str) -> bytes:
    """A file with one comment more.

    The file is read again: unless it says what it said before, and the comment, nothing is made of it.

    Args:
        raw: the file.
        author: of the comment.
        date: of it.
        text: of it.

    Raises:
        HubError: when the front matter cannot take it.
    """
    comment = {"author": author, "date": date, "text": text}
    source, faults = frontmatter.read(raw, "")
    there = source.front.data.get(FIELD) or []
    if not faults and isinstance(there, list):
        new = _inserted(raw.decode("utf-8").split("\n"), source, list(items([comment])))
        again, faults = frontmatter.read(new, "")
        data = {key: value for key, value in again.front.data.items() if key != FIELD}
        before = {key: value for key, value in source.front.data.items() if key != FIELD}
        if not faults and data == before and again.body == source.body and _is_added(again, there):
            return new
    raise HubError(
        N_("The comment cannot be written into the file by itself. Add it by hand:\n{rows}"),
        rows="\n".join([f"{FIELD}:", *(f"  {row}" for row in items([comment]))]),
    )


def _is_added(source: SourceText, there: list[object]) -> bool:
    found = source.front.data.get(FIELD)
    return isinstance(found, list) and found[:-1] == there and isinstance(found[-1], dict)


def _inserted(lines: list[str], source: SourceText, rows: Sequence[str]) -> bytes:
    """The file with rows at the end of its comments, or of its front matter where it has none."""
    front = source.front
    close = next((n for n, one in enumerate(lines[1:], 1) if one.rstrip() == _FENCE), 0)
    at, indent = close, 2
    first = front.values.get((FIELD, 0))
    key = front.keys.get((FIELD,))
    head = [] if key else [f"{FIELD}:"]
    if first:
        line = lines[first.line - 1]
        indent = len(line) - len(line.lstrip())
    if key:
        at = min(
            [span.line - 1 for path, span in front.keys.items() if len(path) == 1 and span.line > key.line] + [close]
        )
        while at > key.line and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
            at -= 1
    end = "\r" if lines[0].endswith("\r") else ""
    added = [f"{row}{end}" for row in (*head, *(f"{' ' * indent}{row}" for row in rows))]
    return "\n".join([*lines[:at], *added, *lines[at:]]).encode()
