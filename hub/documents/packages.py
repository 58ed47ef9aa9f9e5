"""Files that are ZIP archives of XML, opened safely: nothing is unpacked, fetched or expanded (a home of lxml)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hub.errors import HubError
from hub.i18n import N_

MOST_BYTES = 200_000_000
"""Of everything in an archive, unpacked."""
MOST_XML = 40_000_000
"""Of its texts; the rest is pictures, which are packed already."""
MOST_PARTS = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT = (".xml", ".rels", ".vml")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_UNREADABLE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError),
    NotImplementedError,  # packed in a way that `zipfile` does not know
)
_MISSHAPEN = (*_UNREADABLE, AttributeError, KeyError, SyntaxError, TypeError)
"""What libraries raise besides, of a package whose parts are not those that they look for."""


@contextmanager
def reading() -> Iterator[None]:
    """Say of a package that a library cannot read that it is damaged.

    Raises:
        HubError: instead of what the library raises.
    """
    try:
        yield
    except _MISSHAPEN as error:
        raise HubError(DAMAGED) from error


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, once its list of contents was found harmless.

    Raises:
        HubError: when it is none, is locked with a password, or would unpack to far more than a document holds.
    """
    if data.startswith(_OLE):
        raise HubError(LOCKED if _LOCKED in data else OLD_FORMAT)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except _UNREADABLE:
        raise HubError(DAMAGED) from None
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith(_TEXT))
    if len(parts) > MOST_PARTS or xml > MOST_XML or sum(part.file_size for part in parts) > MOST_BYTES:
        raise HubError(BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise HubError(LOCKED)
    for part in parts:
        if part.filename.lower().endswith(_TEXT) and b"<!DOCTYPE" in _beginning(archive, part):
            raise HubError(ENTITIES)
    return archive


def _beginning(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(part) as file:
            return file.read(4096).replace(b"\x00", b"")  # UTF-16 hides nothing
    except _UNREADABLE:
        raise HubError(DAMAGED) from None


def content(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The content of a part, or None where there is none of that name.

    Raises:
        HubError: when it cannot be read.
    """
    try:
        return archive.read(name)
    except KeyError:
        return None
    except _UNREADABLE:
        raise HubError(DAMAGED) from None


def xml(data: bytes) -> Any:
    """The root of an XML text; entities stay as they are written, and nothing is fetched.

    Raises:
        HubError: when it is no XML, or declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise HubError(DAMAGED) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise HubError(ENTITIES)
    return root


DAMAGED = N_(
    "The file cannot be read: it is damaged, or its name ends like another sort of file. "
    "Open it in the program that it was made with, and save it again."
)
OLD_FORMAT = N_(
    "This is a file of the old format (.doc, .ppt), whatever its name says. Open it in Word, PowerPoint or "
    "LibreOffice, and save it as .docx or .pptx."
)
LOCKED = N_("The file is protected by a password. Open it, save a copy without the password, and import that one.")
BOMB = N_(
    "The file would unpack to far more than a document holds, so it is not opened. Save it again, with smaller images."
)
ENTITIES = N_(
    "The file holds declarations that no document needs and that may do harm, so it is not opened. Save it again."
)
