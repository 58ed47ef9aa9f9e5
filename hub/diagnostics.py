"""Faults found in content: what was found, what was expected, and an example that works.

A fault is never raised. The stage that meets it yields a `Diagnostic` and goes on; whoever asked decides what to do
with the `Report`. Texts are translated only when a diagnostic is printed: until then it holds a rule and parameters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hub.location import Location

Translate = Callable[[str], str]


class Lines(str):
    """A parameter of several lines: an example of ours. What contributors wrote never is one."""

    __slots__ = ()


class Severity(StrEnum):
    """How much a fault weighs. Only an error makes `hub check` fail without `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong, once and for all.

    Attributes:
        code: stable English name, as printed in brackets and in JSON (`unknown-key`).
        severity: the weight of every diagnostic of this rule.
        message: what was found, a gettext message id with `{parameters}`.
        hint: what is expected and an example that works, likewise.
        dismissible: whether a text may say that what was found is none: see `hub.dismissals`.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    dismissible: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement that mends a fault without changing anything else in the file.

    Attributes:
        start, end: offsets into the file's text as the loader read it (line ends as in the file, without a BOM).
        text: what stands there afterwards.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A change of a file that is no text, which mends it and leaves what it shows as it is.

    Attributes:
        change: from the file's bytes to what they shall be.
    """

    change: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault at one place.

    Attributes:
        edit: the one safe answer, where there is one; `hub check --fix` applies it.
        words: the words at fault, by which a text may dismiss it; never printed.
    """

    rule: Rule
    location: Location
    params: Mapping[str, Any] = field(default_factory=dict)
    edit: Edit | Rewrite | None = None
    words: str = field(default="", repr=False)

    @property
    def severity(self) -> Severity:
        """The rule's severity."""
        return self.rule.severity

    def message(self, translate: Translate) -> str:
        """What was found, in the language of `translate`."""
        return _fill(translate(self.rule.message), self.params, translate)

    def hint(self, translate: Translate) -> str:
        """What is expected, with an example, in the language of `translate`."""
        return _fill(translate(self.rule.hint), self.params, translate)


@dataclass(frozen=True, slots=True)
class Report:
    """Every fault of one reading of the hub, in the order of files, lines and columns."""

    diagnostics: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> Report:
        """Collect and sort diagnostics; the same fault at the same place counts once."""
        unique = {
            (d.location, d.rule.code, tuple(sorted((k, str(v)) for k, v in d.params.items()))): d for d in diagnostics
        }
        return cls(tuple(unique[key] for key in sorted(unique)))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def __len__(self) -> int:
        return len(self.diagnostics)

    def counts(self) -> dict[str, int]:
        """Number of faults by severity, zeros included."""
        found = Counter(d.severity for d in self.diagnostics)
        return {str(severity): found[severity] for severity in Severity}

    @property
    def has_errors(self) -> bool:
        """Whether any fault is an error."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def _fill(text: str, params: Mapping[str, Any], translate: Translate, show: Callable[[str], str] = str) -> str:
    """Fill `{parameters}`; a parameter that is itself translatable is translated first.

    What contributors wrote stays on its line: a line of its own in a pipeline's log may be an order to the forge.
    """
    return text.format_map({key: _shown(value, translate, show) for key, value in params.items()})


def _shown(value: Any, translate: Translate, show: Callable[[str], str]) -> str:
    if isinstance(value, Message):
        return _fill(translate(value.text), value.params, translate, show)
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(item, translate, show) for item in value)
    return show(value if isinstance(value, Lines) else " ".join(str(value).splitlines()))


@dataclass(frozen=True, slots=True)
class Message:
    """A parameter that is text to translate (a message id with parameters of its own)."""

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format_map(self.params)

    def said(self, translate: Translate, show: Callable[[str], str] = str) -> str:
        """The text in the language of `translate`; `show` makes of each value what stands for it there."""
        return _fill(translate(self.text), self.params, translate, show)
