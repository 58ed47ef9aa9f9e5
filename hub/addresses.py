"""Addresses of pages inside the site, and links from one to another."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from hub.i18n import Label
from hub.library import Library
from hub.markdown.parser import slug
from hub.model import Entry, Key
from hub.naming import is_device

HOME = "index"
"""The id of the page that is the home page's text."""

LISTINGS = {
    "themes": Label("themes", "themes"),
    "years": Label("annees", "years"),
    "places": Label("lieux", "places"),
    "keywords": Label("mots-cles", "keywords"),
}
"""Folders of the lists that gather entries of all kinds."""
FACETS = ("themes", "years", "places")
"""Those of them that each kind has of its own."""
PEOPLE_LISTS = {
    "roles": Label("roles", "roles"),
    "groups": Label("groupes", "groups"),
    "themes": Label("themes", "themes"),
    "organisations": Label("organisations", "organisations"),
    "places": Label("lieux", "places"),
}
"""Folders of the lists of people, in the place of those that other kinds have."""
COMPANIONS = Label("avec", "with")
"""Below a person's address, those who worked with them."""
WANTED = Label("pages-demandees", "wanted-pages")
AUTHORS = Label("auteurs", "authors")
DRAFTS = Label("ebauches", "drafts")
HISTORY = Label("historique", "history")
"""Below a text's address, the list of its revisions, and what changed in each."""
ARCHIVE = Label("v", "v")
"""Below a text's address, its older revisions by their hashes."""
SEARCH = Label("recherche", "search")
"""The page of results."""
EDITIONS = Label("editions", "editions")
"""The list of the editions of the whole site, and below it each of them."""
PAGE = "page"
"""Below a list's address, its second page and those after it."""


FILE_TYPES = frozenset(
    (
        *("avif", "gif", "jpeg", "jpg", "png", "svg", "webp", "mp3", "mp4", "ogg", "webm"),
        *("csv", "doc", "docx", "epub", "json", "odp", "ods", "odt", "pdf", "ppt", "pptx", "txt", "xls", "xlsx", "zip"),
    )
)
"""Endings of the files that a site holds: none of them runs in a page. An SVG is cleaned before (`hub.svg`)."""
_PART = 80


def is_plain_file(uri: str) -> bool:
    """Whether a file of `docs/` may stand in the site: of a known type, and not where the site's own files are."""
    return uri.rpartition(".")[2].lower() in FILE_TYPES and not uri.startswith(
        ("assets/", *(f"{one}/" for one in EDITIONS))
    )


@lru_cache(maxsize=100_000)
def address_part(text: str) -> str:
    """A keyword, place or name as one part of an address: plain characters, and no longer than a folder's name may be.

    >>> address_part("Qualité des soins")
    'qualite-des-soins'
    """
    plain = _portable(slug(text))
    if len(plain) <= _PART:
        return plain
    return f"{plain[:_PART]}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def _portable(part: str) -> str:
    """A part of an address as a folder that Windows can hold too; no id and no word in an address has such a sign."""
    return f"{part}_" if is_device(part) else part


def entry_address(kind: str, entry_id: str, lang: str, library: Library) -> str:
    """The address of the page of an entry of a kind, by its id and language."""
    own = "/".join(map(_portable, entry_id.split("/")))
    return in_language(f"{folder(kind, library)}{own}/", lang, library)


def in_language(address: str, lang: str, library: Library) -> str:
    """The address of a page in a language: the default one lives at the root, others under their code."""
    return address if lang == library.default_language else f"{lang}/{address}"


def folder(kind: str, library: Library) -> str:
    """The folder of a kind's addresses, ending in a slash; empty for plain pages."""
    name = library.kinds[kind].folder_in(library.default_language)
    return f"{name}/" if name else ""


def listing(name: str, library: Library) -> str:
    """The folder of a list across kinds (`themes`, `years`, `places`, `keywords`), ending in a slash."""
    return f"{LISTINGS[name].in_(library.default_language)}/"


def address_of(entry: Entry, library: Library) -> str:
    """The address of an entry's page, such as `notes/appui-dds/` or `en/notes/appui-dds/`."""
    if entry.kind.name == "page" and entry.id == HOME:
        return in_language("", str(entry.lang), library)
    return entry_address(entry.kind.name, entry.id, str(entry.lang), library)


def owners(library: Library) -> frozenset[Key]:
    """The keys of the entries whose address is their own: where two want one, the first of them has it."""
    return frozenset({address_of(entry, library): entry.key for entry in reversed(library.entries)}.values())


def version_address(entry: Entry, library: Library, short: str) -> str:
    """The address of an older version of an entry, by the first digits of its content's hash."""
    return f"{address_of(entry, library)}{ARCHIVE.in_(library.default_language)}/{short}/"


def reserved(library: Library) -> frozenset[str]:
    """Addresses that no entry may take, nor one below them: of lists, of the search, of kinds and of languages.

    An entry's own kind and language have their folders among them, and only what comes after these is its own.
    """
    lang = library.default_language
    found = {*(listing(name, library) for name in LISTINGS), f"{SEARCH.in_(lang)}/", f"{EDITIONS.in_(lang)}/"}
    for kind in library.kinds.values():
        base = folder(kind.name, library)
        if base:
            words = [
                *(PEOPLE_LISTS.values() if kind.index == "people" else (LISTINGS[name] for name in FACETS)),
                DRAFTS,
            ]
            words += [AUTHORS] * kind.archive + [WANTED] * kind.welcomes_wanted
            found |= {base, f"{base}{PAGE}/", *(f"{base}{word.in_(lang)}/" for word in words)}
    others = library.languages[1:]
    return frozenset(in_language(base, one, library) for one in library.languages for base in found).union(
        f"{other}/" for other in others
    )


def is_reserved(entry: Entry, library: Library, taken: frozenset[str]) -> bool:
    """Whether the address of an entry is one of `taken`, as `reserved` gives them, or lies below one."""
    base = folder(entry.kind.name, library)
    if not base and (entry.id == HOME or f"{entry.id}/" in {folder(name, library) for name in library.kinds}):
        return False  # the text of a page that the hub makes
    if "/" not in entry.id:
        return address_of(entry, library) in taken
    lang = str(entry.lang)
    own = {in_language("", lang, library), in_language(base, lang, library)}
    parts = address_of(entry, library).split("/")
    folders = {f"{'/'.join(parts[:n])}/" for n in range(1, len(parts))}
    return not taken.isdisjoint(folders - own)


def href(source: str, target: str, *, directory_urls: bool = True) -> str:
    """The relative link from the page at `source` to the page or file at `target`.

    A target that ends in a slash, or is empty, is a page; anything else is a file.

    >>> href("notes/a/", "projets/b/#R1")
    '../../projets/b/#R1'
    """
    path, hash_, anchor = target.partition("#")
    *here, _ = source.split("/")
    *there, name = path.split("/")
    if not (name or directory_urls):
        name = "index.html"
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    relative = "/".join([*[".."] * (len(here) - common), *there[common:], name])
    if not relative and not anchor:
        return "./"
    # What looks like a scheme is a file's name.
    return f"{'./' if ':' in relative.split('/', 1)[0] else ''}{relative}{hash_}{anchor}"
