"""A file as it was read: its text in two parts, and the place of every value of its front matter."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from hub.diagnostics import Edit
from hub.location import Location
from hub.packed import Packed

Path = tuple[str | int, ...]
"""The way to a value: `("lessons", 0, "statement")`."""


class Span(NamedTuple):
    """Where a value stands: its place for people, its offsets in the file's text for edits, and how it was quoted."""

    line: int
    column: int
    start: int
    end: int
    quoted: bool = False


class _Packed(Mapping[Path, Span]):
    """Spans by path as bytes until one is asked for: every value has one, and hardly any is ever asked for."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    def __reduce__(self) -> tuple[Any, ...]:
        return _Packed, (self.packed,)

    @cached_property
    def _spans(self) -> dict[Path, Span]:
        return {path: Span(*span) for path, span in marshal.loads(self.packed).items()}  # noqa: S302 - of our own making

    def __getitem__(self, path: Path) -> Span:
        return self._spans[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


def _packed(spans: Mapping[Path, Span]) -> _Packed:
    if isinstance(spans, _Packed):
        return spans
    return _Packed(marshal.dumps({path: tuple(span) for path, span in spans.items()}))


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of a front matter and their places.

    Attributes:
        data: nested dicts, lists and strings; keys whose value is null are left out.
        values: the span of each value by its path.
        keys: the span of each key by the path of its value, null ones included.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[Path, Span] = field(default_factory=dict)
    keys: Mapping[Path, Span] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled, it keeps its places packed."""
        return FrontMatter, (self.data, _packed(self.values), _packed(self.keys))

    def written(self, path: Path) -> Path:
        """The path under which the value at `path` was written, as far as it was.

        One value may stand for a list of one, and a text for a structure: `places: BJ` is `places[0].country`.
        """
        if path in self.values:
            return path
        value: Any = self.data
        found: Path = ()
        for part in path:
            if isinstance(part, int) and not isinstance(value, list):
                continue
            items: Any = dict(enumerate(value)) if isinstance(value, list) else value
            if not isinstance(items, dict) or part not in items:
                break
            found, value = (*found, part), items[part]
        return found

    def text(self, path: Path) -> str | None:
        """The text that was written for the value at `path`, or None when it was none."""
        value: Any = self.data
        for part in self.written(path):
            value = value[part] if isinstance(value, dict) else value[int(part)]
        return value if isinstance(value, str) else None

    def span(self, path: Path) -> Span | None:
        """The place of the value at `path`, or of the nearest value around it."""
        if path not in self.keys:
            path = self.written(path)
        while path:
            found = self.values.get(path) or self.keys.get(path)
            if found:
                return found
            path = path[:-1]
        return None


class Written(NamedTuple):
    """What is written in a Markdown file.

    Attributes:
        text: the whole file, decoded, without a byte-order mark.
        front: its front matter.
        body: the Markdown after it, lines ended by a bare newline.
    """

    text: str = ""
    front: FrontMatter = FrontMatter()
    body: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled, it holds a body that ends the text once: as its length."""
        if self.text.endswith(self.body):
            return _ending, (self.text, self.front, len(self.body))
        return Written, (self.text, self.front, self.body)


def _ending(text: str, front: FrontMatter, length: int) -> Written:
    return Written(text, front, text[len(text) - length :])


_NOTHING = Packed(Written())


@dataclass(frozen=True, slots=True)
class SourceText:
    """A Markdown file in two parts.

    Attributes:
        path: relative to the hub's root.
        written: what is written in it.
        body_line: the file's line on which its body begins, counted from 1.
        hash: of the file's bytes, as Git counts it; what is shown of the text may be less.
        may_hold_address: whether an e-mail address is worth looking for in it (`hub.emails`), told as the file is
            read: nobody reads all texts again for that.
        front_hash: of what stands before the body in the file; empty where nothing does.
    """

    path: str
    written: Packed[Written] = _NOTHING
    body_line: int = 1
    hash: str = ""
    may_hold_address: bool = True
    front_hash: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it is made of, which is quicker than field by field."""
        told = (self.path, self.written, self.body_line, self.hash, self.may_hold_address, self.front_hash)
        return SourceText, told

    @property
    def text(self) -> str:
        """The whole file, as `Written.text`."""
        return self.written.value.text

    @property
    def front(self) -> FrontMatter:
        """Its front matter."""
        return self.written.value.front

    @property
    def body(self) -> str:
        """The Markdown after it, as `Written.body`."""
        return self.written.value.body

    def locate(self, path: Path = ()) -> Location:
        """The place of the value at `path`, or of the front matter as a whole."""
        span = self.front.span(path)
        return Location(self.path, span.line, span.column) if span else Location(self.path)

    def locate_key(self, path: Path) -> Location:
        """The place of the key that leads to `path`."""
        span = self.front.keys.get(path)
        return Location(self.path, span.line, span.column) if span else self.locate(path)

    def replacement(self, path: Path, value: str) -> Edit | None:
        """The edit that writes `value` at `path` and keeps the quotes; None where it is no text of one line."""
        written = self.front.written(path)
        span = self.front.values.get(written)
        if span is None or self.front.text(written) is None:
            return None
        there = self.text[span.start : span.end]
        if "\n" in there or there[:1] in {"|", ">"}:
            return None
        quote = there[0] if span.quoted else ""
        return Edit(span.start, span.end, f"{quote}{value}{quote}")
