"""PDF: the author in the document's information and in its XMP packet.

A PDF finds its parts by their offsets, so what is taken out is written over with blanks: the file keeps its length and
all else in it its place. A packed stream is packed again into the room that it had.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from hub.metadata.told import NOTHING, UNREAD, Told

_AUTHOR = re.compile(rb"/Author\s*(?=[(<]|\d)")
_REFERENCE = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+R\b")
_STRING = re.compile(rb"\s*(?=[(<])")
_TEXT = re.compile(rb">([^<]*)<")
_CREATOR_SAID = re.compile(rb"\bdc:creator\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_STREAM = re.compile(rb"stream\r?\n")
_PACKED_SORT = re.compile(rb"/Type\s*/(?:ObjStm|Metadata)\b")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)\b")
_FLATE = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*(?:\])?\s*(?=[/>])")
_MOST_UNPACKED = 128 * 1024 * 1024
"""Of all such streams."""
_MOST_NAMES = 50
_LONGEST_NAME = 4_000
_MOST_STREAMS = 20_000
_DICTIONARY = 1_024
"""Bytes before a stream in which its dictionary is looked for."""


class _Stream(NamedTuple):
    """A packed stream in which people may be named: its place, that of its length, and what it holds."""

    start: int
    end: int
    length: tuple[int, int]
    content: bytes


def knows(raw: bytes) -> bool:
    """Whether the bytes are a PDF."""
    return b"%PDF-" in raw[:1024]


def told(raw: bytes) -> Told:
    """What the document tells."""
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", raw):
        return UNREAD
    found = NOTHING
    try:
        named = [*_names(raw)]
        for stream in _streams(raw):
            names = [*_names(stream.content)]
            named += names
            if names and _packed_again(stream) is None:
                found = found._replace(removable=False)
    except _TooMuch:
        return found | UNREAD
    return found._replace(authors=bool(named))


def without(raw: bytes) -> bytes:
    """The document without it, of the same length; unchanged where a part of it leaves no room."""
    found = told(raw)
    if not found or not found.removable or found.unread:
        return raw
    made = bytearray(raw)
    for start, end in _names(raw):
        made[start:end] = b" " * (end - start)
    for stream in _streams(raw):
        if any(True for _ in _names(stream.content)):
            packed = _packed_again(stream)
            assert packed is not None
            at, last = stream.length
            made[at:last] = str(len(packed)).encode().ljust(last - at)
            room = stream.end - stream.start + len(b"endstream")
            made[stream.start : stream.start + room] = (packed + b"endstream").ljust(room)
    return bytes(made)


class _TooMuch(Exception):
    """A stream is larger than any such stream of a document, or there are too many."""


def _names(data: bytes) -> Iterator[tuple[int, int]]:
    """Where an author's name stands: begin and end of what is to be blank."""
    for number, match in enumerate(_AUTHOR.finditer(data)):
        if number >= _MOST_NAMES:
            raise _TooMuch
        span = _string(data, match.end()) or _referred(data, match.end())
        if span and data[span[0] : span[1]].strip(b" \x00") not in {b"", b"\xfe\xff", b"FEFF", b"feff"}:
            yield span
    at = data.find(b"<dc:creator")
    while at >= 0:
        end = data.find(b"</dc:creator", at)
        if end < 0:
            break
        for text in _TEXT.finditer(data, at, end + 1):
            if text[1].strip():
                yield text.span(1)
        at = data.find(b"<dc:creator", end)
    for match in _CREATOR_SAID.finditer(data):
        group = 1 if match[1] is not None else 2
        if match[group].strip():
            yield match.span(group)


def _string(data: bytes, at: int) -> tuple[int, int] | None:
    """The inside of a string that begins at a place."""
    if data[at : at + 1] == b"<" and data[at + 1 : at + 2] != b"<":
        end = data.find(b">", at)
        return (at + 1, end) if end > 0 else None
    if data[at : at + 1] != b"(":
        return None
    depth, place = 0, at
    while place < min(len(data), at + _LONGEST_NAME):
        sign = data[place]
        if sign == 0x5C:  # noqa: PLR2004 - a backslash
            place += 1
        elif sign == 0x28:  # noqa: PLR2004 - (
            depth += 1
        elif sign == 0x29:  # noqa: PLR2004 - )
            depth -= 1
            if not depth:
                return at + 1, place
        place += 1
    return None


def _referred(data: bytes, at: int) -> tuple[int, int] | None:
    """The inside of the string that is an object of its own."""
    match = _REFERENCE.match(data, at)
    if not match:
        return None
    head = b"%s %s obj" % (match[1], match[2])
    found = data.find(head)
    while found > 0 and data[found - 1 : found].isdigit():
        found = data.find(head, found + 1)
    inside = _STRING.match(data, found + len(head)) if found >= 0 else None
    return _string(data, inside.end()) if inside else None


def _streams(raw: bytes) -> Iterator[_Stream]:
    """The packed streams that hold objects or XMP."""
    room = _MOST_UNPACKED
    for number, match in enumerate(_STREAM.finditer(raw)):
        if number > _MOST_STREAMS:
            raise _TooMuch
        if raw[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        first = max(raw.rfind(b" obj", max(0, match.start() - _DICTIONARY), match.start()), 0)
        dictionary = raw[first : match.start()]
        if not (_PACKED_SORT.search(dictionary) and _FLATE.search(dictionary)):
            continue
        length = _LENGTH.search(dictionary)
        end = raw.find(b"endstream", match.end() + (int(length[1]) if length else 0))
        if end < 0:
            continue
        unpacked = zlib.decompressobj()
        try:
            content = unpacked.decompress(raw[match.end() : end], max(room, 1))
        except zlib.error:
            continue
        room -= len(content)
        if room <= 0:
            raise _TooMuch
        place = (first + length.start(1), first + length.end(1)) if length else (0, 0)
        yield _Stream(match.end(), end, place, content)


def _packed_again(stream: _Stream) -> bytes | None:
    """The stream without names, packed, or None where it finds no room or its length stands elsewhere."""
    content = bytearray(stream.content)
    for start, end in _names(stream.content):
        content[start:end] = b" " * (end - start)
    packed = zlib.compress(bytes(content), 9)
    at, last = stream.length
    if not last or len(packed) >= stream.end - stream.start or len(str(len(packed))) > last - at:
        return None
    return packed
