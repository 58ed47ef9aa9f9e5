"""Runs Git, the one place that does: output as bytes, the same whatever the user's configuration says."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

_SETTINGS = {
    "core.quotePath": "off",
    "i18n.logOutputEncoding": "UTF-8",
    "log.mailmap": "true",
    "log.showSignature": "false",
    "diff.renameLimit": "2000",
}
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8", "GIT_NO_REPLACE_OBJECTS": "1"}


def git(root: Path, *arguments: str, given: bytes | None = None, index: Path | None = None) -> bytes | None:
    """The output of a Git command, or None where Git or the repository is missing or refuses.

    Args:
        root: a folder inside the repository.
        arguments: the command's.
        given: what it reads from its standard input.
        index: a file that stands for the repository's index.
    """
    settings = (part for pair in _SETTINGS.items() for part in ("-c", "=".join(pair)))
    command = ["git", *settings, "-C", str(root), *arguments]
    env = os.environ | _QUIET | ({"GIT_INDEX_FILE": str(index)} if index else {})
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, env=env)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def brings(root: Path, path: str) -> bool:
    """Whether a branch brings a file or something in a folder along, given relative to `root`."""
    return bool(git(root, "ls-files", "--", path))


def head(root: Path) -> str:
    """The commit that is checked out; empty without Git, outside a repository or before its first commit."""
    return (git(root, "rev-parse", "--verify", "-q", "HEAD^{commit}") or b"").decode().strip()


def prefix(root: Path) -> str:
    """The way from the top of the repository to `root`: empty, or ending in a slash."""
    return (git(root, "rev-parse", "--show-prefix") or b"").decode("utf-8", "surrogateescape").rstrip("\n")


def boundary(root: Path) -> frozenset[str]:
    """The commits at which a shallow clone ends: what came before them is not here. Empty for a whole clone."""
    path = (git(root, "rev-parse", "--git-path", "shallow") or b"").decode("utf-8", "surrogateescape").rstrip("\n")
    try:
        return frozenset((root / path).read_text("ascii").split()) if path else frozenset()
    except OSError:
        return frozenset()


def contents(root: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The contents of blobs by their hashes, those that the clone holds, read by one process."""
    wanted = list(blobs)
    output = git(root, "cat-file", "--batch", "--buffer", given="\n".join([*wanted, ""]).encode()) if wanted else b""
    at = 0
    while output and at < len(output):
        end = output.index(b"\n", at)
        found, *facts = output[at:end].decode("ascii", "replace").split(" ")
        at = end + 1
        if len(facts) == 2:  # noqa: PLR2004 - type and size; otherwise "missing"
            size = int(facts[1])
            yield found, output[at : at + size]
            at += size + 1


def leads_to(root: Path, old: str, new: str) -> bool:
    """Whether a commit is there and one of those that another stands on."""
    return git(root, "merge-base", "--is-ancestor", old, new) is not None
