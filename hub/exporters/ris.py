"""RIS, as Reference Manager 11 and all that reads references since: one tag a line, which `ER` ends.

The format has no escapes. A value is one line, so that none can begin a tag; a comma parts a name, so that a body's
name is written with dashes for its commas; and an author's name may not hold an asterisk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hub.cited import Cited
from hub.dates import PartialDate
from hub.exporters import Style
from hub.views import Name

_TYPES = {"report": "RPRT", "entry-encyclopedia": "ENCYC", "post-weblog": "BLOG", "dataset": "DATA", "chapter": "CHAP"}


def write(cited: Sequence[Cited]) -> str:
    """References one after another, lines ended as the format wants them."""
    return "".join(f"{tag}  - {value}\r\n" for one in cited for tag, value in (*_fields(one), ("ER", "")))


def _fields(cited: Cited) -> Iterator[tuple[str, str]]:
    kind = _TYPES.get(cited.type, "GEN")
    yield "TY", kind
    for author in cited.authors:
        yield "AU", _name(author)
    revision = cited.revision
    given = [
        ("TI", cited.title),
        ("T2", cited.container),
        ("PY", f"{cited.issued.year:04}" if cited.issued else ""),
        ("DA", _date(cited.issued) if cited.issued else ""),
        ("PB", "; ".join(cited.behind)),
        ("M3", cited.genre),
        ("ET", f"{revision.date}, {revision.short}" if revision else ""),
        ("LA", cited.lang),
        *(("KW", keyword) for keyword in cited.keywords),
        ("AB", cited.summary),
        ("DO", cited.doi),
        ("UR", cited.url),
        ("N1", cited.swhid),
        ("ID", cited.key),
    ]
    yield from ((tag, value) for tag, value in given if value)


def _name(name: Name) -> str:
    if not name.family:
        return _plain(name.whole)
    return ", ".join(_plain(part) for part in (name.family, name.given) if part)


def _plain(name: str) -> str:
    return name.replace(", ", " – ").replace(",", "–").replace("*", "")


def _date(date: PartialDate) -> str:
    """`YYYY/MM/DD/`, with nothing between the slashes for what is not known."""
    month, day = (f"{part:02}" if part else "" for part in (date.month, date.day))
    return f"{date.year:04}/{month}/{day}/"


STYLE = Style("ris", "RIS", "ris", "application/x-research-info-systems", write)
