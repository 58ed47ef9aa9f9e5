"""The command `hub`: finds its commands, says things in the reader's language, and turns faults into an exit status."""

from __future__ import annotations

import copy
import errno
import importlib
import io
import pkgutil
import sys
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

import hub.cli
from hub import repairs
from hub.cli._words import speak
from hub.errors import HubError
from hub.i18n import LANGUAGES, N_, Translate, language_of_environment, translator
from hub.root import find_root

# What only some commands need is imported where it is needed: a search answers within a third of a second.
if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from hub.config import Config

GROUP = "hub.commands"
"""The entry points by which other packages add commands."""
WRONG_USE = 2
_BY_THE_SYSTEM = N_("The system does not allow what is to be done: {error}")
_ARGUMENTS = "hub.cli.arguments"


@dataclass
class Session:
    """What every command knows; click hands it over with `@click.pass_obj`.

    A command of another package, which does not know this class, reads `obj["root"]` and `obj["lang"]`.

    Attributes:
        lang: the language of messages.
        folder: the hub's folder as it was given, or None.
    """

    lang: str
    folder: Path | None = None

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    @property
    def translate(self) -> Translate:
        """From a message id to a text in the language of messages."""
        return translator(self.lang)

    @cached_property
    def root(self) -> Path:
        """The hub's folder: the one that was given, or the nearest one at or above the current folder.

        Raises:
            HubError: when there is no hub.
        """
        return self.folder.resolve() if self.folder else find_root(Path.cwd())

    @cached_property
    def config(self) -> Config:
        """The hub's configuration.

        Raises:
            HubError: when there is no hub, or its `mkdocs.yml` cannot be read.
        """
        from hub.config import read_config

        return read_config(self.root)


class _Commands(click.Group):
    """Loads a command when it is asked for, so that `hub check` waits for nothing that only `hub build` needs."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        # A terminal of an older encoding shows a question mark for what it lacks, and no traceback.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_modules(), *_entry_points()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = _command(cmd_name)
        if found is None:
            return None
        made = copy.copy(found)
        names = {name for param in found.params for name in param.opts}
        common = [option for option in _common() if not names & set(option.opts)]
        made.params = [*found.params, *common]
        session = _session(ctx)
        if "--lang" not in names:
            session.lang = _language(ctx.meta.get(_ARGUMENTS, []), session.lang)
        speak(session.lang)
        return _translated(made, session.translate)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Help is printed while options are still being read: its language must be known before.
        asks_for_help = bool({"-h", "--help"} & set(args)) or not args
        ctx.obj = Session(_language(args if asks_for_help else []))
        speak(ctx.obj.lang)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        ctx.meta[_ARGUMENTS] = args
        speak(_session(ctx).lang)
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            from hub.nearest import nearest

            near, say = nearest(args[0], names), _session(ctx).translate
            if near:
                told = say(N_("There is no command “{name}”. Did you mean “{nearest}”?"))
                raise click.UsageError(told.format(name=args[0], nearest=near), ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        return click.Group.get_help(_translated(self, _session(ctx).translate), ctx)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HubError as error:
            from hub.reports.faults import visible_lines

            click.echo(visible_lines(error.message(_session(ctx).translate)), err=True)
            ctx.exit(WRONG_USE)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read what is printed has gone: click ends quietly
                raise
            click.echo(_session(ctx).translate(_BY_THE_SYSTEM).format(error=error), err=True)
            ctx.exit(WRONG_USE)
        finally:
            for line in repairs.told(_session(ctx).translate):
                click.echo(line, err=True)


def _session(ctx: click.Context) -> Session:
    found = ctx.find_object(Session)
    return found or Session(language_of_environment())


def _language(arguments: list[str], otherwise: str = "") -> str:
    """The value of `--lang`, wherever it stands among arguments that are not read yet."""
    for one, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        name, equals, value = one.partition("=")
        if name == "--lang":
            given = value if equals else following
            if given in LANGUAGES:
                return given
    return otherwise or language_of_environment()


def _modules() -> dict[str, str]:
    """The modules of this package that are commands.

    A trailing underscore keeps a name from being a keyword,
    a leading one says that the module is no command.
    """
    names = (module.name for module in pkgutil.iter_modules(hub.cli.__path__))
    return {name.rstrip("_"): name for name in names if name != "app" and name[0] != "_"}


def _entry_points() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _command(name: str) -> click.Command | None:
    if name in _modules():
        module = importlib.import_module(f"{hub.cli.__name__}.{_modules()[name]}")
        return cast("click.Command", module.COMMAND)
    entry = _entry_points().get(name)
    if entry is None:
        return None
    try:
        found = entry.load()
    except ImportError as error:
        raise HubError(
            N_("The command “{name}” cannot be loaded: {error}. Set the hub up again with make site."),
            name=name,
            error=error,
        ) from error
    return found if isinstance(found, click.Command) else None


_C = TypeVar("_C", bound=click.Command)


def _translated(command: _C, translate: Translate) -> _C:
    """A copy of a command with its help texts in the reader's language."""
    made = copy.copy(command)
    made.help = translate(command.help) if command.help else command.help
    made.short_help = translate(command.short_help) if command.short_help else command.short_help
    # The first sign keeps click from filling the lines of the examples as one paragraph.
    made.epilog = f"\b\n{translate(command.epilog)}" if command.epilog else command.epilog
    made.params = []
    for param in command.params:
        own = copy.copy(param)
        if isinstance(own, click.Option) and own.help:
            own.help = translate(own.help)
        made.params.append(own)
    return made


def _common() -> tuple[click.Option, ...]:
    """The options that may stand before or after the command's name, unless the command has its own of that name."""
    return (
        click.Option(
            ["--root"],
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help=N_("The hub’s folder. By default the nearest one that holds mkdocs.yml."),
            expose_value=False,
            callback=_take_root,
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            help=N_("The language of messages: fr or en."),
            expose_value=False,
            callback=_take_lang,
        ),
    )


def _take_root(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value:
        _session(ctx).folder = value


def _take_lang(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        _session(ctx).lang = value


def _say_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"hub {version('cop-hub')}")
    except PackageNotFoundError:  # run from its folder, not installed
        click.echo("hub")
    ctx.exit()


main = _Commands(
    "hub",
    params=[
        *_common(),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_say_version,
            help=N_("Say which version this is."),
        ),
    ],
    no_args_is_help=True,
    help=N_("The tools of a knowledge hub: write texts, check them, build the site."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
"""Entry point of the command `hub`."""
