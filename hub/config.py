"""The hub's configuration: what `mkdocs.yml`, the only configuration file, says of the site and of the plugin `hub`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from hub.errors import HubError
from hub.i18n import LANGUAGES, N_

FILE_NAME = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
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
    page_size: int = 24
    kinds_dir: Path | None = None
    license: str = "CC-BY-4.0"

    @property
    def default_language(self) -> str:
        """The language of `name.md`."""
        return self.languages[0]

    def name_in(self, lang: str) -> str:
        """The hub's name in a language."""
        return self.site_names.get(lang, self.site_name)


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `mkdocs.yml`.

    Raises:
        HubError: when there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise HubError(
        N_("There is no hub in {start}: no mkdocs.yml here or above. Give its folder with --root."), start=start
    )


def read_config(root: Path) -> Config:
    """Read `mkdocs.yml` in `root`.

    Raises:
        HubError: when it is missing, is no YAML, or holds an option of the wrong type.
    """
    path = root / FILE_NAME
    try:
        raw = yaml.load(path.read_text("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a SafeLoader that skips tags
    except FileNotFoundError:
        raise HubError(N_("There is no mkdocs.yml in {root}."), root=root) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path, error=error) from None
    return make_config(root, raw if isinstance(raw, dict) else {}, _options(raw))


def make_config(root: Path, host: Mapping[str, Any], options: Mapping[str, Any]) -> Config:
    """Make the configuration of what the host knows and the options of the plugin `hub`.

    Args:
        root: the hub's folder.
        host: keys of `mkdocs.yml`.
        options: the options under `plugins: - hub:`.

    Raises:
        HubError: when an option is of the wrong type.
    """
    languages = options.get("languages") or list(LANGUAGES)
    unknown = [lang for lang in languages if lang not in LANGUAGES] if isinstance(languages, list) else [languages]
    if unknown:
        raise HubError(
            N_("The option “languages” holds {found}; the hub speaks {known}. Example: languages: [fr, en]"),
            found=unknown[0],
            known=", ".join(LANGUAGES),
        )
    page_size = options.get("page_size") or Config.__dataclass_fields__["page_size"].default
    if not isinstance(page_size, int) or page_size < 1:
        raise HubError(
            N_("The option “page_size” holds {found}, not a number. Example: page_size: 24"), found=page_size
        )
    kinds = options.get("kinds")
    root = root.resolve()
    return Config(
        root=root,
        docs_dir=root / str(host.get("docs_dir") or "docs"),
        site_dir=root / str(host.get("site_dir") or "site"),
        site_name=str(host.get("site_name") or "Hub"),
        site_names={str(lang): str(name) for lang, name in (options.get("site_names") or {}).items()},
        site_url=_slashed(host.get("site_url")),
        repo_url=_slashed(host.get("repo_url")),
        edit_uri=str(host.get("edit_uri") or ""),
        directory_urls=host.get("use_directory_urls") is not False,
        languages=tuple(languages),
        page_size=page_size,
        kinds_dir=root / str(kinds) if kinds else None,
        license=str(options.get("license") or "CC-BY-4.0"),
    )


def _slashed(value: Any) -> str:
    return str(value).rstrip("/") + "/" if value else ""


def _options(raw: Any) -> Mapping[str, Any]:
    plugins = raw.get("plugins") if isinstance(raw, dict) else None
    for plugin in plugins if isinstance(plugins, list) else []:
        if isinstance(plugin, dict) and isinstance(plugin.get("hub"), dict):
            found: Mapping[str, Any] = plugin["hub"]
            return found
    return {}


class _Loader(yaml.SafeLoader):
    """Reads `mkdocs.yml` without running what its tags (`!ENV`, `!!python/name`) would run in the host."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
