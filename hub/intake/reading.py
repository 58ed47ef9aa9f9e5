"""The bytes of a file that arrived, read no further than shows that it is too large."""

from __future__ import annotations

from pathlib import Path

from hub.errors import HubError
from hub.i18n import N_


def beginning(path: Path, most: int) -> bytes:
    """A file as bytes; of one that has more than `most`, one byte more than that.

    Raises:
        HubError: when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=path.name, error=error.strerror) from error
