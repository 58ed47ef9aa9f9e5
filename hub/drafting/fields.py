"""What of a document belongs into fields: lines that name authors, keywords, a date; and what the hub knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hub.documents.model import Block, Document, Heading, Item, Paragraph, is_empty, text_of, words
from hub.drafting import recognising as known
from hub.drafting.markdown import clean
from hub.drafting.report import DECIDE, PLACED, Line, line
from hub.i18n import N_
from hub.library import Library

REFERENCES = ("organisations", "projects", "groups")
"""Fields of every entry that are filled with what the head of the document names."""
_LONGEST_SUMMARY = 1200
_LONGEST_NAME = 6
"""Words of a person's name, at most."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in fields.

    Attributes:
        references: ids by field.
        source_authors: names of authors that the hub does not know.
        lines, left_out: as a report has them.
    """

    references: Mapping[str, tuple[str, ...]]
    source_authors: tuple[str, ...]
    keywords: tuple[str, ...]
    summary: str
    date: str
    lines: tuple[Line, ...]
    left_out: tuple[tuple[str, str], ...]


class _Taking:
    """What is taken out of a text, one thing after the other."""

    def __init__(self, document: Document, library: Library, lang: str) -> None:
        self.document, self.library, self.lang = document, library, lang
        self.blocks = list(document.blocks)
        self.lines: list[Line] = []
        self.left_out: list[tuple[str, str]] = []

    def take(self, block: Block, code: str) -> None:
        self.blocks = [one for one in self.blocks if one is not block]
        self.left_out.append((code, text_of(block)))

    def decide(self, code: str, text: str, **params: str) -> None:
        self.lines.append(line(DECIDE, code, text, **params))

    def keywords(self) -> tuple[str, ...]:
        """The keywords of a line that lists them, or below a heading of that name."""
        for index, block in enumerate(self.blocks):
            if not isinstance(block, (Paragraph, Item, Heading)) or _holds_more(block):
                continue
            said = known.keywords_in(text_of(block))
            if said is None:
                continue
            below = [] if said else list(_below(self.blocks[index + 1 :]))
            said = said or tuple(word for one in below for word in known.split_keywords(text_of(one)))
            if _are_keywords(said):
                for one in (block, *below):
                    self.take(one, "keywords")
                return said
        return tuple(one for one in self.document.meta.keywords if _are_keywords((one,)))

    def summary(self) -> str:
        """What stands under a heading that says so, where it is short and has no form of its own."""
        for index, block in enumerate(self.blocks):
            if not isinstance(block, Heading) or not known.is_summary(text_of(block)):
                continue
            end = next(
                (n for n in range(index + 1, len(self.blocks)) if isinstance(self.blocks[n], Heading)), len(self.blocks)
            )
            inside = [one for one in self.blocks[index + 1 : end] if not is_empty(one)]
            if not inside:
                self.take(block, "heading")
                return ""
            text = " ".join(clean(words(inside)).split())
            if len(text) <= _LONGEST_SUMMARY and all(
                isinstance(one, Paragraph) and not _holds_more(one) for one in inside
            ):
                for one in (block, *inside):
                    self.blocks = [other for other in self.blocks if other is not one]
                self.lines.append(line(PLACED, "summary", N_("The summary: in the field summary.")))
                self.left_out.append(("heading", text_of(block)))
                return text
        return ""

    def date(self) -> str:
        """A date that the head of the text says, or that the page says of itself."""
        for block in known.head_of(self.blocks):
            found, is_all = known.date_in(clean(text_of(block)))
            if found:
                if is_all and not _holds_more(block):
                    self.take(block, "date")
                self.lines.append(line(PLACED, "date", N_("Date: {date}."), date=found))
                return found
        if self.document.meta.published:
            self.lines.append(line(PLACED, "date", N_("Date: {date}."), date=self.document.meta.published))
            return self.document.meta.published
        told = self.document.meta.date
        self.lines.append(
            line(
                DECIDE,
                "date-missing",
                N_("The text has no date. The file was last changed on {date}; is that the date?"),
                date=told,
            )
            if told
            else line(DECIDE, "date-missing", N_("The text has no date: of when is it?"))
        )
        return ""

    def authors(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Authors whom the hub knows, and names that it does not know."""
        people = known.Known(self.library, [known.target_of("authors")])
        ids: dict[str, None] = {}
        others: dict[str, None] = {}
        for block in known.head_of(self.blocks):
            text = clean(text_of(block))
            names = known.said_authors(text) or known.only_names(text, people) or known.titled_names(text)
            if names and all(_is_name(name) for name in names):
                for name in names:
                    entry = people.named(name)
                    (ids if entry else others)[entry.id if entry else name] = None
                if not _holds_more(block):
                    self.take(block, "authors")
                continue
            found = people.entry_in(text)
            ids.update(dict.fromkeys(found))
            if found:
                shown = " ".join(text.split())
                self.decide("author-guessed", N_("“{line}” names people of the hub: are they the authors?"), line=shown)
        self._by_properties(people, ids)
        self._told_of_authors(tuple(ids), tuple(others))
        return tuple(ids), tuple(others)

    def _by_properties(self, people: known.Known, ids: dict[str, None]) -> None:
        for name in self.document.meta.authors:
            entry = people.named(name)
            if entry is None:
                self.left_out.append(("property", name))
            elif entry.id not in ids:
                ids[entry.id] = None
                said = N_("By its properties, the file is by {name}: is that the author?")
                self.decide("author-guessed", said, name=name)

    def _told_of_authors(self, ids: tuple[str, ...], others: tuple[str, ...]) -> None:
        if ids:
            self.lines.append(line(PLACED, "authors", N_("Authors: {names}."), names=", ".join(ids)))
        if others:
            said = N_(
                "The hub does not know {names}, kept under source. Whoever agrees gets a page (hub new person) and a "
                "place in the field authors."
            )
            self.decide("author-unknown", said, names=", ".join(others))
        elif not ids:
            said = N_(
                "Who are the authors? No line at the head of the document says it (“Authors: …”, “By …”). Name them in "
                "the field authors. Example: authors: [jean-paul-dossou]"
            )
            self.decide("author-missing", said)

    def references(self, title: str, head: str) -> dict[str, tuple[str, ...]]:
        """What title and head of the text, and the margins of its pages, name of what the hub knows."""
        margins = " ".join(one.text for one in self.document.left_out if one.what in {"header", "footer"})
        near = f"{title}\n{head}\n{margins}"
        whole = words(self.blocks)
        found: dict[str, tuple[str, ...]] = {}
        for field in REFERENCES:
            of_kind = known.Known(self.library, [known.target_of(field)])
            ids = tuple(of_kind.entry_in(near))
            if ids:
                found[field] = ids
                said = N_("In the field {field}: {ids}.")
                self.lines.append(line(PLACED, field, said, field=field, ids=", ".join(ids)))
            more = [one for one in of_kind.entry_in(whole) if one not in ids]
            if more:
                self.lines.append(
                    line(
                        DECIDE,
                        f"{field}-named",
                        N_("The text also names {ids}: do they belong into the field {field}?"),
                        ids=", ".join(more),
                        field=field,
                    )
                )
        return found


def recognised(document: Document, title: str, library: Library, lang: str) -> tuple[Fields, tuple[Block, ...]]:
    """The fields that a document fills, and its blocks without what went into them."""
    taking = _Taking(document, library, lang)
    head = "\n".join(text_of(block) for block in known.head_of(taking.blocks))
    keywords = taking.keywords()
    summary = taking.summary()
    date = taking.date()
    ids, others = taking.authors()
    references = {"authors": ids, **taking.references(title, head)}
    spelling = known.known_spelling(library, lang)
    spelt = tuple(dict.fromkeys(known.spelt(one, spelling) for one in keywords))
    if spelt:
        taking.lines.append(line(PLACED, "keywords", N_("Keywords: {words}."), words=", ".join(spelt)))
    else:
        terms = known.terms_in(f"{title}\n{words(taking.blocks)}", library, lang)
        spelt = tuple(dict.fromkeys(known.spelt(one, spelling) for one in terms))
        if spelt:
            taking.lines.append(
                line(
                    DECIDE,
                    "keywords-guessed",
                    N_("The document has no keywords; these are terms of the glossary that it names most: {words}."),
                    words=", ".join(spelt),
                )
            )
    fields = Fields(references, others, spelt, summary, date, tuple(taking.lines), tuple(taking.left_out))
    return fields, tuple(taking.blocks)


def _holds_more(block: Paragraph | Item | Heading) -> bool:
    """Whether something hangs on a line that a field cannot hold."""
    return any(run.note or run.picture is not None for run in block.runs)


def _below(blocks: list[Block]) -> Iterator[Block]:
    """What stands directly under a heading: a paragraph, or the items of a list."""
    for index, block in enumerate(blocks):
        if not isinstance(block, Item if index else (Item, Paragraph)) or _holds_more(block):
            return
        yield block
        if isinstance(block, Paragraph):
            return


def _are_keywords(said: tuple[str, ...]) -> bool:
    return bool(said) and all(len(one) <= known.LONGEST_KEYWORD for one in said)


def _is_name(name: str) -> bool:
    """Whether words are a name: a few, the first of them with a capital."""
    parts = name.split()
    return 1 < len(parts) <= _LONGEST_NAME and parts[0][:1].isupper()
