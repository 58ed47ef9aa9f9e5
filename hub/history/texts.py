"""All that a revision says, for comparing it with another: the fields of its front matter, and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hub import frontmatter
from hub.about import about_of
from hub.history.contents import TECHNICAL
from hub.markdown import blocks
from hub.markdown.blocks import Block
from hub.model import Entry


def said(
    entry: Entry,
    raw: bytes,
    lang: str,
    value: Callable[[str], str] = str,
    body: Callable[[str], str] = str,
) -> list[Block]:
    """The blocks of a revision, whether its front matter would still be right today or not.

    Args:
        entry: whose revision it is: its kind names the fields.
        raw: the revision's bytes.
        lang: of the fields' names.
        value: gives back each value of the front matter as it may be shown.
        body: the same of the text, as Markdown.
    """
    source, _ = frontmatter.read(raw, entry.text.path)
    known = type(entry).model_fields
    fields = [
        Block(
            "field",
            " · ".join(map(value, _texts(written))),
            about_of(known[name], name).label.in_(lang) if name in known else name,
        )
        for name, written in source.front.data.items()
        if name not in TECHNICAL
    ]
    return [*fields, *blocks(body(source.body))]


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value of the front matter, in their order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)
