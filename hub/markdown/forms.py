"""Which of many names occur in a text: acronyms as they are written, other names in any case, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_IN_WORD = re.compile(r"\w")
_FEW = 20
"""Words of which each is looked for sooner than all words of a text are told apart."""
LONGEST = 120
"""Signs of a name that is looked for in texts."""


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
        known: dict[str, dict[tuple[bool, int, int], set[str]]] = {}
        # At one place an acronym comes before other names, and a longer name before a shorter one.
        for form in sorted(forms, key=lambda form: (not form.isupper(), -len(form))):
            first = _WORD.search(form)
            if first and len(form) <= LONGEST:
                shape = form.isupper(), len(form), first.start()
                known.setdefault(first[0].casefold(), {}).setdefault(shape, set()).add(form)
        self._by_first_word = known

    def find(self, text: str) -> Iterator[Found]:
        """The names in a text, in its order; none overlaps another, nor is part of a word or of a compound."""
        end, candidates = 0, self._by_first_word
        for at, said in _places(text, candidates.keys()):
            if at >= end:
                # However many names begin with this word, those of one length are looked up at once.
                for (is_acronym, length, before), forms in candidates[said].items():
                    start = at - before
                    form = _form_at(text, start, length, forms, is_acronym=is_acronym) if start >= end else ""
                    if form:
                        end = start + length
                        yield Found(start, end, form)
                        break


def _places(text: str, words: AbstractSet[str]) -> Iterable[tuple[int, str]]:
    """Where some words stand in a text, in any case, in its order."""
    folded = text.casefold()
    if len(folded) != len(text):  # some few letters are two when they are folded: places there are not those here
        found = ((word.start(), word[0].casefold()) for word in _WORD.finditer(text))
        return [(at, said) for at, said in found if said in words]
    # Most words of a text are none of these, and the engine passes over them sooner than Python does.
    there = [said for said in words if said in folded] if len(words) < _FEW else words & set(_WORD.findall(folded))
    return sorted((at, said) for said in there for at in _alone(folded, said))


def _alone(text: str, word: str) -> Iterator[int]:
    """Where a word stands by itself in a text."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_IN_WORD.match(text[at - 1 : at]) or _IN_WORD.match(text, end)):
            yield at
        at = text.find(word, end)


def _form_at(text: str, start: int, length: int, forms: AbstractSet[str], *, is_acronym: bool) -> str:
    """The one of `forms` that stands at a place in a text, or nothing."""
    said = text[start : start + length]
    form = said if is_acronym or said in forms else said.casefold()
    if (
        form not in forms
        or _is_joined(text[start - 1 : start])
        or _is_joined(text[start + length : start + length + 1])
    ):
        return ""
    return form


def _is_joined(sign: str) -> bool:
    return sign == "-" or bool(_IN_WORD.match(sign))
