"""A real browser, a real server, and a witness of all that goes wrong in a page."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.site.hubs import Built, build, copy_of_this_hub

playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *said: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a port of this machine and say the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def until(page: Any, wanted: str) -> None:
    """Wait until something holds of a page; Playwright's own way runs a string in it, which the policy forbids."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(playwright_api.Error):  # the page is just being loaded again
            if page.evaluate(wanted):
                return
        time.sleep(0.1)
    raise AssertionError(wanted)


@pytest.fixture(scope="session")
def chromium():
    """The browser; `make test` says where it is, in HUB_CHROMIUM."""
    path = os.environ.get("HUB_CHROMIUM", "") or shutil.which("chromium") or ""
    if "HUB_CHROMIUM" in os.environ and not os.environ["HUB_CHROMIUM"]:
        pytest.skip("HUB_CHROMIUM is empty: there is no Chromium here")
    if not path:
        pytest.skip("there is no Chromium here, and HUB_CHROMIUM names none")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def benin(tmp_path_factory) -> Built:
    return build(copy_of_this_hub(tmp_path_factory.mktemp("benin")))


@pytest.fixture(scope="session")
def home(benin) -> Iterator[str]:
    """The address of this repository's site on a server."""
    with serving(benin.root) as address:
        yield address


class Witness:
    """What a browser's pages did that they must not: errors, failed requests, requests to other hosts."""

    def __init__(self, context, home: str) -> None:
        self.host = urlsplit(home).netloc
        self.requests: list[str] = []
        self.faults: list[str] = []
        context.on("request", self._requested)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("console", self._told)
        context.on("weberror", lambda one: self.faults.append(f"error: {one.error}"))

    def _requested(self, request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.faults.append(f"another host: {request.url}")

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the test has left the page before its icon came
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _told(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text}")


@pytest.fixture
def visit(chromium):
    """Open a context of the browser with a witness: `context, witness = visit(home, width=320)`."""
    opened = []

    def _visit(home: str, *, width: int = 1280, height: int = 640, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="fr-FR", **options)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context, Witness(context, home)

    yield _visit
    for context in opened:
        context.close()
