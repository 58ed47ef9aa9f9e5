"""Puts the files of a new hub into an empty folder, and nothing anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hub.errors import HubError
from hub.git import git
from hub.i18n import N_

_RUNS = ".ci/"
"""What stands below is run, so that it says so where a file system can."""
_BRANCH = "main"


def refuse_unless_empty(folder: Path) -> None:
    """Let a folder pass that is not there yet, or holds nothing but an empty clone's `.git`.

    Raises:
        HubError: when it holds something, or is no folder.
    """
    try:
        found = sorted(one.name for one in folder.iterdir() if one.name != ".git")
    except FileNotFoundError:
        return
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=folder, error=error.strerror) from error
    if found:
        raise HubError(
            N_("{path} is not empty: it holds {found}. Give a folder that is empty, or one that is yet to be made."),
            path=folder,
            found=found[0],
        )


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files that are not there yet.

    Raises:
        HubError: when one cannot be written.
    """
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            if name.startswith(_RUNS):
                path.chmod(path.stat().st_mode | 0o111)
        except OSError as error:
            raise HubError(N_("{path} cannot be written: {error}"), path=path, error=error.strerror) from error


def commit(folder: Path, message: str) -> None:
    """Make a Git repository of a hub, with a first commit by whoever Git's settings name.

    Raises:
        HubError: when Git is missing, or does not know who commits.
    """
    steps = [["add", "--all"], ["commit", "--quiet", "--message", message]]
    if not (folder / ".git").exists():
        steps.insert(0, ["init", "--quiet", f"--initial-branch={_BRANCH}"])
    for step in steps:
        if git(folder, *step) is None:
            raise HubError(
                N_(
                    "The hub is written, but “git {step}” did not work. Git must be installed and know your name: "
                    'git config --global user.name "First Last", and user.email likewise.'
                ),
                step=step[0],
            )
