"""Hashes of what goes into pages, by which a page that would come out as it was is known before it is rendered."""

from __future__ import annotations

import io
import pickle
from hashlib import blake2b

from hub.site.page import Card, Page


class Contents:
    """Hashes of pages; two of the same hash come out the same, and seldom are two equal pages told apart."""

    def __init__(self) -> None:
        self._cards: dict[int, tuple[Card, tuple[type[str], tuple[str]]]] = {}
        """By their numbers in memory, which are theirs for as long as they are held here."""

    def of(self, page: Page) -> str:
        """The hash of one page, in which the hash of a card stands for the card: it stands in many."""
        made = io.BytesIO()
        pickler = pickle.Pickler(made, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = {Card: self._card}
        pickler.dump(page)
        return _hash(made.getvalue())

    def _card(self, card: Card) -> tuple[type[str], tuple[str]]:
        found = self._cards.get(id(card))
        if found is None:
            found = self._cards[id(card)] = card, (str, (_hash(repr(card).encode("utf-8", "surrogatepass")),))
        return found[1]


def _hash(told: bytes) -> str:
    return blake2b(told, digest_size=12).hexdigest()
