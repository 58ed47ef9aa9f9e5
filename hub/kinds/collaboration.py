"""Collaborative project of the community: a task with a manager, terms of reference and an end."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import about
from hub.fields import Code, Date, In, Interval, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.parts import Part
from hub.views import Thing, When


class Positions(Part):
    """How many places there are, and how many are taken."""

    open: int | None = about("Ouvertes", "Open", example="24")
    filled: int | None = about("Pourvues", "Filled", example="2")


class Deliverable(Part):
    """What the work is to hand over."""

    label: str = about("Livrable", "Deliverable", required=True)
    due: Date | None = about("Échéance", "Due")
    ref: Annotated[Ref, To()] | None = about("Entrée", "Entry", back=("Livrable de", "Deliverable of"))


class Evaluation(Part):
    """The peers' evaluation, in summary: never the ratings of one person."""

    date: Date | None = about("Date", "Date")
    criteria: Many[str] = about("Critères", "Criteria", default=())
    answers: int | None = about("Nombre de réponses", "Number of answers")
    summary: str | None = about("Synthèse", "Summary", is_long=True)


class Collaboration(Entry):
    """Projet collaboratif."""

    manager: Annotated[Ref, To("person")] | None = about(
        "Responsable", "Manager", back=("Projets collaboratifs conduits", "Collaborative projects managed")
    )
    terms_of_reference: str | None = about("Termes de référence", "Terms of reference", view="text")
    period: Interval | None = about("Période", "Period", example="2015/2016")
    time_commitment: str | None = about("Temps demandé", "Time commitment", example="une demi-journée par mois")
    working_languages: Many[Annotated[Code, In("language")]] = about(
        "Langues de travail", "Working languages", default=(), example="[fr]"
    )
    positions: Positions | None = about("Places", "Positions")
    deliverables: Many[Deliverable] = about("Livrables", "Deliverables", default=(), view="table")
    evaluation: Evaluation | None = about("Évaluation", "Evaluation")

    def maintainers(self) -> tuple[Ref | str, ...]:
        """Its manager."""
        return (self.manager,) if self.manager else ()

    def when(self) -> When | None:
        """The period of work."""
        return When(self.period.start, self.period.end) if self.period else None

    def json_ld(self) -> Thing:
        """A project that people join."""
        period = self.period
        dates = {"foundingDate": period.start, "dissolutionDate": period.end} if period else {}
        return Thing("Project", {**dates, "parentOrganization": tuple(self.groups)})

    def card_facts(self) -> tuple[Any, ...]:
        """Who manages it, and when."""
        return (self.manager, self.period)


KIND = Kind(
    name="collaboration",
    model=Collaboration,
    folder=Label("collaborations", "collaborations"),
    label=Label("Projet collaboratif", "Collaborative project"),
    plural=Label("Projets collaboratifs", "Collaborative projects"),
    description=Label(
        "Des chantiers ouverts à tous les experts : on y entre, on y contribue, on en sort avec un livrable.",
        "Work open to all experts: one joins, contributes, and leaves with something delivered.",
    ),
    home=Label("Chantiers ouverts", "Open work"),
    rank=25,
    template=Label(
        "Le but :\n\n…\n\nCe que l’on attend de ceux qui rejoignent :\n\n…\n",
        "The aim:\n\n…\n\nWhat is expected of those who join:\n\n…\n",
    ),
)
