"""What must not be public: the contents and texts that `docs/retraits.yml` lists, with reason and date.

No page, difference, older version, index or export holds them; their addresses say that something was withheld, and
why. A file that cannot be read withholds everything that is past: better no older version than one that must not be
seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hub.dates import PartialDate
from hub.diagnostics import Diagnostic, Message, Rule, Severity
from hub.frontmatter import read_fields
from hub.i18n import N_, Label
from hub.location import Location
from hub.source import FrontMatter
from hub.swhid import DIGITS

FILE = Label("retraits.yml", "withheld.yml")
"""The file in `docs/`, by the hub's default language."""
_HASH = re.compile(rf"(?:swh:1:cnt:)?(?P<hash>[0-9a-f]{{{DIGITS},40}})")
_TEXT = re.compile(r"[a-z][a-z0-9_-]*:\S+")

BAD_WITHHOLDING = Rule(
    "bad-withholding",
    Severity.ERROR,
    N_("This line withholds nothing: {problem} No older version of any text is shown until it is mended."),
    N_("Example:\nwithheld:\n  - content: 0123456789ab\n    reason: Le nom d’une patiente\n    date: 2026-11-22"),
)
_NO_LIST = Message(N_("there is no list under “withheld”."))
_NO_NAME = Message(N_("it names neither a content (12 digits or more of its hash) nor an entry (note:appui-dds)."))
_NO_REASON = Message(N_("it says no reason."))
_NO_DATE = Message(N_("it says no date."))


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list.

    Attributes:
        content: the beginning of a content's hash, or nothing.
        entry: kind and id of a text, `note:appui-dds`, or nothing.
        reason: why it is withheld, for readers.
        date: since when.
    """

    content: str
    entry: str
    reason: str
    date: PartialDate


@dataclass(frozen=True, slots=True)
class Withheld:
    """The list.

    Attributes:
        items: its lines.
        is_whole: whether all of them could be read.
    """

    items: tuple[Item, ...] = ()
    is_whole: bool = True

    def content(self, hash_: str) -> Item | None:
        """The line that withholds a content, by its hash."""
        return next((item for item in self.items if item.content and hash_.startswith(item.content)), None)

    def entry(self, kind: str, entry_id: str) -> Item | None:
        """The line that withholds a text in all its revisions."""
        return next((item for item in self.items if item.entry == f"{kind}:{entry_id}"), None)


NOTHING = Withheld()


def read(docs: Path, lang: str, root: Path) -> tuple[Withheld, list[Diagnostic]]:
    """Read the list of a hub, which may have none.

    Args:
        docs: the folder of its texts.
        lang: its default language, in which the file is named.
        root: what the file's name in diagnostics is relative to.
    """
    path = docs / FILE.in_(lang)
    if not path.is_file() or path.is_symlink():
        return NOTHING, []
    name = path.relative_to(root).as_posix()
    front, faults = read_fields(path.read_bytes(), name)
    items = []
    for found in _items(front, name):
        if isinstance(found, Diagnostic):
            faults.append(found)
        else:
            items.append(found)
    return Withheld(tuple(items), not faults), faults


def line(item: Item) -> str:
    """An item as the file has it."""
    name = f"content: {item.content}" if item.content else f"entry: {item.entry}"
    reason = item.reason.replace("\\", "\\\\").replace('"', '\\"')
    return f'  - {name}\n    reason: "{reason}"\n    date: {item.date}\n'


def _items(front: FrontMatter, name: str) -> Iterator[Item | Diagnostic]:
    lines = front.data.get("withheld")
    if not isinstance(lines, list):
        yield Diagnostic(BAD_WITHHOLDING, Location(name), {"problem": _NO_LIST})
        return
    for number, said in enumerate(lines):
        span = front.span(("withheld", number))
        where = Location(name, span.line, span.column) if span else Location(name)
        found = _item(said if isinstance(said, dict) else {})
        yield Diagnostic(BAD_WITHHOLDING, where, {"problem": found}) if isinstance(found, Message) else found


def _item(said: dict[str, object]) -> Item | Message:
    content, entry, reason, date = (str(said.get(key) or "").strip() for key in ("content", "entry", "reason", "date"))
    match = _HASH.fullmatch(content.lower())
    if not match and not _TEXT.fullmatch(entry):
        return _NO_NAME
    if not reason:
        return _NO_REASON
    try:
        when = PartialDate.parse(date)
    except ValueError:
        return _NO_DATE
    return Item(match["hash"] if match else "", "" if match else entry, reason, when)
