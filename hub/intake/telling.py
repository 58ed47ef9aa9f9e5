"""What became of an arrival, told: to the facilitator in Markdown, to the contributor in Markdown, to programs as data.

What others wrote stands in code, where a forge makes no link, mention or image of it; all other words are the hub's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hub.diagnostics import Diagnostic, Severity
from hub.drafting.markdown import clean
from hub.drafting.report import DECIDE, HEADS, LEFT_OUT, as_text
from hub.i18n import N_, Translate
from hub.intake import credit
from hub.intake.arrival import Arrival
from hub.proposal.comment import block, code

MARKER = "<!-- hub:intake -->"
"""How what is told begins, so that it is found again."""
PROPOSAL = "{{proposal}}"
"""Stands in the answer for the address of the proposal, which the forge gives later."""
_PRIVATE = frozenset(("mail", "signature", "earlier-mail", "attached-mail"))
"""What stays with whoever has the mail: a proposal is public."""
_LIMIT = 60_000
_LONGEST_WORDS = 600
_MOST = 40
_NEXT = N_(
    "What to do now: read the text, decide what stands below, put it right on this page (Files changed), and accept "
    "it. Accepting publishes. A draft is marked as one until its line status: draft goes."
)
_CHECKS = N_(
    "If the automatic check does not begin by itself, the forge waits for your word: the button that lets workflows "
    "run is on this page."
)


def message(arrival: Arrival, translate: Translate) -> str:
    """The message of the commit."""
    why = translate(N_("From {what}.")).format(what=arrival.what.said(translate))
    return credit.message(arrival.subject.said(translate), why, arrival.credited)


def subject(arrival: Arrival, translate: Translate) -> str:
    """The title of the proposal."""
    return message(arrival, translate).partition("\n")[0]


def report(arrival: Arrival, faults: Iterable[Diagnostic], translate: Translate) -> str:
    """What a facilitator is told: the text of the proposal."""
    parts = [MARKER, translate(N_("From {what}.")).format(what=arrival.what.said(translate, code))]
    if arrival.number and arrival.changes:
        parts.append(f"Closes #{arrival.number}")
    parts += [f"- {code(one.path)}, {code(one.title)} ({code(one.kind)})" for one in arrival.made]
    if arrival.credited:
        parts.append(_headed(N_("Credited"), [f"- {code(credit.name(one))}" for one in arrival.credited], translate))
    if arrival.changes:
        parts.append(translate(_NEXT))
        parts.append(translate(_CHECKS))
    parts += _parts(arrival, faults, translate)
    return _fitted(parts, translate)


def answer(arrival: Arrival, faults: Iterable[Diagnostic], translate: Translate) -> str:
    """What the contributor is told, where the issue is."""
    parts = [MARKER, translate(N_("Thank you!"))]
    if arrival.changes:
        said = N_(
            "Your contribution has become [a proposal]({url}). A facilitator reads it; accepting it publishes it."
        )
        parts.append(translate(said).format(url=PROPOSAL))
    parts += [one.said(translate, code) for one in arrival.asks]
    todo = [*_said(arrival, DECIDE, translate), *_told(arrival, faults, translate)]
    if todo and arrival.changes:
        parts.append(_headed(N_("What is missing, or to be decided"), todo, translate))
        parts.append(translate(N_("Answer here in your own words: a facilitator puts it right with you.")))
    return _fitted(parts, translate)


def text(arrival: Arrival, faults: Iterable[Diagnostic], translate: Translate, *, branch: str = "") -> str:
    """What whoever runs the command is told.

    Args:
        arrival: what arrived.
        faults: what the checks say of its files.
        translate: into the language of messages.
        branch: onto which it was committed; without one, it stands in the folder.
    """
    colon = translate(N_(": "))
    rows = [_line(translate(N_("From {what}.")).format(what=arrival.what.said(translate)))]
    rows += [_line(f"→ {one.path} ({one.kind}){colon}{one.title}") for one in arrival.made]
    if arrival.credited:
        names = ", ".join(map(credit.name, arrival.credited))
        rows.append(f"{translate(N_('Credited'))}{colon}{names}")
    rows += ["", *(_line(one.said(translate)) for one in arrival.asks)] if arrival.asks else []
    said = as_text(arrival.lines, arrival.left_out, translate)
    rows += ["", said] if said else []
    found = [(_line(label), one) for label, one in arrival.faults]
    found += [(str(one.location), one) for one in faults]
    if found:
        rows += ["", f"{translate(N_('What the check says'))}{colon.rstrip()}"]
        rows += [f"  - {where}{colon}{_line(one.message(translate))}" for where, one in found]
    if arrival.changes:
        rows += ["", _next(arrival, translate, branch)]
    return "\n".join([*rows, ""])


def _next(arrival: Arrival, translate: Translate, branch: str) -> str:
    if branch:
        said = N_(
            "What to do now:\n  1. Look at it: git switch {branch}\n  2. Propose it: git push -u origin {branch}\n"
            "Whoever is credited stands in the message of the commit already."
        )
        return translate(said).format(branch=branch)
    said = N_(
        "What to do now:\n  1. Open {path}, read it, and put right what stands above.\n"
        "  2. Check it: hub check {path}\n  3. Record it with this message:\n\n{message}"
    )
    shown = "".join(f"     {row}".rstrip() + "\n" for row in message(arrival, translate).splitlines())
    return translate(said).format(path=arrival.made[0].path if arrival.made else "", message=shown)


def _line(words: str) -> str:
    return " ".join(clean(words).split())


def as_json(arrival: Arrival, faults: Iterable[Diagnostic], translate: Translate) -> dict[str, Any]:
    """The same for programs."""
    return {
        "outcome": "proposed" if arrival.changes else "asked" if arrival.asks else "told",
        "branch": arrival.name if arrival.changes else "",
        "title": subject(arrival, translate),
        "issue": arrival.number,
        "files": sorted(arrival.changes),
        "entries": [{"file": one.path, "title": one.title, "kind": one.kind} for one in arrival.made],
        "credited": [name for one in arrival.credited if (name := credit.name(one))],
        **{
            part: [{"code": one.code, "message": one.said(translate)} for one in arrival.lines if one.part == part]
            for part in HEADS
        },
        "faults": [one.message(translate) for one in (*(fault for _, fault in arrival.faults), *faults)],
        "left_out": [{"code": name, "text": text} for name, text in arrival.left_out],
    }


def _parts(arrival: Arrival, faults: Iterable[Diagnostic], translate: Translate) -> Iterator[str]:
    for part, head in HEADS.items():
        said = _said(arrival, part, translate)
        if said:
            yield _under(translate(head).rstrip("\u00a0 :"), said)
    wrong = list(_told(arrival, faults, translate))
    if wrong:
        yield _headed(N_("What the check says"), wrong, translate)
    by_code: dict[str, list[str]] = {}
    for name, text in arrival.left_out:
        told = translate(N_("not repeated here, where everybody reads: the mail has it")) if name in _PRIVATE else text
        by_code.setdefault(name, []).append(told)
    if by_code:
        rows = [
            "\n\n".join([f"- {translate(LEFT_OUT[name])}", block(_cut("\n".join(texts[:_MOST])), "  ")])
            for name, texts in by_code.items()
        ]
        yield _headed(N_("Not in the draft as it stood in the document"), rows, translate)


def _headed(head: str, rows: Iterable[str], translate: Translate) -> str:
    return _under(translate(head), rows)


def _under(head: str, rows: Iterable[str]) -> str:
    return "\n".join([f"### {head}", "", *rows])


def _said(arrival: Arrival, part: str, translate: Translate) -> list[str]:
    return [f"- {one.message.said(translate, code)}" for one in arrival.lines if one.part == part]


def _told(arrival: Arrival, faults: Iterable[Diagnostic], translate: Translate) -> Iterator[str]:
    """What is wrong with values, and what the checks say of the files; the worst first."""
    for label, one in arrival.faults:
        yield f"- {code(label)}\n\n{_words(one, translate)}"
    order = list(Severity)
    for one in sorted(faults, key=lambda fault: order.index(fault.severity)):
        where = translate(N_("{file}, line {line}")).format(file=code(one.location.path), line=one.location.line)
        yield f"- {where}\n\n{_words(one, translate)}"


def _words(one: Diagnostic, translate: Translate) -> str:
    return block(_cut("\n".join([one.message(translate), one.hint(translate)])), "  ")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_WORDS else f"{text[: _LONGEST_WORDS - 1]}…"


def _fitted(parts: Iterable[str], translate: Translate) -> str:
    """As many parts as a forge takes."""
    kept: list[str] = []
    room = _LIMIT
    for one in parts:
        room -= len(one.encode("utf-16-le")) // 2 + 2
        if room < 0:
            kept.append(translate(N_("The rest is too long to stand here.")))
            break
        kept.append(one)
    return "\n\n".join(kept) + "\n"
