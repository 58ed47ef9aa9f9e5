"""The folders in which a site is made: readers have one, and the next site is made in another that is like it.

The other one holds links to the same files. A build takes out of it what will be another, writes that, and the two
change places in one step; so what a build does on the disk grows with the change, and not with the site. All of it but
the readers' folder can be lost at any time: what is missing is linked again. On another disk than the cache's there is
none, for it would stand beside the readers' own: there each site is made whole.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from hub.repairs import DAMAGED, PUT_BACK, UNFINISHED, note
from hub.workers import aside
from hub_mkdocs.marks import folders, times

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # not a Unix: two builds at once are not kept apart there
    flock = None  # type: ignore[assignment]

_LOCK = "lock"
"""A file that a build holds, with the path of the site."""
PAGES = "pages-"
"""How a folder begins in which pages wait."""
_CURRENT = -100
"""`AT_FDCWD` of openat(2): paths are relative to the current folder."""
_FOLDER = -1
"""Stands for the number of a folder, which is another than that of its like."""
_EXCHANGE = 2
"""`RENAME_EXCHANGE` of renameat2(2)."""


@dataclass(frozen=True)
class Trees:
    """The folders of one site.

    Attributes:
        final: what readers have.
        cache: a folder of the cache for this site alone.
        work: a folder for the others, on the readers' disk.
    """

    final: Path
    cache: Path
    work: Path

    @classmethod
    def of(cls, final: Path, cache: Path) -> Trees:
        """The folders of a site: in the cache, or beside it where that is on another disk."""
        final.parent.mkdir(parents=True, exist_ok=True)
        is_near = cache.stat().st_dev == final.parent.stat().st_dev
        return cls(final, cache, cache if is_near else final.parent / f".{cache.name}")

    @property
    def is_kept(self) -> bool:
        """Whether the folder beside the readers' may stay for the next build; on another disk it takes room."""
        return self.work == self.cache

    @property
    def next(self) -> Path:
        """Where the next site is made."""
        return self.work / "next"

    @property
    def spare(self) -> Path:
        """The folder that is like the readers'."""
        return self.work / "spare"

    @property
    def _before(self) -> Path:
        return self.work / "before"

    @contextmanager
    def alone(self, waits: Callable[[], None]) -> Iterator[bool]:
        """Keep other builds of the same site out of the block, and mend what one that was killed has left.

        Args:
            waits: called where another build must be waited for.

        Yields:
            Whether there was one.
        """
        has_waited = False
        path = self.cache / _LOCK  # which stays: a lock on a file that somebody takes away keeps nobody out
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
            note(DAMAGED, path=path)
        with path.open("a") as lock:
            if not _is_free(lock):
                waits()
                flock(lock, LOCK_EX)
                has_waited = True
            lock.truncate(0)
            lock.write(str(self.final))
            lock.flush()
            self.work.mkdir(exist_ok=True)
            if self._before.exists() and not self.final.exists():
                self._before.rename(self.final)
                note(PUT_BACK)
            for folder in filter(Path.exists, (self.next, self._before, *self.work.glob(f"{PAGES}*"))):
                shutil.rmtree(folder, ignore_errors=True)
                note(UNFINISHED)
            self.next.mkdir()
            try:
                yield has_waited
            finally:
                shutil.rmtree(self.next, ignore_errors=True)
                if not self.is_kept:
                    shutil.rmtree(self.work, ignore_errors=True)

    def go_on(self, kept: Collection[str], is_own: Callable[[str], bool], known: Collection[str] | None = None) -> None:
        """Put the files that stay as they are into the folder of the next site, before anything is written there.

        Args:
            kept: addresses of files of the readers' site.
            is_own: says of other addresses that somebody else looks after them: what is there may stay.
            known: addresses of all files of the readers' site, where the folder beside is known to hold the same.
        """
        missing = set(kept)
        if self.spare.is_dir() and not any(self.next.iterdir()):

            def stays(address: str) -> bool:
                if address not in kept:
                    return is_own(address)
                missing.discard(address)
                return True

            if known is None:
                only_shared(self.spare, self.final, stays)
            self.next.rmdir()
            self.spare.rename(self.next)
            for address in known or ():
                if not stays(address):
                    drop(self.next, address)
        for address in missing:
            take(f"{self.final}/{address}", f"{self.next}/{address}")

    def forget_lost(self, others: Iterable[Path]) -> None:
        """Remove what is kept of sites that are gone: it may hold what must not be public any more.

        Args:
            others: folders for the work on sites.
        """
        for folder in others:
            try:
                with (folder / _LOCK).open() as lock:
                    if folder != self.cache and _is_free(lock) and not Path(lock.read()).exists():
                        shutil.rmtree(folder, ignore_errors=True)
            except OSError:
                continue  # not of this form, or just removed by another build

    def publish(self, files: Iterable[str], changed: Collection[str] | None = None) -> Callable[[], int]:
        """Let the next site and the readers' change places; nothing stays that is not in the new one.

        Args:
            files: the addresses of all files.
            changed: those that are others, or come or go; None where that is not known.

        Returns:
            Waits until the folder beside is like it, and gives what `marks.times` says of all folders: another process
            sees to that, and whoever gets this must wait.
        """
        self.next.chmod(0o755)  # a web server must be able to read it
        if self.final.exists():
            self._swap()
        else:
            self.next.rename(self.final)
        return aside(partial(self._go_along, files, changed))

    def _go_along(self, files: Iterable[str], changed: Collection[str] | None) -> int:
        """Make the folder beside the readers' like it, where it may stay."""
        if self.is_kept:
            shutil.rmtree(self.spare, ignore_errors=True)
            if changed is None:
                mirror(self.final, self.next)
            else:
                self._follow(changed)
            self.next.rename(self.spare)
        return times(self.final, self.spare, folders(files))

    def _follow(self, changed: Collection[str]) -> None:
        """Make the folder that was the readers' like theirs: some files are others there, or come or go."""
        there = {address for address in changed if (self.final / address).is_file()}
        for address in changed:
            if address not in there:  # first: a folder may take the place of a file, or a file that of a folder
                drop(self.next, address)
        for address in there:
            take(f"{self.final}/{address}", f"{self.next}/{address}")

    def amend(self, made: Path, new: Collection[str], gone: Collection[str]) -> tuple[int, int]:
        """Publish the readers' site with a few other files, where it stands as its mark says.

        Args:
            made: a folder of those that have changed, which are taken from there.
            new: their addresses.
            gone: addresses of files that are no longer the site's.

        Returns:
            What `marks.times` says of the folders of these files: before, and now.
        """
        some = [*folders((*new, *gone))]
        before = times(self.final, self.spare, some)
        self.next.rmdir()
        self.spare.rename(self.next)
        for address in new:
            (self.next / address).parent.mkdir(parents=True, exist_ok=True)
            (made / address).replace(self.next / address)
        for address in gone:
            drop(self.next, address)
        self._swap()
        self._follow([*new, *gone])
        self.next.rename(self.spare)
        return before, times(self.final, self.spare, some)

    def _swap(self) -> None:
        if not exchange(self.next, self.final):
            self.final.rename(self._before)
            self.next.rename(self.final)
            self._before.rename(self.next)


def _held(folder: str) -> dict[str, int]:
    """What is directly in a folder: the number of each file."""
    with os.scandir(folder) as found:
        return {one.name: _FOLDER if one.is_dir(follow_symlinks=False) else one.inode() for one in found}


def take(source: Path | str, target: Path | str) -> None:
    """Put a file at another place, as a link to the same where the disk can."""
    try:
        os.link(source, target)
    except FileExistsError:  # another file's place, which an older site may share: it is not written into
        Path(target).unlink()
        take(source, target)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        take(source, target)
    except OSError:
        shutil.copy2(source, target)


def drop(tree: Path, address: str) -> None:
    """Take a file out of a folder, if it is there, and with it the folders that it leaves empty."""
    try:
        os.unlink(f"{tree}/{address}")  # noqa: PTH108 - as many as there are files
    except (FileNotFoundError, NotADirectoryError):
        return
    with suppress(OSError):  # something else is there
        while folder := address.rpartition("/")[0]:
            os.rmdir(f"{tree}/{folder}")  # noqa: PTH106 - likewise
            address = folder


def _is_free(lock: TextIO) -> bool:
    """Whether a lock is held by nobody else, and so from now on by us."""
    if flock is not None:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError:
            return False
    return True


def only_shared(tree: Path, other: Path, stays: Callable[[str], bool] = lambda address: True) -> None:
    """Remove from a folder all files but those that are the same, at the same address, in another; and empty folders.

    Args:
        tree: where.
        other: the other.
        stays: asked of the address of each that is the same.
    """

    def clear(folder: str) -> bool:
        """Whether something is left."""
        try:
            with os.scandir(f"{other}/{folder}") as found:
                there = {one.name: one.inode() for one in found}
        except OSError:
            there = {}
        left = False
        with os.scandir(f"{tree}/{folder}") as found:
            for one in list(found):
                address = f"{folder}{one.name}"
                if one.is_dir(follow_symlinks=False):
                    if clear(f"{address}/"):
                        left = True
                    else:
                        os.rmdir(one.path)  # noqa: PTH106 - as many as there are pages
                elif there.get(one.name) == one.inode() and stays(address):
                    left = True
                else:
                    os.unlink(one.path)  # noqa: PTH108
        return left

    clear("")


def mirror(source: Path, target: Path) -> None:
    """Make a folder hold the files of another and no others, as links to the same where the disk can."""
    target.mkdir(parents=True, exist_ok=True)
    folders = [""]
    while folders:
        at = folders.pop()
        wanted, there = _held(f"{source}/{at}"), _held(f"{target}/{at}")
        for name, number in there.items():
            if wanted.get(name) != number:
                _remove(f"{target}/{at}{name}", is_folder=number == _FOLDER)
        for name, number in wanted.items():
            if number == _FOLDER:
                folders.append(f"{at}{name}/")
                if there.get(name) != _FOLDER:
                    os.mkdir(f"{target}/{at}{name}")  # noqa: PTH102 - as many as there are pages
            elif there.get(name) != number:
                take(f"{source}/{at}{name}", f"{target}/{at}{name}")


def _remove(path: str, *, is_folder: bool) -> None:
    if is_folder:
        shutil.rmtree(path)
    else:
        os.unlink(path)  # noqa: PTH108 - as many as there are files


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can (Linux); whether it did."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_CURRENT, os.fsencode(one), _CURRENT, os.fsencode(other), _EXCHANGE) == 0)
