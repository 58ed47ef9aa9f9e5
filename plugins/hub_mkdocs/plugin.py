"""The MkDocs plugin `hub`: reads the options, calls the library, hands back pages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, cast

from mkdocs.config import Config as HostOptions
from mkdocs.config import config_options as opt
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import get_toc

import hub
from hub import checks, site
from hub.config import Config
from hub.dates import today
from hub.errors import HubError
from hub.i18n import language_of_environment, translator
from hub.loading import UNPUBLISHED
from hub.search.cache import Cache
from hub_mkdocs import bridge, search


class HubOptions(HostOptions):
    """The options under `plugins: - hub:`. `hub.config` says what each means, and checks them."""

    languages = opt.Optional(opt.Type(object))
    site_names = opt.Optional(opt.Type(object))
    page_size = opt.Optional(opt.Type(object))
    kinds = opt.Optional(opt.Type(object))
    license = opt.Optional(opt.Type(object))
    salt = opt.Optional(opt.Type(object))
    drafts = opt.Optional(opt.Type(object))
    revisions = opt.Optional(opt.Type(object))


class HubPlugin(BasePlugin[HubOptions]):
    """Turns the content of `docs/` into the pages of the hub."""

    hub_config: Config
    site: site.Site
    search: Cache
    left_out: tuple[str, ...] = ()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse what the hub decides itself, and set its theme where none is chosen."""
        try:
            self.hub_config = bridge.hub_config(config, self.config)
            bridge.refuse_linked_folders(config.docs_dir)
        except HubError as error:
            raise PluginError(error.message(translator(language_of_environment()))) from error
        bridge.use_theme(config)
        return config

    @event_priority(100)  # before plugins that look at the files, so that they see the hub's pages
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the hub, report its faults, and put its pages in the place of its sources."""
        drafts = bool(self.config.drafts)
        since = time.time_ns()
        loaded = hub.load(self.hub_config.root, self.hub_config, drafts=drafts)
        report = checks.run(loaded)
        bridge.log_report(report, translator(language_of_environment()))
        self.left_out = tuple(found.location.path for found in report if found.rule == UNPUBLISHED)
        history = bridge.history(self.hub_config) if self.config.revisions is not False else None
        self.site = site.plan(loaded, today(), history)
        self.search = Cache(self.hub_config.root, drafts=drafts)
        self.search.refresh(loaded, since=since)
        bridge.log_broken(self.site.broken)
        return bridge.replace_files(files, self.site, config)

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """The host has nothing to read: pages come finished."""
        return "" if bridge.page_of(page, self.site) else None

    def on_page_markdown(self, markdown: str, *, page: HostPage, **_: Any) -> str:
        """Tell the host the title and description."""
        planned = bridge.page_of(page, self.site)
        if planned:
            page.meta = {"title": planned.title, "description": planned.description}
        return markdown

    def on_page_content(self, html: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Hand over the page's HTML and table of contents."""
        planned = bridge.page_of(page, self.site)
        if planned is None:
            return html
        rendered = site.render(planned, directory_urls=config.use_directory_urls)
        page.toc = get_toc(cast("Any", bridge.toc_tokens(rendered.toc)))
        return rendered.html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the layout the texts of the interface."""
        return bridge.prepare(env, files, self.hub_config)

    def on_page_context(self, context: Any, *, page: HostPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give the layout what it shows around the page."""
        planned = bridge.page_of(page, self.site)
        return context | bridge.layout(planned, self.site, self.hub_config) if planned else context

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """The same for the host's own templates (404.html, sitemap.xml)."""
        return context | bridge.layout(None, self.site, self.hub_config) | {"hub_pages": self.site.pages}

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Answer searches beside the pages, for programs."""
        server.set_app(search.answering(server.get_app(), self.search, server.mount_path))
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search, the files that the hub makes, and redirects from old addresses."""
        search.write(self.search, Path(config.site_dir))
        bridge.write_files(self.site, config.site_dir)
        bridge.write_archive(self.site, self.hub_config, config.site_dir)
        bridge.write_redirects(self.site, self.hub_config, config.site_dir)
