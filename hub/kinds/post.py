"""Blog post: news and opinion, signed and dated."""

from __future__ import annotations

from typing import Annotated

from hub.about import Form, about
from hub.fields import Date, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.views import Citation, Thing, When


class Post(Entry):
    """Billet."""

    date: Date = about("Date", "Date", required=True, view="hidden", example="2015-05-28")
    authors: Many[Annotated[Ref, To("person")]] = about(
        "Auteurs", "Authors", default=(), view="hidden", example="[jean-paul-dossou]", back=("Billets", "Posts")
    )

    def citation(self) -> Citation | None:
        """A blog post."""
        return Citation("post-weblog", self.title, str(self.lang), self.writers(), self.date)

    def json_ld(self) -> Thing:
        """A post of a blog."""
        return Thing("BlogPosting", is_work=True)

    def when(self) -> When | None:
        """The day on which it appeared."""
        return When(self.date, self.date)


KIND = Kind(
    name="post",
    model=Post,
    folder=Label("billets", "posts"),
    label=Label("Billet", "Post"),
    plural=Label("Blog", "Blog"),
    description=Label("Nouvelles, annonces et points de vue.", "News, announcements and points of view."),
    order="date",
    archive=True,
    home=Label("Nouvelles", "News"),
    invitation=Label("Proposer un billet", "Propose a post"),
    rank=45,
    form=Form(("title", "date", "authors", "keywords")),
    template=Label("…\n", "…\n"),
    drafts_from=("web",),
)
