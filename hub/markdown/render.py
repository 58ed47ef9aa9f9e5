"""Markdown to the HTML of a page, in sections, with its table of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from hub.i18n import Label
from hub.markdown.parser import Anchors, configure, parse, plain_text

_ALERTS = {
    "NOTE": Label("Note", "Note"),
    "TIP": Label("Conseil", "Tip"),
    "IMPORTANT": Label("Important", "Important"),
    "WARNING": Label("Attention", "Warning"),
    "CAUTION": Label("Danger", "Caution"),
}


@dataclass(frozen=True, slots=True)
class Href:
    """Where a link of a text leads.

    Attributes:
        href: the address to write.
        title: what hovering says, and the text of a wiki link that has none of its own.
        style: a CSS class (`wanted` for a page that nobody has written yet).
    """

    href: str
    title: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Where everything in one text leads, by what was written there; what is missing here becomes plain text.

    Attributes:
        links: targets of Markdown links.
        wiki: targets of `[[wiki links]]`.
        images: sources of images.
        terms: forms of glossary terms that occur in the text, each linked the first time it occurs.
    """

    links: Mapping[str, Href] = field(default_factory=dict)
    wiki: Mapping[str, Href] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Href] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page, from one heading of the second level to the next.

    Attributes:
        anchor, title: of its heading; empty for what stands before the first.
        html: heading included.
        below: headings inside it, as (level, anchor, title).
    """

    anchor: str
    title: str
    html: str
    below: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered text."""

    sections: tuple[Section, ...]

    @property
    def html(self) -> str:
        """The whole text."""
        return "".join(section.html for section in self.sections)


def render(text: str, links: Links = Links(), *, lang: str = "fr") -> Rendered:
    """Render Markdown to safe HTML.

    Args:
        text: Markdown, without front matter.
        links: where its links lead.
        lang: the language in which alerts (`> [!NOTE]`) without a title of their own are named.

    Returns:
        The sections in order, footnotes last. Headings of the first level become the second: the page's title is
        the only first.
    """
    tokens, env = parse(text)
    _name_alerts(tokens, lang)
    env["hub"] = _State(links)
    renderer, options = _engine().renderer, _engine().options
    sections: list[Section] = []
    headings = _headings(tokens)
    start = 0
    cuts = [index for index, (level, _, _) in headings.items() if level == 2]  # noqa: PLR2004 - an h2
    cuts += [index for index, token in enumerate(tokens) if token.type == "footnote_block_open"]
    for end in (*cuts, len(tokens)):
        if end > start or (not sections and not cuts):
            chunk = tokens[start:end]
            inside = [headings[i] for i in range(start, end) if i in headings]
            own = inside[0] if inside and start in headings else (2, "", "")
            env["anchors"] = {id(tokens[i]): headings[i] for i in range(start, end) if i in headings}
            html = renderer.render(chunk, options, env)
            below = tuple(entry for entry in inside if entry is not own)
            sections.append(Section(own[1], own[2], html, below))
        start = end
    return Rendered(tuple(sections))


def _name_alerts(tokens: Sequence[Token], lang: str) -> None:
    for index, token in enumerate(tokens):
        if token.type == "alert_open":
            title = tokens[index + 2]
            label = _ALERTS.get(token.meta["kind"].upper())
            if label and title.content.casefold() == token.meta["kind"].casefold():
                title.content = label.in_(lang)
                title.children = [Token("text", "", 0, content=title.content)]


def _headings(tokens: Sequence[Token]) -> dict[int, tuple[int, str, str]]:
    anchors = Anchors()
    found = {}
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            said = plain_text(tokens[index + 1])
            level = max(2, int(token.tag[1]))
            found[index] = (level, anchors.take(said), said)
    return found


class _State:
    """What one rendering has already done: terms are linked once."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.terms = forms_pattern(links.terms) if links.terms else None
        self.linked: set[str] = set()
        self.quiet = 0


class _Renderer(RendererHTML):
    """markdown-it's renderer with the hub's links, images, tables and headings."""

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        level, anchor, _ = env["anchors"][id(tokens[idx])]
        env["hub"].quiet += 1
        return f'<h{level} id="{escape(anchor)}">'

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        env["hub"].quiet -= 1
        return f"</h{max(2, int(tokens[idx].tag[1]))}>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return '<div class="hub-table" tabindex="0" role="group"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "</table></div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """Code of several lines, which scrolls in its own box and so must take the keyboard's focus."""
        return f'<pre><code tabindex="0">{escape(tokens[idx].content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return self.fence(tokens, idx, options, env)

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        state.quiet += 1
        target = state.links.links.get(unquote(str(tokens[idx].attrs["href"])))
        return _anchor(target) if target else "<span>"

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        state.quiet -= 1
        opening = next(t for t in reversed(tokens[:idx]) if t.type == "link_open")
        return "</a>" if unquote(str(opening.attrs["href"])) in state.links.links else "</span>"

    def wiki_link(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        meta = tokens[idx].meta
        target = env["hub"].links.wiki.get(meta["target"])
        if target is None:
            return escape(meta["text"] or meta["target"])
        return f"{_anchor(target)}{escape(meta['text'] or target.title or meta['target'])}</a>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        token = tokens[idx]
        source = env["hub"].links.images.get(unquote(str(token.attrs["src"])))
        alternative = escape(plain_text(token))
        if source is None:  # of another site, or not to be found
            elsewhere = env["hub"].links.links.get(unquote(str(token.attrs["src"])))
            return f"{_anchor(elsewhere)}{alternative or escape(elsewhere.href)}</a>" if elsewhere else alternative
        title = token.attrs.get("title")
        caption = f' title="{escape(str(title))}"' if title else ""
        return f'<img src="{escape(source)}" alt="{alternative}"{caption} loading="lazy">'

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        state: _State = env["hub"]
        content = tokens[idx].content
        if state.quiet or state.terms is None:
            return escape(content, quote=False)
        return _with_terms(content, state.terms, state)


def _anchor(target: Href) -> str:
    title = f' title="{escape(target.title)}"' if target.title and target.style == "term" else ""
    style = f' class="hub-{escape(target.style)}"' if target.style else ""
    return f'<a href="{escape(target.href)}"{style}{title}>'


def _with_terms(content: str, pattern: re.Pattern[str], state: _State) -> str:
    """Link the first occurrence of each term; forms that mean the same entry count as one."""
    made, at = [], 0
    terms = state.links.terms
    for match in pattern.finditer(content):
        target = terms.get(match[0]) or terms.get(match[0].casefold())
        if target is None or target.href in state.linked:
            continue
        state.linked.add(target.href)
        made += [
            escape(content[at : match.start()], quote=False),
            _anchor(target),
            escape(match[0], quote=False),
            "</a>",
        ]
        at = match.end()
    return "".join(made) + escape(content[at:], quote=False)


def forms_pattern(forms: Mapping[str, Any]) -> re.Pattern[str]:
    """One pattern for all forms, longest first: acronyms as they are written, other forms in any case."""
    acronyms = [f for f in forms if f.isupper()]
    others = [f for f in forms if not f.isupper()]
    parts = [_either(acronyms), f"(?i:{_either(others)})" if others else ""]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(part for part in parts if part)})(?![\w-])")


def _either(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


@cache
def _engine() -> MarkdownIt:
    return configure(_Renderer)
