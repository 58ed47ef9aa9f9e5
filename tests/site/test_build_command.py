"""`hub build` replaces an older site and nothing else, and says what it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.config import read_config
from hub_mkdocs.publishing import Publisher
from tests.repository import Repository
from tests.support import MINIMAL, note, run, write


@pytest.mark.parametrize("target", ["docs", ".", "docs/notes", ".."])
def test_the_hub_and_its_texts_are_never_replaced(tmp_path: Path, target: str) -> None:
    root = write(tmp_path / "hub", {"docs/notes/a.md": note()})
    before = sorted(tmp_path.rglob("*"))
    done = run("build", "--site-dir", target, cwd=root)
    assert done.exit_code == 2
    assert "holds the hub or its texts" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_with_something_else_is_never_replaced(tmp_path: Path) -> None:
    root = write(tmp_path / "hub", {"docs/notes/a.md": note()})
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/one.jpg").write_bytes(b"x")
    done = run("build", "--site-dir", tmp_path / "photos", cwd=root)
    assert done.exit_code == 2
    assert "something other than a site" in done.stderr
    assert (tmp_path / "photos/one.jpg").read_bytes() == b"x"


def test_an_older_site_is_replaced_whole(tmp_path: Path) -> None:
    root = write(tmp_path / "hub", {"docs/notes/a.md": note(), "docs/notes/b.md": note()})
    assert run("build", cwd=root).exit_code == 0
    assert (root / "site/notes/b/index.html").is_file()
    (root / "docs/notes/b.md").unlink()
    assert run("build", cwd=root).exit_code == 0
    assert (root / "site/notes/a/index.html").is_file()
    assert not (root / "site/notes/b").exists()
    assert {path.name for path in root.iterdir()} == {".cache", "docs", "mkdocs.yml", "site"}


def test_a_hub_without_the_plugin_is_not_built(tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": "site_name: x\nplugins: [search]\n", "docs/notes/a.md": note()})
    done = run("build", cwd=root)
    assert done.exit_code == 2
    assert "does not name the plugin hub" in done.stderr
    assert not (root / "site").exists()


@pytest.mark.parametrize("where", ["docs", ".docs", "texts/docs", "link"])
def test_each_file_is_asked_once_whether_it_has_changed(tmp_path: Path, where: str) -> None:
    folder = ".docs" if where == "link" else where
    root = write(
        tmp_path, {"mkdocs.yml": f"site_name: E\ndocs_dir: {where}\nplugins: [hub]\n", f"{folder}/a.md": note()}
    )
    if where == "link":
        (root / where).symlink_to(folder)
    told = [line.split("\t")[0] for line in _inputs(root)]
    assert sorted(Path(one).name for one in told if str(root) in one) == ["a.md", "mkdocs.yml"]


def test_what_git_tells_otherwise_from_now_on_is_a_change(tmp_path: Path) -> None:
    made = Repository(tmp_path / "hub")
    for number in range(2):
        made.commit(f"{number}", {"docs/notes/a.md": note(body=f"{number}"), "mkdocs.yml": MINIMAL})
    shallow = Repository(tmp_path)
    shallow.git("clone", "-q", "--depth", "1", f"file://{made.root}", "clone")
    clone = Repository(tmp_path / "clone")
    told = [_inputs(clone.root)]
    clone.git("fetch", "-q", "--unshallow")
    told.append(_inputs(clone.root))
    write(clone.root, {".mailmap": "Awa Sow <awa@example.org> <a@example.org>\n"})
    told.append(_inputs(clone.root))
    clone.git("tag", "edition-2026.1")
    told.append(_inputs(clone.root))
    assert _inputs(clone.root) == told[-1]
    assert len(set(map(tuple, told))) == len(told)


def _inputs(root: Path) -> list[str]:
    return Publisher(read_config(root), root / "site").inputs


def test_faults_are_told_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/notes/a.md": note("date: 2015-13")})
    for lang, words in (
        ("fr", "n’est pas une date"),
        ("en", "is not a date"),
        ("en", "is not a date"),
        ("fr", "n’est pas"),
    ):
        assert words in run("--lang", lang, "build", cwd=root).stderr
