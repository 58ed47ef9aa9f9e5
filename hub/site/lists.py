"""Lists of entries as static pages: an index per kind, themes, years, places, keywords, months, authors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Any

from hub.addresses import AUTHORS, DRAFTS, FACETS, LISTINGS, PEOPLE_LISTS, address_part, folder, listing
from hub.dates import PartialDate
from hub.facets import gathered_by, values
from hub.i18n import N_
from hub.model import Entry, Kind, by_date, date_of
from hub.nearest import fold
from hub.site import asking, people
from hub.site.letters import Letter, by_letter, letter_pages, most_on_a_page, part_of
from hub.site.letters import address as letter_address
from hub.site.page import Card, CardGroup, Chip, Page, Shown
from hub.site.reader import Reader
from hub.site.terms import Glossary
from hub.site.texts import body, wanted_address
from hub.words import date_text

_DRAFTS_SHOWN = 12
_CHIPS = 12
"""Lists that an index offers on its first page; all of them have a page of their own."""


def visible(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that lists show: neither drafts nor withdrawn ones."""
    return [entry for entry in entries if entry.status not in {"draft", "withdrawn"}]


def sorted_for(kind: Kind | None, entries: Iterable[Entry]) -> list[Entry]:
    """In the kind's order; across kinds the newest first. Equal ones by title."""
    by_title = sorted(entries, key=lambda entry: (fold(getattr(entry, "sort_name", entry.title)), entry.id))
    if kind is not None and kind.order == "title":
        return by_title
    return sorted(by_title, key=by_date, reverse=True)


def cards_pages(
    reader: Reader, base: str, title: str, cards: Sequence[Card], *, section: str = "", **data: Any
) -> Iterator[Page]:
    """A list on as many pages as it needs; what goes into the first page alone is in `data["first"]`.

    Args:
        reader: for whom.
        base: the address of the first page without the language's folder.
        title: of every page.
        cards: all of them, in order.
        section: base of the navigation entry that the list belongs to.
        **data: further values for the template.
    """
    size = reader.config.page_size
    count = max(1, -(-len(cards) // size))
    first = data.pop("first", {})
    template = data.pop("template", "list.html")
    for number in range(1, count + 1):
        own = base if number == 1 else f"{base}page/{number}/"
        shown = tuple(cards[(number - 1) * size : number * size])
        numbers = tuple(
            Shown(str(n), reader.address(base if n == 1 else f"{base}page/{n}/")) for n in _around(number, count)
        )
        values = {
            "title": title,
            "cards": shown,
            "total": len(cards),
            "number": number,
            "count": count,
            "numbers": numbers,
            **data,
            **(first if number == 1 else {}),
        }
        full = title if number == 1 else reader.say(N_("{title}, page {number}"), title=title, number=number)
        yield Page(
            reader.address(own), own, reader.lang, full, template, values, section=reader.address(section or base)
        )


def _around(number: int, count: int) -> list[int]:
    """The page numbers to offer: first, last and those near, so that the line never grows."""
    return sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})


def kind_pages(reader: Reader, glossary: Glossary, kind: Kind) -> Iterator[Page]:
    """The index of a kind, its facets, its drafts, and its archives where it has them."""
    library = reader.library
    base = folder(kind.name, library)
    has_people = kind.index == "people"
    works = library.of_kind(kind.name, reader.lang)
    # Whoever has left stands last, and in no list by what would tell who it was.
    everybody = sorted(sorted_for(kind, visible(works)), key=lambda work: has_people and work.is_retired)
    shown = [work for work in everybody if not (has_people and work.is_retired)]
    drafts = sorted_for(kind, [entry for entry in works if entry.status == "draft"])
    title = reader.label(kind.plural)
    back = Shown(title, reader.address(base))
    chips: dict[str, tuple[Chip, ...]] = {}
    look = {"template": "people.html", "description": ""} if has_people else {}
    for name in PEOPLE_LISTS if has_people else FACETS:
        own = f"{base}{(PEOPLE_LISTS if has_people else LISTINGS)[name].in_(library.default_language)}/"
        lists = _facet(reader, name, shown, people.values if has_people else _values)
        for part, (label, entries) in lists.items():
            full, cards = f"{title} – {label}", reader.listed_cards(entries)  # they stand in the kind's order already
            yield from cards_pages(reader, f"{own}{part}/", full, cards, section=base, back=back, **look)
        every = tuple(
            Chip(label, reader.address(f"{own}{part}/"), len(entries)) for part, (label, entries) in lists.items()
        )
        chips[name] = _largest(reader, every, own)
        if len(chips[name]) < len(every):
            yield from _chips_pages(reader, own, f"{title} – {_name(reader, name)}", every, section=base)
    if kind.archive:
        chips |= yield from _archive_pages(reader, kind, base, shown)
    propose = asking.proposal(reader, kind) or asking.form(reader, kind)
    first: dict[str, Any] = {
        "chips": chips,
        "intro": _intro(reader, glossary, base),
        "propose": propose,
        "deposit": asking.deposit(reader, kind),
    }
    if drafts:
        own = f"{base}{DRAFTS.in_(library.default_language)}/"
        more = reader.address(own) if len(drafts) > _DRAFTS_SHOWN else ""
        label = reader.say(N_("Drafts to complete"))
        first["drafts"] = CardGroup(label, tuple(reader.listed_cards(drafts[:_DRAFTS_SHOWN])), len(drafts), more)
        if more:
            yield from cards_pages(
                reader, own, f"{title} – {label}", reader.listed_cards(drafts), section=base, back=back
            )
    data: dict[str, Any] = {"description": reader.label(kind.description), "first": first}
    if kind.welcomes_wanted and library.wanted:
        first["wanted"] = wanted_address(reader)
    if kind.index == "glossary":
        yield from _glossary_pages(reader, base, title, shown, data)
        return
    if has_people:
        data["template"] = "people.html"
    yield from cards_pages(reader, base, title, reader.listed_cards(everybody), **data)


def _archive_pages(
    reader: Reader, kind: Kind, base: str, shown: list[Entry]
) -> Generator[Page, None, dict[str, tuple[Chip, ...]]]:
    """The pages of a blog's months and authors; returns the links to them for its index."""
    title = reader.label(kind.plural)
    months, authors = _archives(reader, kind, base, shown)
    for chip, entries in (*months, *authors):
        own = chip.address.removeprefix(reader.address(""))
        back = Shown(title, reader.address(base))
        yield from cards_pages(
            reader, own, f"{title} – {chip.text}", reader.listed_cards(entries), section=base, back=back
        )
    own = f"{base}{AUTHORS.in_(reader.library.default_language)}/"
    yield from _chips_pages(reader, own, reader.say(N_("Bloggers")), [chip for chip, _ in authors], section=base)
    every = Chip(reader.say(N_("All bloggers")), reader.address(own), len(authors))
    return {
        "months": tuple(chip for chip, _ in months[:_CHIPS]),
        "authors": (*(chip for chip, _ in authors[:_CHIPS]), every),
    }


def _largest(reader: Reader, chips: tuple[Chip, ...], every: str) -> tuple[Chip, ...]:
    """The lists with most entries, in their order, and a link to the page of all of them where there are more."""
    if len(chips) <= _CHIPS:
        return chips
    largest = set(sorted(chips, key=lambda chip: -chip.count)[: _CHIPS - 1])
    more = Chip(reader.say(N_("All ({n})"), n=len(chips)), reader.address(every), 0)
    return (*(chip for chip in chips if chip in largest), more)


def _chips_pages(reader: Reader, base: str, title: str, chips: Sequence[Chip], *, section: str) -> Iterator[Page]:
    yield from letter_pages(
        reader,
        base,
        title,
        "chips.html",
        chips,
        lambda chip: chip.text,
        weight=lambda chip: chip.count,
        section=section,
    )


def _name(reader: Reader, name: str) -> str:
    names = {
        "themes": N_("Themes"),
        "years": N_("Years"),
        "places": N_("Places"),
        "keywords": N_("Keywords"),
        "roles": N_("Roles"),
        "groups": N_("Groups"),
        "organisations": N_("Organisations"),
    }
    return reader.say(names[name])


def shared_pages(reader: Reader, name: str) -> Iterator[Page]:
    """Themes, years, places or keywords across kinds: a page of each, and a page of all."""
    works = sorted_for(None, _listable(reader))
    base, title = listing(name, reader.library), _name(reader, name)
    chips = []
    for part, (label, entries) in _facet(reader, name, works).items():
        own = f"{base}{part}/"
        chips.append(Chip(label, reader.address(own), len(entries)))
        back = Shown(title, reader.address(base))
        yield from cards_pages(reader, own, label, reader.listed_cards(entries), section=base, back=back)
    yield from _chips_pages(reader, base, title, chips, section=base)


def listed(reader: Reader) -> dict[str, frozenset[str]]:
    """The codes that have a list across kinds, by the list's name."""
    works = [gathered_by(entry) for entry in _listable(reader)]
    counts = {name: Counter(part for work in works for part in work[name]) for name in LISTINGS}
    return {
        name: frozenset(part for part, count in found.items() if count >= _LEAST.get(name, 1))
        for name, found in counts.items()
    }


def list_links(reader: Reader, entry: Entry, name: str) -> Iterator[Shown]:
    """An entry's themes, places or keywords as links to their lists, where there is one."""
    base = listing(name, reader.library)
    for code, label in values(reader.library, entry, name, reader.lang):
        yield Shown(label, reader.address(f"{base}{code}/") if code in reader.listed[name] else "")


def _listable(reader: Reader) -> list[Entry]:
    return visible(entry for entry in reader.library.works(reader.lang) if entry.kind.name != "page")


def _intro(reader: Reader, glossary: Glossary, base: str) -> dict[str, Any] | None:
    """The text of `index.md` in the kind's folder, where someone has written one."""
    entry = reader.library.get("page", base.strip("/"), reader.lang)
    return body(reader, glossary, entry, reader.address(base)) if entry and entry.lang == reader.lang else None


def _values(reader: Reader, entry: Entry, name: str) -> Iterator[tuple[str, str]]:
    return values(reader.library, entry, name, reader.lang)


def _facet(
    reader: Reader,
    name: str,
    entries: Iterable[Entry],
    values_of: Callable[[Reader, Entry, str], Iterator[tuple[str, str]]] = _values,
) -> dict[str, tuple[str, list[Entry]]]:
    """Entries by the address part of a value, with its label, in the order in which readers look for them."""
    found: dict[str, tuple[str, list[Entry]]] = {}
    for entry in entries:
        for part, label in values_of(reader, entry, name):
            found.setdefault(part, (label, []))[1].append(entry)
    found = {part: item for part, item in found.items() if len(item[1]) >= _LEAST.get(name, 1)}
    newest_first = name == "years"
    return dict(sorted(found.items(), key=lambda item: fold(item[1][0]), reverse=newest_first))


_LEAST = {"keywords": 2}
"""How many entries make a list: a keyword that one text alone has leads nowhere else."""


def _archives(
    reader: Reader, kind: Kind, base: str, entries: list[Entry]
) -> tuple[list[tuple[Chip, list[Entry]]], list[tuple[Chip, list[Entry]]]]:
    """A blog's months, the newest first, and its authors by name."""
    months: dict[PartialDate, list[Entry]] = {}
    authors: dict[str, tuple[str, list[Entry]]] = {}
    for entry in entries:
        day = date_of(entry)
        if day.month:
            months.setdefault(PartialDate(day.year, day.month), []).append(entry)
        for who in reader.writers(entry):
            code = address_part(who.text)
            authors.setdefault(code, (who.text, []))[1].append(entry)
    folder_of_authors = AUTHORS.in_(reader.library.default_language)
    by_month = [
        (
            Chip(date_text(month, reader.lang), reader.address(f"{base}{month.year}/{month.month:02}/"), len(found)),
            found,
        )
        for month, found in sorted(months.items(), reverse=True)
    ]
    by_author = [
        (Chip(name, reader.address(f"{base}{folder_of_authors}/{code}/"), len(found)), found)
        for code, (name, found) in sorted(authors.items(), key=lambda item: fold(item[1][0]))
    ]
    return by_month, by_author


def _glossary_pages(
    reader: Reader, base: str, title: str, entries: list[Entry], data: dict[str, Any]
) -> Iterator[Page]:
    """Terms from A to Z, each acronym and each full form where a reader looks for it; on a page a letter if many."""
    items: list[dict[str, Any]] = []
    for entry in entries:
        heads = dict.fromkeys(filter(None, (getattr(entry, "acronym", None), entry.title)))
        for head in heads:
            other = [name for name in heads if name != head]
            item = {
                "head": head,
                "other": other[0] if other else "",
                "definition": (getattr(entry, "definition", None) or entry.summary) if head == entry.title else "",
                "link": reader.link(entry),
            }
            items.append(item)
    letters = by_letter(sorted(items, key=lambda item: fold(item["head"])), lambda item: str(item["head"]))
    first, values = data.pop("first"), {"title": title, "total": len(entries), **data}
    if len(items) <= most_on_a_page(reader):
        nav = [Letter(letter, f"#a-{part_of(letter)}") for letter in letters]
        groups = [tuple(letters.items())]
    else:  # the first stands at the glossary's own address, as the first page of other lists does
        own = [reader.address(base), *(letter_address(reader, base, letter) for letter in list(letters)[1:])]
        nav = [Letter(letter, address) for letter, address in zip(letters, own, strict=True)]
        groups = [(group,) for group in letters.items()]
    for number, group in enumerate(groups):
        letter = group[0][0] if group and len(groups) > 1 else ""
        at = base if number == 0 else f"{base}page/{part_of(letter)}/"
        full = f"{title} – {letter}" if number else title
        told = {**values, "letters": group, "nav": nav, "letter": letter, **(first if number == 0 else {})}
        yield Page(reader.address(at), at, reader.lang, full, "glossary.html", told, section=reader.address(base))
