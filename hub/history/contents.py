"""What a revision's content is known by: its permanent identity, its status, and what readers see of it."""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8
from typing import NamedTuple

from hub import frontmatter
from hub.swhid import content_hash

TECHNICAL = ("id", "source_hash", "aliases", "dismissed")
"""Fields that no reader sees."""
_UNSEEN = re.compile(rf"^(?:{'|'.join(TECHNICAL)})[ \t]*:.*\n(?:[ \t-].*\n|\n)*".encode(), re.MULTILINE)
_END = rb"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
_FENCE = re.compile(rb"\A\s*---[ \t]*\n(?P<front>(?:(?!%b).*\n)+)%b" % (_END, _END))
_PLAIN_STATUS = re.compile(rb"^status:[ \t]*(?P<status>[^\s\"'#&*!|>\[{][^\n\"'#:]*?)[ \t]*$", re.MULTILINE)
_SPACES = tuple(sign.encode() for sign in "\u00a0\u202f\u2009")
"""White space that French is written with, beside that of ASCII: no-break, narrow no-break, and thin."""
_SHA1 = 40


class Content(NamedTuple):
    """What is known of a content.

    Attributes:
        hash: of the content as Git counts it (SHA-1 of `blob`, size and bytes), which its SWHID holds.
        substance: a hash of what readers see: neither white space nor technical fields change it.
        status: as it is written in the front matter; empty where it is not.
    """

    hash: str
    substance: str
    status: str

    @classmethod
    def of(cls, raw: bytes, blob: str = "") -> Content:
        """What is known of a file's bytes.

        Args:
            raw: the bytes.
            blob: the name under which a repository holds them; where it counts by SHA-1, that is their hash.
        """
        text = _plain(raw)
        hash_ = blob if len(blob) == _SHA1 else content_hash(raw)
        return cls(hash_, _substance(text), _status(raw, text))


# Tens of thousands of contents are read in a build from nothing, so they are looked at as bytes.


def substance(text: str) -> str:
    """The hash of what readers see of a text: the same whatever its white space and technical fields."""
    return _substance(_plain(text.encode("utf-8", "surrogatepass")))


def _substance(text: bytes) -> str:
    fence = _FENCE.match(text)
    if fence:
        text = b"%b --- %b" % (_UNSEEN.sub(b"", fence["front"]), text[fence.end() :])
    for space in _SPACES:
        text = text.replace(space, b" ")
    return hashlib.blake2b(b" ".join(text.split()), digest_size=12).hexdigest()


def _plain(raw: bytes) -> bytes:
    """A text without its byte order mark, its lines ended as on Linux."""
    text = raw.removeprefix(BOM_UTF8)
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _status(raw: bytes, text: bytes) -> str:
    """The status as it is written; plain YAML, as nearly all is, is read without a parser."""
    fence = _FENCE.match(text)
    if fence is None or b"status" not in fence["front"]:
        return ""
    plain = _PLAIN_STATUS.search(fence["front"])
    if plain:
        return plain["status"].decode("utf-8", "replace")
    source, _ = frontmatter.read(raw, "")
    return (source.front.text(("status",)) or ("?" if "status" in source.front.data else "")).strip()
