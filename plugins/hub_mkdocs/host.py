"""The host, prepared as for a build, that lays out one page at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from mkdocs.commands.build import _build_template as build_template
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation

from hub.config import Config, read_config
from hub.errors import HubError
from hub.i18n import N_
from hub.site import sitemap
from hub.site.page import Page, RenderedPage, Site
from hub_mkdocs import bridge
from hub_mkdocs.gathering import gathered
from hub_mkdocs.plugin import HubPlugin
from hub_mkdocs.publishing import Wishes

_EVENTS = (
    *bridge.PAGE_EVENTS,
    "files",
    "nav",
    "env",
    "pre_template",
    "template_context",
    "post_template",
    "post_build",
)
"""What other plugins may take part in; what they would make of the whole site cannot be made page by page."""
_NONE = Wishes()


class Host:
    """MkDocs, with its configuration, the theme's environment and the files that are no pages.

    Args:
        root: the hub's folder.
        folder: takes pages while they are laid out.
        wishes: what a command asks for, in the place of what the configuration says.

    Attributes:
        config: the hub's configuration.
        is_alone: whether no other plugin works on the site.

    Raises:
        HubError: when the hub or the host cannot use `mkdocs.yml`.
    """

    def __init__(self, root: Path, folder: Path, wishes: Wishes = _NONE) -> None:
        read_config(root)  # its messages say more than the host's
        self._folder = folder
        with _listening() as said:
            try:
                host = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(folder))
                self._plugin = cast("HubPlugin", host.plugins["hub"])
                self._plugin.wish(wishes)
                self.is_alone = bridge.is_alone(host, self._plugin, _EVENTS)
                self._host = host.plugins.on_config(host)
            except MkDocsException as error:
                raise HubError(N_("The site cannot be built: {error}"), error="; ".join([*said, str(error)])) from error
        self.config: Config = self._plugin.hub_config

    @property
    def mount(self) -> str:
        """The path at which the site stands, ending in a slash."""
        return f"/{urlsplit(self._host.site_url or '').path.strip('/')}/".replace("//", "/")

    @property
    def watched(self) -> list[Path]:
        """Files and folders beside `docs/` by which pages change."""
        theme = getattr(self._host.theme, "custom_dir", None)
        return [Path(path) for path in (*self._host.watch, theme, self.config.kinds_dir) if path]

    @property
    def templates(self) -> set[str]:
        """The files that the theme makes beside pages, but for the site's map."""
        return {name for name in self._host.theme.static_templates if name != sitemap.NAME}

    def gather(self, site: Site) -> None:
        """Gather files, navigation and environment, as a build does before its first page."""
        host, plugins = self._host, self._host.plugins
        self._plugin.served = site
        files = gathered(host)
        env = host.theme.get_env()
        files.add_files_from_theme(env, host)
        self._files = plugins.on_files(files, config=host)
        set_exclusions(self._files, host)
        self._nav = plugins.on_nav(get_navigation(self._files, host), config=host, files=self._files)
        self._env = plugins.on_env(env, config=host, files=self._files)
        self._static = {
            file.dest_uri: Path(file.abs_src_path)
            for file in self._files
            if file.abs_src_path and not file.is_documentation_page()
        }

    def prepare(self) -> None:
        """Prepare what pages need alone: navigation, in which the hub has nothing, and environment."""
        self._nav = Navigation([], [])
        self._env = self._plugin.on_env(self._host.theme.get_env(), config=self._host, files=Files([]))

    def static(self, address: str, site: Callable[[], frozenset[str]]) -> Path | None:
        """The file that stands at an address: of the theme, or one of `docs/`.

        Args:
            address: in the site.
            site: gives the files of `docs/` that the site may hold.
        """
        known = self._static.get(address)
        docs = self.config.docs_dir
        if known and not known.is_relative_to(docs):
            return known
        is_configured = address in {*self._host.extra_css, *map(str, self._host.extra_javascript)}
        return docs / address if is_configured or address in site() else None

    def write(self, page: Page, rendered: RenderedPage, site: Site) -> Sequence[str]:
        """Lay a page out, with the very function of the build, and write it and its files; their addresses."""
        self._plugin.site = site
        return bridge.write_page(page, rendered, self._host, self._nav, self._env)

    def page(self, page: Page, rendered: RenderedPage, site: Site) -> bytes:
        """A page in the layout."""
        self.write(page, rendered, site)
        return self._taken(f"{page.address}index.html")

    def template(self, name: str, site: Site) -> bytes:
        """A file that the theme makes beside pages, such as 404.html."""
        self._plugin.site = site
        template = self._env.get_template(name)
        return build_template(name, template, self._files, self._host, self._nav).encode()

    def redirect(self, old: str, new: str, site: Site) -> bytes:
        """What stands at an old address."""
        bridge.write_redirects(replace(site, redirects={old: new}), self.config, str(self._folder))
        return self._taken(old if old.endswith(".html") else f"{old}index.html")

    def _taken(self, address: str) -> bytes:
        path = self._folder / address
        body = path.read_bytes()
        path.unlink()
        return body


class _Said(logging.Handler):
    """What the host says in its log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    said, log = _Said(), logging.getLogger("mkdocs")
    log.addHandler(said)
    try:
        yield said.lines
    finally:
        log.removeHandler(said)
