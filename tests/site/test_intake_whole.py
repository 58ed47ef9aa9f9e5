"""From a Word file and from a form to a page that is found by search: by commands alone, as people run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hub.loading import load
from tests import documents
from tests.intake import asked, event, rendered, saved, ticked
from tests.support import write

ROOT = Path(__file__).parents[2]
FILES = {
    "docs/index.md": "---\ntitle: Le hub\n---\n\nBienvenue.\n",
    "docs/personnes/jean-paul-dossou.md": "---\ntitle: Jean-Paul Dossou\n---\n",
    "mkdocs.yml": "site_name: Essai\nrepo_url: https://github.com/cop/hub\nplugins: [hub]\n",
    ".gitignore": ".cache/\nsite/\n",
}
Do = Callable[..., str]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of a forge's repository: a bare one, with a hub in it."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "forge.git")
    git(tmp_path, "clone", "-q", "forge.git", "clone")
    root = write(tmp_path / "clone", FILES)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Commencer le hub")
    git(root, "push", "-q", "origin", "HEAD:main")
    return root


def call(root: Path, *command: str, status: int = 0) -> str:
    env = os.environ | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "LC_ALL": "fr_FR.UTF-8",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")]),
        **{f"GIT_{who}_NAME": "Facilitateur" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "f@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def git(root: Path, *arguments: str) -> str:
    return call(root, "git", *arguments)


def hub(root: Path, *arguments: str, status: int = 0) -> str:
    return call(root, str(Path(sys.executable).parent / "hub"), *arguments, status=status)


def merged(root: Path, branch: str) -> None:
    """The branch goes to the forge, where a facilitator accepts it, and comes back as the published one."""
    git(root, "push", "-q", "-u", "origin", branch)
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", f"Merge pull request #1 from cop/{branch}", f"origin/{branch}")
    git(root, "push", "-q", "origin", "main")


def found_on_the_site(root: Path, words: str, address: str, *said: str) -> None:
    hub(root, "build")
    page = (root / "site" / address / "index.html").read_text("utf-8")
    for one in said:
        assert one in page
    results: list[dict[str, Any]] = json.loads(hub(root, "search", words, "--format", "json"))["results"]
    assert address in [one["url"].lstrip("/") for one in results]


def test_a_word_file_becomes_a_page_that_is_found(clone: Path) -> None:
    (clone.parent / "Note DDS.docx").write_bytes(documents.note())
    told = json.loads(hub(clone, "import", "../Note DDS.docx", "--format", "json"))["imported"][0]
    hub(clone, "check", told["draft"])
    git(clone, "switch", "-q", "-c", "note-dds")
    git(clone, "add", "docs/notes")
    git(clone, "commit", "-q", "-m", "Importer Note DDS.docx\n\nContribution-de: jean-paul-dossou")
    merged(clone, "note-dds")
    address = "notes/appui-a-la-dds-experience-des-departements/"
    found_on_the_site(clone, "cloisonnement des services", address, "Jean-Paul Dossou", "cloisonnement")
    history = json.loads(hub(clone, "history", told["draft"], "--format", "json"))
    assert [one["people"] for one in history["revisions"]] == [["jean-paul-dossou"]]


def test_a_form_becomes_a_page_that_is_found(clone: Path) -> None:
    form = asked(load(clone).library, "note")
    body = rendered(
        form,
        {
            **ticked(form),
            "title": "La supervision à Allada",
            "authors": "Jean-Paul Dossou\nMariam Inconnue",
            "text": "## Contexte\n\nLes visites étaient vécues comme des contrôles.\n",
            "files": "",
        },
    )
    path = saved(clone.parent / "event.json", event(body))
    said = hub(clone, "intake", str(path), "--branch", "--output", "../out")
    assert "git push -u origin formulaire-12" in said
    result = json.loads((clone.parent / "out/formulaire-12/result.json").read_text("utf-8"))
    assert result["branch"] == "formulaire-12"
    merged(clone, "formulaire-12")
    hub(clone, "check", "--strict")
    found_on_the_site(clone, "visites vécues comme des contrôles", "notes/la-supervision-a-allada/", "Mariam Inconnue")
    history = json.loads(hub(clone, "history", "docs/notes/la-supervision-a-allada.md", "--format", "json"))
    assert [one["people"] for one in history["revisions"]] == [["jean-paul-dossou", "Mariam Inconnue"]]
