"""Builders of small hubs for the tests."""

from __future__ import annotations

import os
import struct
import subprocess
import zlib
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from hub import checks
from hub.cli.app import main
from hub.diagnostics import Diagnostic, Report
from hub.i18n import translator
from hub.loading import Loaded, load

GOLDEN = Path(__file__).parent / "golden"
MINIMAL = "site_name: Essai\nplugins: [hub]\n"


_JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "ff" * 64 + "ffc0000b080001000101011100"
    "ffc40014000100000000000000000000000000000000ffc40014100100000000000000000000000000000000ffda0008010100003f003fffd9"
)


def png(said: str = "") -> bytes:
    """An image of one pixel, another one for other words."""
    pixel = b"\0" + struct.pack(">I", zlib.crc32(said.encode()))[:3]
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(pixel)), (b"IEND", b""))
    made = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def jpeg(said: str = "") -> bytes:
    """A photo of one pixel, with words that its publication leaves out."""
    comment = said.encode()
    return _JPEG[:20] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + _JPEG[20:]


def pdf(said: str = "") -> bytes:
    """The beginning of a document, with words."""
    return f"%PDF-1.7\n% {said}\n".encode()


_MADE = {".png": png, ".jpg": jpeg, ".pdf": pdf}


def _bytes(name: str, content: str | bytes) -> bytes:
    """A file's content; words for an image or a PDF stand for one that differs with them."""
    if isinstance(content, bytes):
        return content
    make = _MADE.get(Path(name).suffix)
    return make(content) if make else content.encode()


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a hub's files; `mkdocs.yml` is added where there is none. Words make an image or a PDF too."""
    basis = {} if (root / "mkdocs.yml").exists() else {"mkdocs.yml": MINIMAL}
    for name, content in {**basis, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(name, content))
    (root / "docs").mkdir(exist_ok=True)
    return root


def hub(root: Path, files: Mapping[str, str | bytes], *, drafts: bool = False) -> Loaded:
    """Write a small hub and load it: `hub(tmp_path, {"docs/notes/a.md": "…"})`."""
    return load(write(root, files), drafts=drafts)


def checked(root: Path, files: Mapping[str, str | bytes]) -> Loaded:
    """The same, with what the checks find in the report."""
    return checks.check(write(root, files))


def note(*lines: str, body: str = "Un texte.\n") -> str:
    """A note's file with the given lines of front matter under its title."""
    return "\n".join(["---", "title: Essai", *lines, "---", "", body])


def codes(report: Report) -> list[str]:
    """The codes of a report, in its order."""
    return [one.rule.code for one in report]


def places(report: Report) -> list[str]:
    """Every fault as `path:line:column rule`."""
    return [f"{one.location} {one.rule.code}" for one in report]


def one(report: Report, code: str) -> Diagnostic:
    """The only fault of that code."""
    found = [fault for fault in report if fault.rule.code == code]
    assert len(found) == 1, places(report)
    return found[0]


def said(fault: Diagnostic) -> str:
    """Message and hint in English."""
    translate = translator("en")
    return f"{fault.message(translate)}\n{fault.hint(translate)}"


def run(*arguments: str | Path, cwd: Path | None = None) -> Result:
    """Run the command `hub` in a folder, in English."""
    before = Path.cwd()
    os.chdir(cwd or before)
    try:
        return CliRunner(env={"LC_ALL": "en_GB.UTF-8"}).invoke(main, [str(one) for one in arguments], prog_name="hub")
    finally:
        os.chdir(before)


def git(root: Path, *arguments: str) -> None:
    """Run Git as a tester whose settings do not depend on the machine."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *who, "-C", str(root), *arguments], check=True, capture_output=True, env=env)


def commit(root: Path, message: str = "Essai") -> None:
    """Commit everything in a hub, which becomes a repository."""
    if not (root / ".git").exists():
        git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
