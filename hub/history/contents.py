"""What a revision's content is known by: its permanent identity, its status, and what readers see of it."""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8
from functools import lru_cache
from typing import NamedTuple

from hub import frontmatter
from hub.swhid import content_hash

TECHNICAL = ("id", "source_hash", "aliases", "dismissed")
"""Fields that no reader sees."""
_SHA_1 = 40
"""Digits of such a hash; a repository that counts by SHA-256 has other names for contents."""
_LONG = 64_000
"""Bytes of a text whose words are not kept in memory."""
_UNSEEN = re.compile(rf"^(?:{'|'.join(TECHNICAL)})[ \t]*:.*\n(?:[ \t-].*\n|\n)*".encode(), re.MULTILINE)
_END = rb"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
_FENCE = re.compile(rb"---[ \t]*\n(?P<front>(?:(?!%b).*\n)*)%b" % (_END, _END))
_PLAIN_STATUS = re.compile(r"^status:[ \t]*(?P<status>[^\s\"'#&*!|>\[{][^\n\"'#:]*?)[ \t]*$", re.MULTILINE)


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
            raw: them.
            blob: the name that Git has for them: nearly everywhere, that is their hash.
        """
        text = _newlines(raw.removeprefix(BOM_UTF8))
        fence = _FENCE.match(text)
        hash_ = blob if len(blob) == _SHA_1 else content_hash(raw)
        return cls(hash_, _substance(text, fence), _status(raw, fence["front"] if fence else b""))


def substance(text: str) -> str:
    """The hash of what readers see of a text: the same whatever its white space and technical fields."""
    raw = _newlines(text.encode())
    return _substance(raw, _FENCE.match(raw))


def _substance(text: bytes, fence: re.Match[bytes] | None) -> str:
    # Contents come file by file, and most of a file stays as it was: of that, the words are known.
    words, head = (_words, _head) if len(text) < _LONG else (_words.__wrapped__, _head.__wrapped__)
    parts = map(words, (text[fence.end() :] if fence else text).split(b"\n\n"))
    seen = (head(fence["front"]), b"---", *parts) if fence else parts
    return hashlib.blake2b(b" ".join(filter(None, seen)), digest_size=12).hexdigest()


@lru_cache(maxsize=512)
def _words(part: bytes) -> bytes:
    """The words of a part of a text, a space between each two; letters, not bytes, know what white space is."""
    return " ".join(part.decode("utf-8", "replace").split()).encode()


@lru_cache(maxsize=64)
def _head(front: bytes) -> bytes:
    """The words of a front matter that readers see."""
    return _words.__wrapped__(_UNSEEN.sub(b"", front))


def _newlines(text: bytes) -> bytes:
    """A text whose lines end in one way, from its first letter on."""
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text
    return text if text.startswith(b"---") else text.decode("utf-8", "replace").lstrip().encode()


def _status(raw: bytes, front: bytes) -> str:
    """The status as it is written; plain YAML, as nearly all is, is read without a parser."""
    if b"status" not in front:
        return ""
    plain = _PLAIN_STATUS.search(front.decode("utf-8", "replace"))
    if plain:
        return plain["status"]
    source, _ = frontmatter.read(raw, "")
    return (source.front.text(("status",)) or ("?" if "status" in source.front.data else "")).strip()
