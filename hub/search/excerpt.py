"""Which passage of a result is shown, which part of it, and what is marked in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from hub.search.analysis import LETTER, words
from hub.search.postings import NAME_CODES, STRETCHES
from hub.search.query import Part

LENGTH = 240
"""Letters of an excerpt, about three lines."""
BEFORE = 50
"""Letters that may stand before the first marked word."""
_SPACE = " \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CHUNK = re.compile(f"[^{_SPACE}]+")
_EDGES = re.compile(f"^[^{LETTER}]+|[^{LETTER}\u0300-\u036f]+$")


class Excerpt(NamedTuple):
    """A part of a passage, and what is marked in it: pairs of begin and end, in UTF-16 units as browsers count."""

    text: str
    marks: tuple[tuple[int, int], ...]


def best_passage(parts: Sequence[Part], places: dict[str, tuple[int, ...]]) -> int:
    """The passage that has most of what was looked up, the rarer the better; 0 is the record's front."""
    found: dict[int, int] = {}
    for part in parts:
        for number in sorted({place // STRETCHES for place in places.get(part.term, ()) if place >= NAME_CODES}):
            found[number] = found.get(number, 0) + part.postings.rarity
    # Of two as good the first is shown, but text rather than the front, whose words stand in the result anyway.
    return min(found, key=lambda number: (-found[number], number == 0, number), default=0)


def excerpt(text: str, marked: Collection[str]) -> Excerpt:
    """The part of a text that has most different terms that are marked.

    Args:
        text: a passage.
        marked: terms.
    """
    text = _units(text)
    chunks = [(match.start(), match.end()) for match in _CHUNK.finditer(text)]
    terms = [frozenset(word.term for word in words(text[start:end])) & frozenset(marked) for start, end in chunks]
    first = _best_start(chunks, terms)
    while first > 0 and chunks[first - 1][0] >= _target(chunks, terms, first) - BEFORE:
        first -= 1
    last = first
    while last + 1 < len(chunks) and chunks[last + 1][1] - chunks[first][0] <= LENGTH:
        last += 1
    if not chunks:
        return Excerpt("", ())
    start, end = chunks[first][0], min(chunks[last][1], chunks[first][0] + 2 * LENGTH)
    before, after = "… " if first > 0 else "", " …" if last + 1 < len(chunks) else ""
    shown = before + text[start:end] + after
    shift = len(before) - start
    marks = [
        (left + shift, right + shift)
        for (left, right), found in zip(chunks[first : last + 1], terms[first : last + 1], strict=True)
        if found
        for left, right in [_trimmed(text, left, min(right, end))]
    ]
    return Excerpt(shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), tuple(marks))


def _best_start(chunks: Sequence[tuple[int, int]], terms: Sequence[frozenset[str]]) -> int:
    """The marked chunk from which on a stretch of the length of an excerpt has most different terms."""
    best, most = 0, 0
    for first, found in enumerate(terms):
        if found:
            seen: set[str] = set()
            for (_, end), here in zip(chunks[first:], terms[first:], strict=True):
                if end - chunks[first][0] > LENGTH - BEFORE:
                    break
                seen |= here
            if len(seen) > most:
                best, most = first, len(seen)
    return best


def _target(chunks: Sequence[tuple[int, int]], terms: Sequence[frozenset[str]], first: int) -> int:
    """Where the first marked chunk from `first` on begins."""
    return next((chunks[at][0] for at in range(first, len(chunks)) if terms[at]), chunks[first][0])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A chunk without the signs around it."""
    bare = text[start:end]
    left = _EDGES.match(bare)
    begin = start + (left.end() if left else 0)
    right = next((match for match in _EDGES.finditer(bare) if match.end() == len(bare)), None)
    stop = start + right.start() if right else end
    return (begin, stop) if begin < stop else (start, end)


def _units(text: str) -> str:
    """The text as browsers count it: a sign beyond the first plane is two surrogates."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
    return "".join(map(chr, units))
