"""The HTML of single values, which pages have by the hundred: templates would take several times as long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from hub.site.page import Shown, ShownPart

Link = Callable[[str], str]
"""From an address inside the site, or elsewhere, to what a link of the page says."""


def in_language(code: str, *, link: bool = False) -> Markup:
    """Marks what is in another language than the page, for those who hear it; a link says where it leads besides."""
    if not code:
        return Markup()
    also = f' hreflang="{escape(code)}"' if link else ""
    return Markup(f' lang="{escape(code)}"{also}')  # noqa: S704 - escaped


def words(value: Shown) -> Markup:
    """The words of a value."""
    if not value.lang:
        return escape(value.text)
    return Markup(f"<span{in_language(value.lang)}>{escape(value.text)}</span>")  # noqa: S704 - escaped


def shown(value: Shown | ShownPart, href: Link) -> Markup:
    """A value with where it leads and what is said beside it; a structure as one line."""
    if isinstance(value, ShownPart):
        fields = [line(field.all, href) for field in value.values()]
        first = " – " if len(fields) > 1 else ""
        return Markup(first.join([*fields[:1], ", ".join(fields[1:])]))  # noqa: S704 - escaped
    said = words(value)
    if value.address:
        lang = in_language(value.lang, link=True)
        said = Markup(f'<a href="{escape(href(value.address))}"{lang}>{escape(value.text)}</a>')  # noqa: S704 - escaped
    if value.note:
        return Markup(f'{said} <span class="hub-note">({escape(value.note)})</span>')  # noqa: S704 - escaped
    return said


def line(values: Iterable[Any], href: Link) -> Markup:
    """Values in one line."""
    return Markup(", ".join([shown(value, href) for value in values]))  # noqa: S704 - escaped
