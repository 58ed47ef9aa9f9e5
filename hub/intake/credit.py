"""Whose work it is, and how a commit says so: names of others as one line that is a name and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hub import emails
from hub.drafting.markdown import clean
from hub.fields import Ref
from hub.identities import address_hash, by_address_hash
from hub.library import Library

_LONGEST_NAME = 100
_LONGEST_TITLE = 80
_CONTACT = re.compile(r"<[^>]*>?")


def name(text: str) -> str:
    r"""A name as one line, without an address: `Name <address>` would credit whose address it is.

    >>> name("Awa Sow <awa@example.org>\n\nCo-authored-by: Kofi")
    'Awa Sow Co-authored-by: Kofi'
    """
    plain = _CONTACT.sub(" ", clean(text)).replace(">", " ")
    for gone in emails.LEFT_OUT:
        plain = plain.replace(gone, " ")
    if next(emails.find(plain), None):
        return ""
    return " ".join(plain.split())[:_LONGEST_NAME].strip()


def short(title: str) -> str:
    """A title for the first line of a commit."""
    plain = " ".join(clean(title).split())
    return plain if len(plain) <= _LONGEST_TITLE else f"{plain[: _LONGEST_TITLE - 1].rstrip()}…"


def by_account(library: Library, forge: str, account: str) -> Ref | None:
    """The person who says that an account is theirs, and agreed to be shown."""
    wanted = account.casefold()
    for entry in library if wanted else ():
        if getattr(entry, "shows_profile", True) and entry.account(forge).casefold() == wanted:
            return Ref(entry.kind.name, entry.id)
    return None


def by_address(library: Library, address: str) -> Ref | None:
    """The person of an e-mail address, by its hash."""
    return by_address_hash(library).get(address_hash(address)) if address else None


def message(subject: str, why: str, credited: Iterable[str]) -> str:
    """A commit's message. All that others wrote stands in its first line or in a trailer of its own.

    Args:
        subject: the first line, which begins with a word of ours.
        why: what arrived, in our words.
        credited: ids or names.
    """
    trailers = [f"Contribution-de: {one}" for one in dict.fromkeys(map(name, credited)) if one]
    return "\n".join(
        [
            " ".join(clean(subject).splitlines()).strip(),
            "",
            " ".join(why.split()),
            *(["", *trailers] if trailers else []),
            "",
        ]
    )
