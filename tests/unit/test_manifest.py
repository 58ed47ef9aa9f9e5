"""The sums of a site, and `hub verify`."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub import manifest, workers
from hub.disk import stamps
from hub.manifest import NAME, Summed
from tests.support import run

FILES = {"index.html": "accueil", "notes/a/index.html": "a", "editions/2026.1/index.html": "2026", "é/«x».pdf": "x"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for address, text in FILES.items():
        (root / address).parent.mkdir(parents=True, exist_ok=True)
        (root / address).write_text(text, "utf-8")
    manifest.put(root, stamps(root), {})
    return root


def told(site: Path) -> dict[str, object]:
    done = run("verify", site, "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == (0 if found["whole"] else 1)
    return found


def test_the_manifest_lists_every_file_but_itself(site: Path) -> None:
    lines = (site / NAME).read_text("utf-8").splitlines()
    assert lines == [f"{hashlib.sha256(FILES[one].encode()).hexdigest()}  {one}" for one in sorted(FILES)]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_reads_it(site: Path) -> None:
    def check() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sha256sum", "-c", "--strict", NAME], check=False, cwd=site, capture_output=True, text=True
        )

    assert check().returncode == 0
    (site / "odd\nna\\me\r.txt").write_text("x")
    manifest.put(site, stamps(site), {})
    assert check().returncode == 0
    assert told(site)["whole"]
    (site / "index.html").write_text("autre")
    assert check().returncode == 1


def test_a_whole_site_is_whole(site: Path) -> None:
    assert told(site) == {"whole": True, "files": 4, "missing": [], "changed": [], "foreign": []}
    assert "whole: 4 files" in run("verify", site).stdout


def test_what_is_missing_changed_or_foreign_is_named(site: Path) -> None:
    (site / "index.html").write_text("accueiL")
    (site / "notes/a/index.html").unlink()
    (site / "editions/2026.1/plus.html").write_text("x")
    (site / f"notes/{NAME}").write_text("x")
    (site / "lien").symlink_to("/etc")
    found = told(site)
    assert found["missing"] == ["notes/a/index.html"]
    assert found["changed"] == ["index.html"]
    assert found["foreign"] == ["editions/2026.1/plus.html", "lien", f"notes/{NAME}"]
    said = run("verify", site).stdout
    assert "missing: notes/a/index.html\nchanged: index.html\nnot of the site: editions/2026.1/plus.html\n" in said
    assert said.rstrip().endswith("Of 4 files, missing: 1, changed: 1; not of the site: 3.")


def test_a_file_that_became_a_link_or_a_folder_is_told(site: Path) -> None:
    (site / "index.html").rename(site.parent / "copy")
    (site / "index.html").symlink_to(site.parent / "copy")
    (site / "notes/a/index.html").unlink()
    (site / "notes/a/index.html").mkdir()
    found = told(site)
    assert (found["changed"], found["missing"]) == (["index.html"], ["notes/a/index.html"])


def test_an_edition_is_verified_by_the_manifest_of_its_site(site: Path) -> None:
    assert told(site / "editions/2026.1") == {"whole": True, "files": 1, "missing": [], "changed": [], "foreign": []}
    (site / "index.html").write_text("autre")
    (site / "editions/2026.1" / NAME).write_text("x")
    assert told(site / "editions/2026.1")["foreign"] == [NAME]


def test_many_files_are_named_in_part(site: Path) -> None:
    for number in range(30):
        (site / f"{number}.txt").write_text("x")
    assert "… and 10 more" in run("verify", site).stdout


@pytest.mark.parametrize("line", ["x", f"{'0' * 63}  a", f"{'0' * 64}  /etc/passwd", f"{'0' * 64}  a/../../b", "\n\n"])
def test_a_damaged_manifest_is_a_fault_of_the_operator(site: Path, line: str) -> None:
    (site / NAME).write_text(line)
    done = run("verify", site)
    assert done.exit_code == 2
    assert "is damaged" in done.stderr


def test_a_site_without_a_manifest_is_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for path, words in ((tmp_path / "site", "has no SHA256SUMS"), (tmp_path / "nowhere", "There is no folder")):
        done = run("verify", path)
        assert (done.exit_code, words in done.stderr) == (2, True)


@given(st.dictionaries(st.text(min_size=1).filter(lambda one: one[0] != "/" and ".." not in one), st.integers(0, 99)))
def test_what_is_written_is_read(sums: dict[str, int]) -> None:
    wanted = {address: hashlib.sha256(bytes([n])).hexdigest() for address, n in sums.items()}
    text = manifest.written(wanted)
    assert (manifest.read(text) if wanted else {}) == wanted
    assert text.count("\n") == len(wanted)


def test_a_file_of_the_same_size_and_time_is_not_read_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    summed = manifest._sum
    monkeypatch.setattr(manifest, "_sum", lambda path: read.append(Path(path).name) or summed(path))
    known = manifest.sums_of(site, stamps(site), {})
    assert len(read) == 4
    os.utime(site / "index.html", ns=(1, 1))
    (site / "notes/a/index.html").write_text("ab")
    read.clear()
    manifest.sums_of(site, stamps(site), known)
    assert read == ["index.html", "index.html"]


def test_several_processes_find_the_sums_that_one_finds(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = manifest.sums_of(site, stamps(site), {})
    monkeypatch.setattr(manifest, "_ALONE", 1)
    monkeypatch.setattr(workers, "count", lambda *_: 2)
    assert manifest.sums_of(site, stamps(site), {}) == alone


def test_sums_that_were_kept_are_trusted_only_as_they_were_written(tmp_path: Path) -> None:
    path, sums = tmp_path / "sums.json", {"a": Summed(1, 2, "3" * 64)}
    manifest.keep(path, sums)
    assert manifest.recall(path) == sums
    whole = path.read_bytes()
    for bad in (b"", b"\xff\n[]", whole[:-1], whole.replace(b"3", b"4", 1), whole.replace(b"333", b"334")):
        path.write_bytes(bad)
        assert manifest.recall(path) == {}
    path.unlink()
    path.mkdir()
    assert manifest.recall(path) == {}


NAMES = st.text("ab\\\n\r é.", min_size=1, max_size=4)


@given(sites=st.lists(st.dictionaries(NAMES, st.integers(0, 3)), min_size=2, max_size=5), most=st.integers(1, 9))
def test_what_is_amended_is_what_is_written_anew(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, int]], most: int
) -> None:
    def summed(sizes: dict[str, int]) -> dict[str, Summed]:
        return {address: Summed(size, size, f"{size:064x}") for address, size in sizes.items()}

    site = tmp_path_factory.mktemp("site")
    kept, old = site / "sums.json", summed(sites[0])
    manifest.keep(kept, old)
    (site / NAME).write_text(manifest.written({one: was.sum for one, was in old.items()}), "utf-8", newline="\n")
    seals = [manifest.seal(kept)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "_MOST_SINCE", most)
        for new in map(summed, sites[1:]):
            changed = {address: one for address, one in new.items() if old.get(address) != one}
            manifest.amend(site, kept, site, changed, old.keys() - new.keys())
            told = (site / NAME).read_text("utf-8")
            assert told == manifest.written({one: now.sum for one, now in new.items()})
            assert manifest.recall(kept) == {**new, NAME: Summed.of(site, NAME)}
            seals.append(manifest.seal(kept))
            old = new
    assert len({*seals}) == len(seals)


def test_sums_that_have_changed_are_those_of_the_sums_beside_them(tmp_path: Path) -> None:
    path, sums = tmp_path / "sums.json", {"a": Summed(1, 2, "3" * 64)}
    (tmp_path / NAME).write_text(manifest.written({"a": "3" * 64}), "utf-8")
    manifest.keep(path, sums)
    manifest.amend(tmp_path, path, tmp_path, {"a": Summed(4, 5, "6" * 64)}, ())
    since = (tmp_path / "sums-since.json").read_bytes()
    assert manifest.recall(path)["a"] == Summed(4, 5, "6" * 64)
    manifest.keep(path, {"a": Summed(7, 8, "9" * 64)})
    assert [one.name for one in tmp_path.glob("*.json")] == ["sums.json"]
    (tmp_path / "sums-since.json").write_bytes(since)  # of a build that was stopped between the two
    assert manifest.recall(path) == {"a": Summed(7, 8, "9" * 64)}
