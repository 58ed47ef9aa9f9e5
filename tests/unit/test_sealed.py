"""Files of the cache are written whole or not at all, whoever else writes them, and nothing of them is left lying."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hub import sealed

WRITING = """\
import sys
from pathlib import Path
from hub import sealed

for number in range(400):
    sealed.write(Path(sys.argv[1]), [sys.argv[2], "x" * 5000, number])
"""


def test_what_a_killed_process_has_left_goes_with_the_next_writing(tmp_path: Path) -> None:
    path = tmp_path / "files[1].json"
    for name in ("files[1].json.4711", "files[1].json.old", "files1.json.4711", "files[1].json.12.png"):
        (tmp_path / name).write_text("Awa Sow")
    sealed.write(path, [1])
    assert sealed.read(path) == [1]
    left = {one.name for one in tmp_path.iterdir()}
    assert left == {"files[1].json", "files[1].json.old", "files1.json.4711", "files[1].json.12.png"}


def test_two_processes_write_the_same_file_and_neither_fails(tmp_path: Path) -> None:
    path = tmp_path / "files.json"
    both = [subprocess.Popen([sys.executable, "-c", WRITING, str(path), name]) for name in ("one", "other")]
    assert [one.wait(60) for one in both] == [0, 0]
    name, _, number = sealed.read(path)
    assert (name in ("one", "other"), number) == (True, 399)
    assert [one.name for one in tmp_path.iterdir()] == ["files.json"]


def test_what_was_taken_away_while_it_waited_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, taken = tmp_path / "x.json", []
    plain = Path.replace

    def replace(beside: Path, target: Path) -> Path:
        if not taken:
            taken.append(beside)
            beside.unlink()
        return plain(beside, target)

    monkeypatch.setattr(Path, "replace", replace)
    sealed.write(path, "told")
    assert (sealed.read(path), len(taken)) == ("told", 1)
