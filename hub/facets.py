"""The values by which entries are gathered and filtered: themes, years, places, keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hub.addresses import address_part
from hub.library import Library
from hub.model import Entry, date_of
from hub.once import once

Values = Iterator[tuple[str, str]]


def values(library: Library, entry: Entry, name: str, lang: str) -> Values:
    """The values of an entry in one sort of list, each once, as (part of an address, label).

    Args:
        library: for the labels of its vocabularies.
        entry: any.
        name: `themes`, `years`, `places` or `keywords`.
        lang: of the labels.
    """
    return ((part, label(library, name, value, lang)) for part, value in gathered_by(entry)[name].items())


def label(library: Library, name: str, value: Any, lang: str) -> str:
    """What a value is called that `gathered_by` gave for one sort of list."""
    return _LABELS.get(name, _as_written)(library, value, lang)


@once
def gathered_by(entry: Entry) -> Mapping[str, Mapping[str, Any]]:
    """By the name of each sort of list: the parts of addresses by which an entry is gathered, and what they mean."""
    return {
        name: {part: value for code, value in found(entry) if (part := address_part(code))}
        for name, found in _VALUES.items()
    }


def _themes(entry: Entry) -> Iterator[tuple[str, str]]:
    for code in entry.themes:
        yield str(code), str(code)


def _years(entry: Entry) -> Iterator[tuple[str, str]]:
    year = date_of(entry).year
    if year > 1:
        yield str(year), str(year)


def _places(entry: Entry) -> Iterator[tuple[str, tuple[str, str]]]:
    for place in entry.where():
        country = str(place.country or "")
        if country:
            yield country, (country, "")
        for name in (place.department, place.health_zone, place.facility):
            if name:
                yield f"{country} {name}", (country, name)


def _keywords(entry: Entry) -> Iterator[tuple[str, str]]:
    for word in entry.keywords:
        yield word, word


def _as_written(library: Library, value: str, lang: str) -> str:
    return value


def _theme(library: Library, code: str, lang: str) -> str:
    vocabulary = library.vocabularies.get("themes")
    return vocabulary.label(code, lang) if vocabulary else code


def _place(library: Library, value: tuple[str, str], lang: str) -> str:
    code, name = value
    country = library.vocabularies["country"].label(code, lang) if code else ""
    if name and country:
        return f"{name} ({country})"
    return name or country


_VALUES: Mapping[str, Callable[[Entry], Iterator[tuple[str, Any]]]] = {
    "themes": _themes,
    "years": _years,
    "places": _places,
    "keywords": _keywords,
}
_LABELS: Mapping[str, Callable[[Library, Any, str], str]] = {"themes": _theme, "places": _place}
