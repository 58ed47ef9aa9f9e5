"""An issue, as a forge tells it in JSON: GitHub's and Forgejo's event or answer, GitLab's event or answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path
from typing import Any

from hub.errors import HubError
from hub.i18n import N_
from hub.intake.reading import beginning

LONGEST = 5_000_000
"""Bytes of a file with an issue."""
LONGEST_BODY = 400_000
"""Characters of an issue's text; forges take fewer, or a million."""
_MOST = 10**9
_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue.

    Attributes:
        title, body: as they were written.
        number: on the forge, or 0.
        account: of who opened it, or empty.
        opened: the day, or empty.
    """

    body: str
    title: str = ""
    number: int = 0
    account: str = ""
    opened: str = ""


def read(path: Path) -> Issue:
    """Read an issue from a file.

    Raises:
        HubError: when it cannot be read, or holds no issue.
    """
    return parse(beginning(path, LONGEST))


def parse(raw: bytes) -> Issue:
    """An issue of JSON.

    Raises:
        HubError: when there is none in it.
    """
    try:
        told = json.loads(raw) if len(raw) <= LONGEST else None
    except (ValueError, RecursionError):
        told = None
    found = _issue(told) if isinstance(told, dict) else None
    if found is None or len(found.body) > LONGEST_BODY:
        raise HubError(
            N_(
                "There is no issue of a forge in the file. Save the forge’s own answer as JSON: on GitHub, "
                "gh api repos/OWNER/NAME/issues/12; on GitLab and Forgejo, the issue’s address in the API."
            )
        )
    return found


def _issue(told: dict[str, Any]) -> Issue | None:
    """GitHub and Forgejo say `body`, `number`; GitLab `description`, `iid`, in events below `object_attributes`."""
    whole = told.get("issue") or told.get("object_attributes") or told
    if not isinstance(whole, dict) or whole.get("pull_request"):
        return None
    body = next((whole[name] for name in ("body", "description") if isinstance(whole.get(name), str)), None)
    number = next((n for name in ("iid", "number") if type(n := whole.get(name)) is int and 0 < n < _MOST), 0)
    # In GitLab's event, the person beside the issue is the one who acted.
    user = next(
        (one for one in (whole.get("user"), whole.get("author"), told.get("user")) if isinstance(one, dict)), {}
    )
    account = next((one for name in ("login", "username") if isinstance(one := user.get(name), str)), "")
    if body is None:
        return None
    title = whole["title"] if isinstance(whole.get("title"), str) else ""
    return Issue(body, title, number, account if _ACCOUNT.fullmatch(account) else "", _day(whole.get("created_at")))


def _day(told: object) -> str:
    """The day of a moment as forges write it, or nothing."""
    try:
        return day.fromisoformat(str(told)[:10]).isoformat()
    except ValueError:
        return ""
