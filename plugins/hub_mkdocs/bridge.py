"""Between the library and the host: pages to files, diagnostics to the log, options to configuration."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, cast

import mkdocs
from jinja2 import Environment, pass_context
from mkdocs.commands.build import _build_page as build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme

import hub_mkdocs.theme
from hub import repairs
from hub.addresses import href
from hub.config import Config, make_config, read_config
from hub.diagnostics import Report, Severity
from hub.errors import HubError
from hub.history import History
from hub.i18n import N_, Translate, catalogue, language_of_messages, translator
from hub.library import Library
from hub.reports.faults import visible, visible_lines
from hub.site.compiled import keep_compiled
from hub.site.page import Head, Page, RenderedPage, Site
from hub.site.policy import POLICY, SERVED
from hub.site.render import environment, render_bare
from hub.site.words import language_name
from hub_mkdocs import files, search, switch
from hub_mkdocs.editor import installing, pages

THEME = "hub"
_HOST_THEME = "mkdocs"
_HOST_EXTENSIONS = {"toc", "tables", "fenced_code"}
"""What the host takes when `mkdocs.yml` says nothing."""
# https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/config_options.py#L594
_GUESSED = "edit/master/docs/"
_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.INFO: logging.INFO}
PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
"""What the host does for each page, and plugins may take part in."""
_UNUSED = (
    search.SOURCES,
    switch.SOURCES,
    "assets/javascripts/",
    "assets/stylesheets/palette.",
    "assets/images/favicon",
)
"""Files that no page asks for: of Material, and the parts of the search's program."""

log = logging.getLogger("mkdocs.plugins.hub")


def use_theme(config: MkDocsConfig) -> None:
    """Take the hub's theme where the host's own stands for none; lay the hub's layout over Material."""
    if config.theme.name == _HOST_THEME:
        config.theme = Theme(name=THEME)
    elif config.theme.name == "material":
        config.theme.dirs.insert(0, str(Path(hub_mkdocs.theme.__file__).parent))


def hub_config(config: MkDocsConfig, options: Mapping[str, Any]) -> Config:
    """The hub's configuration, from the host's: command-line overrides hold.

    Raises:
        HubError: when an option cannot be used.
    """
    host: dict[str, Any] = {
        "docs_dir": config.docs_dir,
        "site_dir": config.site_dir,
        "site_name": config.site_name,
        "site_url": config.site_url,
        "repo_url": config.repo_url,
        "edit_uri": _edit_uri(config),
        "use_directory_urls": config.use_directory_urls,
        "extra_css": config.extra_css,
        "extra_javascript": config.extra_javascript,
    }
    if set(config.markdown_extensions) - _HOST_EXTENSIONS:
        host["markdown_extensions"] = config.markdown_extensions
    return make_config(Path(config.config_file_path).parent, host, options)


def _edit_uri(config: MkDocsConfig) -> str | None:
    """Where texts are edited; the host's own guess names a branch that new repositories lack, and is not taken."""
    if config.edit_uri_template or config.edit_uri != _GUESSED:
        return config.edit_uri_template or config.edit_uri
    return read_config(Path(config.config_file_path).parent).edit_uri


def log_report(report: Report, say: Translate) -> None:
    """Put every fault into the host's log, where `--strict` counts errors and warnings."""
    for found in report:
        where, what, why = visible(str(found.location)), visible(found.message(say)), visible_lines(found.hint(say))
        text = f"{where} [{found.rule.code}] {what} {why}"
        log.log(_LEVELS[found.severity], text)


def log_repairs(say: Translate) -> None:
    """Put what was mended by itself into the host's log; no fault of anybody's, so `--strict` does not count it."""
    for line in repairs.told(say):
        log.info(line)


def history(found: History) -> History | None:
    """The history of the hub's texts, where there is one; what is not known of it is said once."""
    say = translator(language_of_messages())
    if not found.is_known:
        log.info(say(N_("The hub is in no Git repository, or nothing is committed yet: no revisions are shown.")))
        return None
    if found.is_shallow:
        log.info(say(N_("The clone is shallow: older revisions are not known here, and are not shown.")))
    return found


def editor(config: Config) -> Path | None:
    """The folder of the editor's program, where the hub has an editor; that it cannot be had is said, and no more."""
    say = translator(language_of_messages())
    try:
        return installing.form(config.root) if config.editor else None
    except HubError as error:
        log.warning(
            say(N_("The site is built without its editor (once that is mended: hub build --clean). {error}")).format(
                error=error.message(say)
            )
        )
        return None


def write_editor(form: Path, library: Library, config: Config, site_dir: Path, styles: Iterable[str]) -> None:
    """Put the editor into a site."""
    assert config.editor
    files.write(pages.files(library, config, config.editor, styles), site_dir)
    pages.put(form, site_dir)


def log_broken(broken: Mapping[str, str]) -> None:
    """Say which texts have no page because of a fault of the software."""
    for path, error in broken.items():
        log.error("%s: %s", path, error)


def replace_files(
    host: Files, site: Site, config: MkDocsConfig, pages: Iterable[Page], cleaned: Mapping[str, Path]
) -> Files:
    """Leave the theme's files and the site's own, and put pages in, outside the host's navigation.

    Args:
        host: the files that the host has found.
        site: the hub's.
        config: the host's.
        pages: that the host is to write.
        cleaned: copies that are published in the place of files.
    """
    wanted = site.files | {*config.extra_css, *map(str, config.extra_javascript)}
    removed = []
    for file in list(host):
        if file.src_dir != config.docs_dir:
            continue
        uri = unicodedata.normalize("NFC", file.src_uri)
        if uri not in wanted:
            host.remove(file)
            removed.append(file.src_uri)
        elif uri in cleaned or uri != file.src_uri:  # some disks take accents apart; pages name it as readers do
            host.remove(file)
            host.append(File.generated(config, uri, abs_src_path=str(cleaned.get(uri, file.abs_src_path))))
    # A file of the theme that one of `docs/` stood in for has its place again.
    host.add_files_from_theme(cast("Environment", _Listed(removed)), config)
    for file in list(host):
        if file.src_dir != config.docs_dir and _is_unused(file.src_uri):
            host.remove(file)
    for page in pages:
        host.append(page_file(page, config))
    return host


@dataclass(frozen=True, slots=True)
class _Listed:
    """Stands for the environment of a theme that has files of these names alone: it would list ten thousand icons."""

    names: Sequence[str]

    def list_templates(self, *, filter_func: Callable[[str], bool]) -> list[str]:
        """The names that pass a filter."""
        return [name for name in self.names if filter_func(name)]


def _is_unused(uri: str) -> bool:
    return uri.startswith(_UNUSED) or uri.endswith((".map", ".md"))


def page_of(page: HostPage, site: Site) -> Page | None:
    """The planned page of a host's page."""
    return site.pages.get(page.file.src_uri.removesuffix("index.md"))


def toc_tokens(toc: Iterable[tuple[int, str, str]]) -> list[dict[str, Any]]:
    """Headings in the nested form of Python-Markdown's `toc_tokens`, which is what hosts read."""
    top: list[dict[str, Any]] = []
    open_: list[dict[str, Any]] = []
    for level, anchor, title in toc:
        # Hosts put the name into pages as it is, as Python-Markdown escapes it.
        token = {"level": level, "id": anchor, "name": escape(title), "html": escape(title), "children": []}
        while open_ and open_[-1]["level"] >= level:
            open_.pop()
        (open_[-1]["children"] if open_ else top).append(token)
        open_.append(token)
    return top


def prepare_bodies(config: Config) -> None:
    """Have the templates of pages' bodies compiled once for many builds, and for all processes of one."""
    for lang in config.languages:
        keep_compiled(config.root, environment(lang), lang)


def prepare(env: Any, theme: Theme, config: Config) -> Any:
    """Make the layout's environment safe, and add to it what does not change from page to page."""
    env.globals["hub_policy"] = POLICY
    env.autoescape = True  # hosts leave it off; titles and names are contributed
    found = (path for folder in theme.dirs for path in Path(folder).glob("assets/stylesheets/main.*.css"))
    styles = sorted({f"assets/stylesheets/{path.name}" for path in found})
    env.globals["hub_styles"] = [*styles, "assets/hub.css"]
    keep_compiled(config.root, env, f"mkdocs-{mkdocs.__version__}")
    if not config.directory_urls:
        env.filters["url"] = _naming_files(env.filters["url"])
    return env


def allow_reloading(server: Any) -> None:
    """Let the pages of a preview run the script by which the host reloads them.

    It is written into each page as it is sent (`mkdocs/livereload/__init__.py`, `_inject_js_into_html`).
    """
    inject = server._inject_js_into_html  # noqa: SLF001 - the host offers no other way

    def injected(content: bytes, epoch: int) -> bytes:
        made: bytes = inject(content.replace(POLICY.encode(), SERVED.encode(), 1), epoch)
        return made

    server._inject_js_into_html = injected  # noqa: SLF001 - likewise


def _naming_files(url: Callable[[Any, str], str]) -> Callable[[Any, str], str]:
    """The layout's filter for addresses, which then name `index.html`: a folder opens only on a server."""

    @pass_context
    def named(context: Any, value: str) -> str:
        found = url(context, value)
        return f"{found.rstrip('/')}/index.html" if found.endswith(("/", ".")) else found

    return named


def layout(page: Page | None, site: Site, config: Config) -> dict[str, Any]:
    """What the layout shows around a page: navigation, languages, texts of the interface.

    Args:
        page: the page, or None for a template of the host's own.
        site: the whole site.
        config: the hub's configuration.
    """
    lang = page.lang if page else config.default_language
    home = "" if lang == config.default_language else f"{lang}/"
    box = site.search[lang]
    alternates = site.alternates(page, config.languages) if page else {}
    file = "" if config.directory_urls else "index.html"
    return {
        "hub": {
            "lang": lang,
            "languages": config.languages,
            "others": {
                code: {"name": language_name(code, code), "say": catalogue(code).gettext}
                for code in config.languages
                if code != lang
            },
            "name": config.name_in(lang),
            "home": home,
            "alternates": alternates,
            "hreflang": {lang: config.site_url + address + file for lang, address in alternates.items()},
            "navigation": site.navigation[lang],
            "footer": site.footer[lang],
            "section": page.section if page else None,
            "search": box.address,
            "search_words": box.words,
            "is_home": page is not None and page.address == home,
            "is_search": page is not None and page.address == box.address,
            "file": file,
            "title": "" if not page or page.address == home else page.title,
            "noindex": page.noindex or bool(site.edition) if page else True,
            "address": page.address if page else None,
            "edition": site.edition.get(lang),
            "editions": site.editions.get(lang),
            "head": page.head if page else Head(),
            "_": catalogue(lang).gettext,
        }
    }


def put_page(host: HostPage, page: Page, rendered: RenderedPage) -> None:
    """Give a host's page what it would otherwise have read and rendered."""
    host.markdown, host.meta = "", meta_of(page)
    host.content = rendered.html
    host.toc = get_toc(cast("Any", toc_tokens(rendered.toc)))
    host.hub = page  # type: ignore[attr-defined]  # the host has no place for what its layout is to know


def planned(host: HostPage) -> Page | None:
    """The page that was put into a host's page."""
    return getattr(host, "hub", None)


def meta_of(page: Page) -> dict[str, str]:
    """What hosts know of a page from its front matter."""
    return {"title": page.title, "description": page.description}


def page_file(page: Page, config: MkDocsConfig) -> File:
    """The host's file of a page, outside of its navigation."""
    return File.generated(config, f"{page.address}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)


def write_page(page: Page, rendered: RenderedPage, config: MkDocsConfig, nav: Navigation, env: Any) -> Sequence[str]:
    """Lay a page out as the host does, and write it and the files beside it; the addresses of all."""
    host = HostPage(None, page_file(page, config), config)
    put_page(host, page, rendered)
    build_page(host, config, (), nav, env)
    host.file.page = None  # the two know each other, and would stay until somebody looks for circles
    return [f"{page.address}index.html", *files.write(page.files, Path(config.site_dir))]


def is_alone(config: MkDocsConfig, plugin: object, events: Iterable[str] = PAGE_EVENTS) -> bool:
    """Whether no other plugin or hook of the host works on pages: those that do must see all in one process."""
    handlers = (handler for event in events for handler in config.plugins.events[event])
    return all(getattr(handler, "__self__", None) is plugin for handler in handlers)


def bare(page: Page, config: Config) -> str:
    """A whole page in the bare layout, which the host knows nothing of."""
    home = "" if page.lang == config.default_language else f"{page.lang}/"
    return render_bare(page, config.name_in(page.lang), home, directory_urls=config.directory_urls)


def write_archive(site: Site, config: Config, site_dir: str) -> None:
    """Write the pages of older revisions and the files beside them, in this process."""
    for part in site.archive:
        for page in part.make():
            try:
                html = bare(page, config)
            except Exception as error:  # noqa: BLE001 - an old text costs its own page, whatever is wrong with it
                site.broken[page.address] = f"{type(error).__name__}: {error}"
                continue
            files.write_files(page, html, Path(site_dir))


def write_redirects(site: Site, config: Config, site_dir: str) -> None:
    """Write a page at each old address that leads to the new one, with and without JavaScript."""
    for old, new in site.redirects.items():
        target = href(old, new, directory_urls=config.directory_urls)
        icon = href(old, "assets/hub.svg", directory_urls=config.directory_urls)
        say = catalogue(config.default_language).gettext
        path = Path(site_dir) / (old if old.endswith(".html") else f"{old}index.html")
        if path.exists() or any(parent.is_file() for parent in path.parents):
            continue  # a file of the site stands there
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'<!doctype html><html lang="{config.default_language}"><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
            f"<title>{escape(config.site_name)}</title>"
            f'<meta name="robots" content="noindex"><link rel="canonical" href="{escape(target)}">'
            f'<link rel="icon" href="{escape(icon)}">'  # otherwise browsers ask for one at the server's root
            f'<meta http-equiv="refresh" content="0; url={escape(target)}">'
            f'<p><a href="{escape(target)}">{escape(say(N_("This page has moved.")))}</a></p></html>\n',
            "utf-8",
        )
