"""`hub new`: a file to begin with, in its place and with its fields explained."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from hub.cli._kinds import find_kind
from hub.cli.app import Session
from hub.config import Config
from hub.errors import HubError
from hub.i18n import N_
from hub.loading import find_kinds
from hub.model import Kind
from hub.naming import stem_of
from hub.template import new_text


@click.command(
    help=N_(
        "Write a new file of a kind (note, project, person…) with its fields explained, and say where it is. "
        "The title gives the file its name. `hub new` alone says which kinds there are."
    ),
    short_help=N_("Write a new file with its fields explained."),
    epilog=N_('Examples:\n  hub new note "Shorter visits"\n  hub new person "Awa Sow"'),
)
@click.argument("kind", required=False)
@click.argument("title", nargs=-1)
@click.pass_obj
def new(session: Session, kind: str | None, title: tuple[str, ...]) -> None:
    """Write a new entry's file."""
    config = session.config
    kinds = find_kinds(config)
    if kind is None:
        raise HubError(N_('Say of which kind: {known}. Example: hub new note "Shorter visits"'), known=", ".join(kinds))
    found = find_kind(kind, kinds)
    lang = config.default_language
    said = " ".join(title).strip()
    path = _path(config, found, said, lang)
    text = new_text(found, said or found.label.in_(lang), lang, datetime.now().astimezone().date())
    shown = path.relative_to(config.root).as_posix()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise HubError(N_("{path} is there already: open it, or give another title."), path=shown) from None
    except OSError as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=shown, error=error.strerror) from error
    click.echo(shown)


def _path(config: Config, kind: Kind, title: str, lang: str) -> Path:
    """Where the file goes; without a title, the first name that is free."""
    folder = config.docs_dir / kind.folder_in(lang)
    stem = stem_of(title or kind.label.in_(lang), kind)
    path = folder / f"{stem}.md"
    number = 2
    while not title and path.exists():
        path = folder / f"{stem}-{number}.md"
        number += 1
    return path


COMMAND = new
