"""A text as it reads, block by block, for comparing two of them."""

from __future__ import annotations

from typing import NamedTuple

from hub.markdown.parser import parse, plain_text


class Block(NamedTuple):
    """A piece of a text between two line breaks.

    Attributes:
        kind: `heading`, `text`, `item` of a list, `row` of a table, `code`, or `field` of the front matter.
        text: without marks; the cells of a row with ` | ` between them.
        label: a field's name.
    """

    kind: str
    text: str
    label: str = ""


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in its order; no word of it is left out.

    Raises:
        Refused: when it asks too much of the engine.
    """
    tokens, _ = parse(text)
    found: list[Block] = []
    row: list[str] | None = None
    kinds: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.append(Block("row", " | ".join(row)))
            row = None
        elif token.type in _KINDS:
            kinds.append(_KINDS[token.type])
        elif token.type in _ENDS:
            kinds.pop()
        elif token.type == "inline":
            said = plain_text(token)
            if row is not None:
                row.append(said)
            elif said:
                found.append(Block(kinds[-1] if kinds else "text", said))
        elif token.type in {"fence", "code_block"} and token.content.strip():
            found.append(Block("code", token.content.strip("\n")))
    return tuple(found)


_KINDS = {
    "heading_open": "heading",
    "list_item_open": "item",
    "dd_open": "item",
    "dt_open": "item",
    "footnote_open": "item",
}
_ENDS = frozenset(name.replace("_open", "_close") for name in _KINDS)
