"""Plain page: anything in `docs/` outside the kinds' folders."""

from __future__ import annotations

from typing import Annotated

from hub.about import about
from hub.fields import Code, In
from hub.i18n import Label
from hub.model import Entry, Kind


class Page(Entry):
    """Page."""

    menu: Annotated[Code, In("menu")] | None = about("Menu", "Menu", view="hidden", example="navigation")
    menu_rank: int = about("Rang dans le menu", "Place in the menu", default=50, view="hidden", example="10")

    def in_menu(self) -> tuple[str, int] | None:
        """The menu that names it, and its place there."""
        return (str(self.menu), self.menu_rank) if self.menu else None


KIND = Kind(
    name="page",
    model=Page,
    folder=Label("", ""),
    label=Label("Page", "Page"),
    plural=Label("Pages", "Pages"),
    rank=90,
)
