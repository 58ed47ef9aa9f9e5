"""`hub codeowners`: the forge's list of who is asked to review what, written from who looks after what."""

from __future__ import annotations

from pathlib import Path

import click

from hub.cli.app import Session
from hub.errors import HubError
from hub.i18n import N_

_OUT_OF_DATE = 1
_NOBODY = N_(
    "Nobody is asked about changes of mkdocs.yml and of what else shapes the site. Example: --default @account"
)
"""Said where no owner of the hub is named."""


@click.command(
    help=N_(
        "Write the forge’s CODEOWNERS from who looks after what: the manager of a collaboration, the chair of a group, "
        "the stewards of an article. The forge then asks the right person to review each change."
    ),
    short_help=N_("Say to the forge who reviews what."),
    epilog=N_("Examples:\n  hub codeowners --default @facilitator\n  hub codeowners --check"),
)
@click.option(
    "--forge", type=click.Choice(["github", "gitlab"]), help=N_("The forge. By default the one that repo_url names.")
)
@click.option("--output", type=click.Path(path_type=Path), help=N_("Where to write; - for the terminal."))
@click.option("--default", "default", multiple=True, help=N_("Who is asked about all other files; may be repeated."))
@click.option("--check", is_flag=True, help=N_("Write nothing; exit status 1 when the file is out of date."))
@click.pass_obj
def codeowners(
    session: Session, forge: str | None, output: Path | None, default: tuple[str, ...], *, check: bool
) -> None:
    """Write CODEOWNERS, or say whether it is up to date."""
    from hub import codeowners as owners
    from hub.forges import name_of
    from hub.loading import load

    config, say = session.config, session.translate
    forge = forge or ("gitlab" if name_of(config.repo_url, config.edit_uri) == "gitlab" else "github")
    # Everybody's wish as it stands today: a text under review is looked after by those whom it names now.
    library = load(session.root, config, drafts=True).library
    text = owners.codeowners(owners.owned(library, config, forge), default, owners.guarded(config))
    if not default:
        click.echo(say(_NOBODY), err=True)
    if str(output) == "-":
        click.echo(text, nl=False)
        return
    path = output or owners.repository(config) / owners.PLACES[forge]
    try:
        there = path.read_text("utf-8") if path.exists() else None
        if check:
            if there != text:
                click.echo(say(N_("{path} is out of date: run hub codeowners.")).format(path=path), err=True)
                raise click.exceptions.Exit(_OUT_OF_DATE)
            return
        if there is not None and not there.startswith(owners.HEADER):
            raise HubError(
                N_("{path} was not written by this command: move it away, or give another --output."), path=path
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except (OSError, UnicodeDecodeError) as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=path, error=error) from error
    click.echo(path)


COMMAND = codeowners
