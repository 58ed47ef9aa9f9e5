"""Addresses that were, and where they lead now: nobody who kept one is left at nothing.

Old addresses are those that a text names itself (`aliases`) and those of all paths that its file ever had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath

from hub.addresses import address_of, entry_address, folder
from hub.dates import PartialDate
from hub.history import History
from hub.history.lines import Event
from hub.i18n import N_
from hub.library import Library
from hub.naming import Naming, is_device
from hub.site import search
from hub.site.page import Page, Shown
from hub.site.reader import Reader
from hub.words import date_text

_PLAIN = re.compile(r"(?!\.+$)[\w.~-]{1,100}")
"""A part of an old address; anything else cannot have been one, or is no name for a folder."""


class Addresses:
    """The addresses that the hub's texts had, as the history tells of them.

    Args:
        library: as readers may see it.
        history: of the texts.
        docs: their folder, relative to the hub's.
    """

    def __init__(self, library: Library, history: History, docs: str) -> None:
        self._library, self._history = library, history
        self._docs = f"{history.prefix}{docs}/"
        self._naming = Naming(library.kinds, library.languages)

    def before(self, path: str) -> Iterator[str]:
        """The addresses that a text had, by its path relative to the hub's folder."""
        line = self._history.line(path)
        for old in dict.fromkeys(event.path for event in line.events) if line else ():
            found = self._of(old)
            if found:
                yield found[0]

    def gone(self, lang: str) -> Iterator[tuple[str, Event]]:
        """The addresses of texts of a language whose files were deleted, and when and why that was."""
        for line in self._history.gone():
            for old in dict.fromkeys(event.path for event in line.events):
                found = self._of(old)
                if found and found[1] == lang:
                    yield found[0], line.events[0]

    def _of(self, path: str) -> tuple[str, str] | None:
        """The address that a text had by its path in the repository, and its language; None for what is no text."""
        uri = path.removeprefix(self._docs)
        if not path.startswith(self._docs) or PurePosixPath(uri).suffix != ".md":
            return None
        kind, entry_id, lang = self._naming.of(uri)
        return entry_address(kind.name, entry_id, lang, self._library), lang


def redirects(
    library: Library, pages: Collection[str], addresses: Addresses | None, is_private: Callable[[str], bool]
) -> Mapping[str, str]:
    """Old addresses that no page has taken since: of pages, or of files where they ended in `.html`.

    Those that hold the name or the id of whoever has left lead nowhere.
    """
    found: dict[str, str] = {}
    for entry in library:
        known = addresses.before(entry.text.path) if addresses and not entry.is_retired else ()
        for alias in (*entry.aliases, *known):
            old = alias.strip("/").removesuffix("index.html").strip("/")
            old = old if old.endswith(".html") else f"{old}/"
            inside = all(_PLAIN.fullmatch(part) and not is_device(part) for part in old.removesuffix("/").split("/"))
            if inside and old not in pages and not is_private(old):
                found.setdefault(old, address_of(entry, library))
    return found


def gone(
    reader: Reader,
    addresses: Addresses,
    is_taken: Callable[[str], bool],
    clean: Callable[[str], str],
    is_private: Callable[[str], bool],
) -> Iterator[Page]:
    """What stands at the addresses of texts that were deleted: when and why that was, and where to look instead.

    The title is not said, and of people nothing is: it may be what was to go. `clean` takes the names of those who have
    left out of what is said. There is no page where an address holds one (`is_private`) or another page stands
    (`is_taken`).
    """
    private = {
        reader.address(folder(kind.name, reader.library))
        for kind in reader.library.kinds.values()
        if hasattr(kind.model, "shows_profile")
    }
    made: set[str] = set()
    for address, event in addresses.gone(reader.lang):
        if is_taken(address) or address in made or is_private(address):
            continue
        made.add(address)
        says = not address.startswith(tuple(private))
        data = {
            "date": date_text(PartialDate.parse(event.date[:10]), reader.lang),
            "why": clean(event.message.partition("\n")[0]) if says else "",
            "search": Shown(reader.say(N_("Search")), search.address(reader)),
        }
        title = reader.say(N_("This text was taken away"))
        yield Page(address, address, reader.lang, title, "gone.html", data, noindex=True)
