"""What is said of an import: what was placed where, what could not be, what people must decide, what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hub.diagnostics import Message
from hub.drafting.markdown import clean
from hub.i18n import N_, Translate

PLACED, UNPLACED, DECIDE = "placed", "unplaced", "decide"
HEADS = {
    PLACED: N_("Placed:"),
    UNPLACED: N_("Could not be placed (kept at the end of the draft):"),
    DECIDE: N_("For you to decide:"),
}
"""The parts of a report, in their order, and what stands above each."""
LEFT_OUT = {
    "comment": N_("comment"),
    "inserted": N_("tracked insertion, accepted"),
    "deleted": N_("tracked deletion, not taken over"),
    "hidden": N_("hidden text"),
    "header": N_("page header"),
    "footer": N_("page footer"),
    "page-number": N_("page number"),
    "page-furniture": N_("around the page’s text"),
    "page-without-text": N_("page without text (a picture of a text?)"),
    "contents": N_("table of contents"),
    "placeholder": N_("instruction of a form"),
    "form": N_("field of a form"),
    "external-picture": N_("image outside the document, not fetched"),
    "picture": N_("image that cannot be taken over"),
    "picture-text": N_("text of an image, written by a program"),
    "property": N_("author by the file’s properties"),
    "hidden-slide": N_("hidden slide, taken over"),
    "repeated-title": N_("title repeated"),
    "watermark": N_("mark of a camera or scanner"),
    "heading": N_("heading, replaced by the hub’s own"),
    "address": N_("link that leads nowhere outside the document"),
    "keywords": N_("line of keywords"),
    "authors": N_("line of authors"),
    "date": N_("line of the date"),
    "unread": N_("part in a format that cannot be read"),
    "mail": N_("text of the mail"),
    "signature": N_("signature of the mail"),
    "earlier-mail": N_("earlier mails"),
    "attached-mail": N_("mail in the mail"),
}
"""What is not in the draft as it stood in the document, and what people call it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report.

    Attributes:
        part: `placed`, `unplaced` or `decide`.
        code: stable English name, for programs.
        message: what is said.
    """

    part: str
    code: str
    message: Message

    def said(self, translate: Translate) -> str:
        """The line in the language of `translate`."""
        return self.message.said(translate)


def line(part: str, code: str, text: str, **params: Any) -> Line:
    """A line of a report; what comes from the document has no signs that a terminal would obey."""
    return Line(part, code, Message(text, {key: _tidy(value) for key, value in params.items()}))


def _tidy(value: Any) -> Any:
    if isinstance(value, Message):
        return Message(value.text, {key: _tidy(inner) for key, inner in value.params.items()})
    return " ".join(clean(str(value)).split())


def as_text(lines: Iterable[Line], left_out: Iterable[tuple[str, str]], translate: Translate) -> str:
    """A report for people."""
    known = list(lines)
    rows: list[str] = []
    for part, head in HEADS.items():
        said = [one.said(translate) for one in known if one.part == part]
        rows += [translate(head), *(f"  - {text}" for text in said)] if said else []
    by_code: dict[str, list[str]] = {}
    for code, text in left_out:
        by_code.setdefault(code, []).append(text)
    if by_code:
        rows.append(translate(N_("Not in the draft as it stood in the document:")))
        rows += (
            f"  - {translate(LEFT_OUT[code])}{_colon(translate)}{' · '.join(texts)}" for code, texts in by_code.items()
        )
    return "\n".join(rows)


def as_json(lines: Iterable[Line], left_out: Iterable[tuple[str, str]], translate: Translate) -> dict[str, Any]:
    """A report for programs."""
    known = list(lines)
    return {
        **{
            part: [{"code": one.code, "message": one.said(translate)} for one in known if one.part == part]
            for part in HEADS
        },
        "left_out": [{"code": code, "text": text} for code, text in left_out],
    }


def _colon(translate: Translate) -> str:
    return translate(N_(": "))
