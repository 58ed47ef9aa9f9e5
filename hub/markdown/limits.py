"""How much a text may ask of the engine. Beyond, it is shown as it was written, and a diagnostic says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from hub.guarded import Refused

MOST_CHARACTERS = 300_000
"""Of a text; a book of a hundred pages has fewer."""
MOST_CELLS = 20_000
"""Of all tables of a text; a short row has as many as its table has columns."""
MOST_LEVELS = 40
"""Of blocks inside one another; a list has two, itself and its item."""
MOST_OF_AN_ADDRESS = 2_000
"""Characters of the address of a link; a longer one is none."""
MOST_OF_A_TITLE = 300
"""Characters that are shown of what hovering over an image says."""
_LABEL = 200
"""Signs of a footnote's name."""


def limit(engine: MarkdownIt) -> None:
    """Make an engine refuse what would cost it more than a text is worth."""
    engine.options["maxNesting"] = MOST_LEVELS + 2  # what is deeper would be left out without a word
    rules = engine.block.ruler.__rules__
    table = next(rule for rule in rules if rule.name == "table")
    engine.block.ruler.at("table", _with_few_cells(table.fn), {"alt": table.alt})
    note = next(rule for rule in engine.inline.ruler.__rules__ if rule.name == "footnote_ref")
    engine.inline.ruler.at("footnote_ref", _with_short_label(note.fn))


def check_length(text: str) -> None:
    """Refuse a text that is too long.

    Raises:
        Refused: when it is.
    """
    if len(text) > MOST_CHARACTERS:
        raise Refused("long")


def check_depth(tokens: Sequence[Token]) -> None:
    """Refuse a text whose blocks stand too deep inside one another.

    Raises:
        Refused: when they do.
    """
    if any(token.level > MOST_LEVELS for token in tokens):
        raise Refused("nested")


def _with_few_cells(table: Callable[..., bool]) -> Callable[..., bool]:
    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as the engine calls it
        if not table(state, start, end, True):  # noqa: FBT003 - likewise
            return False
        if not silent:
            last = start + 1
            while last < end and not state.isEmpty(last):
                last += 1
            columns = state.src[state.bMarks[start] : state.eMarks[start]].count("|") + 1
            state.env["cells"] = state.env.get("cells", 0) + columns * (last - start)
            if state.env["cells"] > MOST_CELLS:
                raise Refused("cells")
        return silent or table(state, start, end, silent)

    return limited


def _with_short_label(note: Callable[..., bool]) -> Callable[..., bool]:
    def limited(state: StateInline, silent: bool, **options: Any) -> bool:  # noqa: FBT001 - as the engine calls it
        """The engine's rule reads to the end of the text where a label is never closed."""
        start = state.pos
        if not state.src.startswith("[^", start) or state.src.find("]", start, start + _LABEL) < 0:
            return False
        return note(state, silent, **options)

    return limited
