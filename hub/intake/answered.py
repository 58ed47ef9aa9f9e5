"""What a form was answered with, as the fields of its entry: what the kind takes, and what was agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hub import frontmatter
from hub.dates import PartialDate
from hub.drafting.report import DECIDE, PLACED
from hub.examples import example_line
from hub.i18n import N_
from hub.intake import credit
from hub.intake.fields import take
from hub.intake.rows import Value
from hub.intake.work import Work

CREDITED = "authors"
"""The question for those whose work it is."""
_APART = frozenset(("title", "text", "files", "consent", "agreement"))
"""Questions that are more than a field."""
_LONGEST_TITLE = 300
_MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class Told:
    """The fields that were answered.

    Attributes:
        fields: by name.
        unknown: names of authors whom the hub does not know.
    """

    fields: Mapping[str, Value]
    unknown: tuple[str, ...]


def told(work: Work) -> Told:
    """The fields that were answered and agreed to; what the kind does not take is said."""
    answers = work.answers
    kept_back = {name for one in work.form.agreed if one.scope not in work.agreed for name in one.covers}
    found: dict[str, Value] = {}
    unknown: list[str] = []
    silent: list[str] = []
    for question in answers.form.questions:
        name = question.id
        if name in _APART or name not in work.kind.model.model_fields:
            continue
        written = "\n".join(answers.chosen.get(name, ())) if question.choices else work.without(answers.text(name))
        if not written.strip():
            continue
        if name in kept_back:
            silent.append(question.label)
            continue
        got = take(work.kind, name, written, work.hub.library)
        if got.value:
            found[name] = got.value
        work.faults += ((question.label, one) for one in got.faults)
        if name == CREDITED:
            unknown += filter(None, map(credit.name, got.unknown[:_MOST_NAMES]))
        elif got.unknown:
            said = N_("“{label}”: the hub does not know {found}. Choose from what it has, or leave it out.")
            work.say(DECIDE, "answer-unknown", said, label=question.label, found=", ".join(got.unknown))
    if unknown:
        said = N_(
            "The hub does not know {names}: their names stand under source. If they agree, make pages for them "
            "(hub new person)."
        )
        work.say(DECIDE, "author-unknown", said, names=", ".join(unknown))
    if silent:
        said = N_("These answers are not recorded, for the person did not agree to show them: {names}.")
        work.say(DECIDE, "not-agreed", said, names=", ".join(silent))
    return Told(found, tuple(unknown))


def title(work: Work, fields: Mapping[str, Value], drafted: Mapping[str, Value]) -> str:
    """The title that was given, else that of a document that came along, or the issue's."""
    others = (" ".join(work.without(one).split()) for one in (str(drafted.get("title", "")), work.issue.title, "…"))
    return given_title(work, fields) or next(one for one in others if one)[:_LONGEST_TITLE]


def given_title(work: Work, fields: Mapping[str, Value]) -> str:
    """The title that the form was given, or what it asks for in its place: the two names of a person."""
    joined = " ".join(value for name in work.form.required if isinstance(value := fields.get(name), str))
    return " ".join(work.without(work.answers.text("title") or joined).split())[:_LONGEST_TITLE]


def consent(work: Work) -> dict[str, Value]:
    """What was ticked, with its day; nothing where nothing was."""
    scopes = [one.scope for one in work.form.agreed if one.scope in work.agreed]
    if not scopes:
        return {}
    work.say(PLACED, "consent", N_("Consent, as it was ticked: {scopes}."), scopes=", ".join(scopes))
    return {"consent": {"date": work.day, "scope": scopes}}


def required(work: Work, data: Mapping[str, Value]) -> dict[str, Value]:
    """What stands for fields that must be given and were not."""
    found: dict[str, Value] = {}
    for name, info in work.kind.model.model_fields.items():
        if not info.is_required() or name in data or name in {"id", "lang"}:
            continue
        if info.annotation is PartialDate:
            found[name] = work.day
            said = N_("The field {field} is required; {value} stands there until you put it right.")
            work.say(DECIDE, "required", said, field=name, value=work.day)
        else:
            example, _ = frontmatter.read(f"---\n{example_line(name, info)}\n---\n".encode(), "")
            found[name] = example.front.data.get(name, "…")
            said = N_("The field {field} is required; an example stands there: put yours.")
            work.say(DECIDE, "required-example", said, field=name)
    return found
