"""Markdown as it reads, each sign with its place: what stands in bold or over two lines is still one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLANKS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ", "’": "'", "\u2010": "-", "\u2011": "-"}
)
# Every branch begins with a plain sign, so that the search skips to it.
_MARKS = re.compile(
    r"(?P<blank>https?://[^\s<>()\"]+|\bwww\.[^\s<>()\"]+|\]\((?!\s*<?tel:)[^()\n]*\))"
    r"|(?P<gone>(?<=\n) +|\*+|(?<![^\W_])_+|_+(?![^\W_])|\\(?=[!-/:-@\[-`{-~])|[\u00ad\u200b\u2060\ufeff])"
)
_SIGNS = ("*", "_", "\\", "http", "www.", "](", "\u00ad", "\u200b", "\u2060", "\ufeff", "\n ")
_BLOCK_END = re.compile(r"\n(?=[ \t]*(?:\n|[-*+>|#]|\d{1,3}[.)][ \t])|\Z)")


class Block(NamedTuple):
    """A paragraph, heading, item of a list or row of a table as it reads.

    Attributes:
        text: without marks and addresses; on one line.
        places: the offset of each of its signs in the Markdown.
    """

    text: str
    places: tuple[int, ...] | range

    def place(self, at: int) -> int:
        """The offset in the Markdown of a sign."""
        return self.places[at]


def blocks(text: str) -> Iterator[Block]:
    r"""The blocks of a Markdown text (lines ended by newlines), as far as lines tell them apart.

    >>> [block.text for block in blocks("- **M.** Sero\n  est venu.\n- Oui")]
    ['- M. Sero est venu.', '- Oui']
    """
    start = 0
    for end in _BLOCK_END.finditer(text):
        if text[start : end.start()].strip():
            yield _block(text[start : end.start()], start)
        start = end.end()
    if text[start:].strip():
        yield _block(text[start:], start)


def _block(raw: str, start: int) -> Block:
    text = raw.translate(_BLANKS)
    if not any(sign in text for sign in _SIGNS):
        return Block(text.replace("\n", " "), range(start, start + len(text)))
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in _MARKS.finditer(text):
        parts.append(text[at : match.start()])
        places += range(start + at, start + match.start())
        if match["blank"]:
            parts.append(" " * len(match[0]))
            places += range(start + match.start(), start + match.end())
        at = match.end()
    return Block("".join([*parts, text[at:]]).replace("\n", " "), (*places, *range(start + at, start + len(text))))
