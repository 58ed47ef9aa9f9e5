# ruff: noqa: D102 - these methods do what those of the same name do, and note it
"""What a plan looks up, so that it need not be made again while the answers stay the same.

A page is planned from a library through few questions: for an entry by its id, for what refers to it, for all of a
kind. Here each is noted as it is asked. A later build asks the same questions of its own library, and plans again only
the pages for which an answer differs (the verifying traces of Mokhov, Mitchell and Peyton Jones, “Build systems à la
carte”, 2018).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from hub.credits import Credits, Who
from hub.fields import Ref
from hub.history import History
from hub.history.lines import Line
from hub.history.log import Person
from hub.history.people import People
from hub.history.revisions import Revision
from hub.library import Library, Reference
from hub.links import Destination, Resolver
from hub.model import TEXT_READ, Entry, Key
from hub.site.terms import Glossary

Question = tuple[str, ...]
"""What is asked for, and of what: `("get", "person", "ada", "fr")`."""


_Standing = TypeVar("_Standing")


class Log:
    """The questions that are asked, noted for whoever records."""

    def __init__(self) -> None:
        self._open: list[dict[Question, None]] = []
        self._is_paused = False

    def note(self, *question: str) -> None:
        """Note a question."""
        if self._open and not self._is_paused:
            self._open[-1][question] = None

    def replay(self, questions: Iterable[Question]) -> None:
        """Note questions that were asked before, for what is kept since."""
        if self._open:
            self._open[-1].update(dict.fromkeys(questions))

    @contextmanager
    def recording(self) -> Iterator[dict[Question, None]]:
        """Record the questions of the block; whoever records around it gets them as well."""
        found: dict[Question, None] = {}
        self._open.append(found)
        token = TEXT_READ.set(self._text_read)
        try:
            yield found
        finally:
            TEXT_READ.reset(token)
            self._open.pop()
            self.replay(found)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Note nothing in the block: the answer as a whole has been noted."""
        was, self._is_paused = self._is_paused, True
        try:
            yield
        finally:
            self._is_paused = was

    def _text_read(self, entry: Entry) -> None:
        self.note("text", *entry.key)


def _standing_for(cls: type[_Standing], base: Any, log: Log, hidden: Collection[str] = ()) -> _Standing:
    """A value with all that `base` has but what is hidden, which also knows `base` and the log."""
    made = object.__new__(cls)
    kept = {name: value for name, value in vars(base).items() if name not in hidden}
    made.__dict__.update(kept, base=base, log=log)
    return made


class ObservedLibrary(Library):
    """A library that notes what it is asked for; its answers are those of the one that it stands for."""

    base: Library
    log: Log

    @classmethod
    def of(cls, base: Library, log: Log) -> ObservedLibrary:
        """A library in the place of `base`."""
        return _standing_for(cls, base, log, {"entries", "references", "wanted", "assets"})

    def __iter__(self) -> Iterator[Entry]:
        self.log.note("all")
        return iter(self.base)

    @property
    def entries(self) -> tuple[Entry, ...]:
        self.log.note("all")
        return self.base.entries

    @property
    def wanted(self) -> Mapping[str, tuple[Key, ...]]:
        self.log.note("wanted")
        return self.base.wanted

    @property
    def assets(self) -> frozenset[str]:
        self.log.note("assets")
        return self.base.assets

    def get(self, kind: str, entry_id: str, lang: str | None = None) -> Entry | None:
        self.log.note("get", kind, entry_id, lang or self.default_language)
        return self.base.get(kind, entry_id, lang)

    def exact(self, key: Key) -> Entry | None:
        self.log.note("exact", *key)
        return self.base.exact(key)

    def at(self, src_uri: str) -> Entry | None:
        self.log.note("at", src_uri)
        return self.base.at(src_uri)

    def of_kind(self, name: str, lang: str | None = None) -> tuple[Entry, ...]:
        self.log.note("of_kind", name, lang or "")
        return self.base.of_kind(name, lang)

    def works(self, lang: str) -> Iterator[Entry]:
        self.log.note("works", lang)
        return self.base.works(lang)

    def translations(self, entry: Entry) -> dict[str, Entry]:
        self.log.note("translations", *entry.key)
        return self.base.translations(entry)

    def backlinks(self, entry: Entry) -> tuple[Reference, ...]:
        self.log.note("backlinks", *entry.key)
        return self.base.backlinks(entry)


class ObservedResolver(Resolver):
    """A resolver that notes what it is asked for."""

    def __init__(self, base: Resolver, log: Log) -> None:
        super().__init__(base.library)
        self._base, self._log = base, log

    def reference(self, ref: Ref, lang: str) -> Entry | None:
        self._log.note("get", ref.kind, ref.id, lang)
        return self._base.reference(ref, lang)

    def wiki(self, target: str, lang: str) -> Destination:
        self._log.note("wiki", target, lang)
        with self._log.paused():
            found = self._base.wiki(target, lang)
        self._note(found)
        return found

    def link(self, entry: Entry, target: str) -> Destination | None:
        self._log.note("link", *entry.key, target)
        with self._log.paused():
            found = self._base.link(entry, target)
        self._note(found)
        return found

    def within(self, entry: Entry, target: str) -> Entry | str | None:
        self._log.note("link", *entry.key, target)
        with self._log.paused():
            found = self._base.within(entry, target)
        self._note(Destination(found) if isinstance(found, Entry) else None)
        return found

    def anchor(self, entry: Entry, anchor: str) -> str | None:
        self._log.note("anchor", *entry.key, anchor)
        with self._log.paused():
            return self._base.anchor(entry, anchor)

    def _note(self, found: Destination | None) -> None:
        """Note the entries that were found by another name than their keys: who has these can answer again."""
        for entry in (found.entry, *found.choices) if found else ():
            if entry:
                self._log.note("exact", *entry.key)


class ObservedCredits(Credits):
    """Credits that note of whom they are asked."""

    base: Credits
    log: Log

    @classmethod
    def of_base(cls, base: Credits, log: Log) -> ObservedCredits:
        """Credits in the place of `base`."""
        return _standing_for(cls, base, log)

    def of(self, who: Who) -> tuple[Any, ...]:
        self.log.note("credits", *who)
        return self.base.of(who)

    def groups(self, who: Who) -> tuple[Who, ...]:
        self.log.note("credits", *who)
        return self.base.groups(who)

    def companions(self, who: Who) -> Any:
        self.log.note("credits", *who)
        return self.base.companions(who)

    def reviewers(self, who: Who) -> Any:
        self.log.note("credits", *who)
        return self.base.reviewers(who)


class ObservedCodes(frozenset[str]):
    """Codes that have a list, which note which of them are looked for."""

    ask: Callable[[str], None]

    @classmethod
    def all_of(cls, listed: Mapping[str, frozenset[str]], lang: str, log: Log) -> dict[str, frozenset[str]]:
        """The same codes by the names of their lists, in one language."""
        found = {name: cls(codes) for name, codes in listed.items()}
        for name, codes in found.items():
            codes.ask = partial(log.note, "listed", lang, name)
        return dict(found)

    def __contains__(self, code: object) -> bool:
        self.ask(str(code))
        return super().__contains__(code)


class ObservedHistory(History):
    """A history that notes of which files it is asked."""

    base: History
    log: Log

    @classmethod
    def of_base(cls, base: History, log: Log) -> ObservedHistory:
        """A history in the place of `base`."""
        return _standing_for(cls, base, log)

    def of(self, path: str) -> tuple[Revision, ...]:
        self.log.note("history", path)
        return self.base.of(path)

    def line(self, path: str) -> Line | None:
        self.log.note("history", path)
        return self.base.line(path)


class ObservedGlossary(Glossary):
    """A glossary that notes that it is asked: any of its terms may stand in a text."""

    def __init__(self, library: Library, log: Log) -> None:
        super().__init__(library)
        self._log = log

    def in_text(self, *given: Any, **named: Any) -> Any:
        self._log.note("glossary")
        with self._log.paused():
            return super().in_text(*given, **named)


class ObservedPeople(People):
    """People that note for whom they are asked."""

    base: People
    log: Log

    @classmethod
    def of_base(cls, base: People, log: Log) -> ObservedPeople:
        """People in the place of `base`."""
        return _standing_for(cls, base, log)

    def find(self, person: Person) -> Ref | None:
        self.log.note("person", person.name, person.mail)
        found = self.base.find(person)
        if found:
            self.log.note("get", found.kind, found.id, self.library.default_language)
        return found
