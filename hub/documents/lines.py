"""Lines of a page that knows nothing of paragraphs or columns: which go together, in which order they are read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from hub.documents.model import Block, Run, Runs, joined, text_of

BESIDE = 3.0
"""Points by which two lines may differ in height and stand beside one another."""
FAR = 40.0
"""Points between a bullet and its text, or between two lines of a paragraph, at most."""
_WHITE = 10.0
"""Points of white space between two columns, at least."""
_MARK = re.compile(r"\s*(?:\S|\d{1,2}[.)])\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or something that stands between lines.

    Attributes:
        runs: of a line.
        box: left, top, right and bottom, from the page's top left corner.
        size: of most of its signs.
        bold: whether most of its signs are.
        block: a table or picture in the place of a line.
        right: the right edge of the column that it stands in, once that is known.
    """

    runs: Runs
    box: tuple[float, float, float, float]
    size: float = 0.0
    bold: bool = False
    block: Block | None = None
    right: float = 0.0

    @property
    def text(self) -> str:
        """Its signs."""
        return text_of(self.runs)

    @property
    def top(self) -> float:
        """How far down it begins."""
        return self.box[1]

    @property
    def bottom(self) -> float:
        """How far down it ends."""
        return self.box[3]


def with_marks(lines: list[Line]) -> list[Line]:
    """Lines with the bullets and numbers that stand apart, before them, put to them."""
    marks = [line for line in lines if not line.block and _MARK.fullmatch(line.text)]
    found = [line for line in lines if line not in marks]
    for mark in marks:
        beside = [
            index
            for index, line in enumerate(found)
            if not line.block and abs(line.top - mark.top) < BESIDE and 0 <= line.box[0] - mark.box[2] < FAR
        ]
        if beside:
            line = min((found[index] for index in beside), key=lambda one: one.box[0])
            whole = replace(line, runs=joined((*mark.runs, Run(" "), *line.runs)), box=(mark.box[0], *line.box[1:]))
            found[found.index(line)] = whole
        else:
            found.append(mark)
    return found


def in_order(lines: list[Line], edge: float | None = None) -> list[Line]:
    """Lines as they are read: where a part of a page has columns, one column after the other.

    Args:
        lines: of a page, or of a part of it.
        edge: where lines end on the right; as far as any of them reaches where it is not told.
    """
    edge = max((line.box[2] for line in lines), default=0.0) if edge is None else edge
    rows = sorted(lines, key=lambda line: (line.top, line.box[0]))
    strips = _strips(rows)
    start, end, columns = _widest(strips)
    if not columns:
        return [replace(line, right=edge) for line in rows]
    before = [line for strip in strips[:start] for line in strip]
    after = [line for strip in strips[end:] for line in strip]
    left, right, beyond = _trimmed(*columns)
    return [*in_order(before, edge), *in_order(left), *in_order(right, edge), *in_order([*beyond, *after], edge)]


def _strips(rows: list[Line]) -> list[list[Line]]:
    """Lines that stand beside one another, from top to bottom."""
    found: list[list[Line]] = []
    bottom = float("-inf")
    for line in rows:
        if line.top >= bottom - 1:
            found.append([])
        found[-1].append(line)
        bottom = max(bottom, line.bottom)
    return found


Columns = tuple[list[Line], list[Line]]
_SIDE_BY_SIDE = 2
"""Lines of a strip, at least, where there are columns."""


def _widest(strips: list[list[Line]]) -> tuple[int, int, Columns | None]:
    """The part of a page that holds most lines and has columns: its first strip, the one after it, and the columns."""
    best: tuple[int, int, Columns | None] = (0, 0, None)
    most, seen = 0, 0
    for seed, strip in enumerate(strips):
        if seed < seen or len(strip) < _SIDE_BY_SIDE or not _divided(strip):
            continue
        start, end = seed, seed + 1
        while end < len(strips) and _divided([line for one in strips[start : end + 1] for line in one]):
            end += 1
        while start > 0 and _divided([line for one in strips[start - 1 : end] for line in one]):
            start -= 1
        part = [line for one in strips[start:end] for line in one]
        columns, seen = _divided(part), end
        if columns and min(map(len, columns)) > 1 and len(part) > most:
            most, best = len(part), (start, end, columns)
    return best


def _divided(lines: list[Line]) -> Columns | None:
    """The lines left and right of a white space from top to bottom that both reach along."""
    known = sorted(lines, key=lambda line: line.box[0])
    reach = float("-inf")
    for index, line in enumerate(known):
        left, right = known[:index], known[index:]
        if left and line.box[0] - reach >= _WHITE:
            top = max(min(one.top for one in side) for side in (left, right))
            bottom = min(max(one.bottom for one in side) for side in (left, right))
            if bottom > top:
                return left, right
        reach = max(reach, line.box[2])
    return None


def _trimmed(left: list[Line], right: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Columns without what begins with a heading below the end of the shorter one: that is read after both."""
    size = Counter(line.size for line in (*left, *right) if not line.block).most_common(1)
    body = size[0][0] if size else 0.0
    ends = [max(line.bottom for line in side) for side in (left, right)]
    heads = [
        line.top
        for side, end in ((left, ends[1]), (right, ends[0]))
        for line in side
        if line.top >= end - 1 and line.size > body + 1
    ]
    if not heads:
        return left, right, []
    cut = min(heads)
    beyond = [line for line in (*left, *right) if line.top >= cut]
    return [line for line in left if line.top < cut], [line for line in right if line.top < cut], beyond
