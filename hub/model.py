"""Entries and kinds: a text of a hub, typed and frozen.

`Entry` is what every content type has in common; each file of `hub/kinds/` adds its own fields. Nothing here reads a
file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date as day
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from hub.about import Form, about
from hub.dates import PartialDate
from hub.fields import Code, Date, Identifier, In, Many, Ref, To
from hub.i18n import Label
from hub.markdown import Outline, Text, read
from hub.packed import Packed
from hub.parts import Comment, Contribution, Dismissal, Place, Places, Relations, Source, Withdrawal
from hub.source import SourceText
from hub.views import Citation, CitedPart, Credit, Name, Thing, When


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from, set when it is bound.

    Attributes:
        kind: its kind.
        src_uri: its file, relative to `docs/`.
        source: the file's text, with the place of every value.
        markdown: its body, read.
        notice: a revision under way (`submitted`, `in-review`) while the last published one is shown.
        is_as_written: whether the entry says what its file says; not so where something was taken out for readers.
    """

    kind: Kind
    src_uri: str
    source: SourceText
    markdown: Text
    notice: str = ""
    is_as_written: bool = True


def _unnoticed(entry: Entry) -> None:
    """Nobody wants to know whose text is read."""


TEXT_READ: ContextVar[Callable[[Entry], None]] = ContextVar("TEXT_READ", default=_unnoticed)
"""Is told of each entry whose text is read: a page that shows a text depends on more than one that names its title."""


class Entry(BaseModel):
    """What every entry has. A kind adds fields, and overrides the views that mean something for it.

    Attributes:
        required_headings: headings that the text of such an entry must have, by language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    title: str = about("Titre", "Title", required=True, view="hidden", example="La supervision dans la zone sanitaire")
    id: Identifier = about("Identifiant", "Id", required=True, view="hidden", example="supervision-zone-sanitaire")
    lang: Annotated[Code, In("language")] = about("Langue", "Language", required=True, view="hidden", example="fr")
    summary: str = about(
        "Résumé", "Summary", default="", view="hidden", example="Ce que cinq ans ont appris.", is_long=True
    )
    date: Date | None = about("Date", "Date", view="hidden", example="2015-04-18")
    keywords: Many[str] = about("Mots clés", "Keywords", default=(), view="hidden", example="[qualité des soins, FBR]")
    themes: Many[Annotated[Code, In("themes")]] = about(
        "Thèmes", "Themes", default=(), view="hidden", example="[financement]"
    )
    places: Places = about("Lieux", "Places", default=(), example="[BJ]")
    authors: Many[Annotated[Ref, To("person")]] = about(
        "Auteurs", "Authors", default=(), view="hidden", example="[jean-paul-dossou]", back=("Auteur", "Author")
    )
    contributors: Many[Contribution] = about(
        "Contributeurs",
        "Contributors",
        default=(),
        view="hidden",
        example="\n  - person: jean-paul-dossou\n    roles: [rédaction]",
    )
    organisations: Many[Annotated[Ref, To("organisation")]] = about(
        "Organisations", "Organisations", default=(), example="[cerrhud]", back=("Travaux", "Work")
    )
    projects: Many[Annotated[Ref, To("project")]] = about(
        "Projets",
        "Projects",
        default=(),
        example="[pass-sourou]",
        back=("Ce que le projet a produit", "What the project produced"),
    )
    groups: Many[Annotated[Ref, To("group")]] = about(
        "Groupes", "Groups", default=(), example="[hub-cops-benin]", back=("Travaux du groupe", "The group’s work")
    )
    status: Annotated[Code, In("status")] = about(
        "État", "Status", default=Code("published", "status"), view="hidden", example="brouillon"
    )
    withdrawal: Withdrawal | None = about(
        "Retrait",
        "Withdrawal",
        view="hidden",
        example="\n  date: 2026-11-01\n  reason: Les chiffres étaient faux.",
    )
    review_by: Date | None = about("À revoir avant le", "To be reviewed by", view="hidden", example="2027-06")
    license: Annotated[Code, In("license")] | None = about("Licence", "Licence", view="hidden", example="CC-BY-4.0")
    source: Source | None = about(
        "Source", "Source", view="hidden", example="\n  title: Affiche de synthèse\n  method: reformulation"
    )
    translation_of: Identifier | None = about("Traduction de", "Translation of", view="hidden", example="appui-dds")
    source_hash: str | None = about(
        "Empreinte de l’original",
        "Hash of the original",
        view="hidden",
        example="f5d975176237",
        help=(
            "Les 12 premiers signes de l’empreinte de la version traduite, que montre l’historique de l’original.",
            "The first 12 digits of the hash of the version that was translated, as the original’s history shows it.",
        ),
    )
    related: Relations = about("Voir aussi", "See also", default=(), view="hidden", example="[note:appui-dds]")
    supersedes: Many[Annotated[Ref, To()]] = about(
        "Remplace", "Supersedes", default=(), example="[note:appui-dds-2014]", back=("Remplacé par", "Superseded by")
    )
    doi: str | None = about("DOI", "DOI", example="10.5281/zenodo.1234567")
    aliases: Many[str] = about(
        "Anciennes adresses", "Old addresses", default=(), view="hidden", example="[notes/ancien-nom/]"
    )
    comments: Many[Comment] = about("Commentaires", "Comments", default=(), view="comments")
    dismissed: Many[Dismissal] = about(
        "Alertes écartées",
        "Dismissed findings",
        default=(),
        view="hidden",
        example="\n  - rule: phone-number\n    reason: Le standard public du ministère.",
        help=(
            "Ce que « hub check » signale à tort dans ce texte, avec le motif ; jamais montré sur le site.",
            "What `hub check` takes for a fault in this text and is none, with the reason; never shown on the site.",
        ),
    )

    _origin: Origin = PrivateAttr()

    @classmethod
    def required_headings(cls, tier: str) -> tuple[Label, ...]:
        """Headings that the text must have; `tier` is the entry's level of completeness, where the kind has one."""
        return ()

    @property
    def _read_as(self) -> Origin:
        # Pydantic's own way to a private attribute takes several times as long, and everything asks for these.
        assert self.__pydantic_private__ is not None
        found: Origin = self.__pydantic_private__["_origin"]
        return found

    @property
    def kind(self) -> Kind:
        """The entry's kind."""
        return self._read_as.kind

    @property
    def src_uri(self) -> str:
        """The entry's file, relative to `docs/`, with forward slashes."""
        return self._read_as.src_uri

    @property
    def text(self) -> SourceText:
        """The file that the entry was read from."""
        TEXT_READ.get()(self)
        return self._read_as.source

    @property
    def body(self) -> str:
        """The Markdown under the front matter."""
        return self.text.body

    @property
    def outline(self) -> Outline:
        """Headings, links and images of the body."""
        return self.markdown.outline

    @property
    def markdown(self) -> Text:
        """The body as it was read: its HTML, but for what depends on the page that shows it."""
        TEXT_READ.get()(self)
        return self._read_as.markdown

    def under_review(self, status: str) -> Entry:
        """The same entry, marked as the published text of which a revision of `status` is under way."""
        marked = self.model_copy()
        marked._origin = replace(self._origin, notice=status)  # noqa: SLF001 - its own
        return marked

    def with_text(self, change: Callable[[str], str]) -> Entry:
        """The same entry, its file and body as `change` gives them back."""
        old = self._origin.source
        written = old.written.value._replace(text=change(old.text), body=change(old.body))
        if written == old.written.value:
            return self
        source = replace(old, written=Packed(written))
        made = self.put_otherwise()
        made._origin = replace(made._origin, source=source, markdown=read(source.body))  # noqa: SLF001 - its own
        return made

    def put_otherwise(self) -> Entry:
        """The same entry, marked as one whose values are not those of its file."""
        marked = self.model_copy()
        marked._origin = replace(self._origin, is_as_written=False)  # noqa: SLF001 - its own
        return marked

    def with_wishes_of(self, current: Entry) -> Entry:
        """This older revision, with what its subject no longer allows today taken back."""
        return self

    @property
    def is_as_written(self) -> bool:
        """Whether it says what its file says: nothing was taken out or written otherwise for readers."""
        return self._read_as.is_as_written

    @property
    def notice(self) -> str:
        """The status of a revision under way when the last published one stands here; otherwise empty."""
        return self._read_as.notice

    @property
    def key(self) -> Key:
        """What identifies the entry in the hub."""
        return (self.kind.name, self.id, str(self.lang))

    @property
    def names(self) -> tuple[str, ...]:
        """What the entry may be called in a `[[wiki link]]`, besides its id."""
        return (self.title,)

    def status_on(self, today: day) -> str:
        """The status that holds on a day: what is published and past its review date needs review."""
        overdue = self.review_by is not None and self.review_by.last_day < today
        return "needs-review" if overdue and self.status == "published" else str(self.status)

    def credits(self) -> tuple[Credit, ...]:
        """Who took part: authors first, then contributors, each with roles."""
        authors = tuple(Credit(ref, (AUTHOR,)) for ref in self.authors)
        return authors + tuple(Credit(c.person, tuple(c.roles), c.affiliation) for c in self.contributors)

    def writers(self) -> tuple[Ref | str, ...]:
        """Its authors: who translated it, proofread it or typed it in is credited, and is no author."""
        drafted = (c.who for c in self.credits() if not c.roles or AUTHOR in c.roles)
        return tuple(dict.fromkeys(drafted))

    def named(self) -> Name:
        """What it is called where it is an author or a publisher."""
        return Name(self.title)

    def json_ld(self) -> Thing | None:
        """What it is to search engines (schema.org), or None when that is nothing more than a page."""
        return None

    def citation(self) -> Citation | None:
        """What a citation of the entry needs, or None when it is nothing that one cites."""
        return None

    def cited_parts(self) -> tuple[CitedPart, ...]:
        """The parts of it that one cites by themselves."""
        return ()

    def when(self) -> When | None:
        """When what the entry is about takes place, for agendas and archives; None when it has no time."""
        return None

    def close_terms(self) -> tuple[Ref, ...]:
        """Terms that mean nearly the same: a search for one is glad of the others."""
        return ()

    def where(self) -> tuple[Place, ...]:
        """The places that it is about, for lists by place."""
        return self.places

    @property
    def is_retired(self) -> bool:
        """Whether its subject has withdrawn from the hub's life: such entries are found last."""
        return False

    def maintainers(self) -> tuple[Ref | str, ...]:
        """Who looks after it, and so is asked to review each change of it."""
        return ()

    def reviewers(self) -> tuple[Ref | str, ...]:
        """Who reviewed it: those credited with a role of review."""
        return tuple(credit.who for credit in self.credits() if not REVIEW_ROLES.isdisjoint(credit.roles))

    def membership(self) -> tuple[Ref | str, ...]:
        """Who belongs to what it is about, in any capacity."""
        return ()

    def affiliated(self) -> tuple[Ref | str, ...]:
        """The organisations that its subject belongs or belonged to."""
        return ()

    def knows(self) -> tuple[str, ...]:
        """What its subject may be asked about, in their own words."""
        return ()

    def account(self, forge: str) -> str:
        """The account of its subject on a forge (`github`, `gitlab`), or nothing."""
        return ""

    def address_hashes(self) -> tuple[str, ...]:
        """Hashes of the e-mail addresses by which Git knows its subject: see `hub.identities`."""
        return ()

    def pseudonym(self, mark: str) -> Label | None:
        """The name of its subject from now on, who has left and whose own name is shown no more; None for most.

        Args:
            mark: signs of its own that tell it from others.
        """
        return None

    def in_menu(self) -> tuple[str, int] | None:
        """The menu of the site that names the entry (`navigation`, `footer`) and its place there; None for most."""
        return None

    def card_facts(self) -> tuple[Any, ...]:
        """Up to three values that its card shows under the title, beside date and people."""
        return ()


CREDITED = frozenset({"authors", "contributors"})
"""The fields that `credits()` tells of."""
AUTHOR = "writing-original-draft"
"""The role of authors."""
REVIEW_ROLES = frozenset({"proofreading", "hub-validation"})
"""Roles of those who review a work, and are not among its authors."""

Key = tuple[str, str, str]
"""Kind, id and language."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A content type: everything about it stands in its one file in `hub/kinds/`.

    Attributes:
        name: its code (`note`), as written in free references.
        model: the class of its entries.
        folder: the folder of its files and addresses, in French and in English; empty for plain pages.
        label, plural: its names.
        description: one sentence for its index page.
        index: the form of its index page: `cards`, `people`, or `glossary`, whose terms are linked in texts.
        order: `title`, or `date` for the newest first.
        home: the heading under which its newest entries stand on the home page, where they do.
        archive: whether it has monthly archives and a page of authors (a blog).
        welcomes_wanted: whether links to pages that nobody has written yet are welcome in its texts.
        template: the text under the front matter of a new entry.
        invitation: by which its index asks readers for one (“Propose a note”); without it, it does not.
        drafts_from: formats of documents (see `hub.importers`) that become an entry of this kind unless told otherwise.
        also_headed: what documents call the headings of its template besides, by the French heading.
        rank: its place among the kinds, smallest first.
        form: what a form of the forge asks for such an entry; without it there is none.
    """

    name: str
    model: type[Entry]
    folder: Label
    label: Label
    plural: Label
    description: Label = Label("", "")
    index: str = "cards"
    order: str = "title"
    home: Label = Label("", "")
    archive: bool = False
    welcomes_wanted: bool = False
    template: Label = Label("", "")
    invitation: Label = Label("", "")
    drafts_from: tuple[str, ...] = ()
    also_headed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rank: int = 50
    form: Form | None = None

    def folder_in(self, lang: str) -> str:
        """The folder in a hub whose default language is `lang`."""
        return self.folder.in_(lang)


def date_of(entry: Entry) -> PartialDate:
    """The entry's own date, or the time it is about; of the undated the oldest there is."""
    when = entry.when()
    return entry.date or (when.start if when and when.start else PartialDate(1))


def by_date(entry: Entry) -> tuple[int, int, int]:
    """Sort key: when it is from."""
    return date_of(entry).order
