"""PDF: pdfplumber (over pdfminer.six) finds lines, tables and pictures; of lines, paragraphs must be made."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hub.documents import packages
from hub.documents.lines import FAR, Line, in_order, with_marks
from hub.documents.model import (
    Block,
    Cell,
    Document,
    Gathering,
    Heading,
    Item,
    Meta,
    Paragraph,
    Run,
    Table,
    joined,
    text_of,
)
from hub.errors import HubError
from hub.i18n import N_
from hub.importers import Importer

MOST_PAGES = 300
_EDGE = 0.09
"""Part of a page's height at its head and foot where running titles and page numbers stand."""
_LARGER = 1.12
"""Times the size of the text from which a line is a heading."""
_LONGEST_HEADING = 140
_FEW_PAGES = 5
"""Pages below which a line that stands on two of them, at the same place, is furniture."""
_SAME_SIZE = 0.6
"""Points by which the size of signs may differ within a paragraph."""
_RESOLUTION = 150
_ROOM = 1.3
"""Times its own width that a word needs at the end of a line."""
_BACKGROUND = 0.9
"""Part of a page that a picture behind its text covers."""
_SMALLEST_PICTURE = 40
"""Points of a side below which a picture is a line or a mark."""
_BULLET = re.compile(r"\s*[•●◦▪■□►➢➤✓✔☑❖·‣⁃\uf0b7\uf0a7\uf0d8\uf0fc\uf076\u2013\u2014-]\s+")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:/|sur|of|de)\s*\d{1,4})?", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:\d{1,2}/\d{1,2}/\d{2,4},?(?: à)? \d{1,2}:\d{2}(?: [AP]M)?|(?:file|https?)://\S+)(?:\s+\d+/\d+)?"
)
"""What browsers print at the edges of a page."""
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def read(data: bytes) -> Document:
    """Read a PDF.

    Raises:
        HubError: when it is locked, damaged, or has no text.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells every oddity that it copes with
    if b"%PDF" not in data[:1024]:
        raise HubError(packages.DAMAGED)
    try:
        with pdfplumber.open(io.BytesIO(data), laparams={"all_texts": True}) as opened:
            return _document(opened)
    except HubError:
        raise
    except PdfminerException as error:
        locked = error.args and isinstance(error.args[0], PDFPasswordIncorrect)
        raise HubError(packages.LOCKED if locked else packages.DAMAGED) from error
    except Exception as error:  # pdfminer raises whatever it meets in a damaged file
        if isinstance(error, (MemoryError, ModuleNotFoundError)):
            raise
        raise HubError(packages.DAMAGED) from error


def _document(opened: Any) -> Document:
    found = Gathering()
    pages: list[list[Line]] = []
    heights: list[float] = []
    for number, page in enumerate(opened.pages):
        if number >= MOST_PAGES:
            raise HubError(N_("The file has more than {n} pages. Import the chapter that matters."), n=MOST_PAGES)
        tables = [one for one in page.find_tables() if len(one.rows) > 1 and max(len(r.cells) for r in one.rows) > 1]
        lines = _lines(page, [table.bbox for table in tables])
        if lines or tables:
            lines += [*_tables(tables), *_pictures(page, found)]
        elif page.images:
            found.leave_out("page-without-text", str(number + 1))
        pages.append(with_marks(lines))
        heights.append(float(page.height))
        page.close()
    if not any(pages):
        raise HubError(NO_TEXT)
    kept = [_without_furniture(own, pages, height, found) for own, height in zip(pages, heights, strict=True)]
    blocks = _joined_over_pages(_blocks([in_order(lines) for lines in kept]))
    return found.document(blocks, _meta(opened.metadata or {}))


# Lines


def _lines(page: Any, tables: list[Any]) -> list[Line]:
    """The lines of a page outside its tables."""
    from pdfminer.layout import LTChar, LTTextBox

    height = float(page.height)
    links = [
        ((one["x0"], one["top"], one["x1"], one["bottom"]), one["uri"]) for one in page.hyperlinks if one.get("uri")
    ]

    def runs(line: Any) -> Iterator[Run]:
        last = Run()
        for sign in line:
            if isinstance(sign, LTChar):
                x, y = (sign.x0 + sign.x1) / 2, height - (sign.y0 + sign.y1) / 2
                name = sign.fontname.lower()
                href = next((uri for box, uri in links if _holds(box, x, y)), "")
                is_bold = any(word in name for word in ("bold", "black", "heavy"))
                last = Run("", bold=is_bold, italic="italic" in name or "oblique" in name, href=href)
                yield replace(last, text=sign.get_text().translate(_LIGATURES))
            else:
                yield replace(last, text=sign.get_text().replace("\n", " "))

    found: list[Line] = []
    for box in _inside(page.layout):
        for line in box if isinstance(box, LTTextBox) else ():
            signs = [sign for sign in line if isinstance(sign, LTChar)]
            x, y = (line.x0 + line.x1) / 2, height - (line.y0 + line.y1) / 2
            if not signs or not line.get_text().strip() or any(_holds(table, x, y) for table in tables):
                continue
            sizes = Counter(round(sign.size, 1) for sign in signs if sign.get_text().strip())
            said = joined(runs(line))
            bold = sum(len(run.text.strip()) for run in said if run.bold) * 2 > len(text_of(said).strip())
            place = (line.x0, height - line.y1, line.x1, height - line.y0)
            found.append(Line(said, place, sizes.most_common(1)[0][0], bold))
    return found


def _holds(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _inside(layout: Any) -> Iterator[Any]:
    """The boxes of text of a page, those inside figures too."""
    from pdfminer.layout import LTFigure

    for one in layout or ():
        if isinstance(one, LTFigure):
            yield from _inside(one)
        else:
            yield one


def _without_furniture(own: list[Line], pages: list[list[Line]], height: float, found: Gathering) -> list[Line]:
    """The lines of a page without page numbers and what stands at the same place of several pages."""
    edges = Counter(key for lines in pages for key in {_key(line) for line in lines if _is_at_edge(line, height)})
    least = 2 if len(pages) < _FEW_PAGES else 3
    kept = []
    for line in own:
        text = line.text.strip()
        is_alone = len(pages) == 1 and text.isdigit()
        if not _is_at_edge(line, height):
            kept.append(line)
        elif _PAGE_NUMBER.fullmatch(text) and not is_alone:
            found.leave_out("page-number", line.text)
        elif _PRINTED.fullmatch(text) or edges[_key(line)] >= least:
            found.leave_out("header" if line.top < height / 2 else "footer", line.text)
        else:
            kept.append(line)
    return kept


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", " ".join(line.text.split())), round(line.top / 12)


def _is_at_edge(line: Line, height: float) -> bool:
    return not line.block and (line.bottom < height * _EDGE or line.top > height * (1 - _EDGE))


# Blocks


def _blocks(pages: list[list[Line]]) -> Iterator[list[Block]]:
    """The blocks of each page."""
    everything = [line for lines in pages for line in lines if not line.block]
    sizes: Counter[float] = Counter()
    for line in everything:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    larger = sorted({line.size for line in everything if _is_heading(line, body)}, reverse=True)
    known = {word for line in everything for word in re.findall(r"[\w-]+", line.text.lower())}
    for lines in pages:
        step = _step(lines)
        group: list[Line] = []
        blocks: list[Block] = []
        for line in lines:
            if group and not _goes_on(group, line, body, step):
                blocks.append(_block(group, body, larger, known))
                group = []
            if line.block:
                blocks.append(line.block)
            else:
                group.append(line)
        if group:
            blocks.append(_block(group, body, larger, known))
        yield blocks


def _step(lines: list[Line]) -> float:
    """How far apart the lines of a paragraph are on a page: as most lines are."""
    steps = Counter(round(two.top - one.top) for one, two in pairwise(lines) if 0 < two.top - one.top < FAR)
    return float(steps.most_common(1)[0][0]) if steps else 0.0


def _is_heading(line: Line, body: float) -> bool:
    return line.size >= body * _LARGER and len(line.text) <= _LONGEST_HEADING


def _goes_on(group: list[Line], line: Line, body: float, step: float) -> bool:
    """Whether a line belongs to the paragraph, heading or item before it."""
    last = group[-1]
    if line.block or abs(line.size - last.size) > _SAME_SIZE or _is_heading(line, body) != _is_heading(last, body):
        return False
    if _BULLET.match(line.text) or _NUMBER.match(line.text):
        return False
    if line.bold != last.bold and not _is_mixed(last):
        return False
    near = max(step, (last.bottom - last.top) * 1.2) * 1.2 + 1
    is_below = 0 < line.top - last.top <= near and line.box[0] < last.box[2] and last.box[0] < line.box[2]
    return is_below and (_is_heading(line, body) or not _ends(last, line))


def _ends(last: Line, line: Line) -> bool:
    """Whether a line ends its paragraph: the first word of the next one would have found its place in it."""
    first = line.text.split(maxsplit=1)[0]
    wide = (line.box[2] - line.box[0]) * len(first) / max(1, len(line.text.rstrip()))
    return last.right - last.box[2] > _ROOM * wide + 2 * last.size


def _is_mixed(line: Line) -> bool:
    """Whether bold words begin or end inside a line."""
    return len({run.bold for run in line.runs if run.text.strip()}) > 1


def _block(group: list[Line], body: float, larger: list[float], known: set[str]) -> Block:
    runs = _one(group, known)
    text = text_of(runs)
    if _is_heading(group[0], body) and len(text) <= _LONGEST_HEADING:
        return Heading(min(larger.index(group[0].size) + 1, 6), tuple(replace(run, bold=False) for run in runs))
    bullet, number = _BULLET.match(text), _NUMBER.match(text)
    if bullet:
        return Item(_cut(runs, bullet.end()))
    if number:
        return Item(_cut(runs, number.end()), 0, ordered=True, number=int(number[1]))
    return Paragraph(runs)


def _one(group: list[Line], known: set[str]) -> tuple[Run, ...]:
    """The runs of several lines as one; a word that was divided at a line's end is put together."""
    found: list[Run] = []
    for index, line in enumerate(group):
        runs = [*joined(replace(run, text=re.sub(r"\s+", " ", run.text)) for run in line.runs)]
        if runs:
            runs[0] = replace(runs[0], text=runs[0].text.lstrip())
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
        if index and found and runs:
            found[-1] = replace(found[-1], text=_divided(found[-1].text, runs[0].text, known))
        found += runs
    return joined(found)


def _divided(before: str, after: str, known: set[str]) -> str:
    """What stands before a line's end: with a blank, or without it and the dash of a word that was divided.

    A dash at the end of a line mostly belongs to the word (sous-territoire): it goes only where the document knows the
    word without it, or where it is one that only divides.
    """
    if before.endswith("\xad"):
        return before[:-1]
    if not before.endswith(("-", "\u2010")) or not after[:1].islower():
        return f"{before} "
    first, second = re.search(r"[\w-]*$", before[:-1]), re.match(r"[\w-]*", after)
    whole = f"{first[0] if first else ''}{second[0] if second else ''}".lower()
    return before[:-1] if whole in known else before


def _cut(runs: Iterable[Run], n: int) -> tuple[Run, ...]:
    """Runs without their first signs."""
    found = []
    for run in runs:
        found.append(replace(run, text=run.text[n:]))
        n = max(0, n - len(run.text))
    return joined(found)


def _joined_over_pages(pages: Iterable[list[Block]]) -> list[Block]:
    """The blocks of all pages; a paragraph that a page's end divides is made one."""
    found: list[Block] = []
    for blocks in pages:
        last, first = next(reversed(found), None), next(iter(blocks), None)
        if (
            isinstance(first, Paragraph)
            and isinstance(last, (Paragraph, Item))
            and text_of(last).rstrip()[-1:].isalpha()
            and text_of(first)[:1].islower()
        ):
            found[-1] = replace(last, runs=joined((*last.runs, Run(" "), *first.runs)))
            found += blocks[1:]
        else:
            found += blocks
    return found


# Tables and pictures


def _tables(tables: list[Any]) -> Iterator[Line]:
    for table in tables:
        rows = tuple(
            tuple(
                Cell((Paragraph((Run(" ".join((text or "").split()).translate(_LIGATURES)),)),), covered=text is None)
                for text in row
            )
            for row in table.extract(x_tolerance=2)
        )
        yield Line((), table.bbox, block=Table(rows))


def _pictures(page: Any, found: Gathering) -> Iterator[Line]:
    """The pictures of a page, as they are seen on it."""
    left, top, right, bottom = page.bbox
    for one in page.images:
        box = (max(one["x0"], left), max(one["top"], top), min(one["x1"], right), min(one["bottom"], bottom))
        wide, high = box[2] - box[0], box[3] - box[1]
        is_background = wide * high > _BACKGROUND * float(page.width) * float(page.height)
        if min(wide, high) < _SMALLEST_PICTURE or is_background:
            continue
        made = io.BytesIO()
        page.crop(box).to_image(resolution=_RESOLUTION).original.convert("RGB").save(made, "JPEG", quality=90)
        yield Line((), box, block=Paragraph((found.picture(made.getvalue(), ""),)))


def _meta(told: dict[str, Any]) -> Meta:
    said = {key: value.strip() for key, value in told.items() if isinstance(value, str)}
    day = _DATE.match(said.get("ModDate") or said.get("CreationDate") or "")
    return Meta(
        title=said.get("Title", ""),
        authors=tuple(one.strip() for one in re.split(r"[;,]", said.get("Author", "")) if one.strip()),
        keywords=tuple(one.strip() for one in re.split(r"[;,]", said.get("Keywords", "")) if one.strip()),
        date="-".join(day.groups()) if day else "",
    )


NO_TEXT = N_(
    "There is no text in the file: its pages are pictures, as a scanner or a telephone makes them. Ask for the "
    "document that it was made of, or have its text recognised (OCR) first, and import that file."
)

IMPORTER = Importer("pdf", (".pdf",), read)
