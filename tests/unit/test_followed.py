"""A hub that is read again after edits is the one that is read from nothing, and what has not changed is not read."""

from __future__ import annotations

import inspect
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import loading
from hub.files import FEW, FileReader
from hub.followed import Followed
from hub.links import Resolver, anchors_of
from hub.loading import Loaded, load
from hub.once import once
from hub.relinking import found_in
from tests.site.test_incremental import EDITS, FILES, NOTE, replaced, toggled
from tests.support import codes, write

LONG = bool(os.environ.get("HUB_TEST_LONG"))
MORE = {
    **EDITS,
    "other id": replaced(NOTE, "lang: fr\n", "lang: fr\nid: autre-appui\n"),
    "same name": toggled("docs/wiki/appui.md", "---\ntitle: Appui\n---\n\nUn article.\n"),
    "no anchor": replaced("docs/notes/autre.md", "appui.md#contexte", "appui.md#rien"),
    "like another": toggled(
        "docs/wiki/zones.md", "---\ntitle: Zones sanitaire\n---\n\n[[zonne]] [x](../notes/apui.md)\n"
    ),
    "not yet there": replaced("docs/notes/autre.md", "[[Rien encore]]", "[[Neuf]]"),
    "left": replaced("docs/personnes/ada.md", "consent: {date: 2020}\n", "retired: oui\n"),
    "hidden": toggled("docs/notes/neuf.md", "---\ntitle: Neuf\nstatus: soumis\n---\n\nTexte.\n"),
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("first"), FILES)


def compare(gone_on: Loaded, anew: Loaded, done: object) -> None:
    assert gone_on.library.entries == anew.library.entries, done
    assert gone_on.library.references == anew.library.references, done
    assert list(gone_on.report) == list(anew.report), done
    assert gone_on == anew, done


@settings(max_examples=150 if LONG else 12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(list(MORE)), min_size=1, max_size=6))
def test_what_is_gone_on_with_is_what_is_read_from_nothing(
    first: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    root = tmp_path_factory.mktemp("steps") / "hub"
    shutil.copytree(first, root)
    followed = Followed()
    try:
        compare(load(root, followed=followed), load(root), "nothing")
        for number, step in enumerate(steps):
            MORE[step](root)
            compare(load(root, followed=followed), load(root), steps[: number + 1])
    finally:
        shutil.rmtree(root.parent, ignore_errors=True)


@pytest.mark.parametrize("edit", MORE)
def test_each_edit_and_its_contrary(first: Path, tmp_path: Path, edit: str) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root)
    followed = Followed()
    load(root, followed=followed)
    for _ in range(2):
        MORE[edit](root)
        compare(load(root, followed=followed), load(root), edit)


def test_only_what_was_written_is_read_and_linked_again(first: Path, tmp_path: Path, monkeypatch) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root)
    followed = Followed()
    before = load(root, followed=followed).library
    read, linked = [], []
    bind = FileReader.bind
    monkeypatch.setattr(FileReader, "bind", lambda self, raw, file: read.append(file.uri) or bind(self, raw, file))
    monkeypatch.setattr(
        "hub.relinking.found_in", lambda found, entry, unread: linked.append(entry.id) or found_in(found, entry, unread)
    )
    EDITS["body"](root)
    after = load(root, followed=followed).library
    assert (read, linked) == (["notes/appui.md"], ["appui"])
    same = [entry.key for entry in after if before.exact(entry.key) is entry]
    assert len(same) == len(after.entries) - 1


def test_what_was_read_is_kept_for_other_processes(tmp_path: Path, monkeypatch) -> None:
    write(tmp_path, {f"docs/notes/n{n}.md": "---\ntitle: Note\n---\n\nTexte.\n" for n in range(FEW)})
    load(tmp_path, followed=Followed())
    monkeypatch.setattr(FileReader, "bind", None)
    assert len(load(tmp_path, followed=Followed()).library.entries) == FEW


def test_whoever_asks_for_a_name_is_linked_again_when_it_changes(first: Path, tmp_path: Path, monkeypatch) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root)
    followed = Followed()
    load(root, followed=followed)
    linked = []
    monkeypatch.setattr(
        "hub.relinking.found_in", lambda found, entry, unread: linked.append(entry.id) or found_in(found, entry, unread)
    )
    EDITS["lesson"](root)
    assert "broken-anchor" in codes(load(root, followed=followed).report)
    assert {"appui", "autre", "zone"} <= set(linked)
    assert not {"cerrhud", "fbr", "ada"} & set(linked)


def test_kinds_of_the_hub_are_read_again_when_their_file_changes(tmp_path: Path, monkeypatch) -> None:
    write(
        tmp_path, {"mkdocs.yml": "site_name: Essai\nplugins:\n  - hub:\n      kinds: sortes\n", "sortes/rien.txt": "x"}
    )
    found = []
    find = loading.find_kinds
    monkeypatch.setattr(loading, "find_kinds", lambda config: found.append(1) or find(config))
    followed = Followed()
    for times in (1, 1):
        load(tmp_path, followed=followed)
        assert len(found) == times
    write(tmp_path, {"sortes/autre.txt": "y"})
    load(tmp_path, followed=followed)
    assert len(found) == 2


def test_what_is_known_of_a_value_goes_with_it(tmp_path: Path) -> None:
    class Value:
        pass

    asked = []

    @once
    def itself(value: Value) -> Value:
        asked.append(1)
        return value

    one, other = Value(), Value()
    assert itself(one) is itself(one) is one
    assert itself(other) is other
    assert len(asked) == 2
    known = inspect.getclosurevars(itself).nonlocals["known"]
    assert len(known) == 2
    del one, other
    assert known == {}


def test_anchors_are_asked_for_once(first: Path) -> None:
    library = load(first).library
    entry = next(one for one in library if one.key == ("note", "appui", "fr"))
    assert anchors_of(entry) is anchors_of(entry)
    assert Resolver(library).anchor(entry, "contexte") == "s-contexte"
