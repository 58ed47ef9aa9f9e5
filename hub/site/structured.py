"""An entry as linked data: JSON-LD in the vocabulary of schema.org, from what the entry says that it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hub.addresses import address_of
from hub.cited import Cited
from hub.dates import PartialDate, Period
from hub.fields import Code, Ref
from hub.model import AUTHOR, Entry
from hub.parts import Place
from hub.site.page import ShownPart
from hub.site.reader import Reader, one_line
from hub.views import Thing

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end the script that holds the data, or a line of it."""


def of(reader: Reader, entry: Entry, cited: Cited | None) -> str:
    """The entry as JSON that may stand inside `<script>`; empty for one that is no more than a page."""
    thing = entry.json_ld()
    if thing is None:
        return ""
    url = cited.url if cited and cited.is_older else _url(reader, entry)
    found = {
        "@context": "https://schema.org",
        "@type": thing.type,
        "@id": url,
        "url": url,
        "name": entry.title,
        "description": "" if thing.is_work else entry.summary,
        **(dict(_work(reader, entry, cited)) if thing.is_work else {}),
        **thing.properties,
    }
    return json.dumps(_mapping(reader, found), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _work(reader: Reader, entry: Entry, cited: Cited | None) -> Iterator[tuple[str, Any]]:
    """What is said of every text of the hub."""
    config, vocabularies = reader.config, reader.library.vocabularies
    license_ = vocabularies["license"].terms.get(str(entry.license or config.license))
    revision = cited.revision if cited else None
    yield "abstract", entry.summary
    yield "inLanguage", str(entry.lang)
    yield "author", entry.writers()
    yield "contributor", tuple(_roles(reader, entry))
    yield "publisher", (*entry.organisations, Thing("Organization", {"name": config.name_in(reader.lang)}))
    yield "datePublished", entry.date
    yield "dateModified", revision.date if revision else None
    yield "version", revision.short if revision else None
    yield "keywords", entry.keywords
    yield "about", tuple(_themes(reader, entry))
    yield "isPartOf", Thing("WebSite", {"name": config.name_in(reader.lang), "url": config.site_url})
    yield "license", license_.extra.get("url", "") if license_ else ""
    if cited:
        doi = Thing("PropertyValue", {"propertyID": "DOI", "value": cited.doi}) if cited.doi else None
        swhid = Thing("PropertyValue", {"propertyID": "SWHID", "value": cited.swhid})
        yield "identifier", tuple(filter(None, (doi, swhid)))


def _roles(reader: Reader, entry: Entry) -> Iterator[Thing]:
    """Who took part in what capacity: CRediT's roles by their addresses, the hub's own by their names."""
    roles = reader.library.vocabularies["role"]
    writers = set(entry.writers())
    for credit in entry.credits():
        for role in credit.roles:
            if credit.who in writers and role == AUTHOR:
                continue  # said of authors
            term = roles.terms.get(role)
            name = str(term.extra.get("url") or "") if term else ""
            yield Thing("Role", {"roleName": name or roles.label(role, reader.lang), "contributor": credit.who})


def _themes(reader: Reader, entry: Entry) -> Iterator[Thing]:
    themes = reader.library.vocabularies.get("themes")
    for theme in entry.themes if themes else ():
        assert themes
        yield Thing("DefinedTerm", {"name": themes.label(theme, reader.lang), "termCode": str(theme)})


def _mapping(reader: Reader, properties: Mapping[str, Any]) -> dict[str, Any]:
    made = ((name, _value(reader, value)) for name, value in properties.items())
    return {name: value for name, value in made if value not in (None, "", [])}


def _value(reader: Reader, value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        made = [one for one in (_value(reader, item) for item in value) if one not in (None, "")]
        return made[0] if len(made) == 1 else made
    if isinstance(value, Thing):
        return {"@type": value.type, **_mapping(reader, value.properties)}
    if isinstance(value, Ref):
        return _linked(reader, value)
    if isinstance(value, Place):
        return _place(reader, value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (PartialDate, Period, Code)):
        return str(value)
    return value


def _linked(reader: Reader, ref: Ref) -> dict[str, Any]:
    """Another entry in short: what it is, its address, its name and its identifier."""
    entry = reader.resolver.reference(ref, reader.lang)
    if entry is None or entry.status == "withdrawn":
        return {"@type": "Thing", "name": one_line(reader.show(ref)).text if entry is None else entry.title}
    thing = entry.json_ld() or Thing("WebPage")
    identifier = thing.properties.get("identifier")
    return _mapping(
        reader,
        {
            "@type": thing.type,
            "@id": _url(reader, entry),
            "name": entry.title,
            "identifier": identifier if isinstance(identifier, str) else None,
        },
    )


def _place(reader: Reader, place: Place) -> dict[str, Any]:
    shown = reader.show(place)
    assert isinstance(shown, ShownPart)
    code = str(place.country or "")
    if place.country and len(shown) == 1:
        return {"@type": "Country", "name": one_line(shown).text, "identifier": code}
    address = Thing("PostalAddress", {"addressCountry": code}) if code else None
    return _mapping(reader, {"@type": "Place", "name": one_line(shown).text, "address": address})


def _url(reader: Reader, entry: Entry) -> str:
    return reader.config.url(address_of(entry, reader.library))
