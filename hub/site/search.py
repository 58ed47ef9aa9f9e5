"""The page of results, and the words that the search in the browser says: it brings none of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hub.addresses import SEARCH, folder, listing
from hub.i18n import N_, catalogue
from hub.site.lists import visible
from hub.site.page import Page, SearchBox, Shown
from hub.site.reader import NOTICES, Reader
from hub.site.texts import wanted_address
from hub.site.words import language_name

_FACETS = {
    "kind": N_("Kind of text"),
    "theme": N_("Theme"),
    "year": N_("Year"),
    "place": N_("Place"),
    "lang": N_("Language"),
    "person": N_("Person"),
    "group": N_("Group"),
}
"""By what results can be narrowed, as the search names it, in the order in which readers are offered it."""
_LISTS = {"themes": N_("Themes"), "years": N_("Years"), "places": N_("Places"), "keywords": N_("Keywords")}


def box(reader: Reader) -> SearchBox:
    """What every page needs for its search box: where it leads, and what is said of completions."""
    say, ngettext = reader.say, catalogue(reader.lang).ngettext
    words = {
        "kinds": {kind.name: reader.label(kind.label) for kind in reader.library.kinds.values()},
        "offers": [ngettext("{n} suggestion", "{n} suggestions", n).format(n="{0}") for n in (1, 2)],
        "results": [ngettext("{n} result", "{n} results", n).format(n="{0}") for n in (1, 2)],
        "list": say(N_("Suggestions")),
        "titles": say(N_("Titles, people and terms")),
        "found": say(N_("Results")),
        "all": say(N_("All results for “{words}”"), words="{0}"),
    }
    return SearchBox(address(reader), _as_text(words))


def address(reader: Reader) -> str:
    """The address of the page of results."""
    return reader.address(_base(reader))


def page(reader: Reader) -> Page:
    """The page of results: a form, what there is to read where nothing was searched, and words for the script."""
    library = reader.library
    title = reader.say(N_("Search the hub"))
    glossaries = (kind for kind in library.kinds.values() if kind.index == "glossary")
    data: dict[str, Any] = {
        "title": title,
        "search": address(reader),
        "kinds": holdings(reader),
        "lists": tuple(Shown(reader.say(name), reader.address(listing(one, library))) for one, name in _LISTS.items()),
        "glossary": next((reader.address(folder(kind.name, library)) for kind in glossaries), ""),
        "wanted": wanted_address(reader) if any(kind.welcomes_wanted for kind in library.kinds.values()) else "",
        "words": _as_text(_words(reader)),
    }
    return Page(address(reader), _base(reader), reader.lang, title, "search.html", data, noindex=True)


def holdings(reader: Reader) -> tuple[Shown, ...]:
    """The index of each kind of which there is something, noting how many texts it shows where not all are drafts."""
    library = reader.library
    found = []
    for kind in library.kinds.values():
        works = library.of_kind(kind.name, reader.lang)
        base = folder(kind.name, library)
        if base and works:
            found.append(Shown(reader.label(kind.plural), reader.address(base), note=str(len(visible(works)) or "")))
    return tuple(found)


def _base(reader: Reader) -> str:
    return f"{SEARCH.in_(reader.library.default_language)}/"


def _as_text(words: Mapping[str, Any]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def _words(reader: Reader) -> dict[str, Any]:
    """What the script says on the page of results; `{0}` stands for what only the browser knows."""

    def say(message: str, **params: str) -> str:
        return reader.say(message, **params)

    return {
        "languages": {code: language_name(code, reader.lang) for code in reader.library.languages},
        "statuses": {status: say(notice[0]) for status, notice in NOTICES.items()},
        "facets": {name: say(label) for name, label in _FACETS.items()},
        "none": say(N_("No result for “{words}”"), words="{0}"),
        "narrowed": say(N_("No result for “{words}” with these filters"), words="{0}"),
        "verified": say(N_("Only the {n} best texts were read for the words in quotes."), n="{0}"),
        "unread": say(
            N_("Only the {n} best texts were read for the words in quotes: none has them so. Add words or a filter."),
            n="{0}",
        ),
        "read": say(N_("“{form}” is read as {meaning}."), form="{0}", meaning="{1}"),
        "undo": say(N_("Undo")),
        "may": say(N_("“{form}” may mean:"), form="{0}"),
        "also": say(N_("“{form}” may also mean:"), form="{0}"),
        "plain": say(N_("Search “{form}” as it is written"), form="{0}"),
        "instead": say(N_("Results for {word} (instead of “{form}”)."), word="{0}", form="{1}"),
        "literal": say(N_("“{form}” is searched as it is written."), form="{0}"),
        "again": say(N_("Interpret it again")),
        "other": say(N_("Other words to try:")),
        "more": say(N_("Show all ({n})"), n="{0}"),
        "remove": say(N_("Remove this filter: {name}"), name="{0}"),
        "clear": say(N_("Remove all filters")),
    }
