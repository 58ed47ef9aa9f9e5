"""Files that come with a form or a mail: documents become drafts, pictures stand beside the text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hub.documents.confined import confined
from hub.documents.model import Document, Picture
from hub.documents.pictures import fit
from hub.drafting.markdown import clean
from hub.drafting.placing import Draft, place
from hub.importers import importers, read
from hub.intake.hub import Hub
from hub.markdown.parser import slug
from hub.model import Kind

MOST = 20
"""Files of one arrival."""
_LONGEST_NAME = 150
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,6}$")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
"""How files of pictures begin, whatever they are called."""
# Linear: no part may run over a line or over the sign that ends it.
_LINKED = re.compile(
    r"(?P<image>!?)\[(?P<name>[^\[\]\n]{0,200})\]\((?P<url>https?://[^\s()<>]{1,500})\)"
    r"|<img\b[^<>\n]{0,300}?\ssrc=\"(?P<src>https?://[^\s\"<>]{1,500})\"[^<>\n]{0,300}>"
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that came along.

    Attributes:
        name: as whoever sent it called it; it is shown, and its ending says the format. It is never a path.
        data: its bytes.
        url: from which it was fetched, or empty.
    """

    name: str
    data: bytes
    url: str = ""

    @property
    def ending(self) -> str:
        """The ending of its name, with the dot, in small letters."""
        match = _ENDING.search(self.name)
        return match[0].lower() if match else ""

    @property
    def is_document(self) -> bool:
        """Whether its name is that of a document that can be read."""
        return self.ending in importers()

    @property
    def is_picture(self) -> bool:
        """Whether it begins as a picture."""
        return self.data.startswith(_PICTURES)


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that a text of the forge links to.

    Attributes:
        name: of the file.
        url: where it lies.
        markup: the link as it stands in the text.
    """

    name: str
    url: str
    markup: str


def file(name: str, data: bytes, url: str = "") -> File:
    """A file by a name that somebody gave it."""
    last = re.split(r"[/\\]", " ".join(clean(name).split()))[-1].rstrip(" .")
    ending = _ENDING.search(last)
    stem = last[: ending.start()] if ending else last
    return File(f"{stem[:_LONGEST_NAME].strip(' .') or 'document'}{ending[0] if ending else ''}", data, url)


def linked(text: str) -> tuple[Linked, ...]:
    """The files that a text links to as forges do, each once; which of them lie on the forge is not for it to say."""
    found: dict[str, Linked] = {}
    for match in _LINKED.finditer(text):
        url = match["url"] or match["src"]
        try:
            last = unquote(urlsplit(url).path.rpartition("/")[2])
        except ValueError:  # no address at all, such as `https://[x`
            continue
        name = last if _ENDING.search(last) else (match["name"] or last)
        found.setdefault(url, Linked(file(name, b"").name, url, match[0]))
    return tuple(found.values())


def document(one: File) -> Document:
    """What a document holds, read in a process of its own.

    Raises:
        HubError: when it cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{slug(one.name.removesuffix(one.ending)) or 'document'}{one.ending}")
        path.write_bytes(one.data)
        return replace(read(path), name=one.name)


def draft(one: Document, kind: Kind, hub: Hub, named: str = "") -> Draft:
    """A draft of a document, under a name that nothing else bears: that of `named`, or of its title."""
    made = place(one, kind, hub.library, hub.today, hub.is_taken(kind), named)
    hub.take(kind, made.uri.rpartition("/")[2].removesuffix(".md").removesuffix(f".{made.lang}"))
    return made


def pictures(files: Iterable[File]) -> tuple[Picture, ...]:
    """Pictures made fit for a page, in a process of its own.

    Raises:
        HubError: when that takes too much.
    """
    given = [Picture(one.data, "") for one in files]
    return confined(lambda: tuple(fit(one) for one in given)) if given else ()
