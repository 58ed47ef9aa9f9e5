"""`hub release`: give the hub as it stands a name, and build the site with that edition in it."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext, redirect_stdout

import click

from hub.cli._options import for_programs
from hub.cli.app import Session
from hub.editions import Edition, listed
from hub.editions import release as give_name
from hub.errors import HubError
from hub.i18n import N_
from hub.reports.faults import visible


@click.command(
    help=N_(
        "Make an edition of the whole site.\n\n"
        "NAME is the year and a number, such as 2026.1. The texts as they are committed get a tag in Git, and the site "
        "is built: the edition stands below editions/NAME/, the current version at the root. --list says which there"
        " are."
    ),
    short_help=N_("Make an edition of the whole site."),
    epilog=N_('Examples:\n  hub release 2026.1 -m "What the first year taught"\n  hub release --list'),
)
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--message", "-m", default="", help=N_("What readers are told of the edition."))
@click.option("--list", "lists", is_flag=True, help=N_("Say which editions there are, and release nothing."))
@click.option("--no-build", is_flag=True, help=N_("Make the tag, and build nothing."))
@for_programs
@click.pass_context
def release(ctx: click.Context, name: str | None, message: str, form: str, *, lists: bool, no_build: bool) -> None:
    """Make the tag, say how it reaches others, and build the site."""
    session: Session = ctx.obj
    say = session.translate
    if lists == bool(name):
        raise HubError(N_("Say the name of the edition, or --list. Example: hub release 2026.1"))
    if name is None:
        _list(session, form)
        return
    made = give_name(session.config, name, message)
    if form == "json":
        click.echo(json.dumps(_told(made), ensure_ascii=False))
    else:
        click.echo(say(N_("Edition {name} of {date}: tag {tag}.")).format(name=name, date=made.date, tag=made.tag))
        click.echo(
            say(N_("To hand it on: git push origin {tag} (the published site has it when it is next built)")).format(
                tag=made.tag
            )
        )
    root = ctx.find_root()
    build = root.command.get_command(root, "build") if isinstance(root.command, click.Group) else None
    if build and not no_build:
        with redirect_stdout(sys.stderr) if form == "json" else nullcontext():
            ctx.invoke(build)


def _list(session: Session, form: str) -> None:
    found = listed(session.config.root)
    if form == "json":
        click.echo(json.dumps([_told(one) for one in found], ensure_ascii=False))
    elif not found:
        click.echo(session.translate(N_("There is no edition yet. Example: hub release 2026.1")))
    for one in found if form == "text" else ():
        click.echo(visible(f"{one.name}  {one.date}  {one.message}".rstrip()))


def _told(edition: Edition) -> dict[str, str]:
    return {
        "name": edition.name,
        "date": str(edition.date),
        "tag": edition.tag,
        "commit": edition.commit,
        "message": edition.message,
    }


COMMAND = release
