"""Organisation: a ministry, a research centre, an NGO, a donor."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import about
from hub.fields import Address, Code, In, Ror
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.views import Thing


class Organisation(Entry):
    """Organisation."""

    acronym: str | None = about("Sigle", "Acronym", example="CERRHUD")
    type: Annotated[Code, In("organisation-type")] | None = about("Type", "Type", example="80")
    country: Annotated[Code, In("country")] | None = about("Pays", "Country", example="BJ")
    ror: Ror | None = about("Identifiant ROR", "ROR id", example="03gzr6j88")
    iati_org_id: str | None = about("Identifiant IITA", "IATI organisation id", example="XM-DAC-2-10")
    url: Address | None = about("Site", "Website", example="https://www.example.org/")

    @property
    def names(self) -> tuple[str, ...]:
        """Title and acronym."""
        return (self.title, self.acronym) if self.acronym else (self.title,)

    def json_ld(self) -> Thing:
        """An organisation and its ROR id."""
        ror = f"https://ror.org/{self.ror}" if self.ror else None
        addresses = tuple(filter(None, (ror, self.url)))
        return Thing("Organization", {"alternateName": self.acronym, "identifier": ror, "sameAs": addresses})

    def card_facts(self) -> tuple[Any, ...]:
        """Acronym, type and country."""
        return (self.acronym, self.type, self.country)


KIND = Kind(
    name="organisation",
    model=Organisation,
    folder=Label("organisations", "organisations"),
    label=Label("Organisation", "Organisation"),
    plural=Label("Organisations", "Organisations"),
    description=Label("Les organisations nommées dans le hub.", "The organisations named in the hub."),
    rank=55,
)
