"""What a build leaves for the next one: its pages, what was looked up for each, and the files that it wrote.

All of it can be made again: whatever cannot be read, or does not fit the site that is there, is forgotten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from hub.disk import stamp
from hub.rows import Rows
from hub.site.page import Page
from hub_mkdocs.asked import Answered, name_of, names_in

FORM = 5
"""Of the record; another one is forgotten."""
_HEAD, _BY_TEXT, _PART, _ASKED = "", "by text", "part ", "asked "
"""Rows, or how their names begin: what holds of all, which parts show a text, a part, a question with its answer."""
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
        return cls(address, *stamp(os.stat(f"{site}/{address}")))  # noqa: PTH116 - asked tens of thousands of times

    def stands_in(self, site: Path) -> bool:
        """Whether the file is there as it was written."""
        try:
            return stamp(os.lstat(f"{site}/{self.address}")) == self[1:]  # a link in its place leads elsewhere
        except OSError:
            return False


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
        by_text: the names of the parts that show a text, by the name of the question for it.
    """

    key: str
    standing: Any
    by_text: Mapping[bytes, Sequence[str]]

    @classmethod
    def read(cls, path: Path) -> Head | None:
        """That of the record of an earlier build; None where there is none."""
        try:
            rows = _opened(Rows(path).get([_HEAD, _BY_TEXT]))
            form, key, standing = rows[_HEAD]
            by_text = {bytes.fromhex(name): parts for name, parts in rows[_BY_TEXT].items()}
            return cls(key, standing, by_text) if form == FORM else None
        except (ValueError, TypeError, LookupError, AttributeError):
            return None


@dataclass(frozen=True)
class Record:
    """What a build made of the parts of a site.

    Attributes:
        key: a hash of all that every page depends on.
        parts: the pages of each part, by its name.
        asked: the names of what was looked up for each part.
        texts: names of those questions that are for a text.
        told: questions with their answers, of those that nobody has kept yet.
        path: where the others are kept.
    """

    key: str = ""
    parts: Mapping[str, Sequence[Made]] = field(default_factory=dict)
    asked: Mapping[str, bytes] = field(default_factory=dict)
    texts: Collection[bytes] = frozenset()
    told: Iterable[Answered] = ()
    path: Path | None = None

    @classmethod
    def read(cls, path: Path, key: str) -> Record:
        """The record of an earlier build; an empty one where there is none that fits."""
        head = Head.read(path)
        if head is None or head.key != key:
            return cls(key)
        try:
            return cls._of(path, head, _opened(Rows(path).all(_PART)))
        except (ValueError, TypeError, LookupError):
            return cls(key)

    @classmethod
    def of_parts(cls, path: Path, head: Head, names: Iterable[str]) -> Record | None:
        """What is known of some parts; None where that cannot be read.

        Args:
            path: of the record.
            head: the record's.
            names: of the parts.
        """
        wanted = {f"{_PART}{name}" for name in names}
        try:
            rows = _opened(Rows(path).get(wanted))
            return cls._of(path, head, rows) if rows.keys() == wanted else None
        except (ValueError, TypeError, LookupError):
            return None

    @classmethod
    def _of(cls, path: Path, head: Head, rows: Mapping[str, Any]) -> Record:
        made, asked = {}, {}
        for name, (names, pages) in rows.items():
            part = name.removeprefix(_PART)
            asked[part] = bytes.fromhex(names)
            made[part] = [_made(*page) for page in pages]
        return cls(head.key, made, asked, head.by_text.keys(), path=path)

    def answered(self, names: Collection[bytes]) -> dict[bytes, Answered]:
        """Those of some questions that are kept, with their answers, by their names."""
        rows = _opened(Rows(self.path).get(map(_row_of, names))) if self.path else {}
        told = ((bytes.fromhex(name.removeprefix(_ASKED)), _answered(row)) for name, row in rows.items())
        return {name: one for name, one in told if one and name_of(one[0]) == name}

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
        left, asked = earlier.parts.keys() - self.parts.keys(), _all_in(self)
        gone = (*(f"{_PART}{name}" for name in left), *map(_row_of, _all_in(earlier) - asked))
        rows.put(_packed(self._rows(earlier, standing, asked)), gone)

    def amend(self, path: Path) -> None:
        """Keep what has changed of some parts.

        Raises:
            sqlite3.Error: when it cannot be written.
        """
        told = ((_row_of(name_of(question)), [*question, answer]) for question, answer in self.told)
        Rows(path).put(_packed((*told, *(self._part(name) for name in self.parts))))

    def _rows(self, earlier: Record, standing: Any, asked: Collection[bytes]) -> Iterator[tuple[str, Any]]:
        """The rows of what is another than it was, and of what holds of all.

        One after the other: memory need not hold all that was ever asked.
        """
        texts, left = set(self.texts), set(asked)
        for question, answer in self.told:
            name = name_of(question)
            if name in left:  # otherwise another process has told it as well, or it came to nothing
                left.remove(name)
                yield _row_of(name), [*question, answer]
                if question[0] == "text":
                    texts.add(name)
        by_text: dict[str, list[str]] = {}
        for part, made in self.parts.items():
            names = self.asked[part]
            for name in texts.intersection(names_in(names)):
                by_text.setdefault(name.hex(), []).append(part)
            if made is not earlier.parts.get(part) or names is not earlier.asked[part]:
                yield self._part(part)
        yield _HEAD, [FORM, self.key, standing]
        yield _BY_TEXT, by_text

    def _part(self, name: str) -> tuple[str, Any]:
        return f"{_PART}{name}", [self.asked[name].hex(), [_told(one) for one in self.parts[name]]]


def unfinished(path: Path) -> Path:
    """Where a record is kept until its site is in its place."""
    return path.with_stem(f"{path.stem}-new")


def outside(address: str, base: str, lang: str, *, noindex: bool) -> Page:
    """A page as the rest of the site needs it, without title, body and head."""
    return Page(address, base, lang, "", "", _NO_DATA, noindex=noindex)


def _row_of(name: bytes) -> str:
    """What the row of a question is called."""
    return f"{_ASKED}{name.hex()}"


def _answered(row: Any) -> Answered | None:
    """A question and its answer, as they were kept; None where this is something else."""
    is_one = isinstance(row, list) and len(row[1:]) > 0 and all(isinstance(one, str) for one in row)
    return (tuple(row[:-1]), row[-1]) if is_one else None


def _all_in(record: Record) -> set[bytes]:
    """The names of all that was looked up."""
    return set(chain.from_iterable(map(names_in, record.asked.values())))


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
