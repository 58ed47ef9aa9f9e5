"""What `hub serve` shows: every page as a build writes it when somebody asks for it, and what is wrong with a text."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from hub import checks
from hub.site import entries
from hub_mkdocs.serving.moment import HTML
from hub_mkdocs.serving.served import Served
from hub_mkdocs.serving.server import Answering
from tests.repository import Repository
from tests.site.hubs import copy_of_this_hub
from tests.site.test_incremental import CONFIG, EDITS, FILES, NOTE, OTHER, contents, publish, renamed, replaced
from tests.support import run, write

LONG = bool(os.environ.get("HUB_TEST_LONG"))
_BANNER = re.compile(
    rb'<div class="hub-notice hub-notice--withdrawn" role="note" data-hub-faults>.*?</div>\n?', re.DOTALL
)
POST = "---\ntitle: Billet\ndate: 2020-02\nauthors: [ada]\naliases: [ancien.html, vieux/]\n---\n\nBonjour.\n"
STALE = "---\ntitle: Other\ntranslation_of: autre\nsource_hash: {hash}\n---\n\nText.\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with most of what a site shows: revisions, renamings, deletions, a stale translation, old addresses."""
    made = Repository(tmp_path_factory.mktemp("served") / "hub")
    made.commit("un", {**FILES, "docs/notes/fini.md": "---\ntitle: Fini\n---\n\nUn texte.\n"})
    made.commit("deux", {NOTE: FILES[NOTE].replace("Le FBR", "Sur le FBR"), "docs/notes/fini.md": None})
    blob = made.git("rev-parse", f"HEAD:{OTHER}")
    made.commit("trois", {"docs/notes/autre.en.md": STALE.format(hash=blob), "docs/billets/un.md": POST})
    made.commit("quatre", {OTHER: FILES[OTHER].replace("Voir [l", "Voyez [l")})
    renamed(NOTE, "docs/notes/soutien.md")(made.root)
    made.commit("cinq", {"docs/personnes/eve.md": "---\ntitle: Eve Zinsou\nretired: oui\n---\n"})
    many = {
        f"docs/notes/n{n}.md": f"---\ntitle: Note {n}\nauthors: [ada]\nkeywords: [k{n % 3}]\n---\n" for n in range(40)
    }
    made.commit("six", many)
    return made.root


class Shown:
    """A hub that is served, without a server."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        folder.mkdir()
        self.served = Served(root, folder)

    def body(self, address: str) -> bytes:
        return self.served.answer(address).body

    def text(self, address: str) -> str:
        return self.body(address).decode()

    def mark(self, address: str) -> str:
        return self.served.mark(self.served.answer(address))

    def change(self, files: dict[str, str]) -> bool:
        write(self.root, files)
        return self.served.change([self.root / name for name in files])

    def compare(self, site: Path) -> None:
        """Compare all that is shown with what a build writes."""
        built = {
            name: body
            for name, body in contents(site).items()
            if not name.startswith(("search/", "sitemap.xml.gz", "SHA256SUMS"))
        }
        shown = {name: _BANNER.sub(b"", self.body(name.removesuffix("index.html"))) for name in built}
        assert [name for name in built if built[name] != shown[name]] == []


@pytest.fixture
def shown(hub: Path, tmp_path: Path) -> Shown:
    root = tmp_path / "hub"
    shutil.copytree(hub, root, symlinks=True)
    return Shown(root, tmp_path / "made")


def test_every_address_shows_what_a_build_writes_there(shown):
    site = publish(shown.root, "site")
    names = contents(site)
    assert {
        "en/index.html",
        "CITATION.cff",
        "404.html",
        "sitemap.xml",
        "notes/carte.png",
        "ancien.html",
    } <= names.keys()
    assert {"notes/appui/index.html", "notes/fini/index.html", "notes/page/2/index.html"} <= names.keys()
    assert any("/v/" in name for name in names)
    assert any(name.endswith("/original/index.html") for name in names)
    shown.compare(site)


def test_what_a_build_does_not_write_is_not_there(shown):
    missing = shown.served.answer("rien/")
    assert missing.status == "404 Not Found"
    assert missing.body == shown.body("404.html")
    for address in (
        *(
            "docs/notes/appui.md",
            "notes/soutien.md",
            "vocabulaires/themes.yml",
            "../mkdocs.yml",
            "notes/../../mkdocs.yml",
        ),
        *(
            "assets/search/engine.js",
            "notes/page/99/",
            "en/notes/autre2/",
            "personnes/eve/",
            "mkdocs.yml",
            "/etc/passwd",
        ),
    ):
        assert shown.served.answer(address).status == "404 Not Found", address


MORE = {**EDITS, "left": replaced("docs/personnes/ada.md", "consent: {date: 2020}\n", "retired: oui\n")}
SOME = ["left", "name"]


@pytest.mark.parametrize("edit", [edit for edit in MORE if LONG or edit in SOME])
def test_after_an_edit_pages_are_those_of_a_build(shown, edit):
    renamed(NOTE, "docs/notes/soutien.md")(shown.root)  # the edits know the note by that name
    shown.body("notes/")
    MORE[edit](shown.root)
    assert shown.served.change(
        [*shown.root.glob("docs/**/*"), shown.root / "mkdocs.yml"][:: -1 if edit == "name" else 1]
    )
    shown.compare(publish(shown.root, "site"))


def test_a_commit_is_shown_in_the_history(shown):
    before = shown.text("notes/autre/historique/")
    git = Repository(shown.root, count(10))
    git.commit("sept", {OTHER: FILES[OTHER].replace("Voir [l", "Lire [l")})
    shown.served.change([shown.root / OTHER, shown.root / ".git/logs/HEAD"])
    assert shown.text("notes/autre/historique/").count("<li") == before.count("<li") + 1
    if LONG:
        shown.compare(publish(shown.root, "site"))


def test_a_text_that_cannot_be_read_says_why_on_its_page_until_it_is_mended(shown):
    good = shown.body("notes/autre/")
    mark = shown.mark("notes/autre/")
    broken = "---\ntitle: [Autre\n---\n\nTexte.\n"
    assert shown.change({OTHER: broken, "docs/notes/neuf.md": broken})
    assert "<code>docs/notes/autre.md:2" in shown.text("notes/autre/")  # above its last revision
    assert shown.mark("notes/autre/") != mark
    answer = shown.served.answer("notes/neuf/")  # which has none
    assert answer.status == "500 Internal Server Error"
    assert "<code>docs/notes/neuf.md:2" in answer.body.decode()
    assert '<header class="hub-header"' in answer.body.decode()
    assert shown.served.answer("notes/n1/").status == "200 OK"
    shown.change({OTHER: FILES[OTHER].replace("Voir [l", "Voyez [l"), "docs/notes/neuf.md": "---\ntitle: Neuf\n---\n"})
    assert shown.body("notes/autre/") == good
    assert shown.mark("notes/autre/") == mark
    assert shown.served.answer("notes/neuf/").status == "200 OK"


def test_a_page_that_cannot_be_read_within_a_page_of_the_hub_says_so_there(shown):
    shown.change({"docs/index.md": "---\ntitle: [Accueil\n---\n"})
    assert "docs/index.md:2" in shown.text("")
    assert shown.served.answer("").status == "200 OK"


def test_faults_of_a_text_stand_above_it_with_place_and_example(shown):
    shown.change({OTHER: FILES[OTHER].replace("date: 2016", "date: hier")})
    text = shown.text("notes/autre/")
    fault = text[text.index("data-hub-faults") :]
    assert "docs/notes/autre.md:3:7" in fault
    assert "hier" in fault
    assert "2015-04" in fault
    assert "<h1" in fault
    assert "data-hub-faults" not in shown.text("notes/n1/")


def test_what_the_checks_find_stands_there_once_it_is_known(shown):
    shown.change({"docs/notes/n1.md": "---\ntitle: Note\ndate: 2999\n---\n"})
    before, other = shown.mark("notes/n1/"), shown.mark("notes/n2/")
    found = [one for one in checks.run(shown.served.loaded) if one.location.path == "docs/notes/n1.md"]
    assert found
    shown.served.found({"docs/notes/n1.md": found})
    assert f"<code>{found[0].location}</code>" in shown.text("notes/n1/")
    assert shown.mark("notes/n1/") != before
    assert shown.mark("notes/n2/") == other
    shown.served.found({})
    assert shown.mark("notes/n1/") == before


def test_a_text_at_which_the_software_stops_costs_its_own_page(shown, monkeypatch):
    pages = entries.pages

    def stopping(reader, glossary, entry, *more):
        if entry.id == "autre":
            raise ValueError("un <défaut>")
        return pages(reader, glossary, entry, *more)

    monkeypatch.setattr(entries, "pages", stopping)
    answer = shown.served.answer("notes/autre/")
    assert answer.status.startswith("500")
    assert "ValueError: un &lt;défaut&gt;" in answer.body.decode()
    assert shown.served.answer("notes/n1/").status == "200 OK"


def test_a_broken_configuration_is_said_on_every_page_until_it_is_mended(shown):
    config, good = (shown.root / "mkdocs.yml").read_text("utf-8"), shown.body("notes/n1/")
    for broken, said in (
        ("site_name: [\n", "mkdocs.yml"),
        ("site_name: Essai\nplugins:\n  - hub:\n      languages: 3\n", "languages"),
        ("site_name: Essai\nplugins: [hub, unknown-plugin]\n", "unknown-plugin"),
    ):
        assert not shown.change({"mkdocs.yml": broken})
        for address in ("", "notes/n1/", "rien/"):
            answer = shown.served.answer(address)
            assert answer.status.startswith("500"), broken
            assert said in answer.body.decode()
        assert shown.served.answer("assets/hub.css").status == "200 OK"
    assert shown.change({"mkdocs.yml": config})
    assert shown.body("notes/n1/") == good


def test_a_page_is_marked_by_what_it_shows(shown):
    marks = [shown.mark(address) for address in ("notes/n1/", "notes/autre/", "")]
    shown.change({OTHER: FILES[OTHER] + "\nUne phrase de plus.\n"})
    after = [shown.mark(address) for address in ("notes/n1/", "notes/autre/", "")]
    assert [one == other for one, other in zip(marks, after, strict=True)] == [True, False, True]
    before = shown.body("notes/carte.png")
    shown.change({"docs/notes/carte.png": "une autre image"})
    assert shown.body("notes/carte.png") not in (b"", before)
    assert shown.mark("notes/n1/") != after[0]  # an image may stand on any page


def test_this_hub_is_shown_as_it_is_built(tmp_path):
    root = copy_of_this_hub(tmp_path / "hub")
    shown = Shown(root, tmp_path / "made")
    site = publish(root, "site")
    shown.compare(site)


def test_a_plugin_that_works_on_pages_has_them_all_built_by_the_host(tmp_path, monkeypatch):
    hook = "def on_page_content(html, **_):\n    return html + 'x'\n"
    config = f"{CONFIG}hooks: [hook.py]\n"
    write(tmp_path, {"mkdocs.yml": config, "hook.py": hook, "docs/notes/a.md": "---\ntitle: A\n---\n"})
    asked = []
    monkeypatch.setattr("mkdocs.commands.serve.serve", lambda **given: asked.append(given))
    done = run("serve", "--root", tmp_path, "--port", "8765")
    assert done.exit_code == 0, done.output
    assert "Another plugin works on pages" in done.output
    assert [one["dev_addr"] for one in asked] == ["127.0.0.1:8765"]


def test_a_port_that_is_taken_is_said(tmp_path):
    write(tmp_path, {"docs/notes/a.md": "---\ntitle: A\n---\n"})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--root", tmp_path, "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert "--port" in done.output


class Beside:
    """What is done beside the pages, for tests: an index that is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def search(self, seconds: float) -> tuple[Path, ...]:
        return (self.folder,)


class Client:
    """Asks the application as a server does."""

    def __init__(self, shown: Shown, folder: Path) -> None:
        self.app = Answering(shown.served, Beside(folder))

    def get(self, path: str, query: str = "", method: str = "GET") -> tuple[str, dict[str, str], Iterator[bytes]]:
        told: list[Any] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query}
        body = iter(self.app(environ, lambda status, headers: told.extend([status, dict(headers)])))
        return told[0], told[1], body


def test_requests_are_answered_as_a_server_of_files_would(shown, tmp_path):
    write(tmp_path / "index", {"search/loader.js": "1;"})
    client = Client(shown, tmp_path / "index")
    status, headers, body = client.get("/notes/autre/")
    html = b"".join(body)
    assert (status, headers["Content-Type"], len(html)) == ("200 OK", HTML, int(headers["Content-Length"]))
    assert html.count(b'<script src="/livereload.js" data-changes=') == 1
    assert b"".join(client.get("/notes/autre/index.html")[2]) == html
    assert client.get("/notes/autre", "q=é")[:2] == (
        "302 Found",
        {"Location": "/notes/autre/?q=é", "Content-Length": "0", "Cache-Control": "no-store"},
    )
    assert client.get("/notes/autre/", method="POST")[0].startswith("405")
    status, headers, body = client.get("/notes/autre/", method="HEAD")
    assert (status, int(headers["Content-Length"]), list(body)) == ("200 OK", len(html), [])
    assert b"".join(client.get("/search/loader.js")[2]) == b"1;"
    assert client.get("/search/../mkdocs.yml")[0].startswith("404")
    assert b"EventSource" in b"".join(client.get("/livereload.js")[2])
    for strange in ("/%00", "/\x00", "/" + "a/" * 3000, "/é/à.png", "//etc/passwd", "/notes/autre/../../mkdocs.yml"):
        assert client.get(strange)[0].startswith("404"), strange


def test_a_browser_that_waits_is_told_when_its_page_has_changed(shown, tmp_path):
    client = Client(shown, tmp_path)
    mark = shown.mark("notes/autre/")
    waiting = client.get("/livereload/changes", f"page=notes/autre/&mark={mark}")[2]
    assert next(waiting).startswith(b":")
    shown.change({"docs/notes/n1.md": "---\ntitle: Un\n---\n"})
    assert next(waiting).startswith(b":")
    shown.change({OTHER: FILES[OTHER] + "\nUne phrase de plus.\n"})
    assert list(waiting) == [b"event: changed\ndata:\n\n"]
    assert list(client.get("/livereload/changes", f"page=notes/autre/&mark={mark}")[2]) == [
        b"event: changed\ndata:\n\n"
    ]
