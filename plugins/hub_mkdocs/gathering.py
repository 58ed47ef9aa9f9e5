"""The host's files of `docs/`, without what stands behind links to folders.

The host follows such links, in circles if need be and out of the hub
(https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/files.py#L550), before any plugin is asked. One of them,
which anybody may propose, would keep a site from being built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files

Gather = Callable[[MkDocsConfig], Files]


def stay_inside(config: MkDocsConfig) -> None:
    """Have the host's builds gather files so; hosts that are made of another have modules of their own."""
    host = type(config).__module__.partition(".")[0]
    build: Any = sys.modules.get(f"{host}.commands.build")
    if build is not None and not isinstance(build.get_files, partial):
        build.get_files = partial(gathered, get_files=build.get_files)


def gathered(config: MkDocsConfig, get_files: Gather = get_files) -> Files:
    """The files as the host gathers them, but for links to folders."""
    walk = os.walk

    def inside(top: Any, *more: Any, **options: Any) -> Any:
        return walk(top, *more, **options | {"followlinks": False})

    os.walk = inside
    try:
        return get_files(config)
    finally:
        os.walk = walk
