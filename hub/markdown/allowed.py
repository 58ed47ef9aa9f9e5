"""The last pass over a text's finished HTML: what is not on these lists is shown as text, or left out.

The renderer lets nothing else through already. This pass holds whatever writes HTML before it: an extension of the
Markdown engine, a plugin of it that changes with its next version, a slot.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

from hub.markdown.parser import ANCHOR_PREFIX, is_safe

_EVERYWHERE = frozenset(("class", "id"))
_PLAIN = (
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "li", "dl", "dt", "dd", "blockquote", "pre", "section", "hr", "br"),
    *("em", "strong", "s", "sup", "span", "table", "thead", "tbody", "tr", "th", "td"),
)
_ATTRIBUTES: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN, frozenset()),
    "a": frozenset(("href", "title")),
    "code": frozenset(("tabindex",)),
    "div": frozenset(("role", "tabindex")),
    "img": frozenset(("alt", "loading", "src", "title")),
    "input": frozenset(("checked", "disabled", "type")),
    "ol": frozenset(("start",)),
}
"""Elements, and what each may have beside a class and an id."""
_VALUES = {
    "class": re.compile(r"[a-z0-9]+(?:[ _-]+[a-z0-9]+)*"),
    "id": re.compile(f"{re.escape(ANCHOR_PREFIX)}[a-z0-9-]+"),
    "loading": re.compile("lazy"),
    "role": re.compile("group"),
    "start": re.compile("[0-9]{1,9}"),
    "tabindex": re.compile("0"),
    "type": re.compile("checkbox"),
}
_MARKUP = re.compile(r"<(?:[^<>]*>)?")
_ELEMENT = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z]+(?:="[^"<>]*")?)*) ?/?>')
_ATTRIBUTE = re.compile(r' (?P<name>[a-z]+)(?:="(?P<value>[^"<>]*)")?')
_LEAVES_THE_SITE = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.\-]*:|[/\\]{2})")


def allowed(html: str) -> str:
    """HTML with nothing but what is allowed.

    >>> allowed('<p onclick="x()">a<script>b</script></p>')
    '<p>a&lt;script&gt;b&lt;/script&gt;</p>'
    """
    return _MARKUP.sub(_checked, html)


def _checked(match: re.Match[str]) -> str:
    return _element(match[0])


@lru_cache(maxsize=20_000)
def _element(written: str) -> str:
    """A tag as it may stand; as text where the element is none that may."""
    match = _ELEMENT.fullmatch(written)
    if match is None or match["name"] not in _ATTRIBUTES or (match["end"] and match["attributes"]):
        return escape(written, quote=False)
    found = [one for one in _ATTRIBUTE.finditer(match["attributes"]) if not _may_stand(match["name"], one)]
    for one in found:
        written = written.replace(one[0], "", 1)
    return written if match["name"] != "input" or 'type="checkbox"' in written else ""


def _may_stand(element: str, attribute: re.Match[str]) -> bool:
    name, value = attribute["name"], unescape(attribute["value"] or "")
    if name not in _ATTRIBUTES[element] | _EVERYWHERE:
        return False
    if name == "href":
        return is_safe(value) and not value.lstrip().startswith(("//", "\\"))
    if name == "src":
        return not _LEAVES_THE_SITE.match(value)
    return name not in _VALUES or bool(_VALUES[name].fullmatch(value))
