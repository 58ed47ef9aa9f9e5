"""What is found out about a value that never changes, found out once for as long as the value lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

_Value = TypeVar("_Value")
_Found = TypeVar("_Found")


_ITSELF = object()


class _Answer(weakref.ref[Any]):
    """An answer that does not keep the value that it is of; a hub has ten for each of its entries.

    Attributes:
        number: the value's.
        found: the answer; `_ITSELF` stands for the value.
    """

    __slots__ = ("found", "number")
    number: int
    found: Any


def once(function: Callable[[_Value], _Found]) -> Callable[[_Value], _Found]:
    """A function of one frozen value that remembers its answers.

    A process that follows a hub asks the same of thousands of entries after each edit, and all but one are the same
    objects as before. The answer depends on nothing else. It may be the value itself but may not hold it, or it would
    never be forgotten. What is asked while a page is planned may not read a text: only the first time would be noticed
    (`hub.site.observed`).
    """
    known: dict[int, _Answer] = {}

    def forget(answer: _Answer) -> None:
        # The number may be that of another value later: the answer goes when the value does.
        known.pop(answer.number, None)

    def asked(value: _Value) -> _Found:
        number = id(value)
        answer = known.get(number)
        if answer is None:
            found = function(value)
            answer = _Answer(value, forget)
            answer.number, answer.found = number, _ITSELF if found is value else found
            known[number] = answer
        return cast("_Found", value if answer.found is _ITSELF else answer.found)

    return update_wrapper(asked, function)
