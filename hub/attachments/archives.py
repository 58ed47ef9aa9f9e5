"""Archives, and the documents that are archives inside: how large they become, and whether they hold programs.

What an archive says of itself may be wrong, so each part is unpacked, piece by piece, and thrown away.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from hub.attachments import sorts
from hub.diagnostics import Message
from hub.i18n import N_

MOST_TIMES = 8
"""How much larger than the largest file an archive may become when it is unpacked."""
MOST_RATIO = 150
"""How much smaller packing may have made what is larger than `SMALL`."""
SMALL = 2**20
MOST_PARTS = 5000
MOST_DEPTH = 2
"""How many archives may lie one in another: a table in a presentation in a collection."""
_PIECE = 2**20
_IN_MEMORY = 8 * 2**20
_HEAD = 30
"""Bytes of a part's own head, before its name."""
_MEGABYTE = 10**6
_PROGRAMS = re.compile(
    r"\.(exe|dll|scr|com|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|jar|apk|docm|dotm|xlsm|xltm|xlam|"
    r"pptm|ppsm|potm|iso|img|reg|url|desktop)",
    re.IGNORECASE,
)
_MACROS = re.compile(
    r"(.*/)?(vbaProject\.bin|vbaData\.xml)|(Basic|Scripts)/.+|.*activeX[0-9]*\.(bin|xml)", re.IGNORECASE
)
_RELATION = re.compile(rb"<Relationship\s[^<>]*>")
_BROUGHT = re.compile(rb"/(?:attachedTemplate|oleObject|frame|subDocument)[\"']", re.IGNORECASE)
"""Sorts of what a program of Office brings, and may run, when a document is opened."""
_ELSEWHERE = re.compile(rb"\sTarget\s*=\s*[\"']\s*(?:https?:|ftp:|\\\\|file:/*\\\\|file://[^/])", re.IGNORECASE)
_PROGRAM = N_("the program “{name}”")
_ODF = b"application/vnd.oasis.opendocument."
_HOLDS: Mapping[str, tuple[str, bytes | None]] = {
    "docx": ("word/", None),
    "xlsx": ("xl/", None),
    "pptx": ("ppt/", None),
    "odt": ("mimetype", _ODF + b"text"),
    "ods": ("mimetype", _ODF + b"spreadsheet"),
    "odp": ("mimetype", _ODF + b"presentation"),
    "epub": ("mimetype", b"application/epub+zip"),
}
"""What a document of each type holds: a folder, or a part that says this."""
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OLE_HOLDS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book"), "ppt": ("PowerPoint Document",)}
_ODD = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)
"""What `zipfile` raises: an archive is damaged, locked, or (`NotImplementedError`) packed in a way it does not know."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an archive: `active`, `exploding`, `damaged` or `disguised`, and in words."""

    sort: str
    why: Message


class _Found(Exception):
    """A fault was met on the way."""

    def __init__(self, sort: str, text: str, **params: object) -> None:
        super().__init__(sort)
        self.flaw = Flaw(sort, Message(text, params))


@dataclass
class _Room:
    """How much may still be unpacked."""

    most: int
    left: int

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            said = N_("more than {most} MB when it is unpacked")
            raise _Found("exploding", said, most=self.most // _MEGABYTE)


def look(file: IO[bytes], ending: str, most: int) -> Flaw | None:
    """What is wrong with an archive or a document that is one.

    Args:
        file: its content.
        ending: of its name, in small letters.
        most: bytes that it may have when it is unpacked.
    """
    try:
        _look(file, ending, _Room(most, most), 0)
    except _Found as found:
        return found.flaw
    except _ODD:
        return Flaw("damaged", Message(N_("the archive is not whole")))
    return None


def look_at_ole(raw: bytes, ending: str) -> Flaw | None:
    """What is wrong with a document of an older Office program."""
    if _OLE_MACROS in raw:
        return Flaw("active", Message(N_("macros")))
    if not any(name.encode("utf-16-le") in raw for name in _OLE_HOLDS.get(ending, ("",))):
        return Flaw("disguised", Message(N_("a document of another program")))
    return None


def _look(file: IO[bytes], ending: str, room: _Room, depth: int) -> None:
    if depth > MOST_DEPTH:
        raise _Found("exploding", N_("archives lie in archives, {n} deep"), n=depth + 1)
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise _Found("exploding", N_("it has {n} parts"), n=len(parts))
        _overlap(parts)
        _is_what_it_says(archive, ending)
        for part in parts:
            _check_name(part, is_document=ending in _HOLDS)
            room.take(part.file_size)
            if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
                ratio = part.file_size // max(part.compress_size, 1)
                raise _Found("exploding", N_("“{name}” becomes {n} times as large"), name=part.filename, n=ratio)
        for part in parts:
            if not part.is_dir():
                _look_into(file, part, room, depth)


def _overlap(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that share their bytes: so a small archive says that it holds much."""
    end = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset < end:
            raise _Found("exploding", N_("its parts share the same bytes"))
        end = part.header_offset + part.compress_size + _HEAD


def _check_name(part: zipfile.ZipInfo, *, is_document: bool) -> None:
    name = part.filename
    if part.flag_bits & 1:
        raise _Found("damaged", N_("it is locked by a password, so nobody can see what it holds"))
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:2]:
        raise _Found("active", N_("“{name}” would be written outside of its folder"), name=name)
    if stat.S_ISLNK(part.external_attr >> 16):
        raise _Found("active", N_("“{name}” is a link to another place"), name=name)
    if _MACROS.fullmatch(name) and is_document:
        raise _Found("active", N_("macros ({name})"), name=name)
    if not is_document and _PROGRAMS.fullmatch("." + name.rstrip(". ").rpartition(".")[2]):
        raise _Found("active", _PROGRAM, name=name)


def _is_what_it_says(archive: zipfile.ZipFile, ending: str) -> None:
    wanted, said = _HOLDS.get(ending, ("", None))
    names = archive.namelist()
    if said is not None:
        head = b""
        if wanted in names:
            with archive.open(wanted) as part:
                head = part.read(100).strip()
        if head != said:
            raise _Found("disguised", N_("an archive that is no such document"))
    elif wanted and not ("[Content_Types].xml" in names and any(name.startswith(wanted) for name in names)):
        raise _Found("disguised", N_("an archive that is no such document"))


def _look_into(file: IO[bytes], part: zipfile.ZipInfo, room: _Room, depth: int) -> None:
    """Unpack a part: whether it is as large as it says, and what it begins with."""
    pieces = _pieces(file, part)
    head = next(pieces, b"")
    if sorts.is_program(head[: sorts.HEAD]):
        raise _Found("active", _PROGRAM, name=part.filename)
    if head[:4] != b"PK\3\4":
        _check_xml(head, part.filename)
        for _ in pieces:
            pass
        return
    with SpooledTemporaryFile(_IN_MEMORY) as inner:
        inner.write(head)
        inner.writelines(pieces)
        inner.seek(0)
        _look(inner, "", room, depth + 1)


def _check_xml(head: bytes, name: str) -> None:
    """Refuse XML that grows when it is read, and that has another computer's template or object brought."""
    plain = head.replace(b"\0", b"")  # as UTF-16 too
    if not name.lower().endswith((".xml", ".rels", ".opf", ".ncx", ".xhtml")):
        return
    if b"<!ENTITY" in plain:
        raise _Found("exploding", N_("“{name}” declares entities, which may become as large as they like"), name=name)
    for relation in _RELATION.findall(plain):
        if _BROUGHT.search(relation) and _ELSEWHERE.search(relation):
            raise _Found("active", N_("“{name}” brings something of another computer when it is opened"), name=name)


def _pieces(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part, as another program would unpack it: until its bytes say that it ends."""
    file.seek(part.header_offset)
    head = file.read(_HEAD)
    name, extra = struct.unpack_from("<HH", head, 26) if head[:4] == b"PK\3\4" else (0, -_HEAD)
    file.seek(part.header_offset + _HEAD + name + extra)
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if unpacking is None and part.compress_type != zipfile.ZIP_STORED:
        raise _Found("damaged", N_("“{name}” is packed in a way that not every program knows"), name=part.filename)
    left, size, sum_ = part.compress_size, 0, 0
    while left and not (unpacking and unpacking.eof):
        packed = file.read(min(left, _PIECE))
        if not packed:
            raise EOFError
        left -= len(packed)
        while packed:
            piece = unpacking.decompress(packed, _PIECE) if unpacking else packed
            packed = unpacking.unconsumed_tail if unpacking else b""
            size, sum_ = size + len(piece), zlib.crc32(piece, sum_)
            if size > part.file_size:
                raise _Found("exploding", N_("“{name}” is larger than it says"), name=part.filename)
            yield piece
    if (size, sum_) != (part.file_size, part.CRC):
        raise EOFError
