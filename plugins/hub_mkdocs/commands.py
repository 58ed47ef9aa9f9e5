"""`hub build` and `hub serve`, which drive the host. The command line finds them by entry point."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from hub import collector
from hub.caches import cache_folder
from hub.config import Config, read_config
from hub.editions import listed
from hub.errors import HubError
from hub.i18n import N_, Translate, translator

if TYPE_CHECKING:
    from hub_mkdocs.plugin import HubPlugin
    from hub_mkdocs.shelf import Kept

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


@click.command(help=N_("Build the site."), short_help=N_("Build the site."))
@click.option("--site-dir", type=click.Path(file_okay=False, path_type=Path), help=N_("Where the site goes."))
@click.option("--strict", is_flag=True, help=N_("Stop at errors and warnings of the content."))
@click.option("--clean", is_flag=True, help=N_("Build from nothing, whatever an earlier build has left."))
@click.option("--drafts", is_flag=True, help=N_("Show texts that are submitted or in review, for a preview."))
@click.option("--no-revisions", is_flag=True, help=N_("Leave the pages of older revisions out."))
@click.option("--edition", "named", metavar="NAME", multiple=True, help=N_("Hold only this edition; may be repeated."))
@click.option("--no-editions", is_flag=True, help=N_("Leave the editions of the whole site out."))
@click.pass_obj
def build(
    obj: dict[str, object],
    site_dir: Path | None,
    named: tuple[str, ...],
    *,
    strict: bool,
    clean: bool,
    drafts: bool,
    no_revisions: bool,
    no_editions: bool,
) -> None:
    """Build the site beside the old one and put it in its place when it is whole.

    The site is always made from nothing today, so `--clean` asks for what happens anyway; but editions are kept.
    """
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError, PluginError

    from hub_mkdocs import bridge, editions
    from hub_mkdocs.built import Fast, record_path
    from hub_mkdocs.files import settle

    root, say = _root(obj), _say(obj)
    started = time.monotonic()
    handler = _log_to_terminal()
    hub_config = read_config(root)
    final = (site_dir or hub_config.site_dir).resolve()
    _refuse_to_replace(final, hub_config)
    final.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".hub-site-", dir=final.parent))
    try:
        config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(made), strict=strict or None)
        if drafts:
            config.plugins["hub"].config["drafts"] = True
        if no_revisions:
            config.plugins["hub"].config["revisions"] = False
        click.echo(say(N_("Building {name}…")).format(name=config.site_name), err=True)
        plugin = cast("HubPlugin", config.plugins["hub"])
        own = bridge.hub_config(config, plugin.config)
        kept = () if no_editions else _editions(own, plugin, named, say, clean=clean)
        cache = cache_folder(root)
        path = record_path(cache, final)
        with tempfile.TemporaryDirectory(dir=cache, prefix="pages-") as folder, collector.paused():
            plugin.fast = Fast(Path(folder), final, None if clean else path)
            build_site(config)
        if kept and plugin.loaded:
            editions.put(kept, plugin.loaded, made)
        settle(final, made)
        _swap(made, final)
        if plugin.fast.made:
            plugin.fast.made.write(path)
        left_out = plugin.left_out
    except Abort:
        sys.exit(1)
    except (ConfigurationError, PluginError) as error:
        raise HubError(N_("The site cannot be built: {error}"), error=error) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
        shutil.rmtree(made, ignore_errors=True)
    if left_out:
        click.echo(say(N_("Not on the site, for they were never published: {paths}")).format(paths=", ".join(left_out)))
    pages = sum(1 for _ in final.rglob("*.html"))
    seconds = f"{time.monotonic() - started:.1f}"
    click.echo(
        say(N_("{pages} pages in {seconds} s: {path}")).format(pages=pages, seconds=seconds, path=final / "index.html")
    )


@click.command(help=N_("Build, serve and rebuild on change."), short_help=N_("Build, serve and rebuild on change."))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=N_("Port on this machine.")
)
@click.pass_obj
def serve(obj: dict[str, object], port: int) -> None:
    """Serve the site on this machine alone, and build it again when something changes."""
    from mkdocs.commands.serve import serve as serve_site
    from mkdocs.exceptions import ConfigurationError, PluginError

    root, say = _root(obj), _say(obj)
    _log_to_terminal()
    click.echo(say(N_("The hub is at http://127.0.0.1:{port}/ (Ctrl+C ends it).")).format(port=port), err=True)
    try:
        serve_site(config_file=str(root / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")
    except OSError as error:
        raise HubError(
            N_("Port {port} cannot be used: {error}. Choose another with --port."), port=port, error=error
        ) from error
    except (ConfigurationError, PluginError) as error:
        raise HubError(N_("The site cannot be built: {error}"), error=error) from error


def _editions(
    config: Config, plugin: HubPlugin, named: tuple[str, ...], say: Translate, *, clean: bool
) -> tuple[Kept, ...]:
    """The editions that stand beside the site; the hub, read for them, is handed on to the plugin.

    Raises:
        HubError: when one is asked for that is not there.
    """
    from hub import load
    from hub_mkdocs import editions

    wanted, missing = editions.chosen(config, named)
    if missing:
        known = ", ".join(one.name for one in listed(config.root)) or "–"
        error = HubError(
            N_("There is no edition {names} here; there are: {known}. Example: git fetch --tags"),
            names=", ".join(missing),
            known=known,
        )
        if named:
            raise error
        click.echo(error.message(say), err=True)
    if wanted:
        plugin.since = time.time_ns()
        plugin.loaded = load(config.root, config, drafts=bool(plugin.config.drafts))
    kept = editions.collect(config, plugin.loaded, wanted, partial(click.echo, err=True), say, anew=clean)
    plugin.others = [one.built for one in kept]
    return kept


def _root(obj: dict[str, object]) -> Path:
    root = obj["root"]
    assert isinstance(root, Path)
    return root


def _say(obj: dict[str, object]) -> Translate:
    return translator(str(obj["lang"]))


def _refuse_to_replace(final: Path, config: Config) -> None:
    """The site takes the place of a whole folder: of an older site, an empty or a new one, and of no other.

    Raises:
        HubError: when the folder holds something else.
    """
    docs = config.docs_dir.resolve()
    if config.root.is_relative_to(final) or final.is_relative_to(docs) or docs.is_relative_to(final):
        raise HubError(N_("{path} holds the hub or its texts: choose another folder for the site."), path=final)
    is_site = (final / "assets" / "hub.css").is_file()
    if final.exists() and not (is_site or (final.is_dir() and not any(final.iterdir()))):
        raise HubError(N_("{path} holds something other than a site: empty it, or choose another folder."), path=final)


def _swap(made: Path, final: Path) -> None:
    """Put the new site in the place of the old one in two renames."""
    made.chmod(0o755)  # mkdtemp makes it private; a web server must be able to read it
    old = made.with_name(made.name + "-old")
    if final.exists():
        final.rename(old)
    made.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def _log_to_terminal() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger("mkdocs").addHandler(handler)
    return handler
