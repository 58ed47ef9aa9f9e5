"""The MkDocs plugin `hub`: reads the options, calls the library, hands back pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from mkdocs.config import Config as HostOptions
from mkdocs.config import config_options as opt
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

import hub
from hub import checks
from hub.config import Config
from hub.dates import today
from hub.editions import Edition
from hub.errors import HubError
from hub.files import UNPUBLISHED
from hub.history import History
from hub.i18n import language_of_messages, translator
from hub.library import Library
from hub.loading import Loaded
from hub.search.cache import WAITING, Cache
from hub.site.editions import Built
from hub.site.page import Page, Site
from hub.site.plan import Plan
from hub.site.render import render
from hub.workers import aside
from hub_mkdocs import bridge, built, gathering, guard, search
from hub_mkdocs.built import Fast
from hub_mkdocs.files import write
from hub_mkdocs.publishing import Wishes
from hub_mkdocs.writing import Writing


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
    editions = opt.Optional(opt.Type(object))
    max_file_size = opt.Optional(opt.Type(object))
    editor = opt.Optional(opt.Type(object))


class HubPlugin(BasePlugin[HubOptions]):
    """Turns the content of `docs/` into the pages of the hub."""

    hub_config: Config
    site: Site
    search: Cache
    left_out: tuple[str, ...] = ()
    # What a command has read already, or says of the site.
    loaded: Loaded | None = None
    since: int = 0
    history: History | None = None
    ahead: Callable[[], History] | None = None
    """Gives the history that is being read."""
    edition: Edition | None = None
    others: Sequence[Built] = ()
    fast: Fast | None = None
    """What a build on all cores goes on from."""
    writing: Writing | None = None
    served: Site | None = None
    """The site whose pages `hub serve` makes when they are asked for."""
    nav: Navigation
    env: Any
    library: Library
    form: Path | None = None
    """The folder of the editor's program, where the site has an editor."""

    def wish(self, wishes: Wishes) -> None:
        """Let what a command asks for stand in the place of what the configuration says."""
        if wishes.drafts:
            self.config["drafts"] = True
        if not wishes.revisions:
            self.config["revisions"] = False
        if wishes.editor:
            self.config["editor"] = wishes.editor

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse what the hub decides itself, and set its theme where none is chosen."""
        with _plainly():
            self.hub_config = bridge.hub_config(config, self.config)
        gathering.stay_inside(config)
        bridge.use_theme(config)
        bridge.prepare_bodies(self.hub_config)
        return config

    @event_priority(100)  # before plugins that look at the files, so that they see the hub's pages
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the hub, report its faults, and put its pages in the place of its sources."""
        if self.served:
            home = Page("", "", self.hub_config.default_language, self.hub_config.site_name, "")
            return bridge.replace_files(files, self.served, config, [home], {})
        drafts = self.hub_config.drafts
        since = time.time_ns()
        say = translator(language_of_messages())
        ahead = None if self.edition else self.ahead or History.ahead(self.hub_config.root)
        loaded = self.loaded or hub.load(self.hub_config.root, self.hub_config, drafts=drafts)
        if ahead:
            report = checks.run(loaded, remarks=self.fast is None)  # `hub build` shows none
            bridge.log_report(report, say)
            self.left_out = tuple(found.location.path for found in report if found.rule == UNPUBLISHED)
            self.history = bridge.history(ahead())
        day = self.edition.date.first_day if self.edition else today()
        self.library, self.form = loaded.library, bridge.editor(self.hub_config)
        if self.form is None:
            self.hub_config = replace(self.hub_config, editor=None)
        loaded = replace(loaded, config=self.hub_config)
        self.search = Cache(self.hub_config.root, drafts=drafts, waits=lambda: bridge.log.info(say(WAITING)))
        searched = aside(lambda: self.search.refresh(loaded, day, since=self.since or since).records)
        plan = Plan(loaded, day, self.history, edition=self.edition, others=self.others)
        if self.fast and bridge.is_alone(config, self):
            earlier = self.fast.record(built.key(config, self.hub_config, plan.frame))
            self.fast.standing = plan.standing.as_data()
            urls = config.use_directory_urls
            self.writing = Writing(plan, self.fast.folder, earlier, self.fast.trees.final, directory_urls=urls)
            self.site = self.writing.site
        else:
            self.site = plan.whole()
        with _plainly():
            searched()
        bridge.log_broken(self.site.broken)
        # One page is left to the host even so: it would warn of a site without any.
        by_host = [page for page in self.site.pages.values() if not self.writing or not page.address]
        return bridge.replace_files(files, self.site, config, by_host, loaded.cleaned)

    def on_page_read_source(self, *, page: HostPage, config: MkDocsConfig) -> str | None:
        """The host has nothing to read: pages come finished."""
        return "" if bridge.page_of(page, self.site) else None

    def on_page_markdown(self, markdown: str, *, page: HostPage, **_: Any) -> str:
        """Tell the host the title and description."""
        planned = bridge.page_of(page, self.site)
        if planned:
            page.meta = bridge.meta_of(planned)
        return markdown

    def on_page_content(self, html: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Hand over the page's HTML and table of contents."""
        planned = bridge.page_of(page, self.site)
        if planned is None:
            return html
        waiting = self.writing.waiting(planned.address) if self.writing else None
        if waiting:
            bridge.put_page(page, *waiting.read())
        else:
            bridge.put_page(page, planned, render(planned, directory_urls=config.use_directory_urls))
        return str(page.content)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the host's navigation for pages that are laid out later."""
        self.nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the layout the texts of the interface; from here on the host writes."""
        if self.writing and self.fast and self.fast.path:
            fast, beside = self.fast, tuple(self.fast.beside)

            def is_own(file: str) -> bool:
                return file.startswith(beside) or (search.is_hashed(file) and fast.stands(file))

            fast.trees.go_on(self.writing.kept, is_own, fast.known())
        self.env = bridge.prepare(env, config.theme, self.hub_config)
        return self.env

    def on_page_context(self, context: Any, *, page: HostPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give the layout what it shows around the page."""
        planned = bridge.planned(page)
        return context | bridge.layout(planned, self.site, self.hub_config) if planned else context

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """The same for the host's own templates (404.html, sitemap.xml)."""
        return context | bridge.layout(None, self.site, self.hub_config) | {"hub_sitemap": self.site.sitemap[0].text}

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Answer searches beside the pages, for programs; refuse what no reader asks."""
        bridge.allow_reloading(server)
        app = search.answering(server.get_app(), self.search, server.mount_path)
        server.set_app(guard.Guard(app, Path(server.root), config.dev_addr.host, server.mount_path))
        server.RequestHandlerClass = guard.hurried(server.RequestHandlerClass)
        return server

    @event_priority(100)  # before plugins that look at the finished site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages that wait, the search, what the hub makes beside pages, and redirects from old addresses."""
        site_dir, broken = Path(config.site_dir), dict(self.site.broken)
        with _plainly():
            search.write(self.search, site_dir)
        write(
            (
                *chain.from_iterable(page.files for page in self.site.pages.values()),
                *self.site.made,
                *self.site.sitemap[1:],
            ),
            site_dir,
        )
        if self.writing and self.fast:
            put = partial(bridge.write_page, config=config, nav=self.nav, env=self.env)
            bare = partial(bridge.bare, config=self.hub_config)
            parts = {**self.writing.write(site_dir, put, by_host=""), **self.writing.write_bare(site_dir, bare)}
            self.fast.made = partial(self.writing.record, parts)
        else:
            bridge.write_archive(self.site, self.hub_config, config.site_dir)
        bridge.log_broken({path: why for path, why in self.site.broken.items() if path not in broken})
        bridge.write_redirects(self.site, self.hub_config, config.site_dir)
        if self.form:
            bridge.write_editor(self.form, self.library, self.hub_config, site_dir, self.env.globals["hub_styles"])
        if self.fast is None and self.edition is None:  # `hub build` says it itself
            bridge.log_repairs(translator(language_of_messages()))


@contextmanager
def _plainly() -> Iterator[None]:
    """Tell a fault of the operator as the host tells its own: a sentence without a traceback."""
    try:
        yield
    except HubError as error:
        raise PluginError(error.message(translator(language_of_messages()))) from error
