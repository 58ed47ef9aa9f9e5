"""What is found out about a value that never changes, found out once for as long as the value lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

_Value = TypeVar("_Value")
_Found = TypeVar("_Found")


def once(function: Callable[[_Value], _Found]) -> Callable[[_Value], _Found]:
    """A function of one frozen value that remembers its answers.

    A process that follows a hub asks the same of thousands of entries after each edit, and all but one are the same
    objects as before. The answer depends on nothing else. It may be the value itself but may not hold it, or it would
    never be forgotten. What is asked while a page is planned may not read a text: only the first time would be noticed
    (`hub.site.observed`).
    """
    known: dict[int, tuple[weakref.ref[_Value], Any]] = {}

    def asked(value: _Value) -> _Found:
        number = id(value)
        found = known.get(number)
        if found is None:
            answer = function(value)
            # The number may be that of another value later: the answer goes when the value does.
            weak = weakref.ref(value, lambda _: known.pop(number, None))
            found = known[number] = weak, weak if answer is value else answer
        kept: Any = found[1] if found[1] is not found[0] else value
        return cast("_Found", kept)

    return update_wrapper(asked, function)
