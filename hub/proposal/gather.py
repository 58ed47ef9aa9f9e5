"""What the work tree changes since it left a branch: faults, pages, people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hub import checks
from hub.config import Config
from hub.diagnostics import Diagnostic, Severity
from hub.errors import HubError
from hub.fields import Ref
from hub.git import git
from hub.i18n import N_, Translate
from hub.library import Library
from hub.proposal.model import MOST, Change, Counts, Credited, Fault, Proposal
from hub.public import public

_LINE, _WORDS = 300, 1000
_CHANGES: dict[str, Literal["added", "changed", "moved", "removed"]] = {
    "A": "added",
    "C": "added",
    "D": "removed",
    "R": "moved",
}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class _Changed:
    change: Literal["added", "changed", "moved", "removed"]
    path: str
    was: str = ""


def gather(root: Path, config: Config, base: str, translate: Translate) -> Proposal:
    """What the files of a hub change since they left `base`, what is not committed yet included.

    Args:
        root: the hub's folder.
        config: its configuration.
        base: the branch or commit that the proposal is for.
        translate: into the language of messages.

    Raises:
        HubError: where Git does not know the base.
    """
    changed = list(_changed(root, config, base))
    loaded = checks.check(root, config)
    library = public(loaded.library)
    docs = f"{config.docs_dir.relative_to(config.root).as_posix()}/"
    faults = _worst_first(loaded.report, {one.path for one in changed})
    changes = [_told(one, library, docs) for one in changed]
    shown = (library.at(one.path.removeprefix(docs)) for one in changed if one.change != "removed")
    people = [credited for entry in shown if entry for credited in _credited(entry.key, library)]
    return Proposal(
        counts=Counts(**loaded.report.counts()),
        faults=tuple(_fault(one, translate) for one in faults[:MOST]),
        changes=tuple(changes[:MOST]),
        people=tuple(people[:MOST]),
        left_out=sum(max(0, len(found) - MOST) for found in (faults, changes, people)),
    )


def _changed(root: Path, config: Config, base: str) -> Iterator[_Changed]:
    """The files of the content that differ, in the order of their paths.

    Raises:
        HubError: where Git does not know the base.
    """
    known = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    common = known and git(root, "merge-base", known.decode().strip(), "HEAD")
    if not common and git(root, "rev-parse", "--git-dir") is None:
        raise HubError(
            N_("What changed is told by Git, and the hub is in no Git repository. Example: git init"),
        )
    if not common:
        raise HubError(
            N_("Git knows no common past with “{base}” here: fetch it with its whole history. Example: --base main"),
            base=base,
        )
    docs = config.docs_dir.relative_to(config.root).as_posix()
    told = git(root, "diff", "--name-status", "--relative", "-z", "-M", common.decode().strip(), "--", docs) or b""
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", docs) or b""
    found = [*_parsed(told), *(_Changed("added", path) for path in _names(new))]
    yield from sorted(found, key=lambda one: one.path)


def _parsed(told: bytes) -> Iterator[_Changed]:
    names = iter(_names(told))
    for letter in names:
        first = next(names, "")
        second = next(names, "") if letter[0] in "RC" else ""
        change = _CHANGES.get(letter[0], "changed")
        yield _Changed(change, second or first, first if change == "moved" else "")


def _names(told: bytes) -> Iterable[str]:
    """Names that Git tells, with a sign for each byte that is no text."""
    return [name.decode("utf-8", "replace") for name in told.split(b"\0") if name]


def _worst_first(report: Iterable[Diagnostic], changed: set[str]) -> list[Diagnostic]:
    """The faults of files that change, then errors elsewhere, which the change may have made."""
    found = list(report)
    here = [one for one in found if one.location.path in changed]
    elsewhere = [one for one in found if one.location.path not in changed and one.severity is Severity.ERROR]
    return sorted(here, key=lambda one: _ORDER.index(one.severity)) + elsewhere


def _fault(one: Diagnostic, translate: Translate) -> Fault:
    return Fault(
        file=_safe(one.location.path, _LINE),
        line=one.location.line,
        column=one.location.column,
        rule=one.rule.code,
        severity=one.severity.value,
        message=_safe(one.message(translate), _WORDS),
        hint=_safe(one.hint(translate), _WORDS),
    )


def _told(one: _Changed, library: Library, docs: str) -> Change:
    entry = library.at(one.path.removeprefix(docs)) if one.change != "removed" else None
    return Change(
        change=one.change,
        file=_safe(one.path, _LINE),
        was=_safe(one.was, _LINE),
        title=_safe(entry.title, _LINE) if entry else "",
        status=str(entry.status) if entry else "",
    )


def _credited(key: tuple[str, str, str], library: Library) -> Iterator[Credited]:
    """Who is credited in a text, each once with all roles."""
    entry = library.exact(key)
    assert entry
    found: dict[str, dict[str, None]] = {}
    for one in entry.credits():
        person = library.get(one.who.kind, one.who.id, str(entry.lang)) if isinstance(one.who, Ref) else None
        name = person.title if person else str(one.who.id if isinstance(one.who, Ref) else one.who)
        found.setdefault(name, {}).update(dict.fromkeys(str(role) for role in one.roles))
    for name, roles in found.items():
        yield Credited(name=_safe(name, _LINE), title=_safe(entry.title, _LINE), roles=tuple(roles))


def _safe(text: str, most: int) -> str:
    """A text that JSON can hold, cut where it is too long."""
    whole = text.encode("utf-8", "replace").decode()
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"
