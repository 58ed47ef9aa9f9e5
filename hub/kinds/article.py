"""Wiki article: what is known on one question, written by many, begun by anyone."""

from __future__ import annotations

from typing import Annotated

from hub.about import Form, about
from hub.fields import Code, In, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.views import Citation, Thing


class Article(Entry):
    """Article du wiki. Needs only a title."""

    question_answered: str | None = about(
        "Question traitée", "Question answered", example="Comment les indicateurs du FBR sont-ils choisis ?"
    )
    evidence_level: Annotated[Code, In("evidence-level")] | None = about("Niveau de preuve", "Level of evidence")
    stewards: Many[Annotated[Ref, To("person")]] = about(
        "Référents", "Stewards", default=(), back=("Articles suivis", "Articles looked after")
    )

    def maintainers(self) -> tuple[Ref | str, ...]:
        """Its stewards."""
        return self.stewards

    def citation(self) -> Citation | None:
        """An article of the hub's wiki."""
        return Citation(
            "entry-encyclopedia",
            self.title,
            str(self.lang),
            self.writers(),
            self.date,
            tuple(self.organisations),
            self.doi or "",
        )

    def json_ld(self) -> Thing:
        """An article."""
        return Thing("Article", is_work=True)


KIND = Kind(
    name="article",
    model=Article,
    folder=Label("wiki", "wiki"),
    label=Label("Article du wiki", "Wiki article"),
    plural=Label("Wiki", "Wiki"),
    description=Label(
        "Des articles courts, chacun sur une question, que chacun peut compléter.",
        "Short articles, each on one question, which anyone may complete.",
    ),
    welcomes_wanted=True,
    invitation=Label("Proposer un article", "Propose an article"),
    rank=20,
    form=Form(("title", "question_answered", "themes", "keywords", "authors")),
    template=Label(
        "Ce que l’on sait :\n\n…\n\nCe que l’on ne sait pas encore :\n\n…\n",
        "What is known:\n\n…\n\nWhat is not known yet:\n\n…\n",
    ),
)
