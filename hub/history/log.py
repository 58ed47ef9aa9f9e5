"""All commits with what each of them changed, read from Git in one pass."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from hub.errors import HubError
from hub.git import git, running
from hub.i18n import N_
from hub.identities import address_hash

_FORMAT = "--format=format:%x01%H%x00%P%x00%cI%x00%aN <%aE>%x00%(trailers:only=true,unfold=true)%x00%B%x00"
_COMMIT = re.compile(r"\x01[0-9a-f]{40,64}")
_CREDITED = "contribution-de"
_TOGETHER = "co-authored-by"
_CONTACT = re.compile(r"(?P<name>[^<]*)<(?P<mail>[^>]*)>")
_CHUNK = 1 << 16
_UNTOLD = N_(
    "Git cannot tell the history of {path}: something of it is missing or damaged. `git fsck` says what; "
    "clone the hub again, or get what is missing. Example: git fetch --refetch"
)
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

    Raises:
        HubError: when Git does not tell them all: one is missing, or damaged.
    """
    which = [tip, *([f"^{known}"] if known else [])]
    shown = ("--topo-order", "--raw", "-M", "--no-abbrev", "-z", "--diff-merges=first-parent", "--no-ext-diff")
    try:
        with running(root, "log", *shown, _FORMAT, *which, "--") as output:
            found = list(_read(_Words(output), prefix))
    except EOFError as error:
        raise HubError(_UNTOLD, path=root) from error
    return _mapped(root, found)


class _Words:
    """The output of `git log -z` word by word, while it is being written."""

    def __init__(self, output: IO[bytes]) -> None:
        self._words = self._parted(output)
        self._next = next(self._words, None)

    @property
    def is_over(self) -> bool:
        """Whether all words were taken."""
        return self._next is None

    def before_commit(self) -> Iterator[str]:
        """The words before the next one that begins a commit, one by one."""
        while self._next is not None and not _COMMIT.fullmatch(self._next):
            yield from self.take(1)

    @staticmethod
    def _parted(output: IO[bytes]) -> Iterator[str]:
        decoder = getincrementaldecoder("utf-8")("surrogateescape")
        rest = ""
        while chunk := output.read(_CHUNK):
            *whole, rest = f"{rest}{decoder.decode(chunk)}".split("\0")
            yield from whole

    def take(self, count: int) -> list[str]:
        """So many words.

        Raises:
            EOFError: where there are fewer.
        """
        if self._next is None:
            raise EOFError
        found = [self._next, *islice(self._words, count - 1)]
        if len(found) < count:
            raise EOFError
        self._next = next(self._words, None)
        return found


def _read(words: _Words, prefix: str) -> Iterator[Commit]:
    while not words.is_over:
        name, parents, date, author, trailers, message = words.take(6)
        changes = []
        for word in words.before_commit():
            meta = word.lstrip("\n")
            if meta.startswith(":"):
                _, _, before, after, status = meta.split(" ")
                change = _change(status[0], before, after, words.take(2 if status[0] in "RC" else 1), prefix)
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
    """Whose work a commit is: its author by the name that `.mailmap` gives, others as written (see `_mapped`)."""
    credited = [value for key, value in told if key == _CREDITED]
    together = [value for key, value in told if key == _TOGETHER]
    if not credited:
        yield person(author)
    yield from map(Person, credited or together)


def _mapped(root: Path, found: list[Commit]) -> list[Commit]:
    """Commits whose people are those of `.mailmap`, each with a hash in the place of the address."""
    written = sorted({one.name for commit in found for one in commit.people if not one.mail})
    contacts = [one for one in written if _CONTACT.search(one)]
    if not contacts:
        return found
    given = "".join(f"{' '.join(one.split())}\n" for one in contacts).encode("utf-8", "surrogateescape")
    lines = (git(root, "check-mailmap", "--stdin", given=given) or given).decode("utf-8", "replace").splitlines()
    known = {Person(one): person(line) for one, line in zip(contacts, lines, strict=True)}
    return [
        commit._replace(people=tuple(dict.fromkeys(known.get(one, one) for one in commit.people))) for commit in found
    ]


@lru_cache(maxsize=10_000)
def person(written: str) -> Person:
    """Who is meant by `Name <address>`, or by a name or an id alone."""
    match = _CONTACT.search(written)
    if not match:
        return Person(written.strip())
    mail = match["mail"].strip()
    return Person(match["name"].strip(), address_hash(mail)[:DIGITS] if mail else "")
