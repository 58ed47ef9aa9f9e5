"""Faults are sorted by place, counted once, and say their parameters in the reader's language."""

from __future__ import annotations

from hub.diagnostics import Diagnostic, Message, Report, Rule, Severity
from hub.location import Location

RULE = Rule("x", Severity.ERROR, "Found {found}.", "Expected {expected}.")


def test_parameters_are_translated_too() -> None:
    french = {"Found {found}.": "Trouvé : {found}.", "{n} lines": "{n} lignes", "and {m}": "et {m}"}
    found = ["a", Message("{n} lines", {"n": 3}), Message("and {m}", {"m": Message("{n} lines", {"n": 1})})]
    fault = Diagnostic(RULE, Location("a.md"), {"found": found, "expected": "{b}"})
    assert fault.message(lambda text: french.get(text, text)) == "Trouvé : a, 3 lignes, et 1 lignes."
    assert fault.hint(str) == "Expected {b}."


def test_a_report_is_sorted_and_holds_each_fault_once() -> None:
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 2, 5), ("a.md", 2, 5)]
    report = Report.of(Diagnostic(RULE, Location(*place)) for place in places)
    assert [str(one.location) for one in report] == ["a.md:2:5", "a.md:10:1", "b.md:1:1"]
    assert report.counts() == {"error": 3, "warning": 0, "info": 0}
    assert report.has_errors
