"""GitLab: a report of code quality, which a merge request compares with that of its target by fingerprints."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hub.diagnostics import Severity
from hub.reports.faults import Fault

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def code_quality(found: Sequence[Fault]) -> str:
    """The report as JSON."""
    return json.dumps(
        [
            {
                "description": one.said,
                "check_name": one.rule,
                "fingerprint": one.fingerprint,
                "severity": _SEVERITIES[one.severity],
                "location": {"path": one.path, "lines": {"begin": one.line}},
            }
            for one in found
        ],
        ensure_ascii=False,
        indent=2,
    )
