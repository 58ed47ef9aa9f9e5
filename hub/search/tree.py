"""Trees of scripts: sorted keys in leaves of a few kilobytes, each a script that calls `hub.take(name, content)`.

A leaf is found from the root down, one script a level; the root stands in the loader or in a script that it names. A
script's name ends in a hash of its content, so that a browser may keep it for ever. Where leaves begin depends on
hashes of keys (content-defined chunking, as in rsync and Merkle search trees), so that a change in one leaf
moves no other: an edited text changes the scripts that hold its words, and the nodes above them.

The one writer of these files; `assets/search/engine.js` and `Tree` here are their readers.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

FOLDER = "search/"
_ROOT = 96
"""Children of a root at most."""
_FANOUT = 48, 128
"""Children of a node, at least and at most."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HASH_DIGITS = 5
_PLAIN = re.compile(r"[^0-9a-z]")
_ENDS = 16
"""One key in so many may begin a new chunk when the least size is reached."""


Item = tuple[str, int]
"""A key of a tree, and what it weighs in a leaf, in bytes."""


class Chunk(NamedTuple):
    """Neighbours that share a leaf or a node: places of the first item and of the one after the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Root:
    """Where a tree begins: how many levels of nodes there are below it, and its own children."""

    depth: int
    children: Sequence[tuple[str, str]]

    def as_data(self) -> list[Any]:
        """For a script: depth, first keys, hashes."""
        return [self.depth, *node_data(self.children)]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Root:
        """What `as_data` gave."""
        return cls(data[0], node_from_data(data[1:]))


def base36(number: int, digits: int) -> str:
    """A number with a fixed count of digits, so that texts sort as numbers do.

    >>> base36(1295, 3)
    '0zz'
    """
    made = ""
    for _ in range(digits):
        number, digit = divmod(number, 36)
        made = _DIGITS[digit] + made
    return made


def digest(content: str) -> str:
    """The hash of a content that a name ends in: five digits of base 36, of SHA-256."""
    found = hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
    return base36(int.from_bytes(found[:8], "big"), _HASH_DIGITS)


def dump(value: Any) -> str:
    """A value as the content of a script: JSON, which is JavaScript, without spaces."""
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def script(name: str, content: str) -> str:
    """The text of the script of that name."""
    return f'hub.take("{name}",{content});\n'


def content_of(text: str) -> Any:
    """The content of a script's text."""
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def script_name(tree: str, level: int, key: str, hash_: str) -> str:
    """The name of a leaf (level 0) or node: plain letters of its first key, so that it suits any file system.

    >>> script_name("terms", 0, "c:fbr", "x7gk3")
    'terms-0c_3afbr-x7gk3'
    """
    plain = _PLAIN.sub(lambda match: f"_{ord(match[0]):x}", key)
    return f"{tree}-{level}{plain[:60]}-{hash_}"


def chunks(items: Sequence[Item], least: int, most: int) -> Iterator[Chunk]:
    """Cut sorted items into chunks of `least` to `most` bytes, as hashes of their keys say; one item may be larger."""
    start = size = 0
    for at, (key, weight) in enumerate(items):
        if at > start:
            full = size + weight > most
            if full or (size >= least and zlib.crc32(key.encode("utf-8", "surrogatepass")) % _ENDS == 0):
                yield Chunk(start, at)
                start, size = at, 0
        size += weight
    if start < len(items):
        yield Chunk(start, len(items))


def shortest_key(before: str, first: str) -> str:
    """As much of a key as tells it from the one before.

    >>> shortest_key("malaria", "maternite")
    'mat'
    """
    return next(first[:length] for length in range(1, len(first) + 1) if first[:length] > before)


def nodes(tree: str, children: Sequence[tuple[str, str]]) -> tuple[Root, dict[str, str]]:
    """Put nodes over leaves until one is enough.

    Args:
        tree: its name.
        children: first key and hash of each leaf, in order.

    Returns:
        The root, and the scripts of the nodes below it, by name.
    """
    scripts: dict[str, str] = {}
    level = 0
    while len(children) > _ROOT:
        level += 1
        items = [(key, 1) for key, _ in children]
        above = []
        for chunk in chunks(items, *_FANOUT):
            part = children[chunk.start : chunk.end]
            content = dump(node_data(part))
            hash_ = digest(content)
            scripts[script_name(tree, level, part[0][0], hash_)] = content
            above.append((part[0][0], hash_))
        children = above
    return Root(level, tuple(children)), scripts


def node_data(children: Sequence[tuple[str, str]]) -> list[str]:
    """Children for a script: their first keys with a space between, and their hashes in one run."""
    return [" ".join(key for key, _ in children), "".join(hash_ for _, hash_ in children)]


def node_from_data(data: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What `node_data` was given."""
    keys, hashes = data
    return tuple(
        (key, hashes[n * _HASH_DIGITS : (n + 1) * _HASH_DIGITS]) for n, key in enumerate(keys.split(" ")) if hashes
    )


class Tree:
    """Reads a tree from its scripts.

    Args:
        name: of the tree.
        root: where it begins.
        load: gives the content of the script of a name.
    """

    def __init__(self, name: str, root: Root, load: Callable[[str], Any]) -> None:
        self.name, self.root, self.load = name, root, load

    def leaf(self, key: str) -> Any:
        """The content of the leaf that holds a key, if any does; None in an empty tree."""
        found = self.leaves(key, key)
        return found[0] if found else None

    def leaves(self, first: str, last: str, most: int = 1) -> list[Any]:
        """The leaves that hold the keys from `first` to `last`, the first `most` of them."""
        return [self.load(name) for name in self._names(self.root.depth, self.root.children, first, last, most)]

    def _names(
        self, level: int, children: Sequence[tuple[str, str]], first: str, last: str, most: int
    ) -> Iterator[str]:
        keys = [key for key, _ in children]
        at = max(bisect_right(keys, first) - 1, 0)
        while at < len(children) and most > 0 and (keys[at] <= last or not keys[at]):
            name = script_name(self.name, level, *children[at])
            if level == 0:
                yield name
                most -= 1
            else:
                for below in self._names(level - 1, node_from_data(self.load(name)), first, last, most):
                    yield below
                    most -= 1
            at += 1


def files(scripts: Mapping[str, str] | Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Scripts as files of a site: path and text."""
    for name, content in scripts.items() if isinstance(scripts, Mapping) else scripts:
        yield f"{FOLDER}{name}.js", script(name, content)
