"""Templates as code, kept between builds: to compile them takes longer than to write the pages of one text.

What is kept is code that will run, so it lies in a folder of the user's own (`hub.own_folder`), with a sum.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from hub import sealed
from hub.own_folder import folder_for


class Compiled(BytecodeCache):
    """Keeps the code of templates; any of it can be lost.

    Args:
        folder: where.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from where it is kept, if it is that of the template as it is."""
        told = sealed.summed(self._path(bucket))
        if told is not None:
            bucket.bytecode_from_string(told)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        try:
            sealed.put_summed(self._path(bucket), bucket.bytecode_to_string())
        except OSError:
            return  # it is made again

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / sha256(f"{bucket.key} {bucket.checksum}".encode()).hexdigest()[:32]


def keep_compiled(root: Path, environment: Environment) -> None:
    """Have the templates of an environment kept for the builds of a hub, where a place is safe.

    Args:
        root: the hub's folder.
        environment: whose options are always the same.
    """
    folder = folder_for(root, "templates")
    if folder:
        environment.bytecode_cache = Compiled(folder)
