"""`hub cite`: a reference to exactly what was read, in the format that is asked for."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import click

from hub.cited import Cited, cite
from hub.cli._entries import find, full_name
from hub.cli._options import for_programs
from hub.cli.app import Session
from hub.errors import HubError
from hub.exporters import styles
from hub.history import History
from hub.history.revisions import Revision
from hub.i18n import N_
from hub.library import Library
from hub.loading import load
from hub.model import Entry
from hub.past import as_it_was, cited_as, current, published
from hub.public import public
from hub.swhid import DIGITS
from hub.views import CitedPart

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_SHOWN = 12
"""Revisions, or entries of one id, that a message names."""


@click.command(
    "cite",
    help=N_(
        "Write a reference to a text, as it stands or in one of its revisions, or to a part of it.\n\n"
        "ID is an id, a kind and an id (note:appui-dds), or a file; with the mark of a lesson, the lesson "
        "(note:appui-dds#L2)."
    ),
    short_help=N_("Write a reference to a text."),
    epilog=N_(
        "Examples:\n"
        "  hub cite appui-dds\n"
        "  hub cite note:appui-dds#L2 --style bibtex\n"
        "  hub cite appui-dds --revision 2026-05-03"
    ),
)
@click.argument("name", metavar="ID")
@click.option(
    "--revision", metavar="DATE|HASH", help=N_("The revision of this day, or whose content’s hash begins like this.")
)
@click.option("--style", type=click.Choice(sorted(styles())), default="text", help=N_("The format of the reference."))
@for_programs
@click.pass_obj
def cite_(session: Session, name: str, revision: str | None, style: str, form: str) -> None:
    """Write a reference."""
    config = session.config
    loaded = load(config.root, config)
    library = loaded.library
    name, _, mark = name.partition("#")
    entry = find(name, library, config, session.lang)
    history = History.read(config.root)
    shown = published(entry, library, history, loaded.withheld)
    revisions = tuple(one for one in shown if not loaded.withheld.content(one.hash))
    now = current(entry, revisions)
    chosen = (_chosen(revision, entry, revisions) if revision else None) or now
    if chosen and chosen != now:
        library = _as_it_was(library, entry, history.read_contents([chosen]).get(chosen.blob))
    visible = public(library)
    read = visible.at(entry.src_uri)
    named = cited_as(chosen, entry, library, config, is_older=chosen in revisions[1:]) if chosen else None
    part = _part(read, mark) if read and mark else None
    cited = cite(read, visible, config, words=session.lang, revision=named, part=part) if read else None
    if read is None or cited is None:
        raise HubError(
            N_(
                "“{name}” has no reference: neither drafts nor withdrawn texts have one, nor kinds of text that nobody "
                "cites, such as people and meetings."
            ),
            name=full_name(entry),
        )
    written = styles()[style].write([cited])
    if form == "json":
        click.echo(json.dumps(_as_json(read, cited, part, style, written), ensure_ascii=False, indent=2))
    else:
        click.echo(written, nl=False)


def _part(entry: Entry, mark: str) -> CitedPart:
    """The part of a text that a mark names.

    Raises:
        HubError: when there is none, saying which there are.
    """
    parts = entry.cited_parts()
    for one in parts:
        if one.mark.lower() == mark.lower():
            return one
    known = ", ".join(one.mark for one in parts)
    raise HubError(
        N_("“{name}” has no part “{found}” that one cites. There are: {known}")
        if known
        else N_("“{name}” has no part that one cites by itself."),
        name=full_name(entry),
        found=mark,
        known=known,
    )


def _chosen(asked: str, entry: Entry, revisions: tuple[Revision, ...]) -> Revision | None:
    """The revision of a day, the newest of it, or the one whose hash begins as was asked; None for the file as it is.

    Raises:
        HubError: when there is none, saying which there are.
    """
    beginning = asked.lower()
    for one in revisions:
        if one.day.startswith(asked) if _DATE.fullmatch(asked) else one.hash.startswith(beginning):
            return one
    if entry.text.hash.startswith(beginning):
        return None
    known = [f"{one.day} {one.short}" for one in revisions] or [entry.text.hash[:DIGITS]]
    raise HubError(
        N_("“{name}” has no revision “{found}”. There are: {known}"),
        name=full_name(entry),
        found=asked,
        known=", ".join([*known[:_SHOWN], *(["…"] if len(known) > _SHOWN else [])]),
    )


def _as_it_was(library: Library, entry: Entry, raw: bytes | None) -> Library:
    """The library with a text as it was in one of its revisions.

    Raises:
        HubError: when the clone does not hold the revision, or its text can no longer be read.
    """
    past = as_it_was(entry, raw, library) if raw is not None else None
    if past is None:
        raise HubError(
            N_("This revision of “{name}” cannot be read. Is the clone shallow? Fetch the rest: git fetch --unshallow"),
            name=full_name(entry),
        )
    return replace(library, entries=tuple(past if one is entry else one for one in library))


def _as_json(entry: Entry, cited: Cited, part: CitedPart | None, style: str, written: str) -> dict[str, object]:
    revision = cited.revision
    return {
        "id": entry.id,
        "kind": entry.kind.name,
        "part": part.mark if part else None,
        "lang": cited.lang,
        "title": cited.title,
        "url": cited.url,
        "swhid": cited.swhid,
        "revision": {"date": str(revision.date), "hash": revision.short} if revision else None,
        "style": style,
        "citation": written,
    }


COMMAND = cite_
