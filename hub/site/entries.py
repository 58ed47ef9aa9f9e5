"""The page of an entry: its identity card, its text, its parts, and all that refers to it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as day
from typing import Any

from hub.addresses import COMPANIONS, address_of, folder
from hub.dates import PartialDate, Period
from hub.files import UNREADABLE
from hub.i18n import N_, Label
from hub.library import Reference
from hub.links import CITED_BY
from hub.markdown.parser import slug
from hub.model import CREDITED, Entry, Key, by_date
from hub.naming import joined
from hub.site import asking, citing, head, people
from hub.site.lists import cards_pages, list_links
from hub.site.page import Card, CardGroup, Page, Past, Shown, ShownField, Translated
from hub.site.reader import NOTICES, Reader, one_line
from hub.site.terms import Glossary
from hub.site.texts import body, edit_address, form_links
from hub.site.words import language_name

GATHERED = 12
"""Cards of one sort on an entry's page; the rest has pages of its own, so that no page grows with the hub."""
AXIS, APART = 1000, 42
"""The length of a timeline's axis, and the least distance of two steps on it: a circle is 40 wide."""
_SHORT = frozenset({"card", "dates", "markers", "tenures"})
_LAST = "comments"
"""The view of what others say of the page."""
_REVISIONS: Mapping[str, tuple[str, str]] = {
    "submitted": (
        N_("Revision under way"),
        N_("A new revision of this text has been submitted. This is the last one published."),
    ),
    "in-review": (
        N_("Revision under way"),
        N_("A new revision of this text is being reviewed. This is the last one published."),
    ),
    UNREADABLE: (
        N_("Revision with a fault"),
        N_("The newest revision of this text cannot be read. This is the last one that could."),
    ),
}
"""What is said of the last published text while a revision of it has a status of its own."""
_LEFT = (N_("Has left"), N_("This person has left the hub and is no longer named. Their work stays."))
"""What is said of somebody of whom a pseudonym is all that is shown."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What refers to a part of an entry: the newest of it, and how many there are besides; and how one cites it."""

    links: tuple[Shown, ...] = ()
    more: int = 0
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a timeline; `at` is its place on the axis in thousandths of its length, where it is drawn."""

    number: int
    date: str
    label: str
    done: bool | None
    at: int | None = None


def pages(
    reader: Reader, glossary: Glossary, entry: Entry, past: Past | None = None, translated: Translated | None = None
) -> Iterator[Page]:
    """The entry's page, and those of what it gathers when there is too much for one page.

    Args:
        reader: of the page's language.
        glossary: in that language.
        entry: any.
        past: what is said of its revisions.
        translated: what is said of the text that it translates.
    """
    if entry.status == "withdrawn":
        yield withdrawn(reader, entry)
        return
    address = address_of(entry, reader.library)
    groups, all_cards = [], []
    work = people.by_role(reader, entry)
    for index, (label, cards) in enumerate((*work, *_gathered(reader, entry))):
        more = f"{address}{slug(label)}/"
        rest = more if len(cards) > GATHERED else ""
        groups.append(CardGroup(label, cards[:GATHERED], len(cards), rest, rows=index < len(work)))
        if len(cards) > GATHERED:
            all_cards.append((more, label, cards))
    companions = f"{address}{COMPANIONS.in_(reader.library.default_language)}/"
    page = _page(reader, glossary, entry, address, tuple(groups), people.around(reader, entry, companions), past)
    yield replace(page, data={**page.data, "translated": translated})
    cards = people.companions(reader, entry)
    if cards:
        title = f"{entry.title}{reader.say(': ')}{reader.say(N_('Co-authors'))}"
        look: dict[str, Any] = {"template": "people.html", "description": "", "back": reader.link(entry)}
        yield from cards_pages(reader, _base(companions, reader), title, cards, **look)
    for more, label, cards in all_cards:
        title = f"{entry.title}{reader.say(': ')}{label}"
        yield from cards_pages(reader, _base(more, reader), title, cards, back=reader.link(entry))


def withdrawn(reader: Reader, entry: Entry) -> Page:
    """What stands in the place of a withdrawn entry: when, why and what replaces it."""
    successors = [
        reader.link(other)
        for reference in reader.library.backlinks(entry)
        if reference.field == "supersedes" and (other := reader.library.exact(reference.source))
    ]
    data = {
        "kind": reader.label(entry.kind.label),
        "withdrawal": reader.part(entry.withdrawal) if entry.withdrawal else None,
        "successors": tuple(dict.fromkeys(successors)),
    }
    address = address_of(entry, reader.library)
    return Page(
        address,
        _base(address, reader),
        reader.lang,
        entry.title,
        "withdrawn.html",
        data,
        noindex=True,
        section=_section(reader, entry),
    )


def _page(
    reader: Reader,
    glossary: Glossary,
    entry: Entry,
    address: str,
    groups: tuple[CardGroup, ...],
    around: tuple[people.Around, ...] = (),
    past: Past | None = None,
) -> Page:
    status = reader.status(entry)
    notice = _LEFT if entry.is_retired else _REVISIONS.get(entry.notice) or NOTICES.get(status)
    kind_base = folder(entry.kind.name, reader.library)
    cited = citing.of(reader, entry, address, revision=past.cited if past else None)
    data: dict[str, Any] = {
        "kind_label": reader.label(entry.kind.label),
        "kind_plural": Shown(reader.label(entry.kind.plural), reader.address(kind_base)) if kind_base else None,
        "title": entry.title,
        "summary": entry.summary,
        "date": reader.date(entry),
        "notice": tuple(reader.say(text) for text in notice) if notice else (),
        "status": status,
        **shown_fields(reader, entry),
        "asked": people.asked_about(reader, entry),
        "around": around,
        "past": past,
        "credits": tuple(_credits(reader, entry)),
        **{name: tuple(list_links(reader, entry, name)) for name in ("themes", "keywords", "places")},
        "related": tuple(_related(reader, entry)),
        "groups": groups,
        "evidence": _evidence(reader, entry, citing.of_parts(reader, entry, past.cited if past else None)),
        "translations": tuple(
            Shown(language_name(lang, lang).capitalize(), address_of(other, reader.library), lang)
            for lang, other in reader.library.translations(entry).items()
            if lang != entry.lang and other.status != "withdrawn"
        ),
        "source": reader.part(entry.source) if entry.source else None,
        "citing": cited,
        "license": _license(reader, entry),
        "edit": edit_address(reader, entry),
        "comment": asking.comment(reader, entry, address),
        "report": asking.error(reader, entry, address),
        "forms": form_links(reader, entry),
        "download": _file(reader, entry, "file"),
        "photo": _file(reader, entry, "photo"),
        **body(reader, glossary, entry, address),
    }
    return Page(
        address,
        _base(address, reader),
        reader.lang,
        entry.title,
        "entry.html",
        data,
        description=entry.summary,
        section=_section(reader, entry),
        noindex=status == "draft",
        head=head.of(reader, entry, cited.cited, data["download"]),
        files=cited.files,
    )


def _base(address: str, reader: Reader) -> str:
    prefix = reader.address("")
    return address.removeprefix(prefix) if prefix else address


def _section(reader: Reader, entry: Entry) -> str:
    base = folder(entry.kind.name, reader.library)
    return reader.address(base) if base else address_of(entry, reader.library)


def shown_fields(reader: Reader, entry: Entry) -> dict[str, Any]:
    """The fields of an entry, or of one of its revisions, for a template."""
    fields = _visible(reader, entry)
    timed = [field.name for field in fields if field.view == "timeline"]
    fields.sort(key=lambda field: field.view == _LAST)
    return {
        "identity": tuple(field for field in fields if field.view in _SHORT),
        "sections": tuple(field for field in fields if field.view not in _SHORT | {"asked"}),
        "timelines": {name: _timeline(reader, getattr(entry, name)) for name in timed},
    }


def _visible(reader: Reader, entry: Entry) -> list[ShownField]:
    """The fields that the page shows; of a person without recorded consent, none."""
    if not getattr(entry, "shows_profile", True):
        return []
    return [
        field
        for field in reader.fields(entry, empty=frozenset({"dates"}))
        if field.view not in {"hidden", "photo", "download"}
    ]


def _credits(reader: Reader, entry: Entry) -> Iterator[dict[str, Any]]:
    """Who took part, each once, with all roles and the affiliation at the time."""
    merged: dict[Any, dict[str, Any]] = {}
    for credit in entry.credits():
        found = merged.setdefault(credit.who, {"who": reader.show(credit.who), "roles": {}, "affiliation": None})
        found["roles"] |= dict.fromkeys(credit.roles)
        if credit.affiliation is not None:
            found["affiliation"] = reader.show(credit.affiliation)
    roles = reader.library.vocabularies["role"]
    for found in merged.values():
        yield {**found, "roles": tuple(roles.label(role, reader.lang) for role in found["roles"])}


def _related(reader: Reader, entry: Entry) -> Iterator[Shown]:
    for relation in entry.related:
        if reader.resolver.reference(relation.ref, reader.lang):
            shown = one_line(reader.show(relation.ref))
            says_more = relation.relation != "see-also"
            yield replace(shown, note=one_line(reader.show(relation.relation)).text if says_more else "")


def _gathered(reader: Reader, entry: Entry) -> list[tuple[str, tuple[Card, ...]]]:
    """What refers to the entry, by the headings that the references ask for; the newest first."""
    found: dict[str, dict[tuple[str, str], Entry]] = {}
    own = (entry.kind.name, entry.id)
    shown = people.worked_on(reader, entry)
    for reference in reader.library.backlinks(entry):
        name, entry_id, _ = reference.source
        if reference.field in CREDITED and (name, entry_id) in shown:
            continue
        source = reader.library.get(name, entry_id, reader.lang)
        if source is None or source.status == "withdrawn" or (name, entry_id) == own:
            continue
        for heading in _headings(reader, reference):
            found.setdefault(heading, {})[name, entry_id] = source
    cited = reader.label(CITED_BY)
    named = {key for heading, sources in found.items() if heading != cited for key in sources}
    if cited in found:  # what stands under a heading of its own need not be said again to cite
        found[cited] = {key: source for key, source in found[cited].items() if key not in named}
    ordered = sorted(found.items(), key=lambda item: item[0] == cited)
    return [
        (heading, tuple(reader.card(source) for source in sorted(sources.values(), key=by_date, reverse=True)))
        for heading, sources in ordered
        if sources
    ]


def _headings(reader: Reader, reference: Reference) -> Iterator[str]:
    """A reference with qualifiers (roles) stands under each of them, another under its field's heading."""
    back: Label = reference.back
    names = [one_line(reader.show(code)).text for code in reference.qualifiers]
    if not names:
        yield reader.label(back)
    elif reference.by_qualifier:
        yield from names
    else:
        yield from (f"{reader.label(back)} – {name}" for name in names)


def _evidence(reader: Reader, entry: Entry, references: Mapping[str, str]) -> dict[str, Evidence]:
    """What refers to each part of the entry that has an address of its own, the newest first; and its reference."""
    found: dict[str, dict[Key, Entry]] = {}
    for reference in reader.library.backlinks(entry):
        source = reader.library.get(reference.source[0], reference.source[1], reader.lang)
        if reference.target.anchor and source and source.status != "withdrawn":
            found.setdefault(reference.target.anchor, {})[source.key] = source
    cited = {}
    for anchor in {**references, **found}:
        sources = found.get(anchor, {})
        newest = sorted(sources.values(), key=by_date, reverse=True)[:GATHERED]
        links = tuple(reader.link(source) for source in newest)
        cited[anchor] = Evidence(links, len(sources) - len(newest), references.get(anchor, ""))
    return cited


def _license(reader: Reader, entry: Entry) -> Shown | None:
    code = str(entry.license or reader.config.license)
    term = reader.library.vocabularies["license"].terms.get(code)
    return Shown(term.label.in_(reader.lang), str(term.extra.get("url", ""))) if term else None


def _file(reader: Reader, entry: Entry, name: str) -> Shown | None:
    """A file named in a field, when it is in the hub and may be shown."""
    value = getattr(entry, name, None)
    if not value or not getattr(entry, "shows_profile", True):
        return None
    uri = joined(posixpath.dirname(entry.src_uri), value)
    return Shown(posixpath.basename(uri), uri) if uri in reader.library.assets else None


def _timeline(reader: Reader, parts: Sequence[Any]) -> tuple[Step, ...]:
    """Steps in the order of their days; one without a date stays after the step that it was written after.

    Those with a date get a place on an axis from the first day to the last, unless there is nothing to see on it.
    """
    ordered: list[tuple[day, Any, bool]] = []
    last = day.min
    for part in parts:
        when = _day_of(part)
        last = when or last
        ordered.append((last, part, when is not None))
    ordered.sort(key=lambda step: step[0])
    places = iter(_spread([when for when, _, is_dated in ordered if is_dated]))
    return tuple(
        Step(
            number,
            one_line(reader.show(part.date)).text if is_dated else "",
            getattr(part, "label", "") or one_line(reader.show(part)).text,
            getattr(part, "done", None),
            next(places, None) if is_dated else None,
        )
        for number, (_, part, is_dated) in enumerate(ordered, start=1)
    )


def _day_of(part: Any) -> day | None:
    """The day of a step: of a period the first, or the last where the first is not known."""
    date: PartialDate | Period | None = getattr(part, "date", None)
    known = (date.start or date.end) if isinstance(date, Period) else date
    return known.first_day if known else None


def _spread(days: Sequence[day]) -> list[int]:
    """Places of ordered days on the axis, no two of them too near to tell apart; none where that cannot be drawn."""
    if not 1 < len(days) <= AXIS // APART + 1:
        return []
    length = max((days[-1] - days[0]).days, 1)
    places = [(when - days[0]).days * AXIS // length for when in days]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + APART)
    limit = AXIS
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - APART
    return places
