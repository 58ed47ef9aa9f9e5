"""Whatever happens to `hub build`, readers find a whole site, the old one or the new one; the next build mends all."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.repository import Repository
from tests.site.hubs import environment
from tests.site.test_incremental import FILES, NOTE

LONG = bool(os.environ.get("HUB_TEST_LONG"))
KILLS, FAILING = (200, 50) if LONG else (2, 1)
EXTRA = "docs/notes/plus.md"
STATES: Mapping[str, Mapping[str, str]] = {
    "first": {NOTE: FILES[NOTE], "docs/index.md": FILES["docs/index.md"]},
    "edited": {NOTE: FILES[NOTE].replace("Le FBR", "Ce FBR"), "docs/index.md": FILES["docs/index.md"]},
    "grown": {
        NOTE: FILES[NOTE].replace("title: Appui", "title: Appuis"),
        "docs/index.md": FILES["docs/index.md"].replace("Bienvenue", "Bonjour"),
        EXTRA: "---\ntitle: Plus\nkeywords: [zone]\nauthors: [bob]\n---\n\nVoir [[appui]].\n",
    },
}
BEGIN = tuple(STATES)
"""States that the tests go to and fro between."""
_FOLDER = str(Path(__file__).parent / "faults")
WITH_FAULTS = {"PYTHONPATH": os.pathsep.join(filter(None, [_FOLDER, os.environ.get("PYTHONPATH", "")]))}
Contents = Mapping[str, bytes]
long = pytest.mark.skipif(not LONG, reason="long: HUB_TEST_LONG=1 runs it")


def contents(site: Path) -> Contents:
    """The files of a site; nothing of it may be a link."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@dataclass
class Tried:
    """A hub whose site is built by a command that comes to grief."""

    root: Path
    wanted: dict[str, Contents] = field(default_factory=dict)
    stands: str = ""
    lasts: float = 0
    changes: int = 0
    extra: dict[str, str] = field(default_factory=dict)

    def environment(self, **extra: str) -> dict[str, str]:
        own = {"XDG_CACHE_HOME": str(self.root.parent / "cache"), "LC_ALL": "en_GB.UTF-8", **self.extra}
        return environment({**own, **extra})

    def start(self, *options: str, limit: int = 0, **extra: str) -> subprocess.Popen[str]:
        """Start a build; no file that it writes may be larger than `limit` bytes."""

        def limited() -> None:
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        command = [sys.executable, "-c", "from hub.cli.app import main; main()", "build", *options]
        return subprocess.Popen(
            command,
            cwd=self.root,
            env=self.environment(**extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=limited,  # noqa: PLW1509 - no other thread runs
        )

    def build(self, *options: str, limit: int = 0, **extra: str) -> tuple[int, str]:
        process = self.start(*options, limit=limit, **extra)
        said, _ = process.communicate(timeout=300)
        return process.returncode, said

    def write(self, state: str) -> None:
        """Bring the hub into a state."""
        (self.root / EXTRA).unlink(missing_ok=True)
        for path, text in STATES[state].items():
            if path == EXTRA or (self.root / path).read_text("utf-8") != text:
                (self.root / path).write_text(text, "utf-8")

    def is_whole(self, state: str, what: object) -> None:
        """The site is the one of before, or that of a state."""
        found = contents(self.root / "site")
        assert found in (self.wanted[self.stands], self.wanted[state]), (what, self.differences(found, state))

    def mends(self, state: str, what: object) -> str:
        """The next build makes the site of a state; what it said."""
        status, said = self.build()
        assert status == 0, (what, said)
        found = contents(self.root / "site")
        assert found == self.wanted[state], (what, self.differences(found, state), said)
        self.stands = state
        return said

    def differences(self, found: Contents, state: str) -> list[str]:
        wanted = self.wanted[state]
        return sorted(path for path in {*found, *wanted} if found.get(path) != wanted.get(path))[:20]

    def faulty(self, fault: str, at: int) -> dict[str, str]:
        """The environment of a build that meets a fault at its change of the disk of that number."""
        counter = self.root.parent / "counter"
        counter.write_bytes(struct.pack("q", 0))
        below = os.pathsep.join([str(self.root), str(self.root.parent / "cache")])
        told = {"COUNT": str(counter), "AT": str(at), "FAULT": fault, "BELOW": below}
        return {**WITH_FAULTS, **{f"HUB_TEST_{name}": value for name, value in told.items()}}

    def counted(self) -> int:
        return int(struct.unpack("q", (self.root.parent / "counter").read_bytes())[0])


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """A hub with a history, and the site that each of its states is to have."""
    made = Repository(tmp_path_factory.mktemp("faults") / "hub")
    made.commit("un", {**FILES, NOTE: FILES[NOTE].replace("Le FBR", "Sur le FBR")})
    made.commit("deux", {NOTE: FILES[NOTE]})
    found = Tried(made.root)
    for state in BEGIN:
        found.write(state)
        assert found.build("--clean", "--site-dir", "site-clean")[0] == 0
        found.wanted[state] = contents(made.root / "site-clean")
    began = time.monotonic()
    assert found.build(**found.faulty("", 0))[0] == 0
    found.lasts, found.changes, found.stands = time.monotonic() - began, found.counted(), BEGIN[-1]
    assert found.changes > 100
    assert contents(made.root / "site") == found.wanted[found.stands]
    return found


def rounds(tried: Tried, times: int, seed: int) -> Iterator[tuple[str, random.Random]]:
    """States to go to, each another than that of the site, with numbers by chance."""
    chance = random.Random(seed)
    for _ in range(times):
        state = chance.choice([one for one in BEGIN if one != tried.stands])
        tried.write(state)
        yield state, chance


def test_a_build_that_is_killed_leaves_a_whole_site(tried: Tried) -> None:
    ended, beside = 0, {path.name for path in tried.root.iterdir()}
    for number, (state, chance) in enumerate(rounds(tried, KILLS, 7)):
        if number % 2:
            at = chance.uniform(0.2, 1.0) * tried.lasts
            process = tried.start()
            try:
                process.communicate(timeout=at)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
        else:
            at = chance.randint(1, tried.changes)
            process = tried.start(**tried.faulty("kill", at))
            process.communicate()
        ended += process.returncode == -signal.SIGKILL
        tried.is_whole(state, (number, at))
        tried.mends(state, (number, at))
        assert {path.name for path in tried.root.iterdir()} == beside
        assert not [path for path in cached(tried) if re.search(r"\.[a-z]+\.\d+$", path.name)], number
    assert ended >= KILLS // 2


def test_a_build_of_a_sentence_is_stopped_at_each_change_of_the_disk(tried: Tried) -> None:
    """It writes into the folder that the next site comes from, so it is stopped wherever it can be."""
    for state in ("edited", "first"):
        tried.write(state)
        tried.mends(state, "before")
    tried.write("edited")
    assert tried.build(**tried.faulty("", 0))[0] == 0
    tried.stands, changes = "edited", tried.counted()
    assert changes < tried.changes / 2
    chance = random.Random(41)
    for at in range(1, changes + 1) if LONG else chance.sample(range(1, changes + 1), 1):
        state = "first" if tried.stands == "edited" else "edited"
        tried.write(state)
        fault = chance.choice(["kill", "once"])
        tried.build(**tried.faulty(fault, at))
        tried.is_whole(state, (fault, at))
        tried.mends(state, (fault, at))


def test_a_write_that_fails_leaves_a_whole_site_and_is_said(tried: Tried) -> None:
    for number, (state, chance) in enumerate(rounds(tried, FAILING, 11)):
        fault, at = ("once", "full", "half")[number % 3], chance.randint(1, tried.changes)
        status, said = tried.build(**tried.faulty(fault, at))
        what = (number, fault, at, said)
        assert "Traceback" not in said, what
        assert status in {0, 2}, what
        assert status == 0 or "cannot be" in said, what
        tried.is_whole(state, what)
        if status == 0:
            assert contents(tried.root / "site") == tried.wanted[state], what
        tried.mends(state, what)


@long
@pytest.mark.parametrize("limit", [0, 3_000, 40_000])
def test_a_file_that_cannot_grow_leaves_a_whole_site(tried: Tried, limit: int) -> None:
    """What no layer of Python sees: SQLite's own writes fail half-way, as on a full disk."""
    for state, _ in rounds(tried, 1, limit):
        status, said = tried.build(limit=limit or 1)
        assert (status, "Traceback" in said) == (2, False), said
        tried.is_whole(state, said)
        tried.mends(state, said)


@long
def test_two_builds_at_once_make_one_site(tried: Tried) -> None:
    for state, chance in rounds(tried, 10, 23):
        one = tried.start()
        time.sleep(chance.uniform(0, tried.lasts / 2))
        other = tried.start()
        ends = [process.communicate(timeout=300)[0] for process in (one, other)]
        assert not any("Traceback" in said for said in ends), ends
        assert 0 in (one.returncode, other.returncode), ends
        assert contents(tried.root / "site") == tried.wanted[state], tried.differences(
            contents(tried.root / "site"), state
        )
        tried.mends(state, ends)


@long
def test_a_clock_that_runs_backwards_hides_no_change(tried: Tried) -> None:
    """Files of a time to come, and a file that was changed and has its old time and size."""
    day = 86_400 * 10**9
    for number, (state, _) in enumerate(rounds(tried, 4, 29)):
        ahead = time.time_ns() + (day if number % 2 else -5 * 365 * day)
        for path in [*(tried.root / "docs").rglob("*"), *(tried.root / "site").rglob("*.html")][:: number + 1]:
            os.utime(path, ns=(ahead, ahead))
        tried.mends(state, number)


def cached(tried: Tried) -> list[Path]:
    """Every file that is kept between builds."""
    folders = (tried.root / ".cache/hub", tried.root.parent / "cache")
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    of_site = [path for path in found if "spare" in path.parts]
    return [path for path in found if path not in of_site] + of_site[:: 1 + len(of_site) // 20]


def lost(path: Path, chance: random.Random) -> None:
    path.unlink()


def empty(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def cut(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size or 1)])


def flipped(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    for _ in range(8 if raw else 0):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def folder(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()
    (path / "x").write_text("x", "utf-8")


DAMAGES = (lost, empty, cut, flipped, folder)


def test_whatever_is_lost_or_damaged_of_what_is_kept_is_made_again(tried: Tried) -> None:
    tried.extra = {**WITH_FAULTS, "HUB_TEST_KEEP": "1"}
    shutil.rmtree(tried.root / ".cache/hub")  # that all of it is made
    for state, _ in rounds(tried, 1, 37):
        tried.mends(state, "the beginning")
    chance, before = random.Random(31), [path.relative_to(tried.root.parent) for path in cached(tried)]
    assert {path.name for path in before} >= {"built.sqlite", "seen.json", "sums.json", "files.json", "history.json"}
    assert {path.name for path in before} >= {"texts.sqlite", "search.sqlite"}
    each = [(path, damage) for path in before for damage in DAMAGES for _ in range(1 + 9 * LONG * (damage is flipped))]
    told = []
    for path, damage in each if LONG else chance.sample(each, 1):
        if (tried.root.parent / path).is_file() and path.name != "hub.txt":
            damage(tried.root.parent / path, chance)
        (state,) = [state for state, _ in rounds(tried, 1, chance.randrange(10**6))]
        try:
            tried.mends(state, (str(path), damage.__name__))
        except AssertionError as error:
            told.append(str(error)[:2000])
            shutil.rmtree(tried.root / ".cache/hub")
            shutil.rmtree(tried.root.parent / "cache")
            tried.mends(state, "from nothing")
    tried.extra = {}
    assert told == []
