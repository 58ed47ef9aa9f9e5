"""`hub init`: a hub of another community, that checks and builds from its first minute."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import hub
from hub.cli.app import Session
from hub.errors import HubError
from hub.i18n import N_, Translate

_COMMIT = {"fr": "Commencer le hub", "en": "Start the hub"}
_SHOWN_FOLDER = N_("The hub is in {folder}: {count} files.")
_NEXT = (
    N_("Replace the examples: `hub check` in that folder says what is wrong, `hub serve` shows the site."),
    N_("README.md says what to do next."),
)
_FROM_CLONE = N_("requirements.txt asks pip for cop-hub. Where pip does not find it: pip install {clone}")


@click.command(
    "init",
    help=N_(
        "Make a hub of another community in an empty folder: configuration, first pages, examples to replace, and the "
        "checks of its forge. What no option tells is asked on a terminal; elsewhere nothing is asked."
    ),
    short_help=N_("Make a hub of another community."),
    epilog=N_(
        "Examples:\n"
        "  hub init ../my-hub\n"
        '  hub init ../my-hub --name "Hub CoPs Togo" --languages fr --facilitator "Awa Sow" --git'
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help=N_("The hub’s name."))
@click.option("--languages", help=N_("The site’s languages, the main one first: fr,en (by default), en,fr, fr or en."))
@click.option("--forge", help=N_("Where the repository is to be: github, gitlab, forgejo or none."))
@click.option("--repo-url", help=N_("The repository’s address."))
@click.option("--site-url", help=N_("The address of the published site."))
@click.option(
    "--license", "license_", help=N_("The licence of the texts: CC-BY-4.0 (by default), CC-BY-SA-4.0 or CC0-1.0.")
)
@click.option("--group", help=N_("The first group’s name; by default the hub’s."))
@click.option("--facilitator", help=N_("The name of who facilitates it."))
@click.option("--account", help=N_("The facilitator’s account on the forge, who is then asked to review changes."))
@click.option(
    "--software", help=N_("What pip installs the software from: cop-hub (by default), an address, or a folder.")
)
@click.option("--git", "with_git", is_flag=True, help=N_("Make a Git repository of it, with a first commit."))
@click.pass_obj
def init(session: Session, /, folder: Path, with_git: bool, license_: str | None, **given: str | None) -> None:
    """Make a new hub."""
    from hub import starter

    folder = folder.resolve()
    starter.refuse_unless_empty(folder)
    answers = {**given, "license": license_}
    if is_terminal():
        answers = _asked(answers, session.translate)
    community = _community(answers)
    starter.write(folder, starter.starting_files(community))
    starter.write(folder, starter.forge_files(folder, community))
    if with_git:
        starter.commit(folder, _COMMIT[community.lang])
    count = sum(1 for one in folder.rglob("*") if one.is_file() and ".git" not in one.relative_to(folder).parts)
    clone = Path(hub.__file__).parents[1]
    is_clone = community.software == type(community).software and (clone / "pyproject.toml").is_file()
    for text in (_SHOWN_FOLDER, *_NEXT, *([_FROM_CLONE] if is_clone else [])):
        click.echo(session.translate(text).format(folder=folder, count=count, clone=clone))


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def _community(answers: dict[str, str | None]) -> Any:
    from hub import starter

    told: dict[str, Any] = {name: value for name, value in answers.items() if value}
    told.setdefault("name", "")
    told.setdefault("forge", _forge(told.get("repo_url", "")))
    if "languages" in told:
        told["languages"] = tuple(one.strip() for one in told["languages"].split(",") if one.strip())
    return starter.told(**told)


def _forge(repo_url: str) -> str:
    """The forge that an address names; none where it does not say."""
    from hub.forges import name_of

    return name_of(repo_url) or "none"


def _asked(answers: dict[str, str | None], say: Translate) -> dict[str, str | None]:
    """The answers with those that nobody gave yet, asked one by one; an empty answer takes what stands in brackets."""
    found = dict(answers)
    questions: tuple[tuple[str, str, Callable[[], str | None]], ...] = (
        ("name", N_("The hub’s name"), lambda: None),
        ("languages", N_("Languages of the site, the main one first"), lambda: "fr,en"),
        ("repo_url", N_("Address of the repository, if it has one"), lambda: ""),
        ("forge", N_("Forge (github, gitlab, forgejo, none)"), lambda: _forge(found["repo_url"] or "")),
        ("license", N_("Licence of the texts"), lambda: "CC-BY-4.0"),
        ("group", N_("First group"), lambda: found["name"]),
        ("facilitator", N_("Who facilitates it (name, or nothing)"), lambda: ""),
    )
    for field, question, default in questions:
        if found.get(field) is None:
            proposed = default()
            found[field] = click.prompt(
                say(question),
                default=proposed,
                value_proc=checked(field, say),
                show_default=bool(proposed),
                prompt_suffix=say(N_(": ")),
            )
    return found


def checked(field: str, say: Translate) -> Callable[[str], str]:
    """What click calls for each answer: one that cannot be is explained, and asked again."""

    def check(value: str) -> str:
        try:
            _community({"name": "Hub", field: value})
        except HubError as error:
            raise click.UsageError(error.message(say)) from None
        return value

    return check


COMMAND = init
