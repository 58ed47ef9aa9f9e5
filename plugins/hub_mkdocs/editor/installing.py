"""Gets Decap CMS and its local server from npm's registry into the hub's cache, by version and hash."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hub.caches import cache_folder
from hub.errors import HubError
from hub.i18n import N_

_HERE = Path(__file__).parent
_FORM = _HERE / "form.json"
_SERVER = _HERE / "server"
_LOCKS = ("package.json", "package-lock.json")
FORM_FILES = ("decap-cms.js", "decap-cms.js.LICENSE.txt")
"""What of the package a site needs: the program with all its languages, and the licences of its parts."""
NO_NODE = N_("Node.js and npm are missing. On Debian or Ubuntu: sudo apt-get install nodejs npm")
_PATIENCE = 600
_QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
"""No program of a package runs while it is installed."""


def form(root: Path) -> Path:
    """The folder of the editor's program.

    Args:
        root: the hub's folder.

    Raises:
        HubError: when it is not in the cache and cannot be fetched.
    """
    lock: dict[str, str] = json.loads(_FORM.read_bytes())
    place = _place(root, "form", _FORM.read_bytes())
    if not place.is_dir():
        with _beside(place) as folder:
            npm("pack", f"{lock['name']}@{lock['version']}", "--pack-destination", folder, cwd=Path(folder))
            packed = next(Path(folder).glob("*.tgz"), None)
            raw = packed.read_bytes() if packed else b""
            if not packed or not is_as_locked(raw, lock["integrity"]):
                raise HubError(
                    N_("What was received for {name} is not what the hub expects: its hash is another one."),
                    name=f"{lock['name']} {lock['version']}",
                )
            made = Path(folder, "form")
            made.mkdir()
            with tarfile.open(packed) as archive:
                for name in FORM_FILES:
                    found = archive.extractfile(f"package/dist/{name}")
                    assert found  # the hash says that it is there
                    (made / name).write_bytes(found.read())
            _put(made, place)
    return place


def server(root: Path) -> Path:
    """The folder in which the local server is installed.

    Raises:
        HubError: when it is not in the cache and cannot be fetched.
    """
    place = _place(root, "server", *((_SERVER / name).read_bytes() for name in _LOCKS))
    if not place.is_dir():
        with _beside(place) as folder:
            made = Path(folder, "server")
            made.mkdir()
            for name in _LOCKS:
                shutil.copyfile(_SERVER / name, made / name)
            npm("ci", "--omit=dev", cwd=made)
            _put(made, place)
    return place


def is_as_locked(raw: bytes, integrity: str) -> bool:
    """Whether a package is the one whose hash npm's lock files give (`sha512-…`)."""
    name, _, digest = integrity.partition("-")
    return name == "sha512" and base64.b64encode(hashlib.sha512(raw).digest()).decode() == digest


def npm(*arguments: str, cwd: Path) -> None:
    """Run npm, which knows the registry's address from its own configuration.

    Raises:
        HubError: when it is missing or fails.
    """
    program = shutil.which("npm")
    if not program or not shutil.which("node"):
        raise HubError(NO_NODE)
    try:
        done = _run([program, *arguments, *_QUIET], cwd)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HubError(N_("npm has fetched nothing: {error}"), error=error) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
        raise HubError(N_("npm has fetched nothing: {error}"), error=said[0])


def _run(command: Sequence[str], cwd: Path) -> Any:
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, timeout=_PATIENCE)


def _place(root: Path, sort: str, *locks: bytes) -> Path:
    """A folder for what a lock describes: another lock has another one."""
    digest = hashlib.sha256(b"\0".join(locks)).hexdigest()[:12]
    return cache_folder(root) / "editor" / f"{sort}-{digest}"


def _beside(place: Path) -> tempfile.TemporaryDirectory[str]:
    place.parent.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(dir=place.parent, prefix="new-")


def _put(made: Path, place: Path) -> None:
    """Put a whole folder into its place; another process may have been quicker."""
    try:
        made.rename(place)
    except OSError:
        if not place.is_dir():
            raise
