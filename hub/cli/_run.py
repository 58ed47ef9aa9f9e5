"""Runs `hub` as the command of a shell."""

from __future__ import annotations

import atexit
import os
import sys
import threading

from hub.cli.app import main

_LOST = 120
"""The exit status where what was said could not be written, as Python has it."""


def run() -> None:
    """Run the command, and end without taking apart what it has read.

    Python would let go of each value of a hub one by one, for seconds where it is large; the system frees them at once.
    """
    # NumPy would begin threads that nothing here uses, which takes 0.1 s.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        main()
    except SystemExit as ended:
        status = ended.code or 0
        if not isinstance(status, int) or threading.active_count() > 1:
            raise
        atexit._run_exitfuncs()  # noqa: SLF001 - there is no other way to run them early
        os._exit(status if _is_told() else status or _LOST)


def _is_told() -> bool:
    """Whether all that was said has been written."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except OSError:
        return False
    return True
