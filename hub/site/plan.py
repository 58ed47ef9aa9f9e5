"""Which pages there are: everything is gathered here, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hub.addresses import HOME, address_of, folder, listing
from hub.i18n import N_
from hub.links import Resolver
from hub.load import Loaded
from hub.site import entries, front, lists
from hub.site.page import NavItem, Page, Site
from hub.site.reader import Reader
from hub.site.terms import Glossary

_NAV_PAGES = ("contribuer", "rejoindre", "a-propos")
_FOOTER_PAGES = ("a-propos", "mentions-legales", "confidentialite")


def plan(loaded: Loaded, today: date) -> Site:
    """Plan the site.

    Args:
        loaded: the hub as it was read.
        today: the day of the build: it decides which reviews are overdue.

    Returns:
        Every page with all that goes into it.
    """
    resolver = Resolver(loaded.library)
    glossary = Glossary(loaded.library)
    pages: dict[str, Page] = {}
    navigation, footer = {}, {}
    for lang in loaded.library.languages:
        reader = Reader(loaded.library, resolver, loaded.config, lang, today)
        for page in _pages(reader, glossary):
            pages.setdefault(page.address, page)
        navigation[lang] = tuple(_navigation(reader))
        footer[lang] = tuple(_links_to_pages(reader, _FOOTER_PAGES))
    return Site(pages, navigation, footer, _redirects(loaded, pages))


def _pages(reader: Reader, glossary: Glossary) -> Iterator[Page]:
    yield front.home(reader, glossary)
    # The texts of the home page and of the kinds' folders stand in the pages that are made there.
    introductions = {HOME, *(folder(name, reader.library).strip("/") for name in reader.library.kinds)}
    for entry in reader.library:
        if entry.lang == reader.lang and not (entry.kind.name == "page" and entry.id in introductions):
            yield from entries.pages(reader, glossary, entry)
    for kind in reader.library.kinds.values():
        if kind.folder_in(reader.library.default_language):
            yield from lists.kind_pages(reader, glossary, kind)
    yield from lists.shared_pages(reader)
    yield from front.wanted(reader)


def _navigation(reader: Reader) -> Iterator[NavItem]:
    library = reader.library
    for kind in library.kinds.values():
        base = folder(kind.name, library)
        if base and library.of_kind(kind.name):
            yield NavItem(reader.label(kind.plural), reader.address(base))
    if any(entry.themes for entry in library):
        yield NavItem(reader.say(N_("Themes")), reader.address(listing("themes", library)))
    yield from _links_to_pages(reader, _NAV_PAGES)


def _links_to_pages(reader: Reader, ids: tuple[str, ...]) -> Iterator[NavItem]:
    for page_id in ids:
        entry = reader.library.get("page", page_id, reader.lang)
        if entry and entry.status != "withdrawn":
            yield NavItem(entry.title, address_of(entry, reader.library))


def _redirects(loaded: Loaded, pages: dict[str, Page]) -> dict[str, str]:
    """Old addresses that no page has taken since."""
    found = {}
    for entry in loaded.library:
        for alias in entry.aliases:
            old = alias.strip("/").removesuffix("index.html").removesuffix(".html").strip("/") + "/"
            if old not in pages and not old.startswith(".") and "//" not in old and ".." not in old:
                found[old] = address_of(entry, loaded.library)
    return found
