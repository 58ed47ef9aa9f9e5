"""Items of the store put into leaves and nodes; what an update did not touch keeps its script."""

from __future__ import annotations

import json
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from hub.search.postings import varint
from hub.search.store import Store
from hub.search.tree import Chunk, Item, Root, chunks, digest, dump, first_keys, nodes, script_name

Bodies = Sequence[tuple[str, bytes]]


class Shape(NamedTuple):
    """How a tree's leaves are made: how large, in bytes, and with what content."""

    least: int
    most: int
    content: Callable[[Bodies], str]


def _lists(found: Bodies) -> str:
    """Keys, and behind one another their lists, each after its length."""
    data = b"".join(varint(len(body)) + body for _, body in found)
    return dump([" ".join(key for key, _ in found), b64encode(data).decode()])


def _values(found: Bodies) -> str:
    """The items' own JSON, one after the other."""
    return f"[{','.join(body.decode() for _, body in found)}]"


def _counts(found: Bodies) -> str:
    """Keys, and a digit for each."""
    return dump([" ".join(key for key, _ in found), b"".join(body for _, body in found).decode()])


SHAPES = {
    "terms": Shape(2500, 4500, _lists),
    "tails": Shape(5000, 8000, _lists),
    "records": Shape(600, 1300, _values),
    "words": Shape(5000, 8000, _counts),
    "names": Shape(5000, 8000, _values),
}
PASSAGES = "passages"
"""A tree as well, but no leaf spans two records: a record's passages are put into leaves as they are read."""
_PASSAGES = Shape(2600, 4800, _values)
TREES = (*SHAPES, PASSAGES)
"""The trees of the index. Sizes are a matter of measure: small leaves make a query light and the nodes heavy."""


def grow(store: Store, tree: str, touched: Sequence[str] | None) -> Root:
    """Make the scripts of a tree.

    Args:
        store: holds its items.
        tree: its name.
        touched: the keys that were changed, sorted; None for all.

    Returns:
        Where the tree begins.
    """
    shape = SHAPES[tree]
    query = "SELECT key, length(key) + length(body) + 1 FROM item WHERE tree = ? ORDER BY key"
    items = list(store.rows(query, tree))
    cut = list(chunks(items, shape.least, shape.most))
    old = {
        (key, first, last): hash_
        for key, first, last, hash_ in store.rows("SELECT key, first, last, hash FROM leaf WHERE tree = ?", tree)
    }
    children: list[tuple[str, str]] = []
    new: list[tuple[str, str]] = []
    leaves: list[tuple[str, str, str, str, str]] = []
    for chunk, key in zip(cut, first_keys(items, cut), strict=True):
        first, last = items[chunk.start][0], items[chunk.end - 1][0]
        known = old.get((key, first, last))
        if known is None or touched is None or _is_touched(touched, items, chunk):
            bodies = store.rows(
                "SELECT key, body FROM item WHERE tree = ? AND key BETWEEN ? AND ? ORDER BY key", tree, first, last
            )
            content = shape.content(list(bodies))
            known = digest(content)
            new.append((script_name(tree, 0, key, known), content))
        children.append((key, known))
        leaves.append((tree, first, last, key, known))
    root, above = nodes(tree, children)
    _keep(store, tree, children, new, above)
    store.write("DELETE FROM leaf WHERE tree = ?", [(tree,)])
    store.write("INSERT INTO leaf VALUES (?, ?, ?, ?, ?)", leaves)
    return root


class Leaf(NamedTuple):
    """A leaf of passages: the keys of the first and the last, the hash and the content of its script."""

    first: str
    last: str
    hash: str
    content: str


def passage_leaves(passages: Bodies) -> Iterator[Leaf]:
    """Make the leaves of one record's passages, which are given with their keys."""
    items = [(key, len(body) + 1) for key, body in passages]
    for start, end in chunks(items, _PASSAGES.least, _PASSAGES.most):
        content = _values(passages[start:end])
        yield Leaf(items[start][0], items[end - 1][0], digest(content), content)


def put_passages(store: Store, leaves: Iterable[Leaf]) -> None:
    """Put leaves of passages into the store."""
    found = list(leaves)
    rows = ((PASSAGES, leaf.first, leaf.last, leaf.first, leaf.hash) for leaf in found)
    store.write("INSERT OR REPLACE INTO leaf VALUES (?, ?, ?, ?, ?)", rows)
    scripts = ((script_name(PASSAGES, 0, leaf.first, leaf.hash), PASSAGES, leaf.content) for leaf in found)
    store.write("INSERT OR REPLACE INTO script VALUES (?, ?, ?)", scripts)


def drop_passages(store: Store, mark: str) -> None:
    """Take out the leaves of a record's passages, told by the key of its slot."""
    had = list(
        store.rows("SELECT key, hash FROM leaf WHERE tree = ? AND first BETWEEN ? AND ?", PASSAGES, mark, mark + "~")
    )
    store.write("DELETE FROM script WHERE name = ?", [(script_name(PASSAGES, 0, key, hash_),) for key, hash_ in had])
    store.write("DELETE FROM leaf WHERE tree = ? AND first = ?", [(PASSAGES, key) for key, _ in had])


def grow_passages(store: Store) -> Root:
    """Make the nodes over the leaves of passages."""
    children = list(store.rows("SELECT key, hash FROM leaf WHERE tree = ? ORDER BY first", PASSAGES))
    root, above = nodes(PASSAGES, children)
    _keep(store, PASSAGES, children, [], above)
    return root


def _is_touched(touched: Sequence[str], items: Sequence[Item], chunk: Chunk) -> bool:
    """Whether a changed key lies in the chunk, or was taken out between it and the next."""
    at = bisect_left(touched, items[chunk.start][0])
    if at == len(touched):
        return False
    return chunk.end == len(items) or touched[at] < items[chunk.end][0]


def _keep(
    store: Store, tree: str, children: Sequence[tuple[str, str]], new: list[tuple[str, str]], above: dict[str, str]
) -> None:
    """Put new scripts into the store, and take out those of the tree that have no use any more."""
    wanted = {script_name(tree, 0, key, hash_) for key, hash_ in children} | set(above)
    had = {name for (name,) in store.rows("SELECT name FROM script WHERE tree = ?", tree)}
    store.write("DELETE FROM script WHERE name = ?", [(name,) for name in had - wanted])
    store.write("INSERT OR REPLACE INTO script VALUES (?, ?, ?)", [(name, tree, text) for name, text in new])
    fresh = [(name, tree, text) for name, text in above.items() if name not in had]
    store.write("INSERT OR REPLACE INTO script VALUES (?, ?, ?)", fresh)


def keep_one(store: Store, name: str, content: str) -> str:
    """Make a script that stands alone, in the place of an older one of its name; its own name ends in its hash."""
    own = f"{name}-{digest(content)}"
    store.write("DELETE FROM script WHERE tree = ? AND name != ?", [(name, own)])
    store.write("INSERT OR IGNORE INTO script VALUES (?, ?, ?)", [(own, name, content)])
    return own


def as_json(value: object) -> bytes:
    """An item's body."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
