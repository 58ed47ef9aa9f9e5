"""Event: a conference or workshop, its call, its sessions and what it produced."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import about
from hub.fields import Date, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.parts import Part
from hub.views import Thing, When


class Call(Part):
    """A call for contributions."""

    opens: Date | None = about("Ouverture", "Opens")
    closes: Date | None = about("Clôture", "Closes", after="opens")
    text: str | None = about("Texte", "Text", is_long=True)


class Session(Part):
    """A session of the programme."""

    time: str | None = about("Heure", "Time", example="09:30")
    title: str = about("Titre", "Title", required=True)
    speakers: Many[Annotated[Ref | str, To(or_text=True)]] = about(
        "Intervenants", "Speakers", default=(), back=("Interventions", "Talks")
    )
    documents: Many[Annotated[Ref, To()]] = about(
        "Documents", "Documents", default=(), back=("Présenté à", "Presented at")
    )


class Event(Entry):
    """Événement."""

    start: Date | None = about("Début", "Start", example="2016-05", view="dates")
    end: Date | None = about("Fin", "End", after="start", view="dates")
    venue: str | None = about("Lieu de l’événement", "Venue", example="Cotonou")
    organisers: Many[Annotated[Ref | str, To(or_text=True)]] = about(
        "Organisateurs", "Organisers", default=(), back=("Événements organisés", "Events organised")
    )
    call: Call | None = about("Appel à contributions", "Call for contributions")
    sessions: Many[Session] = about("Programme", "Programme", default=(), view="table")
    outputs: Many[Annotated[Ref, To()]] = about(
        "Résultats et productions", "Outputs", default=(), back=("Issu de", "Came out of")
    )

    def when(self) -> When | None:
        """From the first to the last day."""
        return When(self.start, self.end) if self.start or self.end else None

    def json_ld(self) -> Thing:
        """An event: when, where, by whom."""
        place = Thing("Place", {"name": self.venue}) if self.venue else self.places
        organizer = tuple(self.organisers)
        return Thing("Event", {"startDate": self.start, "endDate": self.end, "location": place, "organizer": organizer})

    def card_facts(self) -> tuple[Any, ...]:
        """When and where."""
        return (self.start, self.venue)


KIND = Kind(
    name="event",
    model=Event,
    folder=Label("evenements", "events"),
    label=Label("Événement", "Event"),
    plural=Label("Événements", "Events"),
    description=Label("Conférences, ateliers et rencontres.", "Conferences, workshops and gatherings."),
    order="date",
    home=Label("Événements", "Events"),
    invitation=Label("Annoncer un événement", "Announce an event"),
    rank=40,
    template=Label("De quoi il s’agit :\n\n…\n", "What it is about:\n\n…\n"),
)
