"""What a file tells."""

from __future__ import annotations

from typing import NamedTuple


class Told(NamedTuple):
    """What a file tells of people beside what it shows.

    Attributes:
        position: whether it says where it was taken (GPS).
        authors: whether it names who made, owns or last changed it.
        signers: how many people sign comments and tracked changes in it.
        unread: whether it could not be looked into: damaged, encrypted, too large.
        removable: whether all that can be taken out by itself.
    """

    position: bool = False
    authors: bool = False
    signers: int = 0
    unread: bool = False
    removable: bool = True

    def __bool__(self) -> bool:
        return self.position or self.authors or self.signers > 0

    def __or__(self, other: Told) -> Told:
        """What two parts of a file tell together."""
        return Told(
            self.position or other.position,
            self.authors or other.authors,
            self.signers + other.signers,
            self.unread or other.unread,
            self.removable and other.removable,
        )


NOTHING = Told()
UNREAD = Told(unread=True, removable=False)
