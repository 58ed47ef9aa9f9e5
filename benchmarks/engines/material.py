"""Material's search: the index that its plugin writes, in its own worker.

The whole index goes to the browser, which then makes lunr's of it. Pages are left out of the navigation, which is no
part of the search and grows with the square of their number.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks.engines import Answer, Engine, Opened, Source, browser
from benchmarks.relevance import DEPTH

VERSION = "9.8.1"
_CONFIG = """\
site_name: Hub d’essai
site_url: https://hub.example/
theme: {name: material, language: fr, font: false}
plugins:
  - search:
      lang: fr
      separator: '%(separator)s'
      fields: {title: {boost: %(title)s}}
markdown_extensions: [footnotes, tables]
nav: [index.md]
not_in_nav: "*"
validation: {links: {not_found: ignore, absolute_links: ignore, unrecognized_links: ignore}}
"""
_SEPARATOR = r"[\s\-,:;.!?/()\[\]«»“”\"’']+"
"""Besides the blanks of the default, signs of French, the apostrophe above all: « l’hôpital » is two words."""
_TITLE = 1000
"""Weight of the title: the default, and the best of 1, 10, 100 and 1000 for whole questions; for keywords 1 is."""
_SYNTAX = re.compile(r"[^\w’'-]+|(?<!\w)[’'-]+|[’'-]+(?!\w)")
"""What lunr would take for its own syntax in a question."""
_BATCH = 50

_ASK = """async ([worker, queries, depth]) => {
  const say = (message) => new Promise((done) => {
    window.worker.onmessage = (event) => done(event.data);
    window.worker.postMessage(message);
  });
  let ready = null;
  if (!window.worker) {
    const index = await (await fetch("/search/search_index.json")).json();
    const started = performance.now();
    window.worker = new Worker(worker);
    await say({type: 0, data: {config: index.config, docs: index.docs, options: {suggest: false}}});
    ready = performance.now() - started;
  }
  const answers = [];
  for (const query of queries) {
    const started = performance.now();
    const {data: {items}} = await say({type: 2, data: query});
    const ms = performance.now() - started;
    answers.push([items.slice(0, depth).map((item) => item[0].location), ms]);
  }
  return [ready, answers];
}"""


def missing() -> str:
    """Why Material cannot be measured here."""
    if importlib.util.find_spec("material") is None:
        return "the Python package `mkdocs-material` is not installed"
    found = version("mkdocs-material")
    return browser.missing() if found == VERSION else f"mkdocs-material is {found}; the figures are of {VERSION}"


@contextmanager
def opened(source: Source, folder: Path, title: float = _TITLE) -> Iterator[Opened]:
    """Build the site, and answer in a browser."""
    site, seconds = build(source.plain, folder, title)
    worker = next((site / "assets" / "javascripts" / "workers").glob("search.*.js")).relative_to(site)
    with browser.serving(site) as served, browser.chromium() as chromium:
        with browser.page(chromium, served) as page:
            ready, _ = page.evaluate(_ASK, [f"/{worker}", ["santé"], DEPTH])
            taken = served.total

        def ask(queries: Sequence[str]) -> list[Answer]:
            answers: list[Answer] = []
            plain = [_SYNTAX.sub(" ", query).strip() for query in queries]
            with browser.page(chromium, served) as page:
                for start in range(0, len(plain), _BATCH):
                    _, found = page.evaluate(_ASK, [f"/{worker}", plain[start : start + _BATCH], DEPTH])
                    answers += [Answer(tuple(map(_id, locations)), ms) for locations, ms in found]
            return answers

        yield Opened(
            seconds,
            (site / "search" / "search_index.json").stat().st_size,
            ask,
            lambda queries: [taken] * len(queries),  # the same for all: it is the whole index
            ready / 1000,
            "`mkdocs build`, pages and all",
        )


def build(plain: Path, folder: Path, title: float = _TITLE) -> tuple[Path, float]:
    """Build a plain project with Material: the site's folder, and the seconds that it took."""
    shutil.copytree(plain / "docs", folder / "docs")
    if not (folder / "docs" / "index.md").exists():
        (folder / "docs" / "index.md").write_text("---\ntitle: Accueil\n---\n\nAccueil.\n", "utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG % {"separator": _SEPARATOR.replace("'", "''"), "title": title}, "utf-8")
    started = time.perf_counter()
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-400:])
    return folder / "site", time.perf_counter() - started


def _id(location: str) -> str:
    return location.partition("#")[0].rstrip("/").rpartition("/")[2]


_LABEL = "Material: its index and worker, `lang: fr`, separator for French"
ENGINE = Engine("material", _LABEL, opened, missing, {"mkdocs-material": VERSION})
EVEN = Engine(
    "material-even",
    "The same, a word of the title counting as one of the text",
    partial(opened, title=1),
    missing,
    ENGINE.versions,
    sized=False,
)
