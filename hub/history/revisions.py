"""Revisions: what readers of a text were shown one after the other.

A revision is named by what cannot drift: when it was published, and the hash of its content. Commits that change
nothing that readers see make none. An editor joins commits with the trailer `Revision:`, which names them, or says that
one is `minor`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hub.history.contents import Content
from hub.history.lines import Event
from hub.history.log import Person
from hub.swhid import DIGITS, swhid

MINOR = ("minor", "mineure", "mineur")


class Revision(NamedTuple):
    """A revision of a text.

    Attributes:
        date: when it was published, ISO 8601 with a time zone; empty for what is not committed yet.
        hash: of its content, as Git counts it (40 digits).
        blob: the name under which this repository holds the content; the same hash, unless it counts otherwise.
        status: as it was written then; empty where none was.
        people: whose work it is.
        message: why, as they said.
        request: number of the pull or merge request in which it was talked over, or nothing.
        commit: that published it.
        path: of the file then, relative to the top of the repository.
        label: what an editor called it.
        earlier: contents that were published on the way to this one, the newest first, as dates and blobs.
        substance: the hash of what readers see of it.
    """

    date: str
    hash: str
    blob: str
    status: str
    people: tuple[Person, ...] = ()
    message: str = ""
    request: str = ""
    commit: str = ""
    path: str = ""
    label: str = ""
    earlier: tuple[tuple[str, str], ...] = ()
    substance: str = ""

    @property
    def short(self) -> str:
        """The hash as addresses and citations give it."""
        return self.hash[:DIGITS]

    @property
    def day(self) -> str:
        """The day on which it was published."""
        return self.date[:10]

    @property
    def swhid(self) -> str:
        """The permanent identity of its content."""
        return swhid(self.hash)


def revisions(events: Iterable[Event], contents: Mapping[str, Content]) -> tuple[Revision, ...]:
    """The revisions of a text, the newest first.

    Args:
        events: of its file, the newest first.
        contents: what is known of each blob; one that a clone does not hold makes no revision.
    """
    found: list[Revision] = []
    substance = ""
    for event in reversed(list(events)):
        content = contents.get(event.blob)
        if content is None:  # deleted for a time
            substance = ""
            continue
        if content.substance == substance:
            continue
        substance = content.substance
        label = event.revision.strip()
        is_minor = label.lower() in MINOR
        made = Revision(
            event.date,
            content.hash,
            event.blob,
            content.status,
            event.people,
            event.message,
            event.request,
            event.commit,
            event.path,
            "" if is_minor else label,
            substance=substance,
        )
        if found and (is_minor or (label and label == found[-1].label)):
            found[-1] = _joined(found[-1], made)
        else:
            found.append(made)
    return tuple(reversed(found))


def _joined(before: Revision, after: Revision) -> Revision:
    """Two revisions as one: the later content, and the people, reason and name of the earlier as well."""
    return after._replace(
        people=tuple(dict.fromkeys((*before.people, *after.people))),
        message=before.message,
        label=before.label,
        earlier=((before.date, before.blob), *before.earlier),
    )
