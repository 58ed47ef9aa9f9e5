"""Archived document: a report, a presentation, a poster, with its rights."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import about
from hub.fields import Address, Date, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.views import Citation, Thing, When


class Resource(Entry):
    """Document."""

    authors: Many[Annotated[Ref | str, To(or_text=True)]] = about(  # type: ignore[assignment]  # may lack a page
        "Auteurs", "Authors", default=(), view="card", example="[person:bruno-meessen]", back=("Documents", "Documents")
    )
    year: Date | None = about("Année", "Year", example="2015")
    rights: str | None = about("Droits", "Rights", example="© les auteurs")
    file: str | None = about("Fichier", "File", view="download", example="affiche.pdf")
    url: Address | None = about("Adresse", "Address", example="https://www.example.org/rapport.pdf")

    def citation(self) -> Citation | None:
        """A document."""
        return Citation(
            "document",
            self.title,
            str(self.lang),
            tuple(self.authors),
            self.year,
            tuple(self.organisations),
            self.doi or "",
        )

    def json_ld(self) -> Thing:
        """A document, which is not of the hub’s making."""
        authors, publisher = tuple(self.authors), tuple(self.organisations)
        properties = {"author": authors, "publisher": publisher, "datePublished": self.year, "sameAs": self.url}
        return Thing("CreativeWork", {**properties, "identifier": self.doi})

    def when(self) -> When | None:
        """The year of publication."""
        return When(self.year, self.year) if self.year else None

    def card_facts(self) -> tuple[Any, ...]:
        """Year and authors."""
        return (self.year, *self.authors[:2])


KIND = Kind(
    name="resource",
    model=Resource,
    folder=Label("ressources", "resources"),
    label=Label("Document", "Document"),
    plural=Label("Documents", "Documents"),
    description=Label("Les documents archivés et leurs droits.", "Archived documents and their rights."),
    invitation=Label("Proposer un document", "Propose a document"),
    rank=65,
)
