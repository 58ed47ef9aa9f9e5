"""The content of a document, whatever its format: blocks of runs, tables, pictures, notes, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Run:
    """Signs of one appearance; a line's end in the text is a line break.

    Attributes:
        text: the signs.
        bold, italic, struck: how they look.
        raised, lowered: superscript, subscript.
        href: where they lead.
        note: the id of a note that stands here, in the place of a text.
        picture: the number of a picture that stands here, in the place of a text.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    href: str = ""
    note: str = ""
    picture: int | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the highest level."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is `title`, `subtitle`, `quote`, `caption`, or nothing."""

    runs: Runs
    style: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A list's item; levels are counted from 0."""

    runs: Runs
    level: int = 0
    ordered: bool = False
    number: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell.

    Attributes:
        blocks: its own.
        covered: whether a wider cell before it in the row, or a higher one above, reaches into it.
        above: what reaches into it from above.
    """

    blocks: tuple[Block, ...] = ()
    covered: bool = False
    above: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """What the speaker says to a slide and does not show."""

    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Item | Table | Aside


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the document.

    Attributes:
        data: its file; empty where it could not be taken over.
        alt: what it shows, in the document's words.
        suffix: of the file, once it was made fit for a page (`jpg`).
        fault: why it could not be taken over.
    """

    data: bytes
    alt: str = ""
    suffix: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the document that is no part of its text; a report says it.

    Attributes:
        what: a code that `hub.drafting.report` knows (`comment`, `header`).
        text: its words.
    """

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of itself."""

    title: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    lang: str = ""
    date: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Attributes:
        blocks: its text.
        notes: footnotes and endnotes, by their ids.
        pictures: in the order of their first appearance.
        left_out: what is not in the text, by order of appearance.
        meta: what the file says of itself.
        name: of the file.
    """

    blocks: tuple[Block, ...] = ()
    notes: tuple[tuple[str, tuple[Block, ...]], ...] = ()
    pictures: tuple[Picture, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    meta: Meta = Meta()
    name: str = ""


def text_of(found: Block | Runs) -> str:
    """The words of a block, or of runs."""
    if isinstance(found, tuple):
        return "".join(run.text for run in found)
    if isinstance(found, (Heading, Paragraph, Item)):
        return text_of(found.runs)
    if isinstance(found, Aside):
        return words(found.blocks)
    return "\n".join(words(cell.blocks) for row in found.rows for cell in row)


def words(blocks: Iterable[Block]) -> str:
    """The words of blocks, a line for each."""
    return "\n".join(text_of(block) for block in blocks)


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks and those inside them."""
    for block in blocks:
        yield block
        if isinstance(block, Aside):
            yield from every(block.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from every(cell.blocks)


def runs_of(blocks: Iterable[Block]) -> Iterator[Run]:
    """Every run in blocks."""
    for block in every(blocks):
        if isinstance(block, (Heading, Paragraph, Item)):
            yield from block.runs


def joined(runs: Iterable[Run]) -> Runs:
    """Runs of one appearance made one, empty ones left out."""
    found: list[Run] = []
    for run in runs:
        if not run.text and not run.note and run.picture is None:
            continue
        last = found[-1] if found else None
        if last and last.text and run.text and replace(last, text="") == replace(run, text=""):
            found[-1] = replace(last, text=last.text + run.text)
        else:
            found.append(run)
    return tuple(found)


def is_empty(block: Block) -> bool:
    """Whether there is nothing in a block."""
    if isinstance(block, (Heading, Paragraph, Item)):
        return not any(run.text.strip() or run.note or run.picture is not None for run in block.runs)
    inner = (
        block.blocks
        if isinstance(block, Aside)
        else tuple(b for row in block.rows for cell in row for b in cell.blocks)
    )
    return all(is_empty(one) for one in inner)


_ON_EVERY_PAGE = frozenset(("header", "footer", "page-number"))


class Gathering:
    """What a reader gathers beside the blocks: pictures, notes, and what is left out."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.left_out: list[LeftOut] = []
        self.notes: dict[str, tuple[Block, ...]] = {}
        self._known: dict[bytes, int] = {}

    def picture(self, data: bytes, alt: str, fault: str = "") -> Run:
        """The run of a picture; the same file is kept once."""
        number = self._known.get(data) if data else None
        if number is None:
            number = len(self.pictures)
            self.pictures.append(Picture(data, " ".join(alt.split()), fault=fault))
            if data:
                self._known[data] = number
        return Run(picture=number)

    def leave_out(self, what: str, text: str) -> None:
        """Note what is no part of the text; what stands on every page once."""
        said = " ".join(text.split())
        found = LeftOut(what, said)
        if said and not (what in _ON_EVERY_PAGE and found in self.left_out):
            self.left_out.append(found)

    def document(self, blocks: Iterable[Block], meta: Meta) -> Document:
        """The document."""
        kept = tuple(block for block in blocks if not is_empty(block))
        return Document(kept, tuple(self.notes.items()), tuple(self.pictures), tuple(self.left_out), meta)
