"""The list of the editions of the whole site, and what an edition says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hub import emails
from hub.addresses import EDITIONS, in_language
from hub.editions import Edition
from hub.i18n import N_
from hub.library import Library
from hub.retirement import Retirement
from hub.site.page import InEdition, Page
from hub.site.reader import Reader
from hub.words import date_text


@dataclass(frozen=True, slots=True)
class Built:
    """An edition that stands in the site.

    Attributes:
        edition: which.
        texts: how many it holds.
        languages: those that it has pages in, its default language first.
    """

    edition: Edition
    texts: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An edition as the list shows it."""

    name: str
    date: str
    message: str
    texts: int
    address: str


def shown(edition: Edition, lang: str) -> InEdition:
    """What the pages of an edition say of it."""
    return InEdition(edition.name, date_text(edition.date, lang))


def address(lang: str, library: Library) -> str:
    """The address of the list in a language."""
    return in_language(_folder(library), lang, library)


def place(edition: Edition, library: Library) -> str:
    """The folder of an edition in the site, ending in a slash."""
    return f"{_folder(library)}{edition.name}/"


def page(reader: Reader, built: Sequence[Built], retirement: Retirement) -> Page:
    """The list of the editions, for a reader of a language."""

    def clean(text: str) -> str:
        return emails.without(retirement.text(text, reader.lang), reader.lang)

    told = tuple(
        Told(
            one.edition.name,
            date_text(one.edition.date, reader.lang),
            clean(one.edition.message),
            one.texts,
            place(one.edition, reader.library) + _home(one, reader.lang),
        )
        for one in built
    )
    title = reader.say(N_("Editions"))
    data = {"title": title, "editions": told, "home": reader.address("")}
    base = _folder(reader.library)
    return Page(address(reader.lang, reader.library), base, reader.lang, title, "editions.html", data)


def _home(built: Built, lang: str) -> str:
    """The home page of an edition for a reader of a language, as far as it has one."""
    return f"{lang}/" if lang in built.languages[1:] else ""


def _folder(library: Library) -> str:
    return f"{EDITIONS.in_(library.default_language)}/"
