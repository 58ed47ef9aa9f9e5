"""A site in which a few texts have other sentences, and nothing else has changed: the rest of the hub is not read.

The last build has kept what was looked up for the pages of each text, and the answers (`hub_mkdocs.record`). From the
texts that were written since, and those that these answers speak of, a small hub is made. Only if it gives all of them
as they were, and nothing else is asked of it, are the pages that it makes those of the whole hub. Wherever there is
doubt, nothing is published, and the whole hub is read.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from hub import manifest
from hub.dates import today
from hub.errors import HubError
from hub.manifest import Summed
from hub.search.cache import Cache
from hub.workers import aside
from hub_mkdocs import search
from hub_mkdocs.marks import Mark
from hub_mkdocs.publishing import Published, Publisher
from hub_mkdocs.small import Doubt, Kept, Small, make_sure
from hub_mkdocs.trees import Trees


def amended(publisher: Publisher, folder: Path) -> Published | None:
    """Publish the site again, with other pages of the texts that were written since.

    Args:
        publisher: knows where, and how; nobody else builds the site meanwhile.
        folder: takes files while they wait; empty, and on the site's disk.

    Returns:
        What was published; None where the whole hub must be read.

    Raises:
        OSError: when the site cannot be written.
        sqlite3.Error: when what is kept of it cannot.
    """
    trees, since = publisher.trees, time.time_ns()
    touched = publisher.touched()
    if touched is None:
        return None
    with suppress(Doubt, HubError):
        config = replace(publisher.config, drafts=publisher.config.drafts or publisher.wishes.drafts)
        small = Small.read(config, Kept.of(publisher.record("built"), touched.texts), touched.texts)
        searched = aside(partial(_search, small, trees.final, folder, since, publisher.inputs))
        try:
            from hub_mkdocs.host import Host  # noqa: PLC0415 - slow to import; the other core has its work by now
            from hub_mkdocs.remaking import remade  # noqa: PLC0415 - likewise: it imports the host

            host = Host(config.root, folder, publisher.wishes)
            record = remade(small, host, touched.published.said, folder, trees.final)
        finally:
            gone = searched()  # whatever comes now, nobody else works on the index and in the folder
        make_sure(publisher.standing() == touched.site)
        site = _publish(trees, folder, gone, touched.site, publisher.record("sums"))
        record.amend(publisher.record("built"))
        published = replace(touched.published, is_new=True)
        publisher.keep(publisher.inputs, published, site)
        return published
    return None


def _search(small: Small, old: Path, folder: Path, since: int, seen: Sequence[str]) -> list[str]:
    """Work the texts into the index, and write what changes of its scripts; the addresses of those that go.

    Raises:
        Doubt: when the index must be made from the whole hub.
    """
    config = small.loaded.config
    cache = Cache(config.root, drafts=config.drafts)
    keys, is_right = [entry.key for entry in small.texts], search.is_index_of(old / search.FOLDER)
    make_sure(cache.amend(small.loaded, keys, today(), is_right, since=since, seen=seen))
    gone = []
    (folder / search.FOLDER).mkdir()
    try:
        for name, body in search.changed_in_part(cache, old / search.FOLDER):
            address = f"{search.FOLDER}/{name}"
            if body is None:
                gone.append(address)
            else:
                (folder / address).write_bytes(body)
    except sqlite3.DatabaseError as error:
        raise Doubt from error
    return gone


def _publish(trees: Trees, folder: Path, gone: Collection[str], before: Mark, sums: Path) -> Mark:
    """Publish what waits in a folder, with the sums of all files; the site's mark from now on."""
    new = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    if not new and not gone:
        return before
    manifest.amend(trees.final, sums, folder, {address: Summed.of(folder, address) for address in new}, gone)
    return before.changed(manifest.seal(sums), *trees.amend(folder, [*new, manifest.NAME], gone))
