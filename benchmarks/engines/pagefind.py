"""Pagefind: its command on the pages that `hub build` writes, and its own script in a browser.

Only entries are indexed, and of their pages only what is theirs: `main`, without the way up, the identity card and the
foot. Lists, feeds and the other language's navigation would only be in the way.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.engines import Answer, Engine, Opened, Source, browser, node, size
from benchmarks.relevance import DEPTH

_GLOB = "{notes,personnes,projets,organisations,groupes,glossaire}/*/index.html"
_OURS = ".hub-eyebrow, .hub-identity, .hub-foot"
_RANKING = {"termSaturation": 0.9}
"""The best of eight settings on the development questions; none of them moved its MRR by more than .01."""
_BATCH = 50

_ASK = """async ([queries, depth, ranking]) => {
  const engine = await import("/pagefind/pagefind.js");
  await engine.options({ranking});
  const answers = [];
  for (const query of queries) {
    const started = performance.now();
    const found = await engine.search(query);
    const ms = performance.now() - started;
    const shown = await Promise.all(found.results.slice(0, depth).map(one => one.data()));
    answers.push([shown.map(one => one.url), ms]);
  }
  return answers;
}"""


def missing() -> str:
    """Why Pagefind cannot be measured here."""
    return node.missing() or browser.missing()


@contextmanager
def opened(source: Source, folder: Path) -> Iterator[Opened]:
    """Index the built pages, and answer in a browser."""
    index = folder / "pagefind"
    folder.mkdir(parents=True)
    seconds = _index(source.hub / "site", index)
    with browser.serving(folder) as served, browser.chromium() as chromium:

        def ask(queries: Sequence[str]) -> list[Answer]:
            answers: list[Answer] = []
            with browser.page(chromium, served) as page:
                for start in range(0, len(queries), _BATCH):
                    found = page.evaluate(_ASK, [list(queries[start : start + _BATCH]), DEPTH, _RANKING])
                    answers += [Answer(tuple(_id(url) for url in urls), ms) for urls, ms in found]
            return answers

        def first(queries: Sequence[str]) -> list[int]:
            found = []
            for query in queries:
                with browser.page(chromium, served) as page:
                    page.evaluate(_ASK, [[query], DEPTH, _RANKING])
                    found.append(served.total)
            return found

        yield Opened(seconds, size(index), ask, first)


def _index(site: Path, index: Path) -> float:
    command = [node.program("pagefind", "lib/runner/bin.cjs"), "--site", site, "--output-path", index, "--glob", _GLOB]
    command += ["--root-selector", "main", "--exclude-selectors", _OURS, "--force-language", "fr", "--silent"]
    started = time.perf_counter()
    subprocess.run(["node", *map(str, command)], check=True, capture_output=True, cwd=index.parent)
    return time.perf_counter() - started


def _id(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


ENGINE = Engine(
    "pagefind",
    "Pagefind on the hub’s pages: entries only, `main` only",
    opened,
    missing,
    {"pagefind": node.VERSIONS["pagefind"]},
    of_hub=True,
)
