"""The past of a text as readers may see it, wherever it is shown: which revisions, and what each said."""

from __future__ import annotations

from collections.abc import Iterable

from hub import frontmatter
from hub.addresses import version_address
from hub.bind import bind
from hub.cited import CitedRevision
from hub.config import Config
from hub.dates import PartialDate
from hub.fields import BindingContext
from hub.files import UNDER_REVIEW
from hub.history import History
from hub.history.contents import substance
from hub.history.revisions import Revision
from hub.library import Library
from hub.model import Entry
from hub.withheld import Withheld

_NEVER_SHOWN = (*UNDER_REVIEW, "withdrawn")


def published(entry: Entry, library: Library, history: History, withheld: Withheld) -> list[Revision]:
    """The revisions of a text that readers were shown, the newest first; none where its past is not shown.

    What was withdrawn is not shown in older revisions either; nor is a person, who may have given no consent then.
    Revisions that are withheld are among them: they are named, and their texts are not shown.
    """
    if entry.status == "withdrawn" or hasattr(entry, "shows_profile") or not withheld.is_whole:
        return []
    statuses = library.vocabularies["status"]
    # What nobody understands may have meant that nobody was to read it.
    hidden = {*_NEVER_SHOWN, None}
    return [one for one in history.of(entry.text.path) if not one.status or statuses.find(one.status) not in hidden]


def current(entry: Entry, shown: Iterable[Revision]) -> Revision | None:
    """The revision that a text stands in, by its bytes or else by what readers see; None for what is not committed.

    White space makes no revision, and a clone on Windows may end lines otherwise than what was committed.

    Args:
        entry: the text as it was read.
        shown: its revisions.
    """
    known = list(shown)
    same = next((one for one in known if one.hash == entry.text.hash), None)
    if same or not known:
        return same
    seen = substance(entry.text.text)
    return next((one for one in known if one.substance == seen), None)


def cited_as(
    revision: Revision, entry: Entry, library: Library, config: Config, *, is_older: bool = False
) -> CitedRevision:
    """A revision as references name it.

    Args:
        revision: of the text.
        entry: the text.
        library: as readers may see it.
        config: the hub's.
        is_older: whether it is not the one that the text's page shows; then it has an address of its own.
    """
    own = config.url(version_address(entry, library, revision.short)) if is_older else ""
    return CitedRevision(PartialDate.parse(revision.day), revision.hash, is_older, own)


def as_it_was(entry: Entry, raw: bytes, library: Library) -> Entry | None:
    """A revision as an entry of today's kind; None where it cannot be read as one.

    Args:
        entry: whose revision it is: id, language and the subject's wishes are those of today.
        raw: the revision's bytes.
        library: for vocabularies and kinds.
    """
    context = BindingContext(library.vocabularies, frozenset(library.kinds))
    source, _ = frontmatter.read(raw, entry.text.path)
    found, _ = bind(entry.kind, source, entry.src_uri, entry_id=entry.id, lang=str(entry.lang), context=context)
    return found.model_copy(update={"id": entry.id, "lang": entry.lang}).with_wishes_of(entry) if found else None
