"""Proposals: the known word nearest to what was written (the one home of RapidFuzz)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process


def fold(text: str) -> str:
    """Lower case without accents, spaces and dashes made one: the form in which names are compared.

    >>> fold("Économie_Politique")
    'economie-politique'
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("’", "'"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return "-".join(plain.replace("_", " ").replace("-", " ").split())


def nearest(found: str, known: Iterable[str], *, cutoff: float = 60.0) -> str | None:
    """The known word most like `found`, or None when nothing comes near.

    Args:
        found: what was written.
        known: the words it may have meant.
        cutoff: least likeness, 0 to 100 (RapidFuzz's weighted ratio of the folded forms).
    """
    by_fold = {fold(word): word for word in sorted(known)}
    best = process.extractOne(fold(found), by_fold.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
    return by_fold[best[0]] if best else None
