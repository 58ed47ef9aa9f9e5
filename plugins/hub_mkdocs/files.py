"""Files of a site: written, or taken over from an earlier site where they are the same."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG

from hub.disk import Stamp, stamp
from hub.site.page import MadeFile, Page
from hub_mkdocs.record import Written
from hub_mkdocs.trees import take


def write(files: Iterable[MadeFile], site_dir: Path) -> list[str]:
    """Write files that the hub makes; their addresses."""
    found = []
    for file in files:
        path = f"{site_dir}/{file.address}"
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as many as there are files
        with open(path, "wb") as written:  # noqa: PTH123 - for every file
            written.write(file.text.encode())
        found.append(file.address)
    return found


def write_files(page: Page, html: str, site_dir: Path) -> list[str]:
    """Write a page that stands in no host's layout, and the files beside it; their addresses."""
    return write((MadeFile(f"{page.address}index.html", html), *page.files), site_dir)


def settle(old: Path, new: Path) -> dict[str, Stamp]:
    """Take over from an earlier site what was written again as it was, with its time: less is copied and published.

    Returns:
        The stamps of the files of the new site.
    """
    stamps: dict[str, Stamp] = {}
    folders = [""]
    is_first = not old.is_dir()
    while folders:
        folder = folders.pop()
        with os.scandir(new / folder) as found:
            for one in found:
                address = f"{folder}{one.name}"
                if one.is_dir(follow_symlinks=False):
                    folders.append(f"{address}/")
                    continue
                said = one.stat(follow_symlinks=False)
                is_new = said.st_nlink == 1 and not is_first
                stamps[address] = settled(old, new, address)[1:] if is_new else stamp(said)
    return stamps


def settled(old: Path, new: Path, address: str) -> Written:
    """The same for one file; what it is now."""
    before, path = f"{old}/{address}", f"{new}/{address}"
    if is_same(before, path):
        os.unlink(path)  # noqa: PTH108 - as many as there are files
        take(before, path)
    return Written.of(new, address)


def is_same(before: str, path: str) -> bool:
    """Whether a file of an earlier site, and no link in its place, holds the same bytes as another."""
    try:
        old = os.lstat(before)
        is_as_long = S_ISREG(old.st_mode) and old.st_size == os.stat(path).st_size  # noqa: PTH116 - for every file
        return is_as_long and Path(before).read_bytes() == Path(path).read_bytes()
    except OSError:
        return False
