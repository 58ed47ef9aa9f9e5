"""Forms as forges send them, for the tests of `hub intake`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hub import forms
from hub.forms import Asked
from hub.intake.answers import NOTHING
from hub.library import Library


def asked(library: Library, name: str) -> Asked:
    """A form of a hub."""
    return forms.asked(library.kinds, library.vocabularies, library.default_language)[name]


def rendered(form: Asked, answers: Mapping[str, Any], end: str = "\n") -> str:
    """The text that GitHub and Forgejo make of the answers: a heading for each question, and the answer below."""
    said = []
    for one in form.questions:
        given = answers.get(one.id, ())
        if one.sort == "checkboxes":
            pairs = zip(one.choices, one.codes, strict=True)
            value = "\n".join(f"- [{'X' if code in given else ' '}] {label}" for label, code in pairs)
        elif one.choices:
            value = next((label for label, code in zip(one.choices, one.codes, strict=True) if code in given), NOTHING)
        else:
            value = answers.get(one.id, one.value) or NOTHING
        said.append(f"### {one.label}\n\n{value}")
    return re.sub(r"\r\n?|\n", end, "\n\n".join(said))


def event(body: str, number: int = 12, account: str = "mariam-b", **more: Any) -> dict[str, Any]:
    """GitHub's event of an issue that was opened."""
    issue = {
        "number": number,
        "title": "Une contribution",
        "body": body,
        "user": {"login": account},
        "html_url": f"https://github.com/cop/hub/issues/{number}",
        "created_at": "2026-11-20T10:00:00Z",
        **more,
    }
    return {"action": "opened", "issue": issue, "sender": {"login": "somebody-else"}}


def saved(path: Path, told: Any) -> Path:
    """JSON in a file."""
    path.write_text(json.dumps(told), "utf-8")
    return path


def ticked(form: Asked) -> dict[str, tuple[str, ...]]:
    """What must be ticked."""
    return {one.id: one.codes for one in form.questions if one.required and one.sort == "checkboxes"}
