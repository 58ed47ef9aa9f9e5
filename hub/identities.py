"""Who is who in Git, without anybody's address: a person's file holds hashes of the addresses they commit with.

A `.mailmap` (git-mailmap(5)) would do the same and publish every address, so there is none.
"""

from __future__ import annotations

import hashlib

from hub.fields import Ref
from hub.library import Library


def address_hash(address: str) -> str:
    """SHA-256 of an e-mail address in small letters, without spaces around it, as front matter holds it.

    >>> address_hash(" Awa@Example.org ")[:16]
    '509953f20caf0fd6'
    """
    return hashlib.sha256(address.strip().lower().encode("utf-8", "replace")).hexdigest()


def by_address_hash(library: Library) -> dict[str, Ref]:
    """The people whom Git's commits may be matched with, by the hashes of their addresses.

    They are those who recorded their consent: a name of their own choice in Git is not told to be somebody who did not
    agree. And those who have left, for their pseudonym is to stand in the place of any name.
    """
    silent = {entry.key[:2] for entry in library if not getattr(entry, "shows_profile", True)}
    silent -= {entry.key[:2] for entry in library if entry.is_retired}
    return {
        known: Ref(entry.kind.name, entry.id)
        for entry in library
        if entry.key[:2] not in silent
        for known in entry.address_hashes()
    }
