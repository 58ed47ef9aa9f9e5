"""All files of `docs/` that are no texts, each looked at once: what was found is kept by their sizes and times."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hub import sealed
from hub.attachments.look import look, too_large, unpublished
from hub.caches import cache_folder
from hub.config import Config
from hub.diagnostics import Diagnostic
from hub.errors import HubError
from hub.i18n import N_
from hub.repairs import DAMAGED, note

FILE = "files.json"
FOLDER = "images"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of files.

    Attributes:
        faults: why some are not published.
        cleaned: copies that are published in the place of others.
    """

    faults: tuple[Diagnostic, ...] = ()
    cleaned: Mapping[str, Path] = field(default_factory=dict)


def examine(config: Config, files: Iterable[tuple[str, Path]]) -> Examined:
    """Look at files.

    Args:
        config: the hub's.
        files: each by its path relative to `docs/`, and where it is.

    Returns:
        What was found.

    Raises:
        HubError: when a file cannot be read, or a copy cannot be written.
    """
    wanted = [(uri, path) for uri, path in files if uri not in config.host_files]
    if not wanted:
        return Examined()
    folder = cache_folder(config.root)
    kept = _Kept(folder, f"{_code()} {config.max_file_size}")
    faults, cleaned = [], {}
    for uri, path in wanted:
        shown = f"{config.docs_dir.relative_to(config.root).as_posix()}/{uri}"
        found = _one(uri, path, shown, config, kept)
        if isinstance(found, Diagnostic):
            faults.append(found)
        elif found:
            cleaned[uri] = found
    kept.close()
    return Examined(tuple(faults), cleaned)


def _one(uri: str, path: Path, shown: str, config: Config, kept: _Kept) -> Diagnostic | Path | None:
    try:
        said = path.stat()
        fault = unpublished(uri, shown) or too_large(said.st_size, shown, config.max_file_size)
        if fault:
            return fault
        stamp = [said.st_size, said.st_mtime_ns]
        if kept.knows(uri, stamp):
            return kept.copy(uri)
        found = look(path, shown, config.max_file_size)
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path, error=error.strerror) from error
    if isinstance(found, Diagnostic):
        return found
    try:
        return kept.keep(uri, stamp, found, path.suffix.lower())
    except OSError as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=error.filename, error=error.strerror) from error


@cache
def _code() -> str:
    """A hash of what looks at files."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


class _Kept:
    """What is known of files that may be published, and the copies of images.

    Args:
        folder: the hub's cache.
        key: of what they were examined with.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._path, self._copies, self._key = folder / FILE, folder / FOLDER, key
        told = sealed.read(self._path)
        is_ours = isinstance(told, list) and len(told) == 2 and told[0] == key  # noqa: PLR2004 - key and files
        self._old: dict[str, list[Any]] = told[1] if is_ours else {}
        self._new: dict[str, list[Any]] = {}

    def knows(self, uri: str, stamp: list[int]) -> bool:
        """Whether a file is the one that was looked at, and its copy is there as it was written."""
        found = self._old.get(uri)
        if found is None or found[:2] != stamp:
            return False
        if found[2] and _stamp(self._copies / found[2]) != found[3:]:
            note(DAMAGED, path=self._copies / found[2])
            return False
        self._new[uri] = found
        return True

    def copy(self, uri: str) -> Path | None:
        """The copy that is published in the place of a file, if one is."""
        name = self._new[uri][2]
        return self._copies / name if name else None

    def keep(self, uri: str, stamp: list[int], content: bytes | None, suffix: str) -> Path | None:
        """Remember a file; its content where another is published."""
        if content is None:
            self._new[uri] = [*stamp, ""]
            return None
        name = f"{hashlib.sha256(content).hexdigest()[:32]}{suffix}"
        path = self._copies / name
        if not _holds(path, content):
            sealed.put(path, content)
        self._new[uri] = [*stamp, name, *_stamp(path)]
        return path

    def close(self) -> None:
        """Keep what was found; forget what is no longer there. What cannot be kept is found again."""
        if self._new == self._old:
            return
        with suppress(OSError):
            sealed.write(self._path, [self._key, self._new])
            names = {found[2] for found in self._new.values()}
            for path in self._copies.iterdir() if self._copies.is_dir() else ():
                if path.name not in names:
                    path.unlink()


def _stamp(path: Path) -> list[int]:
    try:
        said = path.lstat()
    except OSError:
        return []
    return [said.st_size, said.st_mtime_ns]


def _holds(path: Path, content: bytes) -> bool:
    try:
        return not path.is_symlink() and path.read_bytes() == content
    except OSError:
        return False
