"""Files of a site: written, or taken over from an earlier site where they are the same."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from hub.site.page import MadeFile, Page
from hub_mkdocs.record import Written
from hub_mkdocs.trees import take


def write(files: Iterable[MadeFile], site_dir: Path) -> list[str]:
    """Write files that the hub makes; their addresses."""
    found = []
    for file in files:
        path = site_dir / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.text.encode())
        found.append(file.address)
    return found


def write_files(page: Page, html: str, site_dir: Path) -> list[str]:
    """Write a page that stands in no host's layout, and the files beside it; their addresses."""
    return write((MadeFile(f"{page.address}index.html", html), *page.files), site_dir)


def settle(old: Path, new: Path) -> int:
    """Take over from an earlier site what was written again as it was, with its time: less is copied and published.

    Returns:
        How many pages the new site has.
    """
    pages, folders = 0, [""]
    is_first = not old.is_dir()
    while folders:
        folder = folders.pop()
        with os.scandir(new / folder) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{one.name}/")
                    continue
                pages += one.name.endswith(".html")
                if not is_first and one.stat().st_nlink == 1:
                    settled(old, new, f"{folder}{one.name}")
    return pages


def settled(old: Path, new: Path, address: str) -> Written:
    """The same for one file; what it is now."""
    before, path = old / address, new / address
    if is_same(before, path):
        path.unlink()
        take(before, path)
    return Written.of(new, address)


def is_same(before: Path, path: Path) -> bool:
    """Whether a file of an earlier site holds the same bytes."""
    try:
        return before.stat().st_size == path.stat().st_size and before.read_bytes() == path.read_bytes()
    except OSError:
        return False
