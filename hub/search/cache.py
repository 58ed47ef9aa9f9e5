"""The index of a hub in its cache: brought up to date when a text has changed, opened at once when none has.

`hub search` must answer before a hub of ten thousand texts could even be read; so the cache remembers the times and
sizes of the files that it was made from, and only when one differs is the hub read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hub.caches import cache_folder
from hub.dates import today
from hub.disk import files, line
from hub.git import journal
from hub.i18n import N_
from hub.search.store import Store, repaired
from hub.search.tree import digest, dump, script

if TYPE_CHECKING:  # what reads texts is not needed to answer from the index, nor what answers to write it
    from hub.loading import Loaded
    from hub.model import Key
    from hub.search.engine import Engine
    from hub.search.index import Change
    from hub.search.records import Source

LOADER = "loader"
WAITING = N_("Another process is working on the index of the search. Waiting for it…")
"""What a command says before it waits."""
_Done = TypeVar("_Done")
_ODD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Cache:
    """The index of one hub; where the hub's folder cannot be written, it is made for one process and thrown away.

    Args:
        root: the hub's folder.
        drafts: whether texts that are under review are shown as they stand.
        waits: called once where another process that writes the index must be waited for.
    """

    def __init__(self, root: Path, *, drafts: bool = False, waits: Callable[[], None] = lambda: None) -> None:
        self.root, self.drafts, self.waits = root, drafts, waits
        folder = cache_folder(root)
        self.path = folder / ("search-drafts.sqlite" if drafts else "search.sqlite")

    def refresh(self, loaded: Loaded, day: date | None = None, *, since: int | None = None) -> Change:
        """Bring the index up to date with a hub that was read.

        Args:
            loaded: what `hub.load` gave.
            day: the day of the build; today if none is given.
            since: `time.time_ns()` before the hub was read: whoever saves a text meanwhile makes the index one of
                unknown age, so that the next search reads the hub again. None where nobody can have.

        Returns:
            What was done.

        Raises:
            HubError: when another process goes on writing the index.
        """
        from hub.search.index import update  # noqa: PLC0415 - see above

        told = self._told(self._watched(loaded), since)
        source = _source(loaded, day)

        def updated() -> Change:
            change = update(source, self.path, self.waits, told)
            with Store(self.path, self.waits) as store:
                store.check()
            return change

        return self._repaired(updated)

    def amend(
        self,
        loaded: Loaded,
        keys: Iterable[Key],
        day: date,
        is_right: Callable[[str], bool],
        *,
        since: int,
        seen: Sequence[str] = (),
    ) -> bool:
        """Work in texts whose sentences have changed, where the rest of the hub is as it was.

        Args:
            loaded: the part of the hub that was read: these texts, those whom they name, and the glossary.
            keys: of the texts.
            day: the day of the build.
            is_right: says of an index, by its manifest, whether it is of the hub as it was before: a search, or the
                build of another site, may have brought it up to date meanwhile.
            since: as for `refresh`.
            seen: files of the hub as they were before it was read, as `hub.disk.line` tells them; below a folder of
                which some are told, all are.

        Returns:
            Whether that was enough; otherwise the hub must be read, for `refresh`.

        Raises:
            HubError: when another process goes on writing the index.
        """
        from hub.search.index import amend  # noqa: PLC0415 - see above

        if not self.path.is_file():
            return False
        with Store(self.path, self.waits) as store:
            watched = json.loads(store.get("watched") or "[]")
        source = _source(loaded, day)
        told = self._told(watched, since, seen)
        return self._repaired(lambda: amend(source, keys, self.path, is_right, self.waits, told))

    def _told(self, watched: list[str], since: int | None, seen: Sequence[str] = ()) -> dict[str, str]:
        """What is kept with the index of the files that it was made from."""
        lines, is_saved = [], False
        for path in watched:
            top = str(self.root / path)
            found = [one for one in seen if one.startswith((f"{top}\t", f"{top}{os.sep}"))]
            if not found:
                there = list(files(self.root / path))
                is_saved = is_saved or (since is not None and _is_saved(there, since))
                found = sorted(map(line, there))
            lines.append(found)
        return {"watched": json.dumps(watched), "state": "" if is_saved else _state(lines)}

    def _repaired(self, work: Callable[[], _Done]) -> _Done:
        """What some work on the index gives; where the index is not one that we have written, it is made anew."""

        def worked() -> _Done:
            try:
                return work()
            except _ODD as error:  # values that no build of ours writes
                raise sqlite3.DatabaseError("the index cannot be read") from error

        return repaired(self.path, worked)

    def renew(self, load: Callable[[], Loaded]) -> None:
        """Bring the index up to date where something has changed; only then is the hub read, by `load`."""
        if not self.is_current():
            since = time.time_ns()
            self.refresh(load(), since=since)

    def search(self, load: Callable[[], Loaded], asked: Iterable[str], **options: Any) -> list[dict[str, Any]]:
        """Answer queries from an index that is up to date.

        Args:
            load: reads the hub; called only where something has changed.
            asked: the queries.
            options: of `Engine.search`.
        """
        queries = list(asked)

        def answers() -> list[dict[str, Any]]:
            self.renew(load)
            with self.engine() as engine:
                return [engine.search(text, **options) for text in queries]

        return repaired(self.path, answers)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """The engine on the index as it is, and stays for it whatever other processes write."""
        from hub.search.engine import Engine  # noqa: PLC0415 - not needed to write the index
        from hub.search.reading import Index  # noqa: PLC0415 - likewise

        with Store(self.path, self.waits) as store:
            store.hold()
            yield Engine(Index(json.loads(store.get("manifest")), lambda name: json.loads(store.content(name))))

    def is_current(self) -> bool:
        """Whether the index is what a build would make of the hub today."""
        return repaired(self.path, self._is_current)

    def _is_current(self) -> bool:
        if not self.path.is_file():
            return False
        with Store(self.path, self.waits) as store:
            watched, until = store.get("watched"), store.get("good_until")
            is_due = bool(until) and today().isoformat() >= until
            if not watched or is_due:
                return False
            there = (files(self.root / path) for path in json.loads(watched))
            return store.get("state") == _state(sorted(map(line, some)) for some in there)

    def scripts(self, engine: Mapping[str, str], known: Mapping[str, int] = {}) -> Iterator[tuple[str, str | None]]:
        """The files of the site's folder `search/`: name and text; no text where it is known.

        Args:
            engine: the parts of the program that reads them, in the order in which they run: `engine` is started by
                `loader`, which alone keeps its name from build to build.
            known: the sizes, in bytes, of files that stand there, by names that tell what is in them.
        """
        with Store(self.path, self.waits) as store:
            store.hold()
            around = len(script("", ""))
            for name, size in [*store.rows("SELECT name, length(CAST(content AS BLOB)) FROM script")]:
                file = f"{name}.js"
                yield file, None if known.get(file) == around + len(name) + size else script(name, store.content(name))
            manifest = store.get("manifest")
        yield from program_files(engine, manifest).items()

    def beside(self, engine: Mapping[str, str], there: AbstractSet[str]) -> tuple[dict[str, str], AbstractSet[str]]:
        """What that folder needs beside the files that stand in it.

        Args:
            engine: as for `scripts`.
            there: the names of these files, which are whole.

        Returns:
            The new files, by name, and the program; and the names of those that are no longer needed.

        Raises:
            sqlite3.DatabaseError: when something new is no data.
        """
        with Store(self.path, self.waits) as store:
            store.hold()
            names = {f"{name}.js": name for (name,) in store.rows("SELECT name FROM script")}
            new = {file: name for file, name in names.items() if file not in there}
            store.check(new.values())
            found = {file: script(name, store.content(name)) for file, name in new.items()}
            found |= program_files(engine, store.get("manifest"))
        return found, there - names.keys() - found.keys()

    def _watched(self, loaded: Loaded) -> list[str]:
        config, library = loaded.config, loaded.library
        found = [self.root / "mkdocs.yml", config.docs_dir, *filter(None, [config.kinds_dir])]
        if library.hidden or any(entry.notice for entry in library):
            found += filter(None, [journal(self.root)])  # what is under review is shown as it was published
        return [os.path.relpath(path, self.root) for path in found]


def program_files(engine: Mapping[str, str], manifest: str) -> dict[str, str]:
    """The files of the program that reads an index: names and texts."""
    program = engine["engine"]
    name = f"engine-{digest(program)}"
    loader = engine[LOADER].replace("MANIFEST", manifest).replace("ENGINE", dump(name))
    return {f"{name}.js": program, f"{LOADER}.js": loader}


def _source(loaded: Loaded, day: date | None) -> Source:
    from hub.public import public  # noqa: PLC0415 - see above
    from hub.search.records import Source  # noqa: PLC0415 - only where the index is written

    return Source(public(loaded.library), day or today())


def _state(there: Iterable[Sequence[str]]) -> str:
    """A hash of the times and sizes of files, a line each, and of the code that makes an index of them."""
    found = hashlib.sha256(_code())
    for lines in there:
        found.update("".join(lines).encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _is_saved(there: Iterable[tuple[str, os.stat_result]], since: int) -> bool:
    """Whether a file was saved from a moment on until now; a time to come is the fault of a clock."""
    now = time.time_ns()
    return any(since <= said.st_mtime_ns <= now for _, said in there)


def _code() -> bytes:
    """The times and sizes of the library's own files: another release may read texts otherwise."""
    here = Path(__file__).parent.parent
    lines = map(line, files(here))
    return "".join(sorted(one for one in lines if ".py\t" in one)).encode("utf-8", "surrogateescape")
