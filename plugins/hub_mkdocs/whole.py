"""Builds a site from the whole hub: the host gathers its parts, and the plugin `hub` makes the pages."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import cast

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from hub import manifest
from hub.caches import cache_folder
from hub.errors import HubError
from hub.i18n import N_
from hub.manifest import Summed
from hub.site.editions import place
from hub.workers import aside
from hub_mkdocs.built import Fast
from hub_mkdocs.editions import put
from hub_mkdocs.explaining import Reason
from hub_mkdocs.files import settle, settled
from hub_mkdocs.marks import Mark
from hub_mkdocs.plugin import HubPlugin
from hub_mkdocs.publishing import Published, Publisher
from hub_mkdocs.shelf import Kept
from hub_mkdocs.trees import PAGES

Editions = Callable[[MkDocsConfig, HubPlugin], Sequence[Kept]]
"""Builds the editions that are to stand beside a site."""


def publish(publisher: Publisher, editions: Editions, tell: Callable[[str], None]) -> Published:
    """Build the site beside the old one, and let them change places when it is whole.

    Args:
        publisher: knows where, and how; nobody else builds the site meanwhile.
        editions: builds those that stand beside it.
        tell: takes what is said meanwhile.

    Raises:
        HubError: when the hub cannot be read, or the host cannot build it.
        SystemExit: when `strict` finds faults, which have been told.
    """
    try:
        return _published(publisher, editions, tell)
    except Abort:
        sys.exit(1)
    except (ConfigurationError, PluginError) as error:
        raise HubError(N_("The site cannot be built: {error}"), error=error) from error


def _published(publisher: Publisher, editions: Editions, tell: Callable[[str], None]) -> Published:
    config, wishes, final, trees = publisher.config, publisher.wishes, publisher.final, publisher.trees
    path, inputs = publisher.record("built"), publisher.inputs
    host = load_config(
        config_file=str(config.root / "mkdocs.yml"),
        site_dir=str(trees.next),
        strict=wishes.strict or None,
    )
    plugin = cast("HubPlugin", host.plugins["hub"])
    plugin.wish(wishes)
    plugin.ahead = publisher.history
    with _listening(tell) as said:
        kept = editions(host, plugin) if wishes.has_editions else ()
        with tempfile.TemporaryDirectory(dir=trees.work, prefix=PAGES) as folder:
            beside = [place(one.built.edition, plugin.loaded.library) for one in kept if plugin.loaded]
            stands = not wishes.clean and publisher.stands()
            sums = dict if wishes.clean else cache(_sums(publisher, stands=stands))
            plugin.fast = Fast(Path(folder), trees, None if wishes.clean else path, beside, sums, is_known=stands)
            build(host)
    if kept and plugin.loaded:
        put(kept, plugin.loaded, trees.next)
    keep = plugin.fast.keep(path)
    stamps = settle(final, trees.next)
    summed = manifest.put(trees.next, stamps, sums())
    settled(final, trees.next, manifest.NAME)
    summed[manifest.NAME] = Summed.of(trees.next, manifest.NAME)
    manifest.keep(publisher.record("sums"), summed)
    known = plugin.fast.known()
    changed = None if known is None else [one for one in {*summed, *known} if summed.get(one) != known.get(one)]
    is_like_it = trees.publish(summed, changed)
    try:
        trees.forget_lost(cache_folder(config.root).glob("site-*"))
        keep()
    finally:
        folders = is_like_it()
    published = Published(sum(one.endswith(".html") for one in stamps), plugin.left_out, said)
    publisher.keep(inputs, published, Mark(manifest.seal(publisher.record("sums")), folders))
    if wishes.explained is None:
        return published
    reason = plugin.writing.reason(wishes.explained) if plugin.writing else Reason(is_by_host=True)
    return replace(published, reason=reason)


def _sums(publisher: Publisher, *, stands: bool) -> Callable[[], dict[str, Summed]]:
    """Gives the sums of the readers' site, when somebody has looked at it: another process does from now on."""
    looked = aside(partial(publisher.look_for_damage, stands=stands))

    def sums() -> dict[str, Summed]:
        looked()
        return publisher.sums()

    return sums


class _Listener(logging.Handler):
    """Hands on what the host says of faults, and remembers it."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self.tell = tell
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
        self.tell(self.said[-1])


@contextmanager
def _listening(tell: Callable[[str], None]) -> Iterator[list[str]]:
    listener = _Listener(tell)
    log = logging.getLogger("mkdocs")
    log.addHandler(listener)
    try:
        yield listener.said
    finally:
        log.removeHandler(listener)
