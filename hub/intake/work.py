"""A form while it is being worked on: what is known of it, and what is said of it on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub import emails
from hub.about import Form
from hub.diagnostics import Diagnostic
from hub.drafting.markdown import clean
from hub.drafting.report import DECIDE, PLACED, Line, line
from hub.i18n import N_
from hub.intake import attached
from hub.intake.answers import Answers
from hub.intake.hub import Hub
from hub.intake.issue import Issue
from hub.intake.rows import Value
from hub.model import Kind

_SHOWN = 80


@dataclass
class Work:
    """A form while it is being worked on.

    Attributes:
        answers: of it.
        issue: from which they come.
        kind: of the entry.
        hub: at which it arrives.
        lines, left_out, faults: as an `Arrival` has them.
        files: that are to be written, by paths relative to the hub's texts.
    """

    answers: Answers
    issue: Issue
    kind: Kind
    hub: Hub
    lines: list[Line] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, Diagnostic]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """What the kind asks for."""
        assert self.kind.form is not None
        return self.kind.form

    @property
    def agreed(self) -> frozenset[str]:
        """What was agreed to."""
        return frozenset(self.answers.chosen.get("consent", ()))

    @property
    def day(self) -> str:
        """The day on which it was handed in."""
        return self.issue.opened or self.hub.today.isoformat()

    def say(self, part: str, code: str, text: str, **params: Any) -> None:
        """Add a line to the report."""
        self.lines.append(line(part, code, text, **params))

    def without(self, text: str) -> str:
        """A text without e-mail addresses."""
        return emails.without(clean(text), self.hub.library.default_language)

    def missing(self, files: Sequence[attached.File]) -> None:
        """Say which linked files are not here."""
        here = {one.url for one in files} | {one.name for one in files}
        names = [
            one.name
            for text in (self.answers.text("text"), self.answers.text("files"))
            for one in attached.linked(text)
            if not here & {one.url, one.name}
        ]
        if names:
            said = N_(
                "Files that are linked to and are not in the draft: {names}. A facilitator adds those that are needed."
            )
            self.say(DECIDE, "file-missing", said, names=", ".join(dict.fromkeys(names)))


def tell(work: Work, data: Mapping[str, Value]) -> None:
    """Say what was placed, and what is to be decided.

    Args:
        work: a form.
        data: the fields of its entry.
    """
    fields = work.kind.model.model_fields
    names = [one.label for one in work.answers.form.questions if one.id in data and one.id in fields]
    if names:
        work.say(PLACED, "fields", N_("Fields: {names}."), names=", ".join(names))
    for label in work.answers.doubtful:
        said = N_(
            "The answer to “{label}”, or the one before it, holds a line like a question of the form: is it whole?"
        )
        work.say(DECIDE, "doubtful", said, label=label)
    for label, found in work.answers.strange:
        said = N_("“{label}” does not offer “{found}”: it was left out.")
        work.say(DECIDE, "answer-strange", said, label=label, found=found[:_SHOWN])
    for text in unticked(work.answers):
        work.say(DECIDE, "not-ticked", N_("Not ticked: “{statement}” Ask before you accept."), statement=text)
    written = "".join([*work.answers.texts.values()])
    n = sum(1 for _ in emails.find(written))
    if n:
        said = N_("E-mail addresses in the form: {n}. None is in the draft; the issue still shows them: take them out.")
        work.say(DECIDE, "addresses", said, n=n)
    if any(work.kind.template) and not any((one.part, one.code) == (DECIDE, "consent") for one in work.lines):
        said = N_(
            "Do people who are named, quoted or shown agree? Can a patient be recognised? May the document be "
            "published?"
        )
        work.say(DECIDE, "consent", said)


def unticked(answers: Answers) -> Iterator[str]:
    """What must be ticked and was not."""
    for one in answers.form.questions:
        if one.required and one.sort == "checkboxes":
            ticked = answers.chosen.get(one.id, ())
            yield from (said for said, code in zip(one.choices, one.codes, strict=True) if code not in ticked)
