"""A mail with its attachments: documents become drafts; without any, the mail's own text does.

Its sender is known by the hash of the address, or by the name beside it; no address goes further than this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hub.diagnostics import Message
from hub.documents.model import Document, Meta, Paragraph, Run, text_of
from hub.drafting.placing import Draft, kind_for
from hub.drafting.report import DECIDE, PLACED, Line, line
from hub.errors import HubError
from hub.i18n import N_
from hub.importers import importer_of
from hub.intake import attached, credit, deposit
from hub.intake.arrival import Arrival, Change, Made
from hub.intake.hub import Hub
from hub.intake.letter import Letter, read
from hub.model import Kind

_TEXT_OF = "word"
"""The format whose drafts a mail's own text is like."""


def arrival(path: Path, hub: Hub, kind: Kind | None = None) -> Arrival:
    """What becomes of a mail.

    Args:
        path: of its file.
        hub: at which it arrives.
        kind: of the drafts; that of their formats where none is given.

    Raises:
        HubError: when it cannot be read, or there is nothing in it.
    """
    letter = read(path)
    lines: list[Line] = []
    drafts = list(_drafts(letter, hub, kind, lines))
    own = Document(letter.blocks, left_out=letter.left_out, meta=Meta(date=letter.day), name=path.name)
    left_out: list[tuple[str, str]] = []
    if not drafts:
        drafts = [_own(letter, own, hub, kind, lines)]
    else:
        left_out += [("mail", "\n\n".join(map(text_of, letter.blocks)))] if letter.blocks else []
        left_out += [(one.what, one.text) for one in letter.left_out]
        said = N_("The mail itself: in the report, for its documents are the contribution.")
        lines.append(line(PLACED, "mail", said))
    known = credit.by_address(hub.library, letter.address)
    who = known.id if known else credit.name(letter.name)
    if who:
        said = N_("Credited is {name}, as the mail says: is it by them? Anybody can write any name there.")
        lines.append(line(DECIDE, "author-by-mail", said, name=who))
    else:
        said = N_("Nobody is credited, for the mail gives no name beside the address: who is it by?")
        lines.append(line(DECIDE, "author-missing", said))
    if letter.refused:
        lines.append(line(DECIDE, "mail-parts", N_("Parts of the mail that were not read: {n}."), n=letter.refused))
    changes: dict[str, Change] = {}
    for draft in drafts:
        changes |= deposit.files(draft, hub)
        lines += draft.lines
        left_out += draft.left_out
    if deposit.is_left(path, hub.config):
        changes[deposit.shown(path, hub.config)] = Change(path.read_bytes(), None)
    title = drafts[0].title
    return Arrival(
        Message(N_("a mail")),
        f"courriel-{deposit.short(title)}",
        Message(N_("Propose “{title}”"), {"title": credit.short(title)}),
        changes,
        tuple(
            Made(f"{hub.docs}{one.uri}", one.title, one.kind.label.in_(hub.library.default_language)) for one in drafts
        ),
        (who,) if who else (),
        tuple(lines),
        deposit.without(tuple(left_out), hub),
    )


def _drafts(letter: Letter, hub: Hub, kind: Kind | None, lines: list[Line]) -> Iterator[Draft]:
    """Drafts of the documents that are attached; what cannot be one is told."""
    for one in letter.files:
        if one.is_picture:
            continue
        try:
            importer = importer_of(Path(one.name))
            chosen = kind or kind_for(importer.name, hub.library.kinds)
            yield attached.draft(attached.document(one), chosen, hub)
        except HubError as error:
            said = N_("The file {name} is not taken over: {error}")
            lines.append(line(DECIDE, "file-refused", said, name=one.name, error=Message(error.template, error.params)))


def _own(letter: Letter, own: Document, hub: Hub, kind: Kind | None, lines: list[Line]) -> Draft:
    """A draft of the mail's own text, with the pictures that are attached.

    Raises:
        HubError: when there is no text.
    """
    if not letter.blocks:
        raise HubError(N_("There is neither a text nor a document in the mail that could become a draft."))
    pictures = attached.pictures(one for one in letter.files if one.is_picture)
    lost = [
        one.name
        for one, fitted in zip((f for f in letter.files if f.is_picture), pictures, strict=True)
        if not fitted.data
    ]
    if lost:
        said = N_("The picture {name} cannot be shown: save it as PNG or JPEG.")
        lines.append(line(DECIDE, "picture-lost", said, name=", ".join(lost)))
    shown = tuple(one for one in pictures if one.data)
    first = len(letter.pictures)
    title = (Paragraph((Run(letter.subject),), "title"),) if letter.subject else ()
    after = tuple(Paragraph((Run(picture=first + number),)) for number in range(len(shown)))
    whole = replace(own, blocks=(*title, *own.blocks, *after), pictures=(*letter.pictures, *shown))
    return attached.draft(whole, kind or kind_for(_TEXT_OF, hub.library.kinds), hub)
