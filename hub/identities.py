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
    """The people of a library by the hashes of their addresses.

    Take the library that readers may see (`hub.public`) for anything they are shown: there, those who gave no consent
    or have left give no hash, and are matched with nobody.
    """
    return {known: Ref(entry.kind.name, entry.id) for entry in library.entries for known in entry.address_hashes()}
