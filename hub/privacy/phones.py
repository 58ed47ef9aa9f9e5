"""Phone numbers: Benin's of eight digits (until November 2024) and of ten (`01…`), and those with a country's code.

Amounts are grouped by three and phone numbers by two; where digits stand together, a word before them must say what
they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OLD = r"(?:2[0-5]|4[0-9]|5[0-9]|6[0-9]|9[0-9])"
"""How Benin's numbers of eight digits begin: fixed lines with 2, the others with 4, 5, 6 and 9."""
_SEPARATOR = r"(?: ?[-./] ?| {1,2})"
_BEFORE = r"(?<![\w/#=@%&-])(?<!\d[.,: ])(?<!\d - )(?<!\d, )"
_AFTER = r"(?![\w%@])(?![-./,:]\d)(?! ?\d)"
_INTERNATIONAL = re.compile(
    rf"(?:(?<![\w/#=@+-])(?:\+|00) ?\(?|(?<![\w/#=@+-])\(\+?)(?P<country>[1-9]\d{{0,2}})\)?"
    rf"(?P<rest>(?:[-. ()/]{{0,2}}\d){{6,12}}){_AFTER}"
)
_PAIRS = re.compile(rf"{_BEFORE}(?:01(?P<a>{_SEPARATOR}))?{_OLD}(?P<b>{_SEPARATOR})\d\d(?:(?P=b)\d\d){{2}}{_AFTER}")
_ANYHOW = re.compile(rf"{_BEFORE}(?:01[-. ]?)?{_OLD}(?:[-. ]?\d){{6}}{_AFTER}")
_CUE = re.compile(
    r"(?:\bt[ée]l(?:[ée]phone|[ée]phonique)?\b|\bphone\b|\bcell?(?:ulaire|phone)?\b|\bgsm\b|\bmobile\b"
    r"|\bportable\b|\bfixe\b"
    r"|\bwhats ?app\b|\bsms\b|\bmomo\b|\bcontacts?(?=[ a-zà-ÿ]{0,30}[:(]| ?[:(]|ez\b)|\bjoignables?\b|\bjoindre\b"
    r"|\bappel(?:er|ez|le|ant)?\b|\brappel(?:er|ez)\b|\bcall(?:ing)?\b|☎|📞|\bnuméro est\b|\bcoordonnées\b"
    r"|\brépond au\b)",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:isbn|issn|doi|pmid|pmc(?:id)?|iati|crs|ifu|rccm|iban|orcid|siret|swhid|compte|factures?|marchés?|décrets?"
    r"|arrêtés?|lois?|références?|réf|lignes? budgétaires?|budget ?lines?|codes?|adresse ip|serveur|version|bp"
    r"|p\.? ?o\.? box|contrats?|chèques?|reçus?|article|invoice|account)\b[^.;\n]{0,25}|\bn° ?)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r" ?(?:F\b|FCFA|CFA|XOF|€|\$|£|%|euros?\b|usd\b|eur\b|francs?\b|dollars?\b|millions?\b|habitants?\b"
    r"|personnes?\b|cas\b"
    r"|visites?\b|doses?\b|kits?\b|moustiquaires?\b|bénéficiaires?\b|people\b|pour ?cent)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[-\d. ()/\u00a0\u202f\u2010\u2011]{6}")
_REACH = 45
"""Characters before a number in which the word that tells what it is stands."""
_FEWEST, _MOST = 10, 15
"""Digits of a number with its country's code (ITU-T E.164)."""


def hints(text: str) -> Iterator[int]:
    """Where a text is worth a closer look."""
    return (match.start() for match in _DIGITS.finditer(text))


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand in a text that is on one line: begin and end of each.

    >>> [text[a:b] for text in ["Tél. 01 97 12 34 56", "97 123 456 F"] for a, b in find(text)]
    ['01 97 12 34 56']
    """
    last = 0
    found = [match for pattern in (_INTERNATIONAL, _PAIRS, _ANYHOW) for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda one: (one.start(), -one.end())):
        start, end = match.span()
        if start >= last and _is_phone(text, match):
            yield start, end
            last = end


def _is_phone(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = text[max(0, start - _REACH) : start]
    if _UNIT.match(text, end):
        return False
    said = list(_CUE.finditer(before))
    if match.re is _INTERNATIONAL:
        country, rest = match["country"], sum(sign.isdigit() for sign in match["rest"])
        return country.startswith("229") or bool(said) or _FEWEST <= len(country) + rest <= _MOST
    other = _OTHER_NUMBER.search(before)
    if other and not (said and said[-1].start() > other.start()):
        return False
    if match.re is _PAIRS:
        return match["a"] is None or match["a"].strip() == match["b"].strip() or bool(said)
    return bool(said)
