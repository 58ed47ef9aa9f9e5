"""Structured values that any entry may hold: who took part, where, from what source, related to what."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from hub.about import about
from hub.fields import Address, Code, Date, In, Many, Ref, To


class Part(BaseModel):
    """A structured value inside an entry (a lesson, a member). Unknown keys are faults.

    Attributes:
        qualifies: the field whose reference is told more of (a contributor's person).
        qualifier: the field whose codes say in what capacity that one is meant (a contributor's roles).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
    qualifies: ClassVar[str] = ""
    qualifier: ClassVar[str] = ""


class Contribution(Part):
    """One person's part in an entry, with the affiliation at the time."""

    qualifies, qualifier = "person", "roles"
    person: Annotated[Ref, To("person")] = about(
        "Personne",
        "Person",
        required=True,
        example="jean-paul-dossou",
        back=("Contributions", "Contributions"),
        by_qualifier=True,
    )
    roles: Many[Annotated[Code, In("role")]] = about("Rôles", "Roles", default=(), example="[rédaction, facilitation]")
    affiliation: Annotated[Ref | str, To("organisation", or_text=True)] | None = about(
        "Affiliation à l’époque",
        "Affiliation at the time",
        example="organisation:cerrhud",
        back=("Travaux de ses membres", "Work of its people"),
    )


def country_alone(value: Any) -> Any:
    """A country's name alone stands for a place."""
    return {"country": value} if isinstance(value, str) else value


class Place(Part):
    """Where it happened, from the country to the facility; a country's name alone is enough."""

    country: Annotated[Code, In("country")] | None = about("Pays", "Country", example="BJ")
    department: str | None = about("Département ou province", "Department or province")
    health_zone: str | None = about("Zone sanitaire", "Health zone")
    facility: str | None = about("Formation sanitaire", "Health facility")


Places = Many[Annotated[Place, BeforeValidator(country_alone)]]


class Source(Part):
    """The document that an entry was drawn from."""

    title: str = about("Titre du document", "Title of the document", required=True, example="Affiche de synthèse")
    authors: Many[str] = about("Auteurs", "Authors", default=())
    date: Date | None = about("Date", "Date", example="2015-05-28")
    url: Address | None = about("Adresse", "Address")
    file: str | None = about("Fichier", "File")
    page: str | None = about("Page", "Page")
    method: str | None = about("Mode de reprise", "How it was taken over", example="reformulation")


class Relation(Part):
    """A link to another entry that says what it means, seen from this one."""

    ref: Annotated[Ref, To()] = about("Entrée", "Entry", required=True, example="note:appui-dds")
    relation: Annotated[Code, In("relation")] = about("Relation", "Relation", default=Code("see-also", "relation"))


def relations_alone(value: Any) -> Any:
    """A reference alone stands for a relation."""
    return [
        {"ref": item} if isinstance(item, str) else item for item in (value if isinstance(value, list) else [value])
    ]


Relations = Annotated[tuple[Relation, ...], BeforeValidator(relations_alone)]


class Dismissal(Part):
    """A finding of `hub check` that is none, and why."""

    rule: str = about("Règle", "Rule", required=True, example="phone-number")
    reason: str = about("Motif", "Reason", required=True, example="Le standard public du ministère.")
    text: str | None = about("Passage", "Words", example="97 12 34 56")


class Withdrawal(Part):
    """Why an entry is no longer shown, and since when."""

    date: Date = about("Date", "Date", required=True, example="2026-11-01")
    reason: str = about("Motif", "Reason", required=True, example="Les chiffres étaient faux.", is_long=True)


class Comment(Part):
    """What somebody said of a page, kept with it: plain words, of which nothing is made but paragraphs."""

    author: Annotated[Ref | str, To(or_text=True)] = about(
        "Auteur", "Author", required=True, example="Awa Sow", back=("Commentaires", "Comments")
    )
    date: Date | None = about("Date", "Date", example="2026-11-01")
    text: str = about("Texte", "Text", required=True, example="Dans notre zone, la même chose.", is_long=True)
