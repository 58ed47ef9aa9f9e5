"""SARIF 2.1.0 (OASIS), which GitHub's code scanning, editors and other forges read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from hub.diagnostics import Rule, Severity, Translate
from hub.reports.faults import Fault

MOST = 5_000
"""Results that GitHub keeps of a run."""
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PARAMETER = re.compile(r"\{\w*\}")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def log(found: Sequence[Fault], rules: Sequence[Rule], version: str, translate: Translate) -> str:
    """The report as JSON.

    Args:
        found: worst first; those behind the first thousands are left out.
        rules: all that there are.
        version: of this software.
        translate: into the reader's language.
    """
    shown = found[:MOST]
    used = {one.rule for one in shown}
    known = [rule for rule in rules if rule.code in used]
    places = {rule.code: number for number, rule in enumerate(known)}
    driver = {"name": "hub check", "version": version, "rules": [_rule(rule, translate) for rule in known]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places[one.rule]) for one in shown],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule, translate: Translate) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": _PARAMETER.sub("…", translate(rule.message))},
        "help": {"text": _PARAMETER.sub("…", translate(rule.hint))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(one: Fault, index: int) -> dict[str, object]:
    region = {"startLine": one.line, "startColumn": one.column}
    # A name is a path, not an address: what would be a scheme, a query or a host in one is written out.
    artifact = {"uri": quote(one.path, safe="/-._~"), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": _text(one.said)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"hubFault/v1": one.fingerprint},
    }


def _text(text: str) -> str:
    """A text without what SARIF takes for a link or for the place of an argument."""
    return _PLACEHOLDER.sub(r"{{\1}}", text.replace("](", "] ("))
