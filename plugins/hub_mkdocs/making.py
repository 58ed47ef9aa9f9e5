"""Publishes a site: the one that stands, with other pages of a few texts, or one that is built from the whole hub."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hub import collector
from hub.i18n import N_, Translate
from hub.kept_texts import forget
from hub.rows import Rows
from hub_mkdocs.amending import amended
from hub_mkdocs.publishing import Published, Publisher
from hub_mkdocs.record import unfinished
from hub_mkdocs.trees import PAGES

if TYPE_CHECKING:  # imports the host
    from hub_mkdocs.whole import Editions

WAITING = N_("Another process is building this site. Waiting for it…")


@collector.paused()
def publish(publisher: Publisher, editions: Editions, tell: Callable[[str], None], say: Translate) -> Published:
    """Publish the site.

    Args:
        publisher: knows where, and how.
        editions: builds those that stand beside it.
        tell: takes what is said meanwhile.
        say: puts it into words.

    Raises:
        HubError: when the hub cannot be read, or the host cannot build it.
        OSError: when the site cannot be written.
        sqlite3.Error: when what is kept of it cannot.
        SystemExit: when `strict` finds faults, which have been told.
    """
    if publisher.wishes.clean:
        forget(publisher.config.root)
    trees = publisher.trees
    with trees.alone(lambda: tell(say(WAITING))) as has_waited:
        if has_waited:
            publisher = replace(publisher)  # the other build may have taken long
            found = publisher.unchanged()
            if found:
                return found
        Rows(unfinished(publisher.record("built"))).forget()  # of a build that was stopped
        with tempfile.TemporaryDirectory(dir=trees.work, prefix=PAGES) as folder:
            found = amended(publisher, Path(folder))
        if found:
            for line in found.said:
                tell(line)
            return found
        from hub_mkdocs import whole  # noqa: PLC0415 - the host is not needed until here

        return whole.publish(publisher, editions, tell)
