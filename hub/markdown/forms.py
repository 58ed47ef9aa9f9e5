"""Which of many names occur in a text: acronyms as they are written, other names in any case, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_WORD = re.compile(r"\w+")


class Found(NamedTuple):
    """A name in a text: where it begins and ends, and which one it is."""

    start: int
    end: int
    form: str


class Forms:
    """Names to be looked for. A text is read once, however many there are.

    Args:
        forms: acronyms in capitals, other names casefolded.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        found: dict[str, list[tuple[int, str]]] = {}
        # At one place an acronym comes before other names, and a longer name before a shorter one.
        for form in sorted(forms, key=lambda form: (not form.isupper(), -len(form))):
            first = _WORD.search(form)
            if first:
                found.setdefault(first[0].casefold(), []).append((first.start(), form))
        self._by_first_word = found

    def find(self, text: str) -> Iterator[Found]:
        """The names in a text, in its order; none overlaps another, nor is part of a word or of a compound."""
        end, candidates = 0, self._by_first_word
        folded = text.casefold()
        # Some few letters are two when they are folded: then places in one text are not those in the other.
        is_same_length = len(folded) == len(text)
        for word in _WORD.finditer(folded if is_same_length else text):
            said = word[0] if is_same_length else word[0].casefold()
            if said in candidates and word.start() >= end:
                for before, form in candidates[said]:
                    start = word.start() - before
                    if start >= end and _stands(text, start, form):
                        end = start + len(form)
                        yield Found(start, end, form)
                        break


def _stands(text: str, start: int, form: str) -> bool:
    end = start + len(form)
    said = text[start:end]
    if said != form and (form.isupper() or said.casefold() != form):
        return False
    return not (_is_joined(text[start - 1 : start]) or _is_joined(text[end : end + 1]))


def _is_joined(sign: str) -> bool:
    return sign == "-" or bool(_WORD.match(sign))
