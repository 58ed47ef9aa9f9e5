"""The folders of a site: what is shared stays, nothing is written into what readers have, and a kill loses nothing."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from hub import manifest
from hub.disk import stamps
from hub_mkdocs import trees
from hub_mkdocs.marks import mark
from hub_mkdocs.trees import Trees, mirror, only_shared


def site(folder: Path, files: dict[str, str]) -> Path:
    """A folder with some files."""
    for address, text in files.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def told(folder: Path) -> dict[str, str]:
    """The files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def folders(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


def build(
    made: Trees, files: dict[str, str], kept: Collection[str] = (), is_own: Callable[[str], bool] = lambda _: False
) -> None:
    """A build that writes some files, and keeps others."""
    with made.alone(lambda: None):
        made.go_on(kept, is_own)
        site(made.next, files)
        made.publish(files)()


@pytest.fixture(params=["in one step", "in two steps"])
def made(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trees:
    """The folders of a site that was built twice: all of them are there."""
    if request.param == "in two steps":
        monkeypatch.setattr(trees, "exchange", lambda *_: False)
    (tmp_path / "cache").mkdir()
    found = Trees.of(tmp_path / "site", tmp_path / "cache")
    build(found, {"a/index.html": "a", "b/index.html": "b", "c.css": "c"})
    build(found, {"b/index.html": "B", "d.js": "d"}, kept=("a/index.html",))
    assert told(found.final) == {"a/index.html": "a", "b/index.html": "B", "d.js": "d"}
    return found


def test_a_folder_in_the_place_of_the_lock_keeps_nobody_from_building(made: Trees) -> None:
    (made.work / "lock").unlink()
    site(made.work / "lock", {"x": "x"})
    build(made, {"c.css": "c"}, kept=("a/index.html",))
    assert told(made.final) == {"a/index.html": "a", "c.css": "c"}


def test_nothing_stays_of_an_older_site(made: Trees) -> None:
    everything = [path.read_text() for path in made.work.rglob("*") if path.is_file()]
    assert "b" not in everything
    assert "c" not in everything


def test_what_is_kept_is_the_same_file_and_is_not_linked_again(made: Trees, monkeypatch: pytest.MonkeyPatch) -> None:
    build(made, {}, kept=("a/index.html", "b/index.html", "d.js"))
    before = (made.final / "a/index.html").stat()
    linked: list[str] = []
    monkeypatch.setattr(trees, "aside", lambda work: work)  # in this process, where it can be watched
    monkeypatch.setattr(trees, "take", lambda source, target: linked.append(str(target)))
    build(made, {"e.html": "e"}, kept=("a/index.html", "b/index.html", "d.js"))
    assert linked == [str(made.work / "next/e.html")]  # what is new, into the folder beside
    assert (made.final / "a/index.html").stat().st_ino == before.st_ino
    assert told(made.final) == {"a/index.html": "a", "b/index.html": "B", "d.js": "d", "e.html": "e"}


def test_what_readers_have_is_never_written_into(made: Trees) -> None:
    build(made, {"b/index.html": "B", "d.js": "d"}, kept=("a/index.html",))
    with made.alone(lambda: None):
        made.go_on(["a/index.html"], lambda _: False)
        # As hosts do: in place, whatever stands there.
        site(made.next, {"b/index.html": "autre", "d.js": "autre"})
        assert told(made.final) == {"a/index.html": "a", "b/index.html": "B", "d.js": "d"}


def test_folders_without_files_go(made: Trees) -> None:
    build(made, {"x.html": "x"})
    build(made, {"x.html": "x"})
    assert folders(made.final) == set()


def test_files_of_others_stay_where_they_are_the_readers_own(made: Trees) -> None:
    build(made, {}, kept=("a/index.html", "b/index.html", "d.js"))
    build(made, {"d.js": "neuf"}, kept=("a/index.html",), is_own=lambda address: address == "b/index.html")
    assert told(made.final) == {"a/index.html": "a", "b/index.html": "B", "d.js": "neuf"}


@pytest.mark.parametrize("left", ["next", "spare"])
def test_what_a_build_that_was_killed_has_left_does_no_harm(made: Trees, left: str) -> None:
    (made.work / "spare/d.js").unlink()  # not to write into the readers' file
    site(made.work / left, {"a/index.html/x": "x"} if left == "next" else {"e.html": "foreign", "d.js": "foreign"})
    build(made, {"f.html": "f"}, kept=("a/index.html", "d.js"))
    assert told(made.final) == {"a/index.html": "a", "d.js": "d", "f.html": "f"}


def test_a_kill_between_the_two_renames_is_mended(made: Trees) -> None:
    made.final.rename(made.work / "before")
    with made.alone(lambda: None):  # whatever this build comes to
        assert told(made.final) == {"a/index.html": "a", "b/index.html": "B", "d.js": "d"}
    assert told(made.final) == {"a/index.html": "a", "b/index.html": "B", "d.js": "d"}


def test_a_copy_without_links_is_as_good(made: Trees, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    there = tmp_path_factory.mktemp("there") / "copy"
    shutil.copytree(tmp_path, there)
    copy = Trees.of(there / "site", there / "cache")
    build(copy, {"f.html": "f"}, kept=("a/index.html", "d.js"))
    assert told(copy.final) == {"a/index.html": "a", "d.js": "d", "f.html": "f"}


def test_a_disk_without_links_is_as_good(made: Trees, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", cannot)
    for _ in range(2):
        build(made, {"f.html": "f"}, kept=("a/index.html", "d.js"))
        assert told(made.final) == {"a/index.html": "a", "d.js": "d", "f.html": "f"}


def test_a_second_build_waits_for_the_first(made: Trees) -> None:
    waits, ends, order = threading.Event(), threading.Event(), []

    def second() -> None:
        with made.alone(waits.set) as has_waited:
            order.append(f"second {has_waited}")
        ends.set()

    with made.alone(lambda: order.append("nobody")) as has_waited:
        threading.Thread(target=second).start()
        assert waits.wait(10)
        order.append(f"first {has_waited}")
    assert ends.wait(10)
    assert order == ["first False", "second True"]


def test_a_mirror_has_the_same_files_and_no_others(tmp_path: Path) -> None:
    source = site(tmp_path / "source", {"a/b.html": "b", "c.html": "c"})
    target = site(tmp_path / "target", {"a/b.html": "old", "d/e.html": "e"})
    for _ in range(2):
        mirror(source, target)
        assert told(target) == told(source)
        assert (target / "a/b.html").samefile(source / "a/b.html")
        assert folders(target) == {"a"}
    only_shared(target, tmp_path / "nothing")
    assert told(target) == {}


def test_what_is_kept_of_a_site_goes_with_it(made: Trees, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Trees.of(tmp_path / "elsewhere", tmp_path / "other")
    build(other, {"x.html": "x"})
    build(other, {"x.html": "y"})
    assert made.work.exists()
    shutil.rmtree(made.final)
    with made.alone(lambda: None), other.alone(lambda: None):
        other.forget_lost([made.work, other.work])
        assert made.work.exists()  # its first site is being made
    with other.alone(lambda: None):
        other.forget_lost([made.work, other.work])
    assert not made.work.exists()
    assert other.work.exists()


def test_on_another_disk_nothing_is_left_beside_the_site(made: Trees) -> None:
    beside = Trees(made.final, made.cache, made.final.parent / ".site-work")
    build(beside, {"f.html": "f"}, kept=("a/index.html",))
    assert told(made.final) == {"a/index.html": "a", "f.html": "f"}
    assert not beside.work.exists()
    assert (made.cache / "lock").is_file()  # who waits for it would otherwise hold one that nobody sees


def summed(made: Trees, tmp_path: Path) -> Path:
    """Where the sums of a site are kept."""
    path = tmp_path / "sums.json"
    manifest.keep(path, manifest.sums_of(made.final, stamps(made.final), {}))
    return path


def aged(made: Trees) -> None:
    """Let the folders have been left some time ago: a disk counts in milliseconds."""
    for root in (made.final, made.spare):
        for folder in (root, *(one for one in root.rglob("*") if one.is_dir())):
            os.utime(folder, ns=(1, 1))


def test_a_mark_says_whether_the_folder_beside_is_the_site_once_more(made: Trees, tmp_path: Path) -> None:
    aged(made)
    sums = summed(made, tmp_path)
    before = mark(made.final, made.spare, sums)
    assert before == mark(made.final, made.spare, sums)
    site(made.spare, {"e.html": "foreign"})
    assert before != mark(made.final, made.spare, sums)


def test_a_build_tells_the_times_of_both_folders(made: Trees, tmp_path: Path) -> None:
    with made.alone(lambda: None):
        site(made.next, {"x/y/index.html": "y", "z.html": "z"})
        found = made.publish(["x/y/index.html", "z.html"])()
    now = mark(made.final, made.spare, summed(made, tmp_path))
    assert now
    assert found == now.folders


def test_a_few_files_are_exchanged_in_one_step(made: Trees, tmp_path: Path) -> None:
    aged(made)
    before = mark(made.final, made.spare, summed(made, tmp_path))
    assert before
    with made.alone(lambda: None):
        waiting = site(tmp_path / "made", {"b/index.html": "neuf", "c.html": "c"})
        times = made.amend(waiting, ["b/index.html", "c.html"], ["d.js"])
    assert told(made.final) == {"a/index.html": "a", "b/index.html": "neuf", "c.html": "c"}
    assert told(made.spare) == told(made.final)
    now = mark(made.final, made.spare, summed(made, tmp_path))
    assert before.changed(manifest.seal(tmp_path / "sums.json"), *times) == now != before


@pytest.mark.parametrize("is_known", [False, True])
def test_what_is_known_to_be_there_need_not_be_looked_for(made: Trees, *, is_known: bool) -> None:
    known = told(made.final) if is_known else None
    with made.alone(lambda: None):
        made.go_on(["a/index.html"], lambda address: address == "d.js", known)
        assert told(made.next) == {"a/index.html": "a", "d.js": "d"}
        assert folders(made.next) == {"a"}
        site(made.next, {"e/f/index.html": "e"})
        made.publish(told(made.next), ["b/index.html", "e/f/index.html"] if is_known else None)()
    for tree in (made.final, made.spare):
        assert told(tree) == {"a/index.html": "a", "d.js": "d", "e/f/index.html": "e"}
        assert folders(tree) == {"a", "e", "e/f"}
    both = (made.final / "e/f/index.html", made.spare / "e/f/index.html")
    assert both[0].samefile(both[1])


def test_a_folder_takes_the_place_of_a_file_and_a_file_that_of_a_folder(made: Trees) -> None:
    with made.alone(lambda: None):
        made.go_on([], lambda _: False, told(made.final))
        site(made.next, {"d.js/index.html": "d", "a": "a"})
        made.publish(told(made.next), [*told(made.final), *told(made.next)])()
    assert told(made.spare) == told(made.final) == {"d.js/index.html": "d", "a": "a"}


def test_a_file_that_cannot_be_taken_out_stops_the_build(made: Trees, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(path: str, **_: object) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(os, "unlink", cannot)
    known = told(made.final)
    with pytest.raises(PermissionError), made.alone(lambda: None):
        made.go_on([], lambda _: False, known)
    assert told(made.final) == known


@pytest.mark.parametrize("how", ["renamed", "longer", "later", "gone", "new", "new folder", "beside"])
def test_whatever_changes_changes_the_mark(made: Trees, tmp_path: Path, how: str) -> None:
    aged(made)
    sums = summed(made, tmp_path)
    before, path = mark(made.final, made.spare, sums), made.final / "a/index.html"
    match how:
        case "renamed":
            path.rename(path.with_name("other.html"))
        case "longer":
            path.write_text("xx")
        case "later":
            os.utime(path, ns=(1, 1))
        case "gone":
            path.unlink()
        case "new":
            site(made.final, {"a/y": ""})
        case "new folder":
            site(made.final, {"a/x/y": ""})
        case "beside":
            (made.spare / "a/index.html").rename(made.spare / "a/other.html")
    assert before not in {None, mark(made.final, made.spare, sums)}
