"""Pages are told apart by all that goes into them, the cards that stand in many of them included."""

from __future__ import annotations

from dataclasses import replace

from hub.site.page import Card, Page, Shown
from hub_mkdocs.contents import Contents


def page(*cards: Card, title: str = "Notes") -> Page:
    return Page("notes/", "notes/", "fr", title, "list.html", {"cards": cards, "total": len(cards)})


def card(number: int, name: str = "Ada") -> Card:
    return Card(f"Note {number}", f"notes/{number}/", "Note", people=(Shown(name),))


def test_pages_of_equal_cards_are_the_same_whoever_made_these() -> None:
    contents = Contents()
    first = contents.of(page(card(1), card(2)))
    assert contents.of(page(card(1), card(2))) == first
    assert Contents().of(page(card(1), card(2))) == first


def test_whatever_is_another_makes_another_page() -> None:
    contents, one, two = Contents(), card(1), card(2)
    pages = [
        page(one, two),
        page(two, one),
        page(one),
        page(one, one),
        page(one, two, title="Autres"),
        page(one, card(2, "Bob")),
        page(one, replace(two, status="Brouillon")),
        replace(page(one, two), noindex=True),
    ]
    assert len({contents.of(each) for each in pages}) == len(pages)
