"""Links a part of a hub: what leads nowhere in it may lead to another part, and is no fault."""

from __future__ import annotations

from hub.fields import Ref
from hub.library import Library
from hub.links import Resolver, found_in, gathered


def referring(library: Library) -> Library:
    """A library that holds a part of a hub's texts, with what these refer to among themselves."""
    resolver = _InPart(library)
    return gathered(library, (found_in(resolver, entry, _Elsewhere()) for entry in library))[0]


class _InPart(Resolver):
    """Takes what it does not know for something that others know."""

    def is_hidden(self, ref: Ref) -> bool:
        return True

    def is_hidden_name(self, target: str) -> bool:
        return True


class _Elsewhere:
    """The texts that were not read: all may be among them."""

    def __contains__(self, uri: object) -> bool:
        return True
