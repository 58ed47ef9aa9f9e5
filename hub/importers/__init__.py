"""What documents can be handed over as, one format per file: from a file's bytes to a `Document`.

A format declares one `IMPORTER`. It knows no kind, no library and no Markdown; what reads a format is imported when a
file of it comes, and belongs to the extra `import`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from hub.documents.confined import confined
from hub.documents.model import Document
from hub.documents.pictures import fit
from hub.errors import HubError
from hub.i18n import N_
from hub.registry import discover

MOST_BYTES = 100_000_000
"""Of a document."""
_OTHERS = {
    **dict.fromkeys((".doc", ".docm", ".dot", ".dotx", ".rtf"), ".docx"),
    **dict.fromkeys((".ppt", ".pptm", ".pps", ".ppsx", ".odp"), ".pptx"),
}
"""Endings of files that their programs can save in a format that is read."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A format of documents.

    Attributes:
        name: what kinds call it in `drafts_from`, and reports in JSON.
        suffixes: endings of its files, with the dot.
        read: from bytes to a document; raises a `HubError` where there is nothing to be read.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], Document]


@cache
def importers() -> dict[str, Importer]:
    """The formats by the endings of their files."""
    found: list[Importer] = list(discover(sys.modules[__name__], "IMPORTER"))
    return {suffix: one for one in found for suffix in one.suffixes}


def importer_of(path: Path) -> Importer:
    """The format of a file, by its name.

    Raises:
        HubError: when there is none.
    """
    suffix = path.suffix.lower()
    found = importers().get(suffix)
    if found:
        return found
    raise HubError(
        N_(
            "Files ending in {found} cannot be imported. Open it in the program that it was made with, and save "
            "it as {instead}."
        )
        if suffix in _OTHERS
        else N_("Files ending in “{found}” cannot be imported. These can: {known}."),
        found=suffix,
        instead=_OTHERS.get(suffix, ""),
        known=", ".join(importers()),
    )


def read(path: Path) -> Document:
    """Read a document, in a process of its own, with its pictures made fit for a page.

    Raises:
        HubError: when it cannot be read, or what reads it is not installed.
    """
    importer = importer_of(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise HubError(
                N_("The file is larger than {n} MB. Save it again, with smaller images."), n=MOST_BYTES // 10**6
            )
        data = path.read_bytes()
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path.name, error=error.strerror) from error
    return confined(lambda: replace(_read(importer, data), name=path.name))


def _read(importer: Importer, data: bytes) -> Document:
    try:
        found = importer.read(data)
        return replace(found, pictures=tuple(fit(one) for one in found.pictures))
    except ModuleNotFoundError as error:
        raise HubError(
            N_(
                "Importing documents needs software that is not installed here ({found}). In the hub’s folder, "
                "`make site` installs it; elsewhere: pip install 'cop-hub[import]'"
            ),
            found=error.name or "",
        ) from None
