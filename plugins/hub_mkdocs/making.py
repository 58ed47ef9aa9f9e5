"""Builds a site beside the one that readers have, and puts it there whole or not at all."""

from __future__ import annotations

import logging
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

from hub import collector, manifest
from hub.caches import cache_folder
from hub.i18n import N_, Translate
from hub.kept_texts import forget
from hub.manifest import Summed
from hub.site.editions import place
from hub.workers import aside
from hub_mkdocs.amending import amended
from hub_mkdocs.built import Fast
from hub_mkdocs.editions import put
from hub_mkdocs.files import settle, settled
from hub_mkdocs.marks import mark_by
from hub_mkdocs.plugin import HubPlugin
from hub_mkdocs.publishing import Published, Publisher
from hub_mkdocs.shelf import Kept
from hub_mkdocs.trees import PAGES

WAITING = N_("Another process is building this site. Waiting for it…")
Editions = Callable[[MkDocsConfig, HubPlugin], Sequence[Kept]]
"""Builds the editions that are to stand beside a site."""


@collector.paused()
def publish(publisher: Publisher, editions: Editions, tell: Callable[[str], None], say: Translate) -> Published:
    """Build the site beside the old one, and let them change places when it is whole.

    Args:
        publisher: knows where, and how.
        editions: builds those that stand beside it.
        tell: takes what is said meanwhile.
        say: puts it into words.

    Raises:
        HubError: when the hub cannot be read.
        mkdocs.exceptions.MkDocsException: when the host cannot build it, or `strict` finds faults.
    """
    config, wishes, final = publisher.config, publisher.wishes, publisher.final
    if wishes.clean:
        forget(config.root)
    path, trees = publisher.record("built"), publisher.trees
    with trees.alone(lambda: tell(say(WAITING))) as has_waited:
        if has_waited:
            publisher = replace(publisher)  # the other build may have taken long
            found = publisher.unchanged()
            if found:
                return found
        inputs = publisher.inputs
        Fast.forget_unfinished(path)
        with tempfile.TemporaryDirectory(dir=trees.work, prefix=PAGES) as folder:
            found = amended(publisher, Path(folder))
        if found:
            for line in found.said:
                tell(line)
            return found
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
                sums = dict if wishes.clean else cache(partial(_sums, publisher, aside(publisher.look_for_damage)))
                plugin.fast = Fast(Path(folder), trees, None if wishes.clean else path, beside, sums)
                build(host)
        if kept and plugin.loaded:
            put(kept, plugin.loaded, trees.next)
        keep = plugin.fast.keep(path)
        stamps = settle(final, trees.next)
        manifest.put(trees.next, publisher.record("sums"), stamps, sums())
        stamps[manifest.NAME] = settled(final, trees.next, manifest.NAME)[1:]
        is_like_it = trees.publish()
        try:
            trees.forget_lost(cache_folder(config.root).glob("site-*"))
            keep()
            published = Published(sum(one.endswith(".html") for one in stamps), plugin.left_out, said)
            publisher.keep(inputs, published, mark_by(stamps))
        finally:
            is_like_it()
    if wishes.explained is None or plugin.writing is None:
        return published
    return replace(published, reason=plugin.writing.reason(wishes.explained))


def _sums(publisher: Publisher, looked: Callable[[], None]) -> dict[str, Summed]:
    """The sums of the readers' site, when somebody has looked at it."""
    looked()
    return publisher.sums()


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
