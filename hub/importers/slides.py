"""PowerPoint (.pptx): python-pptx opens the package and finds slides, notes and what belongs to them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from hub.documents import drawing, packages
from hub.documents.drawing import A, C, R, children
from hub.documents.model import (
    Aside,
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
    words,
)
from hub.importers import Importer

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TITLES = {"title", "ctrTitle"}
_FURNITURE = {"dt": "footer", "ftr": "footer", "sldNum": "page-number", "hdr": "header"}
_BODIES = {"body", "obj", ""}
_DEEPEST = 40
_ROW = 450_000
"""Within this height (EMU, half an inch) shapes stand side by side."""


def read(data: bytes) -> Document:
    """Read a slide deck.

    Raises:
        HubError: when it cannot be read.
    """
    import pptx

    packages.opened(data).close()
    with packages.reading():
        return _Reader(pptx.Presentation(io.BytesIO(data))).document()


class _Reader:
    def __init__(self, opened: Any) -> None:
        self.opened, self.found = opened, Gathering()
        self.part: Any = None

    def document(self) -> Document:
        blocks: list[Block] = []
        for number, slide in enumerate(self.opened.slides, 1):
            self.part = slide.part
            if slide.element.get("show", "1") in {"0", "false"}:
                self.found.leave_out("hidden-slide", str(number))
            blocks += self._slide(slide, is_first=number == 1)
            blocks += self._spoken(slide)
            self._comments()
        return self.found.document(blocks, self._meta())

    def _slide(self, slide: Any, *, is_first: bool) -> Iterator[Block]:
        shapes = list(self._shapes(slide.element.find(f"{P}cSld/{P}spTree")))
        titles = [shape for shape in shapes if _placeholder(shape)[0] in _TITLES]
        for shape in titles:
            runs = _one_line(block for block in self._texts(shape, bullets=False))
            if runs:
                yield Paragraph(runs, "title") if is_first else Heading(1, runs)
        others = [shape for shape in shapes if shape not in titles]
        for shape in sorted(others, key=self._place):
            yield from self._shape(shape)

    def _shapes(self, tree: Any, depth: int = 0) -> Iterator[Any]:
        """The shapes of a slide, those inside groups too."""
        for child in children(tree):
            if child.tag == f"{P}grpSp" and depth < _DEEPEST:
                yield from self._shapes(child, depth + 1)
            elif child.tag.startswith(P) and child.tag.removeprefix(P) in {
                "sp",
                "pic",
                "graphicFrame",
                "cxnSp",
                "contentPart",
            }:
                yield child

    def _place(self, shape: Any) -> tuple[int, int]:
        """From top to bottom, then from left to right; a placeholder without a place has that of its layout."""
        off = next(shape.iter(f"{A}off"), None)
        off = next(shape.iter(f"{P}off"), None) if off is None else off
        if off is None:
            name, index = _placeholder(shape)
            for other in self._layout_places():
                if other.get("idx", "0") == index or (name and other.get("type", "") == name):
                    holder = other.getparent().getparent().getparent()
                    off = next(holder.iter(f"{A}off"), None)
                    break
        if off is None:
            return 0, 0
        return int(off.get("y", "0")) // _ROW, int(off.get("x", "0"))

    def _layout_places(self) -> Iterator[Any]:
        layout = next((one for one in self.part.rels.values() if one.reltype.endswith("/slideLayout")), None)
        if layout is not None:
            yield from layout.target_part._element.iter(f"{P}ph")  # noqa: SLF001 - python-pptx's way to the XML

    def _shape(self, shape: Any) -> Iterator[Block]:
        kind, _ = _placeholder(shape)
        if kind in _FURNITURE:
            self.found.leave_out(_FURNITURE[kind], words(self._texts(shape, bullets=False)))
        elif shape.tag == f"{P}graphicFrame":
            yield from self._graphic(shape)
        else:
            is_body = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None and kind in _BODIES
            blocks = list(self._texts(shape, bullets=is_body))
            if kind == "subTitle":
                blocks = [Paragraph(one.runs, "subtitle") if isinstance(one, Paragraph) else one for one in blocks]
            yield from blocks
            yield from self._pictures(shape)

    def _texts(self, shape: Any, *, bullets: bool) -> Iterator[Block]:
        body = shape.find(f"{P}txBody")
        if body is not None:
            yield from drawing.paragraphs(body, self._address, bullets=bullets)

    def _graphic(self, frame: Any) -> Iterator[Block]:
        for element in frame.iter():
            if element.tag == f"{A}tbl":
                yield self._table(element)
            elif element.tag == f"{drawing.DGM}relIds":
                yield from self._related(element.get(f"{R}dm", ""), drawing.diagram)
            elif element.tag == f"{C}chart":
                yield from self._related(element.get(f"{R}id", ""), drawing.chart)
        yield from self._pictures(frame)

    def _table(self, tbl: Any) -> Block:
        rows: list[tuple[Cell, ...]] = []
        above: dict[int, tuple[Block, ...]] = {}
        for tr in tbl.iterchildren(f"{A}tr"):
            cells: list[Cell] = []
            for column, tc in enumerate(tr.iterchildren(f"{A}tc")):
                body = tc.find(f"{A}txBody")
                own = tuple(drawing.paragraphs(body, self._address)) if body is not None else ()
                if tc.get("vMerge") in {"1", "true"} and column in above:
                    cells.append(Cell(own, covered=True, above=above[column]))
                elif tc.get("hMerge") in {"1", "true"}:
                    cells.append(Cell(own, covered=True))
                else:
                    cells.append(Cell(own))
                    if int(tc.get("rowSpan", "1")) > 1:
                        above[column] = own
                    else:
                        above.pop(column, None)
            rows.append(tuple(cells))
        return Table(tuple(rows))

    def _pictures(self, shape: Any) -> Iterator[Block]:
        told = next((one for one in shape.iter(f"{P}cNvPr")), None)
        alt = (told.get("descr") or told.get("title") or "") if told is not None else ""
        for blip in shape.iter(f"{A}blip"):
            related = self.part.rels.get(blip.get(f"{R}embed") or "")
            if related is None or related.is_external:
                self.found.leave_out(
                    "external-picture", f"{alt} {self._address(blip.get(f'{R}link') or '')}".strip() or "?"
                )
            else:
                yield Paragraph((self.found.picture(related.target_part.blob, alt),))

    def _related(self, rid: str, form: Any) -> Iterator[Block]:
        related = self.part.rels.get(rid)
        if related is not None and not related.is_external:
            yield from form(packages.xml(related.target_part.blob))

    def _address(self, rid: str) -> str:
        related = self.part.rels.get(rid)
        return str(related.target_ref) if related is not None and related.is_external else ""

    def _spoken(self, slide: Any) -> Iterator[Block]:
        """What the speaker notes for a slide."""
        if not slide.has_notes_slide:
            return
        notes = slide.notes_slide
        own, self.part = self.part, notes.part
        blocks: list[Block] = []
        for shape in self._shapes(notes.element.find(f"{P}cSld/{P}spTree")):
            kind, _ = _placeholder(shape)
            if kind in _FURNITURE:
                self.found.leave_out(_FURNITURE[kind], words(self._texts(shape, bullets=False)))
            elif kind != "sldImg":
                blocks += self._texts(shape, bullets=False)
        self.part = own
        if blocks:
            yield Aside(tuple(blocks))

    def _comments(self) -> None:
        for related in self.part.rels.values():
            if not related.is_external and related.reltype.endswith("/comments"):
                root = packages.xml(related.target_part.blob)
                for element in root.iter():
                    if isinstance(element.tag, str) and element.tag in {f"{P}text", f"{A}t"}:
                        self.found.leave_out("comment", element.text or "")

    def _meta(self) -> Meta:
        told = self.opened.core_properties
        day = told.modified or told.created
        return Meta(
            title=told.title or "",
            authors=tuple(one.strip() for one in re.split(r"[;,]", told.author or "") if one.strip()),
            keywords=tuple(one.strip() for one in re.split(r"[;,]", told.keywords or "") if one.strip()),
            lang=(told.language or "")[:2].lower(),
            date=day.date().isoformat() if day else "",
        )


def _placeholder(shape: Any) -> tuple[str, str]:
    """The type of a placeholder (empty for text in general; `-` for what is no placeholder), and its index."""
    for way in ("nvSpPr", "nvPicPr", "nvGraphicFramePr"):
        found = shape.find(f"{P}{way}/{P}nvPr/{P}ph")
        if found is not None:
            return found.get("type", ""), found.get("idx", "0")
    return "-", ""


def _one_line(blocks: Iterator[Block]) -> tuple[Run, ...]:
    """A title, which may stand in several paragraphs."""
    runs: list[Run] = []
    for block in blocks:
        if isinstance(block, (Paragraph, Item)) and text_of(block).strip():
            runs += [Run(" "), *block.runs] if runs else block.runs
    return joined(Run(" ".join(run.text.split("\n")), href=run.href) for run in runs)


IMPORTER = Importer("slides", (".pptx",), read)
