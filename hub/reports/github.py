"""GitHub: annotations as workflow commands, as many as a step may have, and a summary with all the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hub.diagnostics import Severity, Translate
from hub.i18n import N_
from hub.reports.faults import Fault

MOST = 10
"""Annotations of each sort that GitHub shows of a step."""
MOST_BYTES = 1_000_000
"""Of a step's summary, which GitHub refuses as a whole above 1 MiB."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💡"}
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")
_ROOM = 200
"""Bytes kept for the last line of a summary."""


def commands(found: Sequence[Fault]) -> Iterator[str]:
    """A line for each annotation that GitHub will show, worst first."""
    shown: Counter[Severity] = Counter()
    for one in found:
        shown[one.severity] += 1
        if shown[one.severity] <= MOST:
            place = f"file={_property(one.path)},line={one.line},col={one.column},title={_property(one.rule)}"
            yield f"::{_COMMANDS[one.severity]} {place}::{_data(one.said)}"


def summary(found: Sequence[Fault], translate: Translate) -> str:
    """All faults as a table in Markdown, worst first; what finds no room is counted."""
    if not found:
        return f"### {_cell(translate(N_('Nothing to mend: all texts are in order. Thank you!')))}\n"
    head = [translate(N_("File and line")), translate(N_("Rule")), translate(N_("Fault"))]
    lines = [f"### {_cell(translate(N_('What `hub check` found')))}", ""]
    lines += [f"| | {' | '.join(map(_cell, head))} |", "|---|---|---|---|"]
    room = MOST_BYTES - sum(len(line.encode()) + 1 for line in lines) - _ROOM
    for number, one in enumerate(found):
        said = "<br>".join(_cell(line) for line in (one.message, *one.hint.split("\n")))
        row = f"| {_SIGNS[one.severity]} | {_cell(f'{one.path}:{one.line}')} | {_cell(one.rule)} | {said} |"
        room -= len(row.encode()) + 1
        if room < 0:
            more = translate(N_("… and {n} more: `hub check` gives them all."))
            lines += ["", _cell(more.format(n=len(found) - number))]
            break
        lines.append(row)
    return "\n".join(lines) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """A text as words in a table's cell: no sign of it is a mark, and nobody is called by an `@`."""
    plain = " ".join(text.split())
    return _MARKS.sub(lambda sign: f"&#{ord(sign[0])};", plain).replace("&#64;", "&#64;\u2060")
