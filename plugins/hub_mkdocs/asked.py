"""What was looked up for the parts of a site, as it is kept: each question in one place, and elsewhere its name.

The pages of 5,000 notes take 450,000 looks at 77,000 questions: so a part has the names of its questions, one after
the other, and a question stands in one place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from hub.site.answers import Answers
from hub.site.observed import Question

_SIZE = 8
"""Bytes of a name: of a million questions, two have the same with a chance of one in 37 millions."""

Answered = tuple[Question, str]
"""A question, and its answer."""


class Told(NamedTuple):
    """What was looked up for a part.

    Attributes:
        names: of its questions, one after the other.
        new: those that were not told before, with their answers.
    """

    names: bytes
    new: tuple[Answered, ...]


class Teller:
    """Tells what was looked up, part by part, and each question once.

    Args:
        answers: to the questions.
        known: names of those that need not be told.
    """

    def __init__(self, answers: Answers, known: Collection[bytes]) -> None:
        self._answers, self._known = answers, set(known)

    def tell(self, questions: Iterable[Question]) -> Told:
        """Tell what was looked up for one part."""
        named = {name_of(question): question for question in questions}
        new = {name: question for name, question in named.items() if name not in self._known}
        self._known.update(new)
        return Told(b"".join(named), tuple((question, self._answers.to(question)) for question in new.values()))


def name_of(question: Question) -> bytes:
    """The name of a question."""
    return blake2b("\0".join(question).encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


def names_in(names: bytes) -> Iterator[bytes]:
    """Names that stand one after the other."""
    return (names[at : at + _SIZE] for at in range(0, len(names), _SIZE))
