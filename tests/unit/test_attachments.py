"""Files beside the texts: which are refused, and that nothing of those is published."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.addresses import FILE_TYPES
from hub.attachments import archives, sorts
from hub.attachments.examine import FILE, FOLDER
from hub.attachments.names import folded, not_portable, plain
from hub.public import public
from tests.support import checked, codes, git, hub, jpeg, note, pdf, png, run, write

OOXML = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
MOST = 10**8


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def flaw(raw: bytes, ending: str = "zip", most: int = MOST) -> str:
    found = archives.look(io.BytesIO(raw), ending, most)
    return found.sort if found else ""


def published(root: Path, files: dict[str, str | bytes]) -> tuple[list[str], set[str]]:
    """The rules that are broken, and the files that readers may see."""
    loaded = checked(root, {"docs/notes/a.md": note(), **files})
    return codes(loaded.report), set(public(loaded.library).assets)


def test_each_type_that_is_published_has_a_sort() -> None:
    assert set(sorts.EXPECTED) == FILE_TYPES


GOOD = {
    "docs/notes/a.png": png(),
    "docs/notes/a.jpg": jpeg(),
    "docs/notes/a.pdf": pdf(),
    "docs/notes/a.txt": "Été\r\n".encode("cp1252"),
    "docs/notes/a.csv": "a;b\n1;2\n".encode("utf-16"),
    "docs/notes/a.json": b"{}",
    "docs/notes/a.docx": zipped(OOXML),
    "docs/notes/a.odt": zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
    "docs/notes/a.epub": zipped({"mimetype": b"application/epub+zip", "a.xhtml": b"<html/>"}),
    "docs/notes/a.zip": zipped({"a/b.txt": b"x", "tableau.xlsx": zipped({"xl/a.xml": b"x"})}),
    "docs/notes/a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
    "docs/notes/a.mp3": b"ID3\4",
    "docs/notes/a.mp4": b"\0\0\0\x18ftypmp42",
    "docs/notes/a.ogg": b"OggS",
    "docs/notes/a.webm": b"\x1aE\xdf\xa3\x9fB\x82\x84webm",
}


def test_what_is_what_its_name_says_is_published(tmp_path: Path) -> None:
    rules, shown = published(tmp_path, GOOD)
    assert rules == ["file-unread"]  # nobody knows what the old spreadsheet tells of people
    assert shown == {name.removeprefix("docs/") for name in GOOD}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\0\3", b"\x7fELF\2", b"#!/bin/sh\n", b"\n <HTML><script>", b"<svg onload=x>"]
)
def test_a_disguise_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    assert published(tmp_path, {name: content}) == (["disguised-file"], set())


def test_every_sort_is_told_from_every_other(tmp_path: Path) -> None:
    sort = {name: sorts.EXPECTED[name.rpartition(".")[2]] for name in GOOD}
    for name, content in GOOD.items():
        assert sorts.sort_of(content) == sort[name], name


def test_an_image_is_published_without_what_it_tells(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/a.jpg": jpeg("Chez Awa"), "docs/notes/b.png": png()})
    assert set(loaded.cleaned) == {"notes/a.jpg"}
    assert b"Chez Awa" not in loaded.cleaned["notes/a.jpg"].read_bytes()
    assert b"Chez Awa" in (tmp_path / "docs/notes/a.jpg").read_bytes()


def test_what_was_looked_at_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"docs/notes/a.jpg": jpeg("x"), "docs/notes/b.png": png(), "docs/notes/c.png": b"x"}
    hub(tmp_path, files)
    seen: list[str] = []
    look = "hub.attachments.examine.look"
    monkeypatch.setattr(look, lambda file, *_: seen.append(file.name) or png())
    hub(tmp_path, {})
    assert seen == ["c.png"]  # what is refused is looked at until it is put right
    write(tmp_path, {"docs/notes/b.png": png("autre") + b" "})
    hub(tmp_path, {})
    assert seen == ["c.png", "b.png"]


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{", b"\xff", "folder"])
def test_what_is_kept_of_files_can_be_lost(tmp_path: Path, content: bytes | str | None) -> None:
    wanted = hub(tmp_path, {"docs/notes/a.jpg": jpeg("x")}).cleaned["notes/a.jpg"].read_bytes()
    copies = list((tmp_path / ".cache/hub" / FOLDER).iterdir())
    assert len(copies) == 1
    for path in (tmp_path / ".cache/hub" / FILE, *copies):
        path.unlink()
        if content == "folder":
            path.mkdir()
        elif isinstance(content, bytes):
            path.write_bytes(content)
        assert hub(tmp_path, {}).cleaned["notes/a.jpg"].read_bytes() == wanted


def test_a_copy_that_nobody_needs_any_more_is_thrown_away(tmp_path: Path) -> None:
    hub(tmp_path, {"docs/notes/a.jpg": jpeg("x")})
    (tmp_path / "docs/notes/a.jpg").unlink()
    hub(tmp_path, {"docs/notes/b.png": png()})
    assert list((tmp_path / ".cache/hub" / FOLDER).iterdir()) == []


def test_the_limit_is_that_of_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: x\nplugins:\n  - hub:\n      max_file_size: 1\n"})
    large, small = pdf("x" * 10**6), pdf("x" * 900_000)
    files = {"docs/notes/a.pdf": large, "docs/notes/b.pdf": small}
    assert published(tmp_path, files) == (["file-too-large"], {"notes/b.pdf"})


def test_what_the_host_puts_into_pages_is_no_fault(tmp_path: Path) -> None:
    config = (
        "site_name: x\nextra_css: [plus.css]\nextra_javascript: [a.js, {path: b.js, async: true}]\nplugins: [hub]\n"
    )
    scripts = {f"docs/{name}": "x" for name in ("plus.css", "a.js", "b.js")}
    assert published(tmp_path, {"mkdocs.yml": config, **scripts})[0] == []


def test_a_link_to_what_is_refused_is_no_second_fault_and_no_link(tmp_path: Path) -> None:
    files = {"docs/notes/b.md": note(body="[un film](film.mp4) et ![une image](image.png)\n")}
    rules, shown = published(tmp_path, {**files, "docs/notes/film.mp4": b"x", "docs/notes/image.png": b"x"})
    assert (rules, shown) == (["disguised-file", "disguised-file"], set())


@pytest.mark.parametrize(
    ("parts", "sort"),
    [
        ({"a.txt": b"x"}, ""),
        ({}, ""),
        ({"zeros": bytes(10**7)}, "exploding"),
        ({"a.EXE": b"x"}, "active"),
        ({"a.exe. ": b"x"}, "active"),
        ({"notes.txt": b"MZ\x90\0"}, "active"),
        ({"../a.txt": b"x"}, "active"),
        ({"a/../../b.txt": b"x"}, "active"),
        ({"/etc/a.txt": b"x"}, "active"),
        ({"C:\\a.txt": b"x"}, "active"),
        ({"a.zip": zipped({"b.exe": b"x"})}, "active"),
        ({"a.zip": zipped({"b.zip": zipped({"zeros": bytes(10**7)})})}, "exploding"),
        ({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"x": b"x"})})})}, "exploding"),
        ({str(n): b"" for n in range(archives.MOST_PARTS + 1)}, "exploding"),
    ],
)
def test_an_archive_is_looked_into(parts: dict[str, bytes], sort: str) -> None:
    assert flaw(zipped(parts)) == sort


ODT = {"mimetype": b"application/vnd.oasis.opendocument.text"}


def brought(sort: str, target: str) -> bytes:
    """The part of a document that says what it takes from elsewhere."""
    where = f'Target="{target}" TargetMode="External"'
    return (
        f'<Relationships><Relationship Id="r" Type="http://x/relationships/{sort}" {where}/></Relationships>'.encode()
    )


@pytest.mark.parametrize(
    ("ending", "parts", "sort"),
    [
        ("docx", {**OOXML, "word/vbaProject.bin": b"x"}, "active"),
        ("docx", {**OOXML, "word/embeddings/a.bin": b"MZ"}, "active"),
        ("docx", {**OOXML, "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>'}, "exploding"),
        ("odt", {**ODT, "content.xml": '<!DOCTYPE x [<!ENTITY a "aaa">]><x/>'.encode("utf-16")}, "exploding"),
        (
            "docx",
            {**OOXML, "word/_rels/settings.xml.rels": brought("attachedTemplate", "https://example.org/t")},
            "active",
        ),
        ("docx", {**OOXML, "word/_rels/document.xml.rels": brought("oleObject", "\\\\server\\share\\x")}, "active"),
        ("docx", {**OOXML, "word/_rels/settings.xml.rels": brought("attachedTemplate", "Normal.dotm")}, ""),
        ("docx", {**OOXML, "word/_rels/document.xml.rels": brought("hyperlink", "https://example.org/")}, ""),
        ("docx", {"word/document.xml": b"x"}, "disguised"),
        ("xlsx", OOXML, "disguised"),
        ("odt", {"mimetype": b"application/epub+zip"}, "disguised"),
        ("odt", {"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/a.xml": b"x"}, "active"),
        ("pptx", {}, "disguised"),
    ],
)
def test_a_document_is_looked_into(ending: str, parts: dict[str, bytes], sort: str) -> None:
    assert flaw(zipped(parts), ending) == sort


def test_an_archive_that_says_less_than_it_holds_is_refused() -> None:
    raw = bytearray(zipped({"zeros.txt": bytes(10**6)}))
    for at in (22, raw.index(b"PK\1\2") + 24):  # the size in the part's own head and in the list of parts
        raw[at : at + 4] = (1000).to_bytes(4, "little")
    assert flaw(bytes(raw)) == "exploding"


def test_an_archive_whose_sum_is_wrong_is_damaged() -> None:
    raw = bytearray(zipped({"a.txt": b"un texte"}, zipfile.ZIP_STORED))
    raw[raw.index(b"un texte")] ^= 1
    assert flaw(bytes(raw)) == "damaged"


def test_parts_that_share_their_bytes_are_refused() -> None:
    raw = zipped({"a.txt": os.urandom(1000), "b.txt": os.urandom(1000)})
    second = raw.index(b"PK\1\2", raw.index(b"PK\1\2") + 4)
    assert flaw(raw[: second + 42] + bytes(4) + raw[second + 46 :]) == "exploding"


def test_what_is_locked_or_packed_strangely_is_refused() -> None:
    raw = bytearray(zipped({"a.txt": b"x"}))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    assert flaw(bytes(raw)) == "damaged"
    assert flaw(zipped({"a.txt": b"x"}, zipfile.ZIP_BZIP2)) == "damaged"


def test_a_link_in_an_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert flaw(out.getvalue()) == "active"


def test_all_parts_together_have_a_limit() -> None:
    raw = zipped({name: os.urandom(600_000) for name in "abc"})
    assert (flaw(raw, most=2_000_000), flaw(raw, most=1_700_000)) == ("", "exploding")


@given(st.binary(max_size=400), st.data())
def test_whatever_an_archive_holds_nothing_is_raised(content: bytes, data: st.DataObject) -> None:
    raw = bytearray(zipped({"a.txt": content, "b/c.txt": b"x" * 50}))
    for _ in range(data.draw(st.integers(0, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert flaw(bytes(raw), most=10**6) in {"", "active", "exploding", "damaged", "disguised"}


@pytest.mark.parametrize(("macros", "sort"), [("_VBA_PROJECT", "active"), ("Book2", ""), ("WordDocument", "disguised")])
def test_an_older_document_is_looked_into(macros: str, sort: str) -> None:
    name = macros if sort == "disguised" else f"Workbook {macros}"
    found = archives.look_at_ole(name.encode("utf-16-le"), "xls")
    assert (found.sort if found else "") == sort


@pytest.mark.parametrize(
    "name",
    [
        *("con", "CON.txt", "nul.tar.gz", "Com1.pdf", "lpt9", "com¹.txt", "CONIN$", "a.", "a ", " a", "a.pdf."),
        *("a:b", 'a"b', "a<b", "a|b", "a?b", "a*b", "a\\b", "a\nb", "a\x7fb", "a\udce9b", "a\u202efdp.exe", "a\u200bb"),
        *("x" * 201, "é" * 101),
    ],
)
def test_a_name_that_not_every_computer_can_write_is_found(name: str) -> None:
    assert not_portable(name)
    assert not not_portable(plain(name))


@pytest.mark.parametrize(
    "name", ["a.pdf", "Été 2015.pdf", "conseil.pdf", "com.txt", "a-b_c (1).docx", "l’eau.png", "équipe…"]
)
def test_a_name_that_people_give_is_none(name: str) -> None:
    assert not not_portable(name)


@given(st.text(min_size=1))
def test_the_name_that_is_proposed_can_be_written(name: str) -> None:
    assert not not_portable(plain(name))


@given(st.text())
def test_names_that_differ_by_accents_or_capitals_are_one(name: str) -> None:
    forms = {name, unicodedata.normalize("NFD", name), unicodedata.normalize("NFC", name)}
    assert len({folded(form) for form in forms}) == 1
    assert folded(folded(name)) == folded(name)


def test_of_names_that_are_one_the_second_is_not_published(tmp_path: Path) -> None:
    files = {"docs/notes/Carte.pdf": "x", "docs/notes/carte.PDF": pdf(), "docs/Notes/b.pdf": "x"}
    rules, shown = published(tmp_path, files)
    assert rules == ["names-collide", "names-collide"]
    assert shown == {"Notes/b.pdf"}


def test_a_submodule_that_was_not_fetched_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/a.md": note()})
    git(tmp_path, "init", "-q")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},docs/guide")
    (tmp_path / "docs/guide").mkdir()
    (tmp_path / "docs/vide").mkdir()
    assert codes(checked(tmp_path, {}).report) == ["foreign-repository"]


def test_nothing_of_a_submodule_is_read(tmp_path: Path) -> None:
    files = {"docs/notes/autre/.git": "gitdir: x", "docs/notes/autre/b.md": note(), "docs/notes/autre/c.pdf": "x"}
    loaded = checked(tmp_path, {"docs/notes/a.md": note(), **files})
    assert codes(loaded.report) == ["foreign-repository"]
    assert [entry.id for entry in loaded.library] == ["a"]
    assert loaded.library.assets == frozenset()


def test_a_name_in_which_something_is_unseen_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/rapport\u202efdp.txt": "x"})
    assert "rapport<U+202E>fdp.txt" in run("check", cwd=tmp_path).stdout
