"""What contributors write is shown by a terminal and by a forge's log, and orders them about nowhere."""

from __future__ import annotations

import errno
import logging
import re
import sqlite3
from pathlib import Path

import pytest

import hub
from hub.checks import run as checks_of
from hub.i18n import translator
from hub_mkdocs.bridge import log_report
from tests.repository import Repository
from tests.support import run

ORDER = "\x1b]0;titre\x07\x1b[2J\x9b31m\u202egpj"
NAME = f"Ama {ORDER}\r\n::error::pris"
QUOTED = '"Titre \\e]0;x\\a\\x9b31m\\u202e\\n::error::pris\\n  ##[group]pris"'
FILES = {
    "docs/notes/a.md": (
        f"---\ntitle: {QUOTED}\nstatut: {QUOTED}\n? {QUOTED}\n: x\nauthors: [{QUOTED}]\n---\n\n[[Titre errorr pris]]\n"
    ),
    "docs/notes/x\n::error::pris.md": "---\ntitle: X\n---\n\n[a](x-error-pris.md) [b](<x ::error::pri.md>)\n",
    f"docs/notes/{ORDER.replace('/', '')}.md": "---\ntitle: Y\n---\n\nTexte.\n",
}
OBEYED = re.compile("[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\x1b(?!\\[[0-9;]*m)")
FORGE = re.compile(r"^\s*(::|##\[)\S*pris", re.MULTILINE)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("terminal") / "hub")
    made.commit(f"Un {ORDER}\n\n::error::pris\n", FILES, author=f"{NAME.partition(chr(13))[0]} <ama@example.org>")
    made.git("tag", "-a", "edition-2026.1", "-m", f"Edition {ORDER}")
    return made


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--format", "github"),
        ("check", "docs/notes"),
        ("history", "a"),
        ("cite", "a"),
        ("cite", "zzz"),
        ("search", "titre"),
        ("search", "--advanced", "titre"),
        ("release", "--list"),
        ("withhold", "Texte", "--reason", "essai", "--dry-run"),
        ("verify", "."),
        ("new", "note", NAME),
        ("codeowners", "--default", "@x", "--output", "-"),
    ],
    ids=" ".join,
)
def test_no_command_hands_orders_on(repository: Repository, command: tuple[str, ...]) -> None:
    said = run(*command, cwd=repository.root)
    assert said.exception is None or isinstance(said.exception, SystemExit)
    shown = f"{said.stdout}\n{said.stderr}"
    assert OBEYED.findall(shown) == []
    assert FORGE.findall(shown) == []


def test_what_a_build_logs_hands_no_orders_on(repository: Repository, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "mkdocs"):
        log_report(checks_of(hub.load(repository.root), whole=True), translator("fr"))
    shown = "\n".join(record.getMessage() for record in caplog.records)
    assert "x" in shown
    assert OBEYED.findall(shown) == []
    assert FORGE.findall(shown) == []


@pytest.mark.parametrize(
    "command", [("search", "titre"), ("history", "a"), ("check",), ("cite", "a"), ("new", "note", "N")]
)
def test_a_full_disk_is_said_without_a_traceback(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("write_bytes", "write_text", "mkdir"):
        monkeypatch.setattr(Path, name, full)
    monkeypatch.setattr("hub.search.index.update", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("full")))
    done = run(*command, cwd=repository.root)
    assert isinstance(done.exception, SystemExit | None)
    assert done.exit_code in {0, 1, 2}
    assert "Traceback" not in done.output
