"""The kind that a word of the command line means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hub.errors import HubError
from hub.i18n import N_
from hub.model import Kind
from hub.nearest import fold, nearest


def find_kind(word: str, kinds: Mapping[str, Kind]) -> Kind:
    """The kind that a word means: its code, its folder or one of its labels, in either language.

    Raises:
        HubError: when it means none.
    """
    words: dict[str, Kind] = {}
    for kind in kinds.values():
        for name in _words(kind):
            words.setdefault(fold(name), kind)
    found = words.get(fold(word))
    if found:
        return found
    near = nearest(word, words)
    raise HubError(
        N_("There is no kind “{word}”. Did you mean “{nearest}”? The kinds are: {known}.")
        if near
        else N_("There is no kind “{word}”. The kinds are: {known}."),
        word=word,
        nearest=words[near].name if near else "",
        known=", ".join(kinds),
    )


def _words(kind: Kind) -> Iterator[str]:
    yield kind.name
    for label in (kind.label, kind.plural, kind.folder):
        yield from (name for name in label if name)
