"""HTML as a tree, with the few questions that the tests ask of a page (the standard library has only events)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNSEEN = frozenset({"script", "style", "template", "head"})


class Element:
    """An element, its attributes and what is inside it."""

    def __init__(self, tag: str, attrs: dict[str, str], parent: Element | None = None) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attrs[name]

    def __iter__(self) -> Iterator[Element]:
        """Everything below, in the order of the text."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attrs.get("class", "").split())

    @property
    def text(self) -> str:
        """The words that readers see, each white space one blank."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                # Inline elements run into their neighbours, all others stand apart.
                inline = child.tag in {
                    "a",
                    "abbr",
                    "b",
                    "cite",
                    "code",
                    "em",
                    "i",
                    "mark",
                    "span",
                    "strong",
                    "sub",
                    "sup",
                }
                yield from child._words() if inline else (" ", *child._words(), " ")

    def find(self, selector: str) -> list[Element]:
        """Elements by `tag`, `.class`, `#id`, `[attr]` or a mix; parts apart by blanks are nested, as in CSS."""
        found = [self]
        for part in selector.split():
            matching = _matcher(part)
            found = list(dict.fromkeys(below for one in found for below in one if matching(below)))
        return found

    def one(self, selector: str) -> Element:
        """The only such element."""
        found = self.find(selector)
        assert len(found) == 1, f"{len(found)} × {selector}"
        return found[0]

    def links(self) -> dict[str, str]:
        """Where the links inside lead, by their words; of several with the same words the first."""
        found: dict[str, str] = {}
        for link in self.find("a"):
            if "href" in link.attrs:
                found.setdefault(link.text, link["href"])
        return found

    def within(self, *tags: str) -> bool:
        """Whether the element stands inside one of those."""
        above = self.parent
        while above is not None:
            if above.tag in tags:
                return True
            above = above.parent
        return False


def _matcher(part: str):
    parsed = re.fullmatch(r"(?P<tag>[\w-]*)(?P<rest>(?:\.[\w-]+|#[\w-]+|\[[\w-]+(?:=[^\]]*)?\])*)", part)
    assert parsed, part
    tag, rest = parsed["tag"], re.findall(r"[.#][\w-]+|\[[^\]]*\]", parsed["rest"])

    def matches(element: Element) -> bool:
        if tag and element.tag != tag:
            return False
        for condition in rest:
            if condition[0] == ".":
                good = condition[1:] in element.classes
            elif condition[0] == "#":
                good = element.attrs.get("id") == condition[1:]
            else:
                name, equals, value = condition[1:-1].partition("=")
                good = name in element.attrs and (not equals or element.attrs[name] == value)
            if not good:
                return False
        return True

    return matches


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.here.tag}>")
            return
        self.here = self.here.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


class Document(Element):
    """A page. `faults` are elements that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__("", {})
        builder = _Builder()
        builder.feed(html)
        builder.close()
        self.html = html
        self.children = builder.root.children
        self.faults = builder.faults
        if builder.here is not builder.root:
            self.faults.append(f"<{builder.here.tag}> is not closed")

    @property
    def main(self) -> Element:
        return self.one("main")

    @property
    def head(self) -> Element:
        return self.one("head")

    @property
    def ids(self) -> list[str]:
        return [element["id"] for element in self if "id" in element.attrs]
