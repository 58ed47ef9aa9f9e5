"""What pictures and documents tell beside what they show: where they were made, by whom, who commented them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from hub import metadata
from hub.checks import Check
from hub.config import Config
from hub.diagnostics import Diagnostic, Message, Rewrite, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.location import Location
from hub.metadata.told import UNREAD, Told

FILE_POSITION = Rule(
    "file-position",
    Severity.ERROR,
    N_("The file says where it was taken (GPS): it may lead to somebody’s door."),
    N_("{remedy} Example: `hub check --fix`"),
    dismissible=True,
)
FILE_AUTHORS = Rule(
    "file-authors",
    Severity.WARNING,
    N_("The file names people who are not in its pages: {found}."),
    N_("{remedy} Example: `hub check --fix`"),
    dismissible=True,
)
FILE_UNREAD = Rule(
    "file-unread",
    Severity.INFO,
    N_("The file cannot be looked into: nobody knows what it tells of people."),
    N_(
        "It is damaged, has a password, is too large or of an old format. Save it anew, then check it again. "
        "Example: rapport.doc → rapport.docx"
    ),
    dismissible=True,
)
_STRIPPED = Message(N_("`hub check --fix` takes this out of the file and leaves what it shows as it is."))
_BY_HAND = Message(N_("It cannot be taken out here: save the file again without personal information."))
_AUTHORS = Message(N_("its author or who changed it last"))
_SIGNERS = Message(N_("who signed its comments and tracked changes"))
_LOOKED_INTO = (
    *(".jpg", ".jpeg", ".png", ".webp", ".pdf", ".docx", ".pptx", ".xlsx", ".docm", ".pptm", ".xlsm"),
    *(".odt", ".odp", ".ods", ".doc", ".ppt", ".xls"),
)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """What the files of the hub tell."""
    docs = config.docs_dir
    for uri in sorted(library.assets - library.refused):  # what is refused has its own fault, and reaches nobody
        if not uri.lower().endswith(_LOOKED_INTO):
            continue
        path = _on_disk(docs, uri)
        if path is None:
            continue
        where = Location(path.relative_to(config.root).as_posix())
        told = metadata.told(path.read_bytes()) if path.stat().st_size <= metadata.MOST_BYTES else UNREAD
        yield from _said(told, where, uri)


def _said(told: Told, where: Location, uri: str) -> Iterator[Diagnostic]:
    can = told.removable and not told.unread
    edit = Rewrite(metadata.without) if can else None
    remedy = {"remedy": _STRIPPED if can else _BY_HAND}
    if told.position:
        yield Diagnostic(FILE_POSITION, where, remedy, edit, uri)
    if told.authors or told.signers:
        named = [one for one, is_told in ((_AUTHORS, told.authors), (_SIGNERS, told.signers)) if is_told]
        yield Diagnostic(FILE_AUTHORS, where, {**remedy, "found": named}, edit, uri)
    if told.unread:
        yield Diagnostic(FILE_UNREAD, where, words=uri)


def _on_disk(docs: Path, uri: str) -> Path | None:
    """The file of a composed name, which the disk may have in another form."""
    path = docs / uri
    if path.is_file():
        return path
    folder = path.parent
    others = folder.iterdir() if folder.is_dir() else ()
    return next((one for one in others if unicodedata.normalize("NFC", one.name) == path.name and one.is_file()), None)


CHECK = Check((FILE_POSITION, FILE_AUTHORS, FILE_UNREAD), find=find, in_builds=False)
