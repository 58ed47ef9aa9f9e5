"""Runs Git, the one place that does: output as bytes, the same whatever the user's configuration says."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_SETTINGS = {
    "core.quotePath": "off",
    "i18n.logOutputEncoding": "UTF-8",
    "log.mailmap": "true",
    "log.showSignature": "false",
    "diff.renameLimit": "2000",
}
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8", "GIT_NO_REPLACE_OBJECTS": "1"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hub stands in its repository.

    Attributes:
        tip: the commit that is checked out.
        prefix: the way from the top of the repository to the hub: empty, or ending in a slash.
        boundary: the commits at which a shallow clone ends: what came before them is not here. Empty for a whole clone.
        names: what `.mailmap` says, which puts names of people right; nothing where there is none.
    """

    tip: str
    prefix: str
    boundary: frozenset[str]
    names: bytes


def git(root: Path, *arguments: str, given: bytes | None = None, index: Path | None = None) -> bytes | None:
    """The output of a Git command, or None where Git or the repository is missing or refuses.

    Args:
        root: a folder inside the repository.
        arguments: the command's.
        given: what it reads from its standard input.
        index: a file that stands for the repository's index.
    """
    env = os.environ | _QUIET | ({"GIT_INDEX_FILE": str(index)} if index else {})
    try:
        done = subprocess.run(_command(root, arguments), input=given, capture_output=True, check=False, env=env)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


@contextmanager
def running(root: Path, *arguments: str, given: bytes = b"") -> Iterator[IO[bytes]]:
    """The output of a Git command while it is being written: whoever reads it works at the same time as Git does.

    Raises:
        EOFError: at the end, where Git or the repository is missing or refuses: what was read is not all.
    """
    from tempfile import TemporaryFile  # noqa: PLC0415 - slow to import, and `hub search` does without

    with TemporaryFile() as told:
        told.write(given)
        told.seek(0)
        streams: dict[str, Any] = {"stdin": told, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        try:
            command = subprocess.Popen(_command(root, arguments), env=os.environ | _QUIET, **streams)
        except OSError as error:
            raise EOFError from error
        with command:
            assert command.stdout
            yield command.stdout
        if command.returncode:
            raise EOFError


def _command(root: Path, arguments: Iterable[str]) -> list[str]:
    settings = (part for pair in _SETTINGS.items() for part in ("-c", "=".join(pair)))
    return ["git", *settings, "-C", str(root), *arguments]


def brings(root: Path, path: str) -> bool:
    """Whether a branch brings a file or something in a folder along, given relative to `root`."""
    return bool(git(root, "ls-files", "--", path))


def place(root: Path) -> Place | None:
    """Where a hub stands; None without Git, outside a repository or before its first commit."""
    told = git(root, "rev-parse", "HEAD^{commit}", "--git-path", "shallow", "--show-prefix")
    if told is None:
        return None
    tip, shallow, prefix = told.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n", 2)
    top = Path(root, *[".."] * prefix.count("/"))
    boundary = frozenset(_bytes(root / shallow).decode("ascii").split())
    return Place(tip, prefix, boundary, _bytes(top / ".mailmap"))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def journal(root: Path) -> Path | None:
    """The file to which Git adds a line whenever another commit is checked out; None outside a repository."""
    return _own(root, "logs/HEAD")


def _own(root: Path, name: str) -> Path | None:
    """A file of Git's own, which in a second work tree and in a submodule does not stand below `root`."""
    path = (git(root, "rev-parse", "--git-path", name) or b"").decode("utf-8", "surrogateescape").rstrip("\n")
    return root / path if path else None


def contents(root: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The contents of blobs by their hashes, those that the clone holds, read by one process."""
    wanted = list(blobs)
    if not wanted:
        return
    given = "\n".join([*wanted, ""]).encode()
    with suppress(EOFError), running(root, "cat-file", "--batch", "--buffer", given=given) as output:
        while head := output.readline():
            found, *facts = head.decode("ascii", "replace").split()
            if len(facts) == 2:  # noqa: PLR2004 - type and size; otherwise "missing"
                content = output.read(int(facts[1]))
                if output.read(1):  # otherwise Git has ended too early, and this may be a part
                    yield found, content


def leads_to(root: Path, old: str, new: str) -> bool:
    """Whether a commit is there and one of those that another stands on."""
    return git(root, "merge-base", "--is-ancestor", old, new) is not None


def has_branch(root: Path, branch: str) -> bool:
    """Whether there is a branch of that name."""
    return git(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}") is not None


def committed(root: Path, path: str) -> bytes | None:
    """A file as the commit has it that is checked out, its path given relative to `root`; None where it has none."""
    return git(root, "cat-file", "blob", f"HEAD:./{path}")


def added_by(root: Path, path: str) -> tuple[str, str]:
    """Name and address of who added a file, as Git tells them; empty where it does not know."""
    told = git(root, "--literal-pathspecs", "log", "-1", "--diff-filter=A", "--format=%aN%x00%aE", "--", path) or b""
    name, _, mail = told.decode("utf-8", "replace").strip("\n").partition("\0")
    return name, mail


def commit(root: Path, branch: str, changes: Mapping[str, bytes | None], message: str) -> str | None:
    """Commit changes onto a new branch, on top of what is checked out, and touch neither the folder nor the index.

    Args:
        root: a folder inside the repository.
        branch: that is not there yet.
        changes: contents by paths relative to `root`; None for a file that goes.
        message: of the commit.

    Returns:
        The commit, or None where Git refuses.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - seldom needed, and slow to import

    here = place(root)
    if here is None:
        return None
    none = b"0" * len(here.tip)
    rows: list[bytes] = []
    for path, content in changes.items():
        blob = none if content is None else git(root, "hash-object", "-w", "--stdin", given=content)
        if blob is None:
            return None
        mode = b"0" if content is None else b"100644"
        rows.append(mode + b" " + blob.strip() + b"\t" + f"{here.prefix}{path}".encode("utf-8", "surrogateescape"))
    with TemporaryDirectory() as folder:
        index = Path(folder, "index")
        listed = b"".join(row + b"\0" for row in rows)
        if git(root, "read-tree", here.tip, index=index) is None:
            return None
        if git(root, "update-index", "-z", "--index-info", given=listed, index=index) is None:
            return None
        tree = git(root, "write-tree", index=index)
    made = tree and git(root, "commit-tree", tree.decode().strip(), "-p", here.tip, "-F", "-", given=message.encode())
    name = made.decode().strip() if made else ""
    if not name or git(root, "update-ref", f"refs/heads/{branch}", name, none.decode()) is None:
        return None
    return name
