"""Capitalisation note: what an experience taught, with lessons that can be cited one by one."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import Form, about
from hub.fields import Anchor, Code, Date, In, Interval, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.nearest import fold
from hub.parts import Part
from hub.views import Citation, CitedPart, Thing, When


class Result(Part):
    """What was obtained, on which axis, and how it is known."""

    axis: str | None = about("Axe", "Axis")
    statement: str = about(
        "Résultat", "Result", required=True, example="Les plans de travail sont consolidés.", is_long=True
    )
    indicator: str | None = about("Indicateur", "Indicator")
    value: str | None = about("Valeur", "Value")
    evidence: str | None = about("Preuve", "Evidence", is_long=True)
    contributes_to: Annotated[Ref, To("project")] | None = about(
        "Contribue au résultat",
        "Contributes to the result",
        example="sud-kivu-hainaut#R1",
        back=("Preuves", "Evidence"),
    )


class KeyMoment(Part):
    """A turn in the experience."""

    date: Date | None = about("Date", "Date")
    label: str = about("Moment", "Moment", required=True)


class Lesson(Part):
    """A lesson with an address of its own (`note:…#L1`)."""

    id: Anchor = about("Repère", "Anchor", required=True, example="L1")
    statement: str = about(
        "Leçon",
        "Lesson",
        required=True,
        example="Le lien entre DDS et zones rend les plans réalistes.",
        is_long=True,
    )
    strength: Annotated[Code, In("strength")] | None = about("Force", "Strength", example="modérée")
    applies_when: str | None = about("Valable quand", "Applies when", is_long=True)


class Phase(Part):
    """A phase of the work, in order."""

    title: str = about("Phase", "Phase", required=True)
    text: str | None = about("Contenu", "Content", is_long=True)
    actors: Many[str] = about("Acteurs", "Actors", default=())


class Site(Part):
    """A place of the experience and what was obtained there."""

    name: str = about("Site", "Site", required=True)
    results: Many[str] = about("Résultats", "Results", default=())


class Criterion(Part):
    """One line of a reviewer's grid."""

    criterion: str = about("Critère", "Criterion", required=True)
    answer: Annotated[Code, In("answer")] = about("Réponse", "Answer", required=True, example="oui")
    comment: str | None = about("Commentaire", "Comment", is_long=True)
    reviewer: Annotated[Ref, To("person")] | None = about("Relecteur", "Reviewer", back=("Relectures", "Reviews"))


class Consent(Part):
    """What the people quoted or shown have agreed to."""

    date: Date | None = about("Date", "Date")
    scope: str = about("Portée", "Scope", required=True, example="citations et photos")

    @property
    def covers_photo(self) -> bool:
        """Whether pictures of the people may be shown."""
        return any(word in fold(self.scope) for word in ("photo", "image", "picture"))


class Note(Entry):
    """Note de capitalisation."""

    tier: Annotated[Code, In("tier")] = about("Format", "Format", default=Code("short", "tier"), example="courte")
    experience_period: Interval | None = about(
        "Période de l’expérience", "Period of the experience", example="2009/2014"
    )
    axes: Many[str] = about("Axes", "Axes", default=(), example="[renforcement des services]")
    target_groups: Many[str] = about("Publics visés", "Target groups", default=(), example="[équipes de zone]")
    method: str | None = about("Méthode", "Method", view="text")
    stakeholders: Many[str] = about("Parties prenantes", "Stakeholders", default=(), example="[DDS, zones sanitaires]")
    phases: Many[Phase] = about("Phases", "Phases", default=(), view="phases")
    results: Many[Result] = about(
        "Résultats par axe", "Results by axis", default=(), view="results", under="Résultats|Results"
    )
    sites: Many[Site] = about(
        "Résultats par site", "Results by site", default=(), view="sites", under="Résultats|Results"
    )
    key_moments: Many[KeyMoment] = about("Moments clés", "Key moments", default=(), view="timeline")
    difficulties: Many[str] = about(
        "Difficultés rencontrées", "Difficulties", default=(), view="bullets", under="Difficultés|Difficulties"
    )
    lessons: Many[Lesson] = about(
        "Leçons apprises",
        "Lessons learned",
        default=(),
        view="lessons",
        under="Leçons apprises|Lessons learned",
        example="\n  - id: L1\n    statement: Le lien rend les plans réalistes.\n    strength: modérée",
    )
    sustainability: Many[str] = about("Durabilité", "Sustainability", default=(), view="bullets")
    replicability: str | None = about("Reproductibilité", "Replicability", view="text")
    gender: str | None = about("Genre", "Gender", view="text")
    outlook: Many[str] = about("Perspectives", "Outlook", default=(), view="bullets", under="Perspectives|Outlook")
    recommendations: Many[str] = about("Recommandations", "Recommendations", default=(), view="bullets")
    consent: Consent | None = about("Consentement", "Consent")
    quality_grid: Many[Criterion] = about("Grille de relecture", "Reviewers’ grid", default=(), view="grid")

    @classmethod
    def required_headings(cls, tier: str) -> tuple[Label, ...]:
        """A complete note has the six headings of a capitalisation note."""
        return HEADINGS if tier == "complete" else ()

    def citation(self) -> Citation | None:
        """A report of the organisations behind it."""
        publishers = tuple(self.organisations)
        return Citation("report", self.title, str(self.lang), self.writers(), self.date, publishers, self.doi or "")

    def cited_parts(self) -> tuple[CitedPart, ...]:
        """Its lessons."""
        return tuple(CitedPart(one.id, Label("Leçon", "Lesson"), one.statement) for one in self.lessons)

    def json_ld(self) -> Thing:
        """A report; an article of scholars once someone has reviewed it."""
        reviewed = any(line.reviewer for line in self.quality_grid)
        properties = {"spatialCoverage": self.places, "temporalCoverage": self.experience_period}
        return Thing("ScholarlyArticle" if reviewed else "Report", properties, is_work=True)

    def reviewers(self) -> tuple[Ref | str, ...]:
        """Those credited with a review, and those who filled in the grid."""
        grid = tuple(line.reviewer for line in self.quality_grid if line.reviewer)
        return tuple(dict.fromkeys((*super().reviewers(), *grid)))

    def when(self) -> When | None:
        """The period of the experience."""
        period = self.experience_period
        return When(period.start, period.end) if period else None

    def card_facts(self) -> tuple[Any, ...]:
        """Where, and over which period."""
        return (*self.places[:1], self.experience_period)


HEADINGS = (
    Label("Contexte", "Context"),
    Label("Méthodologie", "Methodology"),
    Label("Résultats", "Results"),
    Label("Difficultés", "Difficulties"),
    Label("Leçons apprises", "Lessons learned"),
    Label("Perspectives", "Outlook"),
)

ALSO_HEADED = {
    "Contexte": (
        *(
            "Contexte et justification",
            "Introduction",
            "Problématique",
            "Justification",
            "Historique",
            "Situation de départ",
        ),
        *("Background", "Rationale", "Problem statement"),
    ),
    "Méthodologie": (
        *("Méthode", "Méthodes", "Démarche", "Approche", "Approche méthodologique", "Processus de mise en œuvre"),
        *(
            "Ce que nous avons fait",
            "Déroulement",
            "Matériel et méthodes",
            "Methods",
            "Approach",
            "Implementation process",
        ),
    ),
    "Résultats": ("Résultats et discussion", "Effets", "Acquis", "Ce qui en est sorti", "Findings", "Achievements"),
    "Difficultés": (
        *("Difficultés rencontrées", "Défis", "Défis rencontrés", "Contraintes", "Obstacles", "Limites"),
        *("Ce qui a été difficile", "Challenges", "Constraints", "Limitations"),
    ),
    "Leçons apprises": (
        *(
            "Leçons",
            "Leçons tirées",
            "Enseignements",
            "Enseignements tirés",
            "Apprentissages",
            "Ce que nous avons appris",
        ),
        *("Lessons", "Lessons learnt", "Learnings", "What we learned"),
    ),
    "Perspectives": ("Suites", "Prochaines étapes", "Et maintenant", "Next steps", "Way forward", "The way forward"),
}
"""What people call these headings in the documents that they hand over."""

KIND = Kind(
    name="note",
    model=Note,
    folder=Label("notes", "notes"),
    label=Label("Note de capitalisation", "Capitalisation note"),
    plural=Label("Notes de capitalisation", "Capitalisation notes"),
    description=Label(
        "Ce que des équipes ont appris en agissant : le contexte, ce qui a été fait, ce qui en est sorti, les leçons.",
        "What teams learned by doing: the context, what was done, what came of it, and the lessons.",
    ),
    order="date",
    home=Label("Dernières notes", "Latest notes"),
    invitation=Label("Proposer une note", "Propose a note"),
    drafts_from=("word", "opendocument", "slides", "pdf"),
    also_headed=ALSO_HEADED,
    rank=10,
    form=Form(
        (
            *("title", "summary", "experience_period", "places", "themes", "target_groups", "lessons"),
            *("keywords", "authors"),
        )
    ),
    template=Label(
        "\n\n".join(f"## {heading.fr}\n\n…" for heading in HEADINGS) + "\n",
        "\n\n".join(f"## {heading.en}\n\n…" for heading in HEADINGS) + "\n",
    ),
)
