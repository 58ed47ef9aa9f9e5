"""What is measured side by side: how each builder's project is set up, and the command that builds it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.hugo import with_hugo

REFERENCE = "material"
"""The peer that the ratios are against."""

_MATERIAL = """\
site_name: Hub d’essai
site_description: Un hub fait de mots inventés.
site_url: https://hub.example/
theme:
  name: material
  language: fr
  font: false
  features: [navigation.prune]
plugins:
  - search: {lang: fr}
  - tags
markdown_extensions: [footnotes, tables]
"""
_OUTSIDE_NAV = """\
nav: [index.md]
not_in_nav: "*"
"""


_GIT_PLUGINS = """\
  - git-revision-date-localized: {enable_creation_date: true}
  - git-authors
"""
_REVISIONS = 5
_PEERS = ".cache/peers/bin/"


@dataclass(frozen=True)
class Peer:
    """A builder.

    Attributes:
        key: its name in options.
        label: what the report calls it, with what it is asked to do.
        program: the command; with a slash, a file relative to the repository's root (`.ci/peers` puts it there).
        arguments: of the command, run in the project's folder; it builds into `site/`.
        plain: whether it is given the plain texts.
        setup: what is written into the project besides the texts.
        change: what is changed after a build that is not measured; None to measure a build from nothing.
    """

    key: str
    label: str
    program: str
    arguments: tuple[str, ...]
    plain: bool = False
    setup: Callable[[Path], None] = lambda folder: None
    change: Callable[[Path], None] | None = None

    def missing(self) -> str:
        """Why it cannot run here; empty when it can."""
        return "" if self.executable() else f"the command `{self.program}` is not installed"

    def executable(self) -> str | None:
        """The command's file, that of this Python's environment first."""
        if "/" in self.program:
            return shutil.which(Path(__file__).parent.parent / self.program)
        beside = shutil.which(self.program, path=str(Path(sys.executable).parent))
        return beside or shutil.which(self.program)


def _with_theme(folder: Path) -> None:
    """Name the hub's theme: ProperDocs looks for its own default theme, a package apart, before it asks any plugin."""
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("theme: hub\n")


def _with_material(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text(_MATERIAL, "utf-8")


def _with_bare_material(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text(_MATERIAL + _OUTSIDE_NAV, "utf-8")


def _with_git(folder: Path) -> None:
    """Five revisions of each text, each commit of all texts: the fewest commits, which is best for the plugins."""
    (folder / "mkdocs.yml").write_text(_MATERIAL.replace("  - tags\n", f"  - tags\n{_GIT_PLUGINS}"), "utf-8")
    (folder / ".gitignore").write_text("/site/\n", "utf-8")
    git = partial(subprocess.run, cwd=folder, check=True, capture_output=True)
    git(["git", "init", "-q"])
    for revision in range(_REVISIONS):
        for path in (folder / "docs").rglob("*.md") if revision else ():
            with path.open("a", encoding="utf-8") as text:
                text.write(f"\nPhrase de la révision {revision}.\n")
        git(["git", "add", "-A"])
        who = ("-c", "user.name=Awa Sow", "-c", "user.email=awa@example.org")
        git(["git", *who, "commit", "-q", "-m", f"Révision {revision}"])


def _first(folder: Path, kind: str) -> Path:
    return min((folder / "docs" / kind).rglob("[!_]*.md"))


def _with_one_sentence(folder: Path) -> None:
    with _first(folder, "notes").open("a", encoding="utf-8") as note:
        note.write("\nUne phrase de plus.\n")


def _with_one_name(folder: Path) -> None:
    path = _first(folder, "personnes")
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Autre ", 1), "utf-8")


def _with_one_note(folder: Path) -> None:
    path = _first(folder, "notes")
    path.with_name("une-note-de-plus.md").write_text(path.read_text("utf-8"), "utf-8")


PEERS = (
    Peer("hub", "`hub build`", "hub", ("build", "--clean")),
    Peer("hub-unchanged", "`hub build` again, nothing changed", "hub", ("build",), change=lambda folder: None),
    Peer("hub-sentence", "`hub build` again, one sentence more", "hub", ("build",), change=_with_one_sentence),
    Peer("hub-name", "`hub build` again, one person renamed", "hub", ("build",), change=_with_one_name),
    Peer("hub-note", "`hub build` again, one note more", "hub", ("build",), change=_with_one_note),
    Peer("mkdocs", "`mkdocs build` with the plugin hub", "mkdocs", ("build", "--quiet")),
    Peer(
        "properdocs",
        "`properdocs build` with the plugin hub, `theme: hub` named",
        "properdocs",
        ("build", "--quiet"),
        setup=_with_theme,
    ),
    Peer(
        REFERENCE,
        "Material: search, tags, `navigation.prune`",
        "mkdocs",
        ("build", "--quiet"),
        plain=True,
        setup=_with_material,
    ),
    Peer(
        "material-bare",
        "Material: search, tags, no page in the navigation",
        "mkdocs",
        ("build", "--quiet"),
        plain=True,
        setup=_with_bare_material,
    ),
    Peer(
        "material-git",
        "Material with the Git plugins (dates, authors), five commits",
        f"{_PEERS}mkdocs",
        ("build", "--quiet"),
        plain=True,
        setup=_with_git,
    ),
    Peer(
        "zensical",
        "Zensical on Material’s project",
        f"{_PEERS}zensical",
        ("build", "--clean"),
        plain=True,
        setup=_with_material,
    ),
    Peer(
        "zensical-sentence",
        "Zensical again, one sentence more",
        f"{_PEERS}zensical",
        ("build",),
        plain=True,
        setup=_with_material,
        change=_with_one_sentence,
    ),
    Peer(
        "hugo",
        "Hugo: tags, lists, feeds",
        f"{_PEERS}hugo",
        ("--quiet",),
        plain=True,
        setup=partial(with_hugo, related=False),
    ),
    Peer(
        "hugo-related",
        "Hugo: the same and related pages",
        f"{_PEERS}hugo",
        ("--quiet",),
        plain=True,
        setup=partial(with_hugo, related=True),
    ),
    Peer(
        "hugo-sentence",
        "Hugo with related pages again, one sentence more",
        f"{_PEERS}hugo",
        ("--quiet",),
        plain=True,
        setup=partial(with_hugo, related=True),
        change=_with_one_sentence,
    ),
)

NOT_COMPARED = {
    "Rebuilds with MkDocs": "it builds from nothing each time, whatever has changed",
}
"""What the figures to reach also name and this benchmark does not run, with the reason."""
