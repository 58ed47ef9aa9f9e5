"""People: what they did, by role and with dates; with whom, and on what; and the values by which they are listed.

Without recorded consent this is public work alone: what the texts that were published say of who made them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hub import facets
from hub.about import about_of
from hub.addresses import address_part
from hub.credits import Share, Who
from hub.fields import Ref
from hub.i18n import N_, Label
from hub.model import AUTHOR, REVIEW_ROLES, Entry
from hub.nearest import fold
from hub.site.page import Card, Chip, Shown
from hub.site.reader import Reader, one_line
from hub.words import date_text

_NAMED = 3
"""People that a work names beside the one whose page it stands on."""
_ASKED = 5
"""Themes that somebody may be asked about: those of most of their work."""
_UNNAMED = {"front matter": N_("Contributions"), "history": N_("Changes to texts")}
"""What works are called of which nobody said in what role they were made."""
_SHOWN = 12
"""Links of one sort around somebody's work."""


@dataclass(frozen=True, slots=True)
class Around:
    """Links of one sort: the most frequent ones, and the page of all of them where there are more."""

    label: str
    chips: tuple[Chip, ...]
    more: str = ""


def by_role(reader: Reader, entry: Entry) -> list[tuple[str, tuple[Card, ...]]]:
    """What somebody did, by role, the newest first: what they did most often before what they did once.

    What has no role comes last: it is the least that is known.
    What a kind's authors write may have a name of its own there: nobody drafts a blog post in the sense of CRediT.
    """
    found: dict[str, list[Share]] = {}
    for share in reader.credits.of((entry.kind.name, entry.id)):
        for heading in dict.fromkeys(_headings(reader, share)):
            found.setdefault(heading, []).append(share)
    own = reader.link(entry).address
    made = ((label, tuple(_cards(reader, some, own))) for label, some in found.items())
    roles = [term.label.in_(reader.lang) for term in reader.library.vocabularies["role"].terms.values()]
    order = {label: place for place, label in enumerate(roles)}
    unnamed = {reader.say(label) for label in _UNNAMED.values()}
    ordered = sorted(made, key=lambda item: (item[0] in unnamed, -len(item[1]), order.get(item[0], -1)))
    return [(label, cards) for label, cards in ordered if cards]


def _headings(reader: Reader, share: Share) -> Iterator[str]:
    vocabulary = reader.library.vocabularies["role"]
    source = reader.library.get(*share.entry, reader.lang)
    for role in share.roles:
        written = _written(source) if source and role == AUTHOR else None
        yield reader.label(written) if written else vocabulary.label(role, reader.lang)
    if not share.roles:
        yield reader.say(_UNNAMED[share.source])


def _written(entry: Entry) -> Label | None:
    """What the works of an author are called where the entry's kind says so itself."""
    usual, own = (about_of(model.model_fields["authors"], "authors").back for model in (Entry, type(entry)))
    return own if own != usual else None


def worked_on(reader: Reader, entry: Entry) -> frozenset[Who]:
    """The entries that `by_role` shows."""
    return frozenset(share.entry for share in reader.credits.of((entry.kind.name, entry.id)))


def _cards(reader: Reader, shares: Iterable[Share], own: str) -> Iterator[Card]:
    """Works, each with what concerns the part of the one whose page is at `own`, and with whom they made it."""
    for share in shares:
        source = reader.library.get(*share.entry, reader.lang)
        if source is None:
            continue
        card = reader.card(source)
        facts = []
        if share.affiliation is not None:
            facts.append(one_line(reader.show(share.affiliation)))
        told = share.source == "history"
        if told:
            facts.append(Shown(reader.say(N_("from the history of the text"))))
        date = date_text(share.date, reader.lang) if share.date and (told or not card.date) else card.date
        others = tuple(one for one in _makers(reader, source) if one.address != own)[:_NAMED]
        yield replace(card, facts=tuple(facts), date=date, people=others)


def _makers(reader: Reader, entry: Entry) -> Iterator[Shown]:
    """Who made an entry, each once: those who reviewed it and did nothing else are not among them."""
    makers = (one.who for one in entry.credits() if not one.roles or not REVIEW_ROLES.issuperset(one.roles))
    yield from (one_line(reader.show(who)) for who in dict.fromkeys(makers))


def asked_about(reader: Reader, entry: Entry) -> tuple[Shown, ...]:
    """What somebody who agreed to show a profile may be asked about: their expertise, and themes of their work."""
    if not getattr(entry, "shows_profile", False):
        return ()
    themes = [Shown(chip.text, chip.address) for chip in _themes(reader, entry).chips[:_ASKED]]
    named = {fold(theme.text) for theme in themes}
    return (*(Shown(word) for word in entry.knows() if fold(word) not in named), *themes)


def around(reader: Reader, entry: Entry, all_companions: str) -> tuple[Around, ...]:
    """With whom and on what somebody worked; of who has left, nothing.

    Args:
        reader: for whom.
        entry: the person.
        all_companions: the address of the page of everybody they worked with, which is made where there are many.
    """
    who = (entry.kind.name, entry.id)
    if entry.is_retired or not reader.credits.of(who):
        return ()
    companions = _people(reader, reader.credits.companions(who))
    works = list(_works(reader, who))
    found = (
        Around(reader.say(N_("Co-authors")), companions[:_SHOWN], all_companions if companions[_SHOWN:] else ""),
        Around(reader.say(N_("Reviewed by")), _people(reader, reader.credits.reviewers(who))[:_SHOWN]),
        Around(reader.say(N_("Projects")), _refs(reader, (ref for work in works for ref in work.projects))),
        Around(reader.say(N_("Groups")), _refs(reader, (ref for work in works for ref in work.groups))),
        *(() if asked_about(reader, entry) else (_themes(reader, entry),)),
    )
    return tuple(one for one in found if one.chips)


def companions(reader: Reader, entry: Entry) -> tuple[Card, ...]:
    """Everybody that somebody worked with, when they are more than the page of the person shows."""
    found = reader.credits.companions((entry.kind.name, entry.id))
    if entry.is_retired or len(found) <= _SHOWN:
        return ()
    known = (reader.library.get(*who, reader.lang) for who, _ in _most(reader, found))
    return tuple(reader.card(one) for one in known if one)


def values(reader: Reader, entry: Entry, name: str) -> Iterator[tuple[str, str]]:
    """The values of a person in one sort of list of people (see `addresses.PEOPLE_LISTS`), each once."""
    who = (entry.kind.name, entry.id)
    yield from dict(_VALUES[name](reader, entry, who)).items()


def _roles(reader: Reader, entry: Entry, who: Who) -> Iterator[tuple[str, str]]:
    vocabulary = reader.library.vocabularies["role"]
    for share in reader.credits.of(who):
        for role in share.roles:
            yield address_part(role), vocabulary.label(role, reader.lang)


def _groups(reader: Reader, entry: Entry, who: Who) -> Iterator[tuple[str, str]]:
    """Those that somebody belongs to, and those whose work they took part in."""
    works = (Ref(*group) for group in reader.credits.groups(who))
    refs = [*works, *entry.groups, *(ref for work in _works(reader, who) for ref in work.groups)]
    for ref in refs:
        group = reader.library.get(ref.kind, ref.id, reader.lang)
        if group and group.status != "withdrawn":
            yield address_part(group.id), group.title


def _themes_of(reader: Reader, entry: Entry, who: Who) -> Iterator[tuple[str, str]]:
    for one in (entry, *_works(reader, who)):
        yield from facets.values(reader.library, one, "themes", reader.lang)


def _organisations(reader: Reader, entry: Entry, who: Who) -> Iterator[tuple[str, str]]:
    then = (share.affiliation for share in reader.credits.of(who) if share.affiliation is not None)
    for one in (*entry.affiliated(), *then):
        known = reader.library.get(one.kind, one.id, reader.lang) if isinstance(one, Ref) else None
        text = one_line(reader.show(one)).text
        yield address_part(known.id if known else text), text


def _places(reader: Reader, entry: Entry, who: Who) -> Iterator[tuple[str, str]]:
    yield from facets.values(reader.library, entry, "places", reader.lang)


_VALUES: dict[str, Any] = {
    "roles": _roles,
    "groups": _groups,
    "themes": _themes_of,
    "organisations": _organisations,
    "places": _places,
}


def _works(reader: Reader, who: Who) -> Iterator[Entry]:
    """What somebody worked on, that lists show."""
    for entry in dict.fromkeys(share.entry for share in reader.credits.of(who)):
        work = reader.library.get(*entry, reader.lang)
        if work and work.status not in {"draft", "withdrawn"}:
            yield work


def _themes(reader: Reader, entry: Entry) -> Around:
    works = _works(reader, (entry.kind.name, entry.id))
    found = Counter(theme for work in works for theme in facets.values(reader.library, work, "themes", reader.lang))
    ordered = sorted(found.items(), key=lambda item: (-item[1], fold(item[0][1])))[:_SHOWN]
    listed = reader.listed.get("themes", frozenset())
    base = reader.list_address("themes")
    chips = (Chip(label, f"{base}{code}/" if code in listed else "", n) for (code, label), n in ordered)
    return Around(reader.say(N_("Themes")), tuple(chip for chip in chips if chip.address))


def _refs(reader: Reader, refs: Iterable[Ref]) -> tuple[Chip, ...]:
    return _people(reader, Counter((ref.kind, ref.id) for ref in refs))[:_SHOWN]


def _people(reader: Reader, found: Counter[Who]) -> tuple[Chip, ...]:
    known = ((reader.library.get(*who, reader.lang), count) for who, count in _most(reader, found))
    return tuple(
        Chip(one.title, reader.link(one).address, count) for one, count in known if one and one.status != "withdrawn"
    )


def _most(reader: Reader, found: Counter[Who]) -> list[tuple[Who, int]]:
    """The most frequent first, equal ones by name."""

    def order(item: tuple[Who, int]) -> tuple[int, str]:
        entry = reader.library.get(*item[0], reader.lang)
        return (-item[1], fold(getattr(entry, "sort_name", entry.title)) if entry else "")

    return sorted(found.items(), key=order)
