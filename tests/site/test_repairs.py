"""What a build mends by itself it says, in a sentence; what is in order it says nothing of."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hub_mkdocs.trees import Trees
from tests.repository import Repository
from tests.support import jpeg, note, run

PAGE = "site/notes/a/index.html"
CONSENT = "consent: {date: 2026-01-01, scope: photos}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Repository(tmp_path_factory.mktemp("repairs") / "hub")
    made.commit("un", {"docs/notes/a.md": note(CONSENT, body="![vue](vue.jpg)\n"), "docs/notes/vue.jpg": jpeg("lieu")})
    made.commit("deux", {"docs/notes/a.md": note(CONSENT, body="Encore.\n\n![vue](vue.jpg)\n")})
    assert run("build", cwd=made.root).exit_code == 0
    return made.root


@pytest.fixture
def hub(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "hub", symlinks=True))


def said(root: Path, *options: str) -> str:
    text = (root / "docs/notes/a.md").read_text("utf-8")
    (root / "docs/notes/a.md").write_text(f"{text}.\n", "utf-8")
    done = run("build", *options, cwd=root)
    assert done.exit_code == 0, done.stderr
    return done.stderr.partition("\n")[2]


def of_site(root: Path) -> Path:
    return next((root / ".cache/hub").glob("site-*"))


def test_a_site_that_is_in_order_is_not_spoken_of(hub: Path) -> None:
    assert [said(hub), said(hub), said(hub, "--clean"), run("build", cwd=hub).stderr] == [""] * 4


def test_a_folder_named_like_that_of_compiled_python_is_one_of_the_site(hub: Path) -> None:
    (hub / "docs/__pycache__").mkdir()
    (hub / "docs/__pycache__/vue.jpg").write_bytes(jpeg("ailleurs"))
    (hub / "docs/notes/b.md").write_text(note(CONSENT, body="![vue](../__pycache__/vue.jpg)\n"), "utf-8")
    whole = ("--explain", "notes/a/")  # the hub is read, and the site looked at
    assert [said(hub, "--clean"), said(hub, *whole), run("build", cwd=hub).stderr] == [""] * 3
    assert "__pycache__/vue.jpg" in (hub / "site/SHA256SUMS").read_text("utf-8")
    assert run("verify", hub / "site").exit_code == 0


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def foreign(path: Path) -> None:
    path.write_bytes(b"\x00 not ours")


@pytest.mark.parametrize("damage", [cut, foreign, Path.unlink])
@pytest.mark.parametrize(
    "name", ["files.json", "history.json", "search.sqlite", "site-*/built.sqlite", "site-*/sums.json", "images/*.jpg"]
)
def test_a_cache_that_was_damaged_is_named(hub: Path, name: str, damage: Callable[[Path], None]) -> None:
    (path,) = (hub / ".cache/hub").glob(name)
    if damage is cut and path.suffix == ".sqlite":
        path.write_bytes(path.read_bytes()[:20_000])
    else:
        damage(path)
    assert said(hub).splitlines() == [f"{path} was damaged or lost: what it held is made again."]
    assert said(hub) == ""


@pytest.mark.parametrize("damage", [cut, foreign, Path.unlink])
def test_sums_that_stand_beside_the_others_and_were_damaged_are_named(
    hub: Path, damage: Callable[[Path], None]
) -> None:
    path = of_site(hub) / "sums-since.json"
    assert (said(hub), said(hub), path.exists()) == ("", "", True)  # the first finds the hub at another place
    damage(path)
    assert said(hub).splitlines() == [f"{path} was damaged or lost: what it held is made again."]
    assert said(hub) == ""
    assert run("verify", hub / "site").exit_code == 0


def test_a_record_takes_its_name_after_its_site_has(hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, text = of_site(hub) / "built.sqlite", hub / "docs/notes/a.md"
    before = record.read_bytes()
    text.write_text(text.read_text("utf-8").replace("title: Essai", "title: Un tout autre titre"), "utf-8")

    def full(trees: Trees) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Trees, "publish", full)
        assert run("build", "--clean", cwd=hub).exit_code != 0
    assert record.read_bytes() == before
    said(hub)
    assert run("build", "--clean", "--site-dir", tmp_path / "new", cwd=hub).exit_code == 0
    assert files(hub / "site") == files(tmp_path / "new")
    assert "Un tout autre titre" in (hub / "site/notes/index.html").read_text("utf-8")
    assert sorted(path.name for path in record.parent.glob("*.sqlite")) == ["built.sqlite"]


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_cache_that_is_gone_is_said_once(hub: Path) -> None:
    shutil.rmtree(hub / ".cache")
    assert said(hub) == "Nothing is known any more of how the site was made: all of it is made again.\n"
    assert said(hub) == ""


@pytest.mark.parametrize("left", ["next/notes", "pages-abc", "before/notes"])
def test_a_build_that_did_not_end_is_told_and_cleared_away(hub: Path, left: str) -> None:
    (of_site(hub) / left).mkdir(parents=True)
    assert said(hub) == "An earlier build did not come to its end: what it had left is taken away.\n"
    assert {path.name for path in of_site(hub).iterdir()} == {
        *("built.sqlite", "lock", "seen.json", "spare", "sums.json"),
    }


def test_a_site_that_was_put_aside_is_back(hub: Path) -> None:
    (hub / "site").rename(of_site(hub) / "before")
    assert "the site is in its place again" in said(hub)
    assert (hub / PAGE).is_file()


@pytest.mark.parametrize("change", [foreign, Path.unlink])
def test_a_file_of_the_site_that_is_another_is_named(hub: Path, change: Callable[[Path], None]) -> None:
    before = (hub / "site/mots-cles").exists()
    change(hub / "site/404.html")
    assert said(hub) == "The site was not as it had been built (files: 1, such as 404.html): it is mended.\n"
    assert before == (hub / "site/mots-cles").exists()
    assert run("verify", hub / "site", cwd=hub).exit_code == 0


def test_a_file_that_somebody_put_into_the_site_is_named(hub: Path) -> None:
    (hub / "site/notes/x.html").write_text("x")
    assert "such as notes/x.html" in said(hub)
    assert not (hub / "site/notes/x.html").exists()


def test_other_commands_say_it_too(hub: Path) -> None:
    (hub / ".cache/hub/search.sqlite").write_bytes(b"not ours, and longer than nothing" * 1000)
    done = run("search", "encore", cwd=hub)
    assert (done.exit_code, "search.sqlite was damaged or lost" in done.stderr) == (0, True)
