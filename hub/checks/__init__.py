"""What is checked beyond what reading finds: one family of rules per file, each declaring one `CHECK`.

A check is a function from an entry, or from the whole library, to diagnostics. It asks entries and fields for what it
needs to know and names no kind, so that it holds for kinds that did not exist when it was written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from hub import bind, dismissals, field_rules, frontmatter, links, vocab
from hub.config import Config
from hub.diagnostics import Diagnostic, Report, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.loading import RULES as LOAD_RULES
from hub.loading import Loaded, load
from hub.location import Location
from hub.model import Entry
from hub.registry import discover
from hub.root import FILE_NAME
from hub.walk import Value, walk
from hub.workers import spread

_MANY = 500
"""Entries that are checked sooner by several processes than by one."""
_AT_ONCE = 100
"""Entries that a process takes together, each to be checked by all families."""
CHECK_CRASHED = Rule(
    "check-crashed",
    Severity.ERROR,
    N_("The check “{check}” stopped: {error}"),
    N_("This is a fault of the hub’s software, not of a text; the other checks went on. Report it with this message."),
)


@dataclass(frozen=True)
class Subject:
    """An entry that is checked.

    Attributes:
        entry: it.
        library: what it stands in.
        config: of the hub.
    """

    entry: Entry
    library: Library
    config: Config

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every value of its front matter."""
        return tuple(walk(self.entry))


def _nothing(*_: object) -> Iterator[Diagnostic]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Check:
    """A family of rules.

    Attributes:
        rules: those that it defines.
        look: yields what breaks them in one entry.
        find: yields what breaks them in the hub as a whole, or breaks a rule that only the whole hub can tell.
        in_builds: whether builds tell it too; what looks at each word or each file is left to `hub check`.
    """

    rules: tuple[Rule, ...]
    look: Callable[[Subject], Iterator[Diagnostic]] = _nothing
    find: Callable[[Library, Config], Iterator[Diagnostic]] = _nothing
    in_builds: bool = True

    @property
    def only_remarks(self) -> bool:
        """Whether nothing that it finds is an error or a warning."""
        return all(rule.severity == Severity.INFO for rule in self.rules)


def check(root: Path, config: Config | None = None) -> Loaded:
    """Read a hub as its writers see it, and find everything that is wrong with it.

    Texts that are submitted or in review are read as they stand, not as they were last published.

    Returns:
        The hub, with every fault in its report.

    Raises:
        HubError: as `hub.load.load`.
    """
    loaded = load(root, config, drafts=True)
    return replace(loaded, report=run(loaded, whole=True))


def run(loaded: Loaded, *, whole: bool = False, remarks: bool = True) -> Report:
    """What reading found and what the checks find. What an older revision shows in place of a text is not checked.

    Args:
        loaded: the hub.
        whole: run those checks as well that builds leave out.
        remarks: run those as well that find neither errors nor warnings, which some show to nobody.
    """
    library, config = loaded.library, loaded.config
    families = [one for one in checks() if (whole or one.in_builds) and (remarks or not one.only_remarks)]
    old = {entry.text.path for entry in library if entry.notice}
    some_entries = [library.entries[at : at + _AT_ONCE] for at in range(0, len(library.entries), _AT_ONCE)]
    parts: list[Check | Sequence[Entry]] = [*(one for one in families if one.find is not _nothing), *some_entries]

    def some(parts: Sequence[Check | Sequence[Entry]]) -> Iterator[list[Diagnostic]]:
        for part in parts:
            if isinstance(part, Check):
                yield list(_guarded(part.find, library, config))
            else:  # all families look at an entry before the next one is opened
                subjects = (Subject(entry, library, config) for entry in part)
                yield [fault for subject in subjects for one in families for fault in _guarded(one.look, subject)]

    alone = 1 if len(library.entries) > _MANY else len(parts)
    found = list(_crashes_once(fault for faults in spread(parts, some, alone=alone) for fault in faults))
    docs = loaded.config.docs_dir.relative_to(loaded.config.root).as_posix()
    left = dismissals.settle(loaded.library, found, rules(), docs, whole=whole)
    return Report.of([*loaded.report, *(fault for fault in left if fault.location.path not in old)])


def checks() -> tuple[Check, ...]:
    """Every check, in the order of the modules' names."""
    return tuple(discover(sys.modules[__name__], "CHECK"))


def rules() -> tuple[Rule, ...]:
    """Every rule of the library, in the order of the codes."""
    known = [CHECK_CRASHED, *LOAD_RULES, *(rule for one in checks() for rule in one.rules)]
    for module in (bind, dismissals, frontmatter, field_rules, links, vocab):
        known += module.RULES
    return tuple(sorted(known, key=lambda rule: rule.code))


def written(entry: Entry, line: int, column: int = 1) -> Location:
    """The place in its file of something in the text of an entry."""
    return Location(entry.text.path, entry.text.body_line + line - 1, column)


def _crashes_once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The faults; a check that crashes at one text may do so at all of them, and is told once."""
    crashed = set()
    for fault in found:
        if fault.rule == CHECK_CRASHED:
            if fault.params["check"] in crashed:
                continue
            crashed.add(fault.params["check"])
        yield fault


def _guarded(check: Callable[..., Iterator[Diagnostic]], *given: object) -> Iterator[Diagnostic]:
    try:
        yield from check(*given)
    except Exception as error:  # noqa: BLE001 - one broken check must not hide what the others find
        params = {"check": check.__module__.rpartition(".")[2], "error": f"{type(error).__name__}: {error}"}
        yield Diagnostic(CHECK_CRASHED, Location(FILE_NAME), params)
