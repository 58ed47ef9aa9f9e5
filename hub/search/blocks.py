"""Blocks of posting lists on the disk, and their merging: single-pass in-memory indexing (SPIMI).

Some hundred records are inverted at a time, and their block is written before the next is begun (Manning, Raghavan,
Schütze: “Introduction to Information Retrieval”, 4.3): postings take the memory of one block, however many there are.
All blocks are cut at the same terms into runs, and each run has a file: whoever merges it reads that file alone.
"""

from __future__ import annotations

import pickle
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from hub.search.invert import Block, Counted, factors
from hub.search.lists import Lists, Numbers, ends_of, together

_AT_ONCE = 150_000
"""Postings of a run, about: what is made of them stays in the processor's cache."""


@contextmanager
def waiting(path: Path, count: int) -> Iterator[Blocks]:
    """Blocks that wait in a folder beside a store, for as long as the `with` block lasts.

    Args:
        path: the store's file, which this process has for itself: other folders there were left by some that died.
        count: how many blocks there will be.
    """
    prefix = f"{path.stem}-blocks-"
    for lost in path.parent.glob(f"{prefix}*"):
        rmtree(lost, ignore_errors=True)
    with TemporaryDirectory(dir=path.parent, prefix=prefix) as folder:
        yield Blocks(Path(folder), count)


class Blocks:
    """Blocks that wait for being merged.

    Args:
        folder: theirs alone. Nobody else can write in it: what is read there are pickles.
        count: how many there will be.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self._folder, self._count = folder, count
        self._firsts: Sequence[str] = ()
        self._records: list[tuple[Numbers, Numbers]] = []

    def put(self, block: Block) -> None:
        """Write a block; no two of them hold the same slot."""
        if not self._records:
            self._firsts = _firsts(block.counted, self._count)
        for run, part in enumerate(block.counted.runs(self._firsts)):
            with self._path(run).open("ab") as file:
                pickle.dump((len(self._records), part), file, pickle.HIGHEST_PROTOCOL)
        self._records.append((block.slots, block.lengths))

    @property
    def runs(self) -> range:
        """The numbers of the runs, in the order of terms."""
        return range(len(self._firsts))

    def merging(self, averages: Sequence[float]) -> Callable[[int], Lists]:
        """A function that merges the lists of a run.

        Args:
            averages: the mean length of each field.
        """
        weights = [(slots, factors(lengths, averages)) for slots, lengths in self._records]

        def merged(run: int) -> Lists:
            return together([counted.lists(*weights[number]) for number, counted in self._parts(run)])

        return merged

    def _parts(self, run: int) -> Iterator[tuple[int, Counted]]:
        """What the blocks hold of a run, each with its block's number."""
        with self._path(run).open("rb") as file:
            for _ in self._records:
                yield pickle.load(file)  # noqa: S301 - of our own making, in a folder of ours

    def _path(self, run: int) -> Path:
        return self._folder / str(run)


def _firsts(counted: Counted, blocks: int) -> list[str]:
    """The first term of each run, if all blocks are like the first one."""
    *starts, end = ends_of(counted.counts).tolist()
    begins = {bisect_left(starts, at) for at in range(0, end, max(_AT_ONCE // blocks, 1))}
    return ["", *(counted.terms[at] for at in sorted(begins - {0, len(starts)}))]
