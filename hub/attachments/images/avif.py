"""AVIF (ISO/IEC 14496-12 and 23008-12): boxes; metadata are items whose bytes lie anywhere, told by their extents.

Their bytes are written over where they lie, so that no other item moves. The orientation is a property of the picture
itself (`irot`, `imir`), which stays.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hub.attachments.images.damage import Damaged, part

_METADATA = (b"Exif", b"mime", b"uri ")
_NO_EXIF = bytes(4) + b"MM\0*" + struct.pack(">IHI", 8, 0, 0)
"""Exif that tells nothing: programs refuse an image with none where one is announced."""
_LARGE = 1
_NEW_FORM = 2


class _Box(NamedTuple):
    """A box: its name, and where its content begins and ends."""

    name: bytes
    start: int
    end: int


def clean(raw: bytes) -> tuple[bytes, int, int]:
    """The image with nothing in the place of Exif, XMP, and boxes that programs keep for themselves.

    Returns:
        The image, its width and its height.

    Raises:
        Damaged: when it cannot be read.
    """
    try:
        return _clean(raw)
    except struct.error:
        raise Damaged from None


def _clean(raw: bytes) -> tuple[bytes, int, int]:
    top = list(_boxes(raw, 0, len(raw)))
    if not top or top[0].name != b"ftyp":
        raise Damaged
    made = bytearray(raw)
    for box in top:
        if box.name in {b"uuid", b"free", b"skip"}:
            made[box.start : box.end] = bytes(box.end - box.start)
        for one in _boxes(raw, box.start, box.end) if box.name == b"moov" else ():
            if one.name in {b"udta", b"meta", b"uuid"}:  # of a film
                made[one.start - 4 : one.end] = b"free" + bytes(one.end - one.start)
    meta = next((box for box in top if box.name == b"meta"), None)
    if meta is None:
        raise Damaged
    inside = {box.name: box for box in _boxes(raw, meta.start + 4, meta.end)}
    if not {b"iinf", b"iloc", b"iprp"} <= inside.keys():
        raise Damaged
    for item in _items(raw, inside[b"iinf"]):
        for start, end in _extents(raw, inside, item):
            made[start:end] = _NO_EXIF[: end - start].ljust(end - start, b"\0")
    return bytes(made), *_size(raw, inside[b"iprp"])


def _boxes(raw: bytes, start: int, end: int) -> Iterator[_Box]:
    while start < end:
        length, name = struct.unpack_from(">I4s", raw, start)
        head = 8
        if length == _LARGE:
            (length,) = struct.unpack_from(">Q", raw, start + 8)
            head = 16
        length = length or end - start
        if length < head or start + length > end:
            raise Damaged
        yield _Box(name, start + head, start + length)
        start += length


def _items(raw: bytes, iinf: _Box) -> Iterator[int]:
    """The numbers of the items that are metadata."""
    count = 6 if raw[iinf.start] == 0 else 8
    for box in _boxes(raw, iinf.start + count, iinf.end):
        version = raw[box.start]
        if box.name != b"infe" or version < _NEW_FORM:
            raise Damaged
        item, _, sort = struct.unpack_from(">HH4s" if version == _NEW_FORM else ">IH4s", raw, box.start + 4)
        if sort in _METADATA:
            yield item


def _extents(raw: bytes, inside: Mapping[bytes, _Box], wanted: int) -> Iterator[tuple[int, int]]:
    """Where the bytes of an item lie."""
    iloc = inside[b"iloc"]
    version, at = raw[iloc.start], iloc.start + 4
    sizes = int.from_bytes(part(raw, at, 2), "big")
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == _NEW_FORM else 2
    count, at = int.from_bytes(part(raw, at + 2, wide), "big"), at + 2 + wide
    for _ in range(count):
        item, at = int.from_bytes(part(raw, at, wide), "big"), at + wide
        method = 0
        if version:
            method, at = int.from_bytes(part(raw, at, 2), "big") & 15, at + 2
        first = int.from_bytes(part(raw, at + 2, base), "big")
        extents, at = int.from_bytes(part(raw, at + 2 + base, 2), "big"), at + 4 + base
        for _ in range(extents):
            at += index if version else 0
            start = first + int.from_bytes(part(raw, at, offset), "big")
            size = int.from_bytes(part(raw, at + offset, length), "big")
            at += offset + length
            if item == wanted:
                yield _place(inside, method, start, size, len(raw))


def _place(inside: Mapping[bytes, _Box], method: int, start: int, size: int, end: int) -> tuple[int, int]:
    if method == 1 and b"idat" in inside:
        start += inside[b"idat"].start
        end = inside[b"idat"].end
    elif method:
        raise Damaged
    stop = start + size if size else end
    if stop > end:
        raise Damaged
    return start, stop


def _size(raw: bytes, iprp: _Box) -> tuple[int, int]:
    """The size of the largest picture in it."""
    sizes = [(0, 0)]
    for box in _boxes(raw, iprp.start, iprp.end):
        if box.name == b"ipco":
            told = (one for one in _boxes(raw, box.start, box.end) if one.name == b"ispe")
            sizes += [struct.unpack_from(">II", raw, one.start + 4) for one in told]
    wide, high = max(sizes, key=lambda size: size[0] * size[1])
    if not (wide and high):
        raise Damaged
    return wide, high
