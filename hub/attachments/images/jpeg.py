"""JPEG (ITU-T T.81): a row of segments, and between them the picture's data, in which a marker cannot occur."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from hub.attachments.images import exif
from hub.attachments.images.damage import Damaged, part

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _EXIF, _COMMENT = 0xDA, 0xD9, 0xE1, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_MARKER = re.compile(rb"\xff+[^\xff\x00\xd0-\xd7]", re.DOTALL)
_KEPT = ((0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_ADOBE = 12
"""Bytes that Adobe's segment says something in."""
_RESERVED = frozenset((*range(0x02, 0xC0), 0xC8, *range(0xF0, 0xFE)))
"""Markers that no picture needs: anything may stand behind them."""
"""Applications' segments without which colours are others."""
_JFIF = 14
"""Bytes of a JFIF segment before its thumbnail."""


def clean(raw: bytes) -> tuple[bytes, int, int]:
    """The image without Exif but the orientation, XMP, IPTC, thumbnails, comments, and what follows its end.

    Returns:
        The image, its width and its height.

    Raises:
        Damaged: when it cannot be read.
    """
    kept, turned, size = [b"\xff\xd8"], 1, (0, 0)
    for marker, body, picture in _segments(raw):
        if marker == _EXIF and body[:6] == b"Exif\0\0":
            turned = exif.orientation(body[6:])
        elif marker in _FRAMES:
            size = struct.unpack(">HH", part(body, 1, 4))
        wanted = _kept(marker, body)
        if wanted is not None:
            kept += [_segment(marker, wanted), picture]
    if not all(size):
        raise Damaged
    if turned != 1:
        first = 1 + 2 * (kept[1][:2] == b"\xff\xe0")  # JFIF comes first
        kept.insert(first, _segment(_EXIF, b"Exif\0\0" + exif.saying(turned)))
    return b"".join((*kept, b"\xff\xd9")), size[1], size[0]


def _segments(raw: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The segments up to the end: marker, content, and what of the picture follows."""
    if raw[:2] != b"\xff\xd8":
        raise Damaged
    marker, at = _marker(raw, 2)
    while marker != _END:
        (length,) = struct.unpack(">H", part(raw, at, 2))
        body = part(raw, at + 2, length - 2)
        at += length
        start = at
        if marker == _SCAN:
            found = _MARKER.search(raw, at)
            if found is None:
                raise Damaged
            at = found.start()
        yield marker, body, raw[start:at]
        marker, at = _marker(raw, at)


def _kept(marker: int, body: bytes) -> bytes | None:
    """A segment as it is published, or None for one that is not."""
    if marker == _APPLICATIONS[0]:
        return body[: _JFIF - 2] + b"\0\0" if body[:5] == b"JFIF\0" and len(body) >= _JFIF else None
    if marker in _APPLICATIONS:
        kept = any(marker == one and body.startswith(start) for one, start in _KEPT)
        return (body[:_ADOBE] if marker == _KEPT[1][0] else body) if kept else None
    return None if marker == _COMMENT or marker in _RESERVED else body


def _marker(raw: bytes, at: int) -> tuple[int, int]:
    """The marker at a place, and where what follows it begins."""
    if part(raw, at, 1) != b"\xff":
        raise Damaged
    while part(raw, at, 1) == b"\xff":
        at += 1
    if raw[at] == 0:
        raise Damaged
    return raw[at], at + 1


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
