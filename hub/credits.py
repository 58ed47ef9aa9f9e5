"""Who did what, when, and where they worked then: contributions by person, from front matter and from history.

Roles are those of CRediT (ANSI/NISO Z39.104-2022) and the hub's own, as `hub/vocab/role.yml` lists them. Whatever is
credited with something has a page of its work, whatever its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

from hub.dates import PartialDate
from hub.fields import Ref
from hub.library import Library
from hub.model import REVIEW_ROLES, Entry, date_of
from hub.once import once

Who = tuple[str, str]
"""Kind and id."""
_UNDATED = PartialDate(1)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the history of the texts tells of somebody's part in one.

    Attributes:
        who: the person.
        entry: kind and id of what they worked on.
        date: when they last did.
        roles: in what capacity, where that is known.
    """

    who: Ref
    entry: Who
    date: PartialDate | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody's part in one entry.

    Attributes:
        entry: its kind and id.
        roles: codes of the vocabulary `role`; none where nobody said.
        date: of the entry, or of the last change that the history tells of.
        affiliation: where they worked then.
        source: whether the front matter says so, or the history alone.
    """

    entry: Who
    roles: tuple[str, ...] = ()
    date: PartialDate | None = None
    affiliation: Ref | str | None = None
    source: Literal["front matter", "history"] = "front matter"

    @property
    def is_review(self) -> bool:
        """Whether it was a review and nothing else."""
        return bool(self.roles) and REVIEW_ROLES.issuperset(self.roles)


@dataclass(frozen=True)
class Credits:
    """Who did what in a library; `credit` makes it.

    Attributes:
        shares: what each did, the newest first.
        belongs: what each belongs or belonged to.
        reviewed: who reviewed each entry.
        told: what all of it was made of.
    """

    shares: Mapping[Who, tuple[Share, ...]] = field(default_factory=dict)
    belongs: Mapping[Who, tuple[Who, ...]] = field(default_factory=dict)
    reviewed: Mapping[Who, tuple[Who, ...]] = field(default_factory=dict)
    told: tuple[object, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def _people(self) -> dict[Who, dict[Who, Share]]:
        """Who took part in each entry, as its front matter says."""
        found: dict[Who, dict[Who, Share]] = {}
        for who, shares in self.shares.items():
            for share in shares:
                if share.source == "front matter":
                    found.setdefault(share.entry, {})[who] = share
        return found

    def of(self, who: Who) -> tuple[Share, ...]:
        """What somebody did, the newest first; what has no date comes last."""
        return self.shares.get(who, ())

    def groups(self, who: Who) -> tuple[Who, ...]:
        """What somebody belongs or belonged to."""
        return self.belongs.get(who, ())

    def companions(self, who: Who) -> Counter[Who]:
        """With whom somebody made what they made, and how many works: reviewers are not among them."""
        return Counter(
            other
            for share in self._made(who)
            for other, theirs in self._people.get(share.entry, {}).items()
            if other != who and not theirs.is_review
        )

    def reviewers(self, who: Who) -> Counter[Who]:
        """Who reviewed what somebody made, and how many works."""
        return Counter(
            other for share in self._made(who) for other in self.reviewed.get(share.entry, ()) if other != who
        )

    def _made(self, who: Who) -> list[Share]:
        return [share for share in self.of(who) if share.source == "front matter" and not share.is_review]


class _Told(NamedTuple):
    """What an entry tells of who did what: parts in it, who belongs to it, who reviewed it."""

    shares: tuple[tuple[Who, Share], ...] = ()
    members: tuple[Who, ...] = ()
    reviewers: tuple[Who, ...] = ()


def credit(library: Library, recorded: Iterable[Recorded] = (), earlier: Credits | None = None) -> Credits:
    """Who did what in a library.

    Args:
        library: what readers may see (`hub.public`).
        recorded: what the history tells beyond the front matter.
        earlier: what was found before; the answer where it was made of the same.
    """
    by_history = tuple(recorded)
    entries = [(entry.key[:2], _told(entry)) for entry in library]
    told = (tuple(entries), by_history, tuple(str(entry.status) for entry in library) if by_history else ())
    if earlier and earlier.told == told:
        return earlier
    shares: dict[Who, dict[Who, Share]] = {}
    for who, share in (one for _, found in entries for one in found.shares):
        _add(shares.setdefault(who, {}), share)
    history = _by_history(library, by_history)
    whole = {
        who: _newest_first([*shares.get(who, {}).values(), *_more(shares.get(who, {}), history.get(who, {}))])
        for who in {**shares, **history}
    }
    return Credits(
        whole,
        _gathered((who, key) for key, found in entries for who in found.members),
        _gathered((key, who) for key, found in entries for who in found.reviewers),
        told,
    )


@once
def _told(entry: Entry) -> _Told:
    if entry.status == "withdrawn":
        return _Told()
    shares = (
        (_who(one.who), Share(entry.key[:2], one.roles, _date(entry), one.affiliation))
        for one in entry.credits()
        if isinstance(one.who, Ref)
    )
    members = (_who(who) for who in entry.membership() if isinstance(who, Ref))
    return _Told(tuple(shares), tuple(members), tuple(_who(who) for who in entry.reviewers() if isinstance(who, Ref)))


def _gathered(pairs: Iterable[tuple[Who, Who]]) -> dict[Who, tuple[Who, ...]]:
    found: dict[Who, dict[Who, None]] = {}
    for one, other in pairs:
        found.setdefault(one, {})[other] = None
    return {one: tuple(others) for one, others in found.items()}


def _who(ref: Ref) -> Who:
    return (ref.kind, ref.id)


def _date(entry: Entry) -> PartialDate | None:
    date = date_of(entry)
    return date if date != _UNDATED else None


def _add(found: dict[Who, Share], share: Share) -> None:
    """Add a share to those of one person; two of one entry (a language each, say) are one with all roles."""
    known = found.get(share.entry)
    if known is None:
        found[share.entry] = share
        return
    found[share.entry] = replace(
        known,
        roles=tuple(dict.fromkeys((*known.roles, *share.roles))),
        date=known.date or share.date,
        affiliation=known.affiliation or share.affiliation,
    )


def _by_history(library: Library, recorded: Iterable[Recorded]) -> dict[Who, dict[Who, Share]]:
    """What the history tells of people whom the library knows, about entries that it shows."""
    found: dict[Who, dict[Who, Share]] = {}
    for one in recorded:
        entry = library.get(*one.entry)
        if library.get(*_who(one.who)) is None or entry is None or entry.status == "withdrawn":
            continue
        own = found.setdefault(_who(one.who), {})
        before = own.get(one.entry, Share(one.entry, source="history"))
        roles = tuple(dict.fromkeys((*before.roles, *one.roles)))
        newest = max(before.date or _UNDATED, one.date or _UNDATED)
        own[one.entry] = replace(before, roles=roles, date=newest if newest != _UNDATED else None)
    return found


def _more(written: Mapping[Who, Share], history: Mapping[Who, Share]) -> Iterable[Share]:
    """What the history tells beyond the front matter: parts in other entries, and further roles."""
    for entry, share in history.items():
        known = written.get(entry)
        further = tuple(role for role in share.roles if known is None or role not in known.roles)
        if known is None or further:
            yield replace(share, roles=further)


def _newest_first(shares: list[Share]) -> tuple[Share, ...]:
    by_entry = sorted(shares, key=lambda share: share.entry)
    return tuple(sorted(by_entry, key=lambda share: share.date or _UNDATED, reverse=True))
