"""How Word’s styles and lists make a paragraph a heading, an item, or text in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)")
_BODY = 9
"""The outline level of what is no heading."""
_DEEPEST = 8


class Styles:
    """The styles and lists of a document.

    Args:
        styles: elements by id.
        numbering: the root of the part that tells how lists are counted, or None.
    """

    def __init__(self, styles: dict[str, Any], numbering: Any) -> None:
        self._styles = styles
        self._forms = _forms(numbering) if numbering is not None else {}

    def name(self, style_id: str) -> str:
        """The name of a style in small letters; English for those that Word brings along, whatever its language."""
        style = self._styles.get(style_id)
        named = style.find(f"{W}name") if style is not None else None
        return str(named.get(f"{W}val", "")).lower() if named is not None else ""

    def of(self, p: Any) -> str:
        """The name of a paragraph's style."""
        named = p.find(f"{W}pPr/{W}pStyle")
        return self.name(named.get(f"{W}val", "")) if named is not None else ""

    def outline(self, p: Any) -> int:
        """The level of a heading, by its style or its own outline level; 0 for what is none."""
        for told in self._chain(p):
            named = told.find(f"{W}name")
            match = _HEADING.fullmatch(str(named.get(f"{W}val", "")).lower()) if named is not None else None
            if match:
                return int(match[1])
            outline = told.find(f"{W}outlineLvl") if named is None else told.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                level = number(outline)
                return level + 1 if level < _BODY else 0
        return 0

    def listed(self, p: Any) -> tuple[str, int]:
        """The list that a paragraph belongs to, and its level there."""
        for told in self._chain(p):
            found = told.find(f"{W}numPr")
            found = told.find(f"{W}pPr/{W}numPr") if found is None else found
            if found is not None:
                which, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
                list_id = which.get(f"{W}val", "0") if which is not None else "0"
                return ("" if list_id == "0" else list_id), min(number(level), _DEEPEST)
        return "", 0

    def is_ordered(self, list_id: str, level: int) -> bool:
        """Whether the items of a list are counted."""
        return self._forms.get(list_id, {}).get(level, "bullet") not in {"bullet", "none"}

    def _chain(self, p: Any) -> Iterator[Any]:
        """The properties of a paragraph, then its style and the styles that this is based on."""
        own = p.find(f"{W}pPr")
        if own is None:
            return
        yield own
        named = own.find(f"{W}pStyle")
        style, seen = self._styles.get(named.get(f"{W}val", "")) if named is not None else None, 0
        while style is not None and seen < len(self._styles):
            yield style
            based, seen = style.find(f"{W}basedOn"), seen + 1
            style = self._styles.get(based.get(f"{W}val", "")) if based is not None else None


def number(element: Any) -> int:
    """The value of an element, as far as a document needs it; 0 where there is none."""
    value = element.get(f"{W}val", "0") if element is not None else "0"
    return min(int(value), 100) if value.isdigit() else 0


def is_on(element: Any, *, otherwise: bool = False) -> bool:
    """Whether a property is switched on."""
    return otherwise if element is None else element.get(f"{W}val", "1") not in {"0", "false", "off", "none"}


def _forms(root: Any) -> dict[str, dict[int, str]]:
    """The form of each level of each list."""
    abstract: dict[str, dict[int, str]] = {}
    for one in root.iter(f"{W}abstractNum"):
        levels = abstract.setdefault(one.get(f"{W}abstractNumId", ""), {})
        for level in one.iter(f"{W}lvl"):
            form = level.find(f"{W}numFmt")
            levels[int(level.get(f"{W}ilvl", "0"))] = form.get(f"{W}val", "") if form is not None else "decimal"
    found = {}
    for one in root.iter(f"{W}num"):
        base = one.find(f"{W}abstractNumId")
        if base is not None:
            found[one.get(f"{W}numId", "")] = abstract.get(base.get(f"{W}val", ""), {})
    return found
