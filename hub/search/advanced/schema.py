"""What Whoosh keeps of a record: each text twice, by its terms and by its words as they are written."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import columns, fields, formats, system

from hub.dates import PartialDate
from hub.model import Entry
from hub.search.analysis import words
from hub.search.records import SearchRecord, Source

TEXTS = {"title": 1.5, "summary": 1.0, "keywords": 1.0, "headings": 1.0, "body": 1.0}
"""The fields of a query's words, with what a match counts in each.

Not the weights of the site's ranking: Whoosh scores each field by itself and adds up, so that a word in a short field
is worth much already. On 250 development questions MRR@10 is .70; with the site's weights it is .48.
"""
TAGS = ("kind", "theme", "place", "person", "group", "lang", "status")
FORMS = "_forms"
"""What the name of a field by its words ends in."""
_GAP = 100
"""Positions between two texts of a field: no phrase reaches from one into the next."""
_Posting = tuple[bytes, int, float, bytes]


class Terms(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Texts by their terms: for the words of a query, ranked."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=True)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[_Posting]:
        """The terms of the texts, how often, how strongly, and the value of their posting."""
        counts = Counter(word.term for text in value for word in words(text) if word.term)
        for term, count in counts.items():
            yield term.encode(), count, float(count), system.pack_uint(count)


class Forms(fields.FieldType):  # type: ignore[misc]
    """Texts by their folded words, stop words among them, in order: for phrases, wildcards and spelling."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None, scorable=True)  # Whoosh is slow where it keeps no lengths

    def index(self, value: Iterable[str], **_: Any) -> Iterator[_Posting]:
        """The words of the texts with their positions."""
        places: dict[str, list[int]] = {}
        at = 0
        for text in value:
            for at, word in enumerate(words(text), at):  # noqa: B020 - goes on counting
                places.setdefault(word.form, []).append(at)
            at += _GAP
        for form, found in places.items():
            yield form.encode(), len(found), float(len(found)), self.format.encode(found)


class Values(fields.FieldType):  # type: ignore[misc]
    """Values as they are: for filters."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, scorable=True)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[_Posting]:
        """Each value once."""
        for one in set(value):
            yield one.encode(), 1, 1.0, b""


def schema() -> Any:
    """The schema: what is searched, and columns of what is asked of every result."""
    made = {name: Terms() for name in (*TEXTS, *TAGS)}
    made |= {name + FORMS: Forms() for name in (*TEXTS, *TAGS)}
    return fields.Schema(
        key=Values(),
        facet=Values(),
        record=fields.STORED(),
        date=fields.NUMERIC(int),
        name=fields.COLUMN(columns.VarBytesColumn()),
        digest=fields.COLUMN(columns.VarBytesColumn()),
        facets=fields.COLUMN(columns.VarBytesColumn()),
        rank=fields.COLUMN(columns.VarBytesColumn()),
        **made,
    )


def document(source: Source, entry: Entry, key: str, digest: str) -> dict[str, Any]:
    """An entry as Whoosh is given it."""
    record = source.record(entry)
    texts = {
        "title": record.names,
        "summary": (record.summary,),
        "keywords": record.keywords,
        "headings": tuple(dict.fromkeys(passage.heading for passage in record.passages)),
        "body": (record.front, *_sections(record)),
        **_tags(source, entry, record),
    }
    made: dict[str, Any] = {
        "key": (key,),
        "facet": tuple(f"{name}={value}" for name, values in record.facets.items() for value in values),
        "record": _shown(record),
        "date": number(PartialDate.parse(record.date), last=False) if record.date else None,
        "name": key.encode(),
        "digest": digest.encode(),
        "facets": json.dumps(record.facets).encode(),
        "rank": bytes([record.rank]),
    }
    for name, value in texts.items():
        made[name] = made[name + FORMS] = value
    return made


def number(when: PartialDate, *, last: bool) -> int:
    """The first or the last day that a date may mean, as a number: 20150418."""
    day = when.last_day if last else when.first_day
    return day.year * 10_000 + day.month * 100 + day.day


def _sections(record: SearchRecord) -> Iterator[str]:
    """The text of each section in one piece, so that a phrase may go from one passage into the next."""
    for _, passages in itertools.groupby(record.passages, key=lambda passage: (passage.anchor, passage.heading)):
        yield " ".join(passage.text for passage in passages)


def _tags(source: Source, entry: Entry, record: SearchRecord) -> dict[str, tuple[str, ...]]:
    """Codes and labels in all languages, so that either may be asked for."""
    found = {
        name: tuple(text for value, labels in record.facets.get(name, {}).items() for text in (value, *labels))
        for name in TAGS
    }
    languages, vocabularies = source.library.languages, source.library.vocabularies
    found["kind"] += tuple(entry.kind.label)
    for name, vocabulary, code in (("status", "status", record.status), ("lang", "language", record.key[2])):
        found[name] = (code, *(vocabularies[vocabulary].label(code, lang) for lang in languages))
    return found


def _shown(record: SearchRecord) -> dict[str, Any]:
    """What is shown of a result."""
    kind, entry_id, lang = record.key
    return {
        "id": entry_id,
        "kind": kind,
        "lang": lang,
        "title": record.title,
        "url": record.url,
        "summary": record.summary or next((passage.text for passage in record.passages if passage.text), ""),
        "passages": [(passage.anchor, passage.heading, passage.text) for passage in record.passages],
        "date": record.date,
        "status": record.status,
    }
