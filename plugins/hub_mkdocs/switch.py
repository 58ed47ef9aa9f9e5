"""The scripts by which readers go from an edition to another: who has which page is known when the site is whole.

The pages of an edition are not made again when the site changes, so they hold nothing of what else there is: they ask.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hub_mkdocs.theme
from hub.i18n import LANGUAGES
from hub.library import Library
from hub.site.editions import place, shown

if TYPE_CHECKING:
    from hub_mkdocs.shelf import Kept

SOURCES = "assets/editions/"
"""Where the theme keeps the program, which sites do not hold as it stands there."""
SCRIPT = "editions.js"
_TOGETHER = 64
"""Addresses in one script."""
_SHOWN = 8
"""Editions that the switch names; the list has all."""


def write(kept: Sequence[Kept], library: Library, site: Path) -> None:
    """Write `editions.js`, and who has which page.

    Args:
        kept: the editions, the newest first.
        library: of the current site.
        site: its folder, with the editions in it.
    """
    holders: dict[str, list[str]] = {}
    for one in kept:
        for path in one.folder.rglob("index.html"):
            address = path.parent.relative_to(one.folder).as_posix() + "/"
            holders.setdefault("" if address == "./" else address, []).append(one.built.edition.name)
    for address, names in holders.items():
        if (site / address / "index.html").is_file():
            names.append("")
    count = -(-len(holders) // _TOGETHER) or 1
    parts: list[dict[str, list[str]]] = [{} for _ in range(count)]
    for address in sorted(holders):
        parts[_number(address) % count][address] = holders[address]
    folder = (site / place(kept[0].built.edition, library)).parent
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(parts):
        (folder / "pages" / f"{number}.js").write_text(f"window.hub.heldBy({_json(part)});\n", "utf-8")
    data = {
        "editions": [
            {
                "name": one.built.edition.name,
                "date": {lang: shown(one.built.edition, lang).date for lang in LANGUAGES},
                "languages": one.built.languages,
            }
            for one in kept
        ],
        "languages": library.languages,
        "parts": count,
        "shown": _SHOWN,
    }
    source = Path(hub_mkdocs.theme.__file__).parent / SOURCES / "switch.js"
    (folder / SCRIPT).write_text(source.read_text("utf-8").replace("DATA", _json(data), 1), "utf-8")


def _number(address: str) -> int:
    """The same number as the script's, which counts in units of UTF-16."""
    number = 0
    raw = address.encode("utf-16-le")
    for low, high in zip(raw[::2], raw[1::2], strict=True):
        number = (number * 31 + low + 256 * high) % 2**32
    return number


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
