"""What a reader of one language sees of the library: values in words, entries as links and cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from pydantic import BaseModel

from hub.about import About, about_of
from hub.addresses import address_of, in_language, listing
from hub.config import Config
from hub.credits import Credits
from hub.dates import PartialDate, Period
from hub.fields import Code, Ref
from hub.i18n import N_, Label, translator
from hub.library import Library
from hub.links import Resolver
from hub.model import Entry, Key
from hub.money import Money
from hub.nearest import fold
from hub.parts import Part
from hub.site.observed import Log, Question
from hub.site.page import Card, Shown, ShownField, ShownPart
from hub.site.words import money_text, period_text
from hub.words import date_text

NOTICES: Mapping[str, tuple[str, str]] = {
    "draft": (
        N_("Draft"),
        N_("This text is an invitation to write: it states the questions, and you may complete it."),
    ),
    "needs-review": (
        N_("To be reviewed"),
        N_("This text has not been reviewed in time: check it before you rely on it."),
    ),
    **dict.fromkeys(
        ("submitted", "in-review"), (N_("Under review"), N_("This is a preview: this text is not published yet."))
    ),
}
"""What is said of a text by its status, in a few words and in a sentence."""


_Kept = tuple[Card, tuple[Question, ...]]
"""A card, and what was looked up for it."""


@dataclass(frozen=True)
class Reader:
    """A reader of one language.

    Attributes:
        library, resolver, config: the hub.
        lang: the reader's language.
        today: the day of the build, for reviews that are due.
        listed: the codes that have a list, by the list's name (`themes`); a list of nothing is not made.
        credits: who did what.
        wants_many: whether the list of wanted pages is too long for one page.
        log: takes note of what is looked up.
        plain: the same reader, of a library that takes note of nothing; without one, itself.
    """

    library: Library
    resolver: Resolver
    config: Config
    lang: str
    today: date
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    credits: Credits = field(default_factory=Credits)
    wants_many: bool = False
    log: Log = field(default_factory=Log, repr=False, compare=False)
    plain: Reader | None = field(default=None, repr=False, compare=False)
    _cards: dict[Key, _Kept] = field(default_factory=dict, init=False, repr=False, compare=False)
    _listed: dict[int, Card] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By the identity of the library's entries: lists ask for each of them a dozen times."""

    @cached_property
    def _translate(self) -> Any:
        return translator(self.lang)

    def say(self, message: str, **params: Any) -> str:
        """A message id of the interface in the reader's language."""
        translated: str = self._translate(message)
        return translated.format_map(params) if params else translated

    def label(self, label: Label) -> str:
        """A two-language label."""
        return label.in_(self.lang)

    def address(self, base: str) -> str:
        """The address of a page in the reader's language."""
        return in_language(base, self.lang, self.library)

    def list_address(self, name: str) -> str:
        """The address of the lists of one sort (`themes`) across kinds."""
        return self.address(listing(name, self.library))

    def status(self, entry: Entry) -> str:
        """The status that holds today."""
        return entry.status_on(self.today)

    def link(self, entry: Entry, note: str = "") -> Shown:
        """An entry as a link, marked when it is in another language than the reader's."""
        other = "" if entry.lang == self.lang else str(entry.lang)
        return Shown(entry.title, address_of(entry, self.library), other, note)

    def show(self, value: Any) -> Shown | ShownPart:
        """Any value of a field."""
        if isinstance(value, Ref):
            entry = self.resolver.reference(value, self.lang)
            if entry is None:
                return Shown(value.id.replace("-", " ").capitalize())
            linked = self.link(entry)
            anchor = self.resolver.anchor(entry, value.anchor) if value.anchor else None
            return Shown(linked.text, f"{linked.address}#{anchor}", linked.lang) if anchor else linked
        if isinstance(value, Code):
            vocabulary = self.library.vocabularies.get(value.vocabulary)
            if vocabulary is None:
                return Shown(str(value))
            return Shown(vocabulary.label(value, self.lang), note=str(value) if vocabulary.shows_codes else "")
        if isinstance(value, PartialDate):
            return Shown(date_text(value, self.lang))
        if isinstance(value, Period):
            return Shown(period_text(value, self.lang))
        if isinstance(value, Money):
            return Shown(money_text(value, self.lang))
        if isinstance(value, bool):
            return Shown(self.say(N_("yes")) if value else self.say(N_("no")))
        if isinstance(value, Part):
            return self.part(value)
        text = str(value)
        return Shown(text, text if text.startswith(("https://", "http://")) else "")

    def fields(self, model: BaseModel, *, empty: frozenset[str] = frozenset()) -> Iterable[ShownField]:
        """The fields of an entry or part that were given, in order; those whose view is in `empty` even if not."""
        for name, told, under in _told(type(model)):
            value = getattr(model, name)
            if value is None or value == ():
                if told.view not in empty:
                    continue
                shown: tuple[Any, ...] = (Shown(self.say(N_("unknown"))),)
            else:
                shown = tuple(self.show(item) for item in (value if isinstance(value, tuple) else (value,)))
            yield ShownField(name, self.label(told.label), shown, told.view, under)

    def part(self, part: Part) -> ShownPart:
        """A structured value: its fields that were given, by name."""
        return ShownPart({field.name: field for field in self.fields(part)})

    def people(self, entry: Entry) -> tuple[Shown, ...]:
        """Authors and contributors, each once."""
        shown = [self.show(credit.who) for credit in entry.credits()]
        return tuple(dict.fromkeys(one for one in shown if isinstance(one, Shown)))

    def writers(self, entry: Entry) -> tuple[Shown, ...]:
        """Those who wrote it: who translated or proofread it is credited, and is no author."""
        shown = map(self.show, entry.writers())
        return tuple(dict.fromkeys(one for one in shown if isinstance(one, Shown)))

    def date(self, entry: Entry) -> str:
        """The day on which the entry was published, in words, or nothing."""
        return date_text(entry.date, self.lang) if entry.date else ""

    def card(self, entry: Entry) -> Card:
        """The entry in a list; made once, for an entry stands in many lists."""
        key = entry.key
        if key not in self._cards:
            with self.log.recording() as asked:
                card = self._card(entry)
            self._cards[key] = card, tuple(asked)
        card, questions = self._cards[key]
        self.log.replay(questions)
        return card

    def listed_cards(self, entries: Iterable[Entry]) -> list[Card]:
        """Those of a list of many: it is looked up whether all cards of a kind are as they were, and no more."""
        plain, shown = self.plain or self, list(entries)
        for kind in {entry.kind.name for entry in shown}:
            self.log.note("cards", kind, self.lang)
        return [plain._listed.get(id(entry)) or plain._list(entry) for entry in shown]  # noqa: SLF001 - of the same class

    def _list(self, entry: Entry) -> Card:
        found = self._listed[id(entry)] = self.card(entry)
        return found

    def _card(self, entry: Entry) -> Card:
        facts = [self.show(fact) for fact in entry.card_facts() if fact is not None]
        shown = tuple(one_line(fact) for fact in facts)
        notice = NOTICES.get(self.status(entry))
        return Card(
            title=entry.title,
            address=address_of(entry, self.library),
            kind=self.label(entry.kind.label),
            lang="" if entry.lang == self.lang else str(entry.lang),
            summary=entry.summary,
            date=self.date(entry),
            people=self.people(entry)[:3],
            facts=tuple(fact for fact in shown if fact.text),
            status=self.say(notice[0]) if notice else "",
        )


@cache
def _told(model: type[BaseModel]) -> tuple[tuple[str, About, tuple[str, ...]], ...]:
    """The fields of a model: name, what people are told of it, the headings under which it stands."""
    told = ((name, about_of(info, name)) for name, info in model.model_fields.items())
    return tuple((name, one, tuple(fold(part) for part in one.under.split("|") if part)) for name, one in told)


def one_line(value: Shown | ShownPart) -> Shown:
    """A value in one line: a structure as its fields from the smallest, `Parakou, Borgou, Bénin`."""
    if isinstance(value, Shown):
        return value
    texts = [one.text for field in reversed(list(value.values())) for one in field.all if isinstance(one, Shown)]
    return Shown(", ".join(texts))
