"""Whether a translation still says what its original says: by the content that it says it was made from.

`source_hash` holds the hash of that content, 12 digits or more, as the original's history shows it. A revision that an
editor called minor is joined to the one before it, and makes no translation stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hub.history.difference import SAME, Difference
from hub.history.revisions import Revision
from hub.i18n import N_
from hub.library import Library
from hub.model import Entry
from hub.site.archive import Archive, runs
from hub.site.page import Page, Shown, Translated
from hub.swhid import DIGITS

_STUB = 0.2
"""The part of the original's words below which a translation is only begun."""


@dataclass(frozen=True, slots=True)
class _Since:
    """What a translation was made from, and what there is now."""

    original: Entry
    was: Revision
    now: Revision

    @property
    def is_current(self) -> bool:
        """Whether nothing has changed but what is minor."""
        return self.was is self.now


def original_of(entry: Entry, library: Library) -> Entry | None:
    """What an entry translates: the version in the hub's default language, or else the one that translates nothing."""
    others = [one for one in library.translations(entry).values() if one is not entry and one.status != "withdrawn"]
    if entry.lang == library.default_language and not entry.translation_of:
        return None
    own = [one for one in others if one.lang == library.default_language]
    return next(iter(own or [one for one in others if not one.translation_of]), None)


def state(archive: Archive, entry: Entry) -> Translated | None:
    """What the page of a translation says of its original; nothing where the text is one itself."""
    library = archive.reader.library
    original = original_of(entry, library)
    if original is None:
        return None
    link = archive.reader.link(original)
    is_stub = len(entry.outline.words.split()) < _STUB * len(original.outline.words.split())
    since = _since(archive, entry, original)
    if since is None or since.is_current:
        return Translated(link, "stub" if is_stub else "current" if since else "unknown")
    found = archive.between(original, since.was, since.now)
    sections = tuple(dict.fromkeys(_sections(found))) if found else ()
    changes = _address(archive, entry) if found and archive.has_older else ""
    return Translated(link, "stub" if is_stub else "stale", archive.day(since.was), sections, changes)


def pages(archive: Archive, entry: Entry) -> Iterator[Page]:
    """For a translation that is stale, what changed in the original since."""
    original = original_of(entry, archive.reader.library)
    since = _since(archive, entry, original) if original else None
    if original is None or since is None or since.is_current or not archive.has_older:
        return
    found = archive.between(original, since.was, since.now)
    if found:
        title = archive.reader.say(N_("Changes in the original of “{title}”")).format(title=entry.title)
        data = {
            "entry": archive.reader.link(entry),
            "history": archive.address(original),
            "date": archive.day(since.now),
            "people": (),
            "why": (),
            "found": found,
            "runs": tuple(runs(found.hunks)),
            "of": Shown(original.title, lang=str(original.lang)),
        }
        address = _address(archive, entry)
        yield Page(address, address, archive.reader.lang, title, "difference.html", data, noindex=True)


def _since(archive: Archive, entry: Entry, original: Entry) -> _Since | None:
    """The revision that a translation says it was made from, if that is known, and the newest one."""
    wanted = (entry.source_hash or "").strip().lower().removeprefix("swh:1:cnt:")
    shown = archive.shown(original)
    if len(wanted) < DIGITS or not shown:
        return None
    for one in shown:
        if any(hash_.startswith(wanted) for hash_ in (one.hash, *(blob for _, blob in one.earlier))):
            return _Since(original, one, shown[0])
    return None


def _address(archive: Archive, entry: Entry) -> str:
    return f"{archive.address(entry)}original/"


def _sections(found: Difference) -> Iterator[str]:
    """The headings below which something changed; nothing stands for the fields and what is above the first."""
    heading = ""
    for hunk in found.hunks:
        if hunk.kind == "heading":
            heading = "".join(piece.text for piece in hunk.pieces if piece.sign in "=+") or heading
        if hunk.state != SAME and heading:
            yield heading
