"""A cache that a branch brings along: nothing of it is published, run or written through."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from hub import load
from hub.search.cache import Cache
from hub_mkdocs.search import answering
from tests.searching import article
from tests.support import run, write

SCRIPT = "0);alert(1);//"
TEXTS = {f"docs/notes/n{n:02}.md": article(f"Note {n}", body=f"commun rare{n}") for n in range(20)}
CODE = {"engine": "", "loader": "hub.take(MANIFEST, ENGINE)"}


@pytest.fixture
def hub(tmp_path) -> Path:
    root = write(tmp_path / "hub", TEXTS)
    Cache(root).refresh(load(root))
    return root


def planted(root: Path, *statements: str) -> None:
    with sqlite3.connect(root / ".cache/hub/search.sqlite") as db:
        for one in statements:
            db.execute(one)
    db.close()


def published(root: Path) -> dict[str, str]:
    cache = Cache(root)
    cache.refresh(load(root))
    return dict(cache.scripts(CODE))


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE script SET content = '{SCRIPT}'",
        f"UPDATE script SET content = CAST('{SCRIPT}' AS BLOB)",
        f"UPDATE meta SET value = '{{}}{SCRIPT}' WHERE name = 'manifest'",
        "INSERT INTO script VALUES ('../../planted', '[]')",
        "INSERT INTO script VALUES ('/tmp/planted', '[]')",
        "INSERT INTO script VALUES ('a\"+alert(1)+\"', '[]')",
        "CREATE TRIGGER t AFTER INSERT ON meta BEGIN INSERT OR REPLACE INTO script VALUES ('../planted','[]'); END",
        "CREATE VIEW planted AS SELECT * FROM script",
        "ALTER TABLE script ADD COLUMN planted TEXT",
        "UPDATE held SET words = x'ff', names = x'ff'",
        "UPDATE entry SET lengths = '[', facets = '{'",
        "UPDATE meta SET value = '' WHERE name = 'sums'",
        "DROP TABLE posting",
    ],
)
def test_a_planted_index_is_made_anew(hub, statement, edited):
    planted(hub, statement)
    if edited:
        write(hub, {"docs/notes/n00.md": article("Note neuve", body="commun")})
    found = published(hub)
    assert not [name for name in found if "planted" in name or "/" in name or '"' in name]
    assert not [name for name, text in found.items() if "alert(1)" in text]
    shutil.rmtree(hub / ".cache")
    assert found == published(hub)


def test_what_is_checked_lets_every_true_index_pass(hub):
    before = (hub / ".cache/hub/search.sqlite").stat().st_ino
    assert published(hub)
    assert (hub / ".cache/hub/search.sqlite").stat().st_ino == before


@pytest.mark.parametrize("name", [".gitignore", "search.sqlite", "search.sqlite-journal"])
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_through_a_link(hub, tmp_path, name, there):
    victim = tmp_path / "precious"
    if there:
        victim.write_text("precious", "utf-8")
    link = hub / ".cache/hub" / name
    link.unlink(missing_ok=True)
    link.symlink_to(victim)
    assert published(hub)
    assert (victim.read_text("utf-8") if victim.exists() else None) == ("precious" if there else None)


@pytest.mark.parametrize("link", [".cache", ".cache/hub"])
def test_a_cache_that_is_led_away_is_not_used(hub, tmp_path, link):
    (tmp_path / "elsewhere/hub").mkdir(parents=True)
    shutil.rmtree(hub / link)
    (hub / link).symlink_to(tmp_path / "elsewhere")
    assert published(hub)
    assert [one.name for one in (tmp_path / "elsewhere").rglob("*")] == ["hub"]


def test_a_folder_in_the_place_of_the_index_is_taken_away(hub):
    (hub / ".cache/hub/search.sqlite").unlink()
    (hub / ".cache/hub/search.sqlite").mkdir()
    assert json.loads(published(hub)["loader.js"].removeprefix("hub.take(").rsplit(", ", 1)[0])["records"] == len(TEXTS)


def test_a_title_commands_no_terminal(tmp_path):
    root = write(tmp_path, {"docs/notes/a.md": '---\ntitle: "Essai \\e]0;x\\a\\x9b2J\\u202e fin"\n---\n\nEssai.\n'})
    told = run("search", "essai", cwd=root).stdout
    assert "Essai" in told
    assert not [one for one in told if one in "\x1b\x07\x9b\u202e"]


@pytest.mark.parametrize(("method", "status"), [("GET", "200"), ("HEAD", "200"), ("POST", "405"), ("DELETE", "405")])
def test_the_api_is_for_reading(hub, method, status):
    said = []
    app = answering(lambda *_: [b"page"], Cache(hub), "/")
    asked = {"PATH_INFO": "/api/search", "QUERY_STRING": "q=commun", "REQUEST_METHOD": method}
    app(asked, lambda told, _: said.append(told))
    assert said[0].startswith(status)
