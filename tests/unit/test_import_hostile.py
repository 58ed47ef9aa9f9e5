"""Documents that are damaged, locked, renamed or made to do harm cost one clear message, and touch nothing."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import docx
import pytest

from hub.documents import confined as confining
from hub.documents.confined import confined
from hub.documents.model import Picture, words
from hub.documents.pictures import fit
from hub.errors import HubError
from hub.importers import opendocument, read, slides, web, word
from tests import documents
from tests.support import run, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(data: bytes, name: str, folder: Path) -> str:
    """The message that a file costs."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(HubError) as raised:
        read(path)
    return str(raised.value)


def bomb() -> bytes:
    """A Word document of 300 kB that unpacks to 300 MB; to a fifth of it where time counts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(documents.saved(docx.Document()))) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300 if os.environ.get("HUB_TEST_LONG") else 60):
                part.write(b"<w:t>" + b"a" * 10**6)
    return made.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = bomb()
    assert len(data) < 400_000
    before = time.process_time()
    for reader in (word, slides, opendocument):
        with pytest.raises(HubError, match="unpack to far more"):
            reader.read(data)
    assert time.process_time() - before < 2
    assert "unpack to far more" in refused(data, "bombe.docx", tmp_path)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (OLE, "ancien.docx", "old format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "secret.docx", "password"),
        (OLE, "ancien.pptx", "old format"),
        (b"PK\x03\x04 rien", "abime.docx", "damaged"),
        (b"Bonjour", "texte.odt", "damaged"),
        (b"Bonjour", "texte.pdf", "damaged"),
        (b"%PDF-1.7\n garbage", "abime.pdf", "damaged"),
        (documents.scan(), "scan.pdf", "OCR"),
        (documents.report(password="x"), "secret.pdf", "password"),
        (b"  \n", "vide.html", "no text"),
        (OLE, "ancien.doc", "save it as .docx"),
        (b"PK", "diaporama.ppsx", "save it as .pptx"),
        (b"x", "table.xlsx", "cannot be imported. These can: .odt"),
        (documents.deck(), "deck.docx", "damaged"),
        (documents.note(with_photo=False), "note.pptx", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, name: str, message: str) -> None:
    assert message in refused(data, name, tmp_path)


def _with_entity(encoding: str) -> bytes:
    declared = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "ha">]>'

    def change(parts: dict[str, bytes]) -> None:
        text = parts["word/document.xml"].decode().replace("ICI", "&x;&y;")
        head, rest = text.split("?>", 1)
        head = head.replace("UTF-8", encoding)
        parts["word/document.xml"] = f"{head}?>{declared}{rest}".encode(encoding)

    made = docx.Document()
    made.add_paragraph("ICI")
    return documents.in_zip(documents.saved(made), change)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    assert "declarations that no document needs" in refused(_with_entity(encoding), "entites.docx", tmp_path)


def test_entities_of_opendocument_are_refused(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        declared = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 50 + b'">]>'
        parts["content.xml"] = declared + parts["content.xml"].replace(b"ICI", b"&a;" * 1000)

    raw = documents.in_zip(documents.odt("<text:p>ICI</text:p>"), change)
    assert "declarations that no document needs" in refused(raw, "entites.odt", tmp_path)


def test_an_encrypted_opendocument_text_says_so(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["META-INF/manifest.xml"] = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"

    assert "password" in refused(documents.in_zip(documents.odt("<text:p>x</text:p>"), change), "secret.odt", tmp_path)


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["../../dehors.txt"] = b"x"
        parts["/tmp/dehors.txt"] = b"x"

    hub = write(tmp_path / "hub", {})
    path = tmp_path / "note.docx"
    path.write_bytes(documents.in_zip(documents.note(), change))
    before = {one for one in tmp_path.rglob("*") if one.is_file()}
    assert run("import", path, cwd=hub).exit_code == 0
    made = {one.name for one in tmp_path.rglob("*") if one.is_file() and one not in before}
    stem = "appui-a-la-dds-experience-des-departements"
    assert {name for name in made if "cache" not in name} >= {f"{stem}.md", f"{stem}-image-1.jpg"}
    assert not any("dehors" in name for name in made)


def test_a_link_out_of_the_hub_is_not_followed(tmp_path: Path) -> None:
    hub = write(tmp_path / "hub", {})
    (tmp_path / "ailleurs").mkdir()
    (hub / "docs" / "notes").symlink_to(tmp_path / "ailleurs")
    path = tmp_path / "page.html"
    path.write_text("<p>Un texte", "utf-8")
    found = run("import", path, "--kind", "note", cwd=hub)
    assert found.exit_code == 2
    assert "leads elsewhere through a link" in found.stderr
    assert not list((tmp_path / "ailleurs").iterdir())


def test_no_picture_outside_the_document_is_fetched_or_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import socket

    def refuse(*arguments: object, **more: object) -> None:
        raise AssertionError("asks the network")

    monkeypatch.setattr(socket, "socket", refuse)
    (tmp_path / "secret.png").write_bytes(documents.drawing())
    found = web.read(
        f'<p>Un <img src="https://a.org/x.png"><img src="{tmp_path}/secret.png"><iframe src=x></iframe>'.encode()
    )
    assert not found.pictures
    assert len(found.left_out) == 2
    made = docx.Document()
    made.add_picture(io.BytesIO(documents.drawing()))
    blip = next(made.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    blip.set(f"{name}link", made.part.relate_to(f"file://{tmp_path}/secret.png", "http://x/image", is_external=True))
    del blip.attrib[f"{name}embed"]
    assert not word.read(documents.saved(made)).pictures


def test_what_takes_too_long_or_dies_costs_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confining, "_PATIENCE", 0.2)
    monkeypatch.setattr(confining.threading, "active_count", lambda: 1)  # what other tests have left holds nothing

    def forever() -> None:
        time.sleep(30)

    for work in (forever, lambda: os._exit(3)):
        with pytest.raises(HubError, match="too long or too much memory"):
            confined(work)
    assert confined(lambda: 3) == 3


def test_a_picture_that_would_be_huge_or_is_none_is_left_out() -> None:
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    for data in (huge, b"<svg onload=alert(1)>", b"\xd7\xcd\xc6\x9a wmf", documents.photo()[:2000]):
        assert not fit(Picture(data)).data
        assert fit(Picture(data)).fault
    assert fit(Picture(documents.drawing())).suffix == "png"


def test_a_page_is_read_whole_or_not_at_all() -> None:
    page = f"{'<div>' * 1500}dedans{'</div>' * 1500}<p>après"
    assert words(web.read(page.encode()).blocks).split() == ["dedans", "après"]
    assert words(web.read(f"<p>{'<b>' * 1500}gras".encode()).blocks).split() == ["gras"]
    with pytest.raises(HubError, match="too deep"):
        web.read(f"avant{'<div>' * 5000}dedans".encode())


@pytest.mark.parametrize("name", ["note.docx", "deck.pptx", "texte.odt"])
def test_a_part_whose_bytes_were_changed_is_damage_and_no_surprise(tmp_path: Path, name: str) -> None:
    whole = {"note.docx": documents.note, "deck.pptx": documents.deck}.get(
        name, lambda: documents.odt("<text:p>Un texte.</text:p>" * 50)
    )()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        part = max(
            (one for one in archive.infolist() if one.filename.endswith((".xml", ".rels"))),
            key=lambda one: one.filename in {"word/document.xml", "ppt/presentation.xml", "content.xml"},
        )
    start = part.header_offset + 30 + len(part.filename)
    broken = bytearray(whole)
    broken[start : start + part.compress_size] = b"\xff" * part.compress_size
    assert "damaged" in refused(bytes(broken), name, tmp_path)


def test_a_list_that_begins_with_a_sign_that_is_no_number_is_read() -> None:
    from hub.importers import web

    assert "premier" in str(web.read('<h1>Titre</h1><ol start="²"><li>premier</li></ol>'.encode()))
