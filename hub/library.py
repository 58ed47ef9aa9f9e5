"""The library: the whole content of a hub at one moment, frozen and indexed. Nothing here reads a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from hub.diagnostics import Diagnostic
from hub.fields import Code, Ref
from hub.i18n import Label
from hub.model import Entry, Key, Kind
from hub.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry refers to another, in a field or in its text.

    Attributes:
        source: the key of the entry that refers.
        target: what it refers to.
        field: the top-level field, or `text`.
        back: the heading for it on the target's page.
        qualifiers: codes that say in what capacity (a contributor's roles, an organisation's role in a project).
        by_qualifier: whether it stands under its qualifiers alone, and under `back` only where it has none.
    """

    source: Key
    target: Ref
    field: str
    back: Label
    qualifiers: tuple[Code, ...] = ()
    by_qualifier: bool = False


@dataclass(frozen=True)
class Library:
    """All entries of a hub at one moment, with what links them.

    Attributes:
        kinds: by name, in the order of their rank.
        entries: in the order of kind, id and language.
        vocabularies: the library's own and the hub's.
        references: every reference that leads to an entry.
        languages: the hub's default language first.
        assets: files in `docs/` that are no entries, by path relative to it.
        wanted: names that wiki texts ask for and nobody has written yet, with who asks.
        hidden: kind and id of entries that are not shown for now; a reference to one is no fault, and plain text.
        hidden_names: what a wiki link may call one of these, folded.
        withheld_files: files that texts name of which nothing is shown.
        refused: those of the assets that are not published.
        file_faults: what is wrong with files and folders, beside what is wrong in texts.
        known_as: names by kind and id that those who have left had besides those of their entry.
        salt: what nobody can guess, for the ids of those who have left: see `hub.retirement`.
    """

    kinds: Mapping[str, Kind]
    entries: tuple[Entry, ...]
    vocabularies: Mapping[str, Vocabulary]
    languages: tuple[str, ...] = ("fr", "en")
    references: tuple[Reference, ...] = ()
    assets: frozenset[str] = frozenset()
    wanted: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    hidden: frozenset[tuple[str, str]] = frozenset()
    hidden_names: frozenset[str] = frozenset()
    withheld_files: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    file_faults: tuple[Diagnostic, ...] = ()
    known_as: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    salt: str = field(default="", repr=False)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def with_links(self, references: Iterable[Reference], wanted: Mapping[str, tuple[Key, ...]]) -> Library:
        """The same library with its references and the pages that texts ask for and nobody has written."""
        return replace(self, references=tuple(references), wanted=wanted)

    @property
    def default_language(self) -> str:
        """The language of `name.md`."""
        return self.languages[0]

    @cached_property
    def _by_key(self) -> dict[Key, Entry]:
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def _by_src(self) -> dict[str, Entry]:
        return {entry.src_uri: entry for entry in self.entries}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {name: [] for name in self.kinds}
        for entry in self.entries:
            found[entry.kind.name].append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def _backlinks(self) -> dict[tuple[str, str], tuple[Reference, ...]]:
        found: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
        for reference in self.references:
            target = reference.target
            found[target.kind, target.id].append(reference)
        return {target: tuple(references) for target, references in found.items()}

    def get(self, kind: str, entry_id: str, lang: str | None = None) -> Entry | None:
        """The entry in `lang`, else in the default language, else in any language that it exists in."""
        known = self._by_key
        found = known.get((kind, entry_id, lang or self.default_language))
        if found:
            return found
        return next(filter(None, (known.get((kind, entry_id, one)) for one in self.languages)), None)

    def exact(self, key: Key) -> Entry | None:
        """The entry of that key and no other."""
        return self._by_key.get(key)

    def at(self, src_uri: str) -> Entry | None:
        """The entry of a file in `docs/`."""
        return self._by_src.get(src_uri)

    def of_kind(self, name: str, lang: str | None = None) -> tuple[Entry, ...]:
        """Entries of a kind; with `lang`, each once, in that language where it exists and otherwise in another."""
        entries = self._by_kind.get(name, ())
        if lang is None:
            return entries
        found = self._in_language.get((name, lang))
        if found is None:
            ids = dict.fromkeys(entry.id for entry in entries)
            works = tuple(work for entry_id in ids if (work := self.get(name, entry_id, lang)))
            found = self._in_language[name, lang] = works
        return found

    @cached_property
    def _in_language(self) -> dict[tuple[str, str], tuple[Entry, ...]]:
        """The works of kinds that were asked for in a language."""
        return {}

    def works(self, lang: str) -> Iterator[Entry]:
        """Every entry of every kind, each once, as a reader of `lang` meets it."""
        for name in self.kinds:
            yield from self.of_kind(name, lang)

    def translations(self, entry: Entry) -> dict[str, Entry]:
        """The entry in each language that it exists in, itself included."""
        found = {lang: self._by_key.get((entry.kind.name, entry.id, lang)) for lang in self.languages}
        return {lang: other for lang, other in found.items() if other}

    def backlinks(self, entry: Entry) -> tuple[Reference, ...]:
        """What refers to the entry, in any language."""
        return self._backlinks.get((entry.kind.name, entry.id), ())
