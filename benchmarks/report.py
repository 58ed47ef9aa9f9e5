"""The report: what was measured as Markdown tables, with the machine and a word on how to read it."""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measure import Cost, Weight
from benchmarks.peers import NOT_COMPARED, PEERS, REFERENCE
from benchmarks.place import is_in_memory
from benchmarks.stages import STAGES

_PACKAGES = ("cop-hub", "mkdocs", "properdocs", "mkdocs-material", "Markdown", "markdown-it-py", "Jinja2")
_PEERS = Path(__file__).parent.parent / ".ci/peers"
"""Names the builders of other environments, with their versions."""
_NONE = "–"

_HOW_TO_READ = """\
Every run is a whole process in a fresh folder, on a generated hub. It builds from nothing where its row does not say
otherwise. The builders take turns, so that what else the machine does falls on all of them. **Read the ratios**:
seconds depend on the machine and on who else uses it. A ratio is the median over the rounds of the builder's figure
divided by that of Material with `navigation.prune` in the same round and size (below 1 is better than Material).
Seconds are medians over the rounds, with the smallest and largest. CPU is user and system time of the process and those
that it started; memory is the peak of all of them together. Where the load in the table above exceeds the cores, others
used the machine too: wall times then say little, even as ratios, and CPU is what to compare.

Material is given the same texts with a title and tags for front matter: its notes stand in a folder for each year, for
its sidebar lists every page of the same folder. The second row of Material has no page in its navigation at all, which
is its lower bound. The hub reads the whole front matter (lessons, results, people, places …), checks it, and writes a
page for every list by theme, year, place and keyword, in two languages, references in three formats beside each entry,
and an index of its own for the search. What is built again is built once before, which is not measured.
"""


@dataclass
class Results:
    """What was measured.

    Attributes:
        sizes, runs: numbers of notes; rounds.
        missing: peers that did not run, by key, with the reason.
        failed: runs that failed, by peer and size, with the reason.
        costs: by peer and size, then by round.
        weights: by peer and size.
        stages: by size, a list with the seconds of each stage.
    """

    sizes: tuple[int, ...]
    runs: int
    missing: dict[str, str] = field(default_factory=dict)
    failed: dict[tuple[str, int], str] = field(default_factory=dict)
    costs: dict[tuple[str, int], dict[int, Cost]] = field(default_factory=dict)
    weights: dict[tuple[str, int], Weight] = field(default_factory=dict)
    stages: dict[int, list[dict[str, float]]] = field(default_factory=dict)


def write(results: Results) -> str:
    """The whole report."""
    parts = ["# Results of `make bench`", _machine(results), "## How to read this", _HOW_TO_READ.strip()]
    for size in results.sizes:
        parts += [f"## {size:,} notes", _builds(results, size), _sites(results, size)]
        if results.stages.get(size):
            parts += [f"### Stages of the hub’s own work, {size:,} notes", _stages(results, size)]
    if len(results.sizes) > 1:
        parts += ["## Growth", _growth(results)]
    parts += ["## Not run", _not_run(results)]
    return "\n\n".join(parts) + "\n"


def _machine(results: Results) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    rows = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {_processor()}",
        "Python": f"{platform.python_version()} on {platform.system()}",
        "packages": ", ".join(_versions()),
        "revision": _revision(),
        "load before the report": f"{os.getloadavg()[2]:.1f} (mean of 15 minutes; the benchmark itself is about 1)",
        "sites are written to": "memory (tmpfs)" if is_in_memory() else "the disk",
        "rounds": str(results.runs),
    }
    return _table(("", ""), rows.items())


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _versions() -> Iterable[str]:
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
    yield from (
        " ".join(one) for one in re.findall(r"(hugo|zensical|mkdocs-git-[\w-]+)==([\d.]+)", _PEERS.read_text("utf-8"))
    )


def _revision() -> str:
    """The revision measured, and whether the hub's code differed from it."""
    root = Path(__file__).parent.parent
    commands = (["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "--", "hub", "plugins"])
    try:
        commit, changed = (
            subprocess.run(["git", "-C", str(root), *one], capture_output=True, text=True, check=True).stdout.strip()
            for one in commands
        )
    except (OSError, subprocess.CalledProcessError):
        return "not known"
    return f"{commit}, with changes that are not committed" if changed else commit


def _builds(results: Results, size: int) -> str:
    rows = []
    for peer in PEERS:
        costs = results.costs.get((peer.key, size))
        if not costs:
            continue
        walls = [cost.wall for cost in costs.values()]
        spread = f" ({min(walls):.1f}–{max(walls):.1f})" if len(walls) > 1 else ""
        rows.append(
            (
                peer.label,
                f"{statistics.median(walls):.1f}{spread}",
                _ratio(results, peer.key, size, lambda cost: cost.wall),
                f"{statistics.median(cost.cpu for cost in costs.values()):.1f}",
                _ratio(results, peer.key, size, lambda cost: cost.cpu),
                f"{max(cost.memory for cost in costs.values()) / 2**20:.0f}",
                _ratio(results, peer.key, size, lambda cost: cost.memory),
            )
        )
    return _table(("builder", "wall, s", "ratio", "CPU, s", "ratio", "memory, MiB", "ratio"), rows)


def _ratio(results: Results, key: str, size: int, of: Callable[[Cost], float]) -> str:
    own, other = results.costs[key, size], results.costs.get((REFERENCE, size), {})
    ratios = [of(own[round_]) / of(other[round_]) for round_ in own if round_ in other]
    return f"**{statistics.median(ratios):.2f}**" if ratios else _NONE


def _sites(results: Results, size: int) -> str:
    rows = []
    for peer in PEERS:
        weight = results.weights.get((peer.key, size))
        if weight:
            outside = f" + {weight.outside} from other hosts" if weight.outside else ""
            rows.append(
                (
                    peer.label,
                    f"{weight.pages:,}",
                    f"{weight.files:,}",
                    f"{weight.written / 2**20:.1f}",
                    _kb(weight.median),
                    _kb(weight.largest),
                    _kb(weight.first_visit) + outside,
                )
            )
    head = (
        "builder",
        "pages",
        "files",
        "written, MiB",
        "note, median, KB gzip",
        "note, largest",
        "first visit, KB gzip",
    )
    note = "A first visit: the median note’s HTML with the styles and scripts it names, without what scripts fetch."
    return _table(head, rows) + "\n\n" + note


def _stages(results: Results, size: int) -> str:
    found = results.stages[size]
    rows = []
    total = sum(statistics.median(one[name] for one in found) for name in STAGES)
    for name in STAGES:
        seconds = statistics.median(one[name] for one in found)
        rows.append((name, f"{seconds:.2f}", f"{seconds / size * 1000:.2f}", f"{seconds / total:.0%}"))
    rows.append(("together", f"{total:.2f}", f"{total / size * 1000:.2f}", ""))
    note = "The layout around each page, the host’s own work and the writing come on top."
    return _table(("stage", "s", "ms per note", "share"), rows) + "\n\n" + note


def _growth(results: Results) -> str:
    """CPU per note and size of a page, at the smallest size and at the largest."""
    small, large = results.sizes[0], results.sizes[-1]
    rows = []
    for peer in PEERS:
        before, after = results.costs.get((peer.key, small)), results.costs.get((peer.key, large))
        pages = results.weights.get((peer.key, small)), results.weights.get((peer.key, large))
        if before and after and pages[0] and pages[1]:
            one, other = (
                statistics.median(cost.cpu for cost in costs.values()) / size * 1000
                for costs, size in ((before, small), (after, large))
            )
            row = (peer.label, f"{one:.1f}", f"{other:.1f}", f"**{other / one:.2f}**")
            medians = _kb(pages[0].median), _kb(pages[1].median), f"**{pages[1].median / pages[0].median:.2f}**"
            rows.append((*row, *medians))
    head = (
        "builder",
        f"CPU per note, ms: {small:,}",
        f"{large:,}",
        "ratio",
        f"note, KB gzip: {small:,}",
        f"{large:,}",
        "ratio",
    )
    return _table(head, rows)


def _not_run(results: Results) -> str:
    labels = {peer.key: peer.label for peer in PEERS}
    rows = [(labels[key], why) for key, why in results.missing.items()]
    rows += [
        (f"{labels.get(key, key)}, {size:,} notes", " ".join(why.split()))
        for (key, size), why in results.failed.items()
    ]
    rows += list(NOT_COMPARED.items())
    return _table(("what", "why"), rows)


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
