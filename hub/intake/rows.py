"""Values as rows of front matter that are read as they were meant, whatever signs they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hub.drafting.markdown import clean
from hub.template import quoted

Value = str | list[Any] | dict[str, Any]
"""What front matter holds: a text, a list, fields."""


def file(data: Mapping[str, Value], body: str) -> str:
    """A file of these fields and this text."""
    return "\n".join(["---", *rows(data), "---", *(["", body.strip("\n")] if body.strip() else []), ""])


def rows(data: Mapping[str, Value]) -> Iterator[str]:
    """The rows of fields."""
    for key, value in data.items():
        if isinstance(value, str):
            yield f"{key}: {scalar(value)}"
        elif value:
            yield f"{key}:"
            yield from (f"  {row}" for row in (rows(value) if isinstance(value, dict) else items(value)))


def items(values: list[Any]) -> Iterator[str]:
    """The rows of a list."""
    for value in values:
        inside = list(rows(value)) if isinstance(value, dict) else [scalar(str(value))]
        yield from (f"{'  ' if number else '- '}{row}" for number, row in enumerate(inside))


def scalar(text: str) -> str:
    """A text as YAML: on one line, and paragraphs as the escapes of double quotes."""
    plain = clean(text).strip()
    return json.dumps(plain, ensure_ascii=False) if "\n" in plain or not plain else quoted(plain)
