"""A slot for each record: the number by which posting lists know it, which other records hardly move.

Records could be numbered in order, but then a new one would move all those after it and with them every posting list.
So each takes the slot that the hash of its key says, in a table that is at most half full, or the next free one.
The table has a section for each rank and language, ranks first: a slot tells both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an answer is given without reading what a text is made of
    from hub.model import Key

CURRENT, DRAFT, PAST = range(3)
"""The ranks of records: what holds comes before drafts, and these before what was superseded or has retired."""
RANKS = range(CURRENT, PAST + 1)


@dataclass(frozen=True, slots=True)
class Table:
    """The shape of the table.

    Attributes:
        size: slots of one section, a power of two.
        languages: of the hub, its default first; the last section of a rank is for any other.
    """

    size: int
    languages: tuple[str, ...]

    def section(self, rank: int, lang: str) -> int:
        """The first slot of the section for a rank and a language."""
        at = self.languages.index(lang) if lang in self.languages else len(self.languages)
        return (rank * (len(self.languages) + 1) + at) * self.size

    def rank(self, slot: int) -> int:
        """The rank of the record in a slot."""
        return slot // self.size // (len(self.languages) + 1)

    def lang(self, slot: int) -> str:
        """The language of the record in a slot; empty for one that is not the hub's."""
        at = slot // self.size % (len(self.languages) + 1)
        return self.languages[at] if at < len(self.languages) else ""


def table_for(records: int, languages: Sequence[str]) -> Table:
    """A table for so many records, at most half full."""
    return Table(max(64, 1 << (2 * max(records, 1) - 1).bit_length()), tuple(languages))


def assign(table: Table, keys: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """Give each record, told by its key and rank, its slot."""
    wanted: dict[int, list[tuple[int, Key]]] = {}
    for key, rank in keys:
        digest = hashlib.sha256("\0".join(key).encode("utf-8", "surrogatepass")).digest()
        at = int.from_bytes(digest[:8], "big") % table.size
        wanted.setdefault(table.section(rank, key[2]), []).append((at, key))
    slots: dict[Key, int] = {}
    for base, asking in wanted.items():
        taken: set[int] = set()
        for first, key in sorted(asking):
            at = first
            while at in taken:
                at = (at + 1) % table.size
            taken.add(at)
            slots[key] = base + at
    return slots
