"""What was mended without being asked: noted where it happens, and told once by whoever runs the work.

Caches and sites mend themselves deep inside, where nobody listens; this keeps what they did until somebody does.
"""

from __future__ import annotations

from typing import Any

from hub.i18n import N_, Translate

DAMAGED = N_("{path} was damaged or lost: what it held is made again.")
UNFINISHED = N_("An earlier build did not come to its end: what it had left is taken away.")
PUT_BACK = N_("An earlier build was stopped while it put the site aside: the site is in its place again.")
CHANGED = N_("The site was not as it had been built (files: {n}, such as {path}): it is mended.")
FORGOTTEN = N_("Nothing is known any more of how the site was made: all of it is made again.")

_noted: dict[tuple[str, str], dict[str, Any]] = {}
"""By message and file, so that what is met twice is told once."""


def note(message: str, **params: Any) -> None:
    """Remember that something was mended.

    Args:
        message: one of those above.
        **params: its parameters.
    """
    _noted.setdefault((message, str(params.get("path", ""))), params)


def taken() -> dict[tuple[str, str], dict[str, Any]]:
    """What was noted since this was asked last, for the process that this one works for."""
    found = dict(_noted)
    _noted.clear()
    return found


def add(noted: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Note what another process has noted."""
    for key, params in noted.items():
        _noted.setdefault(key, params)


def told(say: Translate) -> list[str]:
    """What was mended since this was asked last, in words."""
    return [say(message).format(**params) for (message, _), params in taken().items()]
