"""The hub's configuration: what `mkdocs.yml`, the only configuration file, says of the site and of the plugin `hub`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from hub.editor_option import Editor, settings
from hub.errors import HubError
from hub.forges import edit_uri_of
from hub.i18n import LANGUAGES, N_
from hub.root import FILE_NAME
from hub.vocab import builtin


@dataclass(frozen=True)
class Config:
    """The configuration, typed.

    Attributes:
        root: the hub's folder, absolute.
        docs_dir, site_dir: the content and the built site, absolute.
        site_name: the hub's name in its default language.
        site_names: its name in other languages.
        site_url: where it is published, ending in a slash, or empty.
        repo_url: the forge's page of the repository, or empty.
        edit_uri: the template of the forge's edit address relative to `repo_url`, or empty.
        directory_urls: addresses such as `notes/x/`; otherwise links name `index.html` and work from a USB key.
        languages: the default language first.
        page_size: entries on one page of an index.
        kinds_dir: a folder with the hub's own kinds, or None.
        license: the licence of entries that name none.
        editions: names of those that the site holds beside the current one; None for all.
        max_file_size: megabytes that a file may have to be published.
        host_files: styles and scripts of `docs/` that the host is told to put into pages.
        editor: how the web editor reaches the texts, where there is one.
        revisions: whether older revisions, and what changed in each, have pages of their own.
        drafts: whether texts that are submitted or in review are shown as they stand, as in previews.
        salt: what the ids of those who have left are made with; the environment's HUB_SALT goes before the option.
    """

    root: Path
    docs_dir: Path
    site_dir: Path
    site_name: str = "Hub"
    site_names: Mapping[str, str] = field(default_factory=dict)
    site_url: str = ""
    repo_url: str = ""
    edit_uri: str = ""
    directory_urls: bool = True
    languages: tuple[str, ...] = LANGUAGES
    page_size: int = 36
    kinds_dir: Path | None = None
    license: str = "CC-BY-4.0"
    editions: tuple[str, ...] | None = None
    max_file_size: int = 25
    host_files: frozenset[str] = frozenset()
    editor: Editor | None = None
    revisions: bool = True
    drafts: bool = False
    salt: str = field(default="", repr=False)

    @property
    def default_language(self) -> str:
        """The language of `name.md`."""
        return self.languages[0]

    def url(self, address: str) -> str:
        """The whole URL of an address of the site; nothing where the hub does not know its own."""
        return f"{self.site_url}{address}" if self.site_url else ""

    def name_in(self, lang: str) -> str:
        """The hub's name in a language."""
        return self.site_names.get(lang, self.site_name)


def read_config(root: Path) -> Config:
    """Read `mkdocs.yml` in `root`.

    Raises:
        HubError: when it is missing, is no YAML, does not name the plugin, or holds what an option cannot.
    """
    path = root / FILE_NAME
    try:
        raw = yaml.load(path.read_text("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a SafeLoader that skips tags
    except FileNotFoundError:
        raise HubError(N_("There is no mkdocs.yml in {root}."), root=root) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path, error=error) from None
    return make_config(root, raw if isinstance(raw, dict) else {}, _options(raw, path))


def make_config(root: Path, host: Mapping[str, Any], options: Mapping[str, Any]) -> Config:
    """Make the configuration of what the host knows and the options of the plugin `hub`.

    Args:
        root: the hub's folder.
        host: keys that `mkdocs.yml` gives.
        options: the options under `plugins: - hub:`.

    Raises:
        HubError: when an option is unknown or holds what it cannot, or the host is told how to render texts.
    """
    if "markdown_extensions" in host:
        raise HubError(MARKDOWN_EXTENSIONS)
    given = {name: value for name, value in options.items() if value is not None}
    for name, value in given.items():
        _check(name, value)
    root = root.resolve()
    docs_dir = root / str(host.get("docs_dir") or "docs")
    if not docs_dir.resolve().is_relative_to(root):
        raise HubError(N_("docs_dir leads out of the hub: {found}. Example: docs_dir: docs"), found=docs_dir)
    kinds = given.get("kinds")
    repo_url, edit_uri = _slashed(host.get("repo_url")), host.get("edit_uri")
    return Config(
        root=root,
        docs_dir=docs_dir,
        site_dir=root / str(host.get("site_dir") or "site"),
        site_name=str(host.get("site_name") or "Hub"),
        site_names=given.get("site_names") or {},
        site_url=_slashed(host.get("site_url")),
        repo_url=repo_url,
        edit_uri=edit_uri_of(repo_url) if edit_uri is None else str(edit_uri),
        directory_urls=host.get("use_directory_urls") is not False,
        languages=tuple(given.get("languages") or LANGUAGES),
        page_size=given.get("page_size") or Config.page_size,
        kinds_dir=root / kinds if kinds else None,
        license=given.get("license") or Config.license,
        max_file_size=given.get("max_file_size") or Config.max_file_size,
        host_files=_host_files(host),
        editions=None if given.get("editions", "all") == "all" else tuple(given["editions"]),
        editor=settings(given.get("editor"), str(host.get("repo_url") or "")),
        revisions=given.get("revisions") is not False,
        drafts=given.get("drafts") is True,
        salt=os.environ.get("HUB_SALT") or given.get("salt") or "",
    )


def _check(name: str, value: Any) -> None:
    """Refuse an option that does not exist, or a value that it cannot hold."""
    if name not in _OPTIONS:
        raise HubError(
            N_("The plugin hub has no option “{name}”. Its options are: {known}."), name=name, known=", ".join(_OPTIONS)
        )
    is_right, example = _OPTIONS[name]
    if not is_right(value):
        raise HubError(
            N_("The option “{name}” cannot be {found}. Example: {name}: {example}"),
            name=name,
            found=value,
            example=example,
        )


def _is_names(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)


def _is_list_of_names(value: Any) -> bool:
    """YAML reads 2026.10 without quotes as a number, which is 2026.1."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


_SALT = 20
_OPTIONS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "languages": (lambda v: isinstance(v, list) and bool(v) and all(lang in LANGUAGES for lang in v), "[fr, en]"),
    "site_names": (_is_names, "{en: Benin CoP Hub}"),
    "page_size": (lambda v: type(v) is int and v > 0, "36"),
    "kinds": (lambda v: isinstance(v, str), "kinds"),
    "license": (lambda v: v in builtin()["license"].terms, "CC-BY-4.0"),
    "salt": (lambda v: isinstance(v, str) and len(v) >= _SALT, "kq3…, 20 signs or more that nobody can guess"),
    "drafts": (lambda v: isinstance(v, bool), "true"),
    "max_file_size": (lambda v: type(v) is int and v > 0, "25"),
    "editions": (lambda v: v == "all" or _is_list_of_names(v), 'all, or ["2026.1", "2025.2"] (in quotes)'),
    "editor": (lambda v: True, ""),  # `hub.editor_option` says what is wrong with it
    "revisions": (lambda v: isinstance(v, bool), "false"),
}
"""What each option may hold, and an example."""

MARKDOWN_EXTENSIONS = N_(
    "mkdocs.yml sets “markdown_extensions”, but the hub renders texts itself, the same in every host. "
    "Remove the option; what texts may hold is described in the guide for contributors."
)


def _host_files(host: Mapping[str, Any]) -> frozenset[str]:
    """What `extra_css` and `extra_javascript` name; a script may be a mapping with its path."""
    listed = (one for key in ("extra_css", "extra_javascript") for one in host.get(key) or ())
    return frozenset(str(one.get("path", "") if isinstance(one, dict) else one) for one in listed)


def _slashed(value: Any) -> str:
    return str(value).rstrip("/") + "/" if value else ""


def _options(raw: Any, path: Path) -> Mapping[str, Any]:
    plugins = raw.get("plugins") if isinstance(raw, dict) else None
    listed = plugins if isinstance(plugins, list) else [plugins] if isinstance(plugins, dict) else []
    for plugin in listed:
        if plugin == "hub":
            return {}
        if isinstance(plugin, dict) and "hub" in plugin:
            found = plugin["hub"] or {}
            if isinstance(found, dict):
                return found
    raise HubError(N_("{path} does not name the plugin hub. Example: plugins: [hub]"), path=path)


class _Loader(yaml.SafeLoader):
    """Reads `mkdocs.yml` without running what its tags (`!ENV`, `!!python/name`) would run in the host."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
