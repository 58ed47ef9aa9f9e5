"""Documents that were left in the folder `depot/`: each becomes a draft, and goes from there in the same change."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from hub import emails, forges, git
from hub.config import Config
from hub.diagnostics import Message
from hub.drafting.markdown import clean
from hub.drafting.placing import Draft, kind_for
from hub.drafting.report import DECIDE, line
from hub.errors import HubError
from hub.i18n import N_
from hub.importers import MOST_BYTES, importer_of
from hub.intake import attached, credit
from hub.intake.arrival import Arrival, Change, Made
from hub.intake.hub import Hub
from hub.intake.reading import beginning
from hub.markdown.parser import slug
from hub.model import Kind

FOLDER = forges.DEPOSIT
"""Where documents are left, below the hub's folder."""
_KEPT = ("readme", ".")
"""How the names of files begin that stay."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Left:
    """A document that was left.

    Attributes:
        path: of it.
        data: its bytes.
        who: id or name of who left it, or empty.
    """

    path: Path
    data: bytes
    who: str = ""


def waiting(config: Config) -> list[Path]:
    """The files in the folder, and in those below it, that somebody has left."""
    top = config.root / FOLDER
    found: list[Path] = []
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        paths = (Path(folder, name) for name in sorted(names) if not name.lower().startswith(_KEPT))
        found += (path for path in paths if path.is_file() and not path.is_symlink())
    return found


def read(path: Path, hub: Hub) -> Left:
    """A document, with who left it: whoever added it in Git.

    Raises:
        HubError: when it cannot be read, or is too large.
    """
    data = beginning(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise HubError(N_("The file is larger than {n} MB. Save it again, with smaller images."), n=MOST_BYTES // 10**6)
    name, address = git.added_by(hub.config.root, shown(path, hub.config)) if is_left(path, hub.config) else ("", "")
    known = credit.by_address(hub.library, address)
    return Left(path, data, known.id if known else credit.name(name))


def is_left(path: Path, config: Config) -> bool:
    """Whether a file lies in the folder."""
    return path.resolve().is_relative_to((config.root / FOLDER).resolve())


def arrival(left: Left, hub: Hub, kind: Kind | None = None) -> Arrival:
    """What becomes of a document.

    Args:
        left: the document.
        hub: at which it arrives.
        kind: of the draft; that of the document's format where none is given.

    Raises:
        HubError: when it cannot be read.
    """
    one = attached.file(left.path.name, left.data)
    chosen = kind or _kind_of(left.path, hub) or kind_for(importer_of(Path(one.name)).name, hub.library.kinds)
    draft = attached.draft(attached.document(one), chosen, hub)
    changes = files(draft, hub)
    if is_left(left.path, hub.config):
        changes[shown(left.path, hub.config)] = Change(left.data, None)
    found = n_addresses(draft.text)
    said = N_("E-mail addresses in the document: {n}. None is in the draft.")
    lines = (*draft.lines, *([line(DECIDE, "addresses", said, n=found)] if found else []))
    label = chosen.label.in_(hub.library.default_language)
    return Arrival(
        Message(N_("the document {name}"), {"name": one.name}),
        f"depot-{short(draft.title)}-{hashlib.sha256(left.data).hexdigest()[:8]}",
        Message(N_("Propose “{title}”"), {"title": credit.short(draft.title)}),
        changes,
        (Made(f"{hub.docs}{draft.uri}", draft.title, label),),
        (left.who,) if left.who else (),
        lines,
        without(draft.left_out, hub),
    )


def files(draft: Draft, hub: Hub) -> dict[str, Change]:
    """The files of a draft, without e-mail addresses, by paths relative to the hub's folder."""
    text = emails.without(draft.text, hub.library.default_language)
    found = {f"{hub.docs}{draft.uri}": Change(None, text.encode())}
    return found | {f"{hub.docs}{uri}": Change(None, data) for uri, data in draft.files.items()}


def without(left_out: tuple[tuple[str, str], ...], hub: Hub) -> tuple[tuple[str, str], ...]:
    """What is not in a draft, on a line each and without e-mail addresses."""
    lang = hub.library.default_language
    return tuple((code, " ".join(emails.without(clean(text), lang).split())) for code, text in left_out)


def n_addresses(text: str) -> int:
    """How many e-mail addresses stand in a text."""
    return sum(1 for _ in emails.find(text))


def short(title: str) -> str:
    """A title as the end of a branch's name."""
    return slug(clean(title))[:_LONGEST_NAME].strip("-") or "document"


def _kind_of(path: Path, hub: Hub) -> Kind | None:
    """The kind whose folder's name a folder of the deposit bears: `depot/billets/`."""
    if not is_left(path, hub.config) or path.parent == hub.config.root / FOLDER:
        return None
    folders = {
        kind.folder_in(hub.library.default_language): kind for kind in hub.library.kinds.values() if any(kind.folder)
    }
    return folders.get(path.parent.name)


def shown(path: Path, config: Config) -> str:
    """A file of the hub's folder, relative to it."""
    return path.resolve().relative_to(config.root.resolve()).as_posix()
