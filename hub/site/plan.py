"""Which pages there are, part by part: each part is planned on its own, by any process that has read the hub."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from itertools import chain
from typing import Any, NamedTuple

from hub.addresses import HOME, LISTINGS, address_of, folder, is_plain_file, listing, owners, reserved
from hub.cited import cite_hub
from hub.credits import credit
from hub.dates import PartialDate
from hub.editions import Edition
from hub.exporters import cff
from hub.history import History
from hub.history.people import People, recorded
from hub.i18n import N_
from hub.library import Library
from hub.links import Resolver
from hub.loading import Loaded
from hub.markdown.parser import slug
from hub.model import Entry
from hub.once import once
from hub.public import public
from hub.retirement import Retirement
from hub.site import editions, entries, front, lists, moved, search, sitemap, translated
from hub.site.answers import Answers
from hub.site.archive import Archive
from hub.site.letters import most_on_a_page
from hub.site.observed import (
    Log,
    ObservedCodes,
    ObservedCredits,
    ObservedGlossary,
    ObservedHistory,
    ObservedLibrary,
    ObservedPeople,
    ObservedResolver,
    Question,
)
from hub.site.page import MadeFile, NavItem, Page, Part, Site
from hub.site.reader import Reader
from hub.site.standing import Frame, Standing
from hub.site.terms import Glossary
from hub.site.texts import wanted_address
from hub.walk import files_of
from hub.words import date_text


class Planned(NamedTuple):
    """The pages of a part, and what was looked up for them."""

    pages: tuple[Page, ...] = ()
    asked: tuple[Question, ...] = ()


class Plan:
    """What all pages of the site are made from.

    Args:
        loaded: the hub as it was read.
        today: the day of the build: it decides which reviews are overdue.
        history: of the texts; without one, no revision is shown.
        edition: of which the site is; the older revisions of its texts are left to the current site.
        others: the editions that stand beside the site.
        earlier: a plan of the same hub, to go on from where nothing has changed.
        standing: what holds of the whole hub, where only some of its texts were read.

    Attributes:
        broken: takes the paths of texts that could not be planned, and why.
        answers: to what is looked up.
    """

    def __init__(
        self,
        loaded: Loaded,
        today: date,
        history: History | None = None,
        *,
        edition: Edition | None = None,
        others: Sequence[editions.Built] = (),
        earlier: Plan | None = None,
        standing: Standing | None = None,
    ) -> None:
        self.broken: dict[str, str] = {}
        self._loaded, self._history = loaded, history
        self._edition, self._others = edition, others
        self._library, self._log = public(loaded.library), Log()
        library, log = self._library, self._log
        resolver, glossary = Resolver(library), Glossary(library)
        self._retirement = Retirement(loaded.library)
        people = People(loaded.library)
        by_history = recorded(loaded.library, people, history, self._retirement.ref) if history else ()
        credits_ = credit(library, by_history, earlier.answers.credits if earlier else None)
        plain = [
            Reader(library, resolver, loaded.config, lang, today, credits=credits_, log=log)
            for lang in library.languages
        ]
        self._standing = standing
        listed = standing.listed if standing else {reader.lang: lists.listed(reader) for reader in plain}
        self._wants_many = standing.wants_many if standing else _wants_many(plain[0])
        cards = {reader.lang: reader.card for reader in plain}
        self.answers: Answers = Answers(
            library, loaded.library, resolver, glossary, credits_, listed, cards, people, history, today
        )
        self._glossary = ObservedGlossary(library, log)
        self._readers = [
            replace(
                reader,
                library=ObservedLibrary.of(library, log),
                resolver=ObservedResolver(resolver, log),
                credits=ObservedCredits.of_base(credits_, log),
                listed=ObservedCodes.all_of(listed[reader.lang], reader.lang, log),
                wants_many=self._wants_many,
                plain=reader,
            )
            for reader in plain
        ]
        self._archives: dict[str, Archive] = {}
        if history:
            known, past = ObservedPeople.of_base(people, log), ObservedHistory.of_base(history, log)
            self._archives = {
                reader.lang: Archive(reader, past, loaded.library, loaded.withheld, self.broken, known)
                for reader in self._readers
            }

    def parts(self) -> Iterator[Part]:
        """The parts in the order of their claim to an address: where two want one, the first has it."""
        # The texts of the home page and of the kinds' folders stand in the pages that are made there.
        introductions = {HOME, *(folder(name, self._library).strip("/") for name in self._library.kinds)}
        kept = reserved(self._library)
        for reader in self._readers:
            lang, library = reader.lang, self._library
            if self._others:
                beside = partial(_alone, editions.page, reader, self._others, self._retirement)
                yield Part(f"{lang} editions", beside, at=(editions.address(lang, library),), lang=lang)
            yield Part(
                f"{lang} home", partial(_alone, front.home, reader, self._glossary), at=(reader.address(""),), lang=lang
            )
            yield Part(f"{lang} search", partial(_alone, search.page, reader), at=(search.address(reader),), lang=lang)
            for entry in library:
                if entry.lang == lang and not (entry.kind.name == "page" and entry.id in introductions):
                    name, make = f"{lang} {entry.kind.name}:{entry.id}", partial(self._entry, reader, entry)
                    yield Part(name, make, entry.text.path, below=(address_of(entry, library),), lang=lang)
            for kind in library.kinds.values():
                base = reader.address(folder(kind.name, library))
                if kind.folder_in(library.default_language):
                    # A blog's months are folders whose names nobody has reserved.
                    own = tuple(one for one in kept if one.startswith(base) and one != base)
                    below = (base,) if kind.archive else own
                    made = partial(lists.kind_pages, reader, self._glossary, kind)
                    yield Part(f"{lang} kind {kind.name}", made, at=(base,), below=below, lang=lang)
            for name in LISTINGS:
                listed = partial(lists.shared_pages, reader, name)
                yield Part(f"{lang} list {name}", listed, below=(reader.list_address(name),), lang=lang)
            if any(kind.welcomes_wanted for kind in library.kinds.values()):
                yield Part(f"{lang} wanted", partial(front.wanted, reader), below=(wanted_address(reader),), lang=lang)

    def prepare(self) -> None:
        """Find out what parts need to know of the whole hub: who is forked from here on need not do it again."""
        for entry in self._library.entries[:1]:
            of = entry.key
            for question in (("backlinks", *of), ("wiki", entry.title, entry.lang), ("credits", *of[:2]), ("at", "")):
                self.answers.to(question)
        day = self.answers.today
        for lang in self.languages:
            date_text(PartialDate(day.year, day.month, day.day), lang)

    def pages(self, part: Part) -> Planned:
        """Plan a part; a text that cannot be planned costs its own pages."""
        try:
            with self._log.recording() as asked:
                return Planned(tuple(part.make()), tuple(asked))
        except Exception as error:
            if not part.path:
                raise
            self.broken[part.path] = f"{type(error).__name__}: {error}"
            return Planned()

    @property
    def languages(self) -> tuple[str, ...]:
        """Of the site, the default one first."""
        return self._library.languages

    def asking(self) -> AbstractContextManager[Mapping[Question, None]]:
        """Record what is looked up in a block."""
        return self._log.recording()

    def whole(self) -> Site:
        """Plan all parts: every page with all that goes into it."""
        pages: dict[str, Page] = {}
        for page in chain.from_iterable(self.pages(part).pages for part in self.parts()):
            pages.setdefault(page.address, page)
        return self.site(pages)

    def site(self, pages: Mapping[str, Page]) -> Site:
        """The whole site.

        Args:
            pages: all of them, by address; what goes into their bodies is not needed here.
        """
        redirects = self.redirects(pages)
        archive = tuple(self.archive(pages, lambda: redirects))
        return replace(
            self.layout(pages),
            files=self.files,
            made=self.made,
            sitemap=self.sitemap(pages),
            redirects=redirects,
            archive=archive,
        )

    def layout(self, pages: Mapping[str, Page]) -> Site:
        """The site as far as the layout of its pages shows it: which there are, and what stands on each."""
        frame = self._frame
        return Site(
            pages=pages,
            navigation=frame.navigation,
            footer=frame.footer,
            search=frame.search,
            broken=self.broken,
            edition=frame.edition,
            editions=frame.editions,
        )

    @cached_property
    def files(self) -> frozenset[str]:
        """Images and documents of `docs/` that the site may hold."""
        tells = self._retirement.is_told_by
        files = frozenset(uri for uri in self._library.assets if is_plain_file(uri) and not tells(uri))
        return files - _withheld(self._loaded.library, self._library)

    @cached_property
    def made(self) -> tuple[MadeFile, ...]:
        """Files that stand beside no page."""
        config = self._loaded.config
        return (MadeFile(cff.NAME, cff.write(cite_hub(self._library, config), repository=config.repo_url)),)

    def sitemap(self, pages: Mapping[str, Page]) -> tuple[MadeFile, ...]:
        """The map for search engines, and its parts."""
        return sitemap.sitemap(pages, self._loaded.config.site_url)

    def redirects(self, pages: Collection[str]) -> Mapping[str, str]:
        """Old addresses that no page has taken since, and where they lead."""
        return moved.redirects(self._library, pages, self._addresses, self._retirement.is_told_by)

    @cached_property
    def _addresses(self) -> moved.Addresses | None:
        docs = self._loaded.config.docs_dir.relative_to(self._loaded.config.root).as_posix()
        return moved.Addresses(self._library, self._history, docs) if self._history else None

    @property
    def frame(self) -> str:
        """A hash of what stands on every page, and of what shapes all pages in ways that nobody looks up."""
        library, whole = self._library, self._loaded.library
        left = [self.answers.face(entry) for entry in whole if entry.is_retired]
        shaping = (library.vocabularies, library.kinds, sorted(library.hidden), sorted(library.hidden_names))
        past = (self._history.is_known, self._history.is_shallow, self._history.prefix) if self._history else ()
        told = (
            self._frame,
            self._wants_many,
            shaping,
            whole.salt,
            self._loaded.withheld,
            left,
            past,
            tuple(self._others),
        )
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def standing(self) -> Standing:
        """What holds of the whole hub, for a plan of a part of it."""
        return Standing.of(self._loaded.library, self._frame, self.answers.listed, wants_many=self._wants_many)

    @cached_property
    def _frame(self) -> Frame:
        if self._standing:
            return self._standing.frame
        readers, edition, library = self._readers, self._edition, self._library
        languages = library.languages
        return Frame(
            navigation={reader.lang: tuple(_navigation(reader)) for reader in readers},
            footer={reader.lang: tuple(_menu(reader, "footer")) for reader in readers},
            search={reader.lang: search.box(reader) for reader in readers},
            edition={lang: editions.shown(edition, lang) for lang in languages} if edition else {},
            editions={lang: editions.address(lang, library) for lang in languages} if self._others else {},
        )

    def _entry(self, reader: Reader, entry: Entry) -> Iterator[Page]:
        self._log.note("text", *entry.key)
        self._log.note("surface", *entry.key)
        archive = self._archives.get(reader.lang)
        past = archive.past(entry) if archive else None
        state = translated.state(archive, entry) if archive else None
        if self._edition:
            past, state = past and replace(past, address=""), state and replace(state, changes="")
        return entries.pages(reader, self._glossary, entry, past, state)

    def _anew(self, make: Callable[[], Iterable[Page]]) -> Iterable[Page]:
        """Pages that are made in each build: what they depend on is no question to the library."""
        self._log.note("always")
        return make()

    def archive(self, pages: Collection[str], redirects: Callable[[], Collection[str]]) -> Iterator[Part]:
        """The parts of the bare layout.

        Args:
            pages: the addresses of all pages.
            redirects: gives those that lead to another.
        """
        addresses = self._addresses
        if addresses is None or self._edition:
            return

        def is_taken(address: str) -> bool:
            return address in pages or address in redirects()

        with_page = owners(self._library)
        for lang, archive in self._archives.items():
            for entry in (one for one in archive.texts() if one.key in with_page):
                name, below = f"{lang} history {entry.kind.name}:{entry.id}", (address_of(entry, self._library),)
                make = partial(_free, partial(archive.pages, entry), pages)
                yield Part(name, make, entry.text.path, below=below)
            for entry in self._library:
                if entry.lang == lang and entry.key in with_page and translated.original_of(entry, self._library):
                    name = f"{lang} translation {entry.kind.name}:{entry.id}"
                    make = partial(_free, partial(translated.pages, archive, entry), pages)
                    yield Part(name, make, entry.text.path, below=(address_of(entry, self._library),))
            gone = partial(moved.gone, archive.reader, addresses, is_taken, archive.clean, self._retirement.is_told_by)
            yield Part(f"{lang} gone", partial(self._anew, gone), below=("",))


def _wants_many(reader: Reader) -> bool:
    """Whether the list of wanted pages is too long for one page."""
    wanted, most = reader.library.wanted, most_on_a_page(reader)
    return len(wanted) > most and len({slug(name) for name in wanted}) > most


def _alone(make: Callable[..., Page], *given: Any) -> tuple[Page]:
    return (make(*given),)


def _free(make: Callable[[], Iterable[Page]], pages: Collection[str]) -> Iterator[Page]:
    return (page for page in make() if page.address not in pages)


def _withheld(library: Library, public: Library) -> frozenset[str]:
    """Files that only texts and people name which are not shown."""
    named = {file for entry in library for file in files_of(entry)} | library.withheld_files
    shown = (entry for entry in public if entry.status != "withdrawn" and getattr(entry, "shows_profile", True))
    return frozenset(named - {file for entry in shown for file in files_of(entry)})


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
    library = reader.library
    works = dict.fromkeys(entry.key[:2] for entry in library if _asks_for_menu(entry))
    shown = (entry for work in works if (entry := library.get(*work, reader.lang)))
    asking = ((entry.in_menu(), entry) for entry in shown if entry.status != "withdrawn")
    placed = sorted(((place[1], entry.id, entry) for place, entry in asking if place and place[0] == menu), key=_place)
    for _, _, entry in placed:
        link = reader.link(entry)
        yield NavItem(link.text, link.address, link.lang)


@once
def _asks_for_menu(entry: Entry) -> bool:
    return entry.in_menu() is not None


def _place(item: tuple[int, str, Entry]) -> tuple[int, str]:
    return item[:2]
