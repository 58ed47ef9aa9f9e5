"""Identifiers with check digits: ORCID (ISO 7064 MOD 11-2) and ROR (Crockford base 32, ISO 7064 MOD 97-10)."""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_11_2

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])")
_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def parse_orcid(text: str) -> str:
    """The ORCID iD in its short form (`0000-0002-1825-0097`), from that form or its address.

    Raises:
        ValueError: when it is not shaped like one, or its check digit is wrong.
    """
    match = _ORCID.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    groups = [part.upper() for part in match.groups()]
    if not mod_11_2.is_valid("".join(groups)):
        raise ValueError(text)
    return "-".join(groups)


def parse_ror(text: str) -> str:
    """The ROR id without its address (`03gzr6j88`), from that form or its address.

    Raises:
        ValueError: when it is not shaped like one, or its two check digits are wrong.
    """
    match = _ROR.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(text)
    identifier = match[1]
    number = 0
    for character in identifier[:7]:
        number = number * 32 + _CROCKFORD.index(character)
    if 98 - (number * 100) % 97 != int(identifier[7:]):
        raise ValueError(text)
    return identifier
