"""The index of one hub: made when it is first needed, brought up to date entry by entry."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import __version__ as whoosh_version
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from hub import collector
from hub.about import about_of
from hub.errors import HubError
from hub.i18n import N_
from hub.library import Library
from hub.model import Entry
from hub.own_folder import MARK, folder_for
from hub.search.advanced.schema import document, schema
from hub.search.records import Source

_MADE_BY = "made-by.json"
_LOCK = "updating"
_PATIENCE = 120.0
"""Seconds to wait for another process that brings the index up to date."""
_MEGABYTES = 256
"""Of memory that Whoosh may fill before it writes."""


class Opened:
    """An index that can be asked.

    Attributes:
        searcher, reader: of Whoosh.
    """

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        self._forms: dict[str, list[str]] = {}

    def forms(self, name: str) -> list[str]:
        """All words of a field."""
        if name not in self._forms:
            self._forms[name] = [word.decode() for word in self.reader.lexicon(name)]
        return self._forms[name]

    def frequency(self, name: str, form: str) -> int:
        """How many records have a word in a field."""
        return int(self.reader.doc_frequency(name, form.encode()))

    def rarity(self, term: str) -> float:
        """The idf of a term in texts."""
        return math.log(1 + self.reader.doc_count() / (1 + self.frequency("body", term)))

    def column(self, name: str) -> Any:
        """A value of each record, by its number."""
        return self.reader.column_reader(name)

    def stored(self, number: int) -> dict[str, Any]:
        """What is shown of a record."""
        found: dict[str, Any] = self.searcher.stored_fields(number)["record"]
        return found


class Index:
    """The index of a hub.

    Args:
        root: the hub's folder.
    """

    def __init__(self, root: Path) -> None:
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        folder = folder_for(root, "whoosh")
        if folder is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="cop-hub-")
            folder = Path(self._temporary.name)
        self.folder = folder
        self._storage = FileStorage(str(folder))
        self._opened: Opened | None = None

    def opened(self) -> Opened:
        """The index as it was after the last update."""
        if self._opened is None:
            self._opened = Opened(self._storage.open_index(schema=schema()).searcher())
        return self._opened

    def update(self, source: Source, *, anew: bool = False) -> None:
        """Bring the index up to date: entries whose digest is the same are left alone.

        Args:
            source: the entries.
            anew: forget what there is.

        Raises:
            HubError: when the index cannot be written, or another process goes on writing it.
        """
        self._opened = None
        try:
            with self._alone():
                try:
                    self._update(source, anew=anew)
                except Exception:  # noqa: BLE001 - what is damaged fails in any way
                    self._update(source, anew=True)
        except OSError as error:
            raise HubError(
                N_("The index of the advanced search cannot be written in {path}: {error}."),
                path=self.folder,
                error=error.strerror or error,
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = self._storage.lock(_LOCK)
        if not try_for(lock.acquire, timeout=_PATIENCE):
            raise HubError(N_("Another search has been updating the index for two minutes. Try again a little later."))
        try:
            yield
        finally:
            lock.release()

    def _update(self, source: Source, *, anew: bool) -> None:
        made_by = _made_by(source.library)
        index = None if anew or self._made_by() != made_by else self._storage.open_index(schema=schema())
        known = _known(index) if index else {}
        entries = {"\t".join(entry.key): entry for entry in source.entries()}
        digests = {key: _digest(source, entry) for key, entry in entries.items()}
        changed = [key for key, digest in digests.items() if known.get(key) != digest]
        gone = [key for key in known if known[key] != digests.get(key)]
        if index is None:
            self._clear()
            index = self._storage.create_index(schema())
            (self.folder / _MADE_BY).write_text(made_by, "utf-8")
        if not changed and not gone:
            return
        with collector.paused():
            writer = index.writer(limitmb=_MEGABYTES)
            try:
                for key in gone:
                    writer.delete_by_term("key", key)
                for key in changed:
                    writer.add_document(**document(source, entries[key], key, digests[key]))
            except BaseException:
                writer.cancel()
                raise
            writer.commit()

    def _made_by(self) -> str:
        try:
            return (self.folder / _MADE_BY).read_text("utf-8")
        except OSError:
            return ""

    def _clear(self) -> None:
        for path in self.folder.iterdir():
            if path.is_dir() and not path.is_symlink():  # what Whoosh leaves where it was stopped
                shutil.rmtree(path)
            elif path.name not in {_LOCK, MARK}:
                path.unlink()


def _known(index: Any) -> dict[str, str]:
    """The digest of each entry that the index holds."""
    with index.reader() as reader:
        names, digests = (reader.column_reader(name) for name in ("name", "digest"))
        return {names[number].decode(): digests[number].decode() for number in reader.all_doc_ids()}


def _digest(source: Source, entry: Entry) -> str:
    return hashlib.sha256(repr(source.digest(entry)).encode("utf-8", "replace")).hexdigest()


def _made_by(library: Library) -> str:
    """All that an index depends on beside its entries: when it changes, the index is made anew."""
    code = hashlib.sha256()
    here = Path(__file__).parent
    for path in (*sorted(here.glob("*.py")), *(here.parent / name for name in ("analysis.py", "language.json"))):
        code.update(path.read_bytes())
    code.update((here.parent / "records.py").read_bytes())
    labels = hashlib.sha256()
    for kind in library.kinds.values():
        told = [about_of(info, name) for name, info in kind.model.model_fields.items()]
        labels.update(repr((kind.name, kind.label, kind.plural, told)).encode())
    labels.update(repr(sorted(library.vocabularies.items())).encode())
    return json.dumps(
        {
            "whoosh": whoosh_version,
            "python": sys.version_info[:2],
            "code": code.hexdigest(),
            "labels": labels.hexdigest(),
            "languages": library.languages,
        }
    )
