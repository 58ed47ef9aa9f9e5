"""What the head of a page tells programs of its text, or of an older version of it.

Highwire and Dublin Core are for reference managers, JSON-LD is for all.

Zotero's translator “Embedded Metadata” decides the type by `DC.type` where that is one of Zotero's own, and by
`citation_technical_report_institution`; any `og:` tag would make a web page of what has neither. So there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from hub.cited import CITABLE, Cited
from hub.dates import PartialDate
from hub.model import Entry
from hub.site import structured
from hub.site.page import Head, Shown
from hub.site.reader import Reader
from hub.views import Name

_ZOTERO = {"report": "report", "entry-encyclopedia": "encyclopediaArticle", "post-weblog": "blogPost"}
"""Zotero's type of an item by the CSL type."""


def of(reader: Reader, entry: Entry, cited: Cited | None, download: Shown | None) -> Head:
    """The head of an entry's page; of a text that is not published, nothing.

    Args:
        reader: of the page.
        entry: what the page shows.
        cited: its reference, where one cites it.
        download: the document that the page offers.
    """
    if str(entry.status) not in CITABLE:
        return Head()
    meta = tuple((name, text) for name, text in _meta(cited, _pdf(reader, download)) if text) if cited else ()
    return Head(meta, structured.of(reader, entry, cited))


def _meta(cited: Cited, pdf: str) -> Iterator[tuple[str, str]]:
    kind = _ZOTERO.get(cited.type, "document")
    older = cited.revision if cited.is_older else None
    issued = cited.issued or (older.date if older else None)
    publishers = "; ".join(cited.behind)
    yield "citation_title", cited.title
    for author in cited.authors:
        yield "citation_author", _highwire(author)
        yield "citation_author_orcid", f"https://orcid.org/{author.identifier}" if author.identifier else ""
    yield "citation_publication_date", _slashed(issued)
    yield "citation_technical_report_institution" if kind == "report" else "citation_publisher", publishers
    # Zotero has no place for the version of a report but its number.
    yield "citation_technical_report_number", f"{older.date}, {older.short}" if older and kind == "report" else ""
    yield "citation_abstract", cited.summary
    yield "citation_keywords", "; ".join(keyword.replace(";", ",") for keyword in cited.keywords)
    yield "citation_language", cited.lang
    yield "citation_doi", cited.doi
    yield "citation_public_url", cited.url
    yield "citation_pdf_url", pdf
    yield "DC.type", kind
    yield "DC.title", cited.title
    for author in cited.authors:
        yield "DC.creator", author.inverted
    yield "DC.date", str(issued or "")
    yield "DC.publisher", publishers
    yield "DC.source", cited.container
    yield "DC.language", cited.lang
    yield "DC.identifier", cited.address
    yield "DC.identifier", cited.swhid
    yield "DC.rights", cited.license


def _highwire(name: Name) -> str:
    """A name as one `citation_author`, which Zotero neither parts in two nor takes a body's for a person's.

    It parts a name at a semicolon, and at a comma with spaces both before and after it: so there, spaces do not break.
    A name that ends in a comma is all family name.
    """
    if name.family and name.given:
        family = name.family.replace(" ", "\u00a0")
        return f"{family}, {name.given}".replace(";", " ")
    whole = (name.family or name.whole).replace(";", " ").replace(",", " –")
    return f"{whole}," if " " in whole else whole


def _slashed(date: PartialDate | None) -> str:
    return str(date or "").replace("-", "/")


def _pdf(reader: Reader, download: Shown | None) -> str:
    """The whole address of the document that the page offers, where it is a PDF."""
    if download is None or not download.address.lower().endswith(".pdf"):
        return ""
    return reader.config.url(quote(download.address))
