"""What is contributed does nothing but be read: hostile titles, codes, names and files run nowhere and lead nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hub.config import read_config
from hub.loading import find_kinds
from hub.naming import is_device, stem_of
from tests.repository import Repository
from tests.site.hubs import build, environment, text
from tests.support import run, write

SCRIPT = "<script>window.attacked = 1</script>"
IMAGE = "<img src=x onerror=window.attacked=1>"
FILES = {
    "docs/a-propos.md": f"---\ntitle: '{SCRIPT}'\n---\nTexte.\n",
    "docs/notes/a.md": (
        f"---\ntitle: '</title>{SCRIPT}'\nsummary: '\">{SCRIPT}'\nthemes: [a, b]\nkeywords: ['{IMAGE}']\n"
        f"places: [{{country: BJ, department: '</title>{SCRIPT}'}}]\n"
        "aliases: ['../../../../pwn/', '/etc/x/', 'javascript:alert(1)/']\n---\n"
        f"## Un {IMAGE}\n\n## Deux `{IMAGE}`\n\n[b](</javascript:alert(1)>) [c](javascript%3Aalert(1)) "
        "![i](//evil.example/x.png)\n"
    ),
    "docs/notes/b.md": f"---\ntitle: B\nkeywords: ['{IMAGE}']\n---\nTexte.\n",
    "docs/vocabulaires/themes.yml": (
        f'terms:\n  "../../../../pwn": {{fr: a, en: a}}\n  \'">{IMAGE}\': {{fr: b, en: b}}\n'
    ),
    "docs/assets/hub.js": "window.attacked = 1",
    "docs/assets/stylesheets/main.zz.css": "@import url(http://evil.example/)",
    "docs/notes/evil.html": SCRIPT,
    "docs/notes/evil.svg": "<svg onload='window.attacked=1'/>",
    "docs/notes/none.svg": "<svg onload='window.attacked=1'",
    "docs/javascript:alert(1)": "x",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("around") / "hub", FILES)
    (root / "docs/notes/secret.txt").symlink_to("/etc/passwd")
    build(root)
    return root / "site"


def test_no_page_runs_or_loads_what_was_contributed(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        html = page.read_text("utf-8")
        html = re.sub(r'<script type="application/ld\+json">\{[^<>&\u2028\u2029]*\}</script>', "", html)
        assert re.findall(r"<script(?! src=\"[./]*assets/hub\.js\"></script>)", html) == [], page
        assert not re.search(r"<[^>]*\son\w+\s*=(?=[^<>]*>)", re.sub(r'"[^"]*"', '""', html)), page
        for address in re.findall(r'(?:href|src)="([^"]*)"', html):
            assert not re.match(r"\s*(?:javascript|data|vbscript):", address, re.IGNORECASE), (page, address)
        assert not re.search(r'<(?:img|script|link rel="stylesheet")[^>]*(?:src|href)="(?:https?:)?//', html), page


def test_only_plain_files_are_published(site: Path) -> None:
    others = {
        file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file() and file.suffix != ".html"
    }
    assert not others & {"notes/secret.txt", "assets/stylesheets/main.zz.css"}
    assert not (site / "notes/evil.html").exists()
    for picture in ("evil", "none"):
        assert ET.fromstring((site / f"notes/{picture}.svg").read_bytes()).attrib == {}
    assert "attacked" not in (site / "assets/hub.js").read_text("utf-8")


def test_nothing_is_written_outside_the_site(site: Path) -> None:
    around = site.parent.parent
    assert {path.name for path in around.iterdir()} == {"hub"}
    assert {path.name for path in site.parent.iterdir()} == {".cache", "docs", "mkdocs.yml", "site"}


def test_a_site_can_stand_on_windows_whatever_texts_and_words_are_called(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "hub")
    words = "keywords: [con, AUX, 'Com1']\nplaces: [{country: BJ, department: Nul}]\nauthors: [prn]\n"
    note = f"---\ntitle: Essai\n{words}status: published\n---\n\n[[aux]] [a](a.md)\n"
    repository.commit("un", {"docs/notes/con.md": note})
    repository.git("mv", "docs/notes/con.md", "docs/notes/a.md")
    repository.commit(
        "deux",
        {
            "docs/notes/a.md": note.replace("title: Essai", "title: Essai\nid: aux\naliases: [nul/x/, vieux/]"),
            "docs/notes/b.md": note,
            "docs/con/lpt1.md": "---\ntitle: Page\n---\n\nTexte.\n",
            "docs/con/lpt1.en.md": "---\ntitle: Page\n---\n\nText.\n",
            "docs/personnes/prn.md": "---\ntitle: Prune Née\nconsent: {date: 2020}\n---\n",
        },
    )
    site = build(repository.root)
    parts = {part for path in site.files for part in path.split("/")}
    assert sorted(filter(is_device, parts)) == []
    assert {"notes/aux_/index.html", "con_/lpt1_/index.html", "mots-cles/con_/index.html"} <= site.files
    assert "notes/con_/index.html" in site.files, "where the text was leads to it"
    assert site.link_faults()[1] == []
    assert stem_of("Con", find_kinds(read_config(repository.root))["note"]) == "note-con"


def test_links_to_folders_anywhere_cost_nothing_but_themselves(tmp_path: Path) -> None:
    root = write(tmp_path / "hub", {"docs/notes/a.md": text("Note A"), "docs/index.md": text("Accueil")})
    (tmp_path / "dehors").mkdir()
    (tmp_path / "dehors/secret.md").write_text(text("Dehors"), "utf-8")
    for number in range(12):  # the host would walk through them in all orders
        (root / f"docs/notes/boucle-{number}").symlink_to(".")
    (root / "docs/notes/dehors").symlink_to(tmp_path / "dehors")
    (root / "racine").symlink_to("/")
    done = run("build", cwd=root)
    assert done.exit_code == 0, done.stderr
    assert done.stderr.count("[linked-file]") == 13
    assert (root / "site/notes/a/index.html").is_file()
    assert not [path for path in (root / "site").rglob("*") if "boucle" in path.name or "dehors" in path.name]
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        str(root / "mkdocs.yml"),
        "-d",
        str(tmp_path / "mk"),
    ]
    by_host = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120, check=False)
    assert by_host.returncode == 0, by_host.stderr
    assert (tmp_path / "mk/notes/a/index.html").is_file()
