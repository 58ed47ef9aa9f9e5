"""What of a whole hub shapes the pages of one of its texts, beside what is looked up for them.

A build keeps it, so that the next one can plan the pages of a text whose sentences have changed from that text and
those that its pages show, and need not read the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple, Self

from hub.library import Library
from hub.model import Key
from hub.site.observed import Question
from hub.site.page import InEdition, NavItem, SearchBox

Listed = Mapping[str, Mapping[str, frozenset[str]]]
_OF_MANY = frozenset({"all", "of_kind", "works", "cards", "wanted", "assets", "always"})
"""Questions whose answers need the whole hub."""


class Frame(NamedTuple):
    """What stands on every page, by language, as in `Site`."""

    navigation: Mapping[str, tuple[NavItem, ...]]
    footer: Mapping[str, tuple[NavItem, ...]]
    search: Mapping[str, SearchBox]
    edition: Mapping[str, InEdition]
    editions: Mapping[str, str]

    def as_data(self) -> list[Any]:
        """The same as JSON has it."""
        return [
            *(
                {lang: list(map(_values, menu)) for lang, menu in some.items()}
                for some in (self.navigation, self.footer)
            ),
            *({lang: _values(one) for lang, one in some.items()} for some in (self.search, self.edition)),
            self.editions,
        ]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Self:
        """What `as_data` gave."""
        navigation, footer, search, edition, editions = data
        return cls(
            {lang: tuple(NavItem(*one) for one in menu) for lang, menu in navigation.items()},
            {lang: tuple(NavItem(*one) for one in menu) for lang, menu in footer.items()},
            {lang: SearchBox(*one) for lang, one in search.items()},
            {lang: InEdition(*one) for lang, one in edition.items()},
            dict(editions),
        )


class Standing(NamedTuple):
    """What holds of a whole hub.

    Attributes:
        frame: what stands on every page.
        wants_many: whether the list of wanted pages is too long for one page.
        listed: the codes that have a list, by language and by the list's name.
        hidden, hidden_names, withheld_files: as in `Library`.
        terms: the files of the glossary, whose words any text may hold.
        retired: those of people who have left, whose names stand nowhere.
        files: the file of each entry, by kind, id and language.
    """

    frame: Frame
    wants_many: bool
    listed: Listed
    hidden: frozenset[tuple[str, str]]
    hidden_names: frozenset[str]
    withheld_files: frozenset[str]
    terms: Sequence[str]
    retired: Sequence[str]
    files: Mapping[str, Mapping[str, Mapping[str, str]]]

    @classmethod
    def of(cls, library: Library, frame: Frame, listed: Listed, *, wants_many: bool) -> Self:
        """What holds of a hub.

        Args:
            library: as it was read.
            frame: what stands on every page.
            listed: the codes that have a list.
            wants_many: whether there are many wanted pages.
        """
        files: dict[str, dict[str, dict[str, str]]] = {}
        for entry in library:
            kind, entry_id, lang = entry.key
            files.setdefault(kind, {}).setdefault(entry_id, {})[lang] = entry.src_uri
        terms = [entry.src_uri for entry in library if entry.kind.index == "glossary"]
        retired = [entry.src_uri for entry in library if entry.is_retired]
        held = (library.hidden, library.hidden_names, library.withheld_files)
        return cls(frame, wants_many, listed, *held, terms, retired, files)

    def as_data(self) -> list[Any]:
        """The same as JSON has it."""
        listed = {lang: {name: sorted(codes) for name, codes in some.items()} for lang, some in self.listed.items()}
        hidden = [sorted(self.hidden), sorted(self.hidden_names), sorted(self.withheld_files)]
        return [self.frame.as_data(), self.wants_many, listed, *hidden, self.terms, self.retired, self.files]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Self:
        """What `as_data` gave."""
        frame, wants_many, listed, hidden, names, withheld, terms, retired, files = data
        codes = {lang: {name: frozenset(found) for name, found in some.items()} for lang, some in listed.items()}
        pairs = frozenset((kind, entry_id) for kind, entry_id in hidden)
        sets = pairs, frozenset(names), frozenset(withheld)
        return cls(Frame.from_data(frame), bool(wants_many), codes, *sets, terms, retired, files)

    def files_for(self, questions: Iterable[Question]) -> frozenset[str] | None:
        """The files from which questions can be answered; None where that takes the whole hub."""
        found = set(self.retired)
        for what, *of in questions:
            if what in _OF_MANY:
                return None
            if what == "at":
                found.add(of[0])
            elif what == "glossary":
                found.update(self.terms)
            elif of[0] in self.files:
                found.update(self.files[of[0]].get(of[1], {}).values())
        return frozenset(found)

    def keys_of(self, uris: Collection[str]) -> frozenset[Key]:
        """The keys of the entries of some files."""
        return frozenset(
            (kind, entry_id, lang)
            for kind, ids in self.files.items()
            for entry_id, files in ids.items()
            for lang, uri in files.items()
            if uri in uris
        )

    def in_part(self, library: Library) -> Library:
        """A library of a few of the hub's texts, with what holds of all."""
        return replace(library, hidden=self.hidden, hidden_names=self.hidden_names, withheld_files=self.withheld_files)


def _values(one: NavItem | SearchBox | InEdition) -> list[Any]:
    return [getattr(one, field.name) for field in fields(one)]
