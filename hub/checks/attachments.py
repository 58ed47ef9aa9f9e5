"""Files beside the texts: names that every computer can write, contents that are what the names say and harm nobody.

The files are looked at when the hub is read, for what is refused is not published either (`hub.attachments`).
"""

from __future__ import annotations

from collections.abc import Iterator

from hub.attachments.rules import RULES
from hub.checks import Check
from hub.config import Config
from hub.diagnostics import Diagnostic
from hub.library import Library


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """What was found of files, folders and their names."""
    yield from library.file_faults


CHECK = Check(RULES, find=find)
