"""The answers of a form, out of the text that the forge made of them, by what the form was written from.

GitHub and Forgejo write each question as a heading and its answer below, empty ones included:

    ### Titre

    La supervision

    ### Résumé

    _No response_
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hub.drafting.markdown import clean
from hub.errors import HubError
from hub.forms import Asked, Question
from hub.i18n import N_

NOTHING = "_No response_"
"""What forges write where nothing was answered."""
_BOX = re.compile(r"\s*[-*] \[(?P<mark>[ xX])\] (?P<label>.*\S)\s*")
_ENOUGH = 0.6
"""Share of a form's questions by which its answers are known: the form may have changed since."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a form was filled in with.

    Attributes:
        form: which.
        texts: what was written, by question; what was left as the form had it is nothing.
        chosen: codes of what was chosen or ticked, by question.
        doubtful: questions of which it cannot be told for certain where their answers begin.
        strange: answers of a question that it does not offer, by its label.
    """

    form: Asked
    texts: Mapping[str, str]
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doubtful: tuple[str, ...] = ()
    strange: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str:
        """What was written to a question, or nothing."""
        return self.texts.get(name, "")


def read(body: str, forms: Iterable[Asked]) -> Answers | None:
    """The answers in a text; None when it is of no form.

    Raises:
        HubError: when two forms ask the same questions.
    """
    lines = clean(body).split("\n")
    all_forms = list(forms)
    labels = frozenset(_plain(one.label) for form in all_forms for one in form.questions)
    known = sorted(((_headed(lines, form, labels), form) for form in all_forms), key=lambda one: -one[0][0])
    if not known:
        return None
    (share, places, doubtful), form = known[0]
    if share < _ENOUGH and len(places) < len(form.questions):
        return None
    if len(known) > 1 and known[1][0][0] == share:
        raise HubError(
            N_("The forms “{one}” and “{other}” ask the same questions, so their answers cannot be told apart."),
            one=form.title,
            other=known[1][1].title,
        )
    return _answers(lines, form, places, doubtful)


_Headed = tuple[float, dict[str, int], tuple[str, ...]]
"""How much a text is one of a form (1: wholly), the line of each question, and those of which that is doubtful."""


def _headed(lines: Sequence[str], form: Asked, labels: frozenset[str]) -> _Headed:
    """Where the headings of a form's questions stand, in the order of the form.

    An answer may hold a line like a heading. So each is looked for from the top and from the foot: where both ways meet
    at the same lines, there is one way to read the text.
    """
    at: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith("### ") and (not number or not lines[number - 1].strip()):
            at.setdefault(_plain(line[4:]), []).append(number)
    asked = [one for one in form.questions if _plain(one.label) in at]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    above, below = -1, len(lines)
    for one, other in zip(asked, reversed(asked), strict=True):
        above = next((n for n in at[_plain(one.label)] if n > above), -1)
        below = next((n for n in reversed(at[_plain(other.label)]) if n < below), -1)
        if above < 0 or below < 0:
            return 0.0, {}, ()
        first[one.id], last[other.id] = above, below
    doubtful = tuple(one.label for one in asked if first[one.id] != last[one.id])
    # What only other forms ask speaks against this one; where all that this one asks is there, an answer may hold it.
    foreign = (labels & at.keys()) - {_plain(one.label) for one in form.questions}
    share = len(asked) / (len(form.questions) + len(foreign))
    if share < _ENOUGH and len(asked) == len(form.questions):
        return share, first, tuple(one.label for one in asked)
    return share, first, doubtful


def _answers(lines: Sequence[str], form: Asked, places: Mapping[str, int], doubtful: tuple[str, ...]) -> Answers:
    texts: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    strange: list[tuple[str, str]] = []
    ends = [*sorted(places.values()), len(lines)]
    for one in form.questions:
        if one.id not in places:
            continue
        start = places[one.id]
        text = "\n".join(lines[start + 1 : ends[ends.index(start) + 1]]).strip("\n \t")
        if text == NOTHING:
            continue
        if not one.choices:
            if _plain(text) != _plain(one.value):
                texts[one.id] = text
            continue
        codes, others = _chosen(text, one)
        chosen[one.id] = codes
        strange += ((one.label, other) for other in others)
    return Answers(form, texts, chosen, doubtful, tuple(strange))


def _chosen(text: str, question: Question) -> tuple[tuple[str, ...], list[str]]:
    """The codes of what was chosen, and lines that are none of what could be."""
    known = {_plain(label): code for label, code in zip(question.choices, question.codes, strict=True)}
    codes: dict[str, None] = {}
    others: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        box = _BOX.fullmatch(line) if question.sort == "checkboxes" else None
        label = _plain(box["label"] if box else line)
        if label not in known or (question.sort == "checkboxes" and not box):
            others.append(line.strip())
        elif not box or box["mark"] != " ":
            codes[known[label]] = None
    return tuple(codes), others


def _plain(text: str) -> str:
    return " ".join(clean(text).split())
