"""Editions of the whole hub: a state of it that was given a name, `2026.1`, and that Git keeps as a tag.

The tag is `edition-2026.1`: a repository may hold software as well, whose versions have tags of their own (`v2026.1`),
and nobody writes this one by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hub.config import Config
from hub.dates import PartialDate
from hub.errors import HubError
from hub.git import contents, git, place
from hub.i18n import N_
from hub.root import FILE_NAME

PREFIX = "edition-"
_NAME = re.compile(r"[1-9]\d{3}\.[1-9]\d{0,2}(?:\.[1-9]\d{0,2})?")
_FORMAT = "%00".join(
    f"%({field})"
    for field in (
        "refname:lstrip=2",
        "objecttype",
        "objectname",
        "*objectname",
        "creatordate:short",
        "contents:subject",
    )
)
_AT_ONCE = 200
"""Texts that are read from Git together."""
_SHOWN = 5
"""Files that are named of those that are not committed."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition.

    Attributes:
        name: year and number, `2026.1`.
        commit: the state of the hub.
        date: when it was released.
        message: what was said of it then; may be empty.
    """

    name: str
    commit: str
    date: PartialDate
    message: str = ""

    @property
    def tag(self) -> str:
        """The name of its tag."""
        return f"{PREFIX}{self.name}"

    @property
    def rank(self) -> tuple[int, ...]:
        """Its place among the others."""
        return tuple(map(int, self.name.split(".")))


def is_name(text: str) -> bool:
    """Whether an edition may be called so: the year and a number, and a second number where one was put right."""
    return _NAME.fullmatch(text) is not None


def listed(root: Path) -> tuple[Edition, ...]:
    """The editions that a hub's repository knows, the newest first.

    Args:
        root: the hub's folder.
    """
    output = git(root, "for-each-ref", f"--format={_FORMAT}", f"refs/tags/{PREFIX}*") or b""
    found = []
    for line in output.decode("utf-8", "replace").splitlines():
        tag, kind, own, of, date, message = line.split("\0")
        name = tag.removeprefix(PREFIX)
        if is_name(name) and (kind == "commit" or of):
            # What a tag without a message of its own tells is what its commit said.
            found.append(Edition(name, of or own, PartialDate.parse(date), message if of and message != name else ""))
    return tuple(sorted(found, key=lambda one: one.rank, reverse=True))


def release(config: Config, name: str, message: str = "") -> Edition:
    """Give the state of the hub that is checked out a name.

    Args:
        config: of the hub.
        name: of the edition.
        message: what is said of it, for readers.

    Raises:
        HubError: when it cannot be called so, when an edition has the name already, or when what is there is not what
            the repository holds.
    """
    root = config.root
    if not is_name(name):
        raise HubError(
            N_("“{name}” is no name for an edition: the year, a point and a number. Example: hub release 2026.1"),
            name=name,
        )
    if git(root, "rev-parse", "--git-dir") is None:
        raise HubError(N_("An edition is a tag in Git, and the hub is in no Git repository. Example: git init"))
    if place(root) is None:
        raise HubError(
            N_("Nothing is committed yet, so there is nothing to release. Example: git add -A && git commit")
        )
    known = listed(root)
    same = next((one for one in known if one.name == name), None)
    if same:
        raise HubError(
            N_(
                "There is an edition {name} already, of {date}; an edition does not change. Example: hub release {next}"
            ),
            name=name,
            date=same.date,
            next=_following(name, known),
        )
    _refuse_uncommitted(config)
    said = message.strip() or name
    if git(root, "tag", "-a", f"{PREFIX}{name}", "-m", said, "HEAD") is None:
        raise HubError(
            N_(
                "Git refuses to make the tag {tag}: does it know your name? "
                'Example: git config user.name "Awa Sow" && git config user.email awa@example.org'
            ),
            tag=f"{PREFIX}{name}",
        )
    return next(one for one in listed(root) if one.name == name)


def _following(name: str, known: tuple[Edition, ...]) -> str:
    """The next name of that year which is free."""
    year = name.split(".", maxsplit=1)[0]
    return f"{year}.{1 + max(one.rank[1] for one in known if one.name.startswith(f'{year}.'))}"


def _refuse_uncommitted(config: Config) -> None:
    """Refuse to release what the repository does not hold.

    Raises:
        HubError: naming the files.
    """
    inside = [config.docs_dir, *([config.kinds_dir] if config.kinds_dir else [])]
    paths = [FILE_NAME, *(path.relative_to(config.root).as_posix() for path in inside)]
    output = git(config.root, "status", "--porcelain", "--untracked-files=all", "--", *paths) or b""
    changed = [line[3:] for line in output.decode("utf-8", "replace").splitlines()]
    if changed:
        raise HubError(
            N_(
                "These files are not committed as they are, and would be missing in the edition: {paths}. "
                'Example: git add docs mkdocs.yml && git commit -m "Textes de l’édition"'
            ),
            paths=", ".join(changed[:_SHOWN]) + (", …" if len(changed) > _SHOWN else ""),
        )


def unpack(root: Path, edition: Edition, folder: Path) -> dict[str, str]:
    """Write the files of an edition into a folder; neither the working tree nor the index learns of it.

    Args:
        root: the hub's folder.
        edition: whose files.
        folder: where they go; it is made.

    Returns:
        The hash of each file by its path relative to the hub's folder.

    Raises:
        HubError: when the clone does not hold them.
    """
    here = place(root)
    inside = here.prefix.rstrip("/") if here else ""
    top = (git(root, "rev-parse", "--show-toplevel") or b"").decode("utf-8", "surrogateescape").rstrip("\n")
    with TemporaryDirectory() as beside:
        index = Path(beside, "index")
        whole = f"{folder.resolve()}/"
        read = git(Path(top), "read-tree", f"{edition.commit}:{inside}", index=index)
        put = ("checkout-index", "--all", "--force", f"--prefix={whole}")
        if read is None or git(Path(top), *put, index=index) is None:
            raise HubError(
                N_("Its files are not in this clone. Example: git fetch --unshallow --tags"), name=edition.name
            )
        output = git(Path(top), "ls-files", "--stage", "-z", index=index) or b""
    lines = (line.split("\t", 1) for line in output.decode("utf-8", "surrogateescape").split("\0") if line)
    found = {path: facts.split(" ")[1] for facts, path in lines}
    _put_texts(root, folder, found)
    return found


def _put_texts(root: Path, folder: Path, blobs: Mapping[str, str]) -> None:
    """Write texts as the repository has them: with other line ends they would not be those that are withheld."""
    paths = [path for path in blobs if path.endswith(".md") and not (folder / path).is_symlink()]
    for start in range(0, len(paths), _AT_ONCE):
        some = paths[start : start + _AT_ONCE]
        raw = dict(contents(root, {blobs[path] for path in some}))
        for path in some:
            if blobs[path] in raw:
                (folder / path).write_bytes(raw[blobs[path]])
