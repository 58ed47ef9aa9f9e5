"""Markdown as it reads, each sign with its place: what stands in bold or over two lines is still one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

_PLAIN = (
    *(("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\u2007", " "), ("\t", " "), ("’", "'"), ("\u2010", "-")),
    ("\u2011", "-"),
)
"""Signs that are written in several ways. Replaced one by one, for `str.translate` takes many times as long."""
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


def blocks(text: str, hints: Sequence[Callable[[str], Iterable[int]]] = ()) -> Iterator[Block]:
    r"""The blocks of a Markdown text (lines ended by newlines), as far as lines tell them apart.

    Args:
        text: Markdown.
        hints: say where a text, of which all white space is blanks, is worth a closer look; other blocks are left
            out. Without any, all are given.

    >>> [block.text for block in blocks("- **M.** Sero\n  est venu.\n- Oui")]
    ['- M. Sero est venu.', '- Oui']
    """
    plain = text
    for sign, other in _PLAIN:
        plain = plain.replace(sign, other)
    flat = plain.replace("\n", " ")
    places = sorted(at for hint in hints for at in hint(flat))
    if hints and not places:
        return
    start = 0
    for end in [match.start() for match in _BLOCK_END.finditer(plain)] + [len(plain)]:
        is_wanted = not hints or bisect_left(places, start) < bisect_left(places, end)
        if is_wanted and not flat[start:end].isspace() and start < end:
            yield _block(plain[start:end], start)
        start = end + 1


def _block(raw: str, start: int) -> Block:
    if not any(sign in raw for sign in _SIGNS):
        return Block(raw.replace("\n", " "), range(start, start + len(raw)))
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in _MARKS.finditer(raw):
        parts.append(raw[at : match.start()])
        places += range(start + at, start + match.start())
        if match["blank"]:
            parts.append(" " * len(match[0]))
            places += range(start + match.start(), start + match.end())
        at = match.end()
    return Block("".join([*parts, raw[at:]]).replace("\n", " "), (*places, *range(start + at, start + len(raw))))
