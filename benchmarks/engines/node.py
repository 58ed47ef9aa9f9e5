"""What comes from npm: pinned, and installed into the cache the first time that it is asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / ".cache" / "bench" / "node"
VERSIONS = {"pagefind": "1.6.0", "lunr": "2.3.9", "lunr-languages": "1.22.0"}
_TAIL = 300


@cache
def missing() -> str:
    """Why the packages cannot be used here; installs them where they are not yet."""
    absent = [name for name in ("node", "npm") if shutil.which(name) is None]
    if absent:
        return f"the command `{absent[0]}` is not installed"
    if _installed() == VERSIONS:
        return ""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text(json.dumps({"private": True, "dependencies": VERSIONS}), "utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode or _installed() != VERSIONS:
        return f"npm could not install its packages: {done.stderr.strip()[-_TAIL:]}"
    return ""


def program(package: str, name: str) -> Path:
    """A file of a package."""
    return FOLDER / "node_modules" / package / name


def _installed() -> dict[str, str]:
    found = {}
    for name in VERSIONS:
        path = program(name, "package.json")
        if path.is_file():
            found[name] = json.loads(path.read_text("utf-8"))["version"]
    return found
