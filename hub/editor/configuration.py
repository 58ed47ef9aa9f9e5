"""The whole configuration of the editor, as plain data, and what its page may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from hub.config import Config
from hub.editor.collections import collections
from hub.editor_option import GITHUB, GITLAB, LOCAL, Editor
from hub.i18n import N_, Label, translator
from hub.model import Kind
from hub.vocab import Vocabulary

LOCAL_API = "/api/v1"
"""Where `hub edit` takes what the editor asks of the repository."""
_FILES = Label("fichiers", "files")
"""Where files go that are added beside no text."""
_GITHUB_API = "https://api.github.com"
_MESSAGES = {
    "create": N_("Write: {what}"),
    "update": N_("Change: {what}"),
    "delete": N_("Delete: {what}"),
    "uploadMedia": N_("Add the file {path}"),
    "deleteMedia": N_("Delete the file {path}"),
}


def configuration(
    kinds: Mapping[str, Kind], vocabularies: Mapping[str, Vocabulary], config: Config, editor: Editor, prefix: str = ""
) -> dict[str, Any]:
    """What Decap CMS is told, but for the language of its interface. Sveltia CMS takes it too.

    Args:
        kinds: by name.
        vocabularies: by name.
        config: the hub's.
        editor: which forge.
        prefix: the way from the top of the repository to the hub: empty, or ending in a slash.
    """
    docs = f"{prefix}{config.docs_dir.relative_to(config.root).as_posix()}"
    files = _FILES.in_(config.default_language)
    site = {"site_url": config.site_url, "display_url": config.site_url} if config.site_url else {}
    return {
        "backend": _backend(editor, config.default_language),
        "publish_mode": "editorial_workflow",
        **site,
        "media_folder": f"{docs}/{files}",
        "public_folder": f"/{files}",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "output": {"omit_empty_optional_fields": True},  # Sveltia's; for Decap, our script does it
        "collections": list(collections(kinds, vocabularies, config, docs)),
    }


def _backend(editor: Editor, lang: str) -> dict[str, Any]:
    say = translator(lang)
    what = "{{collection}} “{{slug}}”" if lang == "en" else "{{collection}} « {{slug}} »"
    messages = {name: say(text).format(what=what, path="{{path}}") for name, text in _MESSAGES.items()}
    common: dict[str, Any] = {"branch": editor.branch, "commit_messages": messages}
    if editor.backend == LOCAL:
        return {"name": "proxy", "proxy_url": LOCAL_API, **common}
    common |= {"repo": editor.repo} | ({"open_authoring": True} if editor.open_authoring else {})
    if editor.backend == GITHUB:
        return {"name": "github", "base_url": editor.relay, **common}
    signing_in = {"base_url": editor.base_url, "app_id": editor.app_id}
    if editor.backend == GITLAB:
        return {"name": "gitlab", "auth_type": "pkce", "api_root": f"{editor.base_url}/api/v4", **signing_in, **common}
    # Decap's back end for Gitea has no editorial workflow; Forgejo's speaks to the same interface.
    return {"name": "forgejo", "api_root": f"{editor.base_url}/api/v1", **signing_in, **common}


def policy(editor: Editor) -> str:
    """The Content-Security-Policy of the editor's page: it speaks to the forge and to nobody else."""
    forge = _GITHUB_API if editor.backend == GITHUB else _origin(editor.base_url)
    images = "https://avatars.githubusercontent.com" if editor.backend == GITHUB else forge
    rules = {
        "default-src": "'none'",
        # Decap compiles the schema of its configuration.
        "script-src": "'self' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' data: blob: {images}",
        "font-src": "'self' data:",
        "connect-src": f"'self' blob: {forge}",
        "frame-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {told.strip()}" for name, told in rules.items())


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if address else ""
