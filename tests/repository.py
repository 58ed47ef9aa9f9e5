"""A Git repository whose commits a test says in a line each."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.support import write

START = 1_600_000_000
DAY = 86_400


@dataclass
class Repository:
    """A repository, made where there is none yet; each commit is a day after the one before."""

    root: Path
    days: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        if not (self.root / ".git").exists():
            self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, author: str = "Awa Sow <awa@example.org>") -> str:
        """Run Git as an author, whatever the machine's settings are."""
        name, _, mail = author.removesuffix(">").partition(" <")
        date = f"{START + DAY * next(self.days)} +0100"
        env = os.environ | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            **{f"GIT_{who}_NAME": name for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": mail for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_DATE": date for who in ("AUTHOR", "COMMITTER")},
        }
        done = subprocess.run(["git", "-C", str(self.root), *arguments], capture_output=True, env=env, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def commit(self, message: str, files: Mapping[str, str | bytes | None] | None = None, author: str = "") -> str:
        """Write files, or delete those of None, and commit everything; the commit's name."""
        given = files or {}
        write(self.root, {path: text for path, text in given.items() if text is not None})
        for path in [path for path, text in given.items() if text is None]:
            (self.root / path).unlink()
        self.git("add", "-A")
        who = {"author": author} if author else {}
        self.git("commit", "-q", "--allow-empty", "-m", message, **who)
        return self.git("rev-parse", "HEAD")

    def move(self, old: str, new: str) -> None:
        """Rename a file."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def merge(self, branch: str, message: str) -> str:
        """Merge a branch as a forge does."""
        self.git("merge", "-q", "--no-ff", "-m", message, branch, author="Facilitateur <f@example.org>")
        return self.git("rev-parse", "HEAD")
