"""A document becomes a draft: title and fields, sections under the kind's headings, and what people must be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as day

from hub.documents.model import Block, Document, Heading, Paragraph, Run, Table, runs_of, text_of
from hub.drafting import recognising
from hub.drafting.cleaning import cleaned, levelled
from hub.drafting.fields import recognised
from hub.drafting.frontmatter import front_matter
from hub.drafting.markdown import Writer, clean
from hub.drafting.pictures import named as named_pictures
from hub.drafting.report import DECIDE, PLACED, UNPLACED, Line, line
from hub.drafting.sections import Headings, Section, by_heading, sections
from hub.i18n import N_, Label
from hub.library import Library
from hub.markdown.parser import slug
from hub.model import Kind
from hub.naming import stem_of

TO_PLACE = Label("À placer", "To be placed")
SPEAKER = Label("Notes de l’orateur", "Speaker’s notes")
_LEAST = 2
"""Headings of the kind that a document must have for its sections to be put in the kind's order."""
_LONGEST_TITLE = 150
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of an entry, not yet written.

    Attributes:
        uri: of its file, relative to `docs/`.
        text: of its file.
        files: the pictures beside it, by URI.
        kind, lang, title: of the entry.
        lines: what is said of it.
        left_out: what is not in it as it stood in the document: a code of the report, and its words.
    """

    uri: str
    text: str
    files: Mapping[str, bytes]
    kind: Kind
    lang: str
    title: str
    lines: tuple[Line, ...]
    left_out: tuple[tuple[str, str], ...]


def kind_for(format_: str, kinds: Mapping[str, Kind]) -> Kind:
    """The kind that documents of a format become drafts of."""
    return next((kind for kind in kinds.values() if format_ in kind.drafts_from), next(iter(kinds.values())))


def place(
    document: Document, kind: Kind, library: Library, today: day, is_taken: Callable[[str, str], bool], named: str = ""
) -> Draft:
    """Make a draft of a document.

    Args:
        document: as it was read.
        kind: of the entry.
        library: of the hub.
        today: what stands for a date that the kind requires and the document does not say.
        is_taken: whether a draft may not bear an id in a language, because something is there.
        named: what the draft takes its id from, where it is not its title.
    """
    headings = Headings(kind)
    tidy = cleaned(document, headings.is_one)
    lang = recognising.language(tidy, library.languages)
    title = recognising.title(tidy, lambda text: headings.match(text) is not None)
    fields, blocks = recognised(replace(tidy, blocks=title.blocks), title.text, library, lang)
    parts, lines = _arranged(blocks, headings, lang)
    parts += tuple(_left_over(parts, tidy, lang, lines))
    stem = free_stem(named or title.text, kind, lang, is_taken)
    folder = kind.folder_in(library.default_language)
    suffix = "" if lang == library.default_language else f".{lang}"
    uri = f"{folder}/{stem}{suffix}.md" if folder else f"{stem}{suffix}.md"
    pictures = named_pictures(tidy, parts, stem, lang)
    marks = _marks(parts, tidy)
    writer = Writer(pictures.shown, marks.labels, SPEAKER.in_(lang))
    body = [writer.write(parts), *(writer.note(mark, blocks) + "\n" for mark, blocks in marks.used)]
    has_all = bool(headings.all) and all(one.code not in {"headings", "missing-heading"} for one in lines)
    front, more = front_matter(kind, title.text, fields, document, lang, today, has_all=has_all)
    lines += [*_of_title(title), *fields.lines, *pictures.lines, *more, *_of_people(tidy, pictures.shown)]
    folder_uri = f"{folder}/" if folder else ""
    left_out = (
        *((one.what, one.text) for one in tidy.left_out),
        *fields.left_out,
        *pictures.left_out,
        *_lost_links(parts),
        *_replaced(blocks, headings, lang),
    )
    return Draft(
        uri,
        "\n".join([front, *filter(None, body)]),
        {f"{folder_uri}{name}": data for name, data in pictures.files.items()},
        kind,
        lang,
        title.text,
        tuple(lines),
        tuple((code, " ".join(clean(text).split())) for code, text in left_out),
    )


# Sections


def _arranged(blocks: tuple[Block, ...], headings: Headings, lang: str) -> tuple[tuple[Block, ...], list[Line]]:
    """The blocks of the draft: under the kind's headings where the document has them, else as they stand."""
    found = sections(blocks, headings)
    labels = {one.label for one in found if one.label}
    if len(labels) < _LEAST:
        lines = [line(PLACED, "text", N_("The text, as it stands in the document."))]
        if headings.all:
            names = ", ".join(label.in_(lang) for label in headings.all)
            lines.append(
                line(
                    DECIDE,
                    "headings",
                    N_("The document does not have the headings of this kind of text: {names}."),
                    names=names,
                )
            )
        return tuple(levelled(_flat(found))), lines
    made: list[Block] = []
    lines = []
    for one in found:
        if one.label is None and one.heading is None:
            made += one.blocks
            lines.append(line(PLACED, "beginning", N_("What stands before the first heading: at the beginning.")))
    for label in headings.all:
        own = list(by_heading(found, label))
        made.append(Heading(2, (Run(label.in_(lang)),)))
        if not own:
            made.append(Paragraph((Run("…"),)))
            lines.append(
                line(
                    DECIDE,
                    "missing-heading",
                    N_("Nothing was found for “{heading}”: write it, or take the heading away."),
                    heading=label.in_(lang),
                )
            )
        for one in own:
            made += _below(one, lang)
            lines.append(_of_section(one, label, lang))
    rest = [one for one in found if one.label is None and one.heading is not None]
    if rest:
        made.append(Heading(2, (Run(TO_PLACE.in_(lang)),)))
        for one in rest:
            assert one.heading
            made += _deeper((one.heading, *one.blocks), 3)
            lines.append(line(UNPLACED, "section", N_("“{heading}”"), heading=_short(text_of(one.heading))))
    return tuple(_stepped(made)), lines


def _left_over(parts: tuple[Block, ...], document: Document, lang: str, lines: list[Line]) -> Iterator[Block]:
    """Notes and pictures that hung on what is in no text any more (a title, a line of keywords)."""
    marks = _marks(parts, document)
    shown = {run.picture for run in runs_of((*parts, *(block for _, inside in marks.used for block in inside)))}
    rest: list[Block] = [block for mark, inside in document.notes if mark not in marks.labels for block in inside]
    shown |= {run.picture for run in runs_of(rest)}
    rest += [Paragraph((Run(picture=n),)) for n, one in enumerate(document.pictures) if n not in shown and one.data]
    if not rest:
        return
    if not any(isinstance(block, Heading) and text_of(block) == TO_PLACE.in_(lang) for block in parts):
        yield Heading(2, (Run(TO_PLACE.in_(lang)),))
    yield from rest
    lines.append(line(UNPLACED, "left-over", N_("{n} notes or images of lines that have become fields."), n=len(rest)))


def _flat(found: Iterable[Section]) -> Iterator[Block]:
    for one in found:
        yield from (one.heading, *one.blocks) if one.heading else one.blocks


def _below(one: Section, lang: str) -> list[Block]:
    """What stands under a heading of the kind; the document's own heading only where notes or pictures hang on it."""
    blocks = list(_deeper(one.blocks, 3))
    if one.heading and any(run.note or run.picture is not None for run in one.heading.runs):
        blocks.insert(0, Paragraph(one.heading.runs))
    return blocks


def _deeper(blocks: Iterable[Block], top: int) -> Iterator[Block]:
    """Blocks whose highest headings are of the level `top`."""
    known = list(blocks)
    highest = min((block.level for block in known if isinstance(block, Heading)), default=top)
    for block in known:
        yield replace(block, level=min(6, block.level - highest + top)) if isinstance(block, Heading) else block


def _stepped(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks whose headings go down one level at a time."""
    before = 1
    for block in blocks:
        if isinstance(block, Heading):
            before = min(block.level, before + 1)
            yield replace(block, level=before)
        else:
            yield block


def _of_section(one: Section, label: Label, lang: str) -> Line:
    heading = label.in_(lang)
    if one.is_guess:
        said = _short(text_of(one.blocks[0])) if one.blocks else ""
        return line(
            PLACED,
            "section-guessed",
            N_("The paragraph “{found}”: under “{heading}”, by what it says first. Check it."),
            found=said,
            heading=heading,
        )
    assert one.heading
    return line(
        PLACED, "section", N_("“{found}”: under “{heading}”."), found=_short(text_of(one.heading)), heading=heading
    )


def _replaced(blocks: tuple[Block, ...], headings: Headings, lang: str) -> Iterator[tuple[str, str]]:
    """The document's headings in whose place those of the kind stand."""
    found = sections(blocks, headings)
    if len({one.label for one in found if one.label}) < _LEAST:
        return
    for one in found:
        if one.label and one.heading:
            said = text_of(one.heading)
            if said.strip() != one.label.in_(lang):
                yield "heading", said


# Notes, links, names


@dataclass(frozen=True, slots=True)
class _Marks:
    labels: Mapping[str, str]
    used: tuple[tuple[str, tuple[Block, ...]], ...]


def _marks(blocks: tuple[Block, ...], document: Document) -> _Marks:
    """The notes in the order in which the text names them, then those that it does not name."""
    known = dict(document.notes)
    order: dict[str, None] = {}

    def meet(some: Iterable[Block]) -> None:
        for run in runs_of(some):
            if run.note in known and run.note not in order:
                order[run.note] = None
                meet(known[run.note])

    meet(blocks)
    return _Marks({mark: str(n) for n, mark in enumerate(order, 1)}, tuple((mark, known[mark]) for mark in order))


def _lost_links(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Where links lead that the draft does not have: into the document, or to a file that did not come with it."""
    for run in runs_of(blocks):
        if run.href and not run.href.startswith(("http://", "https://", "#", "mailto:")):
            yield "address", f"{run.text} {run.href}"


def free_stem(title: str, kind: Kind, lang: str, is_taken: Callable[[str, str], bool]) -> str:
    """The name of the draft's file, which nothing else bears."""
    stem = stem_of(title, kind) if slug(title) else kind.name
    number, found = 1, stem
    while is_taken(found, lang):
        number += 1
        found = f"{stem}-{number}"
    return found


# What people are told


def _of_title(title: recognising.Title) -> Iterator[Line]:
    yield line(PLACED, "title", N_("Title: “{title}”."), title=title.text)
    if title.origin == "properties":
        yield line(
            DECIDE,
            "title-doubtful",
            N_("The title is the one that the file says of itself, not of its text: is it right?"),
        )
    elif title.origin == "name":
        yield line(
            DECIDE, "title-doubtful", N_("The text has no title; the file’s name stands for it. Give it a better one.")
        )
    elif len(title.text) > _LONGEST_TITLE:
        yield line(
            DECIDE,
            "title-doubtful",
            N_("The title is very long ({n} signs): is there a shorter one?"),
            n=len(title.text),
        )


def _of_people(document: Document, pictures: Mapping[int, tuple[str, str]]) -> Iterator[Line]:
    yield line(
        DECIDE,
        "consent",
        N_(
            "Do people who are named, quoted or shown agree? Can a patient be recognised? May the document be "
            "published?"
        ),
    )
    if any(one.what == "comment" for one in document.left_out):
        yield line(DECIDE, "comments", N_("The document has comments (below): is any of them still to be answered?"))
    if any(one.what in {"inserted", "deleted"} for one in document.left_out):
        yield line(
            DECIDE,
            "tracked-changes",
            N_("The document has tracked changes, which were all accepted (below): are they right?"),
        )
    if any(isinstance(block, Table) for block in document.blocks):
        yield line(DECIDE, "tables", N_("Look at the tables: the first row of each has become its head."))


def _short(text: str) -> str:
    plain = " ".join(clean(text).split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rsplit(' ', 1)[0]}…"
