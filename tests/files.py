"""Small files of all sorts, made by hand, that tell of people; the tests look whether they still do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

TURNED_BY = 6


def tiff(
    fields: list[tuple[int, int, bytes]], inner: Mapping[int, list[tuple[int, int, bytes]]] | None = None
) -> bytes:
    """EXIF data: fields as tag, type and value's bytes; `inner` has the directories that a tag leads to."""
    inner = inner or {}
    fields = sorted([*fields, *((tag, 4, b"\x00" * 4) for tag in inner)])
    out = bytearray(b"II*\x00\x08\x00\x00\x00")
    out += _directory(fields, 8)
    for tag, entries in inner.items():
        at = 8 + 2 + 12 * [field[0] for field in fields].index(tag) + 8
        out[at : at + 4] = struct.pack("<I", len(out))
        out += _directory(sorted(entries), len(out))
    return bytes(out)


def _directory(fields: list[tuple[int, int, bytes]], start: int) -> bytes:
    size = {2: 1, 3: 2, 4: 4, 5: 8}
    behind = start + 2 + 12 * len(fields) + 4
    head, tail = struct.pack("<H", len(fields)), b""
    for tag, sort, value in fields:
        head += struct.pack("<HHI", tag, sort, len(value) // size[sort])
        if len(value) <= 4:
            head += value.ljust(4, b"\x00")
        else:
            head += struct.pack("<I", behind + len(tail))
            tail += value
    return head + b"\x00" * 4 + tail


def _place(*numbers: int) -> bytes:
    return b"".join(struct.pack("<II", number, 1) for number in numbers)


GPS = [(1, 2, b"N\x00"), (2, 5, _place(6, 22, 13)), (3, 2, b"E\x00"), (4, 5, _place(2, 23, 3))]
EXIF = tiff([(0x010F, 2, b"INFINIX\x00"), (0x013B, 2, b"Awa Bio\x00")], {0x8825: GPS})
PLAIN_EXIF = tiff([(0x010F, 2, b"INFINIX\x00"), (0x0112, 3, struct.pack("<H", 1))])
WITHOUT_PLACE = tiff([], {0x8825: [(2, 5, _place(0, 0, 0)), (4, 5, _place(0, 0, 0))]})
TURNED = tiff([(0x0112, 3, struct.pack("<H", TURNED_BY)), (0x013B, 2, b"Awa Bio\x00")])
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="6,22.2N">'
    b"<dc:creator><rdf:Seq><rdf:li>Awa Bio</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def segment(marker: int, data: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"


def jpeg(*segments: bytes) -> bytes:
    """A JPEG as far as its segments go."""
    head = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    body = segment(0xDB, bytes(65)) + segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
    return b"\xff\xd8" + head + b"".join(segments) + body + SCAN + b"\xff\xd9"


def _chunk(sort: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + sort + data + struct.pack(">I", zlib.crc32(sort + data))


PIXELS = _chunk(b"IDAT", zlib.compress(b"\x00\x7f"))


def png(sort: bytes, data: bytes) -> bytes:
    """A PNG of one pixel with one more chunk."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(sort, data) + PIXELS + _chunk(b"IEND", b"")


def riff(sort: bytes, data: bytes) -> bytes:
    """A chunk of a WebP file."""
    return sort + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)


RIFF_PIXELS = riff(b"VP8L", b"\x2f\x00\x00\x00\x10\x07\x10\x11\x11")


def webp(*chunks: bytes, flags: int = 0) -> bytes:
    """A WebP file as far as its chunks go."""
    body = b"WEBP" + riff(b"VP8X", bytes([flags]) + bytes(9)) + RIFF_PIXELS + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive; the part `mimetype` is stored as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            sort = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, sort)
    return made.getvalue()


def docx(more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with an author, two people who comment, and a photograph that says where it was taken."""
    return zipped(
        {
            "[Content_Types].xml": "<T/>",
            "docProps/core.xml": "<c><dc:creator>Awa Bio</dc:creator><cp:lastModifiedBy>Awa</cp:lastModifiedBy></c>",
            "word/comments.xml": '<w:c><w:comment w:id="0" w:author="Awa &gt; Bio" w:initials="AB">Revoir le titre'
            "</w:comment><w:comment w:author='Jean Awa' w:id='1'/><w:comment w:author=\"Awa &gt; Bio\"/></w:c>",
            "word/styles.bin": b"as it was",
            "word/media/image1.jpg": jpeg(segment(0xE1, b"Exif\x00\x00" + EXIF)),
            **(more or {}),
        }
    )


def xlsx() -> bytes:
    """An Excel file with an author and a signed comment."""
    return zipped(
        {
            "[Content_Types].xml": "<T/>",
            "docProps/core.xml": "<c><dc:creator>Awa</dc:creator></c>",
            "xl/comments1.xml": "<c><authors><author>Awa</author><author>tc={1-2}</author></authors></c>",
        }
    )


def pdf(info: bytes, objects: bytes = b"", packed: bytes = b"") -> bytes:
    """A PDF with such information, more objects, and a packed stream of objects."""
    body = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n2 0 obj\n<<" + info + b">>\nendobj\n" + objects
    if packed:
        # One block as it is, then packed: as loosely as some programs do it.
        stream = zlib.compress(b"3 0 <<" + packed + b">>", 0)
        head = b"4 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>\nstream\n" % len(stream)
        body += head + stream + b"\nendstream\nendobj\n"
    return body + b"trailer\n<</Root 1 0 R /Info 2 0 R>>\nstartxref\n9\n%%EOF\n"
