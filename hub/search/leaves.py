"""Trees of the index made and changed: items packed into leaves, leaves and nodes kept as scripts.

The leaves are the only place where items are kept: a change unpacks those near it and no others. What comes out is
what a tree made anew of the same items would be, byte for byte.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from json.encoder import encode_basestring
from typing import NamedTuple

from hub.search.postings import split, varint
from hub.search.store import Store
from hub.search.tree import Root, chunks, digest, dump, nodes, script_name, shortest_key

Items = Sequence[tuple[str, bytes]]
"""Keys in ascending order, and what stands under each."""


class Shape(NamedTuple):
    """How a tree's leaves are made: how large, in bytes, and items as a script's content and back."""

    least: int
    most: int
    pack: Callable[[Items], str]
    unpack: Callable[[str], Items]


def _lists(items: Items) -> str:
    """Keys, and behind one another their lists, each after its length."""
    data = b"".join(varint(len(body)) + body for _, body in items)
    return dump([" ".join(key for key, _ in items), b64encode(data).decode()])


def _of_lists(content: str) -> Items:
    keys, data = json.loads(content)
    return list(zip(keys.split(" "), split(b64decode(data)), strict=True))


def _values(items: Items) -> str:
    """The items' own JSON, one after the other."""
    return f"[{','.join(body.decode() for _, body in items)}]"


def _of_values(content: str) -> Items:
    return [(row[0], as_json(row)) for row in json.loads(content)]


def _counts(items: Items) -> str:
    """Keys, and a digit for each."""
    return dump([" ".join(key for key, _ in items), b"".join(body for _, body in items).decode()])


def _of_counts(content: str) -> Items:
    keys, counts = json.loads(content)
    return [(key, count.encode()) for key, count in zip(keys.split(" "), counts, strict=True)]


SHAPES = {
    "terms": Shape(2500, 4500, _lists, _of_lists),
    "tails": Shape(5000, 8000, _lists, _of_lists),
    "records": Shape(600, 1300, _values, _of_values),
    "words": Shape(5000, 8000, _counts, _of_counts),
    "names": Shape(5000, 8000, _values, _of_values),
}
PASSAGES = "passages"
"""A tree as well, but no leaf spans two records: a record's passages are put into leaves as they are read."""
_PASSAGES = Shape(2600, 4800, _values, _of_values)
TREES = (*SHAPES, PASSAGES)
"""The trees of the index. Sizes are a matter of measure: small leaves make a query light and the nodes heavy."""
_AT_ONCE = 1000
"""Items that are packed together, where all are known."""


class Leaf(NamedTuple):
    """A leaf: its first and last item's keys, the key and the hash in its script's name, the script's content.

    The key is empty until the leaf before is known, and the content where it stands in the store.
    """

    first: str
    last: str
    hash: str
    key: str = ""
    content: str = ""


class Planting:
    """A tree that is made of items which come some at a time, in ascending order; leaves are kept as soon as they end.

    Args:
        store: holds nothing of the tree.
        tree: its name.
    """

    def __init__(self, store: Store, tree: str) -> None:
        self._store, self._tree = store, tree
        self._loose: Items = ()
        self._last: str | None = None
        self._children: list[tuple[str, str]] = []

    def add(self, items: Items) -> None:
        """Take in the items that come next."""
        runs = _runs(SHAPES[self._tree], [*self._loose, *items])
        self._loose = runs.pop() if runs else ()  # where its leaf ends, the next items say
        self.put(map(self._leaf, runs))

    def put(self, leaves: Iterable[Leaf]) -> None:
        """Take in the leaves that come next, with their keys."""
        fresh = list(leaves)
        _keep_leaves(self._store, self._tree, fresh)
        self._children += ((leaf.key, leaf.hash) for leaf in fresh)

    def root(self) -> Root:
        """End the tree, and say where it begins."""
        self.put(map(self._leaf, filter(None, [self._loose])))
        return _keep_nodes(self._store, self._tree, self._children)

    def _leaf(self, items: Items) -> Leaf:
        leaf = _leaf(SHAPES[self._tree], items)
        key = "" if self._last is None else shortest_key(self._last, leaf.first)
        self._last = leaf.last
        return leaf._replace(key=key)


def plant(store: Store, tree: str, items: Iterable[tuple[str, bytes]]) -> Root:
    """Make a tree of items in ascending order, in a store that holds nothing of it.

    Returns:
        Where the tree begins.
    """
    planting, rest = Planting(store, tree), iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        planting.add(some)
    return planting.root()


def graft(store: Store, tree: str, changes: Mapping[str, bytes | None]) -> Root:
    """Change items of a tree: what stands under a key from now on, or None where nothing does.

    Returns:
        Where the tree begins.
    """
    old = _leaves(store, tree)
    shape = SHAPES[tree]

    def items(leaf: Leaf) -> Items:
        return shape.unpack(store.content(_name(tree, leaf)))

    leaves = _grafted(shape, old, changes, items)
    return _keep(store, tree, old, list(_keyed(store, tree, leaves)))


def passage_leaves(passages: Items) -> Iterator[Leaf]:
    """Make the leaves of one record's passages."""
    for run in _runs(_PASSAGES, passages):
        leaf = _leaf(_PASSAGES, run)
        yield leaf._replace(key=leaf.first)


def put_passages(store: Store, marks: Iterable[str], leaves: Iterable[Leaf]) -> Root:
    """Put leaves of passages in the place of those of some records.

    Args:
        store: holds the others.
        marks: what the keys of those records' passages begin with.
        leaves: the new ones.
    """
    old = _leaves(store, PASSAGES)
    new = list(old)
    for mark in marks:
        start, end = (bisect_left(new, (key,)) for key in (mark, f"{mark}~"))
        del new[start:end]
    return _keep(store, PASSAGES, old, sorted([*new, *leaves]))


def keep_one(store: Store, name: str, content: str) -> str:
    """Make a script that stands alone, in the place of an older one of its name; its own name ends in its hash."""
    own = f"{name}-{digest(content)}"
    store.write("DELETE FROM script WHERE name GLOB ? AND name != ?", [(f"{name}-?????", own)])
    store.write("INSERT OR IGNORE INTO script VALUES (?, ?)", [(own, content)])
    return own


def as_json(row: Sequence[str]) -> bytes:
    """An item's body: a row of texts."""
    # As `json.dumps` writes it, which makes an encoder for each of some hundred thousand rows.
    return f"[{','.join(map(encode_basestring, row))}]".encode("utf-8", "replace")


def _runs(shape: Shape, items: Items) -> list[Items]:
    """Items as leaves take them."""
    weights = [(key, len(key) + len(body) + 1) for key, body in items]
    return [items[start:end] for start, end in chunks(weights, shape.least, shape.most)]


def _leaf(shape: Shape, items: Items) -> Leaf:
    content = shape.pack(items)
    return Leaf(items[0][0], items[-1][0], digest(content), content=content)


def _grafted(
    shape: Shape, old: Sequence[Leaf], changes: Mapping[str, bytes | None], items: Callable[[Leaf], Items]
) -> Iterator[Leaf]:
    """The leaves after changes: near a change they are made again, until one begins where an older one began."""
    firsts = [leaf.first for leaf in old]
    keys = sorted(changes)
    at = 0
    while keys:
        # Where the leaf before ends may depend on the first key of the leaf that changes.
        begin = max(bisect_right(firsts, keys[0]) - 2, at)
        yield from old[at:begin]
        loose: list[tuple[str, bytes]] = []
        at, is_changed = begin, False
        while True:
            known = len(loose)
            inner = keys[: bisect_left(keys, firsts[at + 1])] if at + 1 < len(old) else keys
            keys = keys[len(inner) :]
            is_changed = is_changed or bool(inner)
            loose += _changed(items(old[at]) if at < len(old) else [], {key: changes[key] for key in inner})
            runs = _runs(shape, loose)
            starts = [0, *accumulate(map(len, runs))]
            is_clear = not inner and (not keys or bisect_right(firsts, keys[0]) - 2 >= at)
            if is_changed and is_clear and known in starts:
                yield from (_leaf(shape, run) for run in runs[: starts.index(known)])
                break
            at += 1
            if at >= len(old):
                yield from (_leaf(shape, run) for run in runs)
                break
            yield from (_leaf(shape, run) for run in runs[:-1])
            loose = list(runs[-1]) if runs else []
    yield from old[at:]


def _changed(items: Items, changes: Mapping[str, bytes | None]) -> list[tuple[str, bytes]]:
    if not changes:
        return list(items)
    found = {**dict(items), **changes}
    return [(key, body) for key in sorted(found) if (body := found[key]) is not None]


def _keyed(store: Store, tree: str, leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Leaves with keys that tell each from the one before, as short as can be; the first has an empty one."""
    last = ""
    for at, leaf in enumerate(leaves):
        key = shortest_key(last, leaf.first) if at else ""
        content = leaf.content or ("" if leaf.key == key else store.content(_name(tree, leaf)))
        yield leaf._replace(key=key, content=content) if content else leaf
        last = leaf.last


def _name(tree: str, leaf: Leaf) -> str:
    return script_name(tree, 0, leaf.key, leaf.hash)


def _leaves(store: Store, tree: str) -> list[Leaf]:
    query = "SELECT first, last, hash, key, '' FROM leaf WHERE tree = ? ORDER BY first"
    return list(map(Leaf._make, store.rows(query, tree)))


def _keep(store: Store, tree: str, old: Sequence[Leaf], new: Sequence[Leaf]) -> Root:
    """Put the leaves that are new into the store, and the nodes above all; take out what has no use any more."""
    fresh = [leaf for leaf in new if leaf.content]
    stays = {leaf for leaf in new if not leaf.content}.union(leaf._replace(content="") for leaf in fresh)
    gone = [leaf for leaf in old if leaf not in stays]
    store.write("DELETE FROM leaf WHERE tree = ? AND first = ?", ((tree, leaf.first) for leaf in gone))
    store.write("DELETE FROM script WHERE name = ?", ((_name(tree, leaf),) for leaf in gone))
    _keep_leaves(store, tree, fresh)
    return _keep_nodes(store, tree, [(leaf.key, leaf.hash) for leaf in new])


def _keep_leaves(store: Store, tree: str, leaves: Sequence[Leaf]) -> None:
    rows = ((tree, leaf.first, leaf.last, leaf.hash, leaf.key) for leaf in leaves)
    store.write("INSERT OR REPLACE INTO leaf VALUES (?, ?, ?, ?, ?)", rows)
    store.write("INSERT OR REPLACE INTO script VALUES (?, ?)", ((_name(tree, leaf), leaf.content) for leaf in leaves))


def _keep_nodes(store: Store, tree: str, children: Sequence[tuple[str, str]]) -> Root:
    """Put the nodes above leaves, told by keys and hashes, in the place of older ones."""
    root, above = nodes(tree, children)
    of_nodes = (script_name(tree, 1, "", ""), script_name(tree, 9, "", "") + "~")
    known = {name for (name,) in store.rows("SELECT name FROM script WHERE name BETWEEN ? AND ?", *of_nodes)}
    store.write("DELETE FROM script WHERE name = ?", ((name,) for name in known - above.keys()))
    store.write("INSERT INTO script VALUES (?, ?)", ((name, above[name]) for name in above.keys() - known))
    return root
