"""Glossary term or acronym: feeds the A–Z, the tooltips in texts and the search."""

from __future__ import annotations

from typing import Annotated

from hub.about import about
from hub.fields import Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.views import Thing


class GlossaryTerm(Entry):
    """Terme ou sigle."""

    acronym: str | None = about("Sigle", "Acronym", example="FBR")
    fr: Many[str] = about("En français", "In French", default=(), example="[financement basé sur les résultats]")
    en: Many[str] = about("En anglais", "In English", default=(), example="[results-based financing]")
    variants: Many[str] = about("Autres formes", "Other forms", default=(), example="[RBF]")
    close_to: Many[Annotated[Ref, To("term")]] = about(
        "Proche de", "Close to", default=(), example="[fbp]", back=("Proche de", "Close to")
    )
    definition: str | None = about("Définition", "Definition", view="text")

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of the term."""
        forms = (self.title, self.acronym, *self.fr, *self.en, *self.variants)
        return tuple(dict.fromkeys(form for form in forms if form))

    def json_ld(self) -> Thing:
        """A term of the hub’s glossary."""
        forms = tuple(name for name in self.names if name not in {self.title, self.acronym})
        glossary = Thing("DefinedTermSet", {"name": KIND.plural.in_(str(self.lang))})
        return Thing(
            "DefinedTerm",
            {
                "termCode": self.acronym,
                "alternateName": forms,
                "description": self.definition,
                "inDefinedTermSet": glossary,
            },
        )

    def close_terms(self) -> tuple[Ref, ...]:
        """What the term is close to."""
        return tuple(self.close_to)


KIND = Kind(
    name="term",
    model=GlossaryTerm,
    folder=Label("glossaire", "glossary"),
    label=Label("Terme", "Term"),
    plural=Label("Glossaire", "Glossary"),
    description=Label(
        "Les sigles et les termes du système de santé, en français et en anglais.",
        "Acronyms and terms of the health system, in French and English.",
    ),
    index="glossary",
    invitation=Label("Proposer un terme", "Propose a term"),
    rank=60,
)
