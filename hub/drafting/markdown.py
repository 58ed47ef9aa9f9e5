"""Blocks as Markdown that cannot be misread: what the hub shows of it are the document's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from urllib.parse import urlsplit

from hub.documents.model import Aside, Block, Cell, Heading, Item, Paragraph, Run, Runs, Table, is_empty, joined
from hub.markdown.parser import is_safe, parse, plain_text

_MARKS = re.compile(r"[\\`*\[\]<]|~(?=~)|(?<=~)~|&(?=#?\w{1,40};)|(?<![^\W_])_|_(?![^\W_])")
_ALL = re.compile(r"[!-/:-@\[-`{-~]")
_LINE = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|[-+](?=[\s-]|$)|[>|=]|[:~](?=\s|$))|(?P<number>\d{1,9})(?P<end>[.)])(?=\s|$)"
)
_BLANKS = re.compile(r"[ \t\f\v\r]+")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|[\ud800-\udfff]"
)
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SHIFTED = re.compile(r"[\d+=()n-]*\d[\d+=()n-]*")
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes blocks as Markdown.

    Attributes:
        pictures: file and alternative text of each picture that has a file.
        notes: the label of each note.
        speaker: what stands above what a speaker says to a slide.
    """

    pictures: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    speaker: str = ""

    def write(self, blocks: Iterable[Block]) -> str:
        """The Markdown of blocks, an empty line between two of them; ends in a line's end unless it is empty."""
        pieces: list[str] = []
        kept = [block for block in blocks if not is_empty(block)]
        for is_list, group in groupby(kept, key=lambda block: isinstance(block, Item)):
            if is_list:
                pieces.append(self._list([one for one in group if isinstance(one, Item)]))
            else:
                pieces += (self._block(one) for one in group)
        return "\n\n".join(filter(None, pieces)) + "\n" if any(pieces) else ""

    def note(self, mark: str, blocks: Sequence[Block]) -> str:
        """The definition of a note."""
        text = self.write(blocks).rstrip("\n") or "…"
        return f"[^{self.notes[mark]}]: " + _indented(text, "    ")

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            text = self.inline(block.runs).replace("\\\n", " ")
            unclosed = re.sub(r"(#+)$", r"\\\1", text)
            return f"{'#' * block.level} {unclosed}" if text else ""
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Aside):
            inside = self.write(block.blocks)
            return _quoted(f"**{self.speaker}**\n\n{inside}" if self.speaker else inside)
        text = self.inline(block.runs)
        return _quoted(text) if text and isinstance(block, Paragraph) and block.style == "quote" else text

    def _table(self, table: Table) -> str:
        wide = max((len(row) for row in table.rows), default=0)
        rows = [[*(self._cell(cell) for cell in row), *[""] * (wide - len(row))] for row in table.rows]
        if not rows or not wide:
            return ""
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], f"|{' --- |' * wide}", *lines[1:]])

    def _cell(self, cell: Cell) -> str:
        pieces = []
        for block in cell.blocks:
            if isinstance(block, (Heading, Paragraph, Item)) and not is_empty(block):
                text = self.inline(block.runs, in_table=True).replace("\\\n", " ")
                pieces.append(f"• {text}" if isinstance(block, Item) else text)
        found = ""
        for piece in pieces:
            found += ("" if not found else " " if found[-1] in ".:;!?,…" else " · ") + piece
        return found

    def _list(self, items: list[Item]) -> str:
        lines: list[str] = []
        open_: list[tuple[int, int, bool, int, str]] = []  # level, offset of the text, is ordered, number, sign
        for item in items:
            while open_ and open_[-1][0] > item.level:
                open_.pop()
            before = open_.pop() if open_ and open_[-1][0] == item.level else None
            sign = "."
            if before and before[2] and item.ordered and item.number <= before[3]:
                sign = ")" if before[4] == "." else "."
            elif before and before[2] and item.ordered:
                sign = before[4]
            mark = f"{item.number}{sign} " if item.ordered else "- "
            indent = open_[-1][1] if open_ else 0
            open_.append((item.level, indent + len(mark), item.ordered, item.number, sign))
            text = self.inline(item.runs)
            if item.ordered and item.number != 1 and before is None and lines:
                lines.append("")  # only a list that begins with 1 may follow a line of text
            lines.append(" " * indent + mark + _indented(text, " " * (indent + len(mark))))
        return "\n".join(lines)

    def inline(self, runs: Runs, *, in_table: bool = False) -> str:
        """Runs as Markdown, tried with the hub's own parser: with looks, without, and last with every sign escaped."""
        plain = _plain(_tidied(runs))
        expected = _said("".join(self._shown(run) for run in plain))
        # What covers a whole block tells nothing apart in it.
        looks = tuple(one for one in ("bold", "italic") if not all(getattr(r, one) for r in plain if r.text.strip()))
        for names, signs in ((looks, _MARKS), ((), _MARKS), ((), _ALL)):
            text = self._compose(plain, names, signs, in_table=in_table)
            if _reads(self._compose(plain, names, signs, in_table=in_table, with_notes=False), expected):
                return text
        return text

    def _shown(self, run: Run) -> str:
        if run.picture is not None:
            return self.pictures.get(run.picture, ("", ""))[1]
        return run.text

    def _compose(
        self, runs: Runs, looks: tuple[str, ...], signs: re.Pattern[str], *, in_table: bool, with_notes: bool = True
    ) -> str:
        pieces: list[str] = []
        for look, group in groupby(
            runs, key=lambda run: (*(getattr(run, one) for one in looks), run.struck and bool(looks))
        ):
            inside = "".join(self._run(run, signs, in_table=in_table, with_notes=with_notes) for run in group)
            named = dict(zip((*looks, "struck"), look, strict=True))
            mark = "**" * named.get("bold", False) + "*" * named.get("italic", False) + "~~" * named["struck"]
            blank = inside.strip(" \n")
            if mark and blank:
                start = inside.index(blank)
                inside = f"{inside[:start]}{mark}{blank}{mark[::-1]}{inside[start + len(blank) :]}"
            pieces.append(inside)
        for index, (one, following) in enumerate(pairwise(pieces)):
            if one.endswith("!") and following.startswith("["):
                pieces[index] = f"{one[:-1]}\\!"
        text = "".join(pieces)
        lines = [line.strip() for line in text.split("\n")]
        return "\\\n".join(_begun(line) for line in lines if line)

    def _run(self, run: Run, signs: re.Pattern[str], *, in_table: bool, with_notes: bool) -> str:
        if run.note:
            return f"[^{self.notes[run.note]}]" if with_notes and run.note in self.notes else ""
        if run.picture is not None:
            if run.picture not in self.pictures:
                return ""
            name, alt = self.pictures[run.picture]
            return f"![{_escaped(alt, signs, in_table=in_table)}]({name})"
        text = _escaped(run.text, signs, in_table=in_table)
        address = _address(run.href)
        if not address or not run.text.strip():
            return text
        inside = text.strip(" \n")
        one_line = inside.replace("\n", " ")
        before, after = text.split(inside, 1)
        return f"{before}[{one_line}]({address}){after}"


def clean(text: str) -> str:
    """A text without signs that nobody sees, its line ends all alike."""
    plain = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    return _INVISIBLE.sub("", plain)


def _tidied(runs: Runs) -> Runs:
    """Runs with single blanks, signs that shift as signs of their own, and nothing invisible."""
    found: list[Run] = []
    for run in runs:
        text = _BLANKS.sub(" ", clean(run.text))
        if run.raised and _SHIFTED.fullmatch(text):
            text = text.translate(_RAISED)
        elif run.lowered and _SHIFTED.fullmatch(text):
            text = text.translate(_LOWERED)
        found.append(replace(run, text=text, raised=False, lowered=False))
    return joined(found)


def _plain(runs: Runs) -> Runs:
    """Runs whose blanks look like what stands before them: a bold blank between plain words is noise."""
    found: list[Run] = []
    for run in runs:
        is_blank = found and run.text and not run.text.strip() and not run.href
        like = replace(run, bold=found[-1].bold, italic=found[-1].italic, struck=found[-1].struck) if is_blank else run
        found.append(like)
    # What follows a note or a picture must not make an address or a definition of it.
    for index in range(1, len(found)):
        if found[index - 1].note and found[index].text[:1] in {"(", ":", "["}:
            found[index] = replace(found[index], text=f"\u2060{found[index].text}")
    return joined(found)


def _escaped(text: str, signs: re.Pattern[str], *, in_table: bool) -> str:
    made = signs.sub(lambda match: f"\\{match[0]}", text.removeprefix("\u2060"))
    if text.startswith("\u2060") and not made.startswith("\\"):
        made = f"\\{made}"
    if in_table and signs is not _ALL:
        made = made.replace("|", "\\|")
    return made


def _begun(line: str) -> str:
    """A line whose first signs begin no list, heading, quote or table."""
    match = _LINE.match(line)
    if not match:
        return line
    if match["mark"]:
        return f"\\{line}"
    return f"{match['number']}\\{line[len(match['number']) :]}"


def _address(href: str) -> str:
    """An address as Markdown writes it, or nothing where it leads nowhere outside."""
    plain = clean(href).strip()
    try:
        parts = urlsplit(plain)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(plain) > _LONGEST_ADDRESS or not is_safe(plain):
        return ""
    return re.sub(r"[\s<>()\[\]\\\"`|{}^]|&(?=#?\w{1,40};)", lambda match: f"%{ord(match[0]):02X}", plain)


def _reads(text: str, expected: str) -> bool:
    """Whether Markdown reads as one paragraph with the words that are expected."""
    if not text:
        return not expected
    tokens, _ = parse(text)
    return [one.type for one in tokens] == _ONE_PARAGRAPH and _said(plain_text(tokens[1])) == expected


def _said(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


_ONE_PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


def _indented(text: str, by: str) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{by}{line}" if line else "" for line in others)])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.rstrip("\n").split("\n"))
