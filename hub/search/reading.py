"""Reads the index from its scripts, as the browser does: nothing else is known of it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from hub.search.concepts import Concepts
from hub.search.postings import Posting, Postings, decode, decode_slots, decode_tail, split
from hub.search.slots import Table
from hub.search.tree import Root, Tree, base36

FACETS = ("kind", "theme", "year", "place", "lang", "person", "group")
"""By what results can be narrowed."""
LAST = "\uffff"
"""Sorts after every key."""


class Record(NamedTuple):
    """What is shown of a result."""

    mark: str
    kind: str
    id: str
    lang: str
    title: str
    url: str
    summary: str
    date: str
    status: str


class Shown(NamedTuple):
    """A passage: its key, the anchor and heading that it stands under, its text."""

    key: str
    anchor: str
    heading: str
    text: str


class Index:
    """The index.

    Args:
        manifest: what `search/loader.js` says of it.
        load: gives the content of the script of a name.
    """

    def __init__(self, manifest: Mapping[str, Any], load: Callable[[str], Any]) -> None:
        self.manifest = manifest
        self.load = lru_cache(maxsize=4096)(load)
        size, languages = manifest["table"]
        self.table = Table(size, tuple(languages))
        self._lists: dict[int, dict[str, bytes]] = {}

    @cached_property
    def concepts(self) -> Concepts:
        """The glossary's concepts."""
        return Concepts.from_data(self.load(self.manifest["concepts"]))

    def postings(self, term: str) -> Postings | None:
        """The strongest records of a term; None for a term that no text has."""
        data = self._list("terms", term)
        return decode(data) if data else None

    def tail(self, term: str) -> tuple[Posting, ...]:
        """The other records of a common term."""
        return decode_tail(self._list("tails", term))

    def record(self, slot: int) -> Record:
        """What is shown of the record in a slot."""
        mark = base36(slot, 5)
        return next(Record(*row) for row in self.tree("records").leaf(mark) if row[0] == mark)

    def passage(self, slot: int, number: int) -> Shown:
        """A passage of the record in a slot; 0 is its front."""
        key = base36(slot, 5) + base36(number, 2)
        return next(Shown(*row) for row in self.tree("passages").leaf(key) if row[0] == key)

    def passages(self, slot: int, most: int) -> tuple[list[Shown], bool]:
        """The passages of the record in a slot, as far as `most` leaves hold them, and whether these hold all."""
        mark = base36(slot, 5)
        leaves = self.tree("passages").leaves(mark, mark + LAST, most + 1)
        return [Shown(*row) for leaf in leaves[:most] for row in leaf if row[0].startswith(mark)], len(leaves) <= most

    def forms(self, prefix: str, most: int) -> dict[str, int]:
        """Words that begin so, as far as `most` leaves hold them, and how common each is."""
        found: dict[str, int] = {}
        for keys, counts in self.tree("words").leaves(prefix, prefix + LAST, most):
            pairs = zip(keys.split(" "), map(int, counts), strict=True)
            found |= {form: count for form, count in pairs if form.startswith(prefix)}
        return found

    def names(self, prefix: str, most: int) -> list[Sequence[str]]:
        """Names that begin so from one of their words on, as far as `most` leaves hold them."""
        leaves = self.tree("names").leaves(prefix, prefix + LAST, most)
        return [row for leaf in leaves for row in leaf if row[0].startswith(prefix)]

    def facet(self, name: str) -> list[tuple[str, list[str], tuple[int, ...]]]:
        """The values of a facet, their labels by language, and who has them."""
        script = self.manifest["facets"].get(name)
        rows = self.load(script) if script else []
        return [(value, labels, decode_slots(b64decode(slots))) for value, labels, slots in rows]

    def tree(self, name: str) -> Tree:
        """The tree of that name."""
        return self._trees[name]

    @cached_property
    def _trees(self) -> dict[str, Tree]:
        return _Trees(self)

    def _list(self, tree: str, term: str) -> bytes:
        leaf = self.tree(tree).leaf(term)
        if leaf is None:
            return b""
        # A leaf is cut into its lists once, however many terms are asked of it.
        lists = self._lists.get(id(leaf))
        if lists is None:
            keys, data = leaf
            lists = self._lists[id(leaf)] = dict(zip(keys.split(" "), split(b64decode(data)), strict=True))
        return lists.get(term, b"")


class _Trees(dict[str, Tree]):
    """Trees by name, each opened when it is first asked for: the root of some is a script of its own."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self.index = index

    def __missing__(self, name: str) -> Tree:
        root = self.index.manifest["trees"][name]
        self[name] = Tree(
            name, Root.from_data(self.index.load(root) if isinstance(root, str) else root), self.index.load
        )
        return self[name]
