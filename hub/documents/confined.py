"""Work on a file from elsewhere, in a process of its own with limits: what takes too much costs that process alone."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from hub.errors import HubError
from hub.i18n import N_

SECONDS = 120
"""Of computing."""
BYTES = 2_000_000_000
"""Of memory."""
_PATIENCE = 3 * SECONDS
"""Seconds in all, on a machine that has other things to do."""

Result = TypeVar("Result")


def confined(work: Callable[[], Result]) -> Result:
    """Do work within limits of time and memory, where the system has such limits.

    Raises:
        HubError: as `work` does, or because it took too much.
    """
    # A fork copies one thread alone: what another one holds would stay locked in the copy.
    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() != 1:
        return work()
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, there), daemon=True)
    process.start()
    there.close()
    try:
        found: tuple[bool, Any] | None = here.recv() if here.poll(_PATIENCE) else None
    except EOFError:
        found = None
    finally:
        here.close()
        process.kill()
        process.join()
    if found is None:
        raise HubError(TOO_MUCH)
    is_error, value = found
    if is_error:
        message, params = value
        raise HubError(message, **params)
    result: Result = value
    return result


def _work(work: Callable[[], Any], pipe: Connection) -> None:
    _limit()
    try:
        found = (False, work())
    except HubError as error:
        found = (True, (error.template, error.params))
    except (MemoryError, RecursionError):
        found = (True, (TOO_MUCH, {}))
    with suppress(BrokenPipeError):
        pipe.send(found)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, most in (("RLIMIT_CPU", SECONDS), ("RLIMIT_DATA", BYTES), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, resource.getrlimit(getattr(resource, name))[1]))


TOO_MUCH = N_(
    "Reading the file took too long or too much memory, so it was stopped. Try a part of it, or save it in "
    "another format."
)
