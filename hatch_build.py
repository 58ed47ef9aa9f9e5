"""Compile the message catalogues when the package is built or installed.

Only the `.po` files are kept in Git; `gettext` reads `.mo` files at run time.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Write a `.mo` file beside each `.po` file of `hub/locale`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue; do nothing where there is none."""
        for source in Path(self.root, "hub", "locale").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as stream:
                catalogue = read_po(stream)
            with source.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
