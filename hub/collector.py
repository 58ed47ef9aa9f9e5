"""Python's collector of circular garbage, out of the way of work that makes none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SPARING = (50_000, 20, 50)
"""New objects after which it looks at these, and how often it looks farther back."""


@contextmanager
def paused() -> Iterator[None]:
    """Look for no garbage in the block: millions of small values are made there, none in circles.

    Looking for circles among them takes a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def sparing() -> Iterator[None]:
    """Look for garbage now and then, and only in what comes to be in the block, which ends with its process.

    Each page that is made may leave some of it in circles, and a process makes thousands of them.
    """
    gc.freeze()
    gc.set_threshold(*_SPARING)
    gc.enable()
    yield
