"""What the path of a text says: of what kind it is, its id and its language; and what a new text is called."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from hub.markdown.parser import slug
from hub.model import Kind

NAMELESS = "sans-nom"
"""The id of a text whose file's name has neither letters nor digits."""


_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any ending (Microsoft, "Naming Files, Paths, and Namespaces")."""
_LONGEST = 60
"""Characters of a file's name, after which it is cut between words."""


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, so that no file or folder can bear it there.

    >>> is_device("con"), is_device("AUX.md"), is_device("contexte")
    (True, True, False)
    """
    return _DEVICE.fullmatch(name) is not None


def stem_of(title: str, kind: Kind) -> str:
    """The name that the file of a new entry takes from its title, without its ending."""
    whole = slug(title)
    stem = whole if len(whole) <= _LONGEST else re.sub(r"-[^-]*$", "", whole[: _LONGEST + 1])
    if stem == "index" or is_device(stem):  # `index` is the folder's own page
        return f"{kind.name}-{stem}"
    return stem or NAMELESS


class Naming:
    """Reads paths.

    Args:
        kinds: of the hub, by name.
        languages: of the hub, its default first.
    """

    def __init__(self, kinds: Mapping[str, Kind], languages: Sequence[str]) -> None:
        self._kinds, self._languages = kinds, tuple(languages)
        self._by_folder = {kind.folder_in(self._languages[0]): kind for kind in kinds.values() if any(kind.folder)}

    def of(self, uri: str) -> tuple[Kind, str, str]:
        """The kind, id and language that a path relative to `docs/` says."""
        *folders, name = uri.removesuffix(".md").split("/")
        stem, dot, suffix = name.rpartition(".")
        lang = suffix if dot and suffix in self._languages else self._languages[0]
        stem = stem if dot and suffix in self._languages else name
        kind = self._by_folder.get(folders[0]) if folders else None
        if kind and not (stem == "index" and len(folders) == 1):
            return kind, slug(stem) or NAMELESS, lang
        parts = [*folders, stem] if stem != "index" or not folders else folders
        return self._kinds["page"], "/".join(slug(part) or NAMELESS for part in parts), lang


@lru_cache(maxsize=10_000)
def joined(folder: str, path: str) -> str:
    """The path that is meant in a folder by a relative one; it may lead out of it.

    >>> joined("notes/2015", "../carte.png")
    'notes/carte.png'
    """
    return posixpath.normpath(posixpath.join(folder, path))
