"""Files that are attached to an issue, fetched from the hub's own forge and from nowhere else.

The address of an attachment stands in the text of somebody unknown. So it is asked for only where the operator says so
(`--fetch`), only where that forge keeps attachments, without a cookie or a key, within limits of size and time; and
each step to which the forge sends on must be one of its own stores. No shell and no other program sees the address.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from hub.drafting.report import DECIDE, Line, line
from hub.i18n import N_
from hub.intake.attached import MOST, File, Linked, file

MOST_BYTES = 25_000_000
"""Of one file; GitHub takes no larger document."""
MOST_IN_ALL = 100_000_000
SECONDS = 120
"""For all files of an issue."""
_WAIT = 20
"""Seconds without a sign from the other side."""
_STEPS = 4
_CHUNK = 1 << 16
_GITHUB = re.compile(
    r"/user-attachments/(?:assets|files)/[\w./%+-]+|/[\w.-]+/[\w.-]+/(?:assets|files)/\d[\w./%+-]*", re.ASCII
)
_GITHUB_STORES = re.compile(
    r"[a-z0-9-]+\.githubusercontent\.com|github-production-(?:user-asset|repository-file)-[a-z0-9]+\.s3(?:\.[a-z0-9-]+)?"
    r"\.amazonaws\.com"
)
_OTHERS = {
    "forgejo": re.compile(r"(?:/[\w.-]+){0,3}/attachments/[0-9a-f-]{36}", re.ASCII),
    "gitlab": re.compile(r"(?:/[\w.-]+){1,8}/uploads/[0-9a-f]{32}/[\w.%+-]+", re.ASCII),
}

Open = Callable[[Request, float], Any]
"""Asks for an address, within so many seconds."""


def is_attached(url: str, forge: str, repo_url: str) -> bool:
    """Whether an address is one at which the hub's forge keeps what was attached to an issue."""
    host, path = _place(url)
    own, _ = _place(repo_url)
    if not host or host != own:
        return False
    if forge == "github":
        return bool(_GITHUB.fullmatch(path))
    return forge in _OTHERS and bool(_OTHERS[forge].fullmatch(path))


def may_lead_to(url: str, forge: str, repo_url: str) -> bool:
    """Whether the forge may send on to an address."""
    host, _ = _place(url)
    own, _ = _place(repo_url)
    return bool(host) and (host == own or (forge == "github" and bool(_GITHUB_STORES.fullmatch(host))))


def fetch(
    links: Iterable[Linked], forge: str, repo_url: str, open_: Open | None = None
) -> tuple[list[File], list[Line]]:
    """Fetch what is attached; what is not is told.

    Args:
        links: of the issue's text.
        forge: the name of the hub's.
        repo_url: the repository's address there.
        open_: in the place of the network, for tests.
    """
    ask = open_ or _opener(forge, repo_url)
    end = time.monotonic() + SECONDS
    files: list[File] = []
    lines: list[Line] = []
    room = MOST_IN_ALL
    for link in [one for one in links if is_attached(one.url, forge, repo_url)][:MOST]:
        try:
            data = b"".join(_read(link.url, ask, min(room, MOST_BYTES), end))
        except (OSError, HTTPException, ValueError):  # URLError and time-outs are OSErrors
            said = N_("The file {name} could not be fetched: a facilitator adds it by hand.")
            lines.append(line(DECIDE, "file-not-fetched", said, name=link.name))
            continue
        room -= len(data)
        files.append(file(link.name, data, link.url))
    return files, lines


def _read(url: str, ask: Open, most: int, end: float) -> Iterator[bytes]:
    """A file in pieces.

    Raises:
        OSError: when it has more bytes than it may, or takes too long.
    """
    request = Request(url, headers={"User-Agent": "cop-hub", "Accept": "*/*"})  # noqa: S310 - https alone: see `_place`
    with ask(request, _WAIT) as answer:
        size = 0
        while chunk := answer.read(_CHUNK):
            size += len(chunk)
            if size > most or time.monotonic() > end:
                raise OSError
            yield chunk


def _place(url: str) -> tuple[str, str]:
    """Host and path of an address that can be asked for; nothing for another, or one that says more than these."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and not parts.username and not parts.password and parts.port in {None, 443}
    except ValueError:
        return "", ""
    if not plain or ".." in parts.path or parts.netloc.startswith("["):
        return "", ""
    return (parts.hostname or "").lower(), parts.path


class _Steps(HTTPRedirectHandler):
    """Goes on only to where the forge may send on."""

    max_redirections = _STEPS

    def __init__(self, forge: str, repo_url: str) -> None:
        self._forge, self._repo_url = forge, repo_url

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not may_lead_to(urljoin(req.full_url, newurl), self._forge, self._repo_url):
            raise URLError(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(forge: str, repo_url: str) -> Open:
    opener = build_opener(_Steps(forge, repo_url))
    return lambda request, seconds: opener.open(request, timeout=seconds)
