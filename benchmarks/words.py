"""Words that look like French and are distributed as in real text, made from syllables and affixes.

The vocabulary is open: a word form is a function of its frequency rank, and ranks are drawn from a Zipf–Mandelbrot law
with a steeper tail (exponent 1 for the core of the language, 2 beyond it). So the number of different forms goes on
growing with the length of the text (Heaps), as it does in real collections, and nothing is copied from any.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from random import Random


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FUNCTION_WORDS = _split(
    "de la le et les des en un une du est que dans pour qui par sur au plus ne pas avec ce se sont aux il ou son à été "
    "comme mais cette sa ont elle leur ces entre être aussi même deux lors tout après ainsi sans fait très où nous "
    "leurs dont peut chaque autres depuis avant sous vers avait était toutes encore ses on si lorsque puis afin "
    "notamment toujours donc chez car selon pendant trois dès autre celle ceux peu moins plusieurs quatre hors "
    "contre parmi tandis souvent surtout enfin alors jusque ni quand tous"
)

_SHIFT = 2.7
"""Mandelbrot's shift: flattens the first ranks, so that no word is a tenth of a text."""
_CORE = 6000
"""Rank at which the core of the language ends and rare words begin."""
_HEAD = math.log((_CORE + _SHIFT) / (1 + _SHIFT))
_TOTAL = _HEAD + _CORE / (_CORE + _SHIFT)

_ONSETS = _split("b c ch cr d dr f fl g gr j l m n p pl pr r s st t tr v br")
_NUCLEI = _split("a é i o u ou an on in e ai oi eu au è")
_CLOSINGS = _split("b d f l m n p r s t v ss ll tt nn rr nd rt lt st ct g")
_LEMMA_ENDINGS = _split("e age ion eur ance ique ement é ure oire al if elle ine ade ier isme ose ette erie")
_INFLECTIONS = _split(
    "es ages ions eurs ances iques ements és ée ées er ait aient ant era eront ent euse able ables ateur atrice ation "
    "ations ité ités iste istes aux ives ons ez"
)
_PREFIXES = ("",) * 12 + ("re", "dé", "in", "pré", "co", "sur")
_MASK = 0xFFFFFFFF

_ELISION = re.compile(r"\b(?:(l)[ea]|([dnsc])e|(qu)e) (?=[aeiouàâéèêîôh])")


@lru_cache(maxsize=400_000)
def word(rank: int) -> str:
    """The word form of a frequency rank, counted from 1."""
    if rank <= len(FUNCTION_WORDS):
        return FUNCTION_WORDS[rank - 1]
    bits = _mix(rank)
    if rank < 400 or rank % 4 == 0:
        return _stem(rank) + _LEMMA_ENDINGS[bits % len(_LEMMA_ENDINGS)]
    # An inflected or derived form of a word that is more frequent.
    base = rank // (3 + bits % 5) // 4 * 4 + 400
    prefix = _PREFIXES[bits // 7 % len(_PREFIXES)]
    return prefix + _stem(base) + _INFLECTIONS[bits // 101 % len(_INFLECTIONS)]


def draw(random: Random, count: int) -> list[int]:
    """Draw the ranks of `count` running words."""
    exp, uniform, ranks = math.exp, random.random, []
    for _ in range(count):
        at = uniform() * _TOTAL
        if at < _HEAD:
            ranks.append(int((1 + _SHIFT) * exp(at) - _SHIFT))
        else:
            ranks.append(int(_CORE / max(1 - (at - _HEAD), 1e-9)))
    return ranks


class Writer:
    """Writes one text: a seeded source of words with a subject of its own.

    Rare words go together with the subject, and words once used come again, as in texts by people.
    """

    subjects = 13
    _rare = 300
    _again = 0.12

    def __init__(self, random: Random, subject: int = 0) -> None:
        self.random, self.subject = random, subject
        self._used: list[str] = []

    def words(self, count: int) -> list[str]:
        """`count` running words."""
        found, used, uniform = [], self._used, self.random.random
        for drawn in draw(self.random, count):
            rank = drawn
            if rank > self._rare:
                chance = uniform()
                if used and chance < self._again:
                    found.append(used[int(chance / self._again * len(used))])
                    continue
                if chance < 0.5:
                    rank += self.subject - rank % self.subjects
                used.append(word(rank))
            found.append(word(rank))
        return found

    def content_words(self, count: int, least: int = 130, most: int = 6000) -> list[str]:
        """`count` words that mean something: for titles and names."""
        return [word(int(least * (most / least) ** self.random.random())) for _ in range(count)]

    def phrase(self, count: int) -> str:
        """A run of words without a capital or a full stop."""
        return elide(" ".join(self.words(count)))

    def sentences(self, count: int) -> str:
        """Sentences of together `count` words."""
        return elide(" ".join(self._sentences(count)))

    def _sentences(self, count: int) -> Iterator[str]:
        while count > 0:
            length = min(count, self.random.randint(8, 26))
            if count - length < 5:
                length = count
            found = self.words(length)
            if length > 12:
                found[length // 2] += ","
            found[0] = found[0].capitalize()
            count -= length
            yield " ".join(found) + "."


def elide(text: str) -> str:
    """Put the apostrophes of French between a short word and a vowel.

    >>> elide("le endroit de une équipe")
    'l’endroit d’une équipe'
    """
    return _ELISION.sub(lambda match: f"{match[1] or match[2] or match[3]}’", text)


def _mix(number: int) -> int:
    """A number of 32 bits in which every bit depends on all of the given one's."""
    mixed = number & _MASK
    mixed = ((mixed ^ (mixed >> 16)) * 0x45D9F3B) & _MASK
    mixed = ((mixed ^ (mixed >> 16)) * 0x45D9F3B) & _MASK
    return mixed ^ (mixed >> 16)


def _stem(rank: int) -> str:
    """The stem of a word; the rarer, the longer."""
    bits = _mix(rank + 0x9E37)
    syllables = 1 if rank < 4000 else 2
    parts = []
    for _ in range(syllables):
        bits, onset = divmod(bits, len(_ONSETS))
        bits, nucleus = divmod(bits, len(_NUCLEI))
        parts.append(_ONSETS[onset] + _NUCLEI[nucleus])
    return "".join(parts) + _CLOSINGS[bits % len(_CLOSINGS)]
