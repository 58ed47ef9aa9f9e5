"""What a page is before it is rendered: an address, a template, and the values that go into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hub.cited import CitedRevision


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as readers see it.

    Attributes:
        text: the words.
        address: the page that it leads to, or a whole URL, or nothing.
        lang: the language of the words where it is not the page's.
        note: what is said beside it (a role).
    """

    text: str
    address: str = ""
    lang: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of an entry or part: its label and values (`Shown`, or `ShownPart` for structures)."""

    name: str
    label: str
    all: tuple[Any, ...]
    view: str = "card"
    under: tuple[str, ...] = ()

    @property
    def first(self) -> Any:
        """The only or first value."""
        return self.all[0]


class ShownPart(dict[str, ShownField]):
    """A structured value: its fields that were given, by name; to a template, one that was not given is None."""

    def __missing__(self, name: str) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in a list; `lang` is the code of its language where that is not the page's."""

    title: str
    address: str
    kind: str
    lang: str = ""
    summary: str = ""
    date: str = ""
    people: tuple[Shown, ...] = ()
    facts: tuple[Shown, ...] = ()
    status: str = ""

    def __hash__(self) -> int:
        return hash((self.title, self.address))  # enough to tell cards apart, and they are looked up all the time


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards under a heading; `more` leads to all of them when they are cut, `total` says how many there are.

    Those of somebody's work are `rows`: the same work stands under each role, and is to take little room.
    """

    label: str
    cards: tuple[Card, ...]
    total: int
    more: str = ""
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A link to a list, with the number of entries in it."""

    text: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of the site that is no page: its address inside the site, and its text."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page tells programs.

    Attributes:
        meta: names and contents of `<meta>` elements, in order.
        json_ld: what the page is about (schema.org) as JSON that may stand inside `<script>`; empty for nothing.
    """

    meta: tuple[tuple[str, str], ...] = ()
    json_ld: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made.

    Attributes:
        address: inside the site, ending in a slash; empty for the home page.
        base: the same without the language's folder: pages of one base are each other's translations.
        lang: its language.
        title, description: for its head.
        template: the template of its body.
        data: all that goes into the body.
        section: the address of the navigation entry that it belongs to.
        noindex: whether search engines are asked to pass it over.
        head: what its head tells programs.
        files: the files that stand beside it.
    """

    address: str
    base: str
    lang: str
    title: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    section: str = ""
    noindex: bool = False
    head: Head = Head()
    files: tuple[MadeFile, ...] = ()


class Part(NamedTuple):
    """Pages that are planned together.

    Attributes:
        name: what they show, for people.
        make: plans them.
        path: the file of the text whose pages they are, if they are those of one.
        at: addresses at which they may stand.
        below: addresses at or below which they may stand.
        lang: their language; lists of one language hold the same cards.
    """

    name: str
    make: Callable[[], Iterable[Page]]
    path: str = ""
    at: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page's HTML and its headings as (level, id, title)."""

    html: str
    toc: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation: a section, never an entry of the hub; `lang` where its name is not in the page's."""

    text: str
    address: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class SearchBox:
    """What the search box on every page needs.

    Attributes:
        address: the page of results.
        words: what its script says, in the language of the page, as JSON; `{0}` stands for what only the browser knows.
    """

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Past:
    """What a text's page says of its revisions.

    Attributes:
        count: how many there are.
        date: of the last one, in words.
        people: whose work that was.
        address: of the page that lists them.
        cited: the one that the page shows, for references to it; None where the text is not as any of them was.
    """

    count: int
    date: str
    people: tuple[Shown, ...]
    address: str
    cited: CitedRevision | None = None


@dataclass(frozen=True, slots=True)
class Translated:
    """What a translation's page says of its original.

    Attributes:
        original: the link to it.
        state: `current`, `stale`, `stub` (only begun), or `unknown`.
        date: of the revision that was translated, in words, where the original has changed since.
        sections: the headings of the original below which it changed.
        changes: the page that shows what changed.
    """

    original: Shown
    state: str
    date: str = ""
    sections: tuple[str, ...] = ()
    changes: str = ""


@dataclass(frozen=True, slots=True)
class InEdition:
    """Of which edition a page is one: its name, and when that was released, in words."""

    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Site:
    """Every page of the site.

    Attributes:
        pages: by address.
        navigation: the sections, by language.
        footer: the pages linked at the foot, by language.
        search: the search box, by language.
        files: images and documents of `docs/` that the site may hold.
        made: files that the hub makes and that stand beside no page.
        sitemap: the map for search engines, which hosts pack as well, and its parts.
        redirects: old addresses to addresses.
        broken: what could not be planned, and why.
        edition: by language, of which edition this is the site; empty for the current one.
        editions: by language, the page that lists the editions; empty where there is none.
        archive: the pages of the bare layout, of which there may be too many to hold.
    """

    pages: Mapping[str, Page]
    navigation: Mapping[str, tuple[NavItem, ...]]
    footer: Mapping[str, tuple[NavItem, ...]]
    search: Mapping[str, SearchBox]
    files: frozenset[str] = frozenset()
    made: tuple[MadeFile, ...] = ()
    sitemap: tuple[MadeFile, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    edition: Mapping[str, InEdition] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)
    archive: tuple[Part, ...] = ()

    def alternates(self, page: Page, languages: tuple[str, ...]) -> dict[str, str]:
        """The addresses of a page in each language that it exists in, itself included."""
        found = {}
        for lang in languages:
            address = page.base if lang == languages[0] else f"{lang}/{page.base}"
            if address in self.pages:
                found[lang] = address
        return found
