"""`hub intake`: what people hand over without any command becomes drafts and a report, or a branch of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hub.cli._options import for_programs
from hub.cli.app import WRONG_USE, Session
from hub.errors import HubError
from hub.i18n import N_

if TYPE_CHECKING:
    from hub.config import Config
    from hub.diagnostics import Diagnostic
    from hub.drafting.report import Line
    from hub.intake.answers import Answers
    from hub.intake.arrival import Arrival
    from hub.intake.attached import File
    from hub.intake.hub import Hub

_ASKED = 1
"""Exit status when people must act before anything can be made of what arrived."""


@click.command(
    help=N_(
        "Take in what people hand over without any command: an issue that a form made (.json, as the forge tells it), "
        "documents of the folder depot/, a mail with its attachments (.eml). Each becomes a draft and a report; what "
        "stands in depot/ goes from there. With --branch, all of it is committed to a branch of its own, whoever "
        "contributed credited, and the folder stays as it is."
    ),
    short_help=N_("Take in forms, documents left in depot/, and mails."),
    epilog=N_("Examples:\n  hub intake issue.json --attached report.docx\n  hub intake --branch depot/ mail.eml"),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--attached",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("A file that came with the form, saved by hand. May be given more than once."),
)
@click.option("--fetch", is_flag=True, help=N_("Fetch what is attached to the form from the hub’s own forge."))
@click.option(
    "--repository",
    metavar="ADDRESS",
    default="",
    help=N_("The repository’s address on the forge. By default repo_url of mkdocs.yml."),
)
@click.option("--branch", is_flag=True, help=N_("Commit each arrival to a new branch; write nothing into the folder."))
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help=N_("A folder for what a workflow needs: in a folder for each arrival result.json, report.md, answer.md."),
)
@click.option("--kind", metavar="KIND", help=N_("What drafts of documents and mails shall be (note, article, post…)."))
@for_programs
@click.pass_obj
@click.pass_context
def intake(
    ctx: click.Context,
    session: Session,
    files: tuple[Path, ...],
    attached: tuple[Path, ...],
    fetch: bool,
    repository: str,
    branch: bool,
    output: Path | None,
    kind: str | None,
    form: str,
) -> None:
    """Take in what arrived."""
    from hub.forges import edit_uri_of, name_of
    from hub.intake.hub import Hub
    from hub.loading import load

    config, translate = session.config, session.translate
    if repository:
        config = replace(config, repo_url=repository, edit_uri=edit_uri_of(repository))
    elif fetch and not name_of(config.repo_url, config.edit_uri):
        raise HubError(
            N_(
                "Which forge is it? Example: --fetch --repository https://github.com/cop/hub, or repo_url in "
                "mkdocs.yml."
            )
        )
    hub = Hub(config, load(config.root, config, drafts=True).library, datetime.now().astimezone().date())
    found = _Given(attached, fetch, kind)
    status = 0
    told: list[dict[str, Any]] = []
    for path in [one for given in files for one in _each(given, config)]:
        try:
            arrival = _arrival(path, hub, found)
            data, text = _settle(arrival, hub, session, branch=branch, output=output)
        except HubError as error:
            status = WRONG_USE
            told.append({"file": path.name, "error": error.message(translate)})
            if form == "text":
                click.echo(f"{_plain(path.name)}{translate(N_(': '))}{error.message(translate)}", err=True)
            continue
        told.append({"file": path.name, **data})
        status = max(status, 0 if arrival.changes or not arrival.asks else _ASKED)
        if form == "text":
            click.echo(text)
    if form == "json":
        click.echo(json.dumps({"arrived": told}, ensure_ascii=False, indent=2))
    ctx.exit(status)


@dataclass(frozen=True)
class _Given:
    """What the operator says beside the files.

    Attributes:
        paths: files that came with a form.
        fetch: whether to fetch them.
        kind: of the drafts, in the operator's word.
    """

    paths: tuple[Path, ...]
    fetch: bool
    kind: str | None


def _each(path: Path, config: Config) -> list[Path]:
    """A file; or those that wait in the folder of deposits.

    Raises:
        HubError: for another folder.
    """
    from hub.intake import deposit

    if not path.is_dir():
        return [path]
    if path.resolve() == (config.root / deposit.FOLDER).resolve():
        return deposit.waiting(config)
    raise HubError(
        N_("{path} is a folder. Name the files in it; of folders, only {folder}/ is taken in as a whole."),
        path=path,
        folder=deposit.FOLDER,
    )


def _arrival(path: Path, hub: Hub, given: _Given) -> Arrival:
    """What one file brings.

    Raises:
        HubError: when nothing can be made of it.
    """
    from hub.cli._kinds import find_kind
    from hub.intake import deposit, mail

    if not path.is_file():
        raise HubError(N_("There is no file “{path}”."), path=path)
    kind = find_kind(given.kind, hub.library.kinds) if given.kind else None
    if path.suffix.lower() == ".json" and not deposit.is_left(path, hub.config):  # nobody leaves an issue there
        return _of_form(path, hub, given)
    if path.suffix.lower() == ".eml":
        return mail.arrival(path, hub, kind)
    return deposit.arrival(deposit.read(path, hub), hub, kind)


def _of_form(path: Path, hub: Hub, given: _Given) -> Arrival:
    from hub import forms
    from hub.intake import answers, comment, form, issue

    found = issue.read(path)
    library = hub.library
    asked = forms.asked(library.kinds, library.vocabularies, library.default_language)
    told = answers.read(found.body, asked.values())
    if told is None:
        raise HubError(
            N_(
                "The issue was not made by one of the hub’s forms ({forms}). Ask its author to fill one in, or answer "
                "by hand."
            ),
            forms=", ".join(one.title for one in asked.values()),
        )
    if told.form.kind is None:
        return comment.arrival(told, found, hub)
    files, lines = _files(told, hub, given)
    arrival = form.arrival(told, found, files, hub)
    return replace(arrival, lines=(*arrival.lines, *lines))


def _files(told: Answers, hub: Hub, given: _Given) -> tuple[list[File], list[Line]]:
    """What came with a form: saved by hand, or fetched."""
    from hub.importers import MOST_BYTES
    from hub.intake import attached, fetching
    from hub.intake.reading import beginning

    files = [attached.file(path.name, beginning(path, MOST_BYTES)) for path in given.paths]
    if not given.fetch:
        return files, []
    links = attached.linked("\n".join([told.text("text"), told.text("files")]))
    fetched, lines = fetching.fetch(links, hub.forge, hub.config.repo_url)
    return [*files, *fetched], lines


def _settle(
    arrival: Arrival, hub: Hub, session: Session, *, branch: bool, output: Path | None
) -> tuple[dict[str, Any], str]:
    """Write an arrival, or commit it, and say what became of it: for programs, and for people."""
    from hub.intake import telling, writing

    translate = session.translate
    made = ""
    faults: list[Diagnostic] = []
    if arrival.changes:
        if branch:
            made = writing.commit(hub.config, arrival, telling.message(arrival, translate))
            with writing.written(hub.config, arrival):
                faults = _faults(arrival, hub)
        else:
            writing.write(hub.config, arrival)
            faults = _faults(arrival, hub)
    data = telling.as_json(arrival, faults, translate)
    for name, text in {
        "result.json": json.dumps(data, ensure_ascii=False, indent=1),
        "report.md": telling.report(arrival, faults, translate),
        "answer.md": telling.answer(arrival, faults, translate),
    }.items():
        if output:
            _put(output / arrival.name, name, text)
    return data, telling.text(arrival, faults, translate, branch=made)


def _faults(arrival: Arrival, hub: Hub) -> list[Diagnostic]:
    """What the checks say of the files that an arrival brings."""
    from hub import checks

    paths = {path for path, change in arrival.changes.items() if change.new is not None}
    report = checks.check(hub.config.root, hub.config).report
    return [one for one in report if one.location.path in paths]


def _put(folder: Path, name: str, text: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=folder / name, error=error.strerror) from error


def _plain(text: str) -> str:
    from hub.drafting.markdown import clean

    return " ".join(clean(text).split())


COMMAND = intake
