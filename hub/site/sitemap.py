"""The site's map for search engines (sitemaps.org, version 0.9), in parts where there are many pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from html import escape

from hub.site.page import MadeFile, Page

NAME = "sitemap.xml"
PAGES = 5_000
"""Pages in one map: a tenth of what the standard allows, so that a new page changes a small file."""
_START = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(pages: Mapping[str, Page], site_url: str) -> tuple[MadeFile, ...]:
    """The map, and its parts where it has any.

    Args:
        pages: of the site, by address; those that search engines are asked to leave out are left out.
        site_url: ends in a slash; without one there are no addresses to tell, and the map is empty.
    """
    told = sorted(address for address, page in pages.items() if not page.noindex) if site_url else []
    count = -(-len(told) // PAGES)
    if count <= 1:
        return (MadeFile(NAME, _urls(told, site_url)),)
    parts: list[list[str]] = [[] for _ in range(count)]
    for address in told:
        # By a hash and not in order: a new page is no reason for others to change places.
        parts[int.from_bytes(blake2b(address.encode(), digest_size=4).digest()) % count].append(address)
    names = [f"sitemap-{number}.xml" for number in range(1, count + 1)]
    index = _file("sitemapindex", "sitemap", names, site_url)
    return (
        MadeFile(NAME, index),
        *(MadeFile(name, _urls(part, site_url)) for name, part in zip(names, parts, strict=True)),
    )


def _urls(addresses: Sequence[str], site_url: str) -> str:
    return _file("urlset", "url", addresses, site_url)


def _file(root: str, element: str, addresses: Iterable[str], site_url: str) -> str:
    lines = (f"<{element}><loc>{escape(site_url + address)}</loc></{element}>\n" for address in addresses)
    return f"{_START}<{root} {_SCHEMA}>\n{''.join(lines)}</{root}>\n"
