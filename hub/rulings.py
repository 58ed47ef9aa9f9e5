"""What holds today in every edition, whatever its files say: what must not be public, what was withdrawn, who has left.

An edition is not a way round them. So the files of its tag are read as today's hub would have them read: with today's
list of what is withheld, with what is withdrawn today withheld under every path that it ever had, with those who have
left today under their pseudonyms, also in texts that are older than their files. Of other people an edition shows the
name and the public work, as the archive does, for nobody agreed to a profile of another day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from hub.config import Config
from hub.dates import PartialDate, today
from hub.history import History
from hub.i18n import N_, translator
from hub.library import Library
from hub.loading import Loaded, load
from hub.model import Entry, Key
from hub.naming import Naming
from hub.walk import files_of
from hub.withheld import Item, Withheld


@dataclass(frozen=True)
class Rulings:
    """What holds today.

    Attributes:
        withheld: what must not be public, what is withdrawn today among it.
        left: those who have left.
        paths: those by the paths that their files ever had, relative to the hub's folder.
        wishes: by key, what may say that its subject no longer allows something.
    """

    withheld: Withheld
    left: tuple[Entry, ...]
    paths: dict[str, Entry]
    wishes: Mapping[Key, Entry]

    @classmethod
    def of(cls, loaded: Loaded, history: History) -> Rulings:
        """What the hub says today.

        Args:
            loaded: the hub as it is.
            history: of its texts, for the paths that they had.
        """
        left = tuple(entry for entry in loaded.library if entry.pseudonym(""))
        items = dict.fromkeys((*loaded.withheld.items, *_withdrawn(loaded, history)))
        paths = {path: entry for entry in left for path in _paths(entry, history)}
        asks = (entry for entry in loaded.library if type(entry).with_wishes_of is not Entry.with_wishes_of)
        wishes = {entry.key: entry for entry in asks if not _is_person(entry)}
        return cls(replace(loaded.withheld, items=tuple(items)), left, paths, wishes)

    def load(self, config: Config, history: History) -> Loaded:
        """Read an edition as today's hub lets it be read.

        Args:
            config: of the edition; its root is the folder of the edition's files.
            history: of the texts up to the edition.

        Raises:
            HubError: as `hub.load`.
        """
        found = load(config.root, config, history=history, withheld=self.withheld)
        return replace(found, library=self._without_those_who_left(found.library))

    def key(self, names: Collection[str]) -> str:
        """A hash of what holds for an edition.

        Args:
            names: of its entries, `note:appui-dds`: of texts that it does not have, nothing holds.
        """
        items = {
            (item.content, item.entry, item.reason)
            for item in self.withheld.items
            if item.content or item.entry in names
        }
        left = sorted([*entry.key, *_names(entry), *entry.address_hashes()] for entry in self.left)
        wishes = sorted([*key, entry.text.hash] for key, entry in self.wishes.items() if f"{key[0]}:{key[1]}" in names)
        said = json.dumps([sorted(items), left, sorted(self.paths), wishes], ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()

    def _without_those_who_left(self, library: Library) -> Library:
        known = {entry.key[:2]: entry for entry in self.left}
        missing = {key: entry for key, entry in known.items() if key[0] in library.kinds}
        entries: list[Entry] = []
        names: dict[tuple[str, str], frozenset[str]] = {}
        files: set[str] = set()
        for entry in library:
            key = entry.key[:2]
            left = known.get(key) or self.paths.get(entry.text.path)
            missing.pop(key, None)
            if left:
                missing.pop(left.key[:2], None)
                # Today's file, for names and addresses that only it knows; its names of then count as well.
                names[key] = names.get(key, frozenset()) | set(_names(entry))
                files |= files_of(entry)
                entries.append(left.model_copy(update={"id": entry.id, "lang": entry.lang}))
            else:
                wishes = self.wishes.get(entry.key)
                own = entry.with_wishes_of(wishes) if wishes else entry
                entries.append(own.model_copy(update={"consent": None}) if _is_person(own) else own)
        entries += [entry for entry in missing.values() if entry.lang in library.languages]
        return replace(
            library,
            entries=tuple(sorted(entries, key=lambda entry: entry.key)),
            known_as=names,
            withheld_files=library.withheld_files | files,
        )


def names_of(library: Library) -> list[str]:
    """The entries of a library as a list of what is withheld names them, but for those who have left."""
    return sorted({f"{entry.kind.name}:{entry.id}" for entry in library if not entry.pseudonym("")})


def _is_person(entry: Entry) -> bool:
    """Whether an entry has a profile, which one consents to."""
    return hasattr(entry, "shows_profile")


def _names(entry: Entry) -> list[str]:
    return sorted({*entry.names, getattr(entry, "sort_name", entry.title)})


def _withdrawn(loaded: Loaded, history: History) -> Iterator[Item]:
    """What was withdrawn, or is withheld, as lines that withhold it under each name that it had."""
    library = loaded.library
    reason = translator(library.default_language)(N_("This text is no longer part of the hub."))
    for entry in library:
        if entry.status == "withdrawn":
            why = entry.withdrawal
            date = why.date if why else PartialDate.parse(today().isoformat())
            for name in {f"{entry.kind.name}:{entry.id}", *_named(_paths(entry, history), loaded)}:
                yield Item("", name, why.reason if why else reason, date)
    withheld = {item.entry: item for item in loaded.withheld.items if item.entry}
    for line in history.gone() if withheld and history.is_known else ():
        names = set(_named((event.path.removeprefix(history.prefix) for event in line.events), loaded))
        for item in [withheld[name] for name in names & withheld.keys()]:
            yield from (replace(item, entry=name) for name in names)


def _named(paths: Iterable[str], loaded: Loaded) -> Iterator[str]:
    """The entries that files at some paths are, as a list of what is withheld names them."""
    docs = f"{loaded.config.docs_dir.relative_to(loaded.config.root).as_posix()}/"
    naming = Naming(loaded.library.kinds, loaded.library.languages)
    for path in paths:
        if path.startswith(docs) and PurePosixPath(path).suffix == ".md":
            kind, entry_id, _ = naming.of(path.removeprefix(docs))
            yield f"{kind.name}:{entry_id}"


def _paths(entry: Entry, history: History) -> Iterator[str]:
    """The paths that an entry's file ever had, relative to the hub's folder."""
    line = history.line(entry.text.path) if history.is_known else None
    for event in line.events if line else ():
        yield event.path.removeprefix(history.prefix)
