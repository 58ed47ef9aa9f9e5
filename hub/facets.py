"""The values by which entries are gathered and filtered: themes, years, places, keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hub.addresses import address_part
from hub.library import Library
from hub.model import Entry, date_of

Values = Iterator[tuple[str, str]]


def values(library: Library, entry: Entry, name: str, lang: str) -> Values:
    """The values of an entry in one sort of list, each once, as (part of an address, label).

    Args:
        library: for the labels of its vocabularies.
        entry: any.
        name: `themes`, `years`, `places` or `keywords`.
        lang: of the labels.
    """
    found = {address_part(code): label for code, label in _VALUES[name](library, entry, lang)}
    yield from ((part, label) for part, label in found.items() if part)


def _themes(library: Library, entry: Entry, lang: str) -> Values:
    vocabulary = library.vocabularies.get("themes")
    for code in entry.themes:
        yield str(code), vocabulary.label(code, lang) if vocabulary else str(code)


def _years(library: Library, entry: Entry, lang: str) -> Values:
    year = date_of(entry).year
    if year > 1:
        yield str(year), str(year)


def _places(library: Library, entry: Entry, lang: str) -> Values:
    countries = library.vocabularies["country"]
    for place in entry.where():
        country = countries.label(place.country, lang) if place.country else ""
        if place.country:
            yield str(place.country), country
        for name in (place.department, place.health_zone, place.facility):
            if name:
                yield f"{place.country or ''} {name}", f"{name} ({country})" if country else name


def _keywords(library: Library, entry: Entry, lang: str) -> Values:
    for word in entry.keywords:
        yield word, word


_VALUES: Mapping[str, Callable[[Library, Entry, str], Values]] = {
    "themes": _themes,
    "years": _years,
    "places": _places,
    "keywords": _keywords,
}
