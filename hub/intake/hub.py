"""The hub that something arrives at, as every way in needs to know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as day

from hub.config import Config
from hub.drafting.placing import free_stem
from hub.drafting.writing import taken
from hub.forges import name_of
from hub.library import Library
from hub.model import Kind


@dataclass(frozen=True)
class Hub:
    """A hub, read whole, texts under review included.

    Attributes:
        config, library: of it.
        today: when it arrives.
    """

    config: Config
    library: Library
    today: day
    _given: set[tuple[str, str]] = field(default_factory=set)

    @property
    def forge(self) -> str:
        """The name of the forge that the hub lies on, or nothing."""
        return name_of(self.config.repo_url, self.config.edit_uri)

    @property
    def docs(self) -> str:
        """The folder of the texts relative to the hub's, ending in a slash."""
        return f"{self.config.docs_dir.relative_to(self.config.root).as_posix()}/"

    def is_taken(self, kind: Kind) -> Callable[[str, str], bool]:
        """Whether a name of a new entry is taken: by what is there, or by what arrived before."""
        there = taken(kind, self.library, self.config)
        return lambda stem, lang: (kind.name, stem) in self._given or there(stem, lang)

    def stem(self, title: str, kind: Kind, lang: str) -> str:
        """The name of a new entry's file, which nothing else bears; it is taken from now on."""
        stem = free_stem(title, kind, lang, self.is_taken(kind))
        self._given.add((kind.name, stem))
        return stem

    def take(self, kind: Kind, stem: str) -> None:
        """Give a name away."""
        self._given.add((kind.name, stem))
