"""WebP (RFC 9649): RIFF chunks; flags in the first one say which others there are."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from hub.attachments.images import exif
from hub.attachments.images.damage import Damaged, part

_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_OF_A_FRAME = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_EXIF, _XMP = 0x08, 0x04
_EXTENDED = 10
"""Bytes of the head of an extended file."""
_FRAME = 16
"""Bytes of a frame before its chunks."""


def clean(raw: bytes) -> tuple[bytes, int, int]:
    """The image without Exif but the orientation, XMP, chunks that nobody knows, and what follows its end.

    Returns:
        The image, its width and its height.

    Raises:
        Damaged: when it cannot be read.
    """
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        raise Damaged
    (length,) = struct.unpack("<I", part(raw, 4, 4))
    chunks = list(_chunks(part(raw, 12, length - 4)))
    turned = next((exif.orientation(_tiff(body)) for name, body in chunks if name == b"EXIF"), 1)
    size, kept = (0, 0), []
    for name, body in chunks:
        if name not in _KEPT:
            continue
        size = size if all(size) else _size(name, body)
        if name == b"VP8X":
            flags = body[0] & ~(_EXIF | _XMP) | (_EXIF if turned != 1 else 0)
            kept.append(_chunk(name, bytes((flags,)) + part(body, 1, _EXTENDED - 1)))
        elif name == b"ANMF":
            inside = (_chunk(*one) for one in _chunks(body[_FRAME:]) if one[0] in _OF_A_FRAME)
            kept.append(_chunk(name, part(body, 0, _FRAME) + b"".join(inside)))
        else:
            kept.append(_chunk(name, body))
    if not all(size) or not any(name in {b"VP8 ", b"VP8L", b"ANMF"} for name, _ in chunks):
        raise Damaged
    if turned != 1 and any(name == b"VP8X" for name, _ in chunks):
        kept.append(_chunk(b"EXIF", exif.saying(turned)))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body, *size


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(raw):
        name, (length,) = part(raw, at, 4), struct.unpack("<I", part(raw, at + 4, 4))
        yield name, part(raw, at + 8, length)
        at += 8 + length + length % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _tiff(body: bytes) -> bytes:
    """Some programs put the head of JPEG's segment before it."""
    return body.removeprefix(b"Exif\0\0")


def _size(name: bytes, body: bytes) -> tuple[int, int]:
    if name == b"VP8X":
        wide, high = part(body, 4, 3), part(body, 7, 3)
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if name == b"VP8L":
        (bits,) = struct.unpack("<I", part(body, 1, 4))
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        wide, high = struct.unpack("<HH", part(body, 6, 4))
        return wide & 0x3FFF, high & 0x3FFF
    return 0, 0
