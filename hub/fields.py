"""The types of front-matter values: from the text that was written to a typed value, or to the rule it breaks.

Front matter hands over text, lists and mappings (see `hub.frontmatter`). Each type here is a pydantic annotation whose
validator turns text into a value or raises `fault(rule, …)` (see `hub.field_rules`); `hub.bind` adds the place. Labels,
help and examples are declared beside each field with `about` and serve pages, messages, templates and forms alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, GetCoreSchemaHandler, ValidationInfo, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from hub.dates import PartialDate, Period
from hub.diagnostics import Message
from hub.field_rules import (
    BAD_ACCOUNT,
    BAD_ADDRESS,
    BAD_ADDRESS_HASH,
    BAD_AMOUNT,
    BAD_ANCHOR,
    BAD_DATE,
    BAD_ID,
    BAD_ORCID,
    BAD_PERIOD,
    BAD_REFERENCE,
    BAD_ROR,
    NOT_IN_VOCABULARY,
    fault,
)
from hub.i18n import N_
from hub.identifiers import parse_orcid, parse_ror
from hub.money import Money, parse_money
from hub.nearest import fold, nearest
from hub.vocab import Term, Vocabulary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BindingContext:
    """What validators need to know of the hub: its vocabularies and the names of its kinds."""

    vocabularies: Mapping[str, Vocabulary]
    kinds: frozenset[str]


class Code(str):
    """A code of a vocabulary.

    Attributes:
        vocabulary: the vocabulary's name.
    """

    vocabulary: str
    __slots__ = ("vocabulary",)

    def __new__(cls, code: str, vocabulary: str) -> Self:
        """Make the code `code` of `vocabulary`."""
        made = super().__new__(cls, code)
        made.vocabulary = vocabulary
        return made

    def __reduce__(self) -> tuple[type[Code], tuple[str, str]]:
        return type(self), (str(self), self.vocabulary)


@dataclass(frozen=True, slots=True)
class In:
    """Annotation of a `Code`: the vocabulary that it must come from."""

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validate)

    def _validate(self, value: Any, info: ValidationInfo) -> Code:
        if isinstance(value, Code):
            return value
        text = _text(value)
        context: BindingContext = info.context  # type: ignore[assignment]  # set by `bind`
        vocabulary = context.vocabularies.get(self.vocabulary, Vocabulary(self.vocabulary))
        code = vocabulary.find(text)
        if code is None:
            raise fault(NOT_IN_VOCABULARY, found=text, vocabulary=self.vocabulary, **_choices(text, vocabulary))
        return Code(code, self.vocabulary)


_SHOWN_CHOICES = 12
_SHORT = 3


def _told(term: Term) -> str:
    """A code, with its French label where that is another word."""
    return term.code if fold(term.label.fr) == fold(term.code) else f"{term.code} ({term.label.fr})"


def _choices(text: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """What is said of a vocabulary to who wrote none of its words: the nearest one, or how the list begins."""
    codes = list(vocabulary.terms)
    if not codes:
        begin = Message(N_("Begin it in the file vocabulaires/{vocabulary}.yml."), {"vocabulary": vocabulary.name})
        return {"proposal": Message(N_("The list is empty.")), "choices": begin, "value": "financing"}
    # Any word is a little like some word of a long list, and like some code of two letters.
    words = [one for one in vocabulary.words() if len(one) > _SHORT or len(text) <= _SHORT]
    word = nearest(text, words, cutoff=75.0 if len(codes) > _SHOWN_CHOICES else 60.0)
    meant = (
        Message(N_("Did you mean “{nearest}”?"), {"nearest": word}) if word else Message(N_("Choose from the list."))
    )
    more = Message(N_("{n} more"), {"n": len(codes) - _SHOWN_CHOICES})
    first = [_told(term) for term in list(vocabulary.terms.values())[:_SHOWN_CHOICES]]
    shown = [*first, *([more] if len(codes) > _SHOWN_CHOICES else [])]
    return {
        "proposal": meant,
        "choices": Message(N_("It holds: {codes}."), {"codes": shown}),
        "value": word or codes[0],
    }


MAX_ID = 100
"""An id is a folder of the site, and systems have limits to their names."""
_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_REF = re.compile(r"(?:(?P<kind>[a-z][a-z0-9_-]*):)?(?P<id>[^:#\s][^:#]*)(?:#(?P<anchor>[\w-]+))?")


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another entry of the hub, not yet known to exist.

    Attributes:
        kind: the kind's name.
        id: the entry's id within its kind.
        anchor: a part of the entry (`L2`), or nothing.
    """

    kind: str
    id: str
    anchor: str = ""

    def __reduce__(self) -> tuple[type[Ref], tuple[str, str, str]]:
        return Ref, (self.kind, self.id, self.anchor)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True, slots=True)
class To:
    """Annotation of a `Ref`: the kind that it refers to, or none for a free reference, which names its kind.

    With `or_text`, what is not written as `kind:id` stays the text that it is.
    """

    kind: str = ""
    or_text: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validate)

    def _validate(self, value: Any, info: ValidationInfo) -> Ref | str:
        if isinstance(value, Ref):
            return value
        text = _text(value)
        context: BindingContext = info.context  # type: ignore[assignment]  # set by `bind`
        match = _REF.fullmatch(text)
        kind = (match["kind"] if match else None) or ("" if self.or_text else self.kind)
        if self.or_text and kind not in context.kinds:
            return text
        if not match or not kind or kind not in context.kinds:
            raise fault(BAD_REFERENCE, found=text, example=f"{self.kind or 'note'}:appui-dds")
        return Ref(kind, match["id"].strip(), match["anchor"] or "")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "text expected")
    return value.strip()


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    text = _text(value)
    try:
        return PartialDate.parse(text)
    except ValueError:
        meant, certain = PartialDate.in_words(text)
        mended = {"mended": str(meant)} if certain else {}
        raise fault(BAD_DATE, found=text, proposal=str(meant or "2015-04-18"), **mended) from None


def _period(value: Any) -> Period:
    if isinstance(value, Period):
        return value
    if isinstance(value, dict) and value.keys() <= {"start", "end"}:
        period = Period(*(_date(value[key]) if value.get(key) else None for key in ("start", "end")))
    else:
        text = _text(value)
        try:
            period = Period.parse(text)
        except ValueError:
            raise fault(BAD_DATE, found=text, proposal=Period.in_words(text) or "2009/2014") from None
    if period.is_reversed:
        raise fault(BAD_PERIOD, start=str(period.start), end=str(period.end))
    return period


_AMOUNT_AND_WORD = re.compile(r"(?P<amount>.*\d)\s*(?P<word>\D+)", re.DOTALL)


def _money(value: Any, info: ValidationInfo) -> Money:
    if isinstance(value, Money):
        return value
    context: BindingContext = info.context  # type: ignore[assignment]  # set by `bind`
    currencies = context.vocabularies.get("currency", Vocabulary("currency"))
    beside = ""
    if isinstance(value, dict) and "value" in value and value.keys() <= {"value", "currency"}:
        beside, value = _text(value.get("currency") or ""), value["value"]
    text = _text(value)
    named = _AMOUNT_AND_WORD.fullmatch(text)
    word = currencies.find(named["word"].strip()) if named else None  # `1 299 253 euros`
    try:
        amount = parse_money(named["amount"] if named and word else text)
    except ValueError:  # AmbiguousAmount is one
        raise fault(BAD_AMOUNT, found=text) from None
    said = {currencies.find(one) for one in (beside, word, amount.currency) if one}
    if None in said or len(said) > 1:
        raise fault(BAD_AMOUNT, found=f"{text} {beside}".strip())
    return Money(amount.value, next((str(code) for code in said), ""))


def _address(value: Any) -> str:
    text = _text(value)
    parts = urlsplit(text) if not re.search(r"[\s<>\"\\]", text) else None
    if parts is None or parts.scheme not in {"http", "https"} or "." not in parts.netloc:
        raise fault(BAD_ADDRESS, found=text)
    return text


def _orcid(value: Any) -> str:
    text = _text(value)
    try:
        return parse_orcid(text)
    except ValueError:
        raise fault(BAD_ORCID, found=text) from None


def _ror(value: Any) -> str:
    text = _text(value)
    try:
        return parse_ror(text)
    except ValueError:
        raise fault(BAD_ROR, found=text) from None


def _identifier(value: Any) -> str:
    text = _text(value)
    if not _ID.fullmatch(text) or len(text) > MAX_ID:
        raise fault(BAD_ID, found=text)
    return text


_ANCHOR = re.compile(r"[A-Za-z]{1,3}\d{1,3}(?:\.\d{1,2})?")


def _anchor(value: Any) -> str:
    text = _text(value)
    if not _ANCHOR.fullmatch(text):
        raise fault(BAD_ANCHOR, found=text)
    return text


_ACCOUNT = re.compile(r"@?([A-Za-z0-9_](?:[\w.-]{0,98}[A-Za-z0-9_])?)", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")


def _account(value: Any) -> str:
    text = _text(value)
    match = _ACCOUNT.fullmatch(text)
    if not match:
        raise fault(BAD_ACCOUNT, found=text)
    return match[1]


def _address_hash(value: Any) -> str:
    text = _text(value).lower()
    if not _HASH.fullmatch(text):  # the message does not repeat what was written: it may be the address
        raise fault(BAD_ADDRESS_HASH, example=hashlib.sha256(b"nobody@example.org").hexdigest())
    return text


def _yes(value: Any) -> Any:
    return {"oui": "true", "non": "false"}.get(value.casefold(), value) if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    """One value stands for a list of one: `authors: jean-paul-dossou` is what people write."""
    return value if isinstance(value, (list, tuple)) else [value]


_DATE_PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"


def _shape(pattern: str, told: str, **more: str) -> WithJsonSchema:
    """What forms know of a value: the expression that it matches as a whole, and the same in words."""
    return WithJsonSchema({"type": "string", "pattern": f"^({pattern})$", "description": told, **more})


_DATE_SHAPE = _shape(_DATE_PATTERN, N_("a date, as much of it as is known: 2015-04-18, 2015-04 or 2015"))
_PERIOD_SHAPE = _shape(
    rf"{_DATE_PATTERN}|({_DATE_PATTERN}|\.\.)?/({_DATE_PATTERN}|\.\.)?",
    N_("two dates with a slash between them, or one date: 2009/2014, 2015-04/2015-09"),
)
_AMOUNT_SHAPE = _shape(
    r"\d{1,15}([.,]\d{1,2})?( [A-Z]{3})?",
    N_("digits without marks, and the three letters of the currency: 1299253 EUR"),
)
_ADDRESS_SHAPE = _shape(
    r"https?://[^\s<>\"\\]+\.[^\s<>\"\\]+", N_("an address that begins with https://"), format="uri"
)
_ORCID_SHAPE = _shape(
    r"(https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]",
    N_("an ORCID iD, as orcid.org gives it: 0000-0002-1825-0097"),
)
_ROR_SHAPE = _shape(r"(https?://ror\.org/)?0[a-z0-9]{8}", N_("a ROR id, as ror.org gives it: 03gzr6j88"))
_ID_SHAPE = _shape(_ID.pattern, N_("small letters without accents, digits and dashes: appui-dds"))
_ANCHOR_SHAPE = _shape(_ANCHOR.pattern, N_("one to three letters and a number: L1"))
_ACCOUNT_SHAPE = _shape(_ACCOUNT.pattern, N_("the name of an account, without the forge’s address: jpdossou"))
_HASH_SHAPE = _shape(_HASH.pattern, N_("the 64 digits of a hash; never the address itself"))

Date = Annotated[PartialDate, BeforeValidator(_date), _DATE_SHAPE]
Interval = Annotated[Period, BeforeValidator(_period), _PERIOD_SHAPE]
Amount = Annotated[Money, BeforeValidator(_money), _AMOUNT_SHAPE]
Address = Annotated[str, BeforeValidator(_address), _ADDRESS_SHAPE]
Orcid = Annotated[str, BeforeValidator(_orcid), _ORCID_SHAPE]
Ror = Annotated[str, BeforeValidator(_ror), _ROR_SHAPE]
Identifier = Annotated[str, BeforeValidator(_identifier), _ID_SHAPE]
Anchor = Annotated[str, BeforeValidator(_anchor), _ANCHOR_SHAPE]
"""The mark of a part that has an address of its own: `note:…#L1`."""
Account = Annotated[str, BeforeValidator(_account), _ACCOUNT_SHAPE]
"""The name of an account on a forge, without `@`."""
AddressHash = Annotated[str, BeforeValidator(_address_hash), _HASH_SHAPE]
"""SHA-256 of an e-mail address in small letters: see `hub.identities`."""
YesNo = Annotated[bool, BeforeValidator(_yes)]
Many = Annotated[tuple[T, ...], BeforeValidator(_listed)]
"""A list; one value alone is a list of one."""
