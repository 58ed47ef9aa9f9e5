"""Small cells: counts of patients, cases or deaths so low, by village, facility or age, that they tell of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LIMIT = 5
"""The least count that may stand beside a small place or an age."""
_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
_SMALL_COUNT = re.compile(rf"[*_~\s]*[1-{LIMIT - 1}][*_~\s]*")
_PEOPLE = re.compile(
    r"\b(?:patiente?s?|malades?|cas|décès|décédée?s?|morts?|mortes?|mortalité|mort-nés?|séroposi\w*|dépistée?s?"
    r"|positifs?"
    r"|positives?|pvvih|accouchements?|naissances?|avortements?|fausses couches|viols?|violences?|vbg|victimes?"
    r"|survivante?s?"
    r"|hospitalisations?|guérie?s?|tuberculeux|lépreux|suicides?|césariennes?|evacuée?s?|évacuée?s?|référée?s?"
    r"|perdue?s? de vue"
    r"|patients?|cases?|deaths?|died|stillbirths?|births?|survivors?|victims?|positives?|abortions?|suicides?"
    r"|inpatients?)\b",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(
    r"%|\b(?:taux|pour ?cent|score|note|rang|rank|rate|ratio|étude de cas|case study|durée|délai|coût|accueil"
    r"|satisfaction)\b",
    re.IGNORECASE,
)
_SMALL_PLACE = re.compile(
    r"\b(?:villages?|quartiers?|hameaux?|hameau|campements?|arrondissements?|localités?|sites?"
    r"|centres?(?: de santé)?|csps"
    r"|dispensaires?|maternités?|formations? sanitaires?|hôpita(?:l|ux)|structures?|aires? de santé|cs|fs"
    r"|health facilit(?:y|ies)"
    r"|facilit(?:y|ies)|hospitals?|wards?|neighbou?rhoods?)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:âges?|ages?|tranches?|sexe|sex)\b|\b\d{1,2} ?(?:-|–|à|to) ?\d{1,2} ?(?:ans|mois|years|months)\b"
    r"|\b\d{1,2} (?:ans|years) (?:et|and)\b",
    re.IGNORECASE,
)
_PLAIN_COLUMN = re.compile(
    r"\W*(?:(?:19|20)\d\d|n|nb|nombre|effectifs?|total|number|count|hommes?|femmes?|garçons?|filles?|men|women"
    r"|boys|girls|[mfh]"
    r"|trimestre \d|t\d|q\d|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\W*",
    re.IGNORECASE,
)


class Table(NamedTuple):
    """A table in which small cells stand.

    Attributes:
        start, end: of the row of its first small cell, in the Markdown.
        cells: how many there are.
    """

    start: int
    end: int
    cells: int


def find(text: str) -> Iterator[Table]:
    r"""The tables of a Markdown text (lines ended by newlines) that have such cells.

    >>> table = "| Village | Décès |\n|---|---|\n| Banwila | 1 |\n"
    >>> [one.cells for one in find(table)]
    [1]
    """
    for rule in _RULE.finditer(text) if "|" in text else ():
        before = text[: rule.start()].rstrip("\n")
        at = before.rfind("\n") + 1
        header = _cells(before[at:])
        if "|" not in before[at:] or len(header) != len(_cells(rule[0])):
            continue
        small = list(_small(header, _said_above(before[:at]), text, rule.end() + 1))
        if small:
            yield Table(*small[0], len(small))


def _said_above(text: str) -> str:
    """What stands over a table: the paragraph or heading before it."""
    return text.rstrip().rpartition("\n")[2]


def _small(header: list[str], above: str, text: str, at: int) -> Iterator[tuple[int, int]]:
    """The row of each small cell."""
    by_place = any(_SMALL_PLACE.search(cell) or _AGE.search(cell) for cell in header)
    about_people = bool(_PEOPLE.search(above)) and not _NOT_PEOPLE.search(above)
    small_above = bool(_SMALL_PLACE.search(above) or _AGE.search(above))
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        row = text[at:end]
        if "|" not in row:
            return
        cells = _cells(row)
        label = cells[0] if cells else ""
        for head, cell in list(zip(header, cells, strict=False))[1:]:
            if not _SMALL_COUNT.fullmatch(cell) or _NOT_PEOPLE.search(head) or _NOT_PEOPLE.search(label):
                continue
            counts_people = (
                _PEOPLE.search(head) or _PEOPLE.search(label) or (about_people and _PLAIN_COLUMN.fullmatch(head))
            )
            if counts_people and (by_place or small_above or _AGE.search(label) or _SMALL_PLACE.search(label)):
                yield at, end
        at = end + 1


def _cells(row: str) -> list[str]:
    row = row.strip().removeprefix("|")
    return [cell.strip() for cell in _BAR.split(row.removesuffix("|") if not row.endswith("\\|") else row)]
