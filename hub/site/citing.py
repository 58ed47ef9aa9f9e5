"""What a page offers to whoever cites it: the reference in words, and as files that stand beside the page."""

from __future__ import annotations

from dataclasses import dataclass

from hub.cited import Cited, CitedRevision, cite
from hub.exporters import styles
from hub.i18n import LANGUAGES
from hub.model import Entry
from hub.site.page import MadeFile, Shown
from hub.site.reader import Reader
from hub.site.words import language_name


@dataclass(frozen=True, slots=True)
class Citing:
    """The reference to a page; empty for what one does not cite.

    Attributes:
        cited: what it says, in the language of the text.
        texts: the reference in words, in each language of the interface, the reader's first; `note` names the language.
        links: to the files, whose names on the reader's disk `note` proposes.
        files: for reference managers.
    """

    cited: Cited | None = None
    texts: tuple[Shown, ...] = ()
    links: tuple[Shown, ...] = ()
    files: tuple[MadeFile, ...] = ()


def of(reader: Reader, entry: Entry, address: str, *, revision: CitedRevision | None = None) -> Citing:
    """What the page at an address offers to whoever cites it.

    Args:
        reader: of the page.
        entry: what the page shows, as it stands in the revision that it shows.
        address: of the page.
        revision: the revision that it shows, where it is known.
    """
    said = {
        lang: cite(entry, reader.library, reader.config, words=lang, revision=revision)
        for lang in (str(entry.lang), *LANGUAGES)
    }
    cited = said[str(entry.lang)]
    if cited is None:
        return Citing()
    texts = []
    for lang in sorted(LANGUAGES, key=lambda lang: lang != reader.lang):
        one = said[lang]
        assert one
        other = "" if lang == reader.lang else lang
        texts.append(Shown(styles()["text"].write([one]).strip(), lang=other, note=language_name(lang, reader.lang)))
    formats = [style for style in styles().values() if style.suffix]
    files = tuple(MadeFile(f"{address}citation.{style.suffix}", style.write([cited])) for style in formats)
    links = tuple(
        Shown(style.label, file.address, note=f"{cited.key}.{style.suffix}")
        for style, file in zip(formats, files, strict=True)
    )
    return Citing(cited, tuple(texts), links, files)


def of_parts(reader: Reader, entry: Entry, revision: CitedRevision | None) -> dict[str, str]:
    """The references to the parts that one cites by themselves, by their marks, in the words of the reader."""
    found = {}
    for part in entry.cited_parts():
        cited = cite(entry, reader.library, reader.config, words=reader.lang, revision=revision, part=part)
        if cited:
            found[part.mark] = styles()["text"].write([cited]).strip()
    return found
