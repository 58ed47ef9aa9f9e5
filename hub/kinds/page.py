"""Plain page: anything in `docs/` outside the kinds' folders."""

from __future__ import annotations

from hub.i18n import Label
from hub.model import Entry, Kind


class Page(Entry):
    """Page."""


KIND = Kind(
    name="page",
    model=Page,
    folder=Label("", ""),
    label=Label("Page", "Page"),
    plural=Label("Pages", "Pages"),
    rank=90,
)
