"""The search of the built site: the scripts of the index, and the program that reads them in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import hub_mkdocs.theme
from hub.search.analysis import LANGUAGE
from hub.search.cache import LOADER, Cache

FOLDER = "search"
SOURCES = "assets/search/"
"""Where the theme keeps the parts of the program, which sites do not hold one by one."""
_COMMENT = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)


def write(cache: Cache, site_dir: Path) -> None:
    """Write the folder `search/` of a site from the index in the cache."""
    folder = site_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in cache.scripts(_program()):
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))


def _program() -> dict[str, str]:
    """The program: `engine` with the language's tables and the pages' part, and `loader`, which brings it."""
    start = f"window.hub.startEngine({json.dumps(LANGUAGE, ensure_ascii=False)},window.hub.manifest);\n"
    return {"engine": _source("engine") + start + _source("ui"), LOADER: _source(LOADER)}


def _source(name: str) -> str:
    """A part of the program without indentation and without lines that are comments."""
    path = Path(hub_mkdocs.theme.__file__).parent / SOURCES / f"{name}.js"
    return _COMMENT.sub("", path.read_text("utf-8"))
