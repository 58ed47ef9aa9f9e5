"""JPEG, PNG and WebP: what they tell, segment by segment; `hub.attachments.images` takes it out."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hub.attachments.images import CLEANERS, Damaged
from hub.metadata import exif
from hub.metadata.told import NOTHING, UNREAD, Told

_PADDING = re.compile(rb"\xff+(?=\xff)")
_PNG = b"\x89PNG\r\n\x1a\n"
_EXIF, _XMP, _LONG_XMP = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00"
_APP1, _APP13 = 0xE1, 0xED
_TEXTS, _MOST_TEXTS = (b"tEXt", b"zTXt", b"iTXt"), 100
_AUTHOR_KEYS = (b"author", b"artist", b"creator", b"by-line")


class _Piece(NamedTuple):
    """A segment or chunk: what it is, and what it holds."""

    sort: bytes | int
    data: bytes


class _Format(NamedTuple):
    """How a format is read."""

    name: str
    pieces: Callable[[bytes], Iterator[_Piece]]
    told: Callable[[_Piece], Told]


def knows(raw: bytes) -> bool:
    """Whether the bytes are such a picture."""
    return _format(raw) is not None


def told(raw: bytes) -> Told:
    """What the picture tells."""
    form = _format(raw)
    found = NOTHING
    if form:
        try:
            for piece in form.pieces(raw):
                found |= form.told(piece)
        except Damaged:
            return found | UNREAD
    return found


def without(raw: bytes) -> bytes:
    """The picture with its pixels, colours and orientation alone, as sites publish it; a damaged one as it is."""
    form = _format(raw)
    try:
        return CLEANERS[form.name](raw)[0] if form else raw
    except (Damaged, ValueError, LookupError, struct.error):
        return raw


def _format(raw: bytes) -> _Format | None:
    if raw.startswith(b"\xff\xd8\xff"):
        return _Format("jpeg", _segments, _told_by_segment)
    if raw.startswith(_PNG):
        return _Format("png", _png_chunks, _told_by_chunk)
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return _Format("webp", _riff_chunks, _told_by_riff)
    return None


def _segments(raw: bytes) -> Iterator[_Piece]:
    """The segments of a JPEG up to its end; pictures in small and whatever stands behind it are left out."""
    at = 2
    while True:
        padding = _PADDING.match(raw, at)
        at = padding.end() if padding else at
        if raw[at : at + 1] != b"\xff" or at + 2 > len(raw):
            raise Damaged
        marker = raw[at + 1]
        if marker == 0xD9:  # noqa: PLR2004 - end of the picture
            if raw[at + 2 :].strip(b"\x00"):
                yield _Piece(-1, raw[at + 2 :])
            return
        if at + 4 > len(raw):
            raise Damaged
        end = at + 2 + int(struct.unpack_from(">H", raw, at + 2)[0])
        if end < at + 4 or end > len(raw):
            raise Damaged
        data = raw[at + 4 : end]
        if marker == 0xDA:  # noqa: PLR2004 - a scan, whose data go on to the next marker
            end = _end_of_scan(raw, end)
        yield _Piece(marker, data)
        at = end


def _end_of_scan(raw: bytes, at: int) -> int:
    while True:
        at = raw.find(b"\xff", at)
        if at < 0 or at + 1 >= len(raw):
            raise Damaged
        if raw[at + 1] == 0 or 0xD0 <= raw[at + 1] <= 0xD7:  # noqa: PLR2004 - a stuffed byte, a restart
            at += 2
        elif raw[at + 1] == 0xFF:  # noqa: PLR2004 - padding
            at += 1
        else:
            return at


def _told_by_segment(piece: _Piece) -> Told:
    if piece.sort == -1:  # a second picture behind the first, as some telephones write it
        inner = piece.data.find(b"\xff\xd8\xff")
        return told(piece.data[inner:])._replace(unread=False, removable=True) if inner >= 0 else NOTHING
    if piece.sort == _APP1:
        if piece.data.startswith(_EXIF):
            return exif.told(piece.data[len(_EXIF) :])
        return exif.told_by_xmp(piece.data) if piece.data.startswith((_XMP, _LONG_XMP)) else NOTHING
    return exif.told_by_iptc(piece.data) if piece.sort == _APP13 else NOTHING


def _png_chunks(raw: bytes) -> Iterator[_Piece]:
    at, texts = len(_PNG), 0
    while True:
        if at + 12 > len(raw) or texts > _MOST_TEXTS:
            raise Damaged
        size, sort = struct.unpack_from(">I4s", raw, at)
        end = at + 12 + size
        if end > len(raw):
            raise Damaged
        texts += sort in _TEXTS
        yield _Piece(sort, raw[at + 8 : end - 4])
        if sort == b"IEND":
            return
        at = end


def _told_by_chunk(piece: _Piece) -> Told:
    if piece.sort == b"eXIf":
        return exif.told(piece.data)
    if piece.sort not in _TEXTS:
        return NOTHING
    key, _, said = piece.data.partition(b"\x00")
    if key.lower().startswith(_AUTHOR_KEYS):
        return Told(authors=bool(said.strip(b"\x00 ")))
    if key.lower().startswith(b"raw profile type"):  # EXIF, IPTC or XMP in hexadecimal digits, packed
        return _told_by_profile(key, said)
    return exif.told_by_xmp(_unpacked(piece, said)) if key == b"XML:com.adobe.xmp" else NOTHING


def _told_by_profile(key: bytes, said: bytes) -> Told:
    try:
        text = _inflated(said[1:]) if said[:1] == b"\x00" else said
        data = bytes.fromhex(b"".join(text.split(b"\n")[3:]).decode("ascii"))
    except (ValueError, zlib.error):
        return NOTHING
    if b"exif" in key.lower() or b"app1" in key.lower():
        data = data.removeprefix(_EXIF)
        return exif.told(data) if data[:2] in {b"II", b"MM"} else exif.told_by_xmp(data)
    return exif.told_by_xmp(data) | exif.told_by_iptc(data)


def _unpacked(piece: _Piece, said: bytes) -> bytes:
    """The text of an `iTXt` chunk behind its keyword."""
    text = said[2:].partition(b"\x00")[2].partition(b"\x00")[2]
    try:
        return _inflated(text) if piece.sort == b"iTXt" and said[:1] == b"\x01" else text
    except zlib.error:
        return b""


def _inflated(packed: bytes) -> bytes:
    return zlib.decompressobj().decompress(packed, 4_000_000)


def _riff_chunks(raw: bytes) -> Iterator[_Piece]:
    end = min(len(raw), 8 + int(struct.unpack_from("<I", raw, 4)[0]))
    at = 12
    while at + 8 <= end:
        sort, size = struct.unpack_from("<4sI", raw, at)
        last = at + 8 + size
        if last > end:
            raise Damaged
        yield _Piece(sort, raw[at + 8 : last])
        at = last + size % 2
    if at < end:
        raise Damaged


def _told_by_riff(piece: _Piece) -> Told:
    if piece.sort == b"EXIF":
        return exif.told(piece.data.removeprefix(_EXIF))
    return exif.told_by_xmp(piece.data) if piece.sort == b"XMP " else NOTHING
