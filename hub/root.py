"""Where a hub is: in the folder of its configuration, which need not be read to find it."""

from __future__ import annotations

from pathlib import Path

from hub.errors import HubError
from hub.i18n import N_

FILE_NAME = "mkdocs.yml"


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `mkdocs.yml`.

    Raises:
        HubError: when there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise HubError(
        N_("There is no hub in {start}: no mkdocs.yml here or above. Give its folder with --root."), start=start
    )
