"""What a build leaves for the next one: its pages, what was looked up for each, and the files that it wrote.

All of it can be made again: whatever cannot be read, or does not fit the site that is there, is forgotten.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from hub.config import Config
from hub.manifest import Summed
from hub.rows import Rows
from hub.site import Page
from hub.site.observed import Question
from hub.workers import aside
from hub_mkdocs.software import site_software, state
from hub_mkdocs.trees import Trees

_INSTALLED = {"site-packages", "dist-packages", "hub_mkdocs"}
FORM = 4
"""Of the record; another one is forgotten."""
_HEAD, _BY_TEXT = "", "by text"
"""Rows that are no parts: what holds of all, and which parts show a text."""
_NO_DATA: Mapping[str, Any] = {}
"""Of all pages without a body, of which there are tens of thousands."""


class Written(NamedTuple):
    """A file of the site as it was written: its address, size in bytes and time in nanoseconds."""

    address: str
    size: int
    time: int

    @classmethod
    def of(cls, site: Path, address: str) -> Written:
        """A file that stands in a site."""
        said = (site / address).stat()
        return cls(address, said.st_size, said.st_mtime_ns)

    def stands_in(self, site: Path) -> bool:
        """Whether the file is there as it was written."""
        try:
            said = os.stat(f"{site}/{self.address}")  # noqa: PTH116 - asked tens of thousands of times
        except OSError:
            return False
        return (said.st_size, said.st_mtime_ns) == self[1:]


class Made(NamedTuple):
    """A page that was made.

    Attributes:
        page: without what goes into its body and its head.
        languages: those in which it existed.
        files: its own and those beside it.
        content: a hash of all that goes into its body; empty where nobody compares that.
    """

    page: Page
    languages: Sequence[str]
    files: Sequence[Written]
    content: str = ""


class Head(NamedTuple):
    """What a record says of the whole site.

    Attributes:
        key: that of the record.
        standing: what holds of the whole hub, as JSON has it.
        by_text: the names of the parts that show a text, by its key with tabs between.
    """

    key: str
    standing: Any
    by_text: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls, path: Path) -> Head | None:
        """That of the record of an earlier build; None where there is none."""
        try:
            rows = _opened(Rows(path).get([_HEAD, _BY_TEXT]))
            form, key, standing = rows[_HEAD]
            return cls(key, standing, rows[_BY_TEXT]) if form == FORM else None
        except (ValueError, TypeError, LookupError):
            return None


@dataclass(frozen=True)
class Record:
    """What a build made of the parts of a site.

    Attributes:
        key: a hash of all that every page depends on.
        parts: the pages of each part, by its name.
        asked: what was looked up for each part.
        answers: as they were.
    """

    key: str = ""
    parts: Mapping[str, Sequence[Made]] = field(default_factory=dict)
    asked: Mapping[str, Sequence[Question]] = field(default_factory=dict)
    answers: Mapping[Question, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, key: str) -> Record:
        """The record of an earlier build; an empty one where there is none that fits."""
        try:
            rows = _opened(Rows(path).all())
            if rows.pop(_HEAD)[:2] != [FORM, key]:
                return cls(key)
            return cls._of(key, {name: row for name, row in rows.items() if name != _BY_TEXT})
        except (ValueError, TypeError, LookupError):
            return cls(key)

    @classmethod
    def of_parts(cls, path: Path, key: str, names: Collection[str]) -> Record | None:
        """What is known of some parts; None where that cannot be read.

        Args:
            path: of the record.
            key: the record's.
            names: of the parts.
        """
        try:
            found = cls._of(key, _opened(Rows(path).get(names)))
        except (ValueError, TypeError, LookupError):
            return None
        return found if found.parts.keys() == set(names) else None

    @classmethod
    def _of(cls, key: str, rows: Mapping[str, Any]) -> Record:
        made, asked = {}, {}
        answers: dict[Question, str] = {}
        for name, (questions, pages) in rows.items():
            asked[name] = [tuple(question) for *question, _ in questions]
            answers.update(zip(asked[name], (answer for *_, answer in questions), strict=True))
            made[name] = [_made(*page) for page in pages]
        return cls(key, made, asked, answers)

    def write(self, path: Path, earlier: Record, standing: Any) -> None:
        """Keep the record, whole or not at all.

        Args:
            path: where.
            earlier: what is kept there now, if anything is.
            standing: what holds of the whole hub, as JSON has it.

        Raises:
            sqlite3.Error: when it cannot be written.
        """
        rows = Rows(path)
        if not earlier.parts:
            rows.forget()
        rows.put(_packed(self._rows(earlier, standing)), earlier.parts.keys() - self.parts.keys())

    def amend(self, path: Path) -> None:
        """Keep what has changed of some parts.

        Raises:
            sqlite3.Error: when it cannot be written.
        """
        Rows(path).put(_packed((name, self._row(made, self.asked[name])) for name, made in self.parts.items()))

    def _rows(self, earlier: Record, standing: Any) -> Iterator[tuple[str, Any]]:
        """The rows of those parts that are others than they were, and of what holds of all.

        One after the other: memory need not hold all that was ever asked.
        """
        by_text: dict[str, list[str]] = {}
        for name, made in self.parts.items():
            asked = self.asked[name]
            for what, *of in asked:
                if what == "text":
                    by_text.setdefault("\t".join(of), []).append(name)
            if made is not earlier.parts.get(name) or asked is not earlier.asked[name]:
                yield name, self._row(made, asked)
        yield _HEAD, [FORM, self.key, standing]
        yield _BY_TEXT, by_text

    def _row(self, made: Iterable[Made], asked: Iterable[Question]) -> list[Any]:
        return [[[*question, self.answers[question]] for question in asked], [_told(one) for one in made]]


@dataclass
class Fast:
    """A build that goes on from an earlier one.

    Attributes:
        folder: where pages may wait for each other.
        trees: the earlier site, and where this one is made.
        path: of the record of the earlier build; None to forget it.
        beside: folders of the site that somebody else puts there, each ending in a slash.
        sums: gives those of the files of the earlier site.
        earlier: the record of the earlier build, so far as it fits.
        made: gives the record of this one.
        standing: what holds of the whole hub, as JSON has it.
    """

    folder: Path
    trees: Trees
    path: Path | None
    beside: Sequence[str] = ()
    sums: Callable[[], Mapping[str, Summed]] = dict
    earlier: Record = field(default_factory=Record)
    made: Callable[[], Record] = Record
    standing: Any = None

    def keep(self, path: Path) -> Callable[[], None]:
        """Begin to keep the record of this build; what is returned puts it in its place, once the site is in its own.

        Args:
            path: its place.
        """
        if self.earlier.parts:
            return lambda: self.made().write(path, self.earlier, self.standing)
        new = Rows(_unfinished(path))
        done = aside(lambda: self.made().write(new.path, self.earlier, self.standing))

        def put() -> None:
            done()
            new.move(path)

        return put

    @staticmethod
    def forget_unfinished(path: Path) -> None:
        """Forget a record that a build which was stopped has not put in its place."""
        Rows(_unfinished(path)).forget()

    def stands(self, address: str) -> bool:
        """Whether a file of the earlier site is there as it was when it was summed."""
        known = self.sums().get(address)
        return known is not None and Written(address, known.size, known.time).stands_in(self.trees.final)

    def record(self, found: str) -> Record:
        """What is known of the earlier build, if it had that key."""
        self.earlier = Record.read(self.path, found) if self.path else Record(found)
        return self.earlier


def key(config: MkDocsConfig, own: Config, frame: str, *, drafts: bool) -> str:
    """A hash of all that every page depends on.

    Args:
        config: the host's.
        own: the hub's.
        frame: a hash of what of the content stands on every page, or shapes it.
        drafts: whether texts under review are shown.
    """
    # Each build has a folder of its own, and the hub's may be moved.
    options = replace(own, root=Path(), site_dir=Path(), docs_dir=own.docs_dir.relative_to(own.root), kinds_dir=None)
    told = [
        site_software(),
        frame,
        str(drafts),
        repr(options),
        Path(config.config_file_path).read_text("utf-8", "replace"),
    ]
    # Those of packages change with their versions.
    folders = [folder for folder in map(Path, config.theme.dirs) if not _INSTALLED & {*folder.parts}]
    told += [state(folder) for folder in (*folders, *filter(None, [own.kinds_dir]))]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def outside(address: str, base: str, lang: str, *, noindex: bool) -> Page:
    """A page as the rest of the site needs it, without title, body and head."""
    return Page(address, base, lang, "", "", _NO_DATA, noindex=noindex)


def _unfinished(path: Path) -> Path:
    return path.with_stem(f"{path.stem}-new")


def _packed(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, bytes]]:
    return ((name, json.dumps(row, separators=(",", ":")).encode()) for name, row in rows)


def _opened(rows: Mapping[str, bytes] | None) -> dict[str, Any]:
    return {name: json.loads(row) for name, row in (rows or {}).items()}


def _told(made: Made) -> list[Any]:
    page = made.page
    return [
        [page.address, page.base, page.lang, page.noindex],
        list(made.languages),
        [list(file) for file in made.files],
        made.content,
    ]


def _made(about: Sequence[Any], languages: Sequence[str], files: Iterable[Sequence[Any]], content: str) -> Made:
    address, base, lang, noindex = about
    return Made(outside(address, base, lang, noindex=noindex), languages, [Written(*file) for file in files], content)
