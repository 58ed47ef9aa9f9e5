"""Group: the hub itself, a community of practice (CoP), a technical working group (GTT), a committee."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import about
from hub.fields import Code, Date, In, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.parts import Part
from hub.views import Thing


class Member(Part):
    """A member and what they do in the group."""

    who: Annotated[Ref | str, To(or_text=True)] = about(
        "Membre", "Member", required=True, example="person:jean-paul-dossou", back=("Membre de", "Member of")
    )
    role: str | None = about("Fonction", "Function", example="facilitation")
    since: Date | None = about("Depuis", "Since")
    until: Date | None = about("Jusqu’à", "Until", after="since")


class Group(Entry):
    """Groupe."""

    type: Annotated[Code, In("group-type")] = about("Type", "Type", required=True, example="gtt")
    acronym: str | None = about("Sigle", "Acronym", example="CoP AFSS")
    parent: Annotated[Ref, To("group")] | None = about(
        "Rattaché à", "Part of", back=("Groupes rattachés", "Groups in it")
    )
    mandate: str | None = about("Mandat", "Mandate", view="text")
    chair: Annotated[Ref | str, To(or_text=True)] | None = about("Présidence", "Chair", back=("Préside", "Chairs"))
    secretary: Annotated[Ref | str, To(or_text=True)] | None = about(
        "Secrétariat", "Secretary", back=("Secrétaire de", "Secretary of")
    )
    members: Many[Member] = about("Membres", "Members", default=(), view="members")
    meets_every: str | None = about("Périodicité des réunions", "Meets", example="tous les 3 mois")

    @property
    def names(self) -> tuple[str, ...]:
        """Title and acronym."""
        return (self.title, self.acronym) if self.acronym else (self.title,)

    def maintainers(self) -> tuple[Ref | str, ...]:
        """Its chair."""
        return (self.chair,) if self.chair else ()

    def membership(self) -> tuple[Ref | str, ...]:
        """Chair, secretary and members, past ones included."""
        leads = tuple(who for who in (self.chair, self.secretary) if who)
        return (*leads, *(member.who for member in self.members))

    def json_ld(self) -> Thing:
        """A group is a body of people, part of another or of none."""
        return Thing("Organization", {"alternateName": self.acronym, "parentOrganization": self.parent})

    def card_facts(self) -> tuple[Any, ...]:
        """What sort of group it is."""
        return (self.type,)


KIND = Kind(
    name="group",
    model=Group,
    folder=Label("groupes", "groups"),
    label=Label("Groupe", "Group"),
    plural=Label("Groupes et communautés", "Groups and communities"),
    description=Label(
        "Le hub, les communautés de pratique et les groupes techniques de travail.",
        "The hub, the communities of practice and the technical working groups.",
    ),
    rank=30,
    template=Label("Ce que fait le groupe :\n\n…\n", "What the group does:\n\n…\n"),
)
