"""What an entry offers to whoever asks, without saying of what kind it is.

Pages, and later the search, feeds and exports, ask an entry for one of these views; a kind that has none to offer
answers None. So an exporter serves a kind that did not exist when it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.dates import PartialDate
from hub.fields import Ref
from hub.i18n import Label


@dataclass(frozen=True, slots=True)
class Credit:
    """A person's or body's part in an entry.

    Attributes:
        who: the person or organisation, or a name that has no page.
        roles: codes of the vocabulary `role`.
        affiliation: the organisation at the time of the work.
    """

    who: Ref | str
    roles: tuple[str, ...] = ()
    affiliation: Ref | str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody or something is called in a reference.

    Attributes:
        whole: the name as it is said.
        given, family: its two parts, where it is a person's and they are known; a body's name has none.
        identifier: the ORCID iD of a person.
    """

    whole: str
    given: str = ""
    family: str = ""
    identifier: str = ""

    @property
    def inverted(self) -> str:
        """The family name first, where it is known."""
        return ", ".join(filter(None, (self.family, self.given))) if self.family else self.whole


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reference to the entry needs (CSL-JSON's variables, by their meaning).

    Attributes:
        type: a CSL type (`report`, `post-weblog`, `article`).
        title, lang: of the version that is cited.
        authors: in order.
        issued: when it was published.
        publisher: organisations that stand behind it.
        doi: without the resolver's address.
    """

    type: str
    title: str
    lang: str
    authors: tuple[Ref | str, ...]
    issued: PartialDate | None = None
    publisher: tuple[Ref | str, ...] = ()
    doi: str = ""


@dataclass(frozen=True, slots=True)
class CitedPart:
    """A part of an entry that one cites by itself.

    Attributes:
        mark: its anchor (`L2`).
        label: what it is.
        statement: what it says.
    """

    mark: str
    label: Label
    statement: str


@dataclass(frozen=True, slots=True)
class When:
    """When something takes place or took place; either end may be unknown."""

    start: PartialDate | None
    end: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry, or something that it tells of, is in the vocabulary of schema.org.

    Attributes:
        type: the class (`Report`, `Event`).
        properties: by schema.org's names. A value may be a text, a date, a code, a place, an amount, a reference to
            another entry, another thing, or a list of these; empty ones say nothing.
        is_work: whether it is a text of the hub: whoever writes it down adds authors, dates, licence and version.
    """

    type: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    is_work: bool = False
