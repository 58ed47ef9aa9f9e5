"""Whether a file of `docs/` may be published, from its size, its name's ending and its content."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from hub import svg
from hub.addresses import FILE_TYPES, is_plain_file
from hub.attachments import archives, sorts
from hub.attachments.archives import Flaw
from hub.attachments.images import CLEANERS, Damaged
from hub.attachments.names import plain
from hub.attachments.rules import (
    ACTIVE_FILE,
    DAMAGED_FILE,
    DISGUISED_FILE,
    EXPLODING_FILE,
    FILE_TOO_LARGE,
    TYPE_NOT_PUBLISHED,
)
from hub.diagnostics import Diagnostic, Message
from hub.i18n import N_
from hub.location import Location

MOST_PIXELS = 64_000_000
"""Of an image: four bytes each when it is shown, and old phones have no more room."""
MEGABYTE = 10**6
_RULES = {"active": ACTIVE_FILE, "exploding": EXPLODING_FILE, "damaged": DAMAGED_FILE, "disguised": DISGUISED_FILE}


def unpublished(uri: str, path: str) -> Diagnostic | None:
    """Why a file is not published whatever it holds, if it is not.

    Args:
        uri: relative to `docs/`.
        path: relative to the hub's folder.
    """
    if is_plain_file(uri):
        return None
    ending = _ending(uri)
    why = Message(N_("the hub publishes no files of the type “{ending}”"), {"ending": ending or "–"})
    if ending in FILE_TYPES:
        why = Message(N_("the folder “{folder}” is the site’s own"), {"folder": uri.split("/", maxsplit=1)[0]})
    params = {"why": why, "known": ", ".join(sorted(FILE_TYPES)), "example": "ressources/guide.pdf"}
    return Diagnostic(TYPE_NOT_PUBLISHED, Location(path), params)


def too_large(size: int, path: str, most: int) -> Diagnostic | None:
    """A fault where a file has more than `most` megabytes."""
    if size <= most * MEGABYTE:
        return None
    found = f"{size / MEGABYTE:.1f}"
    return Diagnostic(FILE_TOO_LARGE, Location(path), {"found": found, "most": most, "example": size // MEGABYTE + 1})


def look(file: Path, path: str, most: int) -> Diagnostic | bytes | None:
    """What is to become of a file by its content.

    Args:
        file: itself.
        path: of it, relative to the hub's folder, with forward slashes.
        most: megabytes that a file may have.

    Returns:
        A fault, or the content that is published in its place, or None where it is published as it is.

    Raises:
        OSError: when it cannot be read.
    """
    ending = _ending(path)
    expected = sorts.EXPECTED[ending]
    with file.open("rb") as opened:
        head = opened.read(sorts.HEAD)
        if sorts.sort_of(head) != expected:
            return _fault(Flaw("disguised", Message(sorts.named(head))), path)
        if expected == sorts.ZIP:
            flaw = archives.look(opened, ending, most * archives.MOST_TIMES * MEGABYTE)
            return _fault(flaw, path) if flaw else None
    if expected == sorts.OLE:
        flaw = archives.look_at_ole(file.read_bytes(), ending)
        return _fault(flaw, path) if flaw else None
    if expected == sorts.SVG:
        raw = file.read_bytes()
        picture = svg.clean(raw).svg or svg.EMPTY
        return None if picture == raw else picture
    return _image(file.read_bytes(), expected, path) if expected in CLEANERS else None


def _image(raw: bytes, sort: str, path: str) -> Diagnostic | bytes | None:
    try:
        cleaned, wide, high = CLEANERS[sort](raw)
    except (Damaged, ValueError, LookupError):
        return _fault(Flaw("damaged", Message(N_("the image is not whole"))), path)
    if wide * high > MOST_PIXELS:
        said = Message(
            N_("{wide} × {high} pixels, {most} million at most"),
            {"wide": wide, "high": high, "most": MOST_PIXELS // 10**6},
        )
        return _fault(Flaw("exploding", said), path)
    return None if cleaned == raw else cleaned


def _fault(flaw: Flaw, path: str) -> Diagnostic:
    name = PurePosixPath(path).name
    params = {"found": flaw.why, "expected": f".{_ending(path)}", "example": plain(name)}
    return Diagnostic(_RULES[flaw.sort], Location(path), params)


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""
