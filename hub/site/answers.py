"""The answers to what plans look up, as hashes: whether one has changed since another build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from hub.addresses import address_of
from hub.credits import Credits
from hub.history import History
from hub.history.log import Person
from hub.history.people import People
from hub.library import Library, Reference
from hub.links import Destination, Resolver, anchors_of
from hub.model import Entry, Key
from hub.site.observed import Question
from hub.site.page import Card
from hub.site.terms import Glossary

NOTHING = ""


@dataclass(frozen=True)
class Answers:
    """The answers that a hub gives today.

    Attributes:
        library: as readers may see it.
        whole: as it was read.
        resolver, glossary, credits: of `library`.
        listed: the codes that have a list, by language and by the list's name.
        cards: an entry's card, by the reader's language.
        people: of `whole`, as Git names them.
        history: of the texts, if it is known.
        today: the day of the build.
    """

    library: Library
    whole: Library
    resolver: Resolver
    glossary: Glossary
    credits: Credits
    listed: Mapping[str, Mapping[str, frozenset[str]]]
    cards: Mapping[str, Callable[[Entry], Card]]
    people: People
    history: History | None
    today: date
    _faces: dict[Key, str] = field(default_factory=dict)

    def to(self, question: Question) -> str:
        """The answer to a question, as a hash; the same whenever what was asked for is the same."""
        what, *of = question
        found: str = getattr(self, f"_{what}")(*of)
        return found

    def face(self, entry: Entry | None) -> str:
        """All of an entry but its text: what others show of it."""
        if entry is None:
            return NOTHING
        found = self._faces.get(entry.key)
        if found is None:
            front = entry.text.front_hash
            told = [*entry.key, entry.src_uri, entry.notice, entry.status_on(self.today), front]
            if not front or not self._is_as_written(entry):
                told.append(repr(entry))  # it does not read as it was written
            found = self._faces[entry.key] = _hash(told)
        return found

    def _always(self) -> str:
        return uuid4().hex  # no other build has the same answer

    def _text(self, *key: str) -> str:
        def answer(entry: Entry) -> str:
            source = entry.text
            return _hash([self.face(entry), source.hash if self._is_as_written(entry) else source.text])

        return self._with(key, answer)

    def _is_as_written(self, entry: Entry) -> bool:
        """Whether its file tells all of an entry: nothing of it is taken out or put otherwise for readers."""
        return entry.is_as_written and self.whole.exact(entry.key) is entry

    def _surface(self, *key: str) -> str:
        """All of an entry that pages of others may depend on: its face, its anchors, and where its text leads."""
        return self._with(key, lambda entry: _hash([self.face(entry), *anchors_of(entry), "", *_targets(entry)]))

    def _all(self) -> str:
        return self._these(self.library.entries)

    def _these(self, entries: Iterable[Entry]) -> str:
        return _hash(map(self.face, entries))

    def _wanted(self) -> str:
        return _hash([repr(sorted(self.library.wanted.items()))])

    def _assets(self) -> str:
        return _hash(sorted(self.library.assets))

    def _get(self, kind: str, entry_id: str, lang: str) -> str:
        return self.face(self.library.get(kind, entry_id, lang))

    def _exact(self, *key: str) -> str:
        return self.face(self.library.exact(_key(key)))

    def _at(self, src_uri: str) -> str:
        return self.face(self.library.at(src_uri))

    def _of_kind(self, name: str, lang: str) -> str:
        return self._these(self.library.of_kind(name, lang or None))

    def _works(self, lang: str) -> str:
        return self._these(self.library.works(lang))

    def _cards(self, kind: str, lang: str) -> str:
        card = self.cards[lang]
        # Hashes of hashes: all cards of a hub, side by side, would take as much memory as its texts.
        return _hash(_hash([repr(card(entry))]) for entry in self.library.of_kind(kind, lang))

    def _translations(self, *key: str) -> str:
        return self._with(key, lambda entry: self._these(self.library.translations(entry).values()))

    def _backlinks(self, *key: str) -> str:
        return self._with(key, lambda entry: _hash(map(_told, self.library.backlinks(entry))))

    def _wiki(self, target: str, lang: str) -> str:
        return self._destination(self.resolver.wiki(target, lang))

    def _link(self, *asked: str) -> str:
        *key, target = asked
        return self._with(key, lambda entry: self._destination(self.resolver.link(entry, target)))

    def _anchor(self, *asked: str) -> str:
        *key, anchor = asked
        return self._with(key, lambda entry: self.resolver.anchor(entry, anchor) or NOTHING)

    def _destination(self, found: Destination | None) -> str:
        if found is None:
            return NOTHING
        faces = [self.face(entry) for entry in (found.entry, *found.choices)]
        return _hash([found.address, found.wanted, str(found.is_outside), *faces])

    def _credits(self, kind: str, entry_id: str) -> str:
        who, known = (kind, entry_id), self.credits
        shares = known.of(who)
        if not shares:
            return _hash([repr(known.groups(who))])
        around = (sorted(known.companions(who).items()), sorted(known.reviewers(who).items()))
        return _hash([repr(shares), repr(known.groups(who)), repr(around)])

    def _listed(self, lang: str, name: str, code: str) -> str:
        return str(code in self.listed[lang].get(name, frozenset()))

    def _glossary(self) -> str:
        told = []
        for form, entry in self.glossary.forms.items():
            shown = self.library.translations(entry).values()
            told += [form, *(f"{address_of(one, self.library)} {self.face(one)}" for one in shown)]
        return _hash(told)

    def _history(self, path: str) -> str:
        if self.history is None:
            return NOTHING
        line = self.history.line(path)
        return _hash([json.dumps(self.history.of(path)), str(line.is_whole if line else "")])

    def _person(self, name: str, mail: str) -> str:
        return repr(self.people.find(Person(name, mail)))

    def _with(self, key: Iterable[str], answer: Callable[[Entry], str]) -> str:
        entry = self.library.exact(_key(key))
        return answer(entry) if entry else NOTHING


def _told(one: Reference) -> str:
    """All of a reference; its `repr` takes twice as long, and a hub has tens of thousands."""
    target, back = one.target, one.back
    told = (*one.source, target.kind, target.id, target.anchor, one.field, back.fr, back.en, *one.qualifiers)
    return "\t".join((*told, str(one.by_qualifier)))


def _targets(entry: Entry) -> tuple[str, ...]:
    """All that the text of an entry leads to, as it was written: links, images, wiki links."""
    held = entry.outline
    return tuple(f"{sort} {one.target}" for sort in ("links", "images", "wiki_links") for one in getattr(held, sort))


def _key(parts: Iterable[str]) -> Key:
    kind, entry_id, lang = parts
    return kind, entry_id, lang


def _hash(told: Iterable[str]) -> str:
    return hashlib.blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
