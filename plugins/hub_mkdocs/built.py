"""What a build leaves for the next one: its pages, what was looked up for each, and the files that it wrote.

All of it can be made again: whatever cannot be read, or does not fit the site that is there, is forgotten.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from hub import sealed
from hub.config import Config
from hub.manifest import Summed
from hub.site import Page
from hub.site.observed import Question
from hub_mkdocs.software import site_software, state
from hub_mkdocs.trees import Trees

_INSTALLED = {"site-packages", "dist-packages", "hub_mkdocs"}
FORM = 2
"""Of the record; another one is forgotten."""


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
    """

    page: Page
    languages: Sequence[str]
    files: Sequence[Written]


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
            form, found_key, questions, parts = sealed.read(path)
            if (form, found_key) != (FORM, key):
                return cls(key)
            answers = {tuple(question): answer for *question, answer in questions}
            known = list(answers)
            made, asked = {}, {}
            for name, numbers, pages in parts:
                asked[name] = [known[number] for number in numbers]
                made[name] = [_made(*page) for page in pages]
        except (ValueError, TypeError, LookupError):
            return cls(key)
        return cls(key, made, asked, answers)

    def write(self, path: Path) -> None:
        """Keep the record, whole or not at all."""
        numbers = {question: number for number, question in enumerate(self.answers)}
        questions = [[*question, answer] for question, answer in self.answers.items()]
        parts = [
            [name, [numbers[one] for one in self.asked[name]], [_told(one) for one in made]]
            for name, made in self.parts.items()
        ]
        sealed.write(path, [FORM, self.key, questions, parts])


@dataclass
class Fast:
    """A build that goes on from an earlier one.

    Attributes:
        folder: where pages may wait for each other.
        trees: the earlier site, and where this one is made.
        path: of the record of the earlier build; None to forget it.
        beside: folders of the site that somebody else puts there, each ending in a slash.
        sums: of the files of the earlier site.
        made: the record of this one.
    """

    folder: Path
    trees: Trees
    path: Path | None
    beside: Sequence[str] = ()
    sums: Mapping[str, Summed] = field(default_factory=dict)
    made: Record | None = None

    def stands(self, address: str) -> bool:
        """Whether a file of the earlier site is there as it was when it was summed."""
        known = self.sums.get(address)
        return known is not None and Written(address, known.size, known.time).stands_in(self.trees.final)

    def record(self, found: str) -> Record:
        """What is known of the earlier build, if it had that key."""
        return Record.read(self.path, found) if self.path else Record(found)


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
    return Page(address, base, lang, "", "", noindex=noindex)


def _told(made: Made) -> list[Any]:
    page = made.page
    return [
        [page.address, page.base, page.lang, page.noindex],
        list(made.languages),
        [list(file) for file in made.files],
    ]


def _made(about: Sequence[Any], languages: Sequence[str], files: Iterable[Sequence[Any]]) -> Made:
    address, base, lang, noindex = about
    return Made(outside(address, base, lang, noindex=noindex), languages, [Written(*file) for file in files])
