"""lunr with the French stemmer of lunr-languages, on folded texts: what Material's search could be with its parts.

Its index is made beforehand, as the texts alone would have to be indexed in the browser.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.engines import Answer, Engine, Opened, Source, node, texts
from benchmarks.relevance import DEPTH

_TITLE = 1.5
"""Weight of the title, chosen on the development questions."""
_SCRIPT = Path(__file__).with_name("lunr.js")


@contextmanager
def opened(source: Source, folder: Path, title: float = _TITLE) -> Iterator[Opened]:
    """Index the texts in Node; every call of `ask` does so anew, for nothing outlives its process."""
    docs = [asdict(doc) for doc in texts.read(source.plain)]

    def run(queries: Sequence[str]) -> Any:
        given = json.dumps({"docs": docs, "queries": list(queries), "depth": DEPTH, "title": title})
        env = os.environ | {"NODE_PATH": str(node.FOLDER / "node_modules")}
        command = ["node", "--max-old-space-size=4096", str(_SCRIPT)]
        return json.loads(
            subprocess.run(command, input=given.encode(), env=env, check=True, capture_output=True).stdout
        )

    made = run([])

    def ask(queries: Sequence[str]) -> list[Answer]:
        return [Answer(tuple(ids), ms) for ids, ms in run(queries)["answers"]]

    yield Opened(
        made["made"] / 1000,
        made["disk"],
        ask,
        lambda queries: [made["first"]] * len(queries),  # the same for all: it is the whole index
        made["ready"] / 1000,
    )


ENGINE = Engine(
    "lunr",
    "lunr with lunr-languages, on folded texts, its index made beforehand",
    opened,
    node.missing,
    {name: node.VERSIONS[name] for name in ("lunr", "lunr-languages")},
)
