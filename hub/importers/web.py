"""Web pages (.html): parsed as browsers do where the markup is broken; nothing of them is fetched (a home of lxml)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

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
    is_empty,
    joined,
    words,
)
from hub.errors import HubError
from hub.i18n import N_
from hub.importers import Importer

_SILENT = frozenset(
    ("script", "style", "template", "head", "title", "meta", "link", "base", "object", "embed", "iframe")
)
_AROUND = frozenset(("nav", "footer", "aside", "menu"))
"""Elements of a page that are no part of its text."""
_ROLES_AROUND = frozenset(("navigation", "contentinfo", "complementary", "banner", "search"))
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hgroup", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("ul", "aside", "legend", "caption", "tbody", "thead", "tfoot", "tr", "td", "th", "search"),
        *("noscript", "option", "optgroup"),
    )
)
_FORMS = frozenset(("input", "select", "button", "textarea"))
_APART = _BLOCKS | _FORMS | {"img", "image", "br"}
_LOOKS: dict[str, Callable[[Run], Run]] = {
    **dict.fromkeys(("b", "strong"), lambda run: replace(run, bold=True)),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), lambda run: replace(run, italic=True)),
    **dict.fromkeys(("s", "strike", "del"), lambda run: replace(run, struck=True)),
    "sup": lambda run: replace(run, raised=True),
    "sub": lambda run: replace(run, lowered=True),
}
_STYLES = {"blockquote": "quote", "figcaption": "caption", "caption": "caption"}
_HEADING = re.compile(r"h([1-6])")
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=-]+)*),", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CELLS = frozenset(("td", "th"))
_ROWS = frozenset(("thead", "tbody", "tfoot", "tr", "colgroup", "col"))
_DEEPEST = 120
_WIDEST = 100
_START = re.compile(r"[0-9]{1,5}")
"""The number of a list's first item; `isdigit` takes signs (²) that are no numbers."""


def read(data: bytes) -> Document:
    """Read a web page.

    Raises:
        HubError: when there is no text in it, or it cannot be read whole.
    """
    from lxml import html

    text = _decoded(data)
    if not text.strip():
        raise HubError(NO_TEXT)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    # Where elements stand too deep in one another, the parser leaves out all that follows, and only says so here.
    if any(one.level_name == "FATAL" for one in parser.error_log):
        raise HubError(TOO_DEEP)
    return _Reader().document(root)


def _decoded(data: bytes) -> str:
    """The page's signs: by its mark, by what it says of itself, as UTF-8, and last as Windows of the West wrote it."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").replace("\x00", "")
    told = _CHARSET.search(data[:4096])
    for name in ("utf-8", told[1].decode("ascii") if told else "", "cp1252"):
        try:
            return data.decode(name).replace("\x00", "") if name else data.decode("utf-8").replace("\x00", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace").replace("\x00", "")


class _Reader:
    def __init__(self) -> None:
        self.found = Gathering()
        self.runs: list[Run] = []
        self.main: Any = None
        self.is_around = False

    def document(self, root: Any) -> Document:
        body = root.find("body")
        mains = list(root.iter("main", "article"))
        tops = [one for one in mains if not any(up in mains for up in one.iterancestors())]
        is_all = len(tops) == 1 and 2 * _length(tops[0]) > _length(body)
        self.main = tops[0] if is_all else None
        blocks = [one for one in self._children(body, Run(), 0) if not is_empty(one)]
        return self.found.document(blocks, _meta(root))

    def _flush(self) -> Iterator[Block]:
        """The paragraph that inline elements have made up to here."""
        runs, self.runs = joined(_squeezed(self.runs)), []
        if runs:
            yield Paragraph(runs)

    def _children(self, element: Any, look: Run, depth: int, level: int = -1) -> Iterator[Block]:
        if depth > _DEEPEST:
            self.runs.append(replace(look, text=" ".join(element.itertext())))
            yield from self._flush()
            return
        self._say(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, look, depth + 1, level)
            self._say(child.tail, look)
        if element.tag in _BLOCKS:
            yield from self._flush()

    def _say(self, text: str | None, look: Run) -> None:
        if text:
            self.runs.append(replace(look, text=re.sub(r"[ \t\r\n\f]+", " ", text)))

    def _element(self, one: Any, look: Run, depth: int, level: int) -> Iterator[Block]:
        if one.tag in _SILENT:
            return
        if one.tag in _BLOCKS:
            yield from self._flush()
        if not self.is_around and self._is_around(one):
            self.is_around = True
            self.found.leave_out("page-furniture", words(self._inside(one, depth)))
            self.is_around = False
        elif one.tag in {"ul", "ol"}:
            yield from self._list(one, depth, level + 1)
        elif one.tag == "table":
            yield from self._table(one, depth)
        elif one.tag == "pre" and not any(child.tag in _APART for child in one.iterdescendants()):
            self.runs.append(Run("".join(one.itertext()).strip("\n")))
            runs, self.runs = joined(self.runs), []
            yield Paragraph(runs)
        elif one.tag in _STYLES or _HEADING.fullmatch(one.tag):
            yield from (_styled(block, one.tag) for block in self._inside(one, depth))
        else:
            yield from self._inline(one, look, depth, level)

    def _inline(self, one: Any, look: Run, depth: int, level: int) -> Iterator[Block]:
        name = one.tag
        if name == "br":
            self.runs.append(replace(look, text="\n"))
        elif name in {"img", "image"}:
            self._picture(one)
        elif name in _FORMS:
            said = [words(self._inside(one, depth)), one.get("value") or "", one.get("placeholder") or ""]
            self.found.leave_out("form", " ".join(said))
            self.runs.append(replace(look, text=" "))  # what stood around it stays apart
        else:
            shown = _LOOKS[name](look) if name in _LOOKS else look
            if name == "a" and one.get("href"):
                shown = replace(shown, href=one.get("href").strip())
            yield from self._children(one, shown, depth, level)

    def _inside(self, one: Any, depth: int) -> list[Block]:
        """The blocks of an element by themselves."""
        kept, self.runs = self.runs, []
        blocks = [*self._children(one, Run(), depth), *self._flush()]
        self.runs = kept
        return blocks

    def _is_around(self, one: Any) -> bool:
        """Whether an element stands around the page's text: a menu, a foot, or what is beside the only article."""
        if one.tag in _AROUND or one.get("role") in _ROLES_AROUND:
            return True
        if one.tag not in _BLOCKS or _holds_title(one):
            return False
        if self.main is None:
            return bool(one.tag == "header" and one.getparent().tag == "body")
        is_apart = self.main not in one.iterdescendants() and self.main not in one.iterancestors()
        return one is not self.main and is_apart

    def _list(self, one: Any, depth: int, level: int) -> Iterator[Block]:
        number = 0
        is_ordered = one.tag == "ol"
        start = one.get("start", "1")
        first = int(start) if _START.fullmatch(start) else 1
        self._say(one.text, Run())
        yield from self._flush()
        for child in one:
            if isinstance(child.tag, str):
                if child.tag != "li":
                    yield from self._element(child, Run(), depth + 1, level)
                    yield from self._flush()
                else:
                    is_first = True
                    for block in self._item(child, depth + 1, level):
                        if isinstance(block, Paragraph) and is_first:
                            yield Item(block.runs, level, is_ordered, first + number)
                            is_first = False
                        elif isinstance(block, Paragraph):
                            yield Item(block.runs, level + 1)
                        else:
                            yield block
                    number += 1
            self._say(child.tail, Run())
            yield from self._flush()

    def _item(self, one: Any, depth: int, level: int) -> Iterator[Block]:
        yield from self._children(one, Run(), depth, level)
        yield from self._flush()

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        rows: list[tuple[Cell, ...]] = []
        reach: dict[int, tuple[int, Cell]] = {}
        yield from self._strays(table, depth)
        for tr in table.iter("tr"):
            if next(tr.iterancestors("table")) is not table:
                continue
            cells: list[Cell] = []
            for td in tr.iterchildren("td", "th"):
                self._fill(cells, reach)
                blocks = tuple(self._inside(td, depth + 1))
                wide, high = _span(td.get("colspan")), _span(td.get("rowspan"))
                if high > 1:
                    reach |= {
                        len(cells) + n: (high - 1, Cell(covered=True, above=() if n else blocks)) for n in range(wide)
                    }
                cells.append(Cell(blocks))
                cells += [Cell(covered=True)] * (wide - 1)
            self._fill(cells, reach)
            rows.append(tuple(cells))
        if rows:
            yield Table(tuple(rows))

    @staticmethod
    def _fill(cells: list[Cell], reach: dict[int, tuple[int, Cell]]) -> None:
        """Put what reaches down from rows above into its columns."""
        while len(cells) in reach:
            column = len(cells)
            left, above = reach[column]
            cells.append(above)
            if left > 1:
                reach[column] = (left - 1, above)
            else:
                del reach[column]

    def _strays(self, table: Any, depth: int) -> Iterator[Block]:
        """What stands in a table and in none of its cells: its caption, and what broken markup left there."""
        for element in (table, *table.iterdescendants("thead", "tbody", "tfoot", "tr", "colgroup")):
            own = element if element is table else next(element.iterancestors("table"))
            if own is not table:
                continue
            self._say(element.text, Run())
            for child in element:
                parts = _CELLS if element.tag == "tr" else _ROWS
                if isinstance(child.tag, str) and child.tag not in parts:
                    yield from self._element(child, Run(), depth + 1, -1)
                self._say(child.tail, Run())
            yield from self._flush()

    def _picture(self, one: Any) -> None:
        alt, src = one.get("alt") or one.get("title") or "", (one.get("src") or "").strip()
        match = _DATA.match(src)
        if match:
            raw = unquote_to_bytes(src[match.end() :])
            try:
                data = base64.b64decode(raw) if "base64" in match[1].lower() else raw
            except (binascii.Error, ValueError):
                data = b""
            self.runs.append(self.found.picture(data, alt, "" if data else "unreadable"))
        else:
            self.found.leave_out("external-picture", f"{alt} {src}".strip() or "?")
            self.runs.append(Run(" "))


def _styled(block: Block, name: str) -> Block:
    """A block inside an element that says what it is."""
    heading = _HEADING.fullmatch(name)
    if heading and isinstance(block, (Paragraph, Item)):
        return Heading(int(heading[1]), block.runs)
    return Paragraph(block.runs, _STYLES[name]) if isinstance(block, Paragraph) else block


def _holds_title(element: Any) -> bool:
    return element.tag == "h1" or element.find(".//h1") is not None


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _squeezed(runs: list[Run]) -> Iterator[Run]:
    """Runs without the blanks that a browser does not show: several in a row, and those at a line's ends."""
    ends_blank = True
    kept = [*runs]
    for index, run in enumerate(kept):
        if run.picture is not None:
            yield run
            ends_blank = False
            continue
        text = run.text.lstrip(" ") if ends_blank else run.text
        following = kept[index + 1].text if index + 1 < len(kept) else "\n"
        if following.startswith("\n") and (index + 1 == len(kept) or kept[index + 1].picture is None):
            text = text.rstrip(" ")
        if text:
            ends_blank = text.endswith((" ", "\n"))
            yield replace(run, text=text)


def _span(text: str | None) -> int:
    return max(1, min(int(text), _WIDEST)) if text and text.isdigit() else 1


def _meta(root: Any) -> Meta:
    said = {
        (one.get("name") or one.get("property") or "").lower(): (one.get("content") or "").strip()
        for one in root.iter("meta")
        if one.get("content")
    }
    authors = [
        one.get("content").strip()
        for one in root.iter("meta")
        if (one.get("name") or "").lower() in {"author", "citation_author", "dc.creator"} and one.get("content")
    ]
    day = said.get("article:published_time") or said.get("citation_publication_date") or said.get("dc.date") or ""
    if not day:
        day = next((one.get("datetime") or "" for one in root.iter("time")), "")
    match = re.match(r"\d{4}-\d{2}-\d{2}", day.replace("/", "-"))
    title = root.find(".//head/title")
    return Meta(
        title=said.get("citation_title")
        or said.get("og:title")
        or " ".join((title.text or "").split() if title is not None else ()),
        authors=tuple(authors),
        keywords=tuple(word.strip() for word in re.split(r"[;,]", said.get("keywords", "")) if word.strip()),
        summary=said.get("description", ""),
        lang=(root.get("lang") or "")[:2].lower(),
        date=match[0] if match else "",
        published=match[0] if match else "",
    )


NO_TEXT = N_("There is no text in the file.")
TOO_DEEP = N_("The page’s elements stand too deep in one another to be read. Copy its text into a Word document.")

IMPORTER = Importer("web", (".html", ".htm", ".xhtml"), read)
