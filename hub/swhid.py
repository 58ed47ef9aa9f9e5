"""The permanent identity of a content: SoftWare Hash IDentifiers (SWHID, ISO/IEC 18670)."""

from __future__ import annotations

import hashlib

DIGITS = 12
"""Digits of a content's hash that stand in addresses and references."""


def content_hash(raw: bytes) -> str:
    """The hash that Git gives a content: 40 hexadecimal digits of SHA-1 over `blob`, its size and its bytes.

    >>> content_hash(b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    return hashlib.sha1(b"blob %d\0%b" % (len(raw), raw), usedforsecurity=False).hexdigest()


def swhid(hash_: str) -> str:
    """The identifier of a content by that hash, which stays true wherever the content is kept."""
    return f"swh:1:cnt:{hash_}"
