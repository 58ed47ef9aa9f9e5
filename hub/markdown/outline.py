"""What a text holds and on which line: headings, links, images, wiki links, raw HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it.token import Token

from hub.markdown.parser import Anchors, plain_text
from hub.packed import Packed

_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--")


class Heading(NamedTuple):
    """A heading: its level (1 to 6), text, id and line."""

    level: int
    text: str
    anchor: str
    line: int

    def __reduce__(self) -> tuple[type[Heading], tuple[int, str, str, int]]:
        return Heading, (self.level, self.text, self.anchor, self.line)


class Link(NamedTuple):
    """Something in a text that leads elsewhere.

    Attributes:
        target: as it was written, percent-encoding undone.
        text: what is shown; for an image its alternative text.
        line, column: counted from 1 in the text.
        href: the address as the engine writes it, percent-encoding kept.
    """

    target: str
    text: str
    line: int
    column: int
    href: str = ""


class Running(NamedTuple):
    """The words of a text.

    Attributes:
        blocks: each paragraph, cell or heading without marks, after the number of headings up to it, itself included.
        code: each block of code, after the number of headings up to it.
    """

    blocks: tuple[tuple[int, str], ...] = ()
    code: tuple[tuple[int, str], ...] = ()


_NO_WORDS = Packed(Running())


@dataclass(frozen=True, slots=True)
class Outline:
    """What a text holds; lines are counted from 1 in the text, not in its file.

    Attributes:
        headings, links, images, wiki_links, raw_html: in the order of the text.
        running: its words.
        refused: why the text was not read as Markdown, in one word; empty where it was.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    wiki_links: tuple[Link, ...] = ()
    raw_html: tuple[Link, ...] = ()
    running: Packed[Running] = _NO_WORDS
    refused: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it is made of, which is quicker than field by field."""
        leads = self.headings, self.links, self.images, self.wiki_links, self.raw_html
        return Outline, (*leads, self.running, self.refused)

    @property
    def words(self) -> str:
        """The text without marks."""
        return "\n".join(text for _, text in self.running.value.blocks)


def outline(tokens: Sequence[Token], text: str) -> Outline:
    """Say what a Markdown text holds.

    Args:
        tokens: of the text, as `parse` gives them.
        text: Markdown, without front matter, lines ended by newlines.
    """
    lines = text.split("\n")
    anchors = Anchors()
    headings: list[Heading] = []
    found: dict[str, list[Link]] = {"link": [], "image": [], "wiki": [], "html": []}
    blocks: list[tuple[int, str]] = []
    code: list[tuple[int, str]] = []
    level, opened = 0, 0
    for token in tokens:
        if token.type == "heading_open":
            level, opened = int(token.tag[1]), token.map[0] if token.map else 0
        elif token.type in {"fence", "code_block"}:
            code.append((len(headings), token.content))
        elif token.type == "inline":
            if level:
                said = plain_text(token)
                headings.append(Heading(level, said, anchors.take(said), opened + 1))
                level = 0
            blocks.append((len(headings), plain_text(token)))
            first, last = token.map or (0, len(lines))
            cursor = _Cursor(lines, first, max(last, first + 1))
            for name, target, shown, needle, href in _leads(token):
                line, column = cursor.find(needle)
                found[name].append(Link(target, shown, line + 1, column + 1, href))
    return Outline(
        tuple(headings),
        tuple(found["link"]),
        tuple(found["image"]),
        tuple(found["wiki"]),
        tuple(found["html"]),
        Packed(Running(tuple(blocks), tuple(code))),
    )


def _leads(inline: Token) -> Iterator[tuple[str, str, str, str, str]]:
    """Of one inline token: what sort of thing, its target, its text, what to look for in the source, its address."""
    children = inline.children or []
    for index, child in enumerate(children):
        if child.type == "link_open":
            raw = str(child.attrs["href"])
            href = unquote(raw)
            inside = Token("inline", "", 0)
            inside.children = []
            for other in children[index + 1 :]:
                if other.type == "link_close":
                    break
                inside.children.append(other)
            yield "link", href, plain_text(inside), href, raw
        elif child.type == "image":
            raw = str(child.attrs["src"])
            yield "image", unquote(raw), plain_text(child), unquote(raw), raw
        elif child.type == "wiki_link":
            target = child.meta["target"]
            yield "wiki", target, child.meta["text"] or target, f"[[{target}", ""
        elif child.type == "text":
            for match in _HTML.finditer(child.content):
                yield "html", match[0], match[0], match[0], ""


class _Cursor:
    """Finds needles in the lines of one block, each after the one before."""

    def __init__(self, lines: list[str], first: int, last: int) -> None:
        self._lines, self._line, self._column, self._last = lines, first, 0, min(last, len(lines))
        self._first = first

    def find(self, needle: str) -> tuple[int, int]:
        line, column = self._line, self._column
        while line < self._last:
            at = self._lines[line].find(needle, column)
            if at >= 0:
                self._line, self._column = line, at + len(needle)
                return line, at
            line, column = line + 1, 0
        return self._first, 0
