"""MkDocs, ProperDocs and `hub build` make the same site of the same `mkdocs.yml`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.hubs import NOTHING_ELSE, Built, copy_of_this_hub, environment, text
from tests.support import write

GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')
STAMPED = {"sitemap.xml.gz"}
"""The host packs it with the time; what is inside is compared as `sitemap.xml`."""


def mkdocs(root: Path, site: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(root / "mkdocs.yml"), "-d", str(site)]


def properdocs(root: Path, site: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "properdocs",
        "build",
        "--strict",
        "-q",
        "-f",
        str(root / "mkdocs.yml"),
        "-d",
        str(site),
    ]


def hub_build(root: Path, site: Path) -> list[str]:
    return [
        str(Path(sys.executable).with_name("hub")),
        "--root",
        str(root),
        "build",
        "--strict",
        "--site-dir",
        str(site),
    ]


HOSTS = {"mkdocs": mkdocs, "properdocs": properdocs, "hub": hub_build}


def sites(root: Path, into: Path) -> dict[str, Built]:
    """The hub in `root` built by each host, all at once."""
    running = {
        name: subprocess.Popen(
            command(root, into / name), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for name, command in HOSTS.items()
    }
    said = {name: process.communicate(timeout=120)[0] for name, process in running.items()}
    failed = {name: said[name] for name, process in running.items() if process.returncode}
    assert not failed, "\n".join(f"{name} failed:\n{words}" for name, words in failed.items())
    return {name: Built(into / name) for name in HOSTS}


OWN = {"hub": {"SHA256SUMS"}}
"""What one host alone puts into a site."""


def assert_same(made: dict[str, Built], *, at_least: int) -> None:
    first = made["mkdocs"]
    assert len(first.files) >= at_least
    generators = set()
    for name, other in made.items():
        files = other.files - OWN.get(name, set())
        assert files == first.files, f"{name}: {sorted(files ^ first.files)[:10]}"
        for file in first.files - STAMPED:
            ours, theirs = (first.root / file).read_bytes(), (other.root / file).read_bytes()
            generators |= set(GENERATOR.findall(theirs))
            assert GENERATOR.sub(b"", ours) == GENERATOR.sub(b"", theirs), f"{name}: {file}"
    assert len(generators) == 2, generators  # MkDocs' line and ProperDocs'


def test_this_hub(tmp_path):
    assert_same(sites(copy_of_this_hub(tmp_path / "source"), tmp_path), at_least=300)


@pytest.mark.parametrize(
    "files",
    [{"docs/notes/une-note.md": text("Une note")}, {}],
    ids=["one note", "no content at all"],
)
def test_a_hub_with_nothing_but_a_name(tmp_path, files):
    write(tmp_path / "source", {"mkdocs.yml": NOTHING_ELSE, **files})
    made = sites(tmp_path / "source", tmp_path)
    assert_same(made, at_least=10)
    for site in made.values():
        assert site.page("").one("h1").text
        assert site.has("notes/une-note/") == bool(files)
