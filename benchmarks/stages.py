"""The stages of the hub's own work, timed inside one process: `python -m benchmarks.stages FOLDER` prints JSON.

What a host adds (its files and navigation, the layout around each page, writing) is in none of them.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

STAGES = ("import", "load", "checks", "plan", "render")


def main(root: Path) -> dict[str, float]:
    """Seconds of each stage."""
    marks = [time.perf_counter()]
    import hub  # noqa: PLC0415 - importing is a stage
    from hub import checks  # noqa: PLC0415 - likewise
    from hub.dates import today  # noqa: PLC0415 - likewise
    from hub.site.plan import Plan  # noqa: PLC0415 - likewise
    from hub.site.render import render  # noqa: PLC0415 - likewise

    marks.append(time.perf_counter())
    loaded = hub.load(root)
    marks.append(time.perf_counter())
    checks.run(loaded)
    marks.append(time.perf_counter())
    planned = Plan(loaded, today()).whole()
    marks.append(time.perf_counter())
    for page in planned.pages.values():
        render(page, directory_urls=True)
    marks.append(time.perf_counter())
    return dict(zip(STAGES, (end - start for start, end in pairwise(marks)), strict=True))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
