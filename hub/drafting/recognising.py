"""What a document says of itself, recognised by what the hub knows: title, language, date, people, keywords."""

from __future__ import annotations

import re
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hub.dates import PartialDate
from hub.documents.model import Block, Document, Heading, Item, Paragraph, Table, text_of, words
from hub.drafting.markdown import clean
from hub.fields import To
from hub.library import Library
from hub.markdown.forms import Forms
from hub.model import Entry
from hub.nearest import fold

_FRENCH = frozenset(
    (
        "le",
        "la",
        "les",
        "des",
        "du",
        "une",
        "est",
        "et",
        "dans",
        "pour",
        "que",
        "qui",
        "sur",
        "au",
        "aux",
        "avec",
        "par",
        "nous",
        "ce",
        "ont",
    )
)
_ENGLISH = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "is",
        "are",
        "was",
        "for",
        "with",
        "that",
        "this",
        "which",
        "by",
        "from",
        "has",
        "have",
        "were",
        "it",
        "be",
        "we",
    )
)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) ?-.*|pr[ée]sentation powerpoint|powerpoint presentation|sans ?(?:titre|nom).*|"
    r"untitled.*|document ?\d*|pr[ée]sentation ?\d*|titre|title|.*\.(?:docx?|pptx?|odt|pdf|html?))",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"\s*(?:mots?[ -]*cl[ée]s?|key ?-?words?)\s*[:：–-]?\s*", re.IGNORECASE)
_AUTHORS = re.compile(
    r"\s*(?:auteurs?(?:\(s\)|·e·s|e?s)?|autrices?|r[ée]dig[ée]e? par|par|authors?|written by|by)\s*[:：]?\s+",
    re.IGNORECASE,
)
_SUMMARY = frozenset(("resume", "abstract", "summary", "executive-summary", "resume-executif"))
_NAMES_APART = re.compile(r"\s*(?:[,;/&\n]|\bet\b|\band\b)\s*")
_TITLES_OF_PEOPLE = re.compile(r"^(?:dr|pr|prof|mme|mlle|mr|m|ms|mrs)\.?\s+", re.IGNORECASE)
_PARTICLES = frozenset(("de", "du", "des", "van", "von", "el", "ben"))
_DATE = re.compile(
    r"(?:^|[,\s]|\ble\s)(\d{1,2}(?:er)?\s+[^\W\d]{3,9}\.?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})\s*\.?$"
)
_HEAD_LINES = 12
_SHORT = 200
_FREQUENT = 2
_MOST_KEYWORDS = 8
LONGEST_KEYWORD = 80
_SHORTEST_NAME = 3


def language(document: Document, languages: tuple[str, ...]) -> str:
    """The language of a text by its small words; where these do not tell, by its file, else the hub's first one."""
    said = Counter(re.findall(r"[^\W\d_]+", f"{words(document.blocks)} {document.meta.title}".lower()))
    french, english = (sum(said[word] for word in known) for known in (_FRENCH, _ENGLISH))
    found = "fr" if french > english else "en" if english > french else document.meta.lang
    return found if found in languages else languages[0]


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it was found (`text`, `properties`, `name`), and the blocks without it."""

    text: str
    origin: str
    blocks: tuple[Block, ...]


def title(document: Document, is_known: typing.Callable[[str], bool]) -> Title:
    """The title of a document.

    Args:
        document: with its blocks in order.
        is_known: knows headings that are no titles.
    """
    blocks = list(document.blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.style == "title":
            parts = [block]
            while index + len(parts) < len(blocks):
                following = blocks[index + len(parts)]
                if not (isinstance(following, Paragraph) and following.style == "title"):
                    break
                parts.append(following)
            said = _line(" ".join(text_of(part) for part in parts))
            if said:
                return Title(said, "text", (*blocks[:index], *blocks[index + len(parts) :]))
    heads = [block for block in blocks if isinstance(block, Heading)]
    top = min((block.level for block in heads), default=0)
    first = next((index for index, block in enumerate(blocks[:_HEAD_LINES]) if isinstance(block, Heading)), None)
    if first is not None:
        heading = blocks[first]
        assert isinstance(heading, Heading)
        said = _line(text_of(heading))
        # The only one of its level, or before everything else where the file says no title of its own.
        is_only = heading.level == top and sum(block.level == top for block in heads) == 1
        is_title = is_only or (not first and _NO_TITLE.fullmatch(_line(document.meta.title) or "titre") is not None)
        if is_title and said and not is_known(said) and not any(run.note for run in heading.runs):
            return Title(said, "text", (*blocks[:first], *blocks[first + 1 :]))
    told = _line(document.meta.title)
    if told and not _NO_TITLE.fullmatch(told):
        return Title(told, "properties", tuple(blocks))
    stem = re.sub(r"\.\w{2,5}$", "", document.name)
    return Title(_line(re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", stem)) or stem or "…", "name", tuple(blocks))


def _line(text: str) -> str:
    return " ".join(clean(text).split())


# Lines at the head of a text


def head_of(blocks: Iterable[Block]) -> list[Paragraph | Item]:
    """The short lines before the first heading, where a text says who wrote it, where and when."""
    found: list[Paragraph | Item] = []
    for block in blocks:
        if isinstance(block, (Heading, Table)) or len(found) >= _HEAD_LINES:
            break
        if isinstance(block, (Paragraph, Item)) and len(text_of(block)) <= _SHORT:
            found.append(block)
    return found


def date_in(line: str) -> tuple[str, bool]:
    """The date at the end of a line, and whether the line says nothing else."""
    match = _DATE.search(line.strip())
    found, is_certain = PartialDate.in_words(match[1]) if match else (None, False)
    if match and not found:
        try:
            found, is_certain = PartialDate.parse(match[1]), True
        except ValueError:
            return "", False
    before = line.strip()[: match.start(1)].strip(" ,.").lower() if match else ""
    return (str(found), before in {"", "le", "date :", "date"}) if found and is_certain else ("", False)


def keywords_in(line: str) -> tuple[str, ...] | None:
    """The keywords of a line that lists them; None for another line."""
    match = _KEYWORDS.match(line)
    return split_keywords(line[match.end() :]) if match else None


def split_keywords(text: str) -> tuple[str, ...]:
    """Keywords of a list, by the sign that divides it."""
    plain = _line(text).strip(" .;,")
    signs = next(
        (sign for sign in (r";", r"\s[–—-]\s?|(?<=\w)[–—-]\s", r"[,•|/]") if re.search(sign, plain)), r"[,•|/]"
    )
    parts = (part.strip(" .;,–-") for part in re.split(signs, plain))
    return tuple(dict.fromkeys(part for part in parts if part))


def is_summary(text: str) -> bool:
    """Whether a heading says that a summary follows."""
    return fold(clean(text)).strip(" :.-") in _SUMMARY


def said_authors(line: str) -> tuple[str, ...]:
    """The names of a line that says that it names authors."""
    match = _AUTHORS.match(line)
    if not match:
        return ()
    return tuple(name for part in _NAMES_APART.split(line[match.end() :]) if (name := _name(part)))


def only_names(line: str, people: Known) -> tuple[str, ...]:
    """The names of a line that holds nothing but names of people whom the hub knows."""
    names = tuple(name for part in _NAMES_APART.split(line) if (name := _name(part)))
    return names if all(people.named(name) for name in names) else ()


def titled_names(line: str) -> tuple[str, ...]:
    """The names of a line that holds nothing but people with their titles: “Dr Awa Sow (1), M. Paul Koné (2)”."""
    parts = [part.strip() for part in _NAMES_APART.split(line) if part.strip(" .")]
    names = tuple(_name(part) for part in parts if _TITLES_OF_PEOPLE.match(part))
    are_names = all(word in _PARTICLES or word[:1].isupper() for name in names for word in name.split())
    return names if len(names) == len(parts) and are_names else ()


def _name(text: str) -> str:
    return _TITLES_OF_PEOPLE.sub("", _line(re.sub(r"[\d*†‡¹²³⁴⁵⁶]+", "", text)).strip(" .;:–-()"))


# What the hub knows


def target_of(field: str, model: type[Entry] = Entry) -> str:
    """The kind that a field refers to."""

    def inside(annotation: Any) -> Iterator[To]:
        for one in (*getattr(annotation, "__metadata__", ()), *typing.get_args(annotation)):
            if isinstance(one, To):
                yield one
            yield from inside(one)

    info = model.model_fields[field]
    found = next((one for part in (info.annotation, *info.metadata) for one in inside(part)), None)
    return found.kind if found else ""


class Known:
    """The entries of some kinds by their names, to be found in texts.

    Args:
        library: of the hub.
        kinds: names of the kinds.
    """

    def __init__(self, library: Library, kinds: Iterable[str]) -> None:
        self._by_form: dict[str, Entry] = {}
        self._by_name: dict[str, Entry] = {}
        for kind in kinds:
            for entry in library.of_kind(kind, library.default_language):
                if entry.is_retired:
                    continue
                for name in entry.names:
                    plain = name.strip()
                    if len(plain) >= _SHORTEST_NAME:
                        self._by_form.setdefault(plain if plain.isupper() else plain.casefold(), entry)
                        self._by_name.setdefault(_sorted_name(plain), entry)
        self._forms = Forms(self._by_form)

    def in_text(self, text: str) -> Counter[str]:
        """The ids of entries that a text names, with how often."""
        return Counter(self._by_form[found.form].id for found in self._forms.find(text))

    def entry_in(self, text: str) -> Mapping[str, Entry]:
        """The entries that a text names, by id."""
        return {entry.id: entry for found in self._forms.find(text) for entry in (self._by_form[found.form],)}

    def named(self, name: str) -> Entry | None:
        """The entry of a name, whatever the order of its words."""
        return self._by_name.get(_sorted_name(_name(name)))


def _sorted_name(name: str) -> str:
    """A name as it is compared: `DOSSOU Jean-Paul` is `Jean-Paul Dossou`."""
    return " ".join(sorted(fold(name).replace(",", "").split("-")))


def known_spelling(library: Library, lang: str) -> Mapping[str, str]:
    """How the hub writes its keywords, by their folded forms."""
    counted = Counter(word for entry in library if entry.lang == lang for word in entry.keywords)
    found: dict[str, str] = {}
    for word, _ in counted.most_common():
        found.setdefault(_plural(word), word)
    return found


def spelt(word: str, known: Mapping[str, str]) -> str:
    """A keyword as the hub writes it."""
    return known.get(_plural(word), word)


def _plural(word: str) -> str:
    return "-".join(part.removesuffix("s") if len(part) > _SHORTEST_NAME else part for part in fold(word).split("-"))


def terms_in(text: str, library: Library, lang: str) -> tuple[str, ...]:
    """The terms of the glossary that a text names most, as keywords."""
    kinds = [kind.name for kind in library.kinds.values() if kind.index == "glossary"]
    known = Known(library, kinds)
    counted = known.in_text(text)
    entries = known.entry_in(text)
    often = [one for one, n in counted.most_common() if n >= _FREQUENT]
    titles = (entries[one].title for one in often[:_MOST_KEYWORDS] if entries[one].lang == lang)
    return tuple(title if title[1:2].isupper() else title[:1].lower() + title[1:] for title in titles)
