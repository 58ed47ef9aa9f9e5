"""`hub withhold`: take back what must not be public, and say what remains of it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import click

from hub import load
from hub.cli._entries import find, full_name
from hub.cli.app import Session
from hub.dates import PartialDate, today
from hub.errors import HubError
from hub.git import contents
from hub.history import History
from hub.i18n import N_
from hub.nearest import fold
from hub.reports.faults import visible
from hub.swhid import content_hash
from hub.withheld import FILE, Item, line

_HEAD = "withheld:\n"


@click.command(
    help=N_(
        "Take back what must not be public: a patient’s name, a text without consent.\n\n"
        "WORDS are looked for in all versions of all texts, with or without accents; each version that holds them is "
        "withheld from the next build on. --entry withholds a text in all its versions."
    ),
    short_help=N_("Take back what must not be public."),
    epilog=N_(
        "Examples:\n"
        '  hub withhold "Awa Sow" --reason "A person who asked for it" --dry-run\n'
        '  hub withhold --entry note:appui-dds --reason "Published by mistake"'
    ),
)
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--entry", "name", metavar="ID", help=N_("Withhold this text in all its versions."))
@click.option("--reason", required=True, help=N_("Why, for readers: do not repeat what is withheld."))
@click.option("--dry-run", is_flag=True, help=N_("Say what would be withheld, and write nothing."))
@click.pass_obj
def withhold(session: Session, words: tuple[str, ...], name: str | None, reason: str, *, dry_run: bool) -> None:
    """Write the lines that withhold, and say what is to be done besides."""
    if bool(words) == bool(name):
        raise HubError(N_("Say which words, or which text with --entry. Example: hub withhold Awa Sow --reason …"))
    config, say = session.config, session.translate
    loaded = load(config.root, config)
    date = PartialDate.parse(today().isoformat())
    if name:
        entry = full_name(find(name, loaded.library, config, session.lang))
        items = [] if any(item.entry == entry for item in loaded.withheld.items) else [Item("", entry, reason, date)]
        click.echo(entry)
    else:
        found = dict(_holding(History.read(config.root), " ".join(words)))
        for hash_, told in found.items():
            click.echo(
                visible(told) + ("" if loaded.withheld.content(hash_) is None else say(N_(" (withheld already)")))
            )
        items = [Item(hash_, "", reason, date) for hash_ in found if loaded.withheld.content(hash_) is None]
        if not found:
            click.echo(say(N_("No committed version of any text holds these words.")))
        for one in loaded.library:
            if fold(" ".join(words)) in fold(one.text.text):
                click.echo(
                    say(N_("{path} holds them as it stands: change it as well.")).format(path=visible(one.text.path))
                )
    path = config.docs_dir / FILE.in_(config.default_language)
    if items and not dry_run:
        before = path.read_text("utf-8") if path.is_file() else _HEAD
        path.write_text(before + ("" if before.endswith("\n") else "\n") + "".join(map(line, items)), "utf-8")
        click.echo(say(N_("Written to {path}. Commit it, and publish the site.")).format(path=path))
    click.echo(
        say(
            N_(
                "What remains outside: the repository keeps every version, for whoever may read it (to rewrite it: "
                "git filter-repo, then ask the forge to forget the old commits); copies, USB keys and editions that "
                "were given out; what search engines and archives have kept, which take requests for removal."
            )
        )
    )


def _holding(history: History, words: str) -> Iterator[tuple[str, str]]:
    """The contents that hold some words, by hash, each with its path and date."""
    wanted = fold(words)
    events = {event.blob: event for line in history.lines for event in line.events if event.is_text}
    for blob, raw in contents(history.root, events):
        if wanted in fold(raw.decode("utf-8", "replace")):
            event = events[blob]
            yield content_hash(raw), f"{event.path.removeprefix(history.prefix)}  {event.date[:10]}  {blob[:12]}"


COMMAND = withhold
