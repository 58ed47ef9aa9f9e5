"""What Git remembers of a file: its revisions."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path


def revisions(root: Path, path: str) -> Iterator[bytes]:
    """The contents of a file on the branch that is checked out, the newest first, renames followed.

    Args:
        root: a folder inside the repository.
        path: the file, relative to `root`.

    Yields:
        The bytes of each revision. Nothing without Git, outside a repository or for a file never committed. In a
        shallow clone only what the clone holds.
    """
    # What stood on a branch before it was merged was not published, and a merge is a revision of its own.
    which = ("--first-parent", "-m", "--follow")
    log = _git(root, "log", *which, "--format=%H", "--name-only", "-z", "--", path)
    parts = (log or b"").replace(b"\n", b"\0").split(b"\0")
    words = [part.decode("utf-8", "surrogateescape") for part in parts if part]
    for commit, name in zip(words[::2], words[1::2], strict=False):
        content = _git(root, "show", f"{commit}:{name}")
        if content is not None:
            yield content


def brings(root: Path, path: str) -> bool:
    """Whether a branch brings a file or something in a folder along, given relative to `root`."""
    return bool(_git(root, "ls-files", "--", path))


def _git(root: Path, *arguments: str) -> bytes | None:
    """The output of a Git command, or None where Git or the repository is missing or refuses."""
    command = ["git", "-c", "core.quotepath=off", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
