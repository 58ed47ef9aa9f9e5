"""Links a library that was linked before: only what has changed, and what asks for it, is resolved again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hub.diagnostics import Diagnostic
from hub.fields import Ref
from hub.library import Library, Reference
from hub.links import Found, Resolver, anchors_of, called, found_in, gathered, path_of
from hub.model import Entry
from hub.nearest import fold
from hub.once import once
from hub.walk import walk


@dataclass
class Links:
    """What was found in each entry of a library when it was last linked.

    An answer depends on the entry itself and on the names that it asks for: ids, titles, paths. Entries that ask for no
    name that has changed keep theirs.
    """

    _library: Library | None = None
    _unread: frozenset[str] = frozenset()
    _found: dict[int, tuple[Found, ...]] = field(default_factory=dict)
    """By the identity of the library's entries."""

    def link(self, library: Library, unread: frozenset[str] = frozenset()) -> tuple[Library, list[Diagnostic]]:
        """Resolve every reference of a library; arguments and answer are those of `hub.links.link`."""
        before, resolver = self._library, Resolver(library)
        changed = _changed(before, library) if before else None
        if changed is not None:
            changed |= self._unread ^ unread
        found = {}
        for entry in library:
            entry_found = self._found.get(id(entry)) if changed is not None else None
            if entry_found is None or (changed and _is_concerned(entry, entry_found, changed)):
                entry_found = found_in(resolver, entry, unread)
            found[id(entry)] = entry_found
        self._library, self._unread, self._found = library, unread, found
        return gathered(library, found.values())


def _is_concerned(entry: Entry, found: tuple[Found, ...], changed: set[str]) -> bool:
    """Whether what an entry asks for may have another answer; faults propose any name that is like theirs."""
    return (
        not changed.isdisjoint(_asked(entry))
        or any(isinstance(one, Diagnostic) for one in found)
        or any(isinstance(one, Reference) and _who(one.target.kind, one.target.id) in changed for one in found)
    )


def _changed(before: Library, now: Library) -> set[str] | None:
    """The names that mean something else than before; None where all may."""
    if before.languages != now.languages or list(before.kinds.values()) != list(now.kinds.values()):
        return None
    names = set(before.assets ^ now.assets) | (before.hidden_names ^ now.hidden_names)
    names |= {_who(*one) for one in before.hidden ^ now.hidden}
    old, new = {id(entry) for entry in before}, {id(entry) for entry in now}
    for entry in (one for one in now if id(one) not in old):
        names |= _differing(before.exact(entry.key), entry)
    for entry in (one for one in before if id(one) not in new):
        if now.exact(entry.key) is None:
            names |= _names(entry)
    return names


def _differing(old: Entry | None, new: Entry) -> set[str]:
    if old is None:
        return _names(new)
    if _names(old) != _names(new) or old.src_uri != new.src_uri or old.names != new.names:
        return _names(old) | _names(new)
    return {_who(*new.key[:2])} if anchors_of(old) != anchors_of(new) else set()


def _names(entry: Entry) -> set[str]:
    """All by which an entry may be asked for."""
    return {_who(*entry.key[:2]), entry.src_uri, *called(entry)}


@once
def _asked(entry: Entry) -> frozenset[str]:
    """The names that an entry asks for."""
    return frozenset(_asking(entry))


def _asking(entry: Entry) -> Iterator[str]:
    yield _who(*entry.key[:2])
    for value in walk(entry, Ref):
        yield _who(value.value.kind, value.value.id)
    for link in (*entry.outline.images, *entry.outline.links):
        yield path_of(entry, link.target)
    for link in entry.outline.wiki_links:
        name = link.target.partition("#")[0]
        kind, _, entry_id = name.partition(":")
        yield from (fold(name), _who(kind, entry_id.strip()))


def _who(kind: str, entry_id: str) -> str:
    return f"{kind}:{entry_id}"
