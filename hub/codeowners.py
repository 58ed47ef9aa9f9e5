"""The forge's CODEOWNERS: who is asked to review a change, from who looks after what.

The syntax is that of GitHub (docs.github.com, "About code owners") and of GitLab ("Code Owners syntax"), as far as both
have it: one pattern a line as in gitignore(5), rooted at the repository, and names with `@`; the last line that
matches holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hub.config import Config
from hub.fields import Ref
from hub.library import Library
from hub.model import Entry
from hub.root import FILE_NAME

HEADER = "# Written by `hub codeowners`"
"""How a file begins that the command has written; another is somebody's own."""
PLACES = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
"""Where each forge looks for the file."""
_SPECIAL = re.compile(r"([\\*?\[\]#! ])")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Owned:
    """A file and who looks after it.

    Attributes:
        path: relative to the repository's root, with forward slashes.
        accounts: names on the forge, without `@`.
        without: names of those who have none.
    """

    path: str
    accounts: tuple[str, ...]
    without: tuple[str, ...] = ()


def owned(library: Library, config: Config, forge: str, *, top: Path | None = None) -> Iterator[Owned]:
    """The files that somebody looks after, in the order of their paths.

    Whoever looks after a text looks after its translations too. Who has left the hub is asked no more.

    Args:
        library: the hub's content.
        config: its configuration.
        forge: whose accounts are named.
        top: the repository's root, where Git does not know it yet.
    """
    named: dict[tuple[str, str], dict[Ref | str, None]] = {}
    for entry in library:
        named.setdefault((entry.kind.name, entry.id), {}).update(dict.fromkeys(entry.maintainers()))
    inside = config.docs_dir.relative_to(top or _top(config.root)).as_posix()
    for entry in sorted(library, key=lambda entry: entry.src_uri):
        accounts, without = [], []
        for who in named[entry.kind.name, entry.id]:
            person = library.get(who.kind, who.id) if isinstance(who, Ref) else None
            if person and any(one.is_retired for one in library.translations(person).values()):
                continue
            account = _account(library, person, forge)
            if account:
                accounts.append(account)
            else:
                without.append(person.title if person else str(who))
        if accounts or without:
            yield Owned(f"{inside}/{entry.src_uri}", tuple(dict.fromkeys(accounts)), tuple(dict.fromkeys(without)))


def codeowners(found: Iterable[Owned], default: Iterable[str] = (), kept: Iterable[str] = ()) -> str:
    """The file's content.

    Args:
        found: who looks after what.
        default: who is asked about all other files; a name that has no `@` gets one.
        kept: files and folders that are theirs whatever the lines before say, as `guarded` gives them.

    Returns:
        The same text for the same hub, ended by a newline.
    """
    lines = [f"{HEADER} from who looks after what: change the texts, not this file."]
    others = [_named(name) for name in default]
    if others:
        lines.append(f"* {' '.join(others)}")
    for one in found:
        shown = _UNWRITABLE.sub("?", one.path)
        if one.without:
            lines.append(f"# No account: {_UNWRITABLE.sub(' ', ', '.join(one.without))} ({shown})")
        if shown != one.path:
            lines.append(f"# No pattern can name {shown}")
        elif one.accounts:
            lines.append(f"{pattern(one.path)} {' '.join(_named(name) for name in one.accounts)}")
    if others:
        lines += [f"{pattern(path)} {' '.join(others)}" for path in kept]
    return "\n".join(lines) + "\n"


def guarded(config: Config) -> Iterator[str]:
    """What decides how the site is made and what it runs: no change of it is to go by without an owner of the hub."""
    top = _top(config.root)
    yield (config.root / FILE_NAME).relative_to(top).as_posix()
    if config.kinds_dir and config.kinds_dir.resolve().is_relative_to(top):
        yield f"{config.kinds_dir.resolve().relative_to(top).as_posix()}/"
    yield from (f"{folder}/" for folder in sorted({place.split("/")[0] for place in PLACES.values()}))
    yield ".gitlab-ci.yml"


def pattern(path: str) -> str:
    r"""The pattern that matches one file and no other.

    >>> pattern("docs/wiki/le prix [2015].md")
    '/docs/wiki/le\\ prix\\ \\[2015\\].md'
    """
    return "/" + _SPECIAL.sub(r"\\\1", path)


def _named(name: str) -> str:
    return name if "@" in name else f"@{name}"


def _account(library: Library, person: Entry | None, forge: str) -> str:
    versions = library.translations(person).values() if person else ()
    return next((account for one in versions if (account := one.account(forge))), "")


def _top(root: Path) -> Path:
    """The repository's root: the nearest folder with `.git` at or above the hub's, or the hub's own."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def repository(config: Config) -> Path:
    """The folder that paths in the file begin from."""
    return _top(config.root)
