"""What stands behind a text: the list of its revisions, what changed in each, and each as it was.

These pages stand in a bare layout of their own, outside the host's, so that tens of thousands of them stay small. They
are made one by one as they are written, and none is kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any

from hub import emails, forges
from hub.addresses import HISTORY, address_of, version_address
from hub.dates import PartialDate
from hub.history import History
from hub.history.difference import SAME, Difference, Hunk, difference
from hub.history.log import Person
from hub.history.people import People
from hub.history.revisions import Revision
from hub.history.texts import said
from hub.i18n import N_
from hub.library import Library
from hub.markdown.blocks import Block
from hub.model import Entry
from hub.past import as_it_was, cited_as, current, published
from hub.public import without_address
from hub.retirement import Retirement
from hub.site import citing, head
from hub.site.entries import shown_fields
from hub.site.page import Page, Past, Shown
from hub.site.reader import Reader
from hub.site.texts import body
from hub.withheld import Withheld
from hub.words import date_text

_LINES = 3
"""Lines of a message that are shown."""
_AROUND = 1
"""Blocks without a change that are shown before and after one with."""


@dataclass(frozen=True, slots=True)
class Told:
    """A revision as readers see it.

    Attributes:
        number: its place in the list, for the eye alone.
        date: in words.
        people: whose work it is.
        why: the lines of what they said.
        label: what an editor called it; and its status where it was none that holds.
        short, swhid: what it is cited by.
        request: the pull or merge request in which it was talked over.
        page, changes: addresses of the text as it was, and of what changed; nothing where there is no such page.
        withheld: why the text is not shown as it was.
    """

    number: int
    date: str
    people: tuple[Shown, ...]
    why: tuple[str, ...]
    label: str
    short: str
    swhid: str
    request: Shown | None
    page: str
    changes: str
    withheld: str = ""


@dataclass(frozen=True)
class Archive:
    """The revisions of all texts, as readers of one language see them.

    Attributes:
        reader: of the language.
        history: what Git remembers.
        whole: the library as it was read, with the names of those who have left.
        withheld: what must not be public.
        broken: takes the texts whose past cannot be shown, and why.
        people: of `whole`, as Git names them.
    """

    reader: Reader
    history: History
    whole: Library
    withheld: Withheld
    broken: dict[str, str]
    people: People

    def told(self, entry: Entry) -> tuple[Told, ...]:
        """The revisions of a text that were shown, the newest first."""
        return tuple(self._told(entry, self.shown(entry)))

    def _told(self, entry: Entry, shown: Sequence[Revision]) -> Iterator[Told]:
        library = self.reader.library
        address, below = address_of(entry, library), self.address(entry)
        withheld = [self.withheld.content(one.hash) for one in shown]
        person = cache(self._person)  # the same few people, revision after revision
        for at, (one, why) in enumerate(zip(shown, withheld, strict=True)):
            lines = [] if why else [self.clean(line) for line in one.message.splitlines() if line.strip()]
            has_changes = self.has_older and withheld[at + 1 : at + 2] == [None] and not why
            has_page = self.has_older or not at
            yield Told(
                number=len(shown) - at,
                date=self.day(one),
                people=tuple(dict.fromkeys(map(person, one.people))),
                why=tuple(lines[:_LINES]),
                label="" if why or not one.label else self.clean(one.label),
                short=one.short,
                swhid=one.swhid,
                request=self._request(one),
                page=(version_address(entry, library, one.short) if at else address) if has_page else "",
                changes=f"{below}{one.short}/" if has_changes else "",
                withheld=self.clean(why.reason) if why else "",
            )

    def past(self, entry: Entry) -> Past | None:
        """What the text's page says of its revisions, where there are any to show."""
        shown = self.shown(entry)
        if not shown:
            return None
        newest = shown[0]
        people = tuple(dict.fromkeys(map(self._person, newest.people)))
        # What readers may see of the text is not always what the file says: a name may be left out.
        now = current(self.whole.at(entry.src_uri) or entry, shown)
        cited = cited_as(now, entry, self.reader.library, self.reader.config) if now else None
        return Past(len(shown), self.day(newest), people, self.address(entry), cited)

    @property
    def has_older(self) -> bool:
        """Whether older revisions, and what changed in each, have pages of their own."""
        return self.reader.config.revisions

    def address(self, entry: Entry) -> str:
        """The address of the list of a text's revisions."""
        library = self.reader.library
        return f"{address_of(entry, library)}{HISTORY.in_(library.default_language)}/"

    def texts(self) -> Iterator[Entry]:
        """The texts of the language that have a past."""
        return (entry for entry in self.reader.library if entry.lang == self.reader.lang and self.shown(entry))

    def pages(self, entry: Entry) -> list[Page]:
        """The pages of a text."""
        self.reader.log.note("text", *entry.key)
        try:
            return list(self._pages(entry))
        except Exception as error:  # noqa: BLE001 - an old text costs its own pages, whatever is wrong with it
            self.broken[f"{entry.text.path} (historique)"] = f"{type(error).__name__}: {error}"
            return []

    def _pages(self, entry: Entry) -> Iterator[Page]:
        told = self.told(entry)
        line = self.history.line(entry.text.path)
        about: dict[str, Any] = {"entry": self.reader.link(entry), "history": self.address(entry)}
        data = about | {"revisions": told, "is_whole": line is None or line.is_whole}
        yield self._page(self.address(entry), entry, N_("History of “{title}”"), "history.html", data)
        if self.has_older:
            yield from self._of_older(entry, told, about)

    def _of_older(self, entry: Entry, told: Sequence[Told], about: dict[str, Any]) -> Iterator[Page]:
        """The pages of older revisions, and of what changed in each."""
        shown = self.shown(entry)
        contents = self.history.read_contents(shown)
        for one, revision in zip(told[1:], shown[1:], strict=True):
            if one.withheld:
                title = N_("“{title}”, a version that is withheld")
                yield self._page(one.page, entry, title, "withheld.html", about | {"revision": one})
            elif revision.blob in contents:
                yield from self._older(entry, revision, one, contents[revision.blob], about)
        texts = {one.blob: self._blocks(entry, contents[one.blob]) for one in shown if one.blob in contents}
        for one, newer, older in zip(told, shown, shown[1:], strict=False):
            if one.changes and newer.blob in texts and older.blob in texts:
                found = difference(texts[older.blob], texts[newer.blob])
                data = about | {"date": one.date, "people": one.people, "why": one.why, "of": None}
                data |= {"found": found, "runs": tuple(runs(found.hunks))}
                yield self._page(one.changes, entry, N_("Changes in “{title}”"), "difference.html", data)

    def _older(
        self, entry: Entry, revision: Revision, told: Told, raw: bytes, about: Mapping[str, Any]
    ) -> Iterator[Page]:
        """The page of a version as it was, if it can still be read as an entry."""
        old = self._bound(entry, raw)
        if old:
            named = cited_as(revision, entry, self.reader.library, self.reader.config, is_older=True)
            offered = citing.of(self.reader, old, told.page, revision=named)
            data = {**about, "revision": told, "title": old.title, "summary": old.summary, "citing": offered}
            data |= {"writers": self.reader.writers(old), "written": self.reader.date(old)}
            data |= shown_fields(self.reader, old) | body(self.reader, None, old, told.page)
            page = self._page(told.page, entry, N_("“{title}”, older version"), "revision.html", data)
            yield replace(page, files=offered.files, head=head.of(self.reader, old, offered.cited, None))

    def _page(self, address: str, entry: Entry, title: str, template: str, data: Mapping[str, Any]) -> Page:
        words = self.reader.say(title).format(title=entry.title)
        return Page(address, address, self.reader.lang, words, template, data, noindex=True)

    def shown(self, entry: Entry) -> list[Revision]:
        """The revisions of a text that readers were shown, the newest first."""
        return published(entry, self.reader.library, self.history, self.withheld)

    def _bound(self, entry: Entry, raw: bytes) -> Entry | None:
        """A revision without the names of those who have left and without e-mail addresses."""
        found = as_it_was(entry, raw, self.reader.library)
        return without_address(self._retirement.entry(found)) if found else None

    def day(self, revision: Revision) -> str:
        """The day of a revision in words."""
        return _day(revision.day, self.reader.lang)

    def between(self, entry: Entry, older: Revision, newer: Revision) -> Difference | None:
        """What changed between two revisions of a text; None where one is withheld, or not at hand."""
        if self.withheld.content(older.hash) or self.withheld.content(newer.hash):
            return None
        contents = self.history.read_contents((older, newer))
        if older.blob not in contents or newer.blob not in contents:
            return None
        return difference(*(self._blocks(entry, contents[one.blob]) for one in (older, newer)))

    def _blocks(self, entry: Entry, raw: bytes) -> list[Block]:
        lang, left = self.reader.lang, self._retirement
        found = said(entry, raw, lang, lambda text: left.written(text, lang), lambda text: left.body(text, entry, lang))
        return [block._replace(text=emails.without(left.text(block.text, lang), lang)) for block in found]

    def _person(self, person: Person) -> Shown:
        found = self.people.find(person)
        who = self._retirement.ref(found) if found else None
        entry = self.reader.library.get(who.kind, who.id, self.reader.lang) if who else None
        return self.reader.link(entry) if entry else Shown(self.clean(person.name))

    def clean(self, text: str) -> str:
        """What was said in Git without the names of those who have left and without e-mail addresses."""
        return emails.without(self._retirement.written(text, self.reader.lang), self.reader.lang)

    @cached_property
    def _retirement(self) -> Retirement:
        return Retirement(self.whole)

    def _request(self, revision: Revision) -> Shown | None:
        forge = self.reader.config.repo_url
        if not revision.request or not forge:
            return None
        return Shown(f"#{revision.request}", forges.request(forge, revision.request))


@lru_cache(maxsize=10_000)
def _day(day: str, lang: str) -> str:
    return date_text(PartialDate.parse(day), lang)


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that stand together: with changes, or without, and then folded."""

    hunks: tuple[Hunk, ...]
    is_folded: bool


def runs(hunks: Sequence[Hunk]) -> Iterator[Run]:
    """The blocks in runs: those without a change are folded, but for the nearest ones."""
    changed = [hunk.state != SAME for hunk in hunks]
    near = [
        changed[at]
        or hunk.kind == "heading"
        # A field says by its name where it stands.
        or (hunk.kind != "field" and any(changed[max(0, at - _AROUND) : at + _AROUND + 1]))
        for at, hunk in enumerate(hunks)
    ]
    start = 0
    for at in range(1, len(hunks) + 1):
        if at == len(hunks) or near[at] != near[start]:
            yield Run(tuple(hunks[start:at]), not near[start])
            start = at
