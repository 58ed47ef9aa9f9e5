"""A small hub: the texts that were written since a build, and those that were looked up for their pages.

It is read without the host, so that others may work with it while that is imported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hub.config import Config
from hub.loading import Loaded, load
from hub.model import Entry, Key
from hub.site.observed import Question
from hub.site.standing import Standing
from hub_mkdocs.asked import name_of, names_in
from hub_mkdocs.record import Head, Record


class Doubt(Exception):
    """More may have changed than a few texts can tell."""


def make_sure(is_so: object) -> None:
    """Go no further where something is not so.

    Raises:
        Doubt: where it is not.
    """
    if not is_so:
        raise Doubt


class Kept(NamedTuple):
    """What a build has kept of some texts.

    Attributes:
        record: of the parts that show them.
        answers: what was looked up for these.
        standing: what holds of the whole hub.
        keys: of the texts.
    """

    record: Record
    answers: Mapping[Question, str]
    standing: Standing
    keys: frozenset[Key]

    @classmethod
    def of(cls, path: Path, uris: Collection[str]) -> Kept:
        """What is kept of the texts of some files.

        Args:
            path: of the record of the build.
            uris: the files, relative to `docs/`.

        Raises:
            Doubt: when that is not all there.
        """
        head = Head.read(path)
        if head is None:
            raise Doubt
        standing = Standing.from_data(head.standing)
        keys = standing.keys_of(uris)
        parts = {part for key in keys for part in head.by_text.get(name_of(("text", *key)), ())}
        record = Record.of_parts(path, head, parts)
        if record is None or len(keys) < len(uris):
            raise Doubt
        names = set(chain.from_iterable(map(names_in, record.asked.values())))
        answers = record.answered(names)
        make_sure(answers.keys() == names)
        return cls(record, dict(answers.values()), standing, keys)


@dataclass(frozen=True, slots=True)
class Small:
    """A small hub.

    Attributes:
        loaded: as it was read.
        texts: those that were written.
        kept: what is kept of these.
    """

    loaded: Loaded
    texts: Sequence[Entry]
    kept: Kept

    @classmethod
    def read(cls, config: Config, kept: Kept, uris: Collection[str]) -> Small:
        """Read the texts that were written, and those that the answers speak of.

        Args:
            config: the hub's.
            kept: what a build has kept of the texts.
            uris: their files, relative to `docs/`.

        Raises:
            Doubt: when they are not those that they were, or the answers speak of the whole hub.
        """
        needed = kept.standing.files_for(kept.answers)
        if needed is None:
            raise Doubt
        loaded = load(config.root, config, drafts=config.drafts, only={*needed, *uris})
        loaded = replace(loaded, library=kept.standing.in_part(loaded.library))
        texts = [entry for entry in loaded.library if entry.src_uri in uris]
        make_sure({entry.key for entry in texts} == kept.keys)
        return cls(loaded, texts, kept)
