"""`hub build` and `hub serve`, which drive the host. The command line finds them by entry point."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hub.config import Config, read_config
from hub.editions import listed
from hub.errors import HubError
from hub.i18n import N_, Translate, translator
from hub_mkdocs.publishing import Published, Publisher, Wishes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from hub_mkdocs.plugin import HubPlugin
    from hub_mkdocs.shelf import Kept

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


@click.command(
    help=N_(
        "Build the site.\n\n"
        "Faults of the content do not stop it: they are named, and `hub check` explains them. Only what has changed "
        "since the last build is made again."
    ),
    short_help=N_("Build the site."),
    epilog=N_(
        "Examples:\n  hub build\n  hub build --drafts --site-dir preview\n  hub build --explain docs/notes/appui-dds.md"
    ),
)
@click.option("--site-dir", type=click.Path(file_okay=False, path_type=Path), help=N_("Where the site goes."))
@click.option("--strict", is_flag=True, help=N_("Stop at errors and warnings of the content."))
@click.option("--clean", is_flag=True, help=N_("Build from nothing, whatever an earlier build has left."))
@click.option("--drafts", is_flag=True, help=N_("Show texts that are submitted or in review, for a preview."))
@click.option("--no-revisions", is_flag=True, help=N_("Leave the pages of older revisions out."))
@click.option("--edition", "named", metavar="NAME", multiple=True, help=N_("Hold only this edition; may be repeated."))
@click.option("--explain", metavar="PAGE", help=N_("Say why this page was made again, or was not."))
@click.option("--no-editions", is_flag=True, help=N_("Leave the editions of the whole site out."))
@click.pass_obj
def build(
    obj: dict[str, object],
    site_dir: Path | None,
    named: tuple[str, ...],
    explain: str | None,
    *,
    strict: bool,
    clean: bool,
    drafts: bool,
    no_revisions: bool,
    no_editions: bool,
) -> None:
    """Build the site beside the old one and put it in its place when it is whole; go on from what it was."""
    root, say = _root(obj), _say(obj)
    started = time.monotonic()
    config = read_config(root)
    wishes = Wishes(
        strict,
        clean,
        drafts,
        not no_revisions,
        named,
        not no_editions,
        explained=None if explain is None else _page(explain),
    )
    publisher = Publisher(config, (site_dir or config.site_dir).resolve(), wishes)
    published = publisher.unchanged() or _published(publisher, say)
    for line in () if published.is_new else published.said:
        click.echo(line, err=True)
    if published.left_out:
        paths = ", ".join(published.left_out)
        click.echo(say(N_("Not on the site, for they were never published: {paths}")).format(paths=paths))
    if explain is not None:
        _explain(published, explain, say)
    seconds, path = f"{time.monotonic() - started:.1f}", publisher.final / "index.html"
    said = N_("{pages} pages in {seconds} s: {path}")
    if not published.is_new:
        said = N_("Nothing has changed since the last build: {pages} pages, {path}")
    click.echo(say(said).format(pages=published.pages, seconds=seconds, path=path))


def _page(told: str) -> str:
    """A page as somebody names it: by the path of its text, or by its address as a browser shows it."""
    if told.endswith(".md"):
        return told
    found = told.strip("/").removesuffix("index.html").strip("/")
    return f"{found}/" if found else ""


def _explain(published: Published, page: str, say: Translate) -> None:
    reason = published.reason
    nothing = N_("There is no such page. Example: notes/appui-dds/, or docs/notes/appui-dds.md")
    for line in reason.said(say) if reason else [say(nothing)]:
        click.echo(f"{page}: {line}" if not line.startswith(" ") else line)


def _published(publisher: Publisher, say: Translate) -> Published:
    publisher.look()  # while all that builds is imported
    from hub_mkdocs import making

    def beside(host: MkDocsConfig, plugin: HubPlugin) -> Sequence[Kept]:
        from hub_mkdocs import bridge

        return _editions(bridge.hub_config(host, plugin.config), plugin, publisher.wishes, say)

    click.echo(say(N_("Building {name}…")).format(name=publisher.config.site_name), err=True)
    try:
        return making.publish(publisher, beside, partial(click.echo, err=True), say)
    except (OSError, sqlite3.Error) as error:
        raise HubError(N_("The site cannot be built: {error}"), error=error) from error


@click.command(
    help=N_(
        "Show the site on this machine while it is written: pages are made when they are asked for, and come again by "
        "themselves when they change. Editions are left out."
    ),
    short_help=N_("Show the site while it is written."),
    epilog=N_("Examples:\n  hub serve\n  hub serve --port 8080"),
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=N_("Port on this machine.")
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=N_("Address to listen on: by default only this machine is answered; 0.0.0.0 answers the whole network."),
)
@click.pass_obj
def serve(obj: dict[str, object], port: int, host: str) -> None:
    """Serve the site, on this machine alone unless another address is given; each page as it is now."""
    from hub_mkdocs.guard import address_of
    from hub_mkdocs.serving import server

    root, say = _root(obj), _say(obj)
    if host != "localhost" and address_of(host) is None:
        raise HubError(N_("“{host}” is no address of a machine. Example: --host 0.0.0.0"), host=host)
    _log_to_terminal()
    for ended in (signal.SIGINT, signal.SIGTERM):  # from outside or not, what it has started ends as well
        signal.signal(ended, signal.default_int_handler)
    if server.serve(root, host, port, say, partial(click.echo, err=True)):
        return
    from mkdocs.commands.serve import serve as serve_site
    from mkdocs.exceptions import ConfigurationError, PluginError

    shown = server.in_address(host)
    click.echo(say(N_("Another plugin works on pages: all are built anew at each change.")), err=True)
    click.echo(say(server.ADDRESS).format(host=shown, port=port, path="/"), err=True)
    try:
        serve_site(config_file=str(root / "mkdocs.yml"), dev_addr=f"{shown}:{port}")
    except OSError as error:
        raise HubError(
            N_("Port {port} cannot be used ({error}). Choose another one. Example: --port 8010"),
            port=port,
            error=error.strerror or error,
        ) from error
    except (ConfigurationError, PluginError) as error:
        raise HubError(N_("The site cannot be built: {error}"), error=error) from error


@click.command(
    help=N_(
        "Write in the form, on this machine.\n\n"
        "A form for each kind of text opens in the browser; what is written goes to branches of this repository, in "
        "which nothing may be uncommitted. It needs Node.js and npm."
    ),
    short_help=N_("Write in the form, on this machine."),
    epilog=N_("Examples:\n  hub edit\n  hub edit --no-browser"),
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help=N_("Port on this machine.")
)
@click.option("--browser/--no-browser", default=True, help=N_("Open the browser, or only say the address."))
@click.pass_obj
def edit(obj: dict[str, object], port: int, *, browser: bool) -> None:
    """Build a site with its editor, and serve it with what writes into the repository on this machine."""
    import signal
    import webbrowser

    from hub.caches import cache_folder
    from hub_mkdocs.editor import installing, local

    root, say = _root(obj), _say(obj)
    config = read_config(root)
    top, editor = local.repository(config)
    installing.form(root)
    server = installing.server(root)
    site_dir = cache_folder(root) / "editor" / "site"
    _published(Publisher(config, site_dir, Wishes(revisions=False, has_editions=False, editor=editor)), say)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing is left running
    with local.serving(server, top, site_dir, port) as (address, serve_forever):
        told = N_(
            "The editor is at {address} (Ctrl+C ends it). What you save is committed to branches of this repository."
        )
        click.echo(say(told).format(address=address))
        if browser:
            webbrowser.open(address)
        try:
            serve_forever()
        except KeyboardInterrupt:
            click.echo(err=True)


def _editions(config: Config, plugin: HubPlugin, wishes: Wishes, say: Translate) -> Sequence[Kept]:
    """The editions that stand beside the site; the hub, read for them, is handed on to the plugin.

    Raises:
        HubError: when one is asked for that is not there.
    """
    from hub import load
    from hub_mkdocs import editions

    wanted, missing = editions.chosen(config, wishes.editions)
    if missing:
        known = ", ".join(one.name for one in listed(config.root)) or "–"
        error = HubError(
            N_("There is no edition {names} here; there are: {known}. Example: git fetch --tags"),
            names=", ".join(missing),
            known=known,
        )
        if wishes.editions:
            raise error
        click.echo(error.message(say), err=True)
    if wanted:
        plugin.since = time.time_ns()
        plugin.loaded = load(config.root, config, drafts=config.drafts)
    kept = editions.collect(config, plugin.loaded, wanted, partial(click.echo, err=True), say, anew=wishes.clean)
    plugin.others = [one.built for one in kept]
    return kept


def _root(obj: dict[str, object]) -> Path:
    root = obj["root"]
    assert isinstance(root, Path)
    return root


def _say(obj: dict[str, object]) -> Translate:
    return translator(str(obj["lang"]))


def _log_to_terminal() -> None:
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger("mkdocs").addHandler(handler)
