"""XML inside documents: where names stand, found with expat, and the bytes without them.

A document type is refused before anything of it is read, so there is no entity to expand or to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, NoReturn
from xml.parsers import expat

MOST_DEPTH = 200
_LONGEST_TAG = 20_000
_ATTRIBUTE = r"(\s{name}\s*=\s*)(\"[^\"]*\"|'[^']*')"


class Refused(Exception):
    """XML that is not well formed, has a document type, or is not UTF-8."""


class Place(NamedTuple):
    """Where a name stands.

    Attributes:
        start, end: in the bytes.
        name: what stands there.
        tag: the element's name without its prefix, and the attribute's after `@`, where it is one.
    """

    start: int
    end: int
    name: str
    tag: str


def places(raw: bytes, elements: frozenset[str], attributes: Mapping[str, frozenset[str]]) -> list[Place]:
    """Where names stand in an XML document.

    Args:
        raw: UTF-8.
        elements: names of elements, with their prefix or without, whose text is a name.
        attributes: by an element's name without its prefix, its attributes that are names, without a prefix.

    Raises:
        Refused: when the XML is not to be read.
    """
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Refused
    reader = _Reader(raw, elements, attributes)
    try:
        reader.parser.Parse(raw, True)  # noqa: FBT003 - as expat calls it
    except expat.ExpatError as error:
        raise Refused from error
    return reader.found


class _Reader:
    """What is found on one way through a document."""

    def __init__(self, raw: bytes, elements: frozenset[str], attributes: Mapping[str, frozenset[str]]) -> None:
        self.raw, self.elements, self.attributes = raw, elements, attributes
        self.found: list[Place] = []
        self.depth = 0
        self.opened: list[_Opened] = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = _refuse
        self.parser.ExternalEntityRefHandler = _refuse
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.text

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise Refused

    def start(self, name: str, values: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Refused
        local, at = name.rpartition(":")[2], self.parser.CurrentByteIndex
        wanted = self.attributes.get(local, ())
        for key, value in values.items() if wanted else ():
            if key.rpartition(":")[2] in wanted and value.strip():
                self.found.append(_attribute(self.raw, at, key, value, local))
        if local in self.elements or name in self.elements:
            self.opened.append(_Opened(local, self.depth, self.raw.find(b">", at) + 1, []))

    def text(self, said: str) -> None:
        if self.opened and self.opened[-1].depth == self.depth:
            self.opened[-1].said.append(said)

    def end(self, name: str) -> None:
        if self.opened and self.opened[-1].depth == self.depth:
            one = self.opened.pop()
            said = "".join(one.said)
            if said.strip():
                self.found.append(Place(one.start, self.parser.CurrentByteIndex, said, one.name))
        self.depth -= 1


class _Opened(NamedTuple):
    """An element whose text is a name, while it is read."""

    name: str
    depth: int
    start: int
    said: list[str]


def _refuse(*_: object) -> NoReturn:
    raise Refused


def renamed(raw: bytes, found: list[Place], name: Callable[[Place], str]) -> bytes:
    """The same bytes with other names at these places; `name` gives back plain letters and digits."""
    parts, at = [], 0
    for place in sorted(found):
        parts += [raw[at : place.start], name(place).encode()]
        at = place.end
    return b"".join([*parts, raw[at:]])


def _attribute(raw: bytes, at: int, key: str, value: str, local: str) -> Place:
    match = re.compile(_ATTRIBUTE.format(name=re.escape(key)).encode()).search(raw, at, at + _LONGEST_TAG)
    if not match:
        raise Refused
    return Place(match.start(2) + 1, match.end(2) - 1, value, f"{local}@{key.rpartition(':')[2]}")
