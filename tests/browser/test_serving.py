"""`hub serve` in a browser: an edited page comes again by itself, where it was read, and a fault shows until mended."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import until
from tests.browser.test_search_hostile import SETTLED
from tests.site.hubs import environment
from tests.support import write

pytestmark = pytest.mark.browser
LINES = "\n\n".join(f"## Partie {n}\n\nUn texte de la partie {n}. " + "Des mots. " * 60 for n in range(30))
NOTE = f"---\ntitle: Une note longue\ndate: 2015\n---\n\n{LINES}\n"
CONFIG = "site_name: Essai\nsite_url: https://example.org/hub/\nplugins: [hub]\n"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        found: int = one.getsockname()[1]
    return found


class Serving:
    """The command in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.root, port = root, free_port()
        self.home = f"http://127.0.0.1:{port}/hub/"
        command = [sys.executable, "-c", "from hub.cli.app import main; main()", "--root", str(root), "serve"]
        self.said = root / "said.txt"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [*command, "--port", str(port)],
                stderr=said,
                env=environment({"LC_ALL": "en_GB.UTF-8"}),
                start_new_session=True,
            )
        until = time.monotonic() + 120
        while "127.0.0.1" not in self.said.read_text("utf-8"):
            assert self.process.poll() is None, self.said.read_text("utf-8")
            assert time.monotonic() < until
            time.sleep(0.05)

    def get(self, address: str) -> str:
        with urllib.request.urlopen(self.home + address, timeout=120) as answer:
            found: str = answer.read().decode()
        return found

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    files = {
        "mkdocs.yml": CONFIG,
        "docs/notes/longue.md": NOTE,
        "docs/notes/autre.md": NOTE.replace("longue", "courte"),
    }
    made = Serving(write(tmp_path_factory.mktemp("serving"), files))
    yield made
    try:
        assert made.end() == 0
        assert "Traceback" not in made.said.read_text("utf-8")
    finally:
        made.process.kill()


def saved(path: Path, text: str) -> None:
    """Save a file as editors do: a new one takes its place."""
    new = path.with_name(f".{path.name}.swp")
    new.write_text(text, "utf-8")
    new.replace(path)


def test_an_edited_page_comes_again_where_it_was_read(serving, visit):
    context, witness = visit(serving.home)
    page = context.new_page()
    page.goto(f"{serving.home}notes/longue/")
    page.evaluate("window.scrollTo(0, 3000)")
    until(page, "window.scrollY === 3000")
    page.evaluate("window.before = true")
    saved(serving.root / "docs/notes/longue.md", NOTE.replace("de la partie 20.", "tout neuf."))
    until(page, "!window.before && document.body.textContent.includes('tout neuf.')")
    until(page, "window.scrollY === 3000")
    assert witness.faults == []


def test_a_page_that_has_not_changed_stays(serving, visit):
    context, _ = visit(serving.home)
    page, other = context.new_page(), context.new_page()
    for one, address in ((page, "notes/longue/"), (other, "notes/autre/")):
        one.goto(serving.home + address)
        one.evaluate("window.before = true")
    saved(serving.root / "docs/notes/longue.md", NOTE.replace("de la partie 2.", "changé."))
    page.bring_to_front()
    until(page, "document.body.textContent.includes('changé.')")
    page.wait_for_timeout(500)
    assert other.evaluate("window.before") is True


def test_a_fault_shows_on_the_page_until_it_is_mended(serving, visit):
    context, _ = visit(serving.home)
    page = context.new_page()
    page.goto(f"{serving.home}notes/longue/")
    for text, said in (
        ("---\ntitle: [Une note\n---\n", "docs/notes/longue.md:2"),
        (NOTE.replace("2015", "hier"), "docs/notes/longue.md:3:7"),
    ):
        saved(serving.root / "docs/notes/longue.md", text)
        page.locator("[data-hub-faults]").get_by_text(said).wait_for(timeout=60_000)
    saved(serving.root / "docs/notes/longue.md", NOTE)
    page.locator("[data-hub-faults]").wait_for(state="detached", timeout=60_000)
    assert page.locator("h1").inner_text() == "Une note longue"


def test_a_broken_configuration_shows_on_the_page_until_it_is_mended(serving, visit):
    context, _ = visit(serving.home)
    page = context.new_page()
    page.goto(f"{serving.home}notes/autre/")
    saved(serving.root / "mkdocs.yml", "site_name: [\n")
    page.locator("[data-hub-faults]").get_by_text("mkdocs.yml").wait_for(timeout=60_000)
    saved(serving.root / "mkdocs.yml", CONFIG)
    page.locator("h1").get_by_text("Une note courte").wait_for(timeout=60_000)


def test_the_search_finds_what_was_just_written(serving, visit):
    context, witness = visit(serving.home)
    write(serving.root, {"docs/notes/zinzolin.md": "---\ntitle: Zinzolin\n---\n\nUne couleur.\n"})
    end = time.monotonic() + 60
    while "zinzolin" not in serving.get("api/search?q=zinzolin") and time.monotonic() < end:
        time.sleep(0.2)
    page = context.new_page()
    found = page.get_by_role("link", name="Zinzolin")
    while not found.count() and time.monotonic() < end:  # the scripts are written a little later than the index
        page.goto(f"{serving.home}recherche/?q=zinzolin")
        until(page, SETTLED)
    assert found.count()
    assert witness.faults == []
