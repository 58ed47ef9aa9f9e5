"""A document's blocks in order: layout undone, bullets of all sorts as lists, headings made by hand as headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from hub.documents.model import (
    Aside,
    Block,
    Cell,
    Document,
    Heading,
    Item,
    LeftOut,
    Paragraph,
    Run,
    Runs,
    Table,
    is_empty,
    joined,
    text_of,
)
from hub.drafting.markdown import clean
from hub.nearest import fold, nearest

_BULLET = re.compile(r"\s*(?:[•●◦▪■□►➢➤✓✔☑❖·‣⁃∙○◆◇\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e8]\s*|[–—-]\s+|[o]\t)")
_TICKS = re.compile(r"[✓✔☑➢➤►❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e8]\s*")
_NUMBERED = re.compile(r"\s*(\d{1,2})\s*[.)\-–]\s*(?=\S)")
_CAMERA = re.compile(
    r"(?:shot (?:on|with) .{1,40}|(?:infinix|tecno|itel|redmi|xiaomi|samsung|galaxy|huawei|oppo|vivo|realme|poco|"
    r"honor|nokia|oneplus|motorola|iphone)\b[\w +.|-]{0,25}|(?:\d+ ?mp )?(?:ai )?(?:dual|triple|quad|penta) camera|"
    r"(?:scanned|numérisé|scanné) (?:with|by|avec|par) .{1,25})",
    re.IGNORECASE,
)
_AT_ENDS = 4
"""Blocks at the beginning and at the end among which a camera's name is one."""
_LONGEST_HEADING = 100
_MOST_WORDS = 14
_LONG = 40
"""Signs from which headings that are nearly the same are the same."""
_LIKE = 95.0
_RUN_IN = 50
"""Signs of words in bold at the beginning of a paragraph that may be its heading."""

IsHeading = Callable[[str], bool]
"""Whether words are one of the headings that a kind of text has."""
_ACRONYM = 3
"""Letters in capitals that are more likely an acronym than a heading."""


def cleaned(document: Document, is_known: IsHeading) -> Document:
    """The document with its blocks in order.

    Args:
        document: as it was read.
        is_known: knows the headings of the kind that the draft will be of.
    """
    blocks = list(_unfolded(document.blocks))
    blocks, left_out = _without_cameras(blocks)
    blocks = [made for block in _listed(blocks) for made in _run_in(block, is_known)]
    blocks = _with_headings(blocks, is_known)
    blocks, repeated = _without_repeated(blocks)
    notes = tuple((mark, tuple(_listed(list(_unfolded(inside))))) for mark, inside in document.notes)
    return replace(
        document,
        blocks=tuple(block for block in blocks if not is_empty(block)),
        notes=notes,
        left_out=(*document.left_out, *left_out, *repeated),
    )


def _unfolded(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with those of tables that only lay them out, in their order."""
    for block in blocks:
        if isinstance(block, Aside):
            yield Aside(tuple(_unfolded(block.blocks)))
        elif not isinstance(block, Table):
            yield block
        elif _is_layout(block):
            for row in block.rows:
                for cell in row:
                    yield from _unfolded(cell.blocks)
        else:
            yield _resolved(block)


def _is_layout(table: Table) -> bool:
    """Whether a table only puts things beside one another: one row or column, or cells that hold what cells cannot."""
    wide = max((sum(not cell.covered for cell in row) for row in table.rows), default=0)
    rows = [row for row in table.rows if any(not is_empty(b) for cell in row for b in cell.blocks)]
    if wide <= 1 or len(rows) <= 1:
        return True
    inside = [block for row in table.rows for cell in row for block in cell.blocks]
    return any(isinstance(block, (Table, Heading, Aside)) for block in inside)


def _resolved(table: Table) -> Table:
    """A table whose cells stand for themselves: what reaches over rows is said in each, empty rows and columns go."""
    rows = [row for row in table.rows if any(not is_empty(b) for cell in row for b in cell.blocks)]
    wide = max(map(len, rows))
    full = [(*row, *[Cell()] * (wide - len(row))) for row in rows]
    kept = [n for n in range(wide) if any(not is_empty(b) for row in full for b in row[n].blocks)]
    return Table(tuple(tuple(_cell(row[n]) for n in kept) for row in full))


def _cell(cell: Cell) -> Cell:
    """A cell with what reaches into it from above."""
    return Cell(tuple(_listed([b for b in (*cell.above, *cell.blocks) if not is_empty(b)])))


# Bullets, numbers, cameras


def _listed(blocks: list[Block]) -> Iterator[Block]:
    """Blocks with the signs that stand for a list's marks made marks; numbers only where they count on."""
    last = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Aside):
            yield Aside(tuple(_listed(list(block.blocks))))
            continue
        if isinstance(block, Item):
            yield replace(block, runs=_without(_TICKS, block.runs))
            continue
        if not isinstance(block, Paragraph) or block.style in {"title", "subtitle"}:
            last = 0
            yield block
            continue
        made = list(_lines_as_items(block))
        text = text_of(block.runs)
        number = _NUMBERED.match(text)
        value = int(number[1]) if number else 0
        following = _NUMBERED.match(text_of(blocks[index + 1])) if index + 1 < len(blocks) else None
        if made:
            yield from made
        elif number and value and (value == last + 1 > 1 or (value == 1 and following and following[1] == "2")):
            yield Item(_cut(block.runs, number.end()), 0, ordered=True, number=value)
            last = value
            continue
        else:
            yield block
        last = 0


def _lines_as_items(block: Paragraph) -> Iterator[Block]:
    """A paragraph that begins with a bullet, each of its lines with a bullet an item; nothing where it does not."""
    if not _BULLET.match(text_of(block.runs)):
        return
    for line in _lines(block.runs):
        match = _BULLET.match(text_of(line))
        yield Item(_cut(line, match.end()) if match else line, 0 if match else 1)


def _lines(runs: Runs) -> Iterator[Runs]:
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for other in others:
            yield joined(line)
            line = [replace(run, text=other, note="", picture=None)]
    if joined(line):
        yield joined(line)


def _without(pattern: re.Pattern[str], runs: Runs) -> Runs:
    match = pattern.match(text_of(runs))
    return _cut(runs, match.end()) if match else runs


def _cut(runs: Runs, n: int) -> Runs:
    """Runs without their first signs."""
    found = []
    for run in runs:
        found.append(replace(run, text=run.text[n:]))
        n = max(0, n - len(run.text))
    return joined(found)


def _without_cameras(blocks: list[Block]) -> tuple[list[Block], list[LeftOut]]:
    """Blocks without what a telephone or a scanning program writes on its pictures, at the ends of the text."""
    ends = {*range(min(_AT_ENDS, len(blocks))), *range(max(0, len(blocks) - _AT_ENDS), len(blocks))}
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    for index, block in enumerate(blocks):
        if index not in ends or isinstance(block, (Table, Aside)):
            kept.append(block)
            continue
        lines = list(_lines(block.runs))
        marks = [line for line in lines if _CAMERA.fullmatch(clean(text_of(line)).strip())]
        left_out += (LeftOut("watermark", text_of(line).strip()) for line in marks)
        rest = [line for line in lines if line not in marks]
        if not marks:
            kept.append(block)
        elif rest:
            kept.append(replace(block, runs=joined(run for line in rest for run in (*line, Run("\n")))))
    return kept, left_out


# Headings


def _run_in(block: Block, is_known: IsHeading) -> Iterator[Block]:
    """A paragraph that begins with its heading (`**Contexte :** …`), as heading and paragraph."""
    if isinstance(block, Paragraph) and not block.style:
        text = text_of(block.runs)
        head, colon, rest = text.partition(":")
        if (
            colon
            and rest.strip()
            and len(head) <= _RUN_IN
            and is_known(head)
            and _is_marked(_first(block.runs, len(head)))
        ):
            yield Heading(2, (Run(head.strip()),))
            yield replace(block, runs=_cut(block.runs, len(head) + 1 + len(rest) - len(rest.lstrip())))
            return
    yield block


def _first(runs: Runs, n: int) -> Runs:
    found: list[Run] = []
    for run in runs:
        found.append(replace(run, text=run.text[:n]))
        n -= len(run.text)
        if n <= 0:
            break
    return joined(found)


def _is_marked(runs: Runs) -> bool:
    """Whether words look unlike a text: bold, or in capitals."""
    text = text_of(runs).strip()
    shown = [run for run in runs if run.text.strip()]
    letters = [sign for sign in text if sign.isalpha()]
    return bool(shown) and (all(run.bold for run in shown) or (len(letters) > _ACRONYM and text.upper() == text))


def _with_headings(blocks: list[Block], is_known: IsHeading) -> list[Block]:
    """Blocks with short paragraphs that stand as headings made headings, one level below those of the document."""
    found: list[Block] = []
    level = 0
    has_headings = any(isinstance(block, Heading) for block in blocks)
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Heading):
            level = block.level
        if isinstance(block, Paragraph) and _is_heading(block, following, is_known):
            known = is_known(text_of(block.runs))
            at = (
                min(level + 1, 6) if has_headings and not known else (level or 1) if has_headings else 1 if known else 2
            )
            found.append(Heading(at, tuple(replace(run, bold=False, italic=False) for run in _one_line(block.runs))))
        else:
            found.append(block)
    if not has_headings and not any(isinstance(block, Heading) and block.level == 1 for block in found):
        return [replace(block, level=1) if isinstance(block, Heading) else block for block in found]
    return found


def _one_line(runs: Runs) -> Runs:
    return tuple(replace(run, text=run.text.replace("\n", " ")) for run in runs)


def _is_heading(block: Paragraph, following: Block | None, is_known: IsHeading) -> bool:
    text = clean(text_of(block.runs)).strip()
    if block.style or not text or any(run.note or run.picture is not None for run in block.runs):
        return False
    if is_known(text):
        return True
    if following is None or len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_WORDS:
        return False
    return _is_marked(block.runs) and text[-1] not in ".;," and any(sign.isalpha() for sign in text)


def _without_repeated(blocks: list[Block]) -> tuple[list[Block], list[LeftOut]]:
    """Blocks without a heading that says again what the one before it at its level said: a slide that goes on."""
    said: dict[int, str] = {}
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    for block in blocks:
        if isinstance(block, Heading):
            text = fold(clean(text_of(block.runs)))
            for deeper in [level for level in said if level > block.level]:
                del said[deeper]
            if _is_same(said.get(block.level, ""), text):
                left_out.append(LeftOut("repeated-title", text_of(block.runs).strip()))
                continue
            said[block.level] = text
        kept.append(block)
    return kept, left_out


def _is_same(one: str, other: str) -> bool:
    """Whether a heading says again what another said, a small word or a blank apart; figures tell headings apart."""
    if one == other or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return one == other
    return min(len(one), len(other)) > _LONG and nearest(one, [other], cutoff=_LIKE) is not None


def levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings from the second level on, none more than one below the one before."""
    known = list(blocks)
    top = min((block.level for block in known if isinstance(block, Heading)), default=1)
    before = 1
    for block in known:
        if isinstance(block, Heading):
            before = min(block.level - top + 2, before + 1, 6)
            yield replace(block, level=before)
        else:
            yield block
