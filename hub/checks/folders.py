"""Folders: a name that is nearly that of a kind, or that of a kind in the other language."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks import Check
from hub.config import Config
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.location import Location
from hub.nearest import fold, is_misspelt

FOLDER_OF_NO_KIND = Rule(
    "folder-of-no-kind",
    Severity.WARNING,
    N_("The folder “{found}” is that of no kind of text: what it holds is read as plain pages."),
    N_("Move its files to the folder “{folder}”. Example: {example}"),
)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Folders of plain pages whose name looks like a kind's; each is told once, with its first file."""
    lang = config.default_language
    meant = {
        fold(name): kind.folder_in(lang)
        for kind in library.kinds.values()
        if any(kind.folder)
        for name in (kind.name, *kind.label, *kind.plural, *kind.folder)
    }
    told: set[str] = set()
    for entry in library:
        found, _, rest = entry.src_uri.partition("/")
        if any(entry.kind.folder) or not rest or found in told:
            continue
        told.add(found)
        name = fold(found)
        folder = meant.get(name) or next((meant[one] for one in meant if is_misspelt(name, one)), "")
        if folder:
            moved = f"{entry.text.path.removesuffix(entry.src_uri)}{folder}/{rest}"
            params = {"found": found, "folder": folder, "example": moved}
            yield Diagnostic(FOLDER_OF_NO_KIND, Location(entry.text.path), params)


CHECK = Check((FOLDER_OF_NO_KIND,), find=find)
