"""Texts cut into tokens by the million, as `analysis.tokens` cuts them, without a step of Python for each.

Texts are taken as one array of signs (NumPy). A token is a run of letters, and a hash of them finds its number, so that
Python sees each token once. What is rare, letters of other scripts and acronyms with dots, is left to `analysis`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from hub.search.analysis import LETTER, plain, tokens
from hub.search.lists import Bytes, Numbers

Hashes = NDArray[np.uint64]
_AT_ONCE = 500_000
"""Signs that are cut together: what is made of them stays in the processor's cache."""
_SLOTS = 20
"""Bits of a hash by which a token is found."""
_LONGEST = 255
"""Letters of a token at most: two long ones can be made so that their hashes are often the same."""
_END, _ODD, _DOT, _BETWEEN = range(4)
"""What signs are that are no letters: the end of a text, what is left to `analysis`, a dot, anything else."""
_SEVERAL = ("œ", "Œ", "æ", "Æ")
"""Signs that French writes and that are folded to more than one."""
_LETTER = re.compile(f"[{LETTER}']")


class Cutter:
    """Cuts texts, and numbers their tokens in the order in which they are met.

    Attributes:
        tokens: by number.
    """

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self._numbers: dict[str, int] = {}
        # The last token of each slot: a hash, and whose it is.
        self._hashes: Hashes = np.zeros(1 << _SLOTS, np.uint64)
        self._known = np.zeros(1 << _SLOTS, np.int32)
        # Another one in each process: nobody can write two tokens that are taken for one.
        self._base = int.from_bytes(os.urandom(8), "little") | 1
        self._powers = self._inverses = np.ones(0, np.uint64)

    def cut(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The numbers of the texts' tokens, behind one another, and how many each text has."""
        parts = [self._cut(some) for some in _parts(texts)]
        numbers, counts = zip(*parts, strict=True) if parts else ([_NONE], [_NONE])
        return np.concatenate(numbers), np.concatenate(counts)

    def _cut(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        signs = _signs(texts)
        ends = np.flatnonzero(signs == _END)
        begins, afters = _runs(signs)
        counts = np.diff(np.searchsorted(begins, ends), prepend=0)
        is_odd = np.zeros(len(texts), np.bool_)
        is_odd[np.searchsorted(ends, np.concatenate((_odd(signs), begins[afters - begins > _LONGEST])))] = True
        is_usual = np.repeat(~is_odd, counts)
        numbers = self._looked_up(signs, begins[is_usual], afters[is_usual])
        odd = np.flatnonzero(is_odd)
        if not len(odd):
            return numbers, counts
        found = [tokens(texts[at]) for at in odd.tolist()]
        sizes = list(map(len, found))
        counts[odd] = 0
        before = (np.cumsum(counts) - counts)[odd]
        counts[odd] = sizes
        of_odd = np.array(list(map(self._number, chain.from_iterable(found))), np.int64)
        return np.insert(numbers, np.repeat(before, sizes), of_odd), counts

    def _looked_up(self, signs: Bytes, begins: Numbers, afters: Numbers) -> Numbers:
        """The numbers of the tokens that begin and end there."""
        hashes = self._hashed(signs, begins, afters)
        slots = (hashes >> np.uint64(64 - _SLOTS)).astype(np.int64)
        numbers = self._known[slots].astype(np.int64)
        new = np.flatnonzero(self._hashes[slots] != hashes)
        _, first, which = np.unique(hashes[new], return_index=True, return_inverse=True)
        order = np.argsort(first)
        data, at = signs.tobytes(), new[first[order]]
        found = np.empty_like(order)
        found[order] = [
            self._number(data[begin:after].decode())
            for begin, after in zip(begins[at].tolist(), afters[at].tolist(), strict=True)
        ]
        numbers[new] = found[which]
        self._hashes[slots[new]], self._known[slots[new]] = hashes[new], numbers[new]
        return numbers

    def _hashed(self, signs: Bytes, begins: Numbers, afters: Numbers) -> Hashes:
        """A hash of each token: its letters are the coefficients of a polynomial, wherever it stands."""
        if len(self._powers) < len(signs):
            self._powers = _powers(self._base, len(signs))
            self._inverses = _powers(pow(self._base, -1, 1 << 64), len(signs))
        sums = np.zeros(len(signs) + 1, np.uint64)
        np.cumsum(signs * self._powers[: len(signs)], out=sums[1:])
        hashes: Hashes = (sums[afters] - sums[begins]) * self._inverses[begins]
        hashes ^= hashes >> np.uint64(32)  # words with like letters would share slots
        return hashes * np.uint64(self._base)

    def _number(self, token: str) -> int:
        number = self._numbers.get(token)
        if number is None:
            number = self._numbers[token] = len(self.tokens)
            self.tokens.append(token)
        return number


_NONE: Numbers = np.zeros(0, np.int64)


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Texts, as many at a time as are cut together."""
    start = size = 0
    for at, text in enumerate(texts):
        size += len(text)
        if size > _AT_ONCE:
            yield texts[start : at + 1]
            start, size = at + 1, 0
    if start < len(texts):
        yield texts[start:]


def _signs(texts: Sequence[str]) -> Bytes:
    """The texts' signs behind one another, folded; each text ends in `_END`."""
    joined = "\0".join((*texts, ""))
    if joined.count("\0") > len(texts):
        joined = "\0".join((*(text.replace("\0", " ") for text in texts), ""))
    for sign in _SEVERAL:
        if sign in joined:
            joined = joined.replace(sign, plain(sign))
    signs: Bytes = folds()[np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), "<u2")]
    return signs


@cache
def folds() -> Bytes:
    """What each sign of the first plane is folded to; most that Western Europe's keyboards have are known."""
    table = np.full(1 << 16, _ODD, np.uint8)
    for code in (*range(0x250), *range(0x2000, 0x2070), ord("€")):
        folded = plain(chr(code))
        if _LETTER.fullmatch(folded):
            table[code] = ord(folded) if folded.isascii() else _ODD
        elif len(folded) == 1:
            table[code] = _DOT if folded == "." else _BETWEEN
    table[0], table[ord("…")] = _END, _DOT
    return table


def _runs(signs: Bytes) -> tuple[Numbers, Numbers]:
    """Where tokens begin, and where they have ended. The last sign is none of a token's."""
    is_letter = np.zeros(len(signs) + 1, np.bool_)
    np.greater(signs, _BETWEEN, out=is_letter[1:])
    begins, afters = np.flatnonzero(is_letter[1:] != is_letter[:-1]).reshape(-1, 2).T
    return begins, afters


def _odd(signs: Bytes) -> Numbers:
    """The signs whose texts are left to `analysis`: dots with one sign between them may belong to an acronym."""
    is_dot = signs == _DOT
    return np.concatenate((np.flatnonzero(signs == _ODD), np.flatnonzero(is_dot[2:] & is_dot[:-2])))


def _powers(base: int, count: int) -> Hashes:
    """The powers of a number from the 0th on."""
    found: Hashes = np.full(count, base, np.uint64)
    found[:1] = 1
    return np.multiply.accumulate(found)
