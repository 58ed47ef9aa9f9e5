"""Lists from A to Z: on one page, or on a page for each letter where they are long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from hub.nearest import fold
from hub.site.page import Page
from hub.site.reader import Reader

_PAGES = 12
"""Pages of cards that are as long as the longest list on one page."""
_Item = TypeVar("_Item")


class Letter(NamedTuple):
    """A letter of a list, and where its items stand."""

    name: str
    address: str


def letter_of(name: str) -> str:
    """The letter under which people look for a name; `#` for figures and signs."""
    first = fold(name)[:1].upper()
    return first if first.isalpha() else "#"


def part_of(letter: str) -> str:
    """A letter in an address."""
    return "0" if letter == "#" else fold(letter)


def most_on_a_page(reader: Reader) -> int:
    """How many items a list has that stands on one page."""
    return _PAGES * reader.config.page_size


def address(reader: Reader, base: str, letter: str) -> str:
    """The page of a letter of the list at `base`."""
    return reader.address(f"{base}page/{part_of(letter)}/")


def by_letter(items: Sequence[_Item], name_of: Callable[[_Item], str]) -> dict[str, tuple[_Item, ...]]:
    """Items by their letters, `#` first."""
    found: dict[str, list[_Item]] = {}
    for item in items:
        found.setdefault(letter_of(name_of(item)), []).append(item)
    return {letter: tuple(found[letter]) for letter in sorted(found)}


def letter_pages(
    reader: Reader,
    base: str,
    title: str,
    template: str,
    items: Sequence[_Item],
    name_of: Callable[[_Item], str],
    *,
    weight: Callable[[_Item], int],
    section: str,
) -> Iterator[Page]:
    """A list: on one page, or the items that weigh most and the letters, and a page for each of these.

    Args:
        reader: for whom.
        base: the list's address without the language's folder.
        title: of the list.
        template: gets `items`, their number in all (`total`), the `letters` of a long list, and the page's `letter`.
        items: in order.
        name_of: gives the name by which people look for one.
        weight: says how much is to be found under one.
        section: base of the navigation entry that the list belongs to.
    """
    most, whole = most_on_a_page(reader), tuple(items)
    groups = by_letter(whole, name_of) if len(whole) > most else {}
    letters = tuple(Letter(one, address(reader, base, one)) for one in groups)
    heaviest = {id(item) for item in sorted(whole, key=weight, reverse=True)[:most]} if groups else set()
    first = tuple(item for item in whole if id(item) in heaviest) if groups else whole
    for letter, shown in {"": first, **groups}.items():
        own = f"{base}page/{part_of(letter)}/" if letter else base
        full = f"{title} – {letter}" if letter else title
        data: dict[str, Any] = {
            "title": title,
            "items": shown,
            "total": len(whole),
            "letters": letters,
            "letter": letter,
        }
        yield Page(reader.address(own), own, reader.lang, full, template, data, section=reader.address(section))
