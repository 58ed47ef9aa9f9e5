"""What must not be published of people: their telephone numbers, who a patient is, counts so small that they tell it.

The messages do not repeat what was found, for they may be public too. What is none can be dismissed with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hub.checks import Check, Subject, written
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.fields import Code
from hub.i18n import N_
from hub.location import Location
from hub.model import Entry
from hub.parts import Dismissal
from hub.source import Path
from hub.walk import walk

if TYPE_CHECKING:
    from hub.privacy.plain import Block

PHONE_NUMBER = Rule(
    "phone-number",
    Severity.WARNING,
    N_("Here stands what looks like a phone number (…{found}): the site would show it to everybody."),
    N_(
        "Name the person or the organisation instead. If the number is public, or none, say so in the front matter. "
        "Example:\ndismissed:\n  - rule: phone-number\n    reason: Le standard public du ministère."
    ),
    dismissible=True,
)
PATIENT_IDENTITY = Rule(
    "patient-identity",
    Severity.ERROR,
    N_("This may tell who a patient is: a name with an age or an illness, a date of birth, the number of a file."),
    N_(
        "Say it so that nobody can be recognised (a woman in her thirties). If nobody is meant, say so in the front "
        "matter. Example:\ndismissed:\n  - rule: patient-identity\n    reason: Un personnage de théâtre."
    ),
    dismissible=True,
)
SMALL_CELLS = Rule(
    "small-cells",
    Severity.WARNING,
    N_("The table tells counts of people below {limit} by place or age ({n} cells): somebody may be recognised."),
    N_(
        "Write “< {limit}”, or join places and ages. If nobody can be recognised, say so in the front matter. "
        "Example:\ndismissed:\n  - rule: small-cells\n    reason: Des villages fictifs, pour l’exercice."
    ),
    dismissible=True,
)


def look(subject: Subject) -> Iterator[Diagnostic]:
    """What looks private in fields and in texts."""
    from hub.privacy import cells  # noqa: PLC0415 - builds do not look for it, and its expressions are slow to compile

    entry = subject.entry
    for rule, path, params, words in _in_fields(entry):
        yield Diagnostic(rule, entry.text.locate(path), params, words=words)
    for rule, place, params, words in _found(entry.body):
        yield Diagnostic(rule, _at(entry, place), params, words=words)
    for table in cells.find(entry.body):
        row = entry.body[table.start : table.end]
        yield Diagnostic(SMALL_CELLS, _at(entry, table.start), {"n": table.cells, "limit": cells.LIMIT}, words=row)


def _in_fields(entry: Entry) -> Iterator[tuple[Rule, Path, dict[str, str], str]]:
    """Each finding in the front matter."""
    texts = [
        (value.path, value.value)
        for value in walk(entry)
        if isinstance(value.value, str)
        and not isinstance(value.value, Code)
        and not isinstance(value.parent, Dismissal)
    ]
    if any(True for _ in _blocks("\n\n".join(text for _, text in texts))):
        for path, text in texts:
            for rule, _, params, words in _found(text):
                yield rule, path, params, words


def _found(text: str) -> Iterator[tuple[Rule, int, dict[str, str], str]]:
    """Each finding in a text: its rule, its place, what is told of it, and the words around it."""
    from hub.privacy import patients, phones  # noqa: PLC0415 - likewise

    for block in _blocks(text):
        for start, end in phones.find(block.text):
            yield PHONE_NUMBER, block.place(start), {"found": block.text[end - 2 : end]}, block.text
        for start, _ in patients.find(block.text):
            yield PATIENT_IDENTITY, block.place(start), {}, block.text


def _blocks(text: str) -> Iterator[Block]:
    """The parts of a text that are worth a closer look."""
    from hub.privacy import patients, phones  # noqa: PLC0415 - likewise
    from hub.privacy.plain import blocks  # noqa: PLC0415 - builds do not look for it

    return blocks(text, (phones.hints, patients.hints))


def _at(entry: Entry, place: int) -> Location:
    line = entry.body.count("\n", 0, place) + 1
    return written(entry, line, place - entry.body.rfind("\n", 0, place))


CHECK = Check((PHONE_NUMBER, PATIENT_IDENTITY, SMALL_CELLS), look, in_builds=False)
