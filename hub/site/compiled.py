"""Templates as code, kept between builds: to compile them takes longer than to write the pages of one text.

What is kept is code that will run, so it lies in a folder of the user's own (`hub.own_folder`), with a sum.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from hub import sealed
from hub.own_folder import folder_for
from hub.software import software


class Compiled(BytecodeCache):
    """Keeps the code of one environment's templates; any of it can be lost.

    Args:
        folder: where.
        of: tells the environment from others: what is constant in a template is worked out with its filters.
    """

    def __init__(self, folder: Path, of: str) -> None:
        told = (of, software(), version("Jinja2"), version("MarkupSafe"))
        self._folder, self._of = folder, of
        self._made_by = hashlib.sha256("\0".join(told).encode()).hexdigest().encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from where it is kept, if this software has made it; Jinja compares the template."""
        made_by, _, code = (sealed.summed(self._path(bucket)) or b"").partition(b"\n")
        if made_by == self._made_by:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        try:
            sealed.put_summed(self._path(bucket), self._made_by + b"\n" + bucket.bytecode_to_string())
        except OSError:
            return  # it is made again

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}-{self._of}"


def keep_compiled(root: Path, environment: Environment, of: str) -> None:
    """Have the templates of an environment kept for the builds of a hub, where a place is safe.

    Args:
        root: the hub's folder.
        environment: whose options are always the same.
        of: its name.
    """
    folder = folder_for(root, "templates")
    if folder:
        environment.bytecode_cache = Compiled(folder, of)
