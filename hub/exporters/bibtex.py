r"""BibTeX, as BibTeX 0.99d and Biber read it: UTF-8, TeX's own signs escaped.

A brace counts towards the balance of a field even behind a backslash, so that `\{` would not do: braces are spelt out.
Addresses are taken literally by both programs, so nothing in them is escaped that an address can encode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from hub.cited import Cited
from hub.exporters import Style
from hub.views import Name

_TYPES = {
    "report": "techreport",
    "entry-encyclopedia": "incollection",
    "article-journal": "article",
    "chapter": "incollection",
}
_WITHIN = {"incollection": "booktitle", "article": "journal", "misc": "howpublished"}
"""The field that names what it stands in, by the type of entry."""
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_ESCAPED = str.maketrans(_SIGNS)
_PARTING = re.compile(r",|\band\b|\bothers\b", re.IGNORECASE)
"""What BibTeX would take for the end of a name or of a part of it."""
_LITERAL = ":/?#[]@!$&'()*+,;=%-._~"


def write(cited: Sequence[Cited]) -> str:
    """References as entries of a bibliography."""
    return "\n".join(_entry(one) for one in cited)


def _entry(cited: Cited) -> str:
    kind = _TYPES.get(cited.type, "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in _fields(cited, kind) if value]
    return f"@{kind}{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def _fields(cited: Cited, kind: str) -> Iterator[tuple[str, str]]:
    revision = cited.revision
    yield "author", " and ".join(map(_name, cited.authors))
    # Doubled, so that no style takes the capitals away from acronyms.
    yield "title", f"{{{_escaped(cited.title)}}}"
    yield "year", f"{cited.issued.year:04}" if cited.issued else ""
    yield "date", str(cited.issued or "")
    within = _WITHIN.get(kind, "") if cited.container else ""
    yield within or "type", _escaped(cited.container if within else cited.genre)
    yield "institution" if kind == "techreport" else "publisher", _escaped("; ".join(cited.behind))
    yield "language", cited.lang
    yield "url", quote(cited.url, safe=_LITERAL)
    yield "doi", quote(cited.doi, safe=_LITERAL)
    yield "version", f"{revision.date}, {revision.short}" if revision else ""
    yield "swhid", cited.swhid
    yield "keywords", _escaped(", ".join(cited.keywords))
    yield "abstract", _escaped(cited.summary)


def _name(name: Name) -> str:
    if not name.family:
        return f"{{{_escaped(name.whole)}}}"
    return ", ".join(_part(part) for part in (name.family, name.given) if part)


def _part(part: str) -> str:
    return f"{{{_escaped(part)}}}" if _PARTING.search(part) else _escaped(part)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)


STYLE = Style("bibtex", "BibTeX", "bib", "application/x-bibtex", write)
