"""Meeting of a group: who came, what was on the table, what came of it."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import about
from hub.fields import Date, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.parts import Part
from hub.views import Thing, When


class AgendaItem(Part):
    """A point of the agenda."""

    title: str = about("Point", "Item", required=True)
    notes: str | None = about("Compte rendu", "Minutes", is_long=True)


class Meeting(Entry):
    """Réunion."""

    group: Annotated[Ref, To("group")] | None = about(
        "Groupe", "Group", example="hub-cops-benin", back=("Réunions", "Meetings")
    )
    date: Date = about("Date", "Date", required=True, view="hidden", example="2015-04-18")
    venue: str | None = about("Lieu de réunion", "Venue")
    attendance: Many[Annotated[Ref | str, To(or_text=True)]] = about(
        "Présents",
        "Attendance",
        default=(),
        example="[person:bruno-meessen]",
        back=("Réunions suivies", "Meetings attended"),
    )
    agenda: Many[AgendaItem] = about("Ordre du jour", "Agenda", default=(), view="agenda")
    documents: Many[Annotated[Ref, To()]] = about(
        "Documents",
        "Documents",
        default=(),
        example="[resource:fiche-projet]",
        back=("Examiné en réunion", "Discussed in meetings"),
    )

    def when(self) -> When | None:
        """The day of the meeting."""
        return When(self.date, self.date)

    def json_ld(self) -> Thing:
        """An event of the group that met."""
        place = Thing("Place", {"name": self.venue}) if self.venue else self.places
        return Thing("Event", {"startDate": self.date, "location": place, "organizer": self.group})

    def card_facts(self) -> tuple[Any, ...]:
        """The group that met."""
        return (self.group,)


KIND = Kind(
    name="meeting",
    model=Meeting,
    folder=Label("reunions", "meetings"),
    label=Label("Réunion", "Meeting"),
    plural=Label("Réunions", "Meetings"),
    description=Label(
        "Les réunions des groupes et ce qu’il en est sorti.", "The groups’ meetings and what came of them."
    ),
    order="date",
    rank=35,
    template=Label("Ce qui a été décidé :\n\n…\n", "What was decided:\n\n…\n"),
)
