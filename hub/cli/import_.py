"""`hub import`: documents become drafts, with a report of what was placed where and what people must decide."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Any

import click

from hub.cli._kinds import find_kind
from hub.cli._options import for_programs
from hub.cli.app import WRONG_USE, Session
from hub.config import Config
from hub.drafting.markdown import clean
from hub.drafting.placing import Draft, kind_for, place
from hub.drafting.report import as_json, as_text
from hub.drafting.writing import taken, write
from hub.errors import HubError
from hub.i18n import N_
from hub.importers import importer_of, read
from hub.library import Library
from hub.loading import load
from hub.model import Kind


@click.command(
    "import",
    help=N_(
        "Make drafts of documents: Word (.docx), LibreOffice (.odt), PowerPoint (.pptx), PDF, web pages (.html). "
        "Images come along, made smaller. A report says what was placed where, what could not be placed, and what "
        "is for you to decide."
    ),
    short_help=N_("Make drafts of Word, PowerPoint, PDF… documents."),
    epilog=N_("Examples:\n  hub import report.docx\n  hub import --kind article slides.pptx notes.odt"),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--kind", metavar="KIND", help=N_("What the drafts shall be (note, article, post…)."))
@for_programs
@click.pass_obj
@click.pass_context
def import_(ctx: click.Context, session: Session, files: tuple[Path, ...], kind: str | None, form: str) -> None:
    """Import documents."""
    config = session.config
    translate = session.translate
    library = load(config.root, config, drafts=True).library
    wanted = find_kind(kind, library.kinds) if kind else None
    made: list[dict[str, Any]] = []
    failed = False
    for path in files:
        try:
            draft = _imported(path, wanted, library, config)
        except HubError as error:
            failed = True
            said = error.message(translate)
            made.append({"file": path.name, "error": said})
            if form == "text":
                click.echo(f"{clean(path.name)}{translate(N_(': '))}{said}", err=True)
            continue
        shown = f"{config.docs_dir.relative_to(config.root).as_posix()}/{draft.uri}"
        if form == "text":
            click.echo(_as_text(path, shown, draft, session))
        made.append(_as_json(path, shown, draft, session))
    if form == "json":
        click.echo(json.dumps({"imported": made}, ensure_ascii=False, indent=2))
    ctx.exit(WRONG_USE if failed else 0)


def _imported(path: Path, kind: Kind | None, library: Library, config: Config) -> Draft:
    """Read a document, make a draft of it and write that.

    Raises:
        HubError: when it cannot be read, or the draft cannot be written.
    """
    if not path.is_file():
        raise HubError(N_("There is no file “{path}”."), path=path)
    importer = importer_of(path)
    chosen = kind or kind_for(importer.name, library.kinds)
    draft = place(read(path), chosen, library, datetime.now().astimezone().date(), taken(chosen, library, config))
    write(config, {draft.uri: draft.text.encode(), **draft.files})
    return draft


def _as_text(path: Path, shown: str, draft: Draft, session: Session) -> str:
    translate = session.translate
    head = translate(N_("{file} → {draft} ({kind})")).format(
        file=clean(path.name), draft=shown, kind=draft.kind.label.in_(session.lang)
    )
    next_ = translate(
        N_(
            "What to do now:\n"
            "  1. Open {draft}, read it beside the document, and put right what the report says.\n"
            "  2. Check it: hub check {draft}\n"
            "  3. Record it: git add {folder} && git commit -m {message}\n"
            "The text is a draft as long as it says status: draft."
        )
    ).format(
        draft=shown,
        folder=quote(shown.rpartition("/")[0] or "."),
        message=quote(translate(N_("Import {file}")).format(file=clean(path.name))),
    )
    return "\n".join([head, "", as_text(draft.lines, draft.left_out, translate), "", next_, ""])


def _as_json(path: Path, shown: str, draft: Draft, session: Session) -> dict[str, Any]:
    docs = shown.removesuffix(draft.uri)
    return {
        "file": path.name,
        "draft": shown,
        "files": [f"{docs}{uri}" for uri in draft.files],
        "kind": draft.kind.name,
        "lang": draft.lang,
        "title": draft.title,
        **as_json(draft.lines, draft.left_out, session.translate),
    }


COMMAND = import_
