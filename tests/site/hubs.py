"""Hubs for the tests: written, built in this process, and read page by page."""

from __future__ import annotations

import logging
import os
import posixpath
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from hub.i18n import translator
from tests.site.document import Document
from tests.support import write

REPOSITORY = Path(__file__).parents[2]
TODAY = 1_780_272_000
"""1 June 2026: the day of the builds, so that what is overdue does not depend on when the tests run."""
NOTHING_ELSE = "site_name: Essai\nplugins: [hub]\n"


@dataclass
class Built:
    """A site on disk, and what the build said."""

    root: Path
    said: list[str] = field(default_factory=list)

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    @cached_property
    def pages(self) -> dict[str, Document]:
        """Every page by its address (`notes/a/`), 404.html by its name."""
        found = {}
        for name in sorted(self.files):
            if name.endswith(".html"):
                found[name.removesuffix("index.html")] = Document((self.root / name).read_text("utf-8"))
        return found

    def has(self, address: str) -> bool:
        return f"{address}index.html" in self.files

    def page(self, address: str) -> Document:
        assert self.has(address), f"no page {address}; there are {sorted(self.files)[:40]}"
        return self.pages[address]

    def leads(self, address: str, href: str) -> str:
        """Where a link on a page leads: an address of the site with its anchor, or a whole URL."""
        if urlsplit(href).scheme:
            return href
        path, _, anchor = href.partition("#")
        if not path:
            return f"{address}#{anchor}"
        target = unquote(urljoin(f"http://hub/{address}", path)).removeprefix("http://hub/")
        target = target.removesuffix("index.html")
        return f"{target}#{anchor}" if anchor else target

    def targets(self, address: str, selector: str = "main") -> list[str]:
        """Where the links of part of a page lead, in order."""
        return [
            self.leads(address, link["href"])
            for part in self.page(address).find(selector)
            for link in part.find("a")
            if "href" in link.attrs
        ]

    def link_faults(self, *, index_files: bool = False) -> tuple[int, list[str]]:
        """How many internal links there are, and those that lead to no file or no id.

        Args:
            index_files: whether links must name files rather than folders.
        """
        count, faults = 0, []
        ids = {address: frozenset(page.ids) for address, page in self.pages.items()}
        for address, page in self.pages.items():
            for element in page:
                for name in ("href", "src"):
                    target = element.attrs.get(name)
                    if target is None or urlsplit(target).scheme:
                        continue
                    count += 1
                    path, _, anchor = target.partition("#")
                    full = posixpath.normpath(unquote(urljoin(f"/{address}", path)) if path else f"/{address}").lstrip(
                        "/."
                    )
                    file = full if full in self.files else posixpath.join(full, "index.html")
                    if index_files and path and (path.endswith("/") or full not in self.files):
                        faults.append(f"{address}: {target} names no file")
                    elif file not in self.files:
                        faults.append(f"{address}: {target} leads nowhere")
                    elif anchor and anchor not in ids.get(file.removesuffix("index.html"), ()):
                        faults.append(f"{address}: {target} has no such id")
        return count, faults


class _Said(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def build(root: Path, *, at: int = TODAY, strict: bool = False, drafts: bool = False, site: str = "site") -> Built:
    """Build the hub in `root` with MkDocs in this process.

    Args:
        root: of the hub.
        at: the moment of the build, in seconds since 1970.
        strict: whether warnings stop it.
        drafts: whether to show what is under review.
        site: the folder to build into, relative to `root`.
    """
    said = _Said()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(said)
    target = root / site
    shutil.rmtree(target, ignore_errors=True)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(at))
            patch.setenv("NO_MKDOCS_2_WARNING", "1")
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(target), strict=strict or None)
            if drafts:
                config.plugins["hub"].config["drafts"] = True
            build_site(config)
    finally:
        logger.removeHandler(said)
    return Built(target, said.lines)


def make(root: Path, files: Mapping[str, str], *, config: str = "", **options: object) -> Built:
    """Write a hub and build it. `config` is added to the least that `mkdocs.yml` needs, or takes its place whole."""
    whole = config if "plugins:" in config else NOTHING_ELSE + config
    write(root, {"mkdocs.yml": whole, **files})
    return build(root, **options)  # type: ignore[arg-type]


def text(title: str, *lines: str, body: str = "Un texte.") -> str:
    """A file with a title, further lines of front matter, and a body."""
    return "\n".join(["---", f'title: "{title}"', *lines, "---", "", body, ""])


def copy_of_this_hub(root: Path, config: str = "") -> Path:
    """This repository's content, copied so that it stays the same between two builds; `config` is added to its file."""
    shutil.copytree(REPOSITORY / "docs", root / "docs")
    (root / "mkdocs.yml").write_text((REPOSITORY / "mkdocs.yml").read_text("utf-8") + "\n" + config, "utf-8")
    return root


def say(message: str, lang: str = "fr") -> str:
    """A text of the interface."""
    return translator(lang)(message)


def plain(words: str) -> str:
    """Words as a search would compare them: unbreakable spaces are spaces."""
    return " ".join(words.split())


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for hosts run as programs."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(TODAY), **(extra or {})}


def titles(cards: Iterable[object]) -> list[str]:
    """The titles of cards, in order."""
    return [card.one(".hub-card__title").text for card in cards]  # type: ignore[attr-defined]


def flat(lists: Iterable[list[str]]) -> list[str]:
    """The items of several lists, in order."""
    return [item for one in lists for item in one]
