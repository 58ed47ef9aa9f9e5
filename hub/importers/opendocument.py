"""OpenDocument text (.odt), as LibreOffice writes it: a ZIP archive of XML that is walked element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hub.documents import packages
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
    words,
)
from hub.errors import HubError
from hub.i18n import N_
from hub.importers import Importer

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, DRAW, STYLE, SVG, META, FO = (
    f"{_ODF}{name}:1.0}}"
    for name in ("office", "text", "table", "drawing", "style", "svg-compatible", "meta", "xsl-fo-compatible")
)
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}"
_STYLES = {"Title": "title", "Subtitle": "subtitle", "Quotations": "quote", "Caption": "caption"}
_INDEXES = frozenset(
    f"{TEXT}{name}" for name in ("table-of-content", "illustration-index", "alphabetical-index", "table-index")
)
_AROUND = frozenset(f"{TEXT}{name}" for name in ("section", "index-body", "index-title", "numbered-paragraph"))
_BOLD = frozenset(("bold", "600", "700", "800", "900"))
_WIDEST = 100
"""Times that an empty cell may be said to repeat: sheets are filled up with thousands."""


def read(data: bytes) -> Document:
    """Read an OpenDocument text.

    Raises:
        HubError: when it cannot be read.
    """
    archive = packages.opened(data)
    manifest = packages.content(archive, "META-INF/manifest.xml") or b""
    content = packages.content(archive, "content.xml")
    if b"encryption-data" in manifest:
        raise HubError(packages.LOCKED)
    if content is None:
        raise HubError(packages.DAMAGED)
    root = packages.xml(content)
    if root.find(f"{OFFICE}body/{OFFICE}text") is None:
        raise HubError(N_("The file is an OpenDocument file, but holds no text document."))
    styles = packages.content(archive, "styles.xml")
    meta = packages.content(archive, "meta.xml")
    return _Reader(archive, root, packages.xml(styles) if styles else None).document(
        packages.xml(meta) if meta else None
    )


class _Reader:
    def __init__(self, archive: Any, root: Any, styles: Any) -> None:
        self.archive, self.root, self.common = archive, root, styles
        self.found = Gathering()
        roots = [one for one in (styles, root) if one is not None]
        self.styles = {one.get(f"{STYLE}name"): one for part in roots for one in part.iter(f"{STYLE}style")}
        self.lists = {one.get(f"{STYLE}name"): one for part in roots for one in part.iter(f"{TEXT}list-style")}

    def document(self, meta: Any) -> Document:
        body = self.root.find(f"{OFFICE}body/{OFFICE}text")
        blocks = list(self.blocks(body))
        if self.common is not None:
            for what in ("header", "footer"):
                for one in self.common.iter(f"{STYLE}{what}", f"{STYLE}{what}-left", f"{STYLE}{what}-first"):
                    for line in words(self.blocks(one)).split("\n"):
                        self.found.leave_out(what, line)
        return self.found.document(blocks, _meta(meta))

    def blocks(self, parent: Any) -> Iterator[Block]:
        for child in _elements(parent):
            name = child.tag
            if name in {f"{TEXT}p", f"{TEXT}h"}:
                yield from self._paragraph(child)
            elif name == f"{TEXT}list":
                yield from self._list(child, 0, "")
            elif name == f"{TABLE}table":
                yield self._table(child)
            elif name in _INDEXES:
                self.found.leave_out("contents", words(self.blocks(child)))
            elif name in _AROUND:
                yield from self.blocks(child)
            elif name.startswith(DRAW):
                after: list[Block] = []
                runs = joined(self._drawn(child, after))
                if runs:
                    yield Paragraph(runs)
                yield from after
            else:
                for deleted in child.iter(f"{TEXT}deletion"):
                    self.found.leave_out("deleted", words(self.blocks(deleted)))

    def _paragraph(self, p: Any) -> Iterator[Block]:
        after: list[Block] = []
        runs = joined(self._runs(p, after, self._look(p, Run())))
        if p.tag == f"{TEXT}h":
            yield Heading(_number(p.get(f"{TEXT}outline-level"), 1), runs)
        else:
            names = {name for style in self._chain(p) for name in (style.get(f"{STYLE}name"),)}
            style = next((_STYLES[name] for name in names if name in _STYLES), "")
            yield Paragraph(runs, style)
        yield from after

    def _list(self, element: Any, level: int, style: str) -> Iterator[Block]:
        style = element.get(f"{TEXT}style-name") or style
        number = 0
        for item in _elements(element):
            if item.tag not in {f"{TEXT}list-item", f"{TEXT}list-header"}:
                continue
            number += 1
            is_first = True
            for child in _elements(item):
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, level + 1, style)
                    continue
                for block in self.blocks(_Holder(child)):
                    if isinstance(block, Paragraph) and is_first:
                        yield Item(block.runs, level, self._is_ordered(style, level), number)
                        is_first = False
                    elif isinstance(block, Paragraph):
                        yield Item(block.runs, level + 1)
                    else:
                        yield block

    def _is_ordered(self, style: str, level: int) -> bool:
        found = self.lists.get(style)
        if found is None:
            return False
        numbered = found.iterchildren(f"{TEXT}list-level-style-number")
        return any(
            _number(one.get(f"{TEXT}level"), 1) == level + 1 and one.get(f"{STYLE}num-format") for one in numbered
        )

    def _table(self, table: Any) -> Block:
        rows: list[tuple[Cell, ...]] = []
        reach: dict[int, tuple[int, tuple[Block, ...]]] = {}
        for tr in table.iter(f"{TABLE}table-row"):
            if _around(tr) is not table:
                continue
            cells: list[Cell] = []
            for tc in tr.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                column = len(cells)
                blocks = tuple(self.blocks(tc))
                left, above = reach.get(column, (0, ()))
                if tc.tag == f"{TABLE}covered-table-cell":
                    cells.append(Cell(blocks, covered=True, above=above if left else ()))
                    if left:
                        reach[column] = (left - 1, above)
                else:
                    cells.append(Cell(blocks))
                    reach[column] = (_number(tc.get(f"{TABLE}number-rows-spanned"), 1) - 1, blocks)
                again = _number(tc.get(f"{TABLE}number-columns-repeated"), 1) - 1
                cells += [cells[-1]] * min(again, _WIDEST)
            rows += [tuple(cells)] * min(
                _number(tr.get(f"{TABLE}number-rows-repeated"), 1), _WIDEST if any(c.blocks for c in cells) else 1
            )
        return Table(tuple(rows))

    # Runs

    def _runs(self, parent: Any, after: list[Block], look: Run) -> Iterator[Run]:
        yield replace(look, text=_collapsed(parent.text))
        for child in parent:
            if isinstance(child.tag, str):
                yield from self._inline(child, after, look)
            yield replace(look, text=_collapsed(child.tail))

    def _inline(self, child: Any, after: list[Block], look: Run) -> Iterator[Run]:
        name = child.tag.removeprefix(TEXT) if child.tag.startswith(TEXT) else child.tag
        if name == "s":
            yield replace(look, text=" " * _number(child.get(f"{TEXT}c"), 1))
        elif name == "tab":
            yield replace(look, text="\t")
        elif name == "line-break":
            yield replace(look, text="\n")
        elif name == "a":
            yield from self._runs(child, after, replace(look, href=child.get(f"{XLINK}href", "")))
        elif name == "note":
            mark = f"n{child.get(f'{TEXT}id', '') or len(self.found.notes)}"
            body = child.find(f"{TEXT}note-body")
            self.found.notes[mark] = tuple(self.blocks(body)) if body is not None else ()
            yield Run(note=mark)
        elif name == f"{OFFICE}annotation":
            who = child.findtext(f"{DC}creator") or ""
            said = words(self.blocks(child))
            self.found.leave_out("comment", f"{who} : {said}" if who else said)
        elif name in {"list", "p", "h"} or name == f"{TABLE}table":
            after += self.blocks(_Holder(child))
        elif name.startswith(DRAW):
            yield from self._drawn(child, after)
        elif name == "ruby" or name.startswith("{") is False:
            yield from self._runs(child, after, self._look(child, look))

    def _drawn(self, element: Any, after: list[Block]) -> Iterator[Run]:
        """Pictures as runs; the texts of frames and shapes after the paragraph that they are fixed to."""
        alt = element.findtext(f"{SVG}desc") or element.findtext(f"{SVG}title") or ""
        images = list(element.iterchildren(f"{DRAW}image"))
        for image in images[:1]:  # the others are the same picture in another format
            href = image.get(f"{XLINK}href", "")
            data = packages.content(self.archive, href.removeprefix("./"))
            if data is None:
                self.found.leave_out("external-picture", f"{alt} {href}".strip() or "?")
            else:
                yield self.found.picture(data, alt)
        for child in _elements(element):
            if child.tag == f"{DRAW}text-box":
                after += self.blocks(child)
            elif child.tag in {f"{DRAW}frame", f"{DRAW}g", f"{DRAW}a"} or child.tag.endswith("shape"):
                yield from self._drawn(child, after)
            elif child.tag in {f"{TEXT}p", f"{TEXT}list"}:
                after += self.blocks(_Holder(child))

    def _chain(self, element: Any) -> Iterator[Any]:
        name, seen = element.get(f"{TEXT}style-name"), 0
        while name in self.styles and seen < len(self.styles):
            yield self.styles[name]
            name, seen = self.styles[name].get(f"{STYLE}parent-style-name"), seen + 1

    def _look(self, element: Any, look: Run) -> Run:
        """How the style of an element makes signs look: of what its styles say, the nearest."""
        chain = [one for one in self._chain(element) if one.get(f"{STYLE}name") not in _STYLES]
        told = [one for style in reversed(chain) for one in style.iterchildren(f"{STYLE}text-properties")]
        for one in told:
            weight, slant = one.get(f"{FO}font-weight"), one.get(f"{FO}font-style")
            line = one.get(f"{STYLE}text-line-through-style")
            shift = (one.get(f"{STYLE}text-position") or "").split(" ")[0]
            is_raised = shift == "super" or (shift[:1].isdigit() and shift != "0%")
            look = replace(
                look,
                bold=weight in _BOLD if weight else look.bold,
                italic=slant in {"italic", "oblique"} if slant else look.italic,
                struck=line != "none" if line else look.struck,
                raised=is_raised if shift else look.raised,
                lowered=(shift == "sub" or shift.startswith("-")) if shift else look.lowered,
            )
        return look


class _Holder:
    """Stands for the parent of one element alone."""

    def __init__(self, element: Any) -> None:
        self._element = element

    def __iter__(self) -> Iterator[Any]:
        yield self._element


def _elements(parent: Any) -> Iterator[Any]:
    return (child for child in parent if isinstance(child.tag, str))


def _around(row: Any) -> Any:
    """The table that a row belongs to, which may stand in groups."""
    found = row.getparent()
    while found is not None and found.tag != f"{TABLE}table":
        found = found.getparent()
    return found


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), 10_000) if text and text.isdigit() else otherwise


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _meta(root: Any) -> Meta:
    if root is None:
        return Meta()
    said = {one.tag: one.text or "" for one in root.iter() if isinstance(one.tag, str)}
    keywords = [one.text.strip() for one in root.iter(f"{META}keyword") if one.text]
    author = said.get(f"{META}initial-creator") or said.get(f"{DC}creator") or ""
    return Meta(
        title=said.get(f"{DC}title", ""),
        authors=(author,) if author else (),
        keywords=tuple(word.strip() for one in keywords for word in re.split(r"[;,]", one) if word.strip()),
        lang=said.get(f"{DC}language", "")[:2].lower(),
        date=(said.get(f"{DC}date") or said.get(f"{META}creation-date") or "")[:10],
    )


IMPORTER = Importer("opendocument", (".odt",), read)
