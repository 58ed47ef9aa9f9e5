"""Whose work a revision is: from what Git says to people of the hub, by the hashes of their addresses or by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from hub.credits import Recorded
from hub.dates import PartialDate
from hub.fields import Ref
from hub.history.log import DIGITS, Person
from hub.history.reading import History
from hub.identities import by_address_hash
from hub.library import Library
from hub.nearest import fold


class People:
    """The people of a hub, as Git may name them.

    Args:
        library: as it was read, so that those who have left are known, whose names must not be shown.
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    def find(self, person: Person) -> Ref | None:
        """Who is meant: by the hash of the address, by id, or by a full name that nobody else has.

        Whoever is none of the hub's people is shown by the name that they chose in Git.
        """
        by_hash = self._by_hash.get(person.mail) if person.mail else None
        return by_hash or self._by_name.get(fold(person.name))

    @cached_property
    def _by_hash(self) -> dict[str, Ref]:
        return {known[:DIGITS]: ref for known, ref in by_address_hash(self.library).items()}

    @cached_property
    def _by_name(self) -> dict[str, Ref | None]:
        credited = (credit.who for entry in self.library for credit in entry.credits())
        kinds = {ref.kind for ref in (*credited, *self._by_hash.values()) if isinstance(ref, Ref)}
        found: dict[str, Ref | None] = {}
        for entry in self.library:
            if entry.kind.name in kinds:
                ref = Ref(entry.kind.name, entry.id)
                for name in {fold(name) for name in (entry.id, *entry.names)}:
                    found[name] = ref if found.get(name, ref) == ref else None
        return found


def recorded(library: Library, people: People, history: History, now: Callable[[Ref], Ref]) -> Iterator[Recorded]:
    """What the history tells of who worked on what; roles it does not know.

    Who filled in whose page is told to nobody, as is all that is past of people.

    Args:
        library: as it was read.
        people: of it.
        history: of its texts.
        now: the id by which readers know somebody, which is another one for those who have left.
    """
    for entry in (one for one in library if not hasattr(one, "shows_profile")):
        for revision in history.of(entry.text.path):
            for person in revision.people:
                who = people.find(person)
                if who:
                    yield Recorded(now(who), (entry.kind.name, entry.id), PartialDate.parse(revision.day))
