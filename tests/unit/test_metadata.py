"""Files tell nothing of people once they are stripped, and show what they showed before."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import metadata
from hub.attachments.images.exif import orientation, saying
from hub.metadata import images, office
from hub.metadata.told import NOTHING, Told
from tests.files import (
    EXIF,
    PIXELS,
    PLAIN_EXIF,
    RIFF_PIXELS,
    SCAN,
    TURNED,
    WITHOUT_PLACE,
    XMP,
    docx,
    jpeg,
    pdf,
    png,
    riff,
    segment,
    webp,
    xlsx,
    zipped,
)

BOTH = Told(position=True, authors=True)
AUTHOR = Told(authors=True)

TELLING = {
    "JPEG with EXIF": (jpeg(segment(0xE1, b"Exif\x00\x00" + EXIF)), BOTH),
    "JPEG with XMP": (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP)), BOTH),
    "JPEG with IPTC": (jpeg(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x1c\x02\x50\x00\x03Awa")), AUTHOR),
    "JPEG with a second one behind it": (jpeg() + jpeg(segment(0xE1, b"Exif\x00\x00" + EXIF)), BOTH),
    "PNG with EXIF": (png(b"eXIf", EXIF), BOTH),
    "PNG with a text": (png(b"tEXt", b"Author\x00Awa Bio"), AUTHOR),
    "PNG with XMP": (png(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP), BOTH),
    "PNG with packed XMP": (png(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(XMP)), BOTH),
    "PNG with a profile": (
        png(b"zTXt", b"Raw profile type exif\x00\x00" + zlib.compress(b"\nexif\n 99\n" + EXIF.hex().encode())),
        BOTH,
    ),
    "WebP with EXIF": (webp(riff(b"EXIF", EXIF), flags=0x08), BOTH),
    "WebP with XMP": (webp(riff(b"XMP ", XMP), flags=0x04), BOTH),
    "Word": (docx(), Told(position=True, authors=True, signers=2)),
    "Excel": (xlsx(), Told(authors=True, signers=1)),
    "OpenDocument": (
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": "<o><office:annotation><dc:creator>Awa</dc:creator></office:annotation>"
                "<text:creator>Awa</text:creator></o>",
                "meta.xml": "<m><meta:initial-creator>Awa</meta:initial-creator></m>",
            }
        ),
        Told(authors=True, signers=1),
    ),
    "PDF": (pdf(b"/Author (Awa \\(Bio\\) Sow)"), AUTHOR),
    "PDF with a hexadecimal name": (pdf(b"/Author <FEFF0041>"), AUTHOR),
    "PDF with the name elsewhere": (pdf(b"/Author 9 0 R", b"9 0 obj\n(Awa Bio)\nendobj\n"), AUTHOR),
    "PDF with XMP": (pdf(b"", b"8 0 obj\n<</Type /Metadata>>\nstream\n" + XMP + b"\nendstream\nendobj\n"), AUTHOR),
    "PDF with packed objects": (pdf(b"", packed=b"/Author (Awa Bio Sow) /Title (Une note sur les mutuelles)"), AUTHOR),
}
NOTHING_TOLD = {
    "JPEG": jpeg(),
    "JPEG with the camera alone": jpeg(segment(0xE1, b"Exif\x00\x00" + PLAIN_EXIF)),
    "JPEG of a place without figures": jpeg(segment(0xE1, b"Exif\x00\x00" + WITHOUT_PLACE)),
    "PNG": png(b"tEXt", b"Software\x00hub"),
    "WebP": webp(),
    "Word by nobody": zipped({"[Content_Types].xml": "<T/>", "docProps/core.xml": "<c><dc:creator/></c>"}),
    "ZIP that is no document": zipped({"meta.xml": "<m><dc:creator>Awa</dc:creator></m>"}),
    "PDF": pdf(b"/Author () /Title (Rapport)"),
    "a text": b"Awa Bio, autrice",
    "nothing": b"",
}


@pytest.mark.parametrize("name", TELLING)
def test_what_a_file_tells_is_found_and_taken_out(name: str) -> None:
    raw, expected = TELLING[name]
    assert metadata.told(raw) == expected
    left = metadata.without(raw)
    assert metadata.told(left) == NOTHING
    assert metadata.without(left) == left
    assert b"Awa" not in left or name == "OpenDocument"


@pytest.mark.parametrize("name", NOTHING_TOLD)
def test_a_file_that_tells_nothing_is_told_so(name: str) -> None:
    assert not metadata.told(NOTHING_TOLD[name])


@pytest.mark.parametrize("name", [name for name in TELLING if name.startswith(("JPEG", "PNG", "WebP"))])
def test_a_picture_keeps_its_pixels(name: str) -> None:
    left = metadata.without(TELLING[name][0])
    assert {"J": SCAN, "P": PIXELS, "W": RIFF_PIXELS}[name[0]] in left


@pytest.mark.parametrize(
    "raw",
    [
        jpeg(segment(0xE1, b"Exif\x00\x00" + TURNED)),
        png(b"eXIf", TURNED),
        webp(riff(b"EXIF", TURNED), flags=0x08),
    ],
    ids=["JPEG", "PNG", "WebP"],
)
def test_a_picture_stays_turned_as_it_was(raw: bytes) -> None:
    left = images.without(raw)
    assert saying(6) in left
    assert orientation(saying(6)) == 6
    assert images.without(left) == left


def test_colours_of_a_picture_stay() -> None:
    profile = segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours")
    assert profile in images.without(jpeg(profile, segment(0xE1, b"Exif\x00\x00" + EXIF)))


def test_a_discussion_in_a_document_stays_one() -> None:
    with zipfile.ZipFile(io.BytesIO(office.without(docx()))) as archive:
        comments = archive.read("word/comments.xml").decode()
        assert comments.count("Auteur 1") == 2
        assert comments.count("Auteur 2") == 1
        assert "Revoir le titre" in comments
        assert archive.read("word/styles.bin") == b"as it was"
        assert archive.read("[Content_Types].xml") == b"<T/>"


def test_a_visible_name_stays() -> None:
    left = metadata.without(TELLING["OpenDocument"][0])
    with zipfile.ZipFile(io.BytesIO(left)) as archive:
        assert "<text:creator>Awa</text:creator>" in archive.read("content.xml").decode()
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_a_pdf_keeps_its_length_and_the_place_of_its_parts() -> None:
    for name, (raw, _) in TELLING.items():
        if name.startswith("PDF"):
            left = metadata.without(raw)
            assert len(left) == len(raw)
            assert left.index(b"startxref") == raw.index(b"startxref")
            assert [at for at in range(len(raw)) if raw.startswith(b" obj", at)] == [
                at for at in range(len(left)) if left.startswith(b" obj", at)
            ]


@pytest.mark.parametrize(
    "raw",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old or with a password",
        pdf(b"/Author (Awa)").replace(b"trailer\n<<", b"trailer\n<</Encrypt 7 0 R "),
        docx()[:-40],
        jpeg(segment(0xE1, b"Exif\x00\x00" + EXIF))[:-5],
        zipped({"[Content_Types].xml": "<T/>", "docProps/core.xml": '<!DOCTYPE c [<!ENTITY a "Awa">]><c>&a;</c>'}),
        zipped({"[Content_Types].xml": "<T/>", "docProps/core.xml": "<c>" * 500 + "</c>" * 500}),
        zipped({"[Content_Types].xml": "<T/>", "word/document.xml": "<c>" + " " * 20_000_000 + "</c>"}),
        zipped({"[Content_Types].xml": "<T/>", **{f"word/{number}.xml": "" for number in range(6_000)}}),
    ],
    ids=["old", "encrypted PDF", "cut ZIP", "cut JPEG", "entities", "depth", "bomb", "many parts"],
)
def test_what_cannot_be_looked_into_is_told_and_left_alone(raw: bytes) -> None:
    assert metadata.told(raw).unread
    assert metadata.without(raw) == raw


def test_a_document_with_a_signature_is_told_and_left_alone() -> None:
    raw = docx({"_xmlsignatures/sig1.xml": "<s/>"})
    assert metadata.told(raw)
    assert not metadata.told(raw).removable
    assert metadata.without(raw) == raw


@settings(max_examples=150)
@given(
    st.sampled_from([raw for raw, _ in TELLING.values()]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=4),
    st.floats(0.3, 1),
)
def test_no_damaged_file_raises(raw: bytes, changes: list[tuple[float, bytes]], kept: float) -> None:
    damaged = bytearray(raw)
    for share, piece in changes:
        at = int(share * len(damaged))
        damaged[at : at + len(piece)] = piece
    cut = bytes(damaged[: int(kept * len(damaged)) + 1])
    metadata.told(cut)
    left = metadata.without(cut)
    assert metadata.without(left) == left


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n" + b"/Author (" * 300_000,
        b"%PDF-1.7\n" + b"/Author 1 0 R " * 200_000,
        b"%PDF-1.7\n" + b"<dc:creator>" * 300_000,
        b"%PDF-1.7\n" + b"stream\n" * 100_000,
        b"\xff\xd8" + b"\xff" * 3_000_000,
        jpeg(*[segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + b"GPSLatitude" * 5_900)] * 20),
        png(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(b"<dc:creator><rdf:li>" * 500_000)),
        b"\xff\xd8\xff\xe1" + struct.pack(">H", 65_000) + b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + b"\xff" * 64_984,
    ],
    ids=["strings", "references", "creators", "streams", "padding", "places", "names", "fields"],
)
def test_no_file_takes_long(raw: bytes) -> None:
    began = time.process_time()
    metadata.told(raw)
    assert time.process_time() - began < 3
