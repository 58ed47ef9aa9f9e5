"""The file that holds the index: whatever happens to it, the next build or search has a whole one."""

from __future__ import annotations

import os
import sqlite3
import threading
import time

import pytest

from hub import load
from hub.dates import today
from hub.errors import HubError
from hub.search import index, store
from hub.search.cache import Cache
from hub.search.store import VERSION, Store
from tests.repository import Repository
from tests.searching import article
from tests.support import MINIMAL, write

WORDS = 300


def texts(salt: str) -> dict[str, str]:
    return {
        f"docs/notes/n{n:02}.md": article(f"Note {n}", body=" ".join(f"{salt}{n * w}" for w in range(WORDS)))
        for n in range(40)
    }


@pytest.fixture
def cache(tmp_path) -> Cache:
    made = Cache(write(tmp_path, texts("mot")))
    made.refresh(load(tmp_path))
    return made


def ids(cache: Cache, query: str) -> list[str]:
    (answer,) = cache.search(lambda: load(cache.root), [query])
    return sorted(one["id"] for one in answer["results"])


def scripts(cache: Cache) -> dict[str, str]:
    with Store(cache.path) as kept:
        return dict(kept.rows("SELECT name, content FROM script"))


def zeros(raw: bytes) -> bytes:
    return raw[:8192] + bytes(len(raw) // 2) + raw[8192 + len(raw) // 2 :]


def foreign(version: int) -> bytes:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE item (anything)")
    db.execute(f"PRAGMA user_version = {version}")
    return db.serialize()


DAMAGE = {
    "empty": lambda raw: b"",
    "no database": lambda raw: b"x" * 50_000,
    "half of it": lambda raw: raw[: len(raw) // 2],
    "the first pages alone": lambda raw: raw[:12_288],
    "zeros in the middle": zeros,
    "signs in the middle": lambda raw: raw[:8192] + b"x" * (len(raw) - 8192),
    "another program's": lambda raw: foreign(0),
    "an older version's": lambda raw: foreign(VERSION + 1),
    "another's of this version": lambda raw: foreign(VERSION),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_or_foreign_file_is_thrown_away_without_a_word(cache, what, capfd):
    whole = scripts(cache)
    cache.path.write_bytes(DAMAGE[what](cache.path.read_bytes()))
    cache.refresh(load(cache.root))
    assert scripts(cache) == whole
    cache.path.write_bytes(DAMAGE[what](cache.path.read_bytes()))
    assert ids(cache, "mot507") == ["n03", "n13", "n39"]
    assert scripts(cache) == whole
    assert cache.is_current()
    assert capfd.readouterr() == ("", "")


def test_a_table_that_is_gone_is_made_again(cache):
    with Store(cache.path) as kept:
        kept.write("DROP TABLE script", [()])
    assert not cache.is_current()
    assert ids(cache, "mot507") == ["n03", "n13", "n39"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed half-way")
def test_a_build_that_is_killed_half_way_leaves_the_index_as_it_was(cache, monkeypatch):
    whole = scripts(cache)
    write(cache.root, texts("autre"))
    child = os.fork()
    if not child:
        # What does not fit into little memory is written before the end.
        small = store._connected
        monkeypatch.setattr(store, "_connected", lambda *given: with_little_memory(small(*given)))
        monkeypatch.setattr(Store, "__exit__", lambda *_: os._exit(3))
        cache.refresh(load(cache.root))
        os._exit(4)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
    assert scripts(cache) == whole
    assert ids(cache, "autre507") == ["n03", "n13", "n39"]


def with_little_memory(db: sqlite3.Connection) -> sqlite3.Connection:
    db.execute("PRAGMA cache_size = 10")
    return db


def test_a_file_that_another_process_writes_is_waited_for_and_never_thrown_away(cache, monkeypatch):
    whole = scripts(cache)
    monkeypatch.setattr(store, "_PATIENCE", 0.1)
    writer = sqlite3.connect(cache.path)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(HubError, match="Try again"):
        ids(cache, "mot507")
    writer.close()
    assert scripts(cache) == whole


def test_who_must_wait_for_another_process_is_told(cache, monkeypatch):
    monkeypatch.setattr(store, "_PATIENCE", 0.1)
    told = []
    waiting = Cache(cache.root, waits=lambda: told.append("waits"))
    assert ids(waiting, "mot507") == ["n03", "n13", "n39"]
    assert told == []
    writer = sqlite3.connect(cache.path)
    writer.execute("BEGIN IMMEDIATE")  # whoever writes lets others read
    assert ids(waiting, "mot507") == ["n03", "n13", "n39"]
    assert told == []
    write(cache.root, {"docs/notes/n03.md": article("Autre titre", body="mot507")})
    with pytest.raises(HubError, match="Try again"):
        ids(waiting, "mot507")
    assert told == ["waits"]
    writer.close()


def test_of_two_processes_the_second_works_into_what_the_first_has_made(cache, monkeypatch):
    write(cache.root, {"docs/notes/n03.md": article("Titre neuf", body="zinzolin")})
    second = load(cache.root)
    write(cache.root, texts("mot"))
    reads, others, told = threading.Event(), [], []
    compared = index._changes

    def slowly(*given):
        found = compared(*given)
        if not reads.is_set():
            reads.set()
            time.sleep(0.4)  # the second would read what the first is about to change
        return found

    monkeypatch.setattr(index, "_changes", slowly)
    write(cache.root, {"docs/notes/n05.md": article("Note 5", body="mot507 smaragdin")})
    first = load(cache.root)

    def work():
        reads.wait()
        Cache(cache.root, waits=lambda: told.append("waits")).refresh(second)
        others.append("done")

    other = threading.Thread(target=work)
    other.start()
    cache.refresh(first)
    other.join()
    assert (others, told) == (["done"], ["waits"])
    found = scripts(cache)
    cache.path.unlink()
    cache.refresh(second)
    assert scripts(cache) == found


def test_the_index_may_be_deleted_at_any_time(cache):
    whole = scripts(cache)
    cache.path.unlink()
    assert not cache.is_current()
    assert ids(cache, "mot507") == ["n03", "n13", "n39"]
    assert scripts(cache) == whole


def test_a_text_that_is_saved_while_the_hub_is_read_is_found_by_the_next_search(cache):
    since = time.time_ns()
    loaded = load(cache.root)
    write(cache.root, {"docs/notes/n01.md": article("Note 1", body="Un zinzolin.")})
    cache.refresh(loaded, since=since)
    assert ids(cache, "zinzolin") == ["n01"]
    assert cache.is_current()


def test_an_answer_and_a_site_are_of_one_index_whatever_is_written_meanwhile(cache, monkeypatch):
    monkeypatch.setattr(store, "_PATIENCE", 0.1)
    other = Cache(cache.root)
    program = {"engine": "engine", "loader": "MANIFEST ENGINE"}
    with cache.engine() as engine:
        engine.index.postings("mot507")
        write(cache.root, {"docs/notes/n03.md": article("Autre titre", body="mot507")})
        with pytest.raises(HubError, match="Try again"):
            other.refresh(load(cache.root))
        assert engine.search("mot507")["total"] == 3
    written = cache.scripts(program)
    next(written)
    with pytest.raises(HubError, match="Try again"):
        other.refresh(load(cache.root))
    assert len(list(written)) == len(scripts(cache)) + 1
    other.refresh(load(cache.root))
    assert ids(cache, "autre titre") == ["n03"]


def test_a_folder_that_cannot_be_written_is_searched_all_the_same(tmp_path):
    write(tmp_path, {"docs/notes/a.md": article("Essai"), ".cache": "no folder"})
    assert ids(Cache(tmp_path), "essai") == ["a"]


def test_previews_of_drafts_have_an_index_of_their_own(tmp_path):
    write(tmp_path, {"docs/notes/a.md": article("Relecture", "status: submitted")})
    shown, previewed = Cache(tmp_path), Cache(tmp_path, drafts=True)
    shown.refresh(load(tmp_path))
    previewed.refresh(load(tmp_path, drafts=True), today())
    assert ids(shown, "relecture") == []
    with previewed.engine() as engine:
        assert engine.search("relecture")["total"] == 1


@pytest.mark.parametrize("folder", ["top", "top/hub", "beside", "beside/hub"])
def test_a_commit_may_show_another_revision_wherever_git_keeps_its_own(tmp_path, folder):
    top = Repository(tmp_path / "top")
    files = {"docs/notes/a.md": article("Relecture"), "hub/docs/notes/a.md": article("Relecture")}
    top.commit("Publish", files | dict.fromkeys(["mkdocs.yml", "hub/mkdocs.yml"], MINIMAL))
    top.git("worktree", "add", "-q", "../beside", "-b", "beside")
    cache = Cache(tmp_path / folder)
    write(cache.root, {"docs/notes/a.md": article("Relecture", "status: in-review", body="Autre.")})
    cache.refresh(load(cache.root))
    assert cache.is_current()
    Repository(tmp_path / folder.partition("/")[0]).git("commit", "-q", "--allow-empty", "-m", "Go on")
    assert not cache.is_current()
