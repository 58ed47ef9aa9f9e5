"""CITATION.cff (Citation File Format 1.2.0), from which forges and Zenodo take how a work wants to be cited.

Values are written as JSON strings, which YAML reads alike, but for signs that YAML does not take: these are numbered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from hub.cited import Cited
from hub.i18n import N_, translator
from hub.views import Name

NAME = "CITATION.cff"
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write(cited: Cited, *, repository: str = "") -> str:
    """The file of a work.

    Args:
        cited: the work.
        repository: the address of its repository, where it has one.
    """
    return "".join(f"{line}\n" for line in _lines(cited, repository))


def _lines(cited: Cited, repository: str) -> Iterator[str]:
    message = translator(cited.words)(
        N_("To cite this hub as a whole, use these values; each text has a reference of its own.")
    )
    yield "cff-version: 1.2.0"
    yield f"message: {_quoted(message)}"
    yield "type: dataset"
    yield f"title: {_quoted(cited.title)}"
    yield "authors:"
    for author in cited.authors:
        yield from _author(author)
    for name, value in (("url", cited.url), ("repository-code", repository), ("license", cited.license)):
        if value:
            yield f"{name}: {_quoted(value)}"


def _author(name: Name) -> Iterator[str]:
    if not name.family:
        yield f"  - name: {_quoted(name.whole)}"
        return
    yield f"  - family-names: {_quoted(name.family)}"
    if name.given:
        yield f"    given-names: {_quoted(name.given)}"
    if name.identifier:
        yield f"    orcid: {_quoted(f'https://orcid.org/{name.identifier}')}"


def _quoted(text: str) -> str:
    return _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
