"""Which pages there are: everything is gathered here, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from hub.addresses import HOME, folder, is_plain_file, listing
from hub.cited import cite_hub
from hub.credits import credit
from hub.exporters import cff
from hub.history import History
from hub.history.people import recorded
from hub.i18n import N_
from hub.library import Library
from hub.links import Resolver
from hub.loading import Loaded
from hub.model import Entry
from hub.public import public
from hub.site import entries, front, lists, moved, search, translated
from hub.site.archive import Archive
from hub.site.page import MadeFile, NavItem, Page, SearchBox, Site
from hub.site.reader import Reader
from hub.site.terms import Glossary
from hub.site.texts import files_of


def plan(loaded: Loaded, today: date, history: History | None = None) -> Site:
    """Plan the site.

    Args:
        loaded: the hub as it was read.
        today: the day of the build: it decides which reviews are overdue.
        history: of the texts; without one, no revision is shown.

    Returns:
        Every page with all that goes into it.
    """
    library = public(loaded.library)
    worked = recorded(loaded.library, history) if history else ()
    resolver, known = Resolver(library), credit(library, worked)
    glossary = Glossary(library)
    pages: dict[str, Page] = {}
    navigation, footer = {}, {}
    boxes: dict[str, SearchBox] = {}
    broken: dict[str, str] = {}
    archives: list[Archive] = []
    for lang in library.languages:
        reader = Reader(library, resolver, loaded.config, lang, today, credits=known)
        reader = replace(reader, listed=lists.listed(reader))
        if history:
            archives.append(Archive(reader, history, loaded.library, loaded.withheld, broken))
        for page in _pages(reader, glossary, broken, archives[-1] if history else None):
            pages.setdefault(page.address, page)
        navigation[lang] = tuple(_navigation(reader))
        footer[lang] = tuple(_menu(reader, "footer"))
        boxes[lang] = search.box(reader)
    files = {uri for uri in library.assets if is_plain_file(uri)} - _withheld(loaded.library, library)
    citation = cff.write(cite_hub(library, loaded.config), repository=loaded.config.repo_url)
    made = (MadeFile(cff.NAME, citation),)
    docs = loaded.config.docs_dir.relative_to(loaded.config.root).as_posix()
    addresses = moved.Addresses(library, history, docs) if history else None
    redirects = moved.redirects(library, pages, addresses)

    def archive() -> Iterator[Page]:
        for one in archives:
            made = chain(one.pages(), translated.pages(one))
            yield from (page for page in made if page.address not in pages)
            if addresses:
                yield from moved.gone(one.reader, addresses, {*pages, *redirects}, one.clean)

    return Site(pages, navigation, footer, boxes, frozenset(files), made, redirects, broken, archive)


def _withheld(library: Library, public: Library) -> frozenset[str]:
    """Files that only texts and people name which are not shown."""
    named = {file for entry in library for file in files_of(entry)}
    shown = (entry for entry in public if entry.status != "withdrawn" and getattr(entry, "shows_profile", True))
    return frozenset(named - {file for entry in shown for file in files_of(entry)})


def _pages(reader: Reader, glossary: Glossary, broken: dict[str, str], archive: Archive | None) -> Iterator[Page]:
    yield front.home(reader, glossary)
    yield search.page(reader)
    # The texts of the home page and of the kinds' folders stand in the pages that are made there.
    introductions = {HOME, *(folder(name, reader.library).strip("/") for name in reader.library.kinds)}
    for entry in reader.library:
        if entry.lang == reader.lang and not (entry.kind.name == "page" and entry.id in introductions):
            try:
                past = archive.past(entry) if archive else None
                state = translated.state(archive, entry) if archive else None
                yield from list(entries.pages(reader, glossary, entry, past, state))
            except Exception as error:  # noqa: BLE001 - one text costs its own page, whatever is wrong with it
                broken[entry.text.path] = f"{type(error).__name__}: {error}"
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
    yield from _menu(reader, "navigation")


def _menu(reader: Reader, menu: str) -> Iterator[NavItem]:
    """The entries that ask to stand in a menu, in the order that they ask for."""
    asking = ((entry.in_menu(), entry) for entry in reader.library.works(reader.lang) if entry.status != "withdrawn")
    placed = sorted(((place[1], entry.id, entry) for place, entry in asking if place and place[0] == menu), key=_place)
    for _, _, entry in placed:
        link = reader.link(entry)
        yield NavItem(link.text, link.address, link.lang)


def _place(item: tuple[int, str, Entry]) -> tuple[int, str]:
    return item[:2]
