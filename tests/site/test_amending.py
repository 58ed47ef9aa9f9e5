"""Where only sentences of a few texts have changed, their pages alone are made: the site is that from nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hub.config import read_config
from hub.loading import load
from hub.rows import Rows
from hub.search.cache import Cache
from hub_mkdocs import making, remaking
from hub_mkdocs.explaining import Reason
from hub_mkdocs.publishing import Published, Publisher, Wishes
from hub_mkdocs.record import Record
from hub_mkdocs.trees import Trees
from tests.repository import Repository
from tests.site.test_incremental import EDITS, NOTE, OTHER, compare, first, publish, replaced

__all__ = ["first"]

SENTENCES = {
    "body": EDITS["body"],
    "wiki": replaced("docs/wiki/zone.md", "Voir", "Voyez aussi"),
    "person": replaced("docs/personnes/ada.md", "Médecin.", "Médecin et autrice."),
    "project": replaced("docs/projets/pass.md", "Projet.", "Travail."),
    "translation": replaced("docs/notes/appui.en.md", "Text on RBF.", "A text on RBF."),
    "a word of the glossary": replaced("docs/wiki/zone.md", "Voir", "FBR"),
}
"""Edits of sentences alone."""
MORE = {
    "page": EDITS["page"],
    "a text with a fault": replaced(OTHER, "Voir", "Voyez"),
    "title": EDITS["title"],
    "heading": EDITS["heading"],
    "status": EDITS["status"],
    "new": EDITS["new"],
    "image": EDITS["image"],
    "vocabulary": EDITS["vocabulary"],
    "name": EDITS["name"],
    "link": replaced(NOTE, "et [[zone]]", "et [[autre]]"),
    "no link": replaced(NOTE, "et [[zone]]", ""),
    "a fault": replaced(NOTE, "Le FBR", "[Rien](nulle-part.md) et le FBR"),
    "an address": replaced(NOTE, "Le FBR", "ada@example.org et le FBR"),
}
"""Edits that other pages may show."""


@pytest.fixture
def hub(first: Path, tmp_path: Path) -> Path:
    """A hub with a site, and all that its build keeps."""
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    shutil.rmtree(root / "site")
    publish(root, "site")
    return root


@pytest.fixture
def amended(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each build, whether it was done without reading the whole hub."""
    found: list[bool] = []

    def noted(publisher: Publisher, folder: Path) -> Published | None:
        made = plain(publisher, folder)
        found.append(made is not None)
        return made

    plain = making.amended
    monkeypatch.setattr(making, "amended", noted)
    return found


@pytest.mark.parametrize("edit", SENTENCES)
def test_a_sentence_is_amended(hub: Path, amended: list[bool], edit: str) -> None:
    for _ in range(2):
        SENTENCES[edit](hub)
        compare(hub, [edit])
    assert amended[::2] == [True, True]


@pytest.mark.parametrize("edit", MORE)
def test_what_others_show_is_not(hub: Path, amended: list[bool], edit: str) -> None:
    MORE[edit](hub)
    compare(hub, [edit])
    assert amended[0] is False
    EDITS["body"](hub)
    compare(hub, [edit, "body"])


@pytest.mark.parametrize("edit", ["title", "new", "renamed", "deleted", "vocabulary"])
def test_a_sentence_is_amended_whatever_was_built_before(hub: Path, amended: list[bool], edit: str) -> None:
    EDITS[edit](hub)
    publish(hub, "site")
    SENTENCES["wiki"](hub)
    compare(hub, [edit, "wiki"])
    assert amended[:2] == [False, True]


def test_several_texts_are_amended_at_once(hub: Path, amended: list[bool]) -> None:
    for edit in ("body", "wiki", "project"):
        SENTENCES[edit](hub)
    compare(hub, ["three"])
    assert amended[0]


@pytest.mark.parametrize("lost", ["search", "notes", "assets/hub.js"])
def test_a_site_of_which_much_is_lost_is_made_whole(hub: Path, amended: list[bool], lost: str) -> None:
    path = hub / "site" / lost
    (shutil.rmtree if path.is_dir() else Path.unlink)(path)
    EDITS["body"](hub)
    compare(hub, [lost])
    assert amended[0] is False


@pytest.mark.parametrize("touch", ["site/notes/appui/index.html", "site/x.html", "spare/x.html"])
def test_a_site_that_somebody_has_touched_is_made_whole(hub: Path, amended: list[bool], touch: str) -> None:
    (spare,) = (hub / ".cache/hub").glob("site-*/spare")
    path = spare / "x.html" if touch.startswith("spare") else hub / touch
    path.unlink(missing_ok=True)
    path.write_text("x", "utf-8")
    EDITS["body"](hub)
    compare(hub, [touch])
    assert amended[0] is False


@pytest.mark.parametrize(("name", "content"), [("x", "alert(1)"), ("../x", "1"), ("X", "{}")])
def test_a_script_that_is_no_data_is_not_published(hub: Path, amended: list[bool], name: str, content: str) -> None:
    with closing(sqlite3.connect(hub / ".cache/hub/search.sqlite")) as db, db:
        db.execute("INSERT INTO script VALUES (?, ?)", (name, content))
    EDITS["body"](hub)
    compare(hub, [name])
    assert amended[0] is False


@pytest.mark.parametrize("edit", ["body", "white space"])
def test_a_manifest_that_is_no_data_is_not_published(hub: Path, amended: list[bool], edit: str) -> None:
    with closing(sqlite3.connect(hub / ".cache/hub/search.sqlite")) as db, db:
        db.execute("UPDATE meta SET value = 'alert(1)' WHERE name = 'manifest'")
    {**EDITS, "white space": replaced(NOTE, "Le FBR", "Le  FBR")}[edit](hub)
    compare(hub, [edit])
    assert amended[0] is False


def test_what_is_saved_while_a_sentence_is_amended_is_found_by_the_next_search(
    hub: Path, amended: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    SENTENCES["body"](hub)
    publish(hub, "site")
    assert Cache(hub).is_current()
    plain = remaking.remade

    def saved(*given: Any) -> Record:
        SENTENCES["wiki"](hub)
        return plain(*given)

    monkeypatch.setattr(remaking, "remade", saved)
    SENTENCES["project"](hub)
    publish(hub, "site")
    assert amended == [True, True]
    assert not Cache(hub).is_current()
    monkeypatch.undo()
    compare(hub, ["body", "project", "wiki"])


def test_on_another_disk_no_folder_is_like_the_site_which_is_made_whole(
    hub: Path, amended: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def of(final: Path, cache: Path) -> Trees:
        return Trees(final, cache, final.parent / f".{cache.name}")

    monkeypatch.setattr(Trees, "of", of)
    for spare in hub.glob(".cache/hub/site-*/spare"):
        shutil.rmtree(spare)
    for edit in ("body", "wiki"):
        SENTENCES[edit](hub)
        compare(hub, [edit])
    assert not any(amended)


OTHER_PLUGINS = {
    "the host's own search": "plugins:\n  - search",
    "a hook": "hooks: [hook.py]\nplugins:",
}


@pytest.mark.parametrize("other", OTHER_PLUGINS)
def test_where_another_plugin_works_on_pages_all_are_made_by_the_host(
    hub: Path, amended: list[bool], other: str
) -> None:
    (hub / "hook.py").write_text("def on_page_content(html, **_):\n    return html + '<!-- seen -->'\n", "utf-8")
    config = (hub / "mkdocs.yml").read_text("utf-8")
    (hub / "mkdocs.yml").write_text(config.replace("plugins:", OTHER_PLUGINS[other], 1), "utf-8")
    for _ in range(3):
        publish(hub, "site")
        SENTENCES["body"](hub)
    compare(hub, [other])
    assert not any(amended)
    explained = Publisher(read_config(hub), hub / "site", Wishes(explained="notes/appui/"))
    assert making.publish(explained, lambda *_: (), print, str).reason == Reason(is_by_host=True)
    (hub / "mkdocs.yml").write_text(config, "utf-8")
    compare(hub, [other, "alone again"])
    SENTENCES["body"](hub)
    compare(hub, ["body"])
    assert amended[-2]


def test_an_index_that_was_brought_up_to_date_meanwhile_is_not_gone_on_from(hub: Path, amended: list[bool]) -> None:
    EDITS["new"](hub)
    Cache(hub).renew(lambda: load(hub))
    EDITS["new"](hub)  # it is gone again, and may be none of anybody's business
    SENTENCES["body"](hub)
    compare(hub, ["body"])
    assert amended[0] is False


def test_a_link_in_the_place_of_a_page_does_not_stay(hub: Path, tmp_path: Path) -> None:
    page = hub / "site/notes/autre/index.html"
    page.rename(tmp_path / "elsewhere.html")
    page.symlink_to(tmp_path / "elsewhere.html")
    SENTENCES["body"](hub)
    compare(hub, ["body"])
    assert not page.is_symlink()


def test_what_the_configuration_takes_from_elsewhere_is_a_change(
    hub: Path, monkeypatch: pytest.MonkeyPatch, amended: list[bool]
) -> None:
    config = (hub / "mkdocs.yml").read_text("utf-8").replace("site_url: https://example.org/\n", "")
    named = (
        "INHERIT: ../base.yml\nsite_url: !ENV [HUB_URL, https://example.org/]\ntheme: {name: hub, custom_dir: .own}\n"
    )
    (hub / "mkdocs.yml").write_text(named + config, "utf-8")
    base, own = hub.parent / "base.yml", hub / ".own/assets/hub.css"
    own.parent.mkdir(parents=True)

    def in_the_base() -> None:
        base.write_text("copyright: Deux\n", "utf-8")

    def in_the_environment() -> None:
        monkeypatch.setenv("HUB_URL", "https://example.net/")

    def in_the_theme() -> None:
        own.write_text("body { color: red }", "utf-8")

    base.write_text("copyright: Un\n", "utf-8")
    compare(hub, ["named"])
    for change in (in_the_base, in_the_environment, in_the_theme):
        for edit in (lambda _: None, EDITS["body"], EDITS["new"]):
            edit(hub)
            change()
            compare(hub, [change.__name__])
    assert "https://example.net/" in (hub / "site/sitemap.xml").read_text("utf-8")
    assert "Deux" in (hub / "site/notes/autre/index.html").read_text("utf-8")


def test_a_commit_that_comes_while_a_build_begins_is_the_next_ones(hub: Path) -> None:
    made = Repository(hub)
    made.commit("un")
    publisher = Publisher(read_config(hub), hub / "site", Wishes(clean=True))
    publisher.look()
    publisher.history()
    made.commit("deux", {NOTE: "---\ntitle: Autre\n---\n"})
    assert publisher.inputs != Publisher(read_config(hub), hub / "site", Wishes(clean=True)).inputs


def test_a_site_without_its_sums_is_made_whole(hub: Path, amended: list[bool]) -> None:
    (hub / "site/SHA256SUMS").unlink()
    EDITS["body"](hub)
    compare(hub, ["sums"])
    assert amended[0] is False


@pytest.mark.parametrize(
    ("option", "is_amended"), [("drafts: true", True), ("max_file_size: !ENV [NOT_SET_ANYWHERE, 3]", False)]
)
def test_options_are_those_that_the_host_reads(
    hub: Path, amended: list[bool], option: str, *, is_amended: bool
) -> None:
    """The hub does not run what stands behind `!ENV`: where it would read texts by another option, all are read."""
    file = hub / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("  - hub:\n", f"  - hub:\n      {option}\n"), "utf-8")
    publish(hub, "site")
    EDITS["body"](hub)
    compare(hub, [option])
    assert amended == [False, is_amended, False]


@pytest.mark.parametrize("kept", ["built.sqlite", "sums.json", "seen.json"])
def test_what_is_lost_is_made_again(hub: Path, amended: list[bool], kept: str) -> None:
    (path,) = (hub / ".cache/hub").glob(f"site-*/{kept}")
    path.unlink()
    EDITS["body"](hub)
    compare(hub, [kept])
    assert amended[0] is False


def test_an_answer_that_is_another_is_not_trusted(hub: Path, amended: list[bool]) -> None:
    (path,) = (hub / ".cache/hub").glob("site-*/built.sqlite")
    rows = Rows(path)
    rows.put((name, json.dumps([*json.loads(row)[:-1], "0"]).encode()) for name, row in rows.all("asked ").items())
    EDITS["body"](hub)
    compare(hub, ["answers"])
    assert amended[0] is False
