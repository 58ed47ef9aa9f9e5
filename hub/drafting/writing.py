"""A draft into the hub's folder: never over a file, never outside, never by half."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from hub.addresses import folder, in_language, reserved
from hub.config import Config
from hub.errors import HubError
from hub.i18n import N_
from hub.library import Library
from hub.model import Kind


def taken(kind: Kind, library: Library, config: Config) -> Callable[[str, str], bool]:
    """Whether a name belongs to another entry, a file of that name is there, or the site needs its address."""
    home = folder(kind.name, library)
    there = config.docs_dir / home
    names = {path.name for path in there.iterdir()} if there.is_dir() else set()
    ids = {entry.id for entry in library.of_kind(kind.name)} | {"index"}
    needed = reserved(library)

    def is_taken(stem: str, lang: str) -> bool:
        is_file = any(name == stem or name.startswith((f"{stem}.", f"{stem}-image-")) for name in names)
        return is_file or stem in ids or in_language(f"{home}{stem}/", lang, library) in needed

    return is_taken


def write(config: Config, files: Mapping[str, bytes]) -> list[Path]:
    """Write new files of `docs/`, all of them or none.

    Args:
        config: of the hub.
        files: contents by URI.

    Raises:
        HubError: when one is there already, a folder leads out of the hub, or the disk says no.
    """
    written: list[Path] = []
    try:
        for uri, data in files.items():
            path = config.docs_dir / uri
            shown = path.relative_to(config.root).as_posix()
            refuse_links(path, config.docs_dir, shown)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as file:
                    written.append(path)
                    file.write(data)
            except FileExistsError:
                raise HubError(N_("{path} is there already, and nothing is ever written over."), path=shown) from None
            except OSError as error:
                raise HubError(N_("{path} cannot be written: {error}"), path=shown, error=error.strerror) from error
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    return written


def refuse_links(path: Path, docs: Path, shown: str) -> None:
    """Stop where a link on the way leads elsewhere.

    Raises:
        HubError: then.
    """
    if path.parent.resolve() != docs.resolve() / path.parent.relative_to(docs):
        raise HubError(N_("{path} leads elsewhere through a link, so nothing is written there."), path=shown)
