"""Names that every computer can write: Windows, macOS and Linux do not allow the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from hub.attachments.rules import NAME_NOT_PORTABLE, NAMES_COLLIDE
from hub.diagnostics import Diagnostic, Message
from hub.disk import readable
from hub.i18n import N_
from hub.location import Location
from hub.markdown.parser import slug
from hub.naming import is_device

LONGEST_PATH = 180
"""Signs of a path below the hub: Windows opens paths of 260, and the hub stands in a folder too."""
LONGEST_NAME = 200
"""Bytes of a name: file systems take 255, and some programs add an ending."""
_UNDECODED = re.compile("[\ud800-\udfff]")
"""What stands for bytes that are no UTF-8."""
_FORBIDDEN = re.compile(r'[<>:"\\|?*]')
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Controls, and signs that are not seen or turn the direction of reading: `rapport<U+202E>fdp.exe` looks like a PDF."""


def of_paths(paths: Iterable[tuple[str, bool]]) -> Iterator[Diagnostic]:
    """What is wrong with the names of files and folders.

    Args:
        paths: relative to the hub's folder, as the disk has them, and whether each is a folder; in order.
    """
    first: dict[str, str] = {}
    for path, is_folder in paths:
        name = path.rpartition("/")[2]
        why = not_portable(name) or (None if is_folder else _too_long(path))
        if why:
            params = {"found": shown(name), "why": why, "example": plain(name)}
            yield Diagnostic(NAME_NOT_PORTABLE, Location(readable(path)), params)
        other = first.setdefault(folded(path), path)
        if other != path and other.rpartition("/")[0] == path.rpartition("/")[0]:
            stem, dot, ending = plain(name).partition(".")
            params = {
                "found": shown(name),
                "first": shown(other.rpartition("/")[2]),
                "example": f"{stem}-2{dot}{ending}",
            }
            yield Diagnostic(NAMES_COLLIDE, Location(readable(path)), params)


def not_portable(name: str) -> Message | None:
    """Why a file or folder cannot bear a name everywhere, if it cannot."""
    if _UNDECODED.search(name):
        return Message(N_("it is not written in UTF-8"))
    if _UNSEEN.search(name):
        return Message(N_("it holds a sign that is not seen"))
    if found := _FORBIDDEN.search(name):
        return Message(N_("Windows does not allow “{sign}” in names"), {"sign": found[0]})
    if is_device(name):
        return Message(N_("to Windows “{name}” is a device"), {"name": name.partition(".")[0]})
    if name.endswith((".", " ")):
        return Message(N_("Windows drops a full stop or a space at the end"))
    if name.startswith(" "):
        return Message(N_("it begins with a space"))
    if len(name.encode()) > LONGEST_NAME:
        return Message(N_("it has more than {most} bytes"), {"most": LONGEST_NAME})
    return None


def _too_long(path: str) -> Message | None:
    if len(path.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_PATH:
        return None
    return Message(N_("with its folders it has more than {most} signs"), {"most": LONGEST_PATH})


def folded(path: str) -> str:
    """A path as file systems compare it that tell neither capitals nor ways to write an accent apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def shown(name: str) -> str:
    """A name in which nothing is unseen."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", readable(name))


def plain(name: str) -> str:
    """A name like it that can be written everywhere."""
    path = PurePosixPath(_FORBIDDEN.sub("-", _UNSEEN.sub("", readable(name))).strip(" ."))
    stem = slug(path.stem)[:60].strip("-") or "fichier"
    made = f"{stem}{path.suffix[:10].lower()}"
    return f"fichier-{made}" if is_device(made) else made
