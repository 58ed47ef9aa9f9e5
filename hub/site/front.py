"""The home page, and the page of what nobody has written yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from hub.addresses import HOME, folder
from hub.i18n import N_
from hub.markdown.parser import slug
from hub.site import search
from hub.site.letters import letter_pages
from hub.site.lists import sorted_for, visible
from hub.site.page import CardGroup, Page, Shown
from hub.site.reader import Reader
from hub.site.terms import Glossary
from hub.site.texts import body, wanted_address, wanted_base

_SHOWN = 3
_HELP = 6


class Wanted(NamedTuple):
    """A page that nobody has written: its name, its mark in the list, and who asks for it."""

    name: str
    id: str
    askers: tuple[Shown, ...]


def home(reader: Reader, glossary: Glossary) -> Page:
    """What is new, what is open, and where help is wanted."""
    library = reader.library
    entry = library.get("page", HOME, reader.lang)
    if entry and entry.lang != reader.lang:
        entry = None
    groups = []
    for kind in library.kinds.values():
        works = sorted_for(kind, visible(library.of_kind(kind.name, reader.lang)))
        if any(kind.home) and works:
            cards = tuple(reader.card(work) for work in works[:_SHOWN])
            more = reader.address(folder(kind.name, library)) if len(works) > _SHOWN else ""
            groups.append(CardGroup(reader.label(kind.home), cards, len(works), more))
    drafts = [work for work in library.works(reader.lang) if work.status == "draft" and work.kind.index == "cards"]
    data: dict[str, Any] = {
        "title": entry.title if entry else reader.config.name_in(reader.lang),
        "summary": entry.summary if entry else "",
        "groups": tuple(groups),
        "counts": tuple(one for one in search.holdings(reader) if one.note),
        "search": search.address(reader),
        "help": tuple(reader.card(work) for work in sorted_for(None, drafts)[:_HELP]),
        "wanted": tuple({slug(name): name for name in library.wanted}.values())[:_HELP],
        "wanted_page": wanted_address(reader) if library.wanted else "",
        **(body(reader, glossary, entry, reader.address("")) if entry else {}),
    }
    return Page(
        reader.address(""),
        "",
        reader.lang,
        reader.config.name_in(reader.lang),
        "home.html",
        data,
        description=entry.summary if entry else "",
        section=reader.address(""),
    )


def wanted(reader: Reader) -> Iterator[Page]:
    """The pages that wiki texts link to and nobody has written, with who asks for them."""
    if not any(kind.welcomes_wanted for kind in reader.library.kinds.values()):
        return
    names: dict[str, str] = {}
    asked: dict[str, dict[Shown, None]] = {}
    for name, keys in reader.library.wanted.items():
        # One page is wanted, whether texts write it with a capital or without.
        names.setdefault(slug(name), name)
        for kind, entry_id, _ in keys:
            if found := reader.library.get(kind, entry_id, reader.lang):
                asked.setdefault(slug(name), {})[reader.link(found)] = None
    items = [Wanted(name, anchor, tuple(asked.get(anchor, ()))) for anchor, name in names.items()]
    base = wanted_base(reader)
    yield from letter_pages(
        reader,
        base,
        reader.say(N_("Wanted pages")),
        "wanted.html",
        items,
        lambda item: item.id,
        weight=lambda item: len(item.askers),
        section=base.split("/")[0] + "/",
    )
