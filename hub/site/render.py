"""A page's HTML: a function of the page alone (Jinja's one home, with autoescape always on)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from hub.addresses import href
from hub.i18n import catalogue
from hub.markdown import Links, Text
from hub.nearest import fold
from hub.site.page import Card, Page, RenderedPage, ShownField, ShownPart
from hub.site.policy import POLICY
from hub.site.typography import french_spaces
from hub.site.values import Link, in_language, line, shown, words
from hub.site.words import language_name

STYLE = "assets/bare.css"
"""The style sheet of pages in the bare layout."""
ICON = "assets/hub.svg"
_ADDRESS = "\x00"
"""Stands for an address in HTML that is kept; no text of a hub holds such a sign."""
TEMPLATES = Path(__file__).parent / "templates"


def render(page: Page, *, directory_urls: bool = True) -> RenderedPage:
    """Render the body of a page.

    Args:
        page: what goes into it.
        directory_urls: whether links name folders (`../a/`) or files (`../a/index.html`).

    Returns:
        The HTML that stands in the host's layout, and the headings for its table of contents.
    """
    data: dict[str, Any] = dict(page.data)
    toc: list[tuple[int, str, str]] = []
    text: Text = data.pop("text", Text())
    data["body"] = _body(text, data.pop("links", Links()), data.get("sections", ()), page.lang)
    for section in data["body"]:
        if section["anchor"]:
            toc.append((2, section["anchor"], section["title"]))
        toc += section["below"]
    intro = data.get("intro")
    if intro:
        data["intro"] = Markup(intro["text"].html(intro["links"], lang=page.lang))  # noqa: S704 - the safe renderer's
    placed = {field.name for section in data["body"] for field in section["fields"]}
    data["sections"] = tuple(field for field in data.get("sections", ()) if field.name not in placed)
    toc += [(2, f"f-{field.name}", field.label) for field in data["sections"]]

    def link(target: str) -> str:
        if target.startswith(("https://", "http://")):
            return target
        return href(page.address, target, directory_urls=directory_urls)

    template = environment(page.lang).get_template(page.template)
    html = template.render(page=page, href=link, lang=page.lang, **data)
    return RenderedPage(french_spaces(html) if page.lang == "fr" else html, tuple(toc))


def render_bare(page: Page, name: str, home: str, *, directory_urls: bool = True) -> str:
    """A whole page in the bare layout, in which no host has a part.

    Args:
        page: what goes into it.
        name: of the hub.
        home: the address of its home page.
        directory_urls: as for `render`.
    """
    return (
        environment(page.lang)
        .get_template("bare.html")
        .render(
            page=page,
            lang=page.lang,
            policy=POLICY,
            name=name,
            html=Markup(render(page, directory_urls=directory_urls).html),  # noqa: S704 - rendered with autoescape
            home=href(page.address, home, directory_urls=directory_urls),
            style=href(page.address, STYLE),
            icon=href(page.address, ICON),
        )
    )


def _body(text: Text, links: Links, fields: tuple[ShownField, ...], lang: str) -> list[dict[str, Any]]:
    """The sections of the text, each with the structured fields that belong under its heading."""
    return [
        {
            "anchor": section.anchor,
            "title": section.title,
            "html": Markup(section.html),  # noqa: S704 - the safe renderer's
            "below": section.below,
            "fields": tuple(field for field in fields if section.title and fold(section.title) in field.under),
        }
        for section in text.sections(links, lang=lang)
    ]


class _Environment(Environment):
    """Templates in one language: what they always say is translated once, when they are compiled."""

    def __init__(self, lang: str, **options: Any) -> None:
        super().__init__(**options)
        self._translated = _Translated(lang)

    def _generate(self, source: nodes.Template, *given: Any, **named: Any) -> str:
        return super()._generate(self._translated.visit(source), *given, **named)


class _Translated(NodeTransformer):
    """Puts what is said in a language in the place of calls that translate a message into which no value goes."""

    def __init__(self, lang: str) -> None:
        self._say = catalogue(lang).gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja names it, after the node
        """What stands in the place of a call."""
        made = self.generic_visit(node)
        match made:
            case nodes.Call(node=nodes.Name(name="_" | "gettext"), args=[nodes.Const(value=str(message))], kwargs=[]):
                # New-style gettext: a message is always a format, and may hold marks.
                return nodes.MarkSafe(nodes.Const(self._say(message) % {}), lineno=node.lineno)
        return made


@cache
def environment(lang: str) -> Environment:
    """The templates in a language; an undefined name in one is an error, never an empty space."""
    made = _Environment(
        lang,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(catalogue(lang), newstyle=True)  # type: ignore[attr-defined]  # added by i18n
    made.globals |= {"shown": shown, "line": line, "words": words, "in_language": in_language}
    made.globals["card"] = partial(_card, lang)
    made.filters["grouped"] = _grouped
    made.filters["paragraphs"] = _paragraphs
    made.filters["language"] = partial(language_name, lang=lang)
    return made


def _card(lang: str, one: Card, href: Link, level: int, brief: bool) -> Markup:  # noqa: FBT001 - as templates call it
    before, after = _card_around(lang, one, level, brief=brief)
    return Markup(f"{before}{escape(href(one.address))}{after}")  # noqa: S704 - rendered with autoescape


@lru_cache(maxsize=100_000)
def _card_around(lang: str, one: Card, level: int, *, brief: bool) -> tuple[str, str]:
    """The HTML of a card before and after the address of its link: one entry stands in many lists."""
    macros: Any = environment(lang).get_template("macros.html").module
    before, after = str(macros.card_for(one, _ADDRESS, level, brief)).split(_ADDRESS)
    return before, after


def _grouped(parts: Iterable[ShownPart], name: str) -> list[tuple[str, list[ShownPart]]]:
    """Parts by the words of a field, in the order in which they were written; those without it first, under none."""
    found: dict[str, list[ShownPart]] = {"": []}
    for part in parts:
        found.setdefault(part[name].first.text if name in part else "", []).append(part)
    return [(words, group) for words, group in found.items() if group]


def _paragraphs(text: str) -> list[list[str]]:
    """A text of several lines as it was written: paragraphs between empty lines, each line by line."""
    return [paragraph.splitlines() for paragraph in re.split(r"\n\s*\n", text.strip())]
