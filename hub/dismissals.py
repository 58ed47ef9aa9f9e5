"""Findings that a text's front matter dismisses, with a reason: machines take harmless words for private ones at times.

A dismissal holds for what is found in its own file and in the files that its text names. It stays honest: one that
names no such rule, or no longer meets anything, is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from hub.diagnostics import Diagnostic, Message, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.nearest import fold, proposal
from hub.parts import Dismissal
from hub.walk import files_of

UNKNOWN_DISMISSAL = Rule(
    "unknown-dismissal",
    Severity.ERROR,
    N_("“{found}” is no rule whose findings can be dismissed."),
    N_("{proposal} Example:\ndismissed:\n  - rule: {example}\n    reason: Le standard public du ministère."),
)
IDLE_DISMISSAL = Rule(
    "idle-dismissal",
    Severity.WARNING,
    N_("Nothing is found any more that this line dismisses ({found})."),
    N_("Take it out, so that it hides nothing later; or correct the words after “text”. Example: text: 97 12 34 56"),
)
RULES = (UNKNOWN_DISMISSAL, IDLE_DISMISSAL)


def settle(
    library: Library, found: Iterable[Diagnostic], rules: Collection[Rule], docs: str, *, whole: bool
) -> Iterator[Diagnostic]:
    """What is left of faults when those that texts dismiss are taken out, with what is wrong with dismissals.

    Args:
        library: the hub's content.
        found: the faults of the hub.
        rules: all that there are.
        docs: the folder of the texts, relative to the hub's.
        whole: whether `found` is all there is to find; only then a dismissal can be known to be idle.
    """
    known = {rule.code for rule in rules if rule.dismissible}
    by_file: dict[str, list[tuple[Dismissal, list[int]]]] = {}
    written = []
    for entry in library:
        for number, one in enumerate(entry.dismissed):
            met: list[int] = []
            written.append((entry, number, one, met))
            for file in {entry.text.path, *(f"{docs}/{name}" for name in files_of(entry))}:
                by_file.setdefault(file, []).append((one, met))
    for fault in found:
        at = [met for one, met in by_file.get(fault.location.path, ()) if _meets(one, fault)]
        for met in at:
            met.append(fault.location.line)
        if not at:
            yield fault
    for entry, number, one, met in written:
        where = entry.text.locate(("dismissed", number, "rule"))
        if one.rule not in known:
            example = min(known, default="")
            listed = Message(N_("These can be: {codes}."), {"codes": sorted(known)})
            params = {"found": one.rule, "proposal": proposal(one.rule, known, listed), "example": example}
            yield Diagnostic(UNKNOWN_DISMISSAL, where, params)
        elif whole and not met:
            yield Diagnostic(IDLE_DISMISSAL, where, {"found": one.rule})


def _meets(one: Dismissal, fault: Diagnostic) -> bool:
    if not fault.rule.dismissible or one.rule != fault.rule.code:
        return False
    return not one.text or fold(one.text) in fold(fault.words)
