"""What `hub serve` answers at all: it stands on somebody's own machine, where pages of other sites can reach it too.

A page elsewhere may have a name of its own lead to this machine (DNS rebinding) and read what it is answered; a script
may ask without end; a path may lead out of the site. All that is refused before anything else looks at a request.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger("mkdocs.plugins.hub")
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
LONGEST = 8_000
"""Bytes of an address with its question."""
LARGEST = 0
"""Bytes that may be sent with a request: nothing is taken."""
_DIGITS = 20
"""Of the number that says how many bytes are sent."""
PATIENCE = 30
"""Seconds in which a request must have been sent."""
RATE, BURST = 30, 60
"""Searches of one client: so many in a second, and so many at once."""
AT_ONCE = 64
"""Requests that wait or are answered at the same time; browsers that look for a newer page wait."""
_SAFE = ("GET", "HEAD")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_HEADERS = [("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin")]


@dataclass
class Guard:
    """A WSGI application that refuses what no reader asks, and hands on the rest.

    Attributes:
        app: answers the rest.
        root: the site's folder.
        host: the name or address that the server listens on.
        mount: the path at which the site stands, ending in a slash.
        counted: beginnings of paths below it of which each client may ask only so much.
        own: beginnings of paths that only the site's own pages may ask for.
        now: the time in seconds.
    """

    app: App
    root: Path
    host: str
    mount: str = "/"
    counted: tuple[str, ...] = ("api/",)
    own: tuple[str, ...] = ("/livereload/",)
    now: Callable[[], float] = time.monotonic
    _clients: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        refused = self._refused(environ)
        if refused is None and self._places.acquire(blocking=False):
            try:
                return self.app(environ, lambda status, headers, *more: start(status, [*headers, *_HEADERS], *more))
            except Exception:  # whatever is wrong with a request, the server goes on
                log.exception("A request could not be answered.")
                refused = "500 Internal Server Error", []
            finally:
                self._places.release()
        status, headers = refused or ("503 Service Unavailable", [("Retry-After", "1")])
        body = f"{status}\n".encode()
        own = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start(status, [*own, *headers, *_HEADERS])
        return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else body]

    def _refused(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]]] | None:
        """The status of a request that is not answered, and what else is said; None for one that is."""
        if environ.get("REQUEST_METHOD") not in _SAFE:
            return "405 Method Not Allowed", [("Allow", ", ".join(_SAFE))]
        if not self._is_own(environ.get("HTTP_HOST", "")):
            return "421 Misdirected Request", []
        if _length(environ) > LARGEST:
            return "413 Content Too Large", []
        raw = environ.get("PATH_INFO", "")
        if len(raw) + len(environ.get("QUERY_STRING", "")) > LONGEST:
            return "414 URI Too Long", []
        path = _path(raw)
        if path is None:
            return "400 Bad Request", []
        inside = path.removeprefix(self.mount) if path.startswith(self.mount) else None
        is_counted = inside is not None and inside.startswith(self.counted)
        if (is_counted or path.startswith(self.own)) and environ.get("HTTP_SEC_FETCH_SITE") == "cross-site":
            return "403 Forbidden", []
        if is_counted and not self._may_ask(environ.get("REMOTE_ADDR", "")):
            return "429 Too Many Requests", [("Retry-After", "1")]
        if inside and self._leads_out(inside):
            return "404 Not Found", []
        return None

    def _is_own(self, host: str) -> bool:
        """Whether a request names this server: a name that somebody else has lead here is none of its own.

        An address in digits is no name, so nobody can have it lead here.
        """
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() and not host.endswith("]") else host
        name = name.lower().rstrip(".").removeprefix("[").removesuffix("]")
        if name in _LOOPBACK or name == self.host.lower():
            return True
        if address_of(self.host) in _LOOPBACK or self.host == "localhost":
            return False
        return address_of(name) is not None or name == socket.gethostname().lower()

    def _may_ask(self, client: str) -> bool:
        """Whether a client has not asked too much of late."""
        with self._lock:
            now = self.now()
            left, then = self._clients.get(client, (float(BURST), now))
            left = min(float(BURST), left + (now - then) * RATE)
            for old in [one for one, (_, seen) in self._clients.items() if now - seen > BURST / RATE]:
                del self._clients[old]
            self._clients[client] = (left - 1 if left >= 1 else left, now)
            return left >= 1

    def _leads_out(self, inside: str) -> bool:
        """Whether what stands at a path is a link to something outside of the site."""
        root = os.path.realpath(self.root)
        return not Path(os.path.realpath(self.root / inside.lstrip("/"))).is_relative_to(root)


def address_of(name: str) -> str | None:
    """An address in digits as it is commonly written; None for a name."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(name))
    return None


def _path(raw: str) -> str | None:
    """A path as it was meant; None for one that no page of the site has."""
    try:
        path = raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    is_odd = any(sign < " " or sign in "\\\x7f" for sign in path)
    return None if is_odd or not path.startswith("/") or {"..", "."} & set(path.split("/")) else path


def _length(environ: dict[str, Any]) -> int:
    """Bytes that are sent with a request; more than any where that is not told plainly."""
    given = environ.get("CONTENT_LENGTH") or "0"
    is_plain = given.isascii() and given.isdecimal() and len(given) < _DIGITS  # Python reads no number of any length
    return int(given) if is_plain and "HTTP_TRANSFER_ENCODING" not in environ else LARGEST + 1


def hurried(handler: type[Any]) -> type[Any]:
    """A class of handlers that waits for nobody longer than `PATIENCE` to send a request or take its answer."""
    return type("Hurried", (handler,), {"timeout": PATIENCE})
