"""What changed from one revision to the next, for people: block by block, and in a changed block word by word.

Blocks are aligned as Ratcliff and Obershelp do (`difflib`); one that only stands elsewhere is recognised. Nothing is
left out: the words of both revisions stand in the difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from hub.markdown.blocks import Block

SAME, CHANGED, ADDED, REMOVED, MOVED = "same", "changed", "added", "removed", "moved"
_WORD = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_ALIKE = 0.5
"""Words that two blocks share, of all theirs, for one to be the other changed."""
_ALIKE_AFAR = 0.8
"""The same where it stands elsewhere."""
_SHORT = 5
"""Words below which a block that stands elsewhere is nothing to point at."""
_MOST = 1_000_000
"""Pairs of words that are compared; of longer blocks the whole is said to be replaced."""
_MOST_BLOCKS = 4_000_000
"""Pairs of blocks among which equal runs are looked for."""
_MOST_WORDS = 5_000_000
"""Words that are counted to find out which block is which, changed or elsewhere."""


class Piece(NamedTuple):
    """A run of words: `=` in both revisions, `-` in the older alone, `+` in the newer alone."""

    sign: str
    text: str


class Hunk(NamedTuple):
    """A block of either revision or of both.

    Attributes:
        state: `same`, `changed`, `added`, `removed` or `moved`.
        kind, label: of the block.
        pieces: its words.
    """

    state: str
    kind: str
    label: str
    pieces: tuple[Piece, ...]


class Difference(NamedTuple):
    """All that stands in two revisions, in the order of the newer; what only the older has, where it stood."""

    hunks: tuple[Hunk, ...]

    @property
    def added(self) -> int:
        """How many words are new."""
        return self._count("+")

    @property
    def removed(self) -> int:
        """How many words are gone."""
        return self._count("-")

    @property
    def moved(self) -> int:
        """How many blocks stand elsewhere."""
        return sum(hunk.state == MOVED for hunk in self.hunks)

    def _count(self, sign: str) -> int:
        return sum(len(words(piece.text)) for hunk in self.hunks for piece in hunk.pieces if piece.sign == sign)


def words(text: str) -> list[str]:
    """The words of a text, without what stands between them."""
    return [found for found in _WORD.findall(text) if found[0].isalnum() or found[0] == "_"]


def difference(old: Sequence[Block], new: Sequence[Block]) -> Difference:
    """Compare two revisions."""
    regions = _regions(old, new)
    partner: dict[int, int] = {}
    for tag, start, end, first, last in regions:
        if tag == "equal":
            partner |= zip(range(first, last), range(start, end), strict=True)
        elif tag == "replace":
            partner |= _changed(old, new, range(start, end), range(first, last))
    afar = dict(_moved(old, new, partner))
    return Difference(tuple(_hunks(old, new, regions, partner | afar, frozenset(afar))))


def _regions(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[str, int, int, int, int]]:
    """Which runs of blocks are equal, as `difflib` says it; of very many, only what is equal at both ends."""
    pairs = len(old) * len(new)
    if pairs <= _MOST_BLOCKS:
        return list(SequenceMatcher(None, old, new, autojunk=pairs > _MOST).get_opcodes())
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    end = next((n for n in range(shorter - start) if old[-1 - n] != new[-1 - n]), shorter - start)
    until, til = len(old) - end, len(new) - end
    found = [("equal", 0, start, 0, start), ("replace", start, until, start, til)]
    return [*found, ("equal", until, len(old), til, len(new))]


def _is_much(before: Sequence[Block], after: Sequence[Block]) -> bool:
    """Whether comparing each of some blocks with each of others would take longer than it is worth."""
    many, more = (sum(_bag(block.text).total() + 1 for block in blocks) for blocks in (before, after))
    return len(before) * more + len(after) * many > _MOST_WORDS


def _changed(old: Sequence[Block], new: Sequence[Block], before: range, after: range) -> Iterator[tuple[int, int]]:
    """Blocks of the newer revision and those of the older that they were, none crossing another."""
    if _is_much(old[before.start : before.stop], new[after.start : after.stop]):
        return
    start = before.start
    for here in after:
        alike = [(_likeness(old[there], new[here]), -there) for there in range(start, before.stop)]
        likeness, there = max(alike, default=(0.0, 0))
        if likeness >= _ALIKE:
            yield here, -there
            start = 1 - there


def _moved(old: Sequence[Block], new: Sequence[Block], partner: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Blocks that have no partner near and one elsewhere."""
    taken = set(partner.values())
    left = [there for there in range(len(old)) if there not in taken and _bag(old[there].text).total() >= _SHORT]
    if _is_much([old[there] for there in left], [new[here] for here in range(len(new)) if here not in partner]):
        return
    for here in range(len(new)):
        if here in partner or not left or _bag(new[here].text).total() < _SHORT:
            continue
        likeness, there = max((_likeness(old[there], new[here]), -there) for there in left)
        if likeness >= _ALIKE_AFAR:
            left.remove(-there)
            yield here, -there


@lru_cache(maxsize=4096)
def _bag(text: str) -> Counter[str]:
    return Counter(words(text))


def _likeness(one: Block, other: Block) -> float:
    """The part of their words that two blocks of the same kind share; fields are told by their names."""
    if (one.kind, one.label) != (other.kind, other.label):
        return 0.0
    if one.kind == "field":
        return 1.0
    first, second = _bag(one.text), _bag(other.text)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else float(one.text == other.text)


def _hunks(
    old: Sequence[Block],
    new: Sequence[Block],
    regions: Sequence[tuple[str, int, int, int, int]],
    partner: dict[int, int],
    afar: frozenset[int],
) -> Iterator[Hunk]:
    taken = set(partner.values())
    for _, start, end, first, last in regions:
        gone = [there for there in range(start, end) if there not in taken]
        for here in range(first, last):
            there = partner.get(here)
            while gone and (there is None or here in afar or gone[0] < there):
                yield _whole(REMOVED, "-", old[gone.pop(0)])
            if there is None:
                yield _whole(ADDED, "+", new[here])
            elif old[there] == new[here]:
                yield _whole(MOVED if here in afar else SAME, "=", new[here])
            else:
                state = MOVED if here in afar else CHANGED
                pieces = tuple(word_pieces(old[there].text, new[here].text))
                yield Hunk(state, new[here].kind, new[here].label, pieces)
        for there in gone:
            yield _whole(REMOVED, "-", old[there])


def _whole(state: str, sign: str, block: Block) -> Hunk:
    return Hunk(state, block.kind, block.label, (Piece(sign, block.text),) if block.text else ())


def word_pieces(old: str, new: str) -> Iterator[Piece]:
    """Two texts as runs of words; a space between two changes belongs to both of them."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > _MOST:
        yield from (Piece("-", old), Piece("+", new))
        return
    gone, came = "", ""
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = "".join(before[start:end]) if tag == "equal" else ""
        if tag != "equal" or ((gone or came) and same.isspace()):
            gone += "".join(before[start:end])
            came += "".join(after[first:last])
            continue
        yield from _pair(gone, came)
        gone = came = ""
        yield Piece("=", same)
    yield from _pair(gone, came)


def _pair(gone: str, came: str) -> Iterator[Piece]:
    if gone == came:
        if gone:
            yield Piece("=", gone)
        return
    if gone:
        yield Piece("-", gone)
    if came:
        yield Piece("+", came)
