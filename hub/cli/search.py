"""`hub search`: what the search of the site finds, in the terminal or for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hub.cli._filters import refuse_unknown, unfound
from hub.cli._options import for_programs
from hub.cli.app import Session
from hub.errors import HubError
from hub.i18n import N_, Translate

if TYPE_CHECKING:
    from hub.loading import Loaded

_MOST = 1000
_VERIFIED = N_("Only the {n} best texts were read for the words in quotes.")
_UNREAD = N_("Only the {n} best texts were read for the words in quotes: none has them so. Add words or a filter.")
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing."""


@click.command(
    help=N_(
        "Search the hub: the same results in the same order as on the site.\n\n"
        "Words in quotes must follow each other: hub search '\"health district\"'. Options that narrow a search can be "
        "repeated: --kind note --kind term finds both. Codes and ids are those that texts have in their front matter; "
        "an id also stands in the address of its page."
    ),
    short_help=N_("Search the hub, as the site does."),
    epilog=N_(
        "Examples:\n  hub search supervision --kind note --year 2015\n  hub search '\"health district\"' --limit 3"
    ),
)
@click.argument("words", nargs=-1, metavar="[WORDS]…")
@click.option("--limit", type=click.IntRange(0, _MOST), default=10, show_default=True, help=N_("Results at most."))
@click.option("--kind", multiple=True, help=N_("Only texts of this kind. Example: note"))
@click.option("--theme", multiple=True, help=N_("Only texts on this theme, by its code. Example: financing"))
@click.option("--year", multiple=True, help=N_("Only texts of this year. Example: 2015"))
@click.option("--place", multiple=True, help=N_("Only texts about this place, by its code. Example: bj"))
@click.option("--lang", multiple=True, help=N_("Only texts in this language: fr or en."))
@click.option("--person", multiple=True, help=N_("Only texts in which this person took part, by id. Example: awa-sow"))
@click.option("--group", multiple=True, help=N_("Only texts of this group, by id. Example: cop-fbp"))
@click.option("--reader", default="", help=N_("The reader’s language, whose texts come a little before others."))
@click.option(
    "--literal", multiple=True, help=N_("Take this word as it is: neither as a term of the glossary nor as misspelt.")
)
@click.option(
    "--as", "choose", multiple=True, metavar="WORD=ID", help=N_("What an ambiguous acronym means. Example: csc=term-id")
)
@click.option(
    "--file",
    "queries",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_("Answer one query a line of this file, in its order."),
)
@click.option(
    "--advanced",
    is_flag=True,
    help=N_('Whoosh’s syntax: "a phrase", title:word, year:[2010 TO 2015], AND, OR, NOT, wor*.'),
)
@for_programs
@click.pass_obj
def search(
    session: Session,
    /,
    words: tuple[str, ...],
    limit: int,
    reader: str,
    literal: tuple[str, ...],
    choose: tuple[str, ...],
    queries: Path | None,
    advanced: bool,
    form: str,
    **given: tuple[str, ...],
) -> None:
    """Answer one query, or each line of a file."""
    if bool(words) == bool(queries):
        raise HubError(N_("Say what to search, or name a file with --file. Example: hub search financement santé"))
    filters = {name: values for name, values in given.items() if values}
    asked = _lines(queries) if queries else [" ".join(words)]
    known: Mapping[str, Collection[str]] = {}
    if advanced:
        refuse_unknown(session, filters, known)
        answers = list(_advanced(session, asked, limit=limit, filters=filters, lang=reader))
    else:
        more = {"literal": literal, "choose": _choices(choose)}
        answers, known = _usual(session, asked, limit=limit, filters=filters, lang=reader, **more)
        refuse_unknown(session, filters, known)
    if form == "text":
        for line in unfound(filters, known, session.translate):
            click.echo(_tame(line), err=True)
    if queries is None:
        click.echo(_as_json(answers[0]) if form == "json" else _as_text(_tame(answers[0]), session.translate))
    elif form == "json":
        click.echo(_as_json(answers))
    else:
        for answer in answers:
            click.echo(f"{_tame(answer['query'])}\t{_count(answer, session.translate)}")


def _usual(
    session: Session, asked: Iterable[str], *, filters: Mapping[str, Collection[str]], **options: Any
) -> tuple[list[dict[str, Any]], dict[str, set[str]]]:
    """The answers, and the values that texts have by which they can be narrowed."""
    from hub.search.cache import WAITING, Cache

    cache = Cache(session.root, waits=lambda: click.echo(session.translate(WAITING), err=True))
    answers = cache.search(lambda: _load(session), asked, filters=filters, **options)
    if not filters:
        return answers, {}
    with cache.engine() as engine:
        return answers, {name: {value for value, _, _ in engine.index.facet(name)} for name in filters}


def _advanced(session: Session, asked: Iterable[str], **options: Any) -> Iterator[dict[str, Any]]:
    from hub.dates import today
    from hub.public import public
    from hub.search.advanced import Advanced
    from hub.search.records import Source

    engine = Advanced(session.root)
    engine.update(Source(public(_load(session).library), today()))
    for text in asked:
        yield engine.search(text, **options)


def _load(session: Session) -> Loaded:
    import hub

    return hub.load(session.root, session.config)


def _choices(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for one in given:
        form, equals, meant = one.partition("=")
        if not equals or not meant:
            raise HubError(
                N_("“{found}” does not say what a word means. Example: --as csc=centre-communautaire"), found=one
            )
        found[form] = meant.strip()
    return found


def _lines(path: Path) -> list[str]:
    """The lines of a file as editors count them: nothing but a line's end parts queries."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return [line.removesuffix("\n") for line in lines]
    except UnicodeDecodeError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path, error=error) from error


def _tame(found: Any) -> Any:
    """What was found without the signs that command a terminal: a title must not write into its window's."""
    if isinstance(found, str):
        return _COMMANDS.sub(" ", found)  # one for one: marks stay where they are
    if isinstance(found, dict):
        return {name: _tame(one) for name, one in found.items()}
    return [_tame(one) for one in found] if isinstance(found, list) else found


def _as_json(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _as_text(answer: Mapping[str, Any], say: Translate) -> str:
    """How the query was read, then the results, then what else may be tried."""
    lines = [_count(answer, say), *_readings(answer, say), ""]
    kinds = {one["value"]: one["label"] for one in answer["facets"].get("kind", ())}
    for number, one in enumerate(answer["results"], start=1):
        kind = kinds.get(one["kind"], one["kind"])
        facts = " · ".join(filter(None, (kind, one["date"], one["lang"], _status(one["status"], say))))
        lines.append(f"{number:>3}. {click.style(one['title'], bold=True)}  ({facts})")
        lines.append(
            f"     {click.style(one['section_url'], fg='blue')}" + (f"  {one['section']}" if one["section"] else "")
        )
        if one["excerpt"]:
            lines.append(f"     {_marked(one)}")
    if answer["suggestions"]:
        lines += ["", say(N_("Other words to try:")) + " " + ", ".join(answer["suggestions"])]
    return "\n".join(lines).rstrip()


def _status(status: str, say: Translate) -> str:
    names = {"draft": N_("Draft"), "needs-review": N_("To be reviewed")}
    return say(names[status]) if status in names else ""


_READ = {
    "spelling": N_("Results for “{meaning}” instead of “{form}” (--literal {form} takes it as it is)."),
    "concept": N_("“{form}” read as: {meaning} (--literal takes it as it is)."),
    "ignored": N_("Left out, for it could not be read: {form}"),
    "words": N_("Read as plain words."),
}


def _readings(answer: Mapping[str, Any], say: Translate) -> list[str]:
    """How the query was read, a line for each part."""
    lines = []
    for one in answer["interpreted"]:
        form, titles = one["form"], {choice["id"]: choice["title"] for choice in one["choices"]}
        if len(titles) > 1 and not one["chosen"]:
            meanings = ", ".join(f"{title} (--as {form}={id_})" for id_, title in titles.items())
            lines.append(say(N_("“{form}” may mean: {meanings}")).format(form=form, meanings=meanings))
        else:
            meaning = titles.get(one["chosen"], "")
            lines.append(say(_READ[one["kind"]]).format(form=form, meaning=meaning))
    return lines


def _count(answer: Mapping[str, Any], say: Translate) -> str:
    number, read = answer["total"], answer.get("verified")
    if not number:
        return say(_UNREAD).format(n=read) if read else say(N_("No result."))
    shown = str(number) if answer["exact"] else f"{number}+"
    count = say(N_("One result.") if shown == "1" else N_("{n} results.")).format(n=shown)
    return f"{count} {say(_VERIFIED).format(n=read)}" if read else count


def _marked(one: Mapping[str, Any]) -> str:
    """The excerpt with what matched in bold; marks count UTF-16 units."""
    units = one["excerpt"].encode("utf-16-le")
    pieces, at = [], 0
    for left, right in one["marks"]:
        pieces.append(units[2 * at : 2 * left].decode("utf-16-le", "replace"))
        pieces.append(click.style(units[2 * left : 2 * right].decode("utf-16-le", "replace"), bold=True, fg="yellow"))
        at = right
    return "".join([*pieces, units[2 * at :].decode("utf-16-le", "replace")])


COMMAND = search
