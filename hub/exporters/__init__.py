"""What the hub is handed over as, one format per file.

A format of references declares one `STYLE`; it writes what `hub.cited` says and knows no entry, kind or library.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from hub.cited import Cited
from hub.registry import discover


@dataclass(frozen=True, slots=True)
class Style:
    """A format of references.

    Attributes:
        name: what `hub cite --style` calls it.
        label: what people call it, the same in all languages.
        suffix: the ending of its files; empty for one that is only shown.
        media_type: of its files.
        write: from references to the text of a file, which ends in a line's end.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    write: Callable[[Sequence[Cited]], str]


@cache
def styles() -> dict[str, Style]:
    """Every format of references, by name."""
    return {style.name: style for style in discover(sys.modules[__name__], "STYLE")}
