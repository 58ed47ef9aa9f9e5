"""Editions in the site: each is built from its tag as today lets it be read, and put beside the current site."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from hub.config import Config
from hub.editions import Edition, listed, unpack
from hub.errors import HubError
from hub.git import leads_to
from hub.history import History
from hub.i18n import N_, Translate
from hub.library import Library
from hub.loading import Loaded
from hub.root import FILE_NAME
from hub.rulings import Rulings
from hub.site.editions import place
from hub_mkdocs import bridge, switch
from hub_mkdocs.plugin import HubPlugin
from hub_mkdocs.shelf import FOLDER, Kept, Shelf
from hub_mkdocs.trees import mirror


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
                kept = shelf.make(edition, rulings, partial(_build, edition, rulings, config))
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
        mirror(one.folder, site / place(one.built.edition, loaded.library))
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
    for made in (*site.glob("sitemap*.xml*"), site / "404.html"):  # what there is once for a whole site
        made.unlink(missing_ok=True)
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
    plugin.config["editor"] = None  # an edition does not change
    plugin.edition = edition
    plugin.history = History.at(today.root, edition.commit)
    plugin.loaded = rulings.load(bridge.hub_config(config, plugin.config), plugin.history)
    build_site(config)
    return plugin.loaded.library


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
