"""What a revision's content is known by: its permanent identity, its status, and what readers see of it."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from hub import frontmatter
from hub.swhid import content_hash

TECHNICAL = ("id", "source_hash", "aliases", "dismissed")
"""Fields that no reader sees."""
_SHA_1 = 40
"""Digits of such a hash; a repository that counts by SHA-256 has other names for contents."""
_UNSEEN = re.compile(rf"^(?:{'|'.join(TECHNICAL)})[ \t]*:.*\n(?:[ \t-].*\n|\n)*", re.MULTILINE)
_END = r"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
_FENCE = re.compile(rf"\A\s*---[ \t]*\n(?P<front>(?:(?!{_END}).*\n)*){_END}")
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
        text = _newlines(raw.decode("utf-8-sig", "replace"))
        fence = _FENCE.match(text)
        front = fence["front"] if fence else ""
        hash_ = blob if len(blob) == _SHA_1 else content_hash(raw)
        return cls(hash_, _substance(text, fence), _status(raw, front))


def substance(text: str) -> str:
    """The hash of what readers see of a text: the same whatever its white space and technical fields."""
    text = _newlines(text)
    return _substance(text, _FENCE.match(text))


def _substance(text: str, fence: re.Match[str] | None) -> str:
    if fence:
        text = f"{_UNSEEN.sub('', fence['front'])} --- {text[fence.end() :]}"
    return hashlib.blake2b(" ".join(text.split()).encode(), digest_size=12).hexdigest()


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _status(raw: bytes, front: str) -> str:
    """The status as it is written; plain YAML, as nearly all is, is read without a parser."""
    if "status" not in front:
        return ""
    plain = _PLAIN_STATUS.search(front)
    if plain:
        return plain["status"]
    source, _ = frontmatter.read(raw, "")
    return (source.front.text(("status",)) or ("?" if "status" in source.front.data else "")).strip()
