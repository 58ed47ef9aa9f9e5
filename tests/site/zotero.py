"""What Zotero's translator “Embedded Metadata” takes from a page: its decisions, read in its source and written anew.

https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js: `init` for the type, `addHighwireMetadata` for
the authors; `cleanAuthor` of Zotero's utilities for a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.site.document import Document

_NAMESPACES = {"bib", "bibo", "dc", "dcterms", "prism", "foaf", "eprint", "eprints", "og", "article", "book", "rdf"}
_BY_HIGHWIRE = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
_TYPES = {"report", "encyclopediaarticle", "blogpost", "document", "journalarticle", "webpage", "book", "presentation"}
_ENDS = "\\s\u00a0.,/\\[\\]:"


@dataclass(frozen=True)
class Item:
    """What is saved: `authors` as family and given name, of a body the name alone."""

    type: str
    title: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    date: str = ""
    url: str = ""
    language: str = ""
    institution: str = ""
    number: str = ""


def item(page: Document) -> Item:
    """What Zotero takes from a page."""
    told: dict[str, list[str]] = {}
    for one in page.head.find("meta"):
        name = one.attrs.get("name") or one.attrs.get("property")
        if name and one.attrs.get("content"):
            told.setdefault(name, []).append(one["content"])

    def first(*names: str) -> str:
        return " ".join(next((told[name][0] for name in names if name in told), "").split())

    return Item(
        _type(told),
        first("citation_title", "DC.title"),
        tuple(author for value in told.get("citation_author", ()) for author in _authors(value)),
        first("citation_publication_date", "DC.date"),
        first("citation_public_url"),
        first("citation_language", "DC.language"),
        first("citation_technical_report_institution"),
        first("citation_technical_report_number"),
    )


def _type(told: dict[str, list[str]]) -> str:
    """By RDF where it names one of Zotero's types, then by Highwire; RDF without a type makes a web page."""
    by_namespace = {name: values for name, values in told.items() if re.split(r"[.:_]", name)[0].lower() in _NAMESPACES}
    for name, values in by_namespace.items():
        prefix, _, property_ = re.sub(r"[.:_]", ".", name, count=1).partition(".")
        if property_.lower() == "type":
            if prefix.lower() == "og":
                return "webpage"
            if values[0].lower() in _TYPES:
                return values[0]
    by_highwire = [kind for name, kind in _BY_HIGHWIRE.items() if name in told]
    guess = "journalArticle" if "citation_title" in told and not any(n.startswith("og") for n in by_namespace) else ""
    return next(iter(by_highwire), "") or guess or "webpage"


def _authors(value: str) -> list[tuple[str, str]]:
    several = re.split(r"\s*;\s*", value)
    by_comma = re.split(r"\s*,\s*", value)
    if len(several) == 1 and len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
        several = by_comma
    return [_cleaned(one.strip(), has_comma="," in one) for one in several if re.search(r"[^\s,.;-]", one)]


def _cleaned(name: str, *, has_comma: bool) -> tuple[str, str]:
    name = re.sub(rf"^[{_ENDS}]+|[{_ENDS}]+$", "", name)
    name = re.sub("[\\s\u00a0]+", " ", name)
    if has_comma:
        family, _, given = name.partition(",")
        return family, given.strip()
    given, _, family = name.rpartition(" ")
    return family, given
