"""Project or programme: its identity card (fields of IATI 2.03), results framework, governance and milestones."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import about
from hub.fields import Amount, Anchor, Code, Date, In, Interval, Many, Ref, To, YesNo
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.parts import Part, Place
from hub.views import Citation, CitedPart, Thing, When

_FUNDING, _ACCOUNTABLE = "1", "2"
"""Roles of organisations (IATI OrganisationRole)."""


class ParticipatingOrg(Part):
    """An organisation and its role (IATI OrganisationRole)."""

    qualifies, qualifier = "org", "role"
    org: Annotated[Ref, To("organisation")] = about(
        "Organisation", "Organisation", required=True, example="medecins-sans-vacances", back=("Projets", "Projects")
    )
    role: Annotated[Code, In("organisation-role")] = about("Rôle", "Role", required=True, example="mise en œuvre")


class PolicyMarker(Part):
    """An OECD-DAC policy marker and its significance, shown as the number that the source gives."""

    marker: Annotated[Code, In("policy-marker")] = about("Marqueur", "Marker", required=True, example="genre")
    significance: int = about("Importance", "Significance", required=True, example="1")


class Indicator(Part):
    """How a result is measured; a target belongs to its horizon."""

    statement: str = about("Indicateur", "Indicator", required=True)
    baseline: str | None = about("Départ", "Baseline")
    target: str | None = about("Cible", "Target", example="20 %")
    horizon: str | None = about("Horizon", "Horizon", example="8 ans")


class Result(Part):
    """One result of the framework, with an address of its own (`project:…#R1`)."""

    id: Anchor = about("Repère", "Anchor", required=True, example="R1")
    level: Annotated[Code, In("result-level")] = about("Niveau", "Level", required=True, example="résultat")
    domain: str | None = about("Domaine", "Domain")
    statement: str = about("Énoncé", "Statement", required=True, is_long=True)
    indicators: Many[Indicator] = about("Indicateurs", "Indicators", default=())


class Body(Part):
    """A governing body."""

    body: str = about("Instance", "Body", required=True)
    members: Many[Annotated[Ref | str, To(or_text=True)]] = about(
        "Membres", "Members", default=(), back=("Siège dans", "Sits in")
    )
    chair: Annotated[Ref | str, To(or_text=True)] | None = about("Présidence", "Chair", back=("Préside", "Chairs"))
    role: str | None = about("Rôle", "Role")


class Milestone(Part):
    """A step, done or to come; `date` may be a period."""

    date: Interval = about("Date", "Date", required=True, example="2006-02")
    label: str = about("Étape", "Milestone", required=True)
    done: YesNo | None = about("Franchie", "Done", example="oui")


class Project(Entry):
    """Projet ou programme."""

    iati_identifier: str | None = about("Identifiant IITA", "IATI identifier", example="XM-DAC-2-10-8401")
    crs_id: str | None = about("Identifiant SNPC (CRS)", "CRS identifier", example="2022008401")
    activity_status: Annotated[Code, In("activity-status")] | None = about("État de l’activité", "Activity status")
    start_date: Date | None = about("Début", "Start", example="2022-01", view="dates")
    end_date: Date | None = about("Fin", "End", example="2026-12", after="start_date", view="dates")
    budget: Amount | None = about("Budget", "Budget", example="1299253 EUR")
    participating_orgs: Many[ParticipatingOrg] = about(
        "Organisations participantes", "Participating organisations", default=()
    )
    recipient_country: Annotated[Code, In("country")] | None = about(
        "Pays bénéficiaire", "Recipient country", example="BJ"
    )
    sector: Annotated[Code, In("sector")] | None = about("Secteur", "Sector", example="12220")
    policy_markers: Many[PolicyMarker] = about("Marqueurs de politique", "Policy markers", default=(), view="markers")
    aid_type: Annotated[Code, In("aid-type")] | None = about("Type d’aide", "Aid type", example="B01")
    finance_type: Annotated[Code, In("finance-type")] | None = about(
        "Type de financement", "Finance type", example="110"
    )
    flow_type: Annotated[Code, In("flow-type")] | None = about("Type de flux", "Flow type", example="10")
    tied_status: Annotated[Code, In("tied-status")] | None = about("Aide liée", "Tied status", example="5")
    budget_line: str | None = about("Ligne budgétaire", "Budget line")
    priority_partner_country: YesNo | None = about(
        "Pays partenaire prioritaire", "Priority partner country", example="oui"
    )
    fragile_state: YesNo | None = about("État fragile", "Fragile state", example="non")
    least_developed_country: YesNo | None = about(
        "Pays parmi les moins avancés", "Least developed country", example="oui"
    )
    axes: Many[str] = about("Axes", "Axes", default=(), view="bullets")
    results: Many[Result] = about("Cadre de résultats", "Results framework", default=(), view="framework")
    governance: Many[Body] = about("Gouvernance", "Governance", default=(), view="governance")
    preconditions: Many[str] = about("Conditions préalables", "Preconditions", default=(), view="bullets")
    milestones: Many[Milestone] = about("Étapes", "Milestones", default=(), view="timeline")

    def citation(self) -> Citation | None:
        """A report of the participating organisations."""
        publishers = tuple(part.org for part in self.participating_orgs)
        return Citation("report", self.title, str(self.lang), self.writers(), self.start_date, publishers)

    def cited_parts(self) -> tuple[CitedPart, ...]:
        """The results of its framework."""
        return tuple(CitedPart(one.id, Label("Résultat", "Result"), one.statement) for one in self.results)

    def json_ld(self) -> Thing:
        """A research project, its IATI identifier and its funding."""
        by_role: dict[str, list[Ref]] = {}
        for part in self.participating_orgs:
            by_role.setdefault(str(part.role), []).append(part.org)
        iati = {"propertyID": "IATI", "value": self.iati_identifier}
        amount = {"value": self.budget.value, "currency": self.budget.currency} if self.budget else None
        return Thing(
            "ResearchProject",
            {
                "identifier": Thing("PropertyValue", iati) if self.iati_identifier else None,
                "funder": tuple(by_role.get(_FUNDING, ())),
                "parentOrganization": tuple(by_role.get(_ACCOUNTABLE, ())),
                "areaServed": self.where(),
                "foundingDate": self.start_date,
                "dissolutionDate": self.end_date,
                "funding": Thing("MonetaryGrant", {"amount": Thing("MonetaryAmount", amount)}) if amount else None,
            },
        )

    def when(self) -> When | None:
        """From the start to the end, as far as they are known."""
        return When(self.start_date, self.end_date) if self.start_date or self.end_date else None

    def where(self) -> tuple[Place, ...]:
        """Its places, or the country that benefits."""
        return self.places or ((Place(country=self.recipient_country),) if self.recipient_country else ())

    def card_facts(self) -> tuple[Any, ...]:
        """Country, status and budget."""
        return (self.recipient_country, self.activity_status, self.budget)


KIND = Kind(
    name="project",
    model=Project,
    folder=Label("projets", "projects"),
    label=Label("Projet ou programme", "Project or programme"),
    plural=Label("Projets et programmes", "Projects and programmes"),
    description=Label(
        "Les projets et programmes dont viennent les notes : qui, où, avec quels résultats attendus.",
        "The projects and programmes that the notes come from: who, where, with what expected results.",
    ),
    home=Label("Projets et programmes", "Projects and programmes"),
    rank=15,
    template=Label(
        "Ce que le projet veut changer, et comment :\n\n…\n", "What the project wants to change, and how:\n\n…\n"
    ),
)
