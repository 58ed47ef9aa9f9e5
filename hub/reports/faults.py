"""Faults as all formats need them: in words, worst first, with the path that the forge knows."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from hub.diagnostics import Diagnostic, Severity, Translate

_WEIGHT = {severity: number for number, severity in enumerate(Severity)}
_UNSEEN = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Signs that a terminal or a page obeys instead of showing them: they control it, or turn the direction."""


class Fault(NamedTuple):
    """A fault in words.

    Attributes:
        path: its file, relative to the repository.
        line, column: counted from 1.
        rule: its code.
        severity: how much it weighs.
        message: what was found.
        hint: what is expected, with an example; it may have several lines.
        fingerprint: the same as long as the fault is, wherever in its file it stands.
    """

    path: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    hint: str
    fingerprint: str

    @property
    def said(self) -> str:
        """What was found, and below it what is expected."""
        return f"{self.message}\n{self.hint}"


def faults(report: Iterable[Diagnostic], translate: Translate, folder: str = "") -> list[Fault]:
    """The faults of a report, worst first.

    Args:
        report: in the order of files and lines.
        translate: into the reader's language.
        folder: the hub's, relative to the repository, where it is not the same.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for one in report:
        path = visible(f"{folder}/{one.location.path}" if folder else one.location.path)
        message, hint = visible(one.message(translate)), visible_lines(one.hint(translate))
        key = (one.rule.code, path, message)
        seen[key] += 1
        mark = hashlib.sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest()
        found.append(
            Fault(path, one.location.line, one.location.column, one.rule.code, one.severity, message, hint, mark)
        )
    return sorted(found, key=lambda fault: _WEIGHT[fault.severity])


def visible(text: str) -> str:
    r"""A text of one line in which nothing is left that is obeyed instead of shown.

    >>> visible("a\x1b[31m\u202eb")
    'a�[31m�b'
    """
    return _UNSEEN.sub("�", text)


def visible_lines(text: str) -> str:
    """The same of a text of several lines."""
    return "\n".join(map(visible, text.split("\n")))
