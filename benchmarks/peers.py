"""What is measured side by side: how each builder's project is set up, and the command that builds it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class Peer:
    """A builder.

    Attributes:
        key: its name in options.
        label: what the report calls it, with what it is asked to do.
        program: the command, looked for beside Python and then on the path.
        arguments: of the command, run in the project's folder; it builds into `site/`.
        plain: whether it is given the plain texts.
        needs: a Python module that it cannot do without.
        setup: what is written into the project besides the texts.
        change: what is changed after a build that is not measured; None to measure a build from nothing.
    """

    key: str
    label: str
    program: str
    arguments: tuple[str, ...]
    plain: bool = False
    needs: str = ""
    setup: Callable[[Path], None] = lambda folder: None
    change: Callable[[Path], None] | None = None

    def missing(self) -> str:
        """Why it cannot run here; empty when it can."""
        if self.executable() is None:
            return f"the command `{self.program}` is not installed"
        if self.needs and importlib.util.find_spec(self.needs) is None:
            return f"the Python package `{self.needs}` is not installed"
        return ""

    def executable(self) -> str | None:
        """The command's file, that of this Python's environment first."""
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


def _first(folder: Path, kind: str) -> Path:
    return min((folder / "docs" / kind).glob("*.md"))


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
    Peer("mkdocs", "`mkdocs build` with the plugin hub", "mkdocs", ("build", "--quiet"), needs="hub_mkdocs"),
    Peer(
        "properdocs",
        "`properdocs build` with the plugin hub, `theme: hub` named",
        "properdocs",
        ("build", "--quiet"),
        needs="hub_mkdocs",
        setup=_with_theme,
    ),
    Peer(
        REFERENCE,
        "Material: search, tags, `navigation.prune`",
        "mkdocs",
        ("build", "--quiet"),
        plain=True,
        needs="material",
        setup=_with_material,
    ),
    Peer(
        "material-bare",
        "Material: search, tags, no page in the navigation",
        "mkdocs",
        ("build", "--quiet"),
        plain=True,
        needs="material",
        setup=_with_bare_material,
    ),
    Peer("zensical", "Zensical on Material’s project", "zensical", ("build",), plain=True, setup=_with_material),
)

NOT_COMPARED = {
    "Hugo, with and without related pages": "no layout for it is written here yet",
    "Git plugins, histories": "the generated hubs have no Git history yet",
    "Rebuilds of the peers": "they build from nothing each time; Zensical’s own cache is not measured yet",
}
"""What the figures to reach also name and this benchmark does not run, with the reason."""
