"""A headless Chromium, and a server on this machine alone that counts what the browser takes from it.

The server compresses as a good one does: gzip, where that makes a file smaller. What is counted is the bodies of the
answers, not their headers.
"""

from __future__ import annotations

import gzip
import importlib.util
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

EMPTY = "/_empty"
"""The address of a page with nothing on it, for scripts to run in; it is not counted."""
_BLANK = b"<!doctype html><html lang=fr><meta charset=utf-8><link rel=icon href=data:,><title>-</title>"
_MINUTES = 600_000


def missing() -> str:
    """Why no browser can be driven here."""
    if importlib.util.find_spec("playwright") is None:
        return "the Python package `playwright` is not installed"
    return "" if _program() else "there is no Chromium here, and HUB_CHROMIUM names none"


class Served:
    """A folder that is served; `taken` has the bytes by address, since it was last cleared."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.taken: dict[str, int] = {}

    @property
    def total(self) -> int:
        """All bytes taken."""
        return sum(self.taken.values())


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder on the loopback device until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            file = (folder / path.lstrip("/")).resolve()
            if path == EMPTY:
                self._send(200, "text/html", _BLANK, zipped=False)
            elif file.is_relative_to(folder.resolve()) and file.is_file():
                body, zipped = _packed(file)
                served.taken[path] = served.taken.get(path, 0) + len(body)
                self._send(200, guess_type(file.name)[0] or "application/octet-stream", body, zipped=zipped)
            else:
                self._send(404, "text/plain", b"", zipped=False)

        def _send(self, status: int, mime: str, body: bytes, *, zipped: bool) -> None:
            self.send_response(status)
            self.send_header("Content-Type", mime)
            self.send_header("Content-Length", str(len(body)))
            if zipped:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing: a page that is closed drops what it was waiting for."""

    server = Server(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        _packed.cache_clear()


@contextmanager
def chromium() -> Iterator[Any]:
    """Playwright's browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may not be installed

    with sync_playwright() as playwright:
        # Chromium's sandbox does not work for root, as whom containers run.
        browser = playwright.chromium.launch(executable_path=_program(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page(browser: Any, served: Served) -> Iterator[Any]:
    """A page with nothing in its cache, with the server's count at nothing."""
    context = browser.new_context()
    try:
        opened = context.new_page()
        opened.set_default_timeout(_MINUTES)
        opened.goto(served.address + EMPTY)
        served.taken.clear()
        yield opened
    finally:
        context.close()


def _program() -> str | None:
    return os.environ.get("HUB_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@lru_cache(maxsize=20_000)
def _packed(path: Path) -> tuple[bytes, bool]:
    raw = path.read_bytes()
    packed = gzip.compress(raw, 6, mtime=0)
    return (packed, True) if len(packed) < len(raw) else (raw, False)
