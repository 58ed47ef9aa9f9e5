"""Word (.docx): python-docx opens the package; its text is walked element by element, so that none is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hub.documents import drawing, packages
from hub.documents.drawing import A, C, M, R, children
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
    words,
)
from hub.documents.word_styles import Styles, W, is_on, number
from hub.importers import Importer

_DGM_IDS = f"{drawing.DGM}relIds"
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures|contents heading")
_STYLES = {"title": "title", "subtitle": "subtitle", "caption": "caption", "quote": "quote", "intense quote": "quote"}
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_INSIDE = frozenset(
    f"{W}{n}" for n in ("smartTag", "customXml", "dir", "bdo", "ins", "moveTo", "fldSimple", "sdtContent")
)
_DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
_DEEPEST = 60
"""Tables and text boxes inside one another, beyond which their words are taken without form."""


def read(data: bytes) -> Document:
    """Read a Word document.

    Raises:
        HubError: when it cannot be read.
    """
    import docx

    packages.opened(data).close()
    with packages.reading():
        return _Reader(docx.Document(io.BytesIO(data))).document()


class _Reader:
    """Reads one document; what it meets beside the text goes into `found`."""

    def __init__(self, opened: Any) -> None:
        self.opened, self.found = opened, Gathering()
        self.part = opened.part
        self.styles = Styles(
            {style.style_id: style.element for style in opened.styles if style.style_id}, self._numbering()
        )
        self.counted: dict[tuple[str, int], int] = {}
        self.fields: list[str | None] = []
        self.depth = 0

    def document(self) -> Document:
        blocks = list(self.blocks(self.opened.element.body))
        for name in ("footnote", "endnote"):
            self._notes(name)
        self._comments()
        self._furniture()
        return self.found.document(blocks, self._meta())

    # Blocks

    def blocks(self, parent: Any) -> Iterator[Block]:
        self.depth += 1
        if self.depth > _DEEPEST:
            yield Paragraph((Run(" ".join(t.text or "" for t in parent.iter(f"{W}t"))),))
        else:
            for child in children(parent):
                if child.tag == f"{W}p":
                    yield from self._paragraph(child)
                elif child.tag == f"{W}tbl":
                    yield self._table(child)
                elif child.tag == f"{W}sdt":
                    yield from self._controlled(child)
                elif child.tag in _DELETED:
                    self._delete(child)
                elif child.tag in _INSIDE:
                    yield from self.blocks(child)
                elif child.tag == f"{W}altChunk":
                    self.found.leave_out("unread", child.get(f"{R}id", "altChunk"))
                elif child.tag == f"{M}oMathPara":
                    yield Paragraph((Run("".join(t.text or "" for t in child.iter(f"{M}t"))),))
        self.depth -= 1

    def _controlled(self, sdt: Any) -> Iterator[Block]:
        """A content control: its text, unless that is a table of contents or tells what to type."""
        inside = sdt.find(f"{W}sdtContent")
        if inside is None:
            return
        what = self._left_out_control(sdt)
        if what:
            self.found.leave_out(what, words(self.blocks(inside)))
        else:
            yield from self.blocks(inside)

    def _left_out_control(self, sdt: Any) -> str:
        told = sdt.find(f"{W}sdtPr")
        if told is None:
            return ""
        gallery = next((one.get(f"{W}val", "") for one in told.iter(f"{W}docPartGallery")), "")
        if gallery == "Table of Contents":
            return "contents"
        return "placeholder" if told.find(f"{W}showingPlcHdr") is not None else ""

    def _paragraph(self, p: Any) -> Iterator[Block]:
        after: list[Block] = []
        runs = joined(self._runs(p, after))
        style = self.styles.of(p)
        if _CONTENTS.fullmatch(style):
            self.found.leave_out("contents", text_of(runs))
        elif any(run.text.strip() or run.note or run.picture is not None for run in runs):
            yield self._as_block(p, runs, style)
        yield from after

    def _as_block(self, p: Any, runs: tuple[Run, ...], style: str) -> Block:
        level = self.styles.outline(p)
        if level:
            return Heading(level, runs)
        list_id, depth = self.styles.listed(p)
        if list_id and style not in _STYLES:
            key, is_ordered = (list_id, depth), self.styles.is_ordered(list_id, depth)
            for other in [one for one in self.counted if one[0] == list_id and one[1] > depth]:
                del self.counted[other]
            self.counted[key] = self.counted.get(key, 0) + 1
            return Item(runs, depth, is_ordered, self.counted[key])
        return Paragraph(runs, _STYLES.get(style, ""))

    def _table(self, tbl: Any) -> Block:
        rows: list[tuple[Cell, ...]] = []
        above: dict[int, tuple[Block, ...]] = {}
        for tr in self._parts(tbl, "tr"):
            if tr.find(f"{W}trPr/{W}del") is not None:
                self._delete(tr)
                continue
            cells: list[Cell] = [Cell()] * number(tr.find(f"{W}trPr/{W}gridBefore"))
            for tc in self._parts(tr, "tc"):
                told = tc.find(f"{W}tcPr")
                column, wide, merge = len(cells), 1, None
                if told is not None:
                    wide = max(1, number(told.find(f"{W}gridSpan")) or 1)
                    merge = told.find(f"{W}vMerge")
                blocks = tuple(self.blocks(tc))
                if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in above:
                    cells.append(Cell(blocks, covered=True, above=above[column]))
                else:
                    if merge is not None:
                        above[column] = blocks
                    else:
                        above.pop(column, None)
                    cells.append(Cell(blocks))
                cells += [Cell(covered=True)] * (min(wide, 100) - 1)
            rows.append(tuple(cells))
        return Table(tuple(rows))

    def _parts(self, parent: Any, name: str) -> Iterator[Any]:
        """Rows or cells, those inside content controls and accepted insertions too."""
        for child in children(parent):
            if child.tag == f"{W}{name}":
                yield child
            elif child.tag == f"{W}sdt":
                inside = child.find(f"{W}sdtContent")
                if inside is not None:
                    yield from self._parts(inside, name)
            elif child.tag in _INSIDE:
                yield from self._parts(child, name)

    # Runs

    def _runs(self, parent: Any, after: list[Block], href: str = "") -> Iterator[Run]:
        for child in children(parent):
            if child.tag == f"{W}r":
                yield from self._run(child, after, href)
            elif child.tag == f"{W}hyperlink":
                yield from self._runs(child, after, self._address(child.get(f"{R}id", "")) or href)
            elif child.tag in _DELETED:
                self._delete(child)
            elif child.tag == f"{W}sdt":
                yield from self._controlled_runs(child, after, href)
            elif child.tag in _INSIDE:
                if child.tag in {f"{W}ins", f"{W}moveTo"}:
                    self.found.leave_out("inserted", "".join(t.text or "" for t in child.iter(f"{W}t")))
                yield from self._runs(child, after, href)
            elif child.tag in {f"{M}oMath", f"{M}oMathPara"}:
                yield Run("".join(t.text or "" for t in child.iter(f"{M}t", f"{W}t")))

    def _controlled_runs(self, sdt: Any, after: list[Block], href: str) -> Iterator[Run]:
        inside = sdt.find(f"{W}sdtContent")
        what = self._left_out_control(sdt)
        if inside is not None and what:
            self.found.leave_out(what, text_of(tuple(self._runs(inside, after))))
        elif inside is not None:
            yield from self._runs(inside, after, href)

    def _run(self, r: Any, after: list[Block], href: str) -> Iterator[Run]:
        look, is_hidden = self._look(r)
        shown = replace(look, href=href or self._field_address())
        for child in children(r):
            name = child.tag.removeprefix(W)
            said = _text(child, name)
            if said is not None and is_hidden:
                self.found.leave_out("hidden", said)
            elif said is not None:
                yield replace(shown, text=said)
            elif name in {"footnoteReference", "endnoteReference"}:
                yield Run(note=f"{name[0]}{child.get(f'{W}id', '')}")
            elif name == "fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif name == "instrText" and self.fields:
                match = _LINK_FIELD.match(child.text or "")
                self.fields[-1] = match[1] if match else self.fields[-1]
            elif name in {"drawing", "pict", "object"}:
                yield from self._drawing(child, after, child)

    def _drawing(self, element: Any, after: list[Block], top: Any) -> Iterator[Run]:
        """Pictures as runs; texts of boxes and shapes after the paragraph that they are fixed to."""
        for child in children(element):
            if child.tag == f"{W}txbxContent":
                after += self.blocks(child)
            elif child.tag == f"{A}blip" or child.tag.endswith("}imagedata"):
                yield from self._picture(child, top)
            elif child.tag == _DGM_IDS:
                after += self._related(child.get(f"{R}dm", ""), drawing.diagram)
            elif child.tag == f"{C}chart":
                after += self._related(child.get(f"{R}id", ""), drawing.chart)
            elif child.find(f"{A}p") is not None:
                after += drawing.paragraphs(child, self._address)
            elif child.tag.endswith("}textpath"):  # WordArt of older versions
                after.append(Paragraph((Run(child.get("string", "")),)))
            else:
                yield from self._drawing(child, after, top)

    def _related(self, rid: str, form: Any) -> Iterator[Block]:
        related = self.part.rels.get(rid)
        if related is not None and not related.is_external:
            yield from form(packages.xml(related.target_part.blob))

    def _picture(self, blip: Any, top: Any) -> Iterator[Run]:
        names = [one for one in top.iter() if isinstance(one.tag, str) and one.tag.endswith("}docPr")]
        alt = next((said for one in names for key in ("descr", "title") if (said := one.get(key))), "")
        alt = alt or next((said for one in top.iter() if (said := one.get("alt"))), "")
        related = self.part.rels.get(blip.get(f"{R}embed") or blip.get(f"{R}id") or "")
        if related is None or related.is_external:
            address = blip.get(f"{R}link") or ""
            self.found.leave_out("external-picture", f"{alt} {self._address(address)}".strip() or "?")
        else:
            yield self.found.picture(related.target_part.blob, alt)

    # Looks, styles, lists

    def _look(self, r: Any) -> tuple[Run, bool]:
        told = r.find(f"{W}rPr")
        if told is None:
            return Run(), False
        style = told.find(f"{W}rStyle")
        name = self.styles.name(style.get(f"{W}val", "")) if style is not None else ""
        align = told.find(f"{W}vertAlign")
        raised = align.get(f"{W}val", "") if align is not None else ""
        return (
            Run(
                bold=is_on(told.find(f"{W}b"), otherwise=name in {"strong", "intense emphasis"}),
                italic=is_on(told.find(f"{W}i"), otherwise=name in {"emphasis", "intense emphasis"}),
                struck=is_on(told.find(f"{W}strike")) or is_on(told.find(f"{W}dstrike")),
                raised=raised == "superscript",
                lowered=raised == "subscript",
            ),
            is_on(told.find(f"{W}vanish")),
        )

    def _numbering(self) -> Any:
        """The part that tells how lists are counted; python-docx answers in two ways that there is none."""
        try:
            return self.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the latter where the document names no such part
            return None

    # Fields, links, what was deleted

    def _field(self, what: str) -> None:
        if what == "begin":
            self.fields.append(None)
        elif what == "end" and self.fields:
            self.fields.pop()

    def _field_address(self) -> str:
        return next((one for one in reversed(self.fields) if one), "")

    def _address(self, rid: str) -> str:
        related = self.part.rels.get(rid)
        return str(related.target_ref) if related is not None and related.is_external else ""

    def _delete(self, element: Any) -> None:
        is_moved = element.tag == f"{W}moveFrom"
        text = "".join(t.text or "" for t in element.iter(f"{W}delText", f"{W}t"))
        if not is_moved:
            self.found.leave_out("deleted", text)

    # Other parts

    def _others(self, ending: str) -> Iterator[Any]:
        main = self.part
        for related in sorted(main.rels.values(), key=lambda one: one.rId):
            if not related.is_external and related.reltype.endswith(ending):
                self.part = related.target_part
                try:
                    yield packages.xml(related.target_part.blob)
                finally:
                    self.part = main

    def _notes(self, name: str) -> None:
        for root in self._others(f"/{name}s"):
            for note in root.iter(f"{W}{name}"):
                if note.get(f"{W}type", "normal") == "normal":
                    self.found.notes[f"{name[0]}{note.get(f'{W}id', '')}"] = tuple(self.blocks(note))

    def _comments(self) -> None:
        for root in self._others("/comments"):
            for comment in root.iter(f"{W}comment"):
                who, text = comment.get(f"{W}author", ""), words(self.blocks(comment))
                self.found.leave_out("comment", f"{who} : {text}" if who else text)

    def _furniture(self) -> None:
        for what in ("header", "footer"):
            for root in self._others(f"/{what}"):
                for line in words(self.blocks(root)).split("\n"):
                    self.found.leave_out(what, line)

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


_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}


def _text(element: Any, name: str) -> str | None:
    """What an element of a run reads as; None for one that is no text."""
    if name == "t":
        return element.text or ""
    if name == "sym":
        return _symbol(element.get(f"{W}char", ""))
    if name == "ruby":
        return " ".join(t.text or "" for t in element.iter(f"{W}t"))
    return _SIGNS.get(name)


def _symbol(code: str) -> str:
    """A sign of a symbol font: its own number is in Unicode's private area, where it has no meaning."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= number <= 0xF0FF else chr(number)  # noqa: PLR2004 - where symbol fonts have their signs


IMPORTER = Importer("word", (".docx",), read)
