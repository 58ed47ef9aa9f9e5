"""Tells which files have changed: the system says when to look; times and sizes say which they are."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer

from hub import disk

_PATIENCE = 2.0
"""Seconds after which files are looked at whatever the system says: of some disks it is told nothing."""
_QUIET = 0.03
"""Seconds in which a file is not written any more when an editor has saved it."""
_READ = {"opened", "closed_no_write"}
Stamps = dict[str, tuple[int, int, int]]


class Watch:
    """Files and folders that are watched.

    Args:
        paths: gives them; they may be others after a change.
        known: what the disk said of them when they were read.
    """

    def __init__(self, paths: Callable[[], Sequence[Path]], known: Stamps) -> None:
        self._paths, self._known = paths, known
        self._event = threading.Event()
        self._observer: Any = None
        self._observed: list[Path] = []

    def changes(self) -> Iterator[list[Path]]:
        """The files that were written, made, renamed or deleted, each time that there are some."""
        while True:
            self._observe()
            changed = self._changed()
            if changed:
                yield [Path(path) for path in changed]
            else:
                self._event.wait(_PATIENCE)
            self._event.clear()

    def _changed(self) -> set[str]:
        now = stamps(self._paths())
        changed = {path for path in {*self._known, *now} if self._known.get(path) != now.get(path)}
        while changed:
            time.sleep(_QUIET)
            again = stamps(map(Path, changed))
            if again == {path: now[path] for path in changed if path in now}:
                break
            now = {path: said for path, said in now.items() if path not in changed} | again  # it is still being written
        self._known = now
        return changed

    def _observe(self) -> None:
        """Have the system tell of changes, where it can."""
        paths = list(self._paths())
        if paths == self._observed:
            return
        self._observed = paths
        if self._observer:
            self._observer.stop()
        self._observer = Observer()
        self._observer.daemon = True
        handler = _Handler(self._event)
        with suppress(OSError):  # a system that watches no more folders; then we look every two seconds
            for path in paths:
                folder = path if path.is_dir() else path.parent
                if folder.is_dir():
                    self._observer.schedule(handler, str(folder), recursive=path.is_dir())
            self._observer.start()


def stamps(paths: Iterable[Path]) -> Stamps:
    """What the disk says of all files at or below some paths."""
    found: Stamps = {}
    for path in paths:
        with suppress(OSError):  # a folder that goes while it is read
            for name, said in disk.files(path):
                if not _is_hidden(name):
                    found[name] = said.st_mtime_ns, said.st_size, said.st_ino
    return found


class _Handler(FileSystemEventHandler):
    def __init__(self, event: threading.Event) -> None:
        self._event = event

    def on_any_event(self, event: Any) -> None:
        if event.event_type not in _READ:
            self._event.set()


def _is_hidden(name: str) -> bool:
    """What editors write beside a file while they save it."""
    own = os.path.basename(name)  # noqa: PTH119 - asked of thousands of files
    return own.startswith(".") or own.endswith("~")
