"""The hub as `hub serve` shows it: read once, and from then on again what has changed."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from hub import collector
from hub.dates import today
from hub.diagnostics import Diagnostic
from hub.errors import HubError
from hub.followed import Followed
from hub.git import journal
from hub.history import History
from hub.i18n import N_, translator
from hub.loading import Loaded, load
from hub.root import FILE_NAME
from hub.site import faults
from hub.site.plan import Plan
from hub_mkdocs.host import Host
from hub_mkdocs.serving.moment import Answer, Moment, is_page
from hub_mkdocs.serving.watching import stamps

_TEXTS = (".md", ".yml", ".yaml")


class Served:
    """A hub that is shown while it is written. Any thread may ask; one reads what has changed.

    Args:
        root: the hub's folder.
        folder: one of our own, to make pages in.

    Attributes:
        host: lays pages out.
        followed: what was read, for the next reading to go on from.
        since: `time.time_ns()` before the hub was first read.
        seen: what the disk said of its files then.

    Raises:
        HubError: when the hub cannot be read.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder
        self.followed = Followed()
        self._journal = journal(root)
        self._fault = ""
        self._number, self._files = 0, 0
        self._lock, self._change = threading.RLock(), threading.Condition()
        self.since = time.time_ns()
        self.host = Host(root, folder)
        self.seen = stamps(self.watched)
        self._history = History.read(root)
        if self.host.is_alone:
            with collector.paused():
                self._moment = self._read(self.host, None)
                self.host.gather(self._moment.whole)
            gc.freeze()  # what was read stays: the collector need not look through it again and again

    @property
    def loaded(self) -> Loaded:
        """The hub as it was read last."""
        return self._moment.loaded

    @property
    def watched(self) -> list[Path]:
        """The files and folders by which pages change."""
        found = [self.host.config.docs_dir, self._root / FILE_NAME, *self.host.watched]
        return [*found, self._journal] if self._journal else found

    def change(self, paths: Iterable[Path]) -> bool:
        """Read again what has changed; whether that could be done.

        Args:
            paths: of what has changed.
        """
        changed = set(paths)
        docs = self.host.config.docs_dir
        try:
            with collector.paused():
                host = self.host
                if self._fault or any(path != self._journal and not path.is_relative_to(docs) for path in changed):
                    host = _alone(Host(self._root, self._folder))
                if self._journal in changed:
                    self._history = History.read(self._root)
                moment = self._read(host, self._moment)
                with self._lock:
                    if host is not self.host:
                        host.gather(moment.whole)
                    self._moment, self.host, self._fault = moment, host, ""
        except HubError as error:
            say = translator(self.host.config.default_language)
            self._fault = say(faults.HUB).format(error=error.message(say))
        except Exception as error:  # noqa: BLE001 - the server goes on whatever stands in the files
            say = translator(self.host.config.default_language)
            self._fault = say(faults.BROKEN).format(error=f"{type(error).__name__}: {error}")
        if any(path.suffix not in _TEXTS and path != self._journal for path in changed):
            self._files += 1  # pages show them, and do not say so
        self._tell()
        return not self._fault

    def found(self, checked: Mapping[str, Sequence[Diagnostic]]) -> None:
        """Take what the checks have found, by the file."""
        with self._lock:
            self._moment.found(checked)
        self._tell()

    def answer(self, address: str) -> Answer:
        """What is sent for an address of the site."""
        with self._lock:
            if self._fault and is_page(address):
                return self._moment.faulty(address, self._fault)
            return self._moment.answer(address) or self._moment.missing()

    def has(self, address: str) -> bool:
        """Whether something stands at an address."""
        with self._lock:
            return self._moment.answer(address) is not None

    def mark(self, answer: Answer) -> str:
        """A hash of what is shown: another one when it has changed."""
        return blake2b(answer.body + b"%d" % self._files, digest_size=12).hexdigest()

    @property
    def number(self) -> int:
        """How many changes there were."""
        return self._number

    def wait(self, number: int, seconds: float) -> None:
        """Wait until there are more changes than that, or for some seconds."""
        with self._change:
            self._change.wait_for(lambda: self._number != number, seconds)

    def _tell(self) -> None:
        with self._change:
            self._number += 1
            self._change.notify_all()

    def _read(self, host: Host, before: Moment | None) -> Moment:
        history = self._history if self._history.is_known else None
        loaded = load(self._root, host.config, drafts=host.config.drafts, history=self._history, followed=self.followed)
        plan = Plan(loaded, today(), history, earlier=before.plan if before else None)
        made = Moment(host, loaded, plan)
        if before:
            made.checked = before.checked
        return made


def _alone(host: Host) -> Host:
    if not host.is_alone:
        raise HubError(N_("Another plugin works on pages now: start hub serve again."))
    return host
