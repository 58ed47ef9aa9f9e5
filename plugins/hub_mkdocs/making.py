"""Builds a site beside the old one, and puts it there whole or not at all."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from hub import collector
from hub.caches import cache_folder
from hub.kept_texts import forget
from hub_mkdocs.built import Fast
from hub_mkdocs.editions import put
from hub_mkdocs.files import settle
from hub_mkdocs.plugin import HubPlugin
from hub_mkdocs.publishing import Published, Publisher
from hub_mkdocs.shelf import Kept

Editions = Callable[[MkDocsConfig, HubPlugin], Sequence[Kept]]
"""Builds the editions that are to stand beside a site."""


def publish(publisher: Publisher, editions: Editions, tell: Callable[[str], None]) -> Published:
    """Build the site beside the old one, and put it in its place when it is whole.

    Args:
        publisher: knows where, and how.
        editions: builds those that stand beside it.
        tell: takes what is said of faults of the content meanwhile.

    Raises:
        HubError: when the hub cannot be read.
        mkdocs.exceptions.MkDocsException: when the host cannot build it, or `strict` finds faults.
    """
    config, wishes, final = publisher.config, publisher.wishes, publisher.final
    if wishes.clean:
        forget(config.root)
    inputs, cache = publisher.inputs(), cache_folder(config.root)
    final.parent.mkdir(parents=True, exist_ok=True)
    path = publisher.record("built")
    made = Path(tempfile.mkdtemp(prefix=".hub-site-", dir=final.parent))
    try:
        host = load_config(
            config_file=str(config.root / "mkdocs.yml"),
            site_dir=str(made),
            strict=wishes.strict or None,
        )
        plugin = cast("HubPlugin", host.plugins["hub"])
        if wishes.drafts:
            plugin.config["drafts"] = True
        if not wishes.revisions:
            plugin.config["revisions"] = False
        with _listening(tell) as said, collector.paused():
            kept = editions(host, plugin) if wishes.has_editions else ()
            with tempfile.TemporaryDirectory(dir=cache, prefix="pages-") as folder:
                plugin.fast = Fast(Path(folder), final, None if wishes.clean else path)
                build(host)
        if kept and plugin.loaded:
            put(kept, plugin.loaded, made)
        pages = settle(final, made)
        _swap(made, final)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    if plugin.fast.made:
        plugin.fast.made.write(path)
    published = Published(pages, plugin.left_out, said)
    publisher.keep(inputs, published)
    if wishes.explained is None or plugin.writing is None:
        return published
    return replace(published, reason=plugin.writing.reason(wishes.explained))


def _swap(made: Path, final: Path) -> None:
    """Put the new site in the place of the old one in two renames."""
    made.chmod(0o755)  # mkdtemp makes it private; a web server must be able to read it
    old = made.with_name(made.name + "-old")
    if final.exists():
        final.rename(old)
    made.rename(final)
    shutil.rmtree(old, ignore_errors=True)


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
