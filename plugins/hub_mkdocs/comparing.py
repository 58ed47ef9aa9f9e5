"""Which of the questions of an earlier build have another answer today; each is looked at once, on all cores."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from hub.site.answers import Answers
from hub.site.observed import Question
from hub.workers import spread
from hub_mkdocs.asked import Answered, names_in
from hub_mkdocs.record import Record

_ALONE = 10_000
"""Questions that one process answers sooner than several are started."""
_AT_ONCE = 2000
_LATE = "cards"
"""What takes so long to answer that it is only done where nothing else has changed of a part that asks for it."""
_LOST = ("always",)
"""Stands for a question of which the record is damaged."""


class _Late(NamedTuple):
    """A question that may be answered later, and how it was."""

    question: Question
    answer: str


class Comparing:
    """Compares what was looked up for parts with what it is today.

    Args:
        answers: those of today.
        earlier: what an earlier build has left.

    Attributes:
        changed: the questions that have another answer, by their names, of those that were looked at.
        same: the names of the others.
    """

    def __init__(self, answers: Answers, earlier: Record) -> None:
        self._answers, self._earlier = answers, earlier
        self.changed: dict[bytes, Question] = {}
        self.same: set[bytes] = set()

    def of(self, part: str) -> list[Question]:
        """The questions of a part that have another answer, of those that were looked at."""
        return [self.changed[name] for name in names_in(self._earlier.asked[part]) if name in self.changed]

    def look(self, parts: Collection[str]) -> None:
        """Look at the questions of some parts: at all of them, or at enough to know that a part has changed."""
        asked = self._earlier.asked
        # Lists come last, and their questions take long: nobody should wait for them in the end.
        names = dict.fromkeys(chain.from_iterable(names_in(asked[part]) for part in reversed([*parts])))
        new = [name for name in names if name not in self.same and name not in self.changed]
        late: dict[bytes, _Late] = {}
        for name, found in zip(new, spread(new, self._changed, alone=_ALONE, at_once=_AT_ONCE), strict=True):
            if isinstance(found, _Late):
                late[name] = found
            else:
                self._note(name, found)
        unchanged = (names_in(asked[part]) for part in parts if not self.of(part)) if late else ()
        needed = [name for name in dict.fromkeys(chain.from_iterable(unchanged)) if name in late]
        for name, other in zip(needed, spread([late[one] for one in needed], self._others, alone=1), strict=True):
            self._note(name, other)

    def _note(self, name: bytes, changed: Question | None) -> None:
        if changed is None:
            self.same.add(name)
        else:
            self.changed[name] = changed

    def _changed(self, names: Sequence[bytes]) -> Iterator[Question | _Late | None]:
        """The questions of some names that have another answer, and those that are left for later."""
        known = self._earlier.answered(names)
        for name in names:
            question, answer = known.get(name, (_LOST, ""))
            if question[0] == _LATE:
                yield _Late(question, answer)
            else:
                yield from self._others([(question, answer)])

    def _others(self, known: Sequence[Answered]) -> Iterator[Question | None]:
        return (question if self._answers.to(question) != answer else None for question, answer in known)
