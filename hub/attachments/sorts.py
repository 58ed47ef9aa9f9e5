"""What a file is by its content: the first bytes of each sort, and the endings that it may bear."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hub.i18n import N_

HEAD = 4096
"""Bytes by which a file is known."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SVG = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg([^\[>]*\[.*?\]\s*)?[^>]*>\s*)?<svg[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_BOMS = (b"\xff\xfe", b"\xfe\xff")

_FRAMES = frozenset(bytes((0xFF, second)) for second in (0xE2, 0xE3, 0xF2, 0xF3, 0xFA, 0xFB))
"""How a frame of MPEG audio begins, layer III."""

TEXT, ZIP, OLE, SVG = "text", "zip", "ole", "svg"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "jpeg": ("jpg", "jpeg"),
    "png": ("png",),
    "gif": ("gif",),
    "webp": ("webp",),
    "avif": ("avif",),
    SVG: ("svg",),
    "pdf": ("pdf",),
    "mp3": ("mp3",),
    "mp4": ("mp4",),
    "ogg": ("ogg",),
    "webm": ("webm",),
    ZIP: ("docx", "epub", "odp", "ods", "odt", "pptx", "xlsx", "zip"),
    OLE: ("doc", "ppt", "xls"),
    TEXT: ("csv", "json", "txt"),
}
"""Which endings a sort of content may have; each of `addresses.FILE_TYPES` is one of them."""
EXPECTED = {ending: sort for sort, endings in ENDINGS.items() for ending in endings}
PROGRAM = N_("a program")
PAGE = N_("a page that can run programs")
UNKNOWN = N_("of a sort that is not known here")
_EMPTY = N_("empty")
_NAMED: Mapping[str, str] = {
    TEXT: N_("plain text"),
    ZIP: N_("an archive"),
    OLE: N_("a document of an older Office program"),
}
_OTHERS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), said)
    for pattern, said in (
        (rb"MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|#!|dex\n|\0asm|!<arch>", PROGRAM),
        (rb"\xef?\xbb?\xbf?\s*<(!doctype html|html|script|\?xml[^>]*>\s*(<!--.*?-->\s*)?<html)", PAGE),
        (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x1f\x8b|BZh|\xfd7zXZ|MSCF|.{257}ustar", _NAMED[ZIP]),
    )
)
"""Content that no file of the hub may have, whatever its name."""


def _is_sound(head: bytes) -> bool:
    """MPEG audio, layer III: a tag, or a frame."""
    return head[:3] == b"ID3" or head[:2] in _FRAMES


def _is_text(head: bytes) -> bool:
    if head[:2] in _BOMS:
        return b"\0\0\0" not in head
    return not _CONTROL.search(head)


_FOUND: Mapping[str, Callable[[bytes], bool]] = {
    "jpeg": lambda head: head[:3] == b"\xff\xd8\xff",
    "png": lambda head: head[:8] == b"\x89PNG\r\n\x1a\n",
    "gif": lambda head: head[:6] in {b"GIF87a", b"GIF89a"},
    "webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    "avif": lambda head: head[4:8] == b"ftyp" and head[8:12] in {b"avif", b"avis"},
    "pdf": lambda head: head[:5] == b"%PDF-",
    "mp4": lambda head: head[4:8] == b"ftyp" and head[8:12] not in {b"avif", b"avis", b"heic", b"mif1"},
    "ogg": lambda head: head[:4] == b"OggS",
    "webm": lambda head: head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head[:64],
    ZIP: lambda head: head[:4] in {b"PK\3\4", b"PK\5\6"},
    SVG: lambda head: _SVG.match(head) is not None,
    OLE: lambda head: head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "mp3": _is_sound,
    TEXT: _is_text,
}
"""How each sort begins; text, which has no beginning of its own, comes last."""


def sort_of(head: bytes) -> str:
    """The sort of a file by its first `HEAD` bytes; empty for one that no file of the hub may have."""
    if not head or any(pattern.match(head) for pattern, _ in _OTHERS):
        return ""
    return next((sort for sort, begins in _FOUND.items() if begins(head)), "")


def named(head: bytes) -> str:
    """What to call content, as a message id or a type's short name."""
    if not head:
        return _EMPTY
    sort = sort_of(head)
    if sort:
        return _NAMED.get(sort, sort.upper())
    return next((said for pattern, said in _OTHERS if pattern.match(head)), UNKNOWN)


def is_program(head: bytes) -> bool:
    """Whether a file begins as one that a computer runs."""
    return named(head) == PROGRAM
