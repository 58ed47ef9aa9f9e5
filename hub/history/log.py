"""All commits with what each of them changed, read from Git in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hub.git import git
from hub.identities import address_hash

_FORMAT = "--format=format:%x01%H%x00%P%x00%cI%x00%aN <%aE>%x00%(trailers:only=true,unfold=true)%x00%B%x00"
_COMMIT = re.compile(r"\x01[0-9a-f]{40,64}")
_CREDITED = "contribution-de"
_TOGETHER = "co-authored-by"
_CONTACT = re.compile(r"(?P<name>[^<]*)<(?P<mail>[^>]*)>")
DIGITS = 24
"""Digits of the hash of an address: enough to tell people apart."""
REVISION = "revision"
"""The trailer by which an editor names a revision, or says that a change makes none."""


class Person(NamedTuple):
    """Who a commit names: a name, and the beginning of the address's hash; the address itself is kept nowhere."""

    name: str
    mail: str = ""


class Change(NamedTuple):
    """What a commit did to a file.

    Attributes:
        status: `A` added, `M` changed, `D` deleted, `R` renamed.
        path: after the commit, or before it where the file was deleted; relative to the top of the repository.
        blob: hash of the content after the commit; of the content before it where the file was deleted.
        source: the path before a renaming.
    """

    status: str
    path: str
    blob: str
    source: str = ""


class Commit(NamedTuple):
    """A commit.

    Attributes:
        hash: its name.
        parents: the first is the line that it continues.
        date: when it was made, ISO 8601 with a time zone.
        people: whose work it is: whom `Contribution-de:` names, otherwise its author and whom `Co-authored-by:` names.
        revision: what the trailer `Revision:` says.
        message: subject and body, without trailers, cut where it is very long.
        changes: to its first parent.
    """

    hash: str
    parents: tuple[str, ...]
    date: str
    people: tuple[Person, ...]
    revision: str
    message: str
    changes: tuple[Change, ...]


def commits(root: Path, prefix: str, tip: str, known: str = "") -> list[Commit]:
    """The commits that lead to one, children before their parents.

    Args:
        root: a folder inside the repository.
        prefix: the paths that count begin with it.
        tip: the newest.
        known: leave this one and those that lead to it out.
    """
    which = [tip, *([f"^{known}"] if known else [])]
    shown = ("--topo-order", "--raw", "-M", "--no-abbrev", "-z", "--diff-merges=first-parent", "--no-ext-diff")
    output = (git(root, "log", *shown, _FORMAT, *which, "--") or b"").decode("utf-8", "surrogateescape")
    found = list(_read(output.split("\0"), prefix))
    return _mapped(root, found)


def _read(words: list[str], prefix: str) -> Iterator[Commit]:
    at = 0
    while at < len(words):
        if not _COMMIT.fullmatch(words[at]):
            at += 1
            continue
        name, parents, date, author, trailers, message = words[at : at + 6]
        at += 6
        changes = []
        while at < len(words) and not _COMMIT.fullmatch(words[at]):
            meta = words[at].lstrip("\n")
            at += 1
            if meta.startswith(":"):
                _, _, before, after, status = meta.split(" ")
                paths = words[at : at + (2 if status[0] in "RC" else 1)]
                at += len(paths)
                change = _change(status[0], before, after, paths, prefix)
                if change:
                    changes.append(change)
        told = dict.fromkeys(_trailers(trailers))
        yield Commit(
            name[1:],
            tuple(parents.split()),
            date,
            tuple(_people(author, told)),
            next((value for key, value in told if key == REVISION), ""),
            _without_trailers(message, trailers),
            tuple(changes),
        )


def _change(status: str, before: str, after: str, paths: list[str], prefix: str) -> Change | None:
    """The change of a file below the prefix; a copy is a new file, and so is what comes from elsewhere."""
    *source, path = paths
    if status == "R" and not path.startswith(prefix):
        status, path, source = "D", source[0], []
    elif status == "C" or (status == "R" and not source[0].startswith(prefix)):
        status, source = "A", []
    if not path.startswith(prefix):
        return None
    return Change("M" if status == "T" else status, path, before if status == "D" else after, *source)


def _trailers(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _without_trailers(message: str, trailers: str) -> str:
    """The message without the paragraph of trailers at its end."""
    text = message.strip()
    head, _, last = text.rpartition("\n\n")
    keys = {key for key, _ in _trailers(trailers)}
    is_trailers = keys and all(key in keys for key, _ in _trailers(last)) and ":" in last
    return head.strip() if is_trailers else text


def _people(author: str, told: dict[tuple[str, str], None]) -> Iterator[Person]:
    """Whose work a commit is, as it is written; `_mapped` puts them right."""
    credited = [value for key, value in told if key == _CREDITED]
    together = [value for key, value in told if key == _TOGETHER]
    for value in credited or [author, *together]:
        yield Person(value)


def _mapped(root: Path, found: list[Commit]) -> list[Commit]:
    """Commits whose people are those of `.mailmap`, each with a hash in the place of the address."""
    written = sorted({one.name for commit in found for one in commit.people})
    contacts = [one for one in written if _CONTACT.search(one)]
    given = "".join(f"{' '.join(one.split())}\n" for one in contacts).encode("utf-8", "surrogateescape")
    output = git(root, "check-mailmap", "--stdin", given=given) if contacts else b""
    lines = (output or given).decode("utf-8", "replace").splitlines()
    known = {one: person(line) for one, line in zip(contacts, lines, strict=True)}
    return [
        commit._replace(people=tuple(dict.fromkeys(known.get(one.name) or person(one.name) for one in commit.people)))
        for commit in found
    ]


def person(written: str) -> Person:
    """Who is meant by `Name <address>`, or by a name or an id alone."""
    match = _CONTACT.search(written)
    if not match:
        return Person(written.strip())
    mail = match["mail"].strip()
    return Person(match["name"].strip(), address_hash(mail)[:DIGITS] if mail else "")
