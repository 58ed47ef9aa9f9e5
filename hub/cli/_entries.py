"""The entry that somebody means on the command line."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hub.config import Config
from hub.errors import HubError
from hub.i18n import N_
from hub.library import Library
from hub.model import Entry
from hub.nearest import nearest


def find(name: str, library: Library, config: Config, lang: str) -> Entry:
    """The entry that a word of the command line means: a file, `kind:id`, or an id alone.

    Args:
        name: the word.
        library: the hub’s.
        config: the hub’s.
        lang: the language in which the entry is wanted, where there are several.

    Raises:
        HubError: when it means none, or several.
    """
    file = _file(name, library, config)
    if file:
        return file
    kind, colon, entry_id = name.rpartition(":")
    kinds = [kind] if colon else list(library.kinds)
    found = [entry for one in kinds if (entry := library.get(one, entry_id, lang))]
    if len(found) == 1:
        return found[0]
    if found:
        raise HubError(
            N_("“{name}” may be: {choices}. Say which one. Example: {example}"),
            name=name,
            choices=", ".join(map(full_name, found)),
            example=full_name(found[0]),
        )
    if any((one, entry_id) in library.hidden for one in kinds):
        raise HubError(N_("“{name}” was never published, so there is nothing of it yet."), name=name)
    near = nearest(name, {full_name(entry) if colon else entry.id for entry in library})
    raise HubError(
        N_("There is no text “{name}”. Did you mean “{nearest}”?")
        if near
        else N_("There is no text “{name}”. Give its id, its kind and id, or its file. Example: note:appui-dds"),
        name=name,
        nearest=near,
    )


def _file(name: str, library: Library, config: Config) -> Entry | None:
    """The entry of a file, given from the current folder, from the hub's or from that of its texts."""
    docs = config.docs_dir.resolve()
    for folder in (Path.cwd(), config.root, docs):
        there = (folder / name).resolve()
        if there.is_relative_to(docs):
            entry = library.at(unicodedata.normalize("NFC", there.relative_to(docs).as_posix()))
            if entry:
                return entry
    return None


def full_name(entry: Entry) -> str:
    """The name that no other entry has: kind and id."""
    return f"{entry.kind.name}:{entry.id}"
