"""What shapes a site and stands in no text of the hub: what `mkdocs.yml` takes from the environment and elsewhere."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import yaml

from hub.root import FILE_NAME


class Given(NamedTuple):
    """What a configuration stands on.

    Attributes:
        environment: a hash of the variables that it names (`!ENV`), which may be secrets.
        files: the files that it goes on from (`INHERIT`), and the folders of the theme's own changes (`custom_dir`).
    """

    environment: str
    files: tuple[Path, ...]

    @classmethod
    def of(cls, root: Path) -> Given:
        """What the configuration of a hub stands on; what cannot be read is for the host to tell."""
        names: dict[str, None] = {}
        files: dict[Path, None] = {}
        waiting = [root / FILE_NAME]
        while waiting:
            path = waiting.pop()
            node = _read(path)
            names |= dict.fromkeys(_variables(node))
            inherited = _value(node, "INHERIT")
            if inherited and path.parent / inherited not in files:
                files[path.parent / inherited] = None
                waiting.append(path.parent / inherited)
            own = _value(_under(node, "theme"), "custom_dir")
            if own:
                files[root / own] = None
        told = repr([(name, os.environ.get(name)) for name in names])
        return cls(hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest(), tuple(files))


def _read(path: Path) -> yaml.Node | None:
    try:
        found: yaml.Node | None = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return None
    return found


def _variables(node: yaml.Node | None) -> Iterator[str]:
    """The names of variables in a document: `!ENV NAME`, or `!ENV [NAME, OTHER, a value if there is none]`."""
    waiting: list[yaml.Node | None] = [node]
    known: set[int] = set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in known:  # an alias: one document may hold a value many times, and in itself
            continue
        known.add(id(one))
        inner = [*chain.from_iterable(one.value)] if isinstance(one, yaml.MappingNode) else one.value
        if one.tag == "!ENV":
            named = inner if isinstance(one, yaml.SequenceNode) else [one]
            yield from (str(each.value) for each in named if isinstance(each, yaml.ScalarNode))
        elif isinstance(one, yaml.CollectionNode):
            waiting += inner


def _under(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """What stands under a key, the last where there are several."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((inner for name, inner in reversed(node.value) if name.value == key), None)


def _value(node: yaml.Node | None, key: str) -> str:
    """The text that stands under a key."""
    found = _under(node, key)
    return str(found.value) if isinstance(found, yaml.ScalarNode) else ""
