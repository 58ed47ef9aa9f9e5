"""Proposals: the known word nearest to what was written (the one home of RapidFuzz)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from hub.diagnostics import Message
from hub.i18n import N_


@lru_cache(maxsize=100_000)
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
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - slow to import, and most commands propose nothing

    by_fold = {fold(word): word for word in sorted(known)}
    best = process.extractOne(fold(found), by_fold.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
    return by_fold[best[0]] if best else None


def proposal(found: str, known: Iterable[str], otherwise: Message) -> Message:
    """The question whether the nearest known name was meant, or `otherwise` when nothing comes near.

    Near is what reads much the same, or has all the words that were written (`dossou` for `jean-paul-dossou`).
    """
    names = sorted(known)
    words = set(fold(found).split("-"))
    word = nearest(found, names) or min((n for n in names if words <= set(fold(n).split("-"))), key=len, default=None)
    return Message(N_("Did you mean “{nearest}”?"), {"nearest": word}) if word else otherwise


def is_misspelt(one: str, other: str) -> bool:
    """Whether one typing error (a letter too many, too few, wrong, or two swapped) makes one text of the other."""
    return edits(one, other, 1) == 1


def edits(one: str, other: str, most: int) -> int:
    """How many letters are too many, too few, wrong, or swapped with the next; more than `most` is not counted on.

    Optimal string alignment: a pair of letters that was swapped is not edited again.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - slow to import, as above

    return OSA.distance(one, other, score_cutoff=most)
