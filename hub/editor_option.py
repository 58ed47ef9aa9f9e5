"""Which forge the editor works with, and how people sign in there: the option `editor` of the plugin `hub`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from hub import forges
from hub.errors import HubError
from hub.i18n import N_

GITLAB, GITHUB, FORGEJO, GITEA = "gitlab", "github", "forgejo", "gitea"
LOCAL = "local"
"""No forge: the repository on this machine, through `hub edit`."""
FORGES = (GITLAB, GITHUB, FORGEJO, GITEA)
_USUAL = {GITLAB: "https://gitlab.com", GITHUB: "https://github.com"}
_NEEDED = {
    "relay": "https://connexion.example.org",
    "base_url": "https://forge.example.org",
    "app_id": "3f2a…",
}
_BRANCH = "main"
_KEYS = ("backend", "repo", "branch", "base_url", "app_id", "relay", "open_authoring")
_REPO = re.compile(r"[\w.-]+(?:/[\w.-]+)+", re.ASCII)
_EXAMPLE = "editor: {backend: gitlab, app_id: 3f2a…}"
_LOOPBACK = {"localhost", "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Editor:
    """How the editor reaches the texts.

    Attributes:
        backend: the sort of forge, or `LOCAL`.
        repo: the repository's path on the forge (`group/hub`).
        branch: the branch that is published.
        base_url: the forge's address, without a slash at the end.
        app_id: the id under which the forge knows the editor.
        relay: the address of what signs people in at GitHub, without a slash at the end.
        open_authoring: whether those who may not write in the repository propose from a copy of their own.
    """

    backend: str
    repo: str = ""
    branch: str = _BRANCH
    base_url: str = ""
    app_id: str = ""
    relay: str = ""
    open_authoring: bool = False


def settings(option: Any, repo_url: str) -> Editor | None:
    """Read the option; what it does not say is taken from the address of the repository.

    Args:
        option: what stands in `mkdocs.yml`.
        repo_url: the forge's page of the repository, or nothing.

    Raises:
        HubError: when something is missing, unknown or no address.
    """
    if option is None or option is False:
        return None
    if isinstance(option, Editor):
        return option
    if not isinstance(option, Mapping):
        raise HubError(
            N_("The option “{name}” cannot be {found}. Example: {example}"),
            name="editor",
            found=option,
            example=_EXAMPLE,
        )
    for key in option:
        if key not in _KEYS:
            raise HubError(
                N_("The option “editor” has no “{name}”. It may hold: {known}."), name=key, known=", ".join(_KEYS)
            )
    told, found = dict(option), urlsplit(repo_url)
    backend = told.get("backend") or forges.name_of(repo_url)
    if backend not in FORGES:
        raise _missing("backend", " | ".join(FORGES), backend)
    repo = str(told.get("repo") or found.path.strip("/").removesuffix(".git"))
    if not _REPO.fullmatch(repo):
        raise _missing("repo", "groupe/hub", repo)
    origin = f"{found.scheme}://{found.netloc}" if repo_url else _USUAL.get(backend, "")
    base_url = _address("base_url", told.get("base_url") or origin)
    relay, app_id = _address("relay", told.get("relay") or ""), str(told.get("app_id") or "")
    needed = {"relay": relay} if backend == GITHUB else {"base_url": base_url, "app_id": app_id}
    for name, value in needed.items():
        if not value:
            raise _missing(name, _NEEDED[name])
    branch = str(told.get("branch") or _BRANCH)
    return Editor(backend, repo, branch, base_url, app_id, relay, told.get("open_authoring") is True)


def _address(name: str, value: Any) -> str:
    """An address that texts and passwords may be sent to: encrypted, but on this machine."""
    address = str(value).rstrip("/")
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if address and (not (is_safe and parts.hostname) or re.search(r"[\s;,'\"]", address)):
        raise HubError(
            N_("The option “editor” has a “{name}” that is no secure web address: {found}. Example: {name}: {example}"),
            name=name,
            found=address,
            example="https://forge.example.org",
        )
    return address


def _missing(name: str, example: str, found: str = "") -> HubError:
    return HubError(
        N_("The option “editor” needs “{name}”; found: {found}. Example: {name}: {example}"),
        name=name,
        found=found or "–",
        example=example,
    )
