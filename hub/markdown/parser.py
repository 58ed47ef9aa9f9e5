"""The configured Markdown engine (markdown-it-py, CommonMark): what a text may contain is decided here alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from hub.markdown.limits import MOST_OF_AN_ADDRESS, check_depth, check_length, limit

ANCHOR_PREFIX = "s-"
"""Headings have ids in a namespace of their own, so that no text can name an element that a script looks for."""

_WIKI = re.compile(r"\[\[(?P<target>[^\[\]|]{1,200}?)(?:\\?\|(?P<text>[^\[\]|]{1,400}?))?\]\]")
_SCHEME = re.compile(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.\-]*):")
_SCHEMES = {"http", "https", "mailto", "tel"}
_MEANING = re.compile(r"[\n\\`~*_\[\]!<&^]")
"""Signs at which a rule for what stands within a block begins; what has none of them is text."""
_LONG = 20_000
"""Characters from which on a text is not remembered."""
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def configure(renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """An engine of the hub's dialect, with its HTML written by `renderer`; it keeps no state between texts."""
    made = MarkdownIt("commonmark", {"html": False, "alerts": True, "tasklists": True}, renderer_cls=renderer)
    made.enable(["table", "strikethrough"])
    made.use(footnote_plugin).use(deflist_plugin)
    made.inline.ruler.before("link", "wiki_link", _wiki_link)
    made.core.ruler.at("inline", _inline)
    limit(made)
    made.validateLink = is_safe  # type: ignore[method-assign,assignment]  # markdown-it's documented way to filter addresses
    return made


@cache
def _engine() -> MarkdownIt:
    return configure()


def parse(text: str) -> tuple[Sequence[Token], dict[str, Any]]:
    """The text's tokens and the engine's environment (footnotes), for the renderer; both are not to be changed.

    A past version is asked for twice, for its page and for what changed, and so is remembered for a while, unless it
    is so long that this would take much memory.

    Raises:
        Refused: when it asks too much of the engine.
    """
    return _parsed(text) if len(text) > _LONG else _remembered(text)


def _parsed(text: str) -> tuple[Sequence[Token], dict[str, Any]]:
    check_length(text)
    env: dict[str, Any] = {}
    tokens = _engine().parse(text, env)
    check_depth(tokens)
    return tokens, env


_remembered = lru_cache(maxsize=16)(_parsed)


def is_safe(address: str) -> bool:
    r"""Whether an address may stand in a page: relative, or of a scheme that runs nothing.

    >>> is_safe("../projets/pass-sourou.md"), is_safe("java\tscript:alert(1)")
    (True, False)
    """
    if len(address) > MOST_OF_AN_ADDRESS:  # written once, it may be named ten thousand times
        return False
    plain = _INVISIBLE.sub("", unquote(address))  # what resolves links works on the unquoted form
    match = _SCHEME.match(plain)
    return match["scheme"].lower() in _SCHEMES if match else True


def plain_text(token: Token) -> str:
    """What an inline token reads as, without marks."""
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "wiki_link":
            parts.append(child.meta["text"] or child.meta["target"])
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image":
            parts.append(plain_text(child))
    return "".join(parts).strip()


def slug(text: str) -> str:
    """Small letters, digits and dashes: the address form of a heading, a tag or a name.

    >>> slug("Leçons apprises : l’essentiel")
    'lecons-apprises-l-essentiel'
    """
    folded = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    plain = unicodedata.normalize("NFKD", folded)
    ascii_only = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


class Anchors:
    """Gives each heading of one text an id of its own, in the order of the text."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def take(self, text: str) -> str:
        """The id for a heading that reads `text`; the second of the same name ends in `-2`, or the next free one."""
        base = ANCHOR_PREFIX + (slug(text) or "section")
        number = self._used.get(base, 0) + 1
        while (anchor := base if number == 1 else f"{base}-{number}") in self._used:
            number += 1
        self._used[base] = number
        self._used.setdefault(anchor, 1)
        return anchor


def _inline(state: StateCore) -> None:
    """The engine's rule for what stands within blocks, which is only called where there is a sign that may mean it."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MEANING.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


def _wiki_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the engine calls it
    """Inline rule for `[[target]]` and `[[target|text]]`."""
    if not state.src.startswith("[[", state.pos):
        return False
    match = _WIKI.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("wiki_link", "", 0)
        token.meta = {"target": " ".join(match["target"].split()), "text": " ".join((match["text"] or "").split())}
    state.pos = match.end()
    return True
