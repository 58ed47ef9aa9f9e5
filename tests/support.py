"""Builders of small hubs for the tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from hub import checks
from hub.cli.app import main
from hub.diagnostics import Diagnostic, Report
from hub.i18n import translator
from hub.loading import Loaded, load

GOLDEN = Path(__file__).parent / "golden"
MINIMAL = "site_name: Essai\nplugins: [hub]\n"


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a hub's files; `mkdocs.yml` is added where there is none."""
    basis = {} if (root / "mkdocs.yml").exists() else {"mkdocs.yml": MINIMAL}
    for name, content in {**basis, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (root / "docs").mkdir(exist_ok=True)
    return root


def hub(root: Path, files: Mapping[str, str | bytes], *, drafts: bool = False) -> Loaded:
    """Write a small hub and load it: `hub(tmp_path, {"docs/notes/a.md": "…"})`."""
    return load(write(root, files), drafts=drafts)


def checked(root: Path, files: Mapping[str, str | bytes]) -> Loaded:
    """The same, with what the checks find in the report."""
    return checks.check(write(root, files))


def note(*lines: str, body: str = "Un texte.\n") -> str:
    """A note's file with the given lines of front matter under its title."""
    return "\n".join(["---", "title: Essai", *lines, "---", "", body])


def codes(report: Report) -> list[str]:
    """The codes of a report, in its order."""
    return [one.rule.code for one in report]


def places(report: Report) -> list[str]:
    """Every fault as `path:line:column rule`."""
    return [f"{one.location} {one.rule.code}" for one in report]


def one(report: Report, code: str) -> Diagnostic:
    """The only fault of that code."""
    found = [fault for fault in report if fault.rule.code == code]
    assert len(found) == 1, places(report)
    return found[0]


def said(fault: Diagnostic) -> str:
    """Message and hint in English."""
    translate = translator("en")
    return f"{fault.message(translate)}\n{fault.hint(translate)}"


def run(*arguments: str | Path, cwd: Path | None = None) -> Result:
    """Run the command `hub` in a folder, in English."""
    before = Path.cwd()
    os.chdir(cwd or before)
    try:
        return CliRunner(env={"LC_ALL": "en_GB.UTF-8"}).invoke(main, [str(one) for one in arguments], prog_name="hub")
    finally:
        os.chdir(before)


def git(root: Path, *arguments: str) -> None:
    """Run Git as a tester whose settings do not depend on the machine."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *who, "-C", str(root), *arguments], check=True, capture_output=True, env=env)


def commit(root: Path, message: str = "Essai") -> None:
    """Commit everything in a hub, which becomes a repository."""
    if not (root / ".git").exists():
        git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
