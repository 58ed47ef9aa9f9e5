"""A text that was read: what it holds, and its HTML but for what depends on the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any, NamedTuple, Protocol

from hub.i18n import Label
from hub.markdown.allowed import allowed
from hub.markdown.forms import Forms
from hub.markdown.outline import Outline
from hub.packed import Packed

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


@dataclass(frozen=True)
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

    @cached_property
    def forms(self) -> Forms:
        """The terms, to be looked for."""
        return Forms(self.terms)


class Filling(NamedTuple):
    """What the slots of a text are filled from; `linked` has the addresses of the terms that are linked already."""

    links: Links
    lang: str
    linked: set[str]


class Slot(Protocol):
    """A place in a text whose HTML depends on the page."""

    def html(self, page: Filling) -> str:
        """What stands there."""
        ...


class Said(NamedTuple):
    """Running text, in which terms are linked."""

    content: str

    def html(self, page: Filling) -> str:
        """The text, the first occurrence of each term as a link; forms that mean the same entry count as one."""
        content, terms = self.content, page.links.terms
        made, at = [], 0
        for found in page.links.forms.find(content) if terms else ():
            target = terms[found.form]
            if target.href not in page.linked:
                page.linked.add(target.href)
                said = escape(content[found.start : found.end], quote=False)
                made += [escape(content[at : found.start], quote=False), _anchor(target), said, "</a>"]
                at = found.end
        return "".join(made) + escape(content[at:], quote=False)


class LinkStart(NamedTuple):
    """The beginning of a Markdown link."""

    target: str

    def html(self, page: Filling) -> str:
        """An `<a>`, or nothing that links where the target leads nowhere."""
        target = page.links.links.get(self.target)
        return _anchor(target) if target else "<span>"


class LinkEnd(NamedTuple):
    """The end of a Markdown link."""

    target: str

    def html(self, page: Filling) -> str:
        """What ends it."""
        return "</a>" if self.target in page.links.links else "</span>"


class WikiLink(NamedTuple):
    """A `[[wiki link]]`, with the text that was written for it, if any."""

    target: str
    text: str

    def html(self, page: Filling) -> str:
        """The link, which reads as the entry is called if it has no text of its own."""
        target = page.links.wiki.get(self.target)
        if target is None:
            return escape(self.text or self.target)
        return f"{_anchor(target)}{escape(self.text or target.title or self.target)}</a>"


class Picture(NamedTuple):
    """An image: its source as it was written, its alternative text and its title, both escaped."""

    source: str
    alternative: str
    title: str

    def html(self, page: Filling) -> str:
        """The image; a link to it where it is of another site; its alternative text where it is not to be found."""
        source = page.links.images.get(self.source)
        if source is None:
            elsewhere = page.links.links.get(self.source)
            text = self.alternative
            return f"{_anchor(elsewhere)}{text or escape(elsewhere.href)}</a>" if elsewhere else text
        caption = f' title="{self.title}"' if self.title else ""
        return f'<img src="{escape(source)}" alt="{self.alternative}"{caption} loading="lazy">'


class AlertName(NamedTuple):
    """The name of an alert that was given none of its own."""

    kind: str

    def html(self, page: Filling) -> str:
        """Its name in the page's language."""
        return _ALERTS[self.kind].in_(page.lang)

    @classmethod
    def knows(cls, kind: str) -> bool:
        """Whether there is a name for such alerts."""
        return kind in _ALERTS


def _anchor(target: Href) -> str:
    title = f' title="{escape(target.title)}"' if target.title and target.style == "term" else ""
    style = f' class="hub-{escape(target.style)}"' if target.style else ""
    return f'<a href="{escape(target.href)}"{style}{title}>'


class Cut(NamedTuple):
    """A part of a text, from one heading of the second level to the next.

    Attributes:
        anchor, title: of its heading; empty for what stands before the first.
        pieces: its HTML, heading included, with slots.
        below: headings inside it, as (level, anchor, title).
    """

    anchor: str
    title: str
    pieces: tuple[str | Slot, ...]
    below: tuple[tuple[int, str, str], ...] = ()


class Section(NamedTuple):
    """A part of a page, as `Cut`, its slots filled."""

    anchor: str
    title: str
    html: str
    below: tuple[tuple[int, str, str], ...] = ()


_NO_PARTS: Packed[tuple[Cut, ...]] = Packed(())


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was read.

    Attributes:
        outline: what it holds.
        parts: it, in order, footnotes last.
    """

    outline: Outline = field(default_factory=Outline)
    parts: Packed[tuple[Cut, ...]] = _NO_PARTS

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it is made of, which is quicker than field by field."""
        return Text, (self.outline, self.parts)

    def sections(self, links: Links = Links(), *, lang: str = "fr") -> tuple[Section, ...]:
        """The HTML of the text for one page.

        Args:
            links: where its links lead from there.
            lang: the language in which alerts (`> [!NOTE]`) without a title of their own are named.
        """
        page = Filling(links, lang, set())
        return tuple(Section(cut.anchor, cut.title, _filled(cut.pieces, page), cut.below) for cut in self.parts.value)

    def html(self, links: Links = Links(), *, lang: str = "fr") -> str:
        """The whole text for one page, as `sections`."""
        return "".join(section.html for section in self.sections(links, lang=lang))


def _filled(pieces: tuple[str | Slot, ...], page: Filling) -> str:
    return allowed("".join(piece if isinstance(piece, str) else piece.html(page) for piece in pieces))
