"""The editor on one machine: serves a site with its editor, and Decap's local server behind it."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hub.config import Config
from hub.editor import ADDRESS, LOCAL_API
from hub.editor_option import LOCAL, Editor
from hub.errors import HubError
from hub.git import git
from hub.i18n import N_
from hub_mkdocs.editor import installing

HOST = "127.0.0.1"
_PROGRAM = Path("node_modules", "decap-server", "dist", "index.js")
_PATIENCE = 30.0
_MOST = 50_000_000
"""Bytes that may be sent at once; the local server takes no more."""
_SHOWN = 5


def repository(config: Config) -> tuple[Path, Editor]:
    """The repository that the hub stands in, and the editor of the branch that is checked out.

    The local server changes branches in it and commits whatever it finds there, so there must be nothing else.

    Raises:
        HubError: when there is no repository, no branch, no author, or something is not committed.
    """
    if git(config.root, "rev-parse", "--verify", "-q", "HEAD^{commit}") is None:
        raise HubError(
            N_("The hub is in no Git repository, or nothing is committed yet: git init && git add . && git commit")
        )
    branch = _said(config.root, "symbolic-ref", "--short", "-q", "HEAD")
    if not branch:
        raise HubError(N_("No branch is checked out. Example: git switch main"))
    waiting = _said(config.root, "status", "--porcelain", "--no-renames").splitlines()
    if waiting:
        raise HubError(
            N_(
                "Some files are not committed: {paths}. The editor changes branches: commit them first (git commit), "
                "or put them aside (git stash --include-untracked)."
            ),
            paths=", ".join(
                [line.strip().split(maxsplit=1)[-1] for line in waiting[:_SHOWN]] + ["…"][: len(waiting) > _SHOWN]
            ),
        )
    if not (_said(config.root, "config", "user.name") and _said(config.root, "config", "user.email")):
        raise HubError(
            N_(
                "Git does not know who you are. Tell it once: "
                'git config --global user.name "Ama Kossi" && git config --global user.email ama@example.org'
            )
        )
    return Path(_said(config.root, "rev-parse", "--show-toplevel")), Editor(LOCAL, branch=branch)


def _said(root: Path, *arguments: str) -> str:
    return (git(root, *arguments) or b"").decode("utf-8", "surrogateescape").strip("\n")


@contextmanager
def serving(folder: Path, top: Path, site_dir: Path, port: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Serve a site and its editor on this machine alone.

    Args:
        folder: where the local server is installed.
        top: the top of the repository.
        site_dir: the site.
        port: on this machine; 0 for any that is free.

    Yields:
        The editor's address, and what serves until it is interrupted.

    Raises:
        HubError: when the port cannot be used or the local server does not start.
    """
    behind = _free_port()
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, behind=behind, directory=str(site_dir)))
    except OSError as error:
        raise HubError(
            N_("Port {port} cannot be used ({error}). Choose another one. Example: --port 8010"),
            port=port,
            error=error.strerror or error,
        ) from error
    server.daemon_threads = True
    origin = f"http://{HOST}:{server.server_address[1]}"
    with server, _local_server(folder, top, behind, origin):
        yield f"{origin}/{ADDRESS}", server.serve_forever


@contextmanager
def _local_server(folder: Path, top: Path, port: int, origin: str) -> Iterator[None]:
    node = shutil.which("node")
    if not node:
        raise HubError(installing.NO_NODE)
    told = {"MODE": "git", "GIT_REPO_DIRECTORY": str(top), "BIND_HOST": HOST, "PORT": str(port)}
    # No page of another origin may speak to it; LC_ALL: it reads what Git says.
    env = os.environ | told | {"ORIGIN": origin, "LOG_LEVEL": "error", "LC_ALL": "C.UTF-8"}
    # It reads a file `.env` in the folder where it starts, which must not be one of the hub's.
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    with subprocess.Popen([node, str(folder / _PROGRAM)], cwd=folder, env=env, **quiet) as process:
        try:
            _await(process, port)
            yield
        finally:
            process.terminate()


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise HubError(N_("The editor’s local server does not start."))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, and hands on what the editor asks of the repository. Nobody is answered but its own pages."""

    def __init__(self, *args: Any, behind: int, **kwargs: Any) -> None:
        self.behind = behind
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """A file of the site."""
        if self._is_ours():
            super().do_GET()

    def do_HEAD(self) -> None:
        """What is said of a file."""
        if self._is_ours():
            super().do_HEAD()

    def do_POST(self) -> None:
        """A question or an order of the editor's."""
        told = self.headers.get("Content-Length", "")
        length = int(told) if told.isascii() and told.isdecimal() and len(told) <= len(str(_MOST)) else _MOST + 1
        is_asked = self.path == LOCAL_API and length <= _MOST
        if not self._is_ours():
            return None
        if not is_asked or self.headers.get("Origin") != self._origin:
            return self.close_after(HTTPStatus.FORBIDDEN)
        link = http.client.HTTPConnection(HOST, self.behind, timeout=120)
        try:
            link.request("POST", LOCAL_API, self.rfile.read(length), {"Content-Type": "application/json"})
            answer = link.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return self.close_after(HTTPStatus.BAD_GATEWAY)
        finally:
            link.close()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def close_after(self, status: HTTPStatus) -> None:
        """Answer with an error and read no further."""
        self.close_connection = True
        self.send_error(status)

    def _is_ours(self) -> bool:
        """Whether the page was asked for by this machine's address: another name may be another site's trick."""
        if f"http://{self.headers.get('Host', '')}" == self._origin:
            return True
        self.close_after(HTTPStatus.FORBIDDEN)
        return False

    @property
    def _origin(self) -> str:
        address: Any = self.server.server_address
        return f"http://{HOST}:{address[1]}"

    def end_headers(self) -> None:
        """A page that was built again is shown again."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """The terminal is for the person."""
