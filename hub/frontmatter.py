"""Front matter: the YAML block at the head of a Markdown file, read with the place of every value.

The block is read as a stream of libyaml events, never by a YAML loader: there is no recursion to exhaust, no alias to
expand, no tag to run. A scalar stays the text that was written (`NO` is Norway, `2015` may be a title); the field that
receives it decides what it means. Only mappings, lists and scalars exist; null (`~`, `null` or nothing) is "not given".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from hub import emails
from hub.diagnostics import Diagnostic, Message, Rule, Severity
from hub.i18n import N_
from hub.location import Location
from hub.packed import Packed
from hub.source import FrontMatter, Path, SourceText, Span, Written
from hub.swhid import content_hash

MEGABYTE = 10**6
MAX_BYTES = 2 * MEGABYTE
"""Of a text with its head: more than is ever made a page of (`markdown.limits`), whatever its letters."""
MAX_CHARACTERS = 64_000
MAX_FIELDS_CHARACTERS = 1_000_000
"""A file of fields alone (a vocabulary) may be longer than the head of a note."""
MAX_DEPTH = 10
MAX_VALUES = 2_000
"""Keys and values of the head of a note; a file of fields alone is held by its characters."""

NOT_UTF8 = Rule(
    "not-utf8",
    Severity.ERROR,
    N_("The file is not UTF-8 text (byte {byte} cannot be read)."),
    N_("Save it again as UTF-8. In a text editor: “Save as”, encoding “UTF-8”."),
)
EMPTY_FILE = Rule(
    "empty-file",
    Severity.ERROR,
    N_("The file is empty."),
    N_("Write at least a title, for example:\n---\ntitle: Supervision in the health zone\n---"),
)
UNCLOSED = Rule(
    "front-matter-unclosed",
    Severity.ERROR,
    N_("The front matter opens with --- but is never closed."),
    N_("Put a line with nothing but --- after the last field."),
)
MISPLACED = Rule(
    "front-matter-misplaced",
    Severity.ERROR,
    N_("The front matter does not begin on the first line with ---."),
    N_(
        "Nothing may stand before it, and nothing beside the dashes. Example:\n"
        "---\ntitle: Supervision in the health zone\n---"
    ),
)
BAD_YAML = Rule(
    "bad-yaml",
    Severity.ERROR,
    N_("The front matter cannot be read: {problem}."),
    N_(
        "Write one field a line, a name, a colon, a space and the value; quote a value that holds a colon. "
        'Example: title: "Health: a review"'
    ),
)
NOT_A_MAPPING = Rule(
    "front-matter-not-fields",
    Severity.ERROR,
    N_("The front matter holds {found} where fields are expected."),
    N_("Write a name and a value on each line. Example: title: Supervision in the health zone"),
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    Severity.ERROR,
    N_("The field “{key}” is given twice (first on line {first})."),
    N_("Keep one of the two. For several values, write a list. Example: keywords: [RBF, quality of care]"),
)
ALIAS = Rule(
    "yaml-alias",
    Severity.ERROR,
    N_("“{found}” is a YAML reference or tag, which front matter does not take."),
    N_('Write the value out in full, in quotes if it begins with &, * or !. Example: title: "*Urgent*"'),
)
TOO_LARGE = Rule(
    "front-matter-too-large",
    Severity.ERROR,
    N_("The front matter is too large: {found}."),
    N_("At most {limit}. Long texts belong under the front matter, after the second ---."),
)
TEXT_TOO_LARGE = Rule(
    "text-too-large",
    Severity.ERROR,
    N_("The text weighs more than {most} MB: it is not read."),
    N_(
        "Cut it into several texts; pictures and tables of data belong into files beside it. "
        "Example: ![The zone](zone.png)"
    ),
)
RULES = (
    TEXT_TOO_LARGE,
    NOT_UTF8,
    EMPTY_FILE,
    MISPLACED,
    UNCLOSED,
    BAD_YAML,
    NOT_A_MAPPING,
    DUPLICATE_KEY,
    ALIAS,
    TOO_LARGE,
)

_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_LIKE_FENCE = re.compile(r"[\s\ufeff]*(?:---|[A-Za-zÀ-ÿ_]+[ \t]*:[^\n]*\n(?s:.{0,4000}?)^---[ \t]*\r?$)", re.MULTILINE)
"""What was meant as front matter: dashes that are not alone on the first line, or fields without their first dashes."""
_AGAIN = "\x00"
"""Stands in the path of a value whose key was given before; no key is like it."""
_NULL = {"", "~", "null", "Null", "NULL"}
_PROBLEMS = (
    ("mapping values are not allowed", N_("there is a colon in a value that is not quoted")),
    ("that cannot start any token", N_("a value begins with a character that must be quoted (such as @, ` or %)")),
    ("found unexpected end of stream", N_("a quotation mark or a bracket is opened and never closed")),
    ("while scanning a quoted scalar", N_("a quotation mark is opened and never closed")),
    ("did not find expected ',' or ']'", N_("a bracket is opened and never closed, or a comma is missing")),
    ("did not find expected ',' or '}'", N_("a brace is opened and never closed, or a comma is missing")),
    ("could not find expected ':'", N_("a line has no colon after the field's name")),
    (
        "did not find expected key",
        N_("a quoted value is followed by more text, or the line is not aligned with the others"),
    ),
    ("did not find expected '-' indicator", N_("a list item is not aligned with the others")),
    ("control characters are not allowed", N_("there is an invisible control character")),
)
_TAB = N_("there is a tab where spaces are expected")
_UNKNOWN_PROBLEM = N_("it is not written as YAML fields")


def read(raw: bytes, path: str) -> tuple[SourceText, list[Diagnostic]]:
    """Split a file into front matter and body.

    Args:
        raw: the file's bytes: UTF-8, with or without a byte-order mark, any line ends.
        path: its name in diagnostics.

    Returns:
        What could be read, and every fault. A front matter that cannot be read is empty; the body is kept.
    """
    if len(raw) > MAX_BYTES:
        params = {"most": MAX_BYTES // MEGABYTE}
        return SourceText(path), [Diagnostic(TEXT_TOO_LARGE, Location(path), params)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        source = SourceText(path)
        return source, [Diagnostic(NOT_UTF8, Location(path, line, column), {"byte": f"0x{raw[error.start]:02X}"})]
    hash_ = content_hash(raw)
    if not text.strip():
        return SourceText(path, Packed(Written(text)), 1, hash_), [Diagnostic(EMPTY_FILE, Location(path))]
    opening = _FENCE.match(text)
    if not opening:
        source = SourceText(path, Packed(Written(text, body=_newlines(text))), 1, hash_)
        return source, [Diagnostic(MISPLACED, Location(path))] if _LIKE_FENCE.match(_newlines(text)) else []
    closing = _FENCE.search(text, opening.end())
    if not closing:
        written = Written(text, body=_newlines(text[opening.end() :]))
        return SourceText(path, Packed(written), 2, hash_), [Diagnostic(UNCLOSED, Location(path))]
    block, offset = text[opening.end() : closing.start()], opening.end()
    body = _newlines(text[closing.end() :]).removeprefix("\n")
    body_line = text.count("\n", 0, closing.end()) + 2
    front, faults = _parse(block, path, offset)
    front_hash = content_hash(text[: closing.end()].encode())
    told = body_line, hash_, emails.may_hold(text), front_hash
    return SourceText(path, Packed(Written(text, front, body)), *told), faults


def read_fields(raw: bytes, path: str) -> tuple[FrontMatter, list[Diagnostic]]:
    """Read a file that is fields alone, without fences or body (a vocabulary). Faults as in `read`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return FrontMatter(), [Diagnostic(NOT_UTF8, Location(path), {"byte": f"0x{raw[error.start]:02X}"})]
    return _parse(text, path, 0, limit=MAX_FIELDS_CHARACTERS, values=MAX_FIELDS_CHARACTERS)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parse(
    block: str, path: str, offset: int, *, limit: int = MAX_CHARACTERS, values: int = MAX_VALUES
) -> tuple[FrontMatter, list[Diagnostic]]:
    if len(block) > limit:
        params = {
            "found": Message(N_("{n} characters"), {"n": len(block)}),
            "limit": Message(N_("{n} characters"), {"n": limit}),
        }
        return FrontMatter(), [Diagnostic(TOO_LARGE, Location(path), params)]
    builder = _Builder(path, offset, values)
    try:
        builder.build(yaml.parse(block, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        return FrontMatter(), [_bad_yaml(error, path, block)]
    except _Stop as stop:
        return FrontMatter(), [*builder.faults, stop.diagnostic]
    if not isinstance(builder.root, dict):
        if builder.root is None:
            return FrontMatter(), builder.faults
        found = Message(N_("a list") if isinstance(builder.root, list) else N_("a text"))
        return FrontMatter(), [Diagnostic(NOT_A_MAPPING, Location(path, 2), {"found": found})]
    return FrontMatter(builder.root, builder.values, builder.keys), builder.faults


def _bad_yaml(error: yaml.YAMLError, path: str, block: str) -> Diagnostic:
    said = str(error)
    unclosed = "unexpected end of stream" in said or "quoted scalar" in said or "flow" in said
    # libyaml notices an unclosed quote or bracket far below; the reader needs the place where it opens.
    mark = (getattr(error, "context_mark", None) if unclosed else None) or getattr(error, "problem_mark", None)
    problem = next((text for needle, text in _PROBLEMS if needle in said), _UNKNOWN_PROBLEM)
    lines = block.split("\n")[mark.line : mark.line + 1] if mark else []
    if mark and lines and lines[0][mark.column :].startswith("\t"):  # of which libyaml says no more than of any sign
        problem = _TAB
    location = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
    return Diagnostic(BAD_YAML, location, {"problem": Message(problem)})


class _Stop(Exception):
    """The rest of the block is not worth reading."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.rule.code)
        self.diagnostic = diagnostic


class _Builder:
    """Turns libyaml events into nested values; iterative, so that no nesting can exhaust the stack."""

    def __init__(self, path: str, offset: int, most: int) -> None:
        self.path, self.offset, self.most = path, offset, most
        self.root: Any = None
        self.values: dict[Path, Span] = {}
        self.keys: dict[Path, Span] = {}
        self.faults: list[Diagnostic] = []
        self._stack: list[tuple[dict[str, Any] | list[Any], Path]] = []
        self._key: list[str | None] = []

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            if len(self.values) > self.most:
                found, limit = (
                    Message(text, {"n": self.most}) for text in (N_("more than {n} values"), N_("{n} values"))
                )
                raise _Stop(Diagnostic(TOO_LARGE, self._location(event), {"found": found, "limit": limit}))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _Stop(Diagnostic(ALIAS, self._location(event), {"found": f"*{event.anchor}"}))
            if getattr(event, "tag", None):
                raise _Stop(Diagnostic(ALIAS, self._location(event), {"found": event.tag}))
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
            elif isinstance(event, yaml.CollectionEndEvent):
                self._stack.pop()
                self._key.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise _Stop(Diagnostic(BAD_YAML, self._location(event), {"problem": Message(_UNKNOWN_PROBLEM)}))

    def _scalar(self, event: Any) -> None:
        container = self._stack[-1][0] if self._stack else None
        quoted = bool(event.style)
        if isinstance(container, dict) and self._key[-1] is None:
            self._take_key(event, container)
            return
        is_null = not quoted and event.value in _NULL
        self._place(None if is_null else event.value, self._span(event, quoted=quoted))

    def _take_key(self, event: Any, container: dict[str, Any]) -> None:
        key = event.value
        path = (*self._stack[-1][1], key)
        if key == "<<":
            raise _Stop(Diagnostic(ALIAS, self._location(event), {"found": "<<"}))
        if path in self.keys:
            params = {"key": key, "first": self.keys[path].line}
            self.faults.append(Diagnostic(DUPLICATE_KEY, self._location(event), params))
        else:
            self.keys[path] = self._span(event)
        self._key[-1] = key

    def _open(self, event: Any, container: dict[str, Any] | list[Any]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            params = {
                "found": Message(N_("more than {n} levels"), {"n": MAX_DEPTH}),
                "limit": Message(N_("{n} levels"), {"n": MAX_DEPTH}),
            }
            raise _Stop(Diagnostic(TOO_LARGE, self._location(event), params))
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            raise _Stop(Diagnostic(BAD_YAML, self._location(event), {"problem": Message(_UNKNOWN_PROBLEM)}))
        path = self._place(container, self._span(event))
        self._stack.append((container, path))
        self._key.append(None)

    def _place(self, value: Any, span: Span) -> Path:
        if not self._stack:
            self.root = value
            return ()
        container, path = self._stack[-1]
        if isinstance(container, list):
            path = (*path, len(container))
            container.append(value)
        else:
            key = self._key[-1]
            assert key is not None
            path, self._key[-1] = (*path, key), None
            if key in container:  # given twice: what is in the second value has no place of its own
                path = (*path, _AGAIN)
            elif value is not None:
                container[key] = value
        self.values.setdefault(path, span)
        return path

    def _location(self, event: Any) -> Location:
        return Location(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _span(self, event: Any, *, quoted: bool = False) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(start.line + 1, start.column + 1, self.offset + start.index, self.offset + end.index, quoted)
