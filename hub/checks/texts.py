"""The text itself: that there is one, that it was written to the end, and that it is Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from hub.about import about_of
from hub.addresses import HOME
from hub.checks import Check, Subject, written
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.model import Entry

EMPTY_TEXT = Rule(
    "empty-text",
    Severity.WARNING,
    N_("The page has nothing to read: there is no text under the front matter."),
    N_("Write the text after the second ---, or say that it is yet to come. Example: status: draft"),
)
TEXT_TO_COMPLETE = Rule(
    "text-to-complete",
    Severity.WARNING,
    N_("The template’s “{mark}” still stands where a text is expected."),
    N_("Replace it with your text, or say that it is yet to come. Example: status: draft"),
)
RAW_HTML = Rule(
    "raw-html",
    Severity.WARNING,
    N_("“{found}” is HTML, which is shown as it is written."),
    N_("Write Markdown instead; to speak of a mark itself, put it between backquotes. Example: **important**"),
)
LINK_WITHOUT_TEXT = Rule(
    "link-without-text",
    Severity.WARNING,
    N_("The link to “{found}” has no text: some readers cannot see it, and a screen reader has nothing to say."),
    N_("Write between the brackets what is found there. Example: [the report of 2015]({found})"),
)
MARK = "…"
_BESIDE_THE_TEXT = {"card", "hidden", "dates", "photo", "download"}


def look(subject: Subject) -> Iterator[Diagnostic]:
    """What is wrong with a text."""
    entry = subject.entry
    if entry.status not in {"draft", "withdrawn"}:
        yield from _unwritten(entry)
    for html in entry.outline.raw_html:
        yield Diagnostic(RAW_HTML, written(entry, html.line, html.column), {"found": html.target})
    for link in entry.outline.links:
        if not link.text:
            yield Diagnostic(LINK_WITHOUT_TEXT, written(entry, link.line, link.column), {"found": link.target})


def _unwritten(entry: Entry) -> Iterator[Diagnostic]:
    if not entry.body.strip() and _wants_text(entry):
        yield Diagnostic(EMPTY_TEXT, entry.text.locate())
    if MARK not in entry.kind.template.fr:
        return
    for number, line in enumerate(entry.body.split("\n"), 1):
        if line.strip() == MARK:
            yield Diagnostic(TEXT_TO_COMPLETE, written(entry, number, line.index(MARK) + 1), {"mark": MARK})


def _wants_text(entry: Entry) -> bool:
    """Whether the page would be bare: its kind begins with a text, or is nothing else, and no field makes a section."""
    is_page = not any(entry.kind.folder) and entry.id != HOME
    if not (any(entry.kind.template) or is_page):
        return False
    fields = type(entry).model_fields.items()
    return not any(getattr(entry, name) and about_of(info, name).view not in _BESIDE_THE_TEXT for name, info in fields)


CHECK = Check((EMPTY_TEXT, TEXT_TO_COMPLETE, RAW_HTML, LINK_WITHOUT_TEXT), look)
