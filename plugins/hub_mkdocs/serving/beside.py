"""What takes longer than a page: the index of the search, and the checks. Another process does it, so no page waits."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any, NamedTuple

from hub import checks
from hub.config import Config
from hub.dates import today
from hub.diagnostics import Diagnostic
from hub.errors import HubError
from hub.followed import Followed
from hub.i18n import Translate
from hub.loading import Loaded, load
from hub.search.cache import Cache
from hub_mkdocs import bridge, search

Told = Mapping[str, Sequence[Diagnostic]]


class Wanted(NamedTuple):
    """What is to be worked on: the hub of a configuration, as it stands now."""

    config: Config
    drafts: bool


class Beside:
    """The work beside the pages.

    Args:
        loaded: the hub as it was read first.
        drafts: whether texts under review are shown as they stand.
        folder: one of our own, for the files of the search.
        found: takes what the checks find, by the file.
        say: translates what is printed.
        closing: closes what the other process is not to hold open.
        followed: what was read, for the other process to go on from as well.
        since: `time.time_ns()` before that was read.
    """

    def __init__(
        self,
        loaded: Loaded,
        folder: Path,
        found: Callable[[Told], None],
        say: Translate,
        closing: Callable[[], None],
        followed: Followed,
        *,
        since: int,
        drafts: bool,
    ) -> None:
        self._found = found
        self._search: tuple[Path, ...] = ()
        self._ready = threading.Event()
        self._pipe, there = multiprocessing.Pipe()
        can_fork = "fork" in multiprocessing.get_all_start_methods()
        work = _Work(loaded, followed if can_fork else Followed(), folder, there, say, since=since, drafts=drafts)
        self._process: Any = None
        if can_fork:
            # Before any thread is started: what one holds would stay locked in the copy.
            context = multiprocessing.get_context("fork")
            self._process = context.Process(target=_apart, args=(work, self._pipe, closing))
            self._process.start()
            there.close()
        else:
            threading.Thread(target=work.go_on, daemon=True).start()

    def listen(self) -> None:
        """Take what the other process tells, as long as it runs."""
        with suppress(EOFError, OSError):
            while True:
                told = self._pipe.recv()
                if isinstance(told, Path):
                    self._search = (told, *self._search[:1])
                    self._ready.set()
                else:
                    self._found(told)
        self._ready.set()  # nobody is to wait for what has ended

    def want(self, config: Config, *, drafts: bool) -> None:
        """Have it done again: something has changed."""
        with suppress(OSError):  # the other process has ended; pages are shown all the same
            self._pipe.send(Wanted(config, drafts))

    def search(self, seconds: float) -> tuple[Path, ...]:
        """The folders with the files of the search, the newest first; waits for the first one, but not for ever."""
        self._ready.wait(seconds)
        return self._search

    def end(self) -> None:
        """End the other process."""
        if self._process:
            with suppress(OSError):  # it has ended, or never began
                os.killpg(self._process.pid, signal.SIGTERM)
            self._process.terminate()
            self._process.join(5)


def _apart(work: _Work, others: Connection, closing: Callable[[], None]) -> None:
    """Work in a process of its own, which ends when the one that started it does."""
    os.setpgid(0, 0)  # with those that it starts, so that all are ended together; and Ctrl+C reaches none of them
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    others.close()
    closing()
    with suppress(OSError):
        os.nice(5)  # pages come first
    work.go_on()


class _Work:
    def __init__(
        self,
        loaded: Loaded,
        followed: Followed,
        folder: Path,
        pipe: Connection,
        say: Translate,
        *,
        since: int,
        drafts: bool,
    ) -> None:
        self._loaded, self._followed, self._folder, self._pipe = loaded, followed, folder, pipe
        self._say, self._drafts = say, drafts
        self._since, self._number = since, 0
        self._before: Path | None = None
        self._said: set[str] = set()

    def go_on(self) -> None:
        """Work on the hub as it is, and again whenever that is wanted."""
        with suppress(EOFError, OSError):
            while True:
                self._guarded(self._index)
                if not self._pipe.poll():  # otherwise something has changed again
                    self._guarded(self._check)
                wanted: Wanted = self._pipe.recv()
                while self._pipe.poll():
                    wanted = self._pipe.recv()
                self._guarded(partial(self._read, *wanted))

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (EOFError, OSError):
            raise
        except HubError as error:
            bridge.log.error(error.message(self._say))
        except Exception as error:  # noqa: BLE001 - the next change may be the end of it
            bridge.log.error("%s: %s", type(error).__name__, error)

    def _read(self, config: Config, drafts: bool) -> None:  # noqa: FBT001 - as it was wanted
        self._since, self._drafts = time.time_ns(), drafts
        self._loaded = load(config.root, config, drafts=drafts, followed=self._followed)

    def _index(self) -> None:
        cache = Cache(self._loaded.config.root, drafts=self._drafts)
        cache.refresh(self._loaded, today(), since=self._since)
        self._number += 1
        site = self._folder / f"search-{self._number}"
        if self._before:  # what has not changed stays the same files
            copytree(self._before, site, copy_function=os.link)
        search.write(cache, site)
        self._pipe.send(site)
        rmtree(self._folder / f"search-{self._number - 2}", ignore_errors=True)
        self._before = site

    def _check(self) -> None:
        report = checks.run(self._loaded)
        own = set(map(_line, self._loaded.report))
        found: dict[str, list[Diagnostic]] = {}
        for one in report:
            if _line(one) not in own:
                found.setdefault(one.location.path, []).append(one)
        self._pipe.send(found)
        bridge.log_report(_only(report, self._said), self._say)
        self._said = set(map(_line, report))


def _line(one: Diagnostic) -> str:
    return f"{one.location} {one.rule.code} {one.params}"


def _only(report: Iterable[Diagnostic], said: set[str]) -> Any:
    """What was not said before."""
    return [one for one in report if _line(one) not in said]
