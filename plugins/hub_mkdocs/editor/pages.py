"""The editor's folder in a site: its page, its configuration, the program and the two scripts of ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from hub.addresses import href
from hub.config import Config
from hub.editor import ADDRESS, configuration, policy
from hub.editor_option import Editor
from hub.git import place
from hub.i18n import N_, catalogue
from hub.library import Library
from hub.site.page import MadeFile
from hub_mkdocs.editor.installing import FORM_FILES
from hub_mkdocs.trees import take

_SCRIPTS = ("manual.js", FORM_FILES[0], "init.js")
CONFIGURATION = f"{ADDRESS}config.yml"


def files(library: Library, config: Config, editor: Editor, styles: Iterable[str]) -> Iterator[MadeFile]:
    """What is made for a hub: the page, and the configuration, which is JSON and so YAML too.

    Args:
        library: the hub's.
        config: the hub's.
        editor: which forge.
        styles: addresses of the site's styles, for the preview.
    """
    here = place(config.root)
    told = configuration(library.kinds, library.vocabularies, config, editor, here.prefix if here else "")
    yield MadeFile(CONFIGURATION, json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    yield MadeFile(f"{ADDRESS}index.html", page(config, editor, styles))
    for name in ("manual.js", "init.js"):
        yield MadeFile(f"{ADDRESS}{name}", Path(__file__).with_name(name).read_text("utf-8"))


def page(config: Config, editor: Editor, styles: Iterable[str]) -> str:
    """The editor's page. Nothing of the hub's texts stands in it, and no script but those of its folder."""
    say = catalogue(config.default_language).gettext
    title = f"{say(N_('Write'))} – {config.site_name}"
    told = {
        "languages": " ".join(config.languages),
        "styles": " ".join(href(ADDRESS, style) for style in styles),
    }
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items())
    scripts = "".join(f'<script src="{name}"></script>\n' for name in _SCRIPTS)
    return (
        f'<!doctype html>\n<html lang="{config.default_language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(editor))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="../assets/hub.svg">\n</head>\n<body{data}>\n'
        f"<noscript><p>{escape(say(N_('The editor needs JavaScript.')))}</p></noscript>\n{scripts}</body>\n</html>\n"
    )


def put(form: Path, site_dir: Path) -> None:
    """Put the program into a site, as links to the same files where the disk can."""
    for name in FORM_FILES:
        take(form / name, site_dir / ADDRESS / name)
