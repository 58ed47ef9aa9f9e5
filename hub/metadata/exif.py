"""EXIF, IPTC and XMP: what cameras and editors write into pictures."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from hub.metadata.told import NOTHING, Told

_ARTIST, _XP_AUTHOR, _EXIF_IFD, _GPS_IFD, _OWNER = 0x013B, 0x9C9D, 0x8769, 0x8825, 0xA430
_LATITUDE, _LONGITUDE = 2, 4
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_MOST_FIELDS, _MOST_XMP = 1_000, 1_000_000
_XMP_POSITION = re.compile(rb"GPS(?:Latitude|Longitude)\b(?!\s*=\s*[\"']\s*[\"'])[^>]{0,99}[=>][^<]{0,40}?\d")
_XMP_AUTHOR = re.compile(
    rb"<(?:dc:creator|photoshop:AuthorsPosition|aux:OwnerName|exifEX:CameraOwnerName|xmpDM:artist|tiff:Artist)\b[^>]{0,200}>"
    rb"(?:\s|<rdf:(?:Seq|Bag|Alt|li)\b[^>]{0,200}>){0,99}[^<\s]"
    rb"|(?:dc:creator|aux:OwnerName|exifEX:CameraOwnerName|tiff:Artist)\s*=\s*[\"']\s*[^\"'\s]"
)
_BY_LINE = re.compile(rb"\x1c\x02[\x50\x7a](?:\x00[\x01-\xff]|[\x01-\x7f]\x00)")
"""IPTC data sets 2:80 (by-line) and 2:122 (writer), with a length."""


def told(tiff: bytes) -> Told:
    """What EXIF data (a TIFF header and its directories) tell."""
    fields = dict(_fields(tiff, _start(tiff)))
    inner = dict(_fields(tiff, _number(tiff, fields.get(_EXIF_IFD))))
    gps = dict(_fields(tiff, _number(tiff, fields.get(_GPS_IFD))))
    named = [fields.get(_ARTIST), fields.get(_XP_AUTHOR), inner.get(_OWNER)]
    return Told(
        position=any(_is_somewhere(gps.get(one), _order(tiff)) for one in (_LATITUDE, _LONGITUDE)),
        authors=any(_says(one) for one in named),
    )


def told_by_xmp(packet: bytes) -> Told:
    """What an XMP packet tells."""
    packet = packet[:_MOST_XMP]
    if packet[:2] in {b"\xff\xfe", b"\xfe\xff"} or packet[1:2] == b"\x00":
        packet = packet.decode("utf-16", "ignore").encode()
    return Told(position=bool(_XMP_POSITION.search(packet)), authors=bool(_XMP_AUTHOR.search(packet)))


def told_by_iptc(block: bytes) -> Told:
    """What a block of Photoshop's resources tells."""
    return Told(authors=bool(_BY_LINE.search(block))) if b"8BIM" in block else NOTHING


def _order(tiff: bytes) -> str:
    return {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4], "")


def _start(tiff: bytes) -> int:
    order = _order(tiff)
    return int(struct.unpack_from(order + "I", tiff, 4)[0]) if order and len(tiff) >= 8 else 0  # noqa: PLR2004 - a whole header


def _fields(tiff: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Each field of a directory: its tag and its value's bytes, as far as they are there."""
    order = _order(tiff)
    if not order or not 0 < at <= len(tiff) - 2:
        return
    count = struct.unpack_from(order + "H", tiff, at)[0]
    for index in range(min(count, _MOST_FIELDS)):
        here = at + 2 + 12 * index
        if here + 12 > len(tiff):
            return
        tag, sort, number = struct.unpack_from(order + "HHI", tiff, here)
        size = _SIZES.get(sort, 1) * number
        place = here + 8 if size <= 4 else struct.unpack_from(order + "I", tiff, here + 8)[0]  # noqa: PLR2004 - it fits in
        yield tag, tiff[place : place + min(size, 65_536)]


def _number(tiff: bytes, value: bytes | None) -> int:
    if not value or len(value) not in {2, 4}:
        return 0
    return int(struct.unpack(_order(tiff) + ("H" if len(value) == 2 else "I"), value)[0])  # noqa: PLR2004 - a short


def _is_somewhere(value: bytes | None, order: str) -> bool:
    """Whether degrees, minutes and seconds, each as a fraction, are more than noughts."""
    numbers = struct.unpack_from(f"{order}{len(value) // 4}I", value) if value else ()
    return any(numbers[::2])


def _says(value: bytes | None) -> bool:
    """Whether a value is more than noughts and blanks."""
    return bool(value and value.strip(b"\x00 "))
