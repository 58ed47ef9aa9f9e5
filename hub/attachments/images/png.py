"""PNG (W3C, third edition): a signature and a row of chunks; those that change what is seen are kept, and no others."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from hub.attachments.images import exif
from hub.attachments.images.damage import Damaged, part

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset(
    (
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT", b"pHYs"),
        *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI"),
        *(b"acTL", b"fcTL", b"fdAT"),
    )
)
_PROFILE = 4 * 2**20
"""Bytes of a colour profile when it is unpacked, at most."""


def clean(raw: bytes) -> tuple[bytes, int, int]:
    """The image without texts, times, Exif but the orientation, chunks that nobody knows, and what follows its end.

    Returns:
        The image, its width and its height.

    Raises:
        Damaged: when it cannot be read.
    """
    kept, turned, size, has_data = [SIGNATURE], 1, (0, 0), False
    for name, body in _chunks(raw):
        if name == b"IHDR":
            size = struct.unpack(">II", part(body, 0, 8))
        elif name == b"eXIf":
            turned = exif.orientation(body)
        elif name == b"iCCP" and not _is_profile(body):
            raise Damaged
        has_data |= name == b"IDAT"
        if name == b"iCCP":
            kept.append(_chunk(name, b"ICC\0" + body.partition(b"\0")[2]))  # its name is anybody's to choose
        elif name in _KEPT:
            kept.append(_chunk(name, body))
        elif name[:1].isupper():  # critical, and unknown
            raise Damaged
    if not (has_data and all(size)):
        raise Damaged
    if turned != 1:
        kept.insert(2, _chunk(b"eXIf", exif.saying(turned)))
    return b"".join(kept), size[0], size[1]


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks up to the end: name and content."""
    at, name = len(SIGNATURE), b""
    if raw[:at] != SIGNATURE or part(raw, at + 4, 4) != b"IHDR":
        raise Damaged
    while name != b"IEND":
        (length,) = struct.unpack(">I", part(raw, at, 4))
        name, body = part(raw, at + 4, 4), part(raw, at + 8, length)
        if part(raw, at + 8 + length, 4) != struct.pack(">I", zlib.crc32(name + body)):
            raise Damaged
        yield name, body
        at += 12 + length


def _is_profile(body: bytes) -> bool:
    """Whether a colour profile can be unpacked, and does not grow beyond all measure."""
    _, _, packed = body.partition(b"\0")
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(packed[1:], _PROFILE)
    except zlib.error:
        return False
    return unpacking.eof


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
