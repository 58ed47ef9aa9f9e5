"""`hub forms`: the forge's forms, by which one proposes a text without an editor."""

from __future__ import annotations

from pathlib import Path

import click

from hub.cli.app import Session
from hub.errors import HubError
from hub.i18n import N_

_OUT_OF_DATE = 1


@click.command(
    help=N_(
        "Write the forge’s forms from the kinds and vocabularies: propose a note, an article or a post, join the "
        "community, comment on a page, report an error. Whoever has an account fills one in, and attaches a document."
    ),
    short_help=N_("Write the forge’s forms."),
    epilog=N_("Examples:\n  hub forms --forge github\n  hub forms --check"),
)
@click.option(
    "--forge",
    type=click.Choice(["github", "forgejo", "gitlab"]),
    help=N_("The forge. By default the one that repo_url names; for GitLab, texts that issues begin with."),
)
@click.option("--check", is_flag=True, help=N_("Write nothing; exit status 1 when a form is out of date."))
@click.pass_obj
def forms(session: Session, forge: str | None, *, check: bool) -> None:
    """Write the forms, or say whether they are up to date."""
    from hub import codeowners
    from hub import forms as made
    from hub.forges import name_of
    from hub.loading import load

    config, say = session.config, session.translate
    library = load(session.root, config).library
    top = codeowners.repository(config)
    forge = forge or name_of(config.repo_url, config.edit_uri) or "github"
    files = made.forms(library.kinds, library.vocabularies, config.default_language, forge)
    changed = {top / name: text for name, text in files.items() if _there(top / name) != text}
    for path, text in changed.items():
        if check:
            click.echo(say(N_("{path} is out of date: run hub forms.")).format(path=path), err=True)
            continue
        _write(path, text)
        click.echo(path)
    if check and changed:
        raise click.exceptions.Exit(_OUT_OF_DATE)


def _write(path: Path, text: str) -> None:
    from hub.forms import HEADER

    there = _there(path)
    if there is not None and HEADER not in there.partition("\n")[0]:
        raise HubError(N_("{path} was not written by this command: move it away."), path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=path, error=error.strerror) from error


def _there(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path, error=error) from error


COMMAND = forms
