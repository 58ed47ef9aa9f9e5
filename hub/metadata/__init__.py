"""What files tell of people beside what they show: where a picture was taken, who wrote or commented a document.

From bytes to what was found, and from bytes to bytes without it: the picture and the text stay as they are, bit by bit
or part by part. The bytes say what a file is, not its name. Nothing here runs what a file holds, resolves an entity or
unpacks more than `_safe` allows.
"""

from __future__ import annotations

from hub.metadata import images, office, pdf
from hub.metadata.told import NOTHING, Told

MOST_BYTES = 64 * 1024 * 1024
"""Larger files are not looked into."""
_FORMATS = (images, pdf, office)


def told(raw: bytes) -> Told:
    """What the bytes of a file tell; nothing where they are of no format that is known here."""
    return next((one.told(raw) for one in _FORMATS if one.knows(raw)), NOTHING)


def without(raw: bytes) -> bytes:
    """The same file without it; unchanged where that cannot be done safely, which `told` says."""
    return next((one.without(raw) for one in _FORMATS if one.knows(raw)), raw)
