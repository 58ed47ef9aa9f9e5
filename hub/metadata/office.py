"""Word, Excel, PowerPoint and OpenDocument files: author, last editor, manager, signed comments and tracked changes.

Such a file is a ZIP of parts. Properties are emptied; who signed a comment or a change becomes `Auteur 1`, `Auteur 2`,
so that a discussion stays one. Pictures inside are looked into as pictures outside are. All other parts stay as they
are.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hub.metadata import images, marks
from hub.metadata.told import NOTHING, UNREAD, Told

_MOST_PARTS = 5_000
_MOST_BYTES = 256 * 1024 * 1024
"""Of all parts, unpacked."""
_MOST_XML = 32 * 1024 * 1024
"""Of one part that is XML."""
_RATIO = 300
"""Of a part's size to its packed size: more is no document."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How older documents begin (.doc, .xls, .ppt), and newer ones with a password."""
_NOBODY = frozenset(("", "unknown", "author", "auteur", "openpyxl", "python-docx", "microsoft office user", "a"))
_SIGNED, _INITIALS = "Auteur ", "A"
_THREAD = "tc="
"""Begins what stands in the place of an author where a comment of Excel is the first of a thread."""
_BESIDE_A_NAME = ("initials", "userId")


class _Names(NamedTuple):
    """Where names stand in a part.

    Attributes:
        elements, attributes: as `marks.places` takes them.
        signed: whether they sign remarks; otherwise they are the document's authors.
    """

    elements: frozenset[str] = frozenset()
    attributes: Mapping[str, frozenset[str]] = {}
    signed: bool = True


_BY = frozenset(("author", "initials"))
_WORD_TAGS = (
    *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange"),
    *("tcPrChange", "trPrChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "comment"),
    *("moveFromRangeStart", "moveToRangeStart", "customXmlInsRangeStart", "customXmlDelRangeStart"),
)
_PEOPLE = {"person": frozenset(("author",)), "presenceInfo": frozenset(("userId",))}
_WORD = _Names(attributes={**dict.fromkeys(_WORD_TAGS, _BY), **_PEOPLE})
_SLIDES = _Names(attributes=dict.fromkeys(("cmAuthor", "author"), frozenset(("name", "initials", "userId"))))
_SHEETS = _Names(
    frozenset(("author",)), {"person": frozenset(("displayName", "userId")), "userInfo": frozenset(("name",))}
)
_OPEN = _Names(frozenset(("dc:creator", "creator-initials")))
_PROPERTIES = _Names(frozenset(("creator", "lastModifiedBy", "Manager", "initial-creator", "printed-by")), signed=False)
_PARTS = (
    ("docProps/core.xml", _PROPERTIES),
    ("docProps/app.xml", _PROPERTIES),
    ("meta.xml", _PROPERTIES),
    ("content.xml", _OPEN),
    ("styles.xml", _OPEN),
    ("word/", _WORD),
    ("ppt/commentAuthors.xml", _SLIDES),
    ("ppt/authors.xml", _SLIDES),
    ("xl/comments", _SHEETS),
    ("xl/persons/", _SHEETS),
    ("xl/revisions/", _SHEETS),
)
_SIGNATURES = ("_xmlsignatures/", "META-INF/documentsignatures.xml")


def knows(raw: bytes) -> bool:
    """Whether the bytes are a document, or may be one."""
    return raw.startswith((b"PK\x03\x04", _OLE))


def told(raw: bytes) -> Told:
    """What the document tells; of a ZIP that is none, nothing."""
    if raw.startswith(_OLE):
        return UNREAD
    found = NOTHING
    signers: set[str] = set()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if not _is_document(archive):
                return NOTHING
            for info, names in _looked_into(archive):
                content = archive.read(info)
                if names is None:
                    found |= images.told(content)._replace(unread=False, removable=True)
                    continue
                said = [place for place in _places(content, names) if not _is_nobody(place.name)]
                if names.signed:
                    signers |= {place.name.strip() for place in said if not place.tag.endswith(_BESIDE_A_NAME)}
                else:
                    found |= Told(authors=bool(said))
            removable = not any(name.startswith(_SIGNATURES) for name in archive.namelist())
    except _UNREADABLE:
        return found | UNREAD
    return found._replace(signers=len(signers), removable=removable)


def without(raw: bytes) -> bytes:
    """The document without it; unchanged where it could not be looked into, or is signed as a whole."""
    found = told(raw)
    if not found or not found.removable or found.unread:
        return raw
    try:
        return _written_anew(raw)
    except _UNREADABLE:
        return raw


def _written_anew(raw: bytes) -> bytes:
    numbers: dict[str, int] = {}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
        wanted = {info.filename: names for info, names in _looked_into(old)}
        for info in old.infolist():
            content = old.read(info)
            if info.filename in wanted:
                names = wanted[info.filename]
                content = images.without(content) if names is None else _nameless(content, names, numbers)
            new.writestr(info, content, compress_type=info.compress_type)
        new.comment = old.comment
    return made.getvalue()


class _TooMuch(Exception):
    """The parts are more, or larger, than any document's."""


_UNREADABLE = (
    *(marks.Refused, _TooMuch, zipfile.BadZipFile, zlib.error),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error, lzma.LZMAError),
)
"""What is raised where an archive is damaged, has a password, or is packed in an unknown way."""


def _is_document(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    return "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names)


def _looked_into(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, _Names | None]]:
    """The parts in which people may be named, with where; None for pictures.

    Raises:
        _TooMuch: when the parts are too many or too large to be unpacked.
    """
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise _TooMuch
    for part in parts:
        if part.file_size > _RATIO * max(part.compress_size, 1_024):
            raise _TooMuch
        name = part.filename
        if name.lower().endswith((".jpg", ".jpeg", ".png", ".webp")):
            yield part, None
        elif name.endswith(".xml"):
            names = next((names for start, names in _PARTS if name.startswith(start)), None)
            if names and part.file_size > _MOST_XML:
                raise _TooMuch
            if names:
                yield part, names


def _places(content: bytes, names: _Names) -> list[marks.Place]:
    return marks.places(content, names.elements, names.attributes)


def _is_nobody(name: str) -> bool:
    plain = name.strip()
    return plain.lower() in _NOBODY or plain.removeprefix(_SIGNED).isdigit() or plain.startswith(_THREAD)


def _nameless(content: bytes, names: _Names, numbers: dict[str, int]) -> bytes:
    def other(place: marks.Place) -> str:
        if not names.signed:
            return ""
        if place.tag.endswith("initials"):
            return _INITIALS
        return f"{_SIGNED}{numbers.setdefault(place.name.strip(), len(numbers) + 1)}"

    return marks.renamed(content, [one for one in _places(content, names) if not _is_nobody(one.name)], other)
