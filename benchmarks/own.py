"""What only our own search is measured by. `sections` is called at the end of `python -m benchmarks.search`.

Each of these is a `Section` of the report: what a reader's first query costs in bytes (p50, p95), the seconds to build
the index and to bring it up to date after an edit, those of `hub search` with its process, and what each ingredient of
the ranking brings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict

from benchmarks.figures import Given, Section, ablations, big, forms, seconds, weight
from benchmarks.pieces import OURS, Pieces, code

__all__ = ["Given", "Section", "sections"]

_MADE: tuple[Callable[[Given], Iterator[Section]], ...] = (
    weight.sections,
    big.sections,
    seconds.sections,
    ablations.sections,
    forms.sections,
)


def sections(given: Callable[[], Given], kept: Pieces, depends: object) -> Iterator[Section]:
    """The sections, in the order of the report; one that cannot be made says why and keeps no other from it.

    Args:
        given: what there is to measure on, made when a section is not kept.
        kept: the sections that were made before.
        depends: what they depend on beside the code.
    """
    for made in _MADE:
        name = made.__module__.rpartition(".")[2]
        try:
            rows = kept.of(f"own-{name}", (code(OURS), depends), lambda made=made: list(map(asdict, made(given()))))
            yield from (Section(**row) for row in rows)
        except Exception as fault:  # noqa: BLE001 - the others are measured all the same
            print(f"{name}: {fault!r}", file=sys.stderr, flush=True)
            yield Section(f"Not measured: {name}", ("why",), [[" ".join(repr(fault).split())[:300]]])
