"""What a reference to an entry says, whatever the format that it is written in: made here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hub.addresses import address_of
from hub.config import Config
from hub.dates import PartialDate
from hub.fields import Ref
from hub.i18n import N_, translator
from hub.library import Library
from hub.model import Entry
from hub.swhid import DIGITS, swhid
from hub.views import CitedPart, Name

CITABLE = frozenset({"published", "needs-review"})
"""Statuses of texts that one cites: neither drafts, nor what is submitted, nor what was withdrawn."""
_IN_HUB = frozenset({"entry-encyclopedia", "post-weblog"})
"""CSL types of which the hub is the container."""
_SPACES = re.compile(r" [^\S\u00a0\u202f]+|[^\S \u00a0\u202f][^\S\u00a0\u202f]*")
"""White space but for one plain space, which stays as it is."""
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those that turn the direction of writing, and what is no character."""
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>{}\\^`|]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CitedRevision:
    """The revision of a text that is cited, where it is known.

    Attributes:
        date: the day on which it was published.
        hash: of its content, as Git counts it (40 digits).
        is_older: whether it is not the one that the text's page shows.
        url: its own address then, where the hub knows its own.
    """

    date: PartialDate
    hash: str
    is_older: bool = False
    url: str = ""

    @property
    def short(self) -> str:
        """The hash as addresses and references give it."""
        return self.hash[:DIGITS]


@dataclass(frozen=True, slots=True)
class Cited:
    """All that a reference says. Every text in it is one line without control characters.

    Attributes:
        key: a name for it among others, of small letters, digits and dashes.
        type: the CSL type (`report`, `post-weblog`).
        title, lang: of the text, and its language.
        words: the language of the other words: of names, of the kind, of dates.
        authors: in order.
        issued: when it was published first.
        publishers: the organisations behind it.
        hub: the name of the hub.
        genre: what the kind is called.
        url: the address of the page, or of the revision; empty where the hub does not know its own.
        doi: without the resolver's address.
        swhid: the permanent identifier of the content (SWHID, ISO/IEC 18670).
        summary, keywords: what it is about.
        license: the code of its licence (SPDX).
        revision: which revision it is, where that is known.
        within: the title of the whole, where a part of it is cited.
    """

    key: str
    type: str
    title: str
    lang: str
    words: str
    authors: tuple[Name, ...] = ()
    issued: PartialDate | None = None
    publishers: tuple[str, ...] = ()
    hub: str = ""
    genre: str = ""
    url: str = ""
    doi: str = ""
    swhid: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    license: str = ""
    revision: CitedRevision | None = None
    within: str = ""

    @property
    def container(self) -> str:
        """What it stands in: the whole, of a part; the hub, of an article of its wiki or a post of its blog."""
        return self.within or (self.hub if self.type in _IN_HUB else "")

    @property
    def behind(self) -> tuple[str, ...]:
        """Who published it: the organisations, and the hub where it is not what the text stands in."""
        return self.publishers if self.container == self.hub else (*self.publishers, self.hub)

    @property
    def address(self) -> str:
        """Where it is found: by its DOI, or at its own address."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def is_older(self) -> bool:
        """Whether it is an older version, which has an address of its own."""
        return self.revision is not None and self.revision.is_older


def cite(
    entry: Entry,
    library: Library,
    config: Config,
    *,
    words: str = "",
    revision: CitedRevision | None = None,
    part: CitedPart | None = None,
) -> Cited | None:
    """What a reference to an entry says.

    Args:
        entry: what is cited, as it stands in the revision that is cited.
        library: what readers may see of the hub (`hub.public`).
        config: its configuration.
        words: the language of names, kinds and dates; by default the entry's.
        revision: the revision that the entry was read from, where it is known.
        part: the part of the entry that is cited; none for the whole.

    Returns:
        The reference, or None where there is nothing to cite: of such a kind, or in such a status.
    """
    said = entry.citation()
    if said is None or str(entry.status) not in CITABLE:
        return None
    words = words or str(entry.lang)
    url = config.url(address_of(entry, library))
    older = revision if revision and revision.is_older else None
    whole = Cited(
        key=_key(entry, library, revision),
        type=said.type,
        title=one_line(said.title),
        lang=said.lang,
        words=words,
        authors=tuple(dict.fromkeys(_name(who, library, words) for who in said.authors)),
        issued=said.issued,
        publishers=tuple(dict.fromkeys(_name(who, library, words).whole for who in said.publisher)),
        hub=one_line(config.name_in(words)),
        genre=one_line(entry.kind.label.in_(words)),
        url=older.url if older else url,
        # A DOI is of the text as it was deposited, and says nothing of an older version.
        doi="" if older else _doi(said.doi),
        swhid=swhid(revision.hash if revision else entry.text.hash),
        summary=one_line(entry.summary),
        keywords=tuple(dict.fromkeys(filter(None, map(one_line, entry.keywords)))),
        license=str(entry.license or config.license),
        revision=revision,
    )
    return _of_part(whole, part) if part else whole


def _of_part(whole: Cited, part: CitedPart) -> Cited:
    """A reference to a part: it names the part and its mark, and the whole as what it stands in."""
    say = translator(whole.words)
    name = f"{part.label.in_(whole.words)} {part.mark}{say(N_(': '))}"
    return replace(
        whole,
        key=f"{whole.key}-{part.mark}",
        type="chapter",
        title=one_line(f"{name}{part.statement}").removesuffix("."),
        within=whole.title,
        url=f"{whole.url}#{part.mark}" if whole.url else "",
        doi="",
        summary="",
    )


def cite_hub(library: Library, config: Config) -> Cited:
    """What a reference to the hub as a whole says: its authors are the hub and whoever wrote one of its texts."""
    lang = config.default_language
    name = one_line(config.name_in(lang))
    people: Mapping[Name, None] = {
        _name(who, library, lang): None
        for entry in library
        if entry.citation() and str(entry.status) in CITABLE
        for who in entry.writers()
    }
    authors = sorted(people, key=lambda one: (one.family or one.whole, one.given))
    return Cited(
        key="hub",
        type="dataset",
        title=name,
        lang=lang,
        words=lang,
        authors=(Name(name), *authors),
        hub=name,
        url=config.site_url,
        license=config.license,
    )


def one_line(text: str) -> str:
    r"""A text as one line: no line break, no control character, French spaces as they are.

    >>> one_line("Une\n  note")
    'Une note'
    """
    return _SPACES.sub(" ", _UNSAFE.sub(" ", text)).strip()


def _key(entry: Entry, library: Library, revision: CitedRevision | None) -> str:
    parts: Iterable[str] = (
        entry.kind.name,
        entry.id,
        str(entry.lang) if entry.lang != library.default_language else "",
        revision.short if revision else "",
    )
    return re.sub(r"[^A-Za-z0-9]+", "-", "-".join(filter(None, parts))).strip("-")


def _name(who: Ref | str, library: Library, lang: str) -> Name:
    """A person or body as its page calls it; one that has no page, as it is written."""
    if isinstance(who, str):
        return Name(one_line(who))
    entry = library.get(who.kind, who.id, lang)
    if entry is None:
        return Name(who.id.replace("-", " ").capitalize())
    name = entry.named()
    return Name(one_line(name.whole), one_line(name.given), one_line(name.family), name.identifier)


def _doi(text: str) -> str:
    found = _DOI.fullmatch(one_line(text))
    return found[1] if found else ""
