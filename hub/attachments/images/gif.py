"""GIF (GIF89a specification): blocks, each with its data in pieces; of the extensions, two change what is seen."""

from __future__ import annotations

import struct

from hub.attachments.images.damage import Damaged, part

_EXTENSION, _IMAGE, _END = b"\x21", b"\x2c", b"\x3b"
_CONTROL, _APPLICATION = 0xF9, 0xFF
_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""How often a film is shown, and the colour profile."""
_HEAD, _DESCRIPTOR = 13, 10


def clean(raw: bytes) -> tuple[bytes, int, int]:
    """The image without comments, texts, XMP, what other programs have put in, and what follows its end.

    Returns:
        The image, its width and its height.

    Raises:
        Damaged: when it cannot be read.
    """
    head = part(raw, 0, _HEAD)
    if head[:6] not in {b"GIF87a", b"GIF89a"}:
        raise Damaged
    width, height = struct.unpack("<HH", head[6:10])
    at = _HEAD + _table(head[10])
    kept, has_image = [part(raw, 0, at)], False
    while (sort := part(raw, at, 1)) != _END:
        start = at
        if sort == _EXTENSION:
            label, first = part(raw, at + 1, 1)[0], part(raw, at + 3, part(raw, at + 2, 1)[0])
            at = _after(raw, at + 2)
            is_kept = label == _CONTROL or (label == _APPLICATION and first in _APPLICATIONS)
        elif sort == _IMAGE:
            descriptor = part(raw, at, _DESCRIPTOR)
            at = _after(raw, at + _DESCRIPTOR + _table(descriptor[9]) + 1)
            is_kept = has_image = True
        else:
            raise Damaged
        if is_kept:
            kept.append(raw[start:at])
    if not (has_image and width and height):
        raise Damaged
    return b"".join((*kept, _END)), width, height


def _table(packed: int) -> int:
    """Bytes of the colours that follow."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _after(raw: bytes, at: int) -> int:
    """Where pieces end that begin at a place."""
    while length := part(raw, at, 1)[0]:
        at += length + 1
    return at + 1
