"""Editions in the site: each built once from its tag, kept in the cache, and put beside the current site.

An edition is built again only when something that it depends on is another: its commit, this software, what of the
configuration comes from today, what holds today (`hub.rulings`). What is kept is linked into the site, file by file; a
file that was changed there is noticed by its time and size, and the edition is built again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

import hub
import hub_mkdocs
from hub.caches import cache_folder
from hub.config import Config
from hub.editions import Edition, listed, unpack
from hub.errors import HubError
from hub.git import leads_to
from hub.history import History
from hub.i18n import N_, Translate
from hub.library import Library
from hub.loading import Loaded
from hub.model import Entry
from hub.root import FILE_NAME
from hub.rulings import Rulings, names_of
from hub.site.editions import Built, place
from hub_mkdocs import bridge, switch
from hub_mkdocs.plugin import HubPlugin

FOLDER = "editions"
_HOSTS = ("mkdocs", "mkdocs-material", "Jinja2", "markdown-it-py")
_NOT_OF_AN_EDITION = ("sitemap.xml", "sitemap.xml.gz", "404.html")
"""What a host makes once for a whole site."""


def chosen(config: Config, named: Sequence[str] = ()) -> tuple[tuple[Edition, ...], tuple[str, ...]]:
    """The editions that the site is to hold, the newest first, and names of those that are not there.

    Args:
        config: of the hub.
        named: names that take the place of those of the option `editions`.
    """
    known = listed(config.root)
    wanted = tuple(named) or config.editions
    if wanted is None:
        return known, ()
    missing = tuple(name for name in wanted if all(one.name != name for one in known))
    return tuple(one for one in known if one.name in wanted), missing


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
            if is_current and record["state"] == _state(folder / "site"):
                return Kept(Built(edition, record["texts"], tuple(record["languages"])), folder / "site")
        except (OSError, ValueError, LookupError, TypeError):
            pass  # none yet, half of one, or not ours
        return None

    def make(self, edition: Edition, rulings: Rulings) -> Kept:
        """Build an edition and keep it.

        Raises:
            HubError: when it cannot be built.
        """
        final = self.folder / edition.name
        shutil.rmtree(final, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".tree-", dir=self.folder) as tree, TemporaryDirectory(dir=self.folder) as made:
            site = Path(made, "site")
            library = _build(edition, rulings, self.config, Path(tree), site)
            names = names_of(library)
            texts = len({entry.key[:2] for entry in library if _is_text(entry)})
            record = {
                "key": self._key(edition, rulings, names),
                "names": names,
                "texts": texts,
                "languages": library.languages,
                "state": _state(site),
            }
            Path(made, "edition.json").write_text(json.dumps(record), "utf-8")
            final.mkdir()
            for path in Path(made).iterdir():
                path.rename(final / path.name)
        return Kept(Built(edition, texts, library.languages), final / "site")

    def _key(self, edition: Edition, rulings: Rulings, names: Sequence[str]) -> str:
        said = [
            *(edition.name, edition.commit, str(edition.date), _software(), rulings.key(names)),
            *(self.config.site_url, self.config.directory_urls, self.config.salt),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def collect(
    config: Config,
    loaded: Loaded | None,
    editions: Sequence[Edition],
    tell: Callable[[str], None],
    say: Translate,
    *,
    anew: bool = False,
) -> tuple[Kept, ...]:
    """The editions, built where they must be; one that cannot be built is said, and left out.

    Args:
        config: of the hub.
        loaded: the hub as it is; it need not be read for no edition.
        editions: which.
        tell: takes what is said meanwhile.
        say: puts it into words.
        anew: whether to build them whatever is kept.
    """
    shelf = Shelf(config)
    shelf.keep_only(() if anew else editions)
    if not editions or loaded is None:
        return ()
    if not loaded.withheld.is_whole:
        shelf.keep_only(())
        tell(say(N_("No edition is built: the list of what is withheld cannot be read. `hub check` says where.")))
        return ()
    rulings = Rulings.of(loaded, History.read(config.root))
    found = []
    for edition in editions:
        if not leads_to(config.root, edition.commit, "HEAD"):
            tell(
                say(N_("The edition {name} is left out: what it names was never published.")).format(name=edition.name)
            )
            continue
        kept = shelf.get(edition, rulings)
        if kept is None:
            tell(say(N_("Building the edition {name}…")).format(name=edition.name))
            try:
                kept = shelf.make(edition, rulings)
            except HubError as error:
                why = error.message(say)
                tell(
                    say(
                        N_(
                            "The edition {name} cannot be built, and is left out: {error}\n"
                            "If it can be no more, name the others in mkdocs.yml. Example: editions: {example}"
                        )
                    ).format(name=edition.name, error=why, example=_others(edition, editions))
                )
                continue
        found.append(kept)
    return tuple(found)


def put(kept: Sequence[Kept], loaded: Loaded, site: Path) -> None:
    """Put the editions into a site, and the scripts of the switch beside them.

    Args:
        kept: the editions, the newest first.
        loaded: the hub as it is.
        site: the folder of the current site, whole but for them.
    """
    for one in kept:
        _link(one.folder, site / place(one.built.edition, loaded.library))
    if kept:
        switch.write(kept, loaded.library, site)


def _build(edition: Edition, rulings: Rulings, today: Config, tree: Path, site: Path) -> Library:
    """Build an edition; what it holds."""
    for path, blob in unpack(today.root, edition, tree).items():
        if not path.endswith(".md") and rulings.withheld.content(blob):
            (tree / path).unlink(missing_ok=True)
    with _listening() as said, _own_modules():
        try:
            library = _with_host(edition, rulings, today, tree, site)
        except HubError:
            raise
        except (Abort, MkDocsException) as error:
            raise HubError("{error}", error=_first(said) or error) from error
        except Exception as error:  # an old state costs its own edition, whatever is wrong with it
            raise HubError("{error}", error=f"{type(error).__name__}: {error}") from error
    for name in _NOT_OF_AN_EDITION:
        (site / name).unlink(missing_ok=True)
    return library


def _with_host(edition: Edition, rulings: Rulings, today: Config, tree: Path, site: Path) -> Library:
    config = load_config(
        config_file=str(tree / FILE_NAME),
        site_dir=str(site),
        site_url=f"{today.site_url}{FOLDER}/{edition.name}/" if today.site_url else None,
        edit_uri="",  # what is improved is the current text
        use_directory_urls=today.directory_urls,
        strict=False,
    )
    config.edit_uri_template = None
    plugin = config.plugins.get("hub")
    if not isinstance(plugin, HubPlugin):
        raise HubError(N_("{path} does not name the plugin hub. Example: plugins: [hub]"), path=FILE_NAME)
    plugin.config["salt"] = None if os.environ.get("HUB_SALT") else today.salt or None
    plugin.config["drafts"] = None
    plugin.edition = edition
    plugin.history = History.at(today.root, edition.commit)
    plugin.loaded = rulings.load(bridge.hub_config(config, plugin.config), plugin.history)
    build_site(config)
    return plugin.loaded.library


def _is_text(entry: Entry) -> bool:
    """Whether an entry is one of the texts that an edition is said to hold: no person, and not withdrawn."""
    return entry.status != "withdrawn" and not hasattr(entry, "shows_profile")


def _first(said: Sequence[str]) -> str:
    return " ".join(said[0].split()) if said else ""


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Keep what the host says of an edition from the terminal: nobody can mend its texts any more."""
    found: list[str] = []

    class _Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    before, propagates = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [_Ear(logging.ERROR)], False
    try:
        yield found
    finally:
        logger.handlers, logger.propagate = before, propagates


@contextmanager
def _own_modules() -> Iterator[None]:
    """A hub's own kinds are modules by their files' names: an edition's take the place of today's for a while."""
    before = {name: module for name, module in sys.modules.items() if name.startswith("hub_local_")}
    try:
        yield
    finally:
        sys.modules.update(before)


def _others(edition: Edition, editions: Sequence[Edition]) -> str:
    return json.dumps([one.name for one in editions if one is not edition])


@cache
def _software() -> str:
    """A hash of this software and of what it stands on."""
    found = hashlib.sha256(" ".join(map(version, _HOSTS)).encode())
    for package in (hub, hub_mkdocs):
        top = Path(cast("Any", package).__file__).parent
        for path in sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(top)}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def _state(folder: Path) -> str:
    """A hash of the names, times and sizes of the files in a folder."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        said = path.stat()
        lines.append(f"{path.relative_to(folder).as_posix()}\t{said.st_size}\t{said.st_mtime_ns}\n")
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _link(source: Path, target: Path) -> None:
    """Put a folder's files into another, as links to the same files where the disk can."""
    for folder, _, names in os.walk(source):
        there = target / Path(folder).relative_to(source)
        there.mkdir(parents=True, exist_ok=True)
        for name in names:
            try:
                (there / name).hardlink_to(Path(folder, name))
            except OSError:
                shutil.copy2(Path(folder, name), there / name)
