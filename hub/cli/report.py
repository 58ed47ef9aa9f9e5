"""`hub report`: what a proposal changes, for the machine that comments on it and for people."""

from __future__ import annotations

from pathlib import Path

import click

from hub.cli.app import Session
from hub.errors import HubError
from hub.i18n import N_

_LIMIT = 65_000
"""Some way below what GitHub takes."""


@click.command(
    help=N_(
        "Say what a proposal changes since it left a branch: faults, pages for readers, who is credited. "
        "As JSON, the report goes from the job that may run a fork’s code to the one that may not; "
        "with --from it is read again, as data, and told in Markdown."
    ),
    short_help=N_("Say what a proposal changes."),
    epilog=N_(
        "Examples:\n  hub report --base origin/main\n  hub report --base origin/main --format json --output report.json"
    ),
)
@click.option("--base", help=N_("The branch or commit that the proposal is for. Example: origin/main"))
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help=N_("A report as JSON, read instead of the hub.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    help=N_("markdown for people, json for programs."),
)
@click.option("--output", type=click.Path(path_type=Path), help=N_("A file to write; otherwise the terminal."))
@click.option("--preview", default="", help=N_("The address of the site as it would be."))
@click.option("--more", default="", help=N_("The address of a page with the whole report."))
@click.option("--limit", type=click.IntRange(min=2000), default=_LIMIT, help=N_("The most characters of Markdown."))
@click.pass_obj
def report(
    session: Session,
    base: str | None,
    source: Path | None,
    form: str,
    output: Path | None,
    preview: str,
    more: str,
    limit: int,
) -> None:
    """Tell what a proposal changes."""
    if (base is None) == (source is None):
        raise HubError(N_("Give either --base or --from. Example: hub report --base origin/main"))
    if source:
        from hub.proposal.model import read

        found = read(_read(source))
    else:
        assert base is not None
        from hub.proposal.gather import gather

        found = gather(session.root, session.config, base, session.translate)
    if form == "json":
        text = found.model_dump_json(indent=1) + "\n"
    else:
        from hub.proposal.comment import comment

        text = comment(found, session.translate, session.lang, preview=preview, more=more, limit=limit)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=output, error=error.strerror) from error


def _read(path: Path) -> bytes:
    from hub.proposal.model import LONGEST_FILE

    try:
        with path.open("rb") as file:
            return file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path, error=error.strerror) from error


COMMAND = report
