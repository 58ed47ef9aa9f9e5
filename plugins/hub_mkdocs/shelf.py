"""Editions in the hub's cache: each is built once, and again only when something that it depends on is another.

That is its commit, this software, what of the configuration comes from today, and what holds today (`hub.rulings`).
What is kept is linked into the site, file by file; a file that was changed there is noticed by its time and size, and
the edition is built again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hub.caches import cache_folder
from hub.config import Config
from hub.editions import Edition
from hub.library import Library
from hub.model import Entry
from hub.repairs import DAMAGED, note
from hub.rulings import Rulings, names_of
from hub.site.editions import Built
from hub_mkdocs.software import site_software, state

FOLDER = "editions"


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition in the cache."""

    built: Built
    folder: Path


class Shelf:
    """The editions of a hub in its cache.

    Args:
        config: of the hub as it is.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.folder = cache_folder(config.root) / FOLDER

    def keep_only(self, editions: Sequence[Edition]) -> None:
        """Throw away what is kept of all others: it may hold what must not be public any more."""
        names = {edition.name for edition in editions}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)

    def get(self, edition: Edition, rulings: Rulings) -> Kept | None:
        """An edition as it is kept, where nothing that it depends on is another."""
        folder = self.folder / edition.name
        try:
            record = json.loads((folder / "edition.json").read_text("utf-8"))
            is_current = record["key"] == self._key(edition, rulings, record["names"])
            if is_current and record["state"] == state(folder / "site"):
                return Kept(Built(edition, record["texts"], tuple(record["languages"])), folder / "site")
            if is_current:
                note(DAMAGED, path=folder)
        except (OSError, ValueError, LookupError, TypeError):  # none yet, half of one, or not ours
            if folder.exists():
                note(DAMAGED, path=folder)
        return None

    def make(self, edition: Edition, rulings: Rulings, build: Callable[[Path, Path], Library]) -> Kept:
        """Build an edition and keep it.

        Args:
            edition: which.
            rulings: what holds today.
            build: puts its files into a folder and its site into another, and says what it holds.

        Raises:
            HubError: when it cannot be built.
        """
        final = self.folder / edition.name
        shutil.rmtree(final, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".tree-", dir=self.folder) as tree, TemporaryDirectory(dir=self.folder) as made:
            site = Path(made, "site")
            library = build(Path(tree), site)
            names = names_of(library)
            texts = len({entry.key[:2] for entry in library if _is_text(entry)})
            record = {
                "key": self._key(edition, rulings, names),
                "names": names,
                "texts": texts,
                "languages": library.languages,
                "state": state(site),
            }
            Path(made, "edition.json").write_text(json.dumps(record), "utf-8")
            final.mkdir()
            for path in Path(made).iterdir():
                path.rename(final / path.name)
        return Kept(Built(edition, texts, library.languages), final / "site")

    def _key(self, edition: Edition, rulings: Rulings, names: Sequence[str]) -> str:
        said = [
            *(edition.name, edition.commit, str(edition.date), site_software(), rulings.key(names)),
            *(self.config.site_url, self.config.directory_urls, self.config.salt),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _is_text(entry: Entry) -> bool:
    """Whether an entry is one of the texts that an edition is said to hold: no person, and not withdrawn."""
    return entry.status != "withdrawn" and not hasattr(entry, "shows_profile")
