"""An arrival into the hub's folder, or onto a branch of its own: never over a file, never by half."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from hub import git
from hub.config import Config
from hub.drafting.writing import refuse_links
from hub.errors import HubError
from hub.i18n import N_
from hub.intake.arrival import Arrival, Change

_BRANCH = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def write(config: Config, arrival: Arrival) -> None:
    """Write all files of an arrival, or none.

    Raises:
        HubError: when a file is there that must not be, another one is there, or the disk says no.
    """
    done: dict[str, Change] = {}
    try:
        for path, change in arrival.changes.items():
            _write(config, path, change)
            done[path] = change
    except BaseException:
        _undo(config, done)
        raise


@contextmanager
def written(config: Config, arrival: Arrival) -> Iterator[None]:
    """The files of an arrival stand in the hub's folder for a while, and then what was there before."""
    write(config, arrival)
    try:
        yield
    finally:
        _undo(config, arrival.changes)


def commit(config: Config, arrival: Arrival, message: str) -> str:
    """Commit an arrival onto a new branch; the folder, the index and the current branch stay as they are.

    Returns:
        The branch's name.

    Raises:
        HubError: when there is such a branch, or Git refuses.
    """
    branch = arrival.name
    assert _BRANCH.fullmatch(branch), branch
    if git.has_branch(config.root, branch):
        raise HubError(
            N_("There is a branch “{branch}” already: what arrived is there. To begin anew: git branch -D {branch}"),
            branch=branch,
        )
    for path, change in arrival.changes.items():
        if git.committed(config.root, path) != change.old:
            raise HubError(
                N_("{path} is not in Git as it stands in the folder: commit it first, or put it back."), path=path
            )
    made = git.commit(config.root, branch, {path: one.new for path, one in arrival.changes.items()}, message)
    if made is None:
        raise HubError(
            N_(
                "Git could not make the branch “{branch}”. Is this folder a Git repository with a commit, and does Git "
                'know who you are? Example: git config user.name "Awa Sow"'
            ),
            branch=branch,
        )
    return branch


def _write(config: Config, path: str, change: Change) -> None:
    target = config.root / path
    refuse_links(target, config.root, path)
    try:
        if change.old is None:
            assert change.new is not None
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(change.new)
            return
        if target.is_symlink() or target.read_bytes() != change.old:
            raise HubError(N_("{path} has changed in the meantime: try again."), path=path)
        if change.new is None:
            target.unlink()
        else:
            target.write_bytes(change.new)
    except FileExistsError:
        raise HubError(N_("{path} is there already, and nothing is ever written over."), path=path) from None
    except OSError as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=path, error=error.strerror) from error


def _undo(config: Config, changes: Mapping[str, Change]) -> None:
    for path, change in changes.items():
        target = Path(config.root, path)
        with suppress(OSError):
            if change.old is None:
                target.unlink(missing_ok=True)
            else:
                target.write_bytes(change.old)
