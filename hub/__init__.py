"""The hub: a library of typed notes, checked and linked, that becomes a site, a search index and exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.config import Config
    from hub.loading import Loaded

__all__ = ["load"]


def load(root: Path, config: Config | None = None, *, drafts: bool = False) -> Loaded:
    """Read a hub: see `hub.loading.load`, which is imported when it is needed: a search answers without it."""
    from hub.loading import load as read  # noqa: PLC0415

    return read(root, config, drafts=drafts)
