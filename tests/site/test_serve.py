"""`hub serve` as others can reach it: what it answers, what it refuses, and that it gives nothing beside the site."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub_mkdocs.guard import AT_ONCE, BURST, LONGEST, Guard
from tests.site.hubs import environment
from tests.support import note, pdf, run, write

SECRET = "zinzolin"


class Server:
    """`hub serve` in a process of its own."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-c", "from hub.cli.app import main; main()", "serve", "--port", str(self.port)]
        self.log = (root.parent / "log").open("w+")
        self.process = subprocess.Popen(
            command, cwd=root, env=environment(), stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True
        )
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.get("/")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((root.parent / "log").read_text())

    def send(self, raw: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as there:
            there.sendall(raw)
            answer = b""
            while piece := there.recv(65536):
                answer += piece
        return answer

    def get(self, path: str, *headers: str, host: str = "", method: str = "GET") -> tuple[int, bytes]:
        lines = [f"{method} {path} HTTP/1.0", f"Host: {host or f'127.0.0.1:{self.port}'}", *headers, "", ""]
        head, _, body = self.send("\r\n".join(lines).encode("latin-1")).partition(b"\r\n\r\n")
        return int(head.split()[1]), body

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    around = tmp_path_factory.mktemp("around")
    root = write(around / "hub", {"docs/notes/a.md": note(body="Une mutuelle.\n"), "docs/notes/b.pdf": pdf()})
    (around / "secret.txt").write_text(SECRET)
    (root / "secret.txt").write_text(SECRET)
    (root / "docs/notes/lien.pdf").symlink_to(around / "secret.txt")
    found = Server(root)
    yield found
    found.end()


def test_pages_and_answers_are_served(server: Server) -> None:
    assert server.get("/notes/a/")[0] == 200
    assert server.get("/notes/a")[0] == 302
    assert server.get("/notes/b.pdf") == (200, pdf())
    status, body = server.get("/api/search?q=mutuelle")
    assert (status, json.loads(body)["total"]) == (200, 1)
    assert server.get("/api/search?q=mutuelle", host=f"localhost:{server.port}")[0] == 200
    assert server.get("/api/search?q=mutuelle", host="[::1]:9000")[0] == 200
    assert server.get("/notes/a/", method="HEAD")[0] == 200
    assert server.get("/rien/")[0] == 404


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    ports = Path("/proc/net/tcp")
    if not ports.exists():
        pytest.skip("only Linux says who listens")
    here = [line.split()[1] for line in ports.read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert f"0100007F:{server.port:04X}" in here
    assert f"00000000:{server.port:04X}" not in here


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "192.0.2.1", "", "a b", "[", "::1:x"],
)
@pytest.mark.parametrize("path", ["/api/search?q=x", "/notes/a/"])
def test_a_name_that_somebody_else_has_lead_here_is_not_answered(server: Server, host: str, path: str) -> None:
    raw = f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode()
    assert b" 421 " in server.send(raw).split(b"\r\n")[0]
    assert b" 421 " in server.send(f"GET {path} HTTP/1.0\r\n\r\n".encode()).split(b"\r\n")[0]


@pytest.mark.parametrize(
    "path",
    ["/%00", "/a%00b", "/notes/a/%0a", "/%ff", "/%c0%ae%c0%ae/", "/a%5cb", "/%7f", "//%00", "/api/search%00?q=x"],
)
def test_nonsense_is_a_bad_request(server: Server, path: str) -> None:
    assert server.get(path)[0] == 400


@pytest.mark.parametrize(
    "path",
    [
        *("/../secret.txt", "/%2e%2e/secret.txt", "/notes/../../secret.txt", "/notes/%2e%2e/%2e%2e/secret.txt"),
        *("/..%2fsecret.txt", "/..%5csecret.txt", "/..\\secret.txt", "//secret.txt", "///etc/passwd", "/%2fetc/passwd"),
        *("/notes/lien.pdf", "/mkdocs.yml", "/docs/notes/a.md", "/.cache/hub/search.sqlite", "/%252e%252e/secret.txt"),
        *("/file:///etc/passwd", "/C:/Windows/win.ini", "/notes/./a/", "/~root/", "/%2e%2e%00/secret.txt"),
    ],
)
def test_nothing_beside_the_site_is_served(server: Server, path: str) -> None:
    status, body = server.get(path)
    assert status in {400, 404}
    assert SECRET.encode() not in body
    assert b"root:" not in body


@pytest.mark.parametrize(
    "raw",
    [b"\0\0\0\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"get / HTTP/1.0\r\n\r\n"],
)
def test_what_is_no_request_is_refused(server: Server, raw: bytes) -> None:
    answer = server.send(raw)
    assert (
        not answer or any(f" {status} ".encode() in answer for status in (400, 405, 421, 505)) or b"code: 400" in answer
    )
    assert server.get("/")[0] == 200


def test_only_questions_are_taken(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"):
        assert server.get("/api/search?q=x", method=method)[0] in {405, 501}
    assert server.get("/", "Content-Length: 5")[0] == 413
    for length in ("-1", "9" * 5000, "0x0", "٣".encode().decode("latin-1")):
        assert server.get("/", f"Content-Length: {length}")[0] == 413
    assert server.get("/", "Transfer-Encoding: chunked")[0] == 413


def test_long_addresses_and_many_headers_are_refused(server: Server) -> None:
    assert server.get(f"/api/search?q={'a' * LONGEST}")[0] == 414
    assert server.get(f"/{'a/' * LONGEST}")[0] == 414
    assert server.get("/", *(f"X-{n}: x" for n in range(200)))[0] == 431


def test_pages_of_other_sites_cannot_make_it_search(server: Server) -> None:
    for path in ("/api/search?q=x", "/livereload/changes?page=&mark=x"):
        assert server.get(path, "Sec-Fetch-Site: cross-site")[0] == 403
    assert server.get("/notes/a/", "Sec-Fetch-Site: cross-site")[0] == 200  # a link to a page is one


def test_who_goes_away_is_no_news(server: Server) -> None:
    for sent in (b"GET / HTTP/1.0\r\nHost:", b"GET /api/search?q=mutuelle HTTP/1.0\r\nHost: localhost\r\n\r\n"):
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as there:
                there.sendall(sent)
                # Closed at once and without a word, so that the server's answer finds nobody.
                there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert server.get("/")[0] == 200
    server.log.flush()
    assert "Traceback" not in Path(server.log.name).read_text()


def test_answers_are_taken_for_what_they_say(server: Server) -> None:
    head = server.send(f"GET /notes/b.pdf HTTP/1.0\r\nHost: localhost:{server.port}\r\n\r\n".encode())
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in head
    assert b"Access-Control-Allow-Origin" not in head


def test_who_asks_too_much_waits(server: Server) -> None:
    statuses = [server.get("/api/search?q=")[0] for _ in range(BURST * 3)]
    assert statuses[:10] == [200] * 10
    assert set(statuses) <= {200, 429}
    assert server.get("/notes/a/")[0] == 200


def test_an_address_that_is_none_is_said(tmp_path: Path) -> None:
    done = run("serve", "--host", "example.org", cwd=write(tmp_path, {}))
    assert (done.exit_code, "no address of a machine" in done.stderr) == (2, True)


def asked(guard: Guard, path: str = "/", **environ: str) -> str:
    told: list[str] = []
    given = {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": "localhost",
        "PATH_INFO": path,
        "REMOTE_ADDR": "127.0.0.1",
        **environ,
    }
    b"".join(guard(given, lambda status, headers: told.append(status)))
    return told[0][:3]


def page(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [])
    return [b"page"]


def test_searches_of_one_client_are_counted_and_forgiven(tmp_path: Path) -> None:
    now = [0.0]
    guard = Guard(page, tmp_path, "127.0.0.1", "/hub/", now=lambda: now[0])
    assert [asked(guard, "/hub/api/search") for _ in range(BURST + 2)] == ["200"] * BURST + ["429"] * 2
    assert asked(guard, "/hub/api/search", REMOTE_ADDR="127.0.0.2") == "200"
    assert asked(guard, "/hub/notes/a/") == "200"
    now[0] += 1
    assert asked(guard, "/hub/api/search") == "200"
    now[0] += 1000
    asked(guard, "/hub/api/search")
    assert len(guard._clients) == 1


def test_a_server_for_the_whole_network_is_asked_by_its_addresses(tmp_path: Path) -> None:
    guard = Guard(page, tmp_path, "0.0.0.0")
    for host, status in (("192.0.2.7:8000", "200"), ("[2001:db8::1]:80", "200"), ("evil.example", "421")):
        assert asked(guard, HTTP_HOST=host) == status
    assert asked(guard, HTTP_HOST=socket.gethostname()) == "200"


def test_a_fault_of_the_server_is_said_and_ends_nothing(tmp_path: Path) -> None:
    def broken(environ: dict[str, Any], start: Any) -> list[bytes]:
        raise RuntimeError

    guard = Guard(broken, tmp_path, "127.0.0.1")
    assert [asked(guard) for _ in range(AT_ONCE + 1)] == ["500"] * (AT_ONCE + 1)


def test_too_many_at_once_are_told_to_come_again(tmp_path: Path) -> None:
    guard = Guard(page, tmp_path, "127.0.0.1")
    for _ in range(AT_ONCE):
        guard._places.acquire()
    assert asked(guard) == "503"


def test_a_link_that_leads_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/out").symlink_to("/etc")
    (tmp_path / "site/in").symlink_to(tmp_path / "site")
    guard = Guard(page, tmp_path / "site", "127.0.0.1")
    assert [asked(guard, path) for path in ("/out/passwd", "/out", "/in/a")] == ["404", "404", "200"]


@given(st.text(), st.text(), st.text())
def test_there_is_an_answer_to_anything(path: str, query: str, host: str) -> None:
    guard = Guard(page, Path("site"), "127.0.0.1")
    given = {"PATH_INFO": f"/{path}".encode().decode("latin-1"), "QUERY_STRING": query}
    assert asked(guard, given["PATH_INFO"], QUERY_STRING=query) in {"200", "400", "404", "414", "429"}
    assert asked(guard, HTTP_HOST=f"{host}.example") == "421"
