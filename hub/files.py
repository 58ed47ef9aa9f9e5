"""Files of `docs/` into entries: as they stand, or in the revision that readers may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

from hub import frontmatter
from hub.bind import bind
from hub.caches import cache_folder
from hub.config import Config
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.errors import HubError
from hub.fields import BindingContext, Code
from hub.guarded import expendable
from hub.history import History
from hub.i18n import N_
from hub.kept_texts import KeptTexts, folder_of_texts
from hub.markdown.read import rest
from hub.model import Entry, Kind
from hub.naming import Naming
from hub.nearest import fold
from hub.packing import Packing
from hub.parts import Withdrawal
from hub.software import software
from hub.walk import files_of
from hub.withheld import Item, Withheld
from hub.workers import spread

UNDER_REVIEW = ("submitted", "in-review")

UNREADABLE = "unreadable"
"""Said in place of a status of the last published revision of a text that cannot be read."""

FEW = 150
"""Texts that are read sooner than anything could be kept of them."""

_ALONE = 150
"""Texts that one process reads sooner than two do."""

_KEPT_AT_ONCE = 200
"""Texts that are kept together, packed: memory does not hold all of them."""

_SETTLED = ("published", "needs-review", "withdrawn")
"""States of a revision that holds while a newer one is under review."""

LANGUAGE_MISMATCH = Rule(
    "language-mismatch",
    Severity.ERROR,
    N_("The front matter says “lang: {found}”, the file’s name says “{expected}”."),
    N_("The name tells the language. Example: {example}"),
)

UNPUBLISHED = Rule(
    "unpublished",
    Severity.INFO,
    N_("The text is “{status}” and no published revision of it can be read: it is left out of the site."),
    N_("It appears once it is published. `hub build --drafts` shows it before. Example: status: publié"),
)


Bound = tuple[Entry | None, list[Diagnostic]]
"""An entry, if there is one, and its faults."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of `docs/`: its path, and the same relative to `docs/`, composed (NFC), with forward slashes."""

    path: Path
    uri: str


class FileReader:
    """Turns files into entries."""

    def __init__(
        self, config: Config, kinds: dict[str, Kind], context: BindingContext, withheld: Withheld, *, drafts: bool
    ) -> None:
        self.config, self.kinds, self.context, self.drafts = config, kinds, context, drafts
        self.withheld = withheld
        self.known: History | None = None
        self.naming = Naming(kinds, config.languages)
        self.hidden: set[tuple[str, str]] = set()
        self.hidden_names: set[str] = set()
        self.withheld_files: set[str] = set()

    @cached_property
    def history(self) -> History:
        """What Git remembers; read only where a text is under review."""
        return self.known or History.read(self.config.root)

    def shown(self, file: File, entry: Entry | None) -> tuple[Entry | None, list[Diagnostic]]:
        """What readers may see of a file that holds `entry`: it may be an older revision of it, and its faults."""
        faults: list[Diagnostic] = []
        if entry is None:
            known = next(self._revisions(file), None)
            if known and known.is_retired:
                return _of_who_left(known), faults
            standing = None if self.drafts else self._standing_in(file)
            if standing:
                return standing, faults
            kind, entry_id, _ = self.naming.of(file.uri)
            self._hide(kind, entry_id)
            return None, faults
        why = self.why_withheld(entry)
        if why:
            self.withheld_files |= files_of(entry)
            return _withdrawn(entry, why), faults
        if entry.status not in UNDER_REVIEW:
            return entry, faults
        shown = self._settled(file)
        if shown is None and entry.is_retired and not self.drafts:
            return _of_who_left(entry), faults
        if shown is None:
            written = entry.text.front.text(("status",)) or str(entry.status)
            faults.append(Diagnostic(UNPUBLISHED, entry.text.locate(("status",)), {"status": written.strip()}))
        if self.drafts:
            return entry, faults
        if shown is None:
            self._hide(entry.kind, entry.id, *entry.names)
            return None, faults
        return shown.with_wishes_of(entry).under_review(str(entry.status)), faults

    def why_withheld(self, entry: Entry) -> Item | None:
        """Why an entry must not be public, if it must not."""
        return self.withheld.entry(entry.kind.name, entry.id) or self.withheld.content(entry.text.hash)

    def _standing_in(self, file: File) -> Entry | None:
        """The last published revision of a file that cannot be read; None where what cannot be read may forbid it."""
        found = self._settled(file)
        if found is None or type(found).with_wishes_of is not Entry.with_wishes_of:
            return None
        why = self.why_withheld(found)
        return _withdrawn(found, why) if why else found.under_review(UNREADABLE)

    def _settled(self, file: File) -> Entry | None:
        """The newest revision that was published or withdrawn: what was withdrawn stays so while a new text is read."""
        shown = (entry for entry in self._revisions(file) if not self.withheld.content(entry.text.hash))
        return next((entry for entry in shown if entry.status in _SETTLED), None)

    def _revisions(self, file: File) -> Iterator[Entry]:
        """The revisions of a file that were published and can be read, the newest first, whatever their status."""
        found = (self.bind(raw, file)[0] for raw in self.history.contents_of(self._path(file)))
        yield from (entry for entry in found if entry)

    def _hide(self, kind: Kind, entry_id: str, *names: str) -> None:
        self.hidden.add((kind.name, entry_id))
        self.hidden_names |= {fold(name) for name in (entry_id, f"{kind.name}:{entry_id}", *names)}

    def _path(self, file: File) -> str:
        return file.path.relative_to(self.config.root).as_posix()

    def bind(self, raw: bytes, file: File) -> tuple[Entry | None, list[Diagnostic]]:
        """The entry that bytes hold, as those of a file, and its faults."""
        source, faults = frontmatter.read(raw, self._path(file))
        if faults and not source.front.data:
            # One fault, not one for each field; and the text may be withdrawn or private: it is left out.
            return None, faults
        kind, entry_id, lang = self.naming.of(file.uri)
        entry, found = bind(kind, source, file.uri, entry_id=entry_id, lang=lang, context=self.context)
        faults += found
        if entry and entry.lang != lang:
            example = f"{PurePosixPath(file.uri).name.split('.')[0]}.{entry.lang}.md"
            params = {"found": str(entry.lang), "expected": lang, "example": example}
            faults.append(Diagnostic(LANGUAGE_MISMATCH, source.locate(("lang",)), params))
            entry = _with_language(entry, lang)
        if entry and entry.translation_of and "id" not in source.front.data:
            entry = _with_id(entry, entry.translation_of)
        return entry, faults


def bound(texts: Sequence[File], reader: FileReader, *, is_part: bool = False) -> Iterator[Bound]:
    """What files hold, in their order; of many on all cores, or as they were read before where they are the same.

    Args:
        texts: the files.
        reader: reads them.
        is_part: whether the hub has others, of which what is kept stays.
    """
    if len(texts) < FEW and not is_part:
        yield from (reader.bind(raw_bytes(file.path), file) for file in texts)
        return
    config, packing = reader.config, Packing(reader.kinds, cache_folder(reader.config.root))
    own = sorted(path.read_bytes() for path in config.kinds_dir.glob("*.py")) if config.kinds_dir else []
    context = sorted(reader.context.kinds), sorted(reader.context.vocabularies.items())
    told = (software(), config.languages, context, own)
    kept = KeptTexts(folder_of_texts(config.root), hashlib.sha256(repr(told).encode()).hexdigest())
    names = [kept.name(file.uri, raw_bytes(file.path)) for file in texts]
    known = kept.known(names if is_part else None)
    missing = [file for file, name in zip(texts, names, strict=True) if name not in known]

    packed = partial(_packed, reader, packing, kept)

    def rashly_packed(some: Sequence[File]) -> Iterator[tuple[str, bytes]]:
        with expendable():
            yield from packed(some)

    made = spread(missing, packed, alone=_ALONE, rash=rashly_packed)
    old = kept.get([name for name in names if name in known])
    new: dict[str, bytes] = {}
    wanted = set(names)
    for file, named in zip(texts, names, strict=True):
        name, found = (named, next(old) or b"") if named in known else next(made)
        try:
            entry, faults = packing.unpack(found)
        except Exception:  # noqa: BLE001 - whatever a file of the cache holds, the text is there
            kept.tell()
            entry, faults = reader.bind(raw_bytes(file.path), file)
        if name not in known and not is_part:
            new[name] = found
        # What must not be public is in no cache; a text that was too slow to read is tried again.
        if entry and (reader.why_withheld(entry) or entry.outline.refused):
            wanted.discard(name)
            new.pop(name, None)
        if len(new) >= _KEPT_AT_ONCE:
            kept.keep(new.items())
            new = {}
        yield entry, faults
    if not is_part:
        kept.keep(new.items(), known - wanted)
        rest()


def _packed(reader: FileReader, packing: Packing, kept: KeptTexts, some: Iterable[File]) -> Iterator[tuple[str, bytes]]:
    """What files hold, packed, under the name of what was read: somebody may have saved one since it was looked up."""
    for file in some:
        raw = raw_bytes(file.path)
        yield kept.name(file.uri, raw), packing.pack(reader.bind(raw, file))


def raw_bytes(path: Path) -> bytes:
    """The bytes of a file; of one that is larger than any text, so many that this is seen.

    Raises:
        HubError: when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(frontmatter.MAX_BYTES + 1)
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path, error=error.strerror) from error


def _withdrawn(entry: Entry, why: Item) -> Entry:
    """An entry that must not be public, as one that was withdrawn: nothing of its text is left."""
    withdrawal = Withdrawal(date=why.date, reason=why.reason)
    if entry.is_retired:  # the name must be known, that a pseudonym may take its place
        return entry.model_copy(update={"withdrawal": withdrawal, "status": Code("withdrawn", "status")})
    fields = {name: info.get_default() for name, info in type(entry).model_fields.items() if not info.is_required()}
    kept = {
        "id": entry.id,
        "lang": entry.lang,
        "title": entry.kind.label.in_(str(entry.lang)),
        "withdrawal": withdrawal,
    }
    return entry.model_copy(update={**fields, **kept, "status": Code("withdrawn", "status")}).with_text(lambda _: "")


def _of_who_left(entry: Entry) -> Entry:
    """The file of somebody who has left, whose newest text is not to be shown: nothing of it is but the pseudonym.

    Without it the name and the id would stand wherever others wrote them.
    """
    status = str(entry.status) if entry.status in _SETTLED else "published"
    return entry.model_copy(update={"status": Code(status, "status")})


def _with_language(entry: Entry, lang: str) -> Entry:
    return entry.model_copy(update={"lang": Code(lang, "language")})


def _with_id(entry: Entry, entry_id: str) -> Entry:
    return entry.model_copy(update={"id": entry_id})
