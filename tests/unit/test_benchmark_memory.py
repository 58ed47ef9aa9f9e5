"""The memory of all processes of a builder together."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import measure

MIB = 2**20
FORKING = """\
import os, time
held = bytearray(b"x" * (60 << 20))
for child in range(2):
    if not os.fork():
        own = bytearray(60 << 20)
        own[::4096] = bytes(15 << 10)  # each page is written to; bytes of that length would take as much again
        time.sleep(1.5)
        os._exit(0)
os.wait(), os.wait()
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="/proc says no PSS here")
def test_what_processes_share_is_counted_once_and_what_is_their_own_is_added(tmp_path: Path) -> None:
    cost = measure.run([sys.executable, "-c", FORKING], tmp_path, tmp_path / "log")
    assert not cost.error
    assert 180 * MIB < cost.memory < 230 * MIB
