"""`hub history`: the revisions of a text, with who made them, when and why, and what changed."""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import Any

import click

from hub import load
from hub.cli._entries import find, full_name
from hub.cli._options import for_programs
from hub.cli.app import Session
from hub.history import History
from hub.history.difference import Difference, difference
from hub.history.revisions import Revision
from hub.history.texts import said
from hub.i18n import N_, Translate
from hub.model import Entry
from hub.past import current
from hub.reports.faults import visible


@click.command(
    "history",
    help=N_(
        "List the revisions of a text: date, people, why, what changed, and its permanent identity.\n\n"
        "ID is an id, a kind and an id (note:appui-dds), or a file."
    ),
    short_help=N_("List the revisions of a text."),
    epilog=N_("Examples:\n  hub history note:appui-dds\n  hub history docs/notes/appui-dds.md"),
)
@click.argument("name", metavar="ID")
@for_programs
@click.pass_obj
def history(session: Session, name: str, form: str) -> None:
    """List revisions."""
    config = session.config
    entry = find(name, load(config.root, config).library, config, session.lang)
    found = History.read(config.root)
    revisions = found.of(entry.text.path)
    line = found.line(entry.text.path)
    changes = _changes(found, entry, revisions, session.lang)
    is_committed = current(entry, revisions[:1]) is not None
    if form == "json":
        told: dict[str, Any] = {
            "id": entry.id,
            "kind": entry.kind.name,
            "lang": str(entry.lang),
            "committed": is_committed,
            "complete": line is not None and line.is_whole,
            "revisions": [_as_json(one, changed) for one, changed in zip(revisions, changes, strict=True)],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    say = session.translate
    click.echo(visible(f"{entry.title} ({full_name(entry)})"))
    if not found.is_known:
        unknown = N_(
            "The hub is in no Git repository, or nothing is committed yet: no revision is known. "
            'Example: git init && git add . && git commit -m "Start the hub"'
        )
        click.echo(say(unknown))
    elif not is_committed:
        click.echo(say(N_("The text as it stands is not committed yet.")))
    for number, (one, changed) in enumerate(zip(revisions, changes, strict=True)):
        click.echo("\n".join(_as_text(len(revisions) - number, one, changed, say)))
    if line is not None and not line.is_whole:
        click.echo(say(N_("The clone is shallow: what came before is not known here (git fetch --unshallow).")))


def _changes(found: History, entry: Entry, revisions: tuple[Revision, ...], lang: str) -> list[Difference | None]:
    """What each revision changed of the one before; None for the first, and where a content is not at hand."""
    contents = found.read_contents(revisions)
    texts = [said(entry, contents[one.blob], lang) if one.blob in contents else None for one in revisions]
    pairs = zip_longest(texts, texts[1:])
    return [difference(old, new) if new is not None and old is not None else None for new, old in pairs]


def _as_json(one: Revision, changed: Difference | None) -> dict[str, Any]:
    return {
        "date": one.date,
        "hash": one.short,
        "swhid": one.swhid,
        "commit": one.commit,
        "status": one.status,
        "people": [person.name for person in one.people],
        "label": one.label,
        "message": one.message,
        "request": one.request,
        "changes": {"added": changed.added, "removed": changed.removed, "moved": changed.moved} if changed else None,
    }


def _as_text(number: int, one: Revision, changed: Difference | None, say: Translate) -> list[str]:
    people = visible(", ".join(person.name for person in one.people))
    label = f" – {visible(one.label)}" if one.label else ""
    status = f" [{one.status}]" if one.status else ""
    lines = [f"{number:>3}. {click.style(one.day, bold=True)}{label}{status}  {people}"]
    lines += [f"     │ {visible(line)}" for line in one.message.splitlines() if line.strip()]
    if changed:
        said = say(N_("words added: {added}, taken out: {removed}"))
        if changed.moved:
            said = say(N_("words added: {added}, taken out: {removed}; passages moved: {moved}"))
        lines.append("     " + said.format(added=changed.added, removed=changed.removed, moved=changed.moved))
    return [*lines, f"     {one.swhid}"]


COMMAND = history
