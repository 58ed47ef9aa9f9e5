"""What a new hub is told of its community; whatever could not be written as a name is refused here."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hub import emails
from hub.errors import HubError
from hub.i18n import LANGUAGES, N_
from hub.vocab import builtin

FORGES = ("github", "gitlab", "forgejo", "none")
_LONGEST = 200
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
"""Letters of some scripts and parts of emoji are joined by these."""
_ACCOUNT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_])?")


@dataclass(frozen=True)
class Community:
    """What the founders of a hub tell.

    Attributes:
        name: of the hub.
        languages: of its site, the default one first.
        forge: where the repository is to be.
        repo_url, site_url: addresses of the repository and of the site, ending in a slash, or empty.
        license: the code of the licence of its texts.
        group: the name of its first group.
        facilitator: the name of who facilitates it, or empty.
        account: theirs on the forge, or empty.
        software: what pip is asked for: the package, an address, or a folder's `file:` address.
    """

    name: str
    languages: tuple[str, ...] = LANGUAGES
    forge: str = "none"
    repo_url: str = ""
    site_url: str = ""
    license: str = "CC-BY-4.0"
    group: str = ""
    facilitator: str = ""
    account: str = ""
    software: str = "cop-hub"

    @property
    def lang(self) -> str:
        """The default language."""
        return self.languages[0]


def told(**given: Any) -> Community:
    """A community of what was told, white space and addresses put in order.

    Args:
        **given: the attributes of `Community`; the group has the hub's name where none is given.

    Raises:
        HubError: when something cannot be what it is given for.
    """
    values: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    values["group"] = values.get("group") or values["name"]
    for name, value in values.items():
        _RULES[name](name, value)
    for name in ("repo_url", "site_url"):
        if values.get(name):
            values[name] = values[name].rstrip("/") + "/"
    values["software"] = _source(values.get("software") or Community.software)
    return Community(**values)


def _source(software: str) -> str:
    """What pip understands from any folder: a path becomes an address. A name alone is that of a package."""
    path = Path(software)
    if ("/" not in software and os.sep not in software and software not in {".", ".."}) or not path.exists():
        return software
    return f"cop-hub @ {path.resolve().as_uri()}"


def _name(field: str, value: str) -> None:
    if not value:
        raise HubError(N_('The hub needs a name. Example: --name "Hub CoPs Togo"'))
    _optional_name(field, value)


def _optional_name(field: str, value: str) -> None:
    if len(value) > _LONGEST:
        raise HubError(
            N_("“{found}…” is too long: a name has at most {most} characters."), found=value[:40], most=_LONGEST
        )
    if any(unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS for sign in value):
        raise HubError(
            N_("{found} holds a line break or another sign that cannot be seen: a name stands on one line."),
            found=repr(value),
        )
    if next(emails.find(value), None) is not None:
        raise HubError(
            N_("“{found}” holds an e-mail address, which a hub never publishes: give the name alone."), found=value
        )


def _url(field: str, value: str) -> None:
    if not value:
        return
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in {"https", "http"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_address = False
    if not is_address or not value.isprintable() or re.search(r"[\s\"'<>\\`(){}|^?#]", value):
        raise HubError(
            N_("“{found}” is not the address of a page. Example: https://codeberg.org/cop-togo/hub"),
            found=value,
        )


def _account(field: str, value: str) -> None:
    if value and not _ACCOUNT.fullmatch(value):
        raise HubError(N_("“{found}” is not the name of an account. Example, without the @: jpdossou"), found=value)


def _languages(field: str, value: tuple[str, ...]) -> None:
    if not value or len(set(value)) != len(value) or not set(value) <= set(LANGUAGES):
        raise HubError(
            N_("The languages cannot be “{found}”: they are {known}, the main one first. Example: fr,en"),
            found=",".join(value),
            known=", ".join(LANGUAGES),
        )


def _software(field: str, value: str) -> None:
    if value.startswith("-") or not value.isprintable():
        raise HubError(
            N_("“{found}” is nothing that pip can install. Example: cop-hub, or git+https://forge.example/cop-hub.git"),
            found=value,
        )


def _one_of(known: Callable[[], tuple[str, ...]]) -> Callable[[str, str], None]:
    def check(field: str, value: str) -> None:
        if value not in known():
            raise HubError(
                N_("“{found}” cannot stand for {field}. It is one of: {known}."),
                found=value,
                field=field,
                known=", ".join(known()),
            )

    return check


_RULES: dict[str, Callable[[str, Any], None]] = {
    "name": _name,
    "group": _optional_name,
    "facilitator": _optional_name,
    "languages": _languages,
    "forge": _one_of(lambda: FORGES),
    "license": _one_of(lambda: tuple(builtin()["license"].terms)),
    "repo_url": _url,
    "site_url": _url,
    "account": _account,
    "software": _software,
}
