"""Mends files: applies the edits of diagnostics to the bytes they were found in, and changes nothing else."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from hub.diagnostics import Diagnostic, Edit, Rewrite
from hub.errors import HubError
from hub.i18n import N_


def apply(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply edits to a file.

    Args:
        raw: the file's bytes, UTF-8 with or without a byte-order mark; the edits count in characters after the mark.
        edits: in any order; the same one twice counts once.

    Returns:
        The bytes with the edits made; all bytes outside them are those of `raw`.

    Raises:
        ValueError: when two edits overlap, or one lies outside the file.
    """
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    text = raw[len(mark) :].decode("utf-8")
    parts, at = [], 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end)):
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(edit)
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return mark + "".join([*parts, text[at:]]).encode("utf-8")


def compatible(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that overlap no other: where two disagree, neither is safe."""
    known = set(edits)
    return tuple(edit for edit in known if not any(_overlap(edit, other) for other in known if other != edit))


def mend(root: Path, diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[str, int]]:
    """Write the safe answers into the hub's files, each file at once or not at all.

    Args:
        root: the hub's folder.
        diagnostics: faults found in the files as they are now.

    Yields:
        Each file that was mended, and how many edits it took.

    Raises:
        HubError: when a file cannot be read or written.
    """
    wanted: dict[str, list[Edit | Rewrite]] = {}
    for diagnostic in diagnostics:
        if diagnostic.edit:
            wanted.setdefault(diagnostic.location.path, []).append(diagnostic.edit)
    for path, changes in sorted(wanted.items()):
        edits = compatible(one for one in changes if isinstance(one, Edit))
        rewrites = {one for one in changes if isinstance(one, Rewrite)}
        try:
            old = (root / path).read_bytes()
            new = apply(old, edits) if edits else old
            for rewrite in rewrites:
                new = rewrite.change(new)
            if new != old:
                _replace(root / path, new)
                yield path, len(edits) + len(rewrites)
        except OSError as error:
            raise HubError(N_("{path} cannot be written: {error}"), path=path, error=error.strerror) from error


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and put it in its place, so that a stopped machine leaves the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
