"""What an entry offers to whoever asks, without saying of what kind it is.

Pages, and later the search, feeds and exports, ask an entry for one of these views; a kind that has none to offer
answers None. So an exporter serves a kind that did not exist when it was written.
"""

from __future__ import annotations

from dataclasses import dataclass

from hub.dates import PartialDate
from hub.fields import Ref


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
class When:
    """When something takes place or took place; either end may be unknown."""

    start: PartialDate | None
    end: PartialDate | None = None
