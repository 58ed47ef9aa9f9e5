"""Pages by address, planned when somebody asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from hub.site.page import Page, Part


class Pages(Mapping[str, Page]):
    """The pages of parts: a part is planned when an address is asked for that may be one of its own.

    Args:
        parts: in the order of their claim to an address.
        plan: makes the pages of one.
    """

    def __init__(self, parts: Iterable[Part], plan: Callable[[Part], Iterable[Page]]) -> None:
        self._plan = plan
        self._parts = list(parts)
        self._at: defaultdict[str, list[int]] = defaultdict(list)
        self._below: defaultdict[str, list[int]] = defaultdict(list)
        for number, part in enumerate(self._parts):
            for address in part.at:
                self._at[address].append(number)
            for address in part.below:
                self._below[address].append(number)
        self._made: dict[int, dict[str, Page]] = {}

    def claiming(self, address: str) -> Iterator[Part]:
        """The parts that may have a page at an address."""
        return (self._parts[number] for number in self._claiming(address))

    def __getitem__(self, address: str) -> Page:
        for number in self._claiming(address):
            if found := self._pages_of(number).get(address):
                return found
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return iter({address: None for number in range(len(self._parts)) for address in self._pages_of(number)})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _claiming(self, address: str) -> list[int]:
        parts = address.split("/")
        folders = ["", *("/".join(parts[:end]) + "/" for end in range(1, len(parts)))]
        numbers = {number for folder in folders for number in self._below.get(folder, ())}
        return sorted(numbers.union(self._at.get(address, ())))

    def _pages_of(self, number: int) -> dict[str, Page]:
        found = self._made.get(number)
        if found is None:
            found = self._made[number] = {}
            for page in self._plan(self._parts[number]):
                found.setdefault(page.address, page)
        return found
