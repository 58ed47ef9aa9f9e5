"""Markdown is parsed here, once for each text: what it holds, and its HTML with slots for what pages decide.

Both ways in, `read` and `blocks`, work in a guarded process: a text that stalls the engine is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from hub.guarded import Guarded, Refused
from hub.markdown.blocks import Block, blocks_of
from hub.markdown.limits import MOST_CHARACTERS, MOST_OF_A_TITLE
from hub.markdown.outline import Heading, Outline, Running, outline
from hub.markdown.parser import ANCHOR_PREFIX, configure, parse, plain_text
from hub.markdown.text import AlertName, Cut, LinkEnd, LinkStart, Picture, Said, Slot, Text, WikiLink
from hub.packed import Packed

_MARK = "\x00"
"""Marks a slot while HTML is written; the engine lets no such sign through from a text."""
_NOTE = f"{ANCHOR_PREFIX}-"
_SLOT = re.compile(f"{_MARK}([0-9]+){_MARK}")


def read(text: str) -> Text:
    """Read Markdown.

    Args:
        text: Markdown, without front matter, lines ended by newlines.

    Returns:
        What it holds, and its safe HTML. Headings of the first level become the second: the page's title is the only
        first. Of a text that asks too much of the engine, the text itself, and why (`Outline.refused`).
    """
    try:
        found: Text = _guarded.ask("read", text)
    except Refused as refused:
        shown = _cut(text)
        html = f'<pre><code tabindex="0">{escape(shown)}</code></pre>\n'
        told = Outline(running=Packed(Running(code=((0, shown),))), refused=refused.reason)
        return Text(told, Packed((Cut("", "", (html,)),)))
    return found


def rest() -> None:
    """Give back the memory that reading takes, where many texts were read."""
    _guarded.rest()


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in its order; no word of it is left out. One block where it asks too much."""
    try:
        found: tuple[Block, ...] = _guarded.ask("blocks", text)
    except Refused:
        return (Block("code", _cut(text)),)
    return found


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def _read(text: str) -> Text:
    tokens, env = parse(text)
    found = outline(tokens, text)
    return Text(found, Packed(tuple(_cuts(_with_named_alerts(tokens), found.headings, dict(env)))))


def _cuts(tokens: Sequence[Token], outlined: Sequence[Heading], env: dict[str, Any]) -> Iterator[Cut]:
    state = env["hub"] = _State()
    at = (index for index, token in enumerate(tokens) if token.type == "heading_open")
    headings = {index: (max(2, one.level), one.anchor, one.text) for index, one in zip(at, outlined, strict=True)}
    env["anchors"] = {id(tokens[index]): heading for index, heading in headings.items()}
    cuts = [index for index, (level, _, _) in headings.items() if level == 2]  # noqa: PLR2004 - an h2
    cuts += [index for index, token in enumerate(tokens) if token.type == "footnote_block_open"]
    start = 0
    left = iter([*headings.items(), (len(tokens), (0, "", ""))])
    index, heading = next(left)
    for end in (*cuts, len(tokens)):
        if end > start:
            inside = []
            while index < end:
                inside.append(heading)
                index, heading = next(left)
            own = inside[0] if start in headings else (2, "", "")
            html = _engine().renderer.render(tokens[start:end], _engine().options, env)
            yield Cut(own[1], own[2], tuple(state.pieces(html)), tuple(one for one in inside if one is not own))
        start = end


def _with_named_alerts(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, where alerts that are called by their kind are called so in the page's language."""
    found = list(tokens)
    for index, token in enumerate(tokens):
        if token.type == "alert_open":
            title, kind = tokens[index + 2], token.meta["kind"]
            if AlertName.knows(kind.upper()) and title.content.casefold() == kind.casefold():
                found[index + 2] = title.copy(children=[Token("alert_name", "", 0, content=kind.upper())])
    return found


class _State:
    """What one writing of HTML has met: its slots, and the links and headings that are open."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.open: list[str] = []
        self.in_heading = False

    def slot(self, slot: Slot) -> str:
        self.slots.append(slot)
        return f"{_MARK}{len(self.slots) - 1}{_MARK}"

    def pieces(self, html: str) -> Iterator[str | Slot]:
        for number, piece in enumerate(_SLOT.split(html)):
            if number % 2:
                yield self.slots[int(piece)]
            elif piece:
                yield piece


class _Renderer(RendererHTML):
    """markdown-it's renderer with the hub's links, images, tables and headings."""

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        level, anchor, _ = env["anchors"][id(tokens[idx])]
        env["hub"].in_heading = True
        return f'<h{level} id="{escape(anchor)}">'

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        env["hub"].in_heading = False
        return f"</h{max(2, int(tokens[idx].tag[1]))}>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return '<div class="hub-table" tabindex="0" role="group"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """A cell; the engine writes its alignment as a style, which no page lets through."""
        aligned = str(tokens[idx].attrs.get("style", "")).removeprefix("text-align:")
        return f'<{tokens[idx].tag} class="hub-{aligned}">' if aligned else f"<{tokens[idx].tag}>"

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return self.th_open(tokens, idx, options, env)

    def footnote_ref(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A note's number; ids of notes begin as no heading's does."""
        note, place = _note(tokens[idx])
        ids = f'href="#{_NOTE}{note}" id="{_NOTE}{place}"'
        return f'<sup class="footnote-ref"><a {ids}>[{note}]</a></sup>'

    def footnote_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return f'<li id="{_NOTE}{_note(tokens[idx])[0]}" class="footnote-item">'

    def footnote_anchor(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return f' <a href="#{_NOTE}{_note(tokens[idx])[1]}" class="footnote-backref">\u21a9\ufe0e</a>'

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """Code of several lines, which scrolls in its own box and so must take the keyboard's focus."""
        return f'<pre><code tabindex="0">{escape(tokens[idx].content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return self.fence(tokens, idx, options, env)

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        state.open.append(unquote(str(tokens[idx].attrs["href"])))
        return state.slot(LinkStart(state.open[-1]))

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        return state.slot(LinkEnd(state.open.pop()))

    def wiki_link(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        meta = tokens[idx].meta
        return state.slot(WikiLink(meta["target"], meta["text"]))

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        token = tokens[idx]
        title = escape(str(token.attrs.get("title") or "")[:MOST_OF_A_TITLE])
        return state.slot(Picture(unquote(str(token.attrs["src"])), escape(plain_text(token)), title))

    def alert_name(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        return state.slot(AlertName(tokens[idx].content))

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """Running text; in headings and links, no term is linked."""
        state: _State = env["hub"]
        content = tokens[idx].content
        if state.in_heading or state.open or not content.strip():
            return escape(content, quote=False)
        return state.slot(Said(content))


def _note(token: Token) -> tuple[str, str]:
    """The number of a footnote, and which of its places this is: `3`, and `3-r2` where it is named again."""
    number, again = str(token.meta["id"] + 1), token.meta.get("subId", 0)
    return number, f"{number}-r{again + 1}"


@cache
def _engine() -> MarkdownIt:
    made = configure(_Renderer)
    for name in ("footnote_ref", "footnote_open", "footnote_anchor"):  # the plugin has put its own in their place
        made.renderer.rules[name] = getattr(made.renderer, name)  # type: ignore[attr-defined]  # it is a dictionary
    return made


_guarded = Guarded({"read": _read, "blocks": blocks_of})
