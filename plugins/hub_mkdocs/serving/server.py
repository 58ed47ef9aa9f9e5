"""Answers browsers on this machine: pages, files, the search, and whether the page that is open has changed."""

from __future__ import annotations

import re
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from html import escape
from importlib import resources
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs, quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from hub import repairs
from hub.errors import HubError
from hub.i18n import N_, Translate
from hub.search.cache import Cache
from hub_mkdocs import guard, search
from hub_mkdocs.serving.beside import Beside
from hub_mkdocs.serving.moment import HTML
from hub_mkdocs.serving.served import Served
from hub_mkdocs.serving.watching import Watch

ADDRESS = N_("The hub is at http://{host}:{port}{path} (Ctrl+C ends it).")
SCRIPT = "livereload.js"
CHANGES = "livereload/changes"
_NAME = re.compile(rf"{search.FOLDER}/[\w.-]+")
_STILL_HERE = 15.0
"""Seconds after which a browser that waits is told that it still does, so that we notice when it has gone."""
_LONG = 600.0
"""Seconds that the first index of the search may take."""
Start = Callable[..., Any]


def serve(root: Path, host: str, port: int, say: Translate, tell: Callable[[str], None]) -> bool:
    """Show a hub on this machine until Ctrl+C ends it.

    Args:
        root: the hub's folder.
        host: the address to listen on.
        port: where.
        say: translates what is printed.
        tell: prints it.

    Returns:
        Whether it was shown; not so where another plugin works on pages, which must see them all.

    Raises:
        HubError: when the port is taken, or the hub cannot be read.
    """
    server = _listening(host, port)
    with tempfile.TemporaryDirectory(prefix="hub-serve-") as name:
        folder, beside = Path(name), None
        try:
            tell(say(N_("Reading the hub…")))
            served = Served(root, folder)
            if not served.host.is_alone:
                return False
            beside = Beside(
                served.loaded,
                folder,
                served.found,
                say,
                server.server_close,
                served.followed,
                since=served.since,
                drafts=served.host.config.drafts,
            )
            app = Answering(served, beside)
            cache = Cache(root, drafts=served.host.config.drafts)
            mount = served.host.mount
            waiting = _waiting(search.answering(app, cache, mount), beside, mount)
            server.set_app(guard.Guard(waiting, folder, host, mount, own=(f"{mount}{CHANGES}",)))
            server.server_activate()
            for work in (beside.listen, lambda: _follow(served, beside)):
                threading.Thread(target=work, daemon=True).start()
            for line in repairs.told(say):
                tell(line)
            tell(say(ADDRESS).format(host=in_address(host), port=port, path=mount))
            server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            server.server_close()
            if beside:
                beside.end()
    return True


def _follow(served: Served, beside: Beside) -> None:
    for paths in Watch(lambda: served.watched, served.seen).changes():
        if served.change(paths):
            beside.want(served.host.config, drafts=served.host.config.drafts)


class Answering:
    """The WSGI application of the pages.

    Args:
        served: the hub.
        beside: makes the files of the search.
    """

    def __init__(self, served: Served, beside: Beside) -> None:
        self._served, self._beside = served, beside

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        method = environ.get("REQUEST_METHOD")
        if method not in {"GET", "HEAD"}:
            return _sent(start, "405 Method Not Allowed", b"", [("Allow", "GET, HEAD")])
        body = self._answered(environ, start)
        return body if method == "GET" else []

    def _answered(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        mount = self._served.host.mount
        if not path.startswith(mount):
            return _sent(start, "302 Found", b"", [("Location", mount)])
        address = path.removeprefix(mount)
        if address == CHANGES:
            asked = parse_qs(environ.get("QUERY_STRING", ""))
            start("200 OK", [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
            return self._changes(asked.get("page", [""])[0], asked.get("mark", [""])[0])
        if address == SCRIPT:
            return _sent(start, "200 OK", _script(), [("Content-Type", "text/javascript; charset=utf-8")])
        if address.startswith(f"{search.FOLDER}/"):
            return self._search(address, start)
        return self._page(address, environ, start)

    def _page(self, address: str, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        address = address.removesuffix("index.html") if f"/{address}".endswith("/index.html") else address
        if address and not address.endswith("/") and not self._served.has(address) and self._served.has(f"{address}/"):
            asked = environ.get("QUERY_STRING", "")
            where = quote(f"{self._served.host.mount}{address}/") + (f"?{asked}" if asked else "")
            return _sent(start, "302 Found", b"", [("Location", where)])
        answer = self._served.answer(address)
        body = answer.body
        if answer.type == HTML:
            body = _with_script(body, self._served.host.mount, address, self._served.mark(answer))
        return _sent(start, answer.status, body, [("Content-Type", answer.type)])

    def _search(self, address: str, start: Start) -> Iterable[bytes]:
        for folder in self._beside.search(_LONG) if _NAME.fullmatch(address) else ():
            with suppress(OSError):  # an open page may ask for what an older index had
                body = (folder / address).read_bytes()
                return _sent(start, "200 OK", body, [("Content-Type", "text/javascript; charset=utf-8")])
        return self._page(address, {}, start)

    def _changes(self, page: str, mark: str) -> Iterator[bytes]:
        """Say when a page is no longer as it was when it had that mark."""
        while True:
            number = self._served.number
            if self._served.mark(self._served.answer(page)) != mark:
                yield b"event: changed\ndata:\n\n"
                return
            yield b": as it was\n\n"
            self._served.wait(number, _STILL_HERE)


def _waiting(app: search.App, beside: Beside, mount: str) -> search.App:
    """The application, which answers no search before there is an index."""

    def answered(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == f"{mount}{search.API}":
            beside.search(_LONG)
        return app(environ, start)

    return answered


def _sent(start: Start, status: str, body: bytes, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    start(status, [*headers, ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
    return [body]


def _with_script(body: bytes, mount: str, address: str, mark: str) -> bytes:
    changes = escape(f"{mount}{CHANGES}?page={quote(address)}&mark={mark}")
    script = f'<script src="{escape(mount)}{SCRIPT}" data-changes="{changes}"></script>\n'.encode()
    before, end, after = body.rpartition(b"</body>")
    return before + script + end + after if end else body + script


def _script() -> bytes:
    return resources.files(__package__).joinpath("reload.js").read_bytes()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # a page asks for many files at once; who finds no place comes again only after a second

    def server_bind(self) -> None:
        super().server_bind()
        self.server_name = str(self.server_address[0])  # the machine's own name may take seconds to look up

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever goes away, or is too slow, is no news; all else is told."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = guard.PATIENCE

    def log_message(self, *said: object) -> None:
        """Say nothing: what is wrong with a page stands on it."""


def in_address(host: str) -> str:
    """The host as it is written in an address."""
    return f"[{host}]" if ":" in host else host


def _listening(host: str, port: int) -> _Server:
    """A server that has its port, and waits to be activated."""
    try:
        server = (_Server6 if ":" in host else _Server)((host, port), _Handler, bind_and_activate=False)
        server.server_bind()
    except OSError as error:
        raise HubError(
            N_("Port {port} cannot be used ({error}). Choose another one. Example: --port 8010"),
            port=port,
            error=error.strerror or error,
        ) from error
    return server
