"""Addresses of forges that open an editor or a form already filled in: GitHub, GitLab, and Forgejo or Gitea.

Whoever follows one needs an account there and nothing else: the forge makes a copy of the repository and a request by
itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

DEPOSIT = "depot"
"""The folder where documents are left, beside that of the texts."""
LONGEST = 7_500
"""Characters of an address; servers refuse those above 8,000."""
_EDITORS = {"github": "edit/", "gitlab": "-/edit/", "forgejo": "_edit/"}
"""Where each forge has its editor, below a repository's address."""
_HOSTS = {"github": "github", "gitlab": "gitlab", "codeberg": "forgejo", "forgejo": "forgejo", "gitea": "forgejo"}
"""The forge by a word of its host's name."""
_EDIT_URI = re.compile(r"/?(?P<editor>-/edit/|_edit/|edit/)(?P<branch>[^/{]+)/(?P<folder>[^{]*?)/*(?:\{path\})?")


@dataclass(frozen=True, slots=True)
class Forge:
    """A repository on a forge.

    Attributes:
        name: `github`, `gitlab` or `forgejo`, which Gitea is for our purposes.
        repository: its address, ending in a slash.
        branch: that which is published.
        folder: of the hub's texts in it, ending in a slash, or empty.
    """

    name: str
    repository: str
    branch: str
    folder: str


def name_of(repo_url: str, edit_uri: str = "") -> str:
    """The forge that an address is of: by its host, or by its editor's address; empty where neither tells."""
    try:
        host = (urlsplit(repo_url).hostname or "").lower()
    except ValueError:  # no address at all, such as `https://[forge`
        return ""
    known = next((name for part, name in _HOSTS.items() if part in host), "")
    if known or not edit_uri:
        return known
    return {"-/edit/": "gitlab", "_edit/": "forgejo"}.get(_editor(edit_uri), "")


def edit_uri_of(repo_url: str) -> str:
    """The address of the editor below a repository's where nobody gave one: of the branch `main`."""
    return edit_uri_on(name_of(repo_url))


def edit_uri_on(name: str) -> str:
    """The same on a forge of that name, whatever its host; empty where it has no editor."""
    return f"{_EDITORS[name]}main/docs/" if name in _EDITORS else ""


def find(repo_url: str, edit_uri: str) -> Forge | None:
    """The forge that a hub's configuration names, where its addresses are understood."""
    name, match = name_of(repo_url, edit_uri), _EDIT_URI.fullmatch(edit_uri)
    if not (name and match):
        return None
    folder = match["folder"].strip("/")
    return Forge(name, repo_url.rstrip("/") + "/", match["branch"], f"{folder}/" if folder else "")


def new_file(forge: Forge, folder: str, name: str, text: str, title: str) -> str:
    """Where one proposes a new file, already begun.

    GitLab's editor takes no text from an address, so there it is an issue that holds it.

    Args:
        forge: where.
        folder: of the file below the hub's texts, without a slash at its end.
        name: of the file.
        text: with which it begins; left out where the address would be too long.
        title: of the issue.
    """
    if forge.name == "gitlab":
        return new_issue(forge, title, f"````\n{text}\n````\n")
    place = quote(f"{forge.branch}/{forge.folder}{folder}".rstrip("/"))
    base = f"{forge.repository}{'_new' if forge.name == 'forgejo' else 'new'}/{place}"
    return _short({"filename": name, "value": text}, base, "value")


def new_issue(forge: Forge, title: str, text: str) -> str:
    """Where one opens an issue, already begun."""
    if forge.name == "gitlab":
        named = {"issue[title]": title, "issue[description]": text}
        return _short(named, f"{forge.repository}-/issues/new", "issue[description]")
    return _short({"title": title, "body": text}, f"{forge.repository}issues/new", "body")


def new_form(forge: Forge, path: str, answers: Mapping[str, str], title: str, text: str) -> str:
    """Where one fills in a form that is begun already.

    GitLab has no forms, so there it is an issue that begins with the form's questions.

    Args:
        forge: where.
        path: of the form's file in the repository.
        answers: by question.
        title: of the issue.
        text: of the issue in the place of a form.
    """
    if forge.name == "gitlab":
        return new_issue(forge, title, text)
    if forge.name == "forgejo":
        query = {"template": path, **{f"field:{name}": value for name, value in answers.items()}}
    else:
        query = {"template": path.rpartition("/")[2], **answers}
    return _short({"title": title, **query}, f"{forge.repository}issues/new", "title")


def upload(forge: Forge, folder: str) -> str:
    """Where one leaves a file in a folder beside that of the texts; on GitLab by a button of the folder's page.

    Args:
        forge: where.
        folder: beside the hub's texts, without a slash at its end.
    """
    here, slash, _ = forge.folder.rstrip("/").rpartition("/")
    place = quote(f"{forge.branch}/{here}{slash}{folder}")
    way = {"gitlab": "-/tree", "forgejo": "_upload"}.get(forge.name, "upload")
    return f"{forge.repository}{way}/{place}"


def request(repo_url: str, number: int | str) -> str:
    """The address of a request of merging."""
    where = {"gitlab": "-/merge_requests", "github": "pull"}.get(name_of(repo_url), "pulls")
    return f"{repo_url.rstrip('/')}/{where}/{number}"


def _editor(edit_uri: str) -> str:
    match = _EDIT_URI.fullmatch(edit_uri)
    return match["editor"] if match else ""


def _short(query: dict[str, str], base: str, longest: str) -> str:
    """An address with a query; without its longest part where servers would refuse it."""
    address = f"{base}?{urlencode(query, quote_via=quote)}"
    if len(address) <= LONGEST:
        return address
    return f"{base}?{urlencode({key: value for key, value in query.items() if key != longest}, quote_via=quote)}"
