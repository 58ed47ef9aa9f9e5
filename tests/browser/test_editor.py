"""Somebody writes a note in the form and sends it to be reviewed: Git has a branch, its file passes the checks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hub.diagnostics import Severity
from tests.site.hubs import text
from tests.support import checked, commit, git, write

pytestmark = pytest.mark.browser
BRANCH = "cms/note/la-supervision-a-n-dali"
SPOKEN = "http://127.0.0.1:"
FILES = {
    "docs/notes/appui.md": text("L’appui aux zones", "places: [BJ]", "keywords: supervision", body="Voir [[seule]]."),
    "docs/notes/seule.md": text("Seule"),
    "docs/personnes/ama-kossi.md": text("Ama Kossi"),
    ".gitignore": "/.cache/\n",
}
LONG = pytest.mark.skipif(os.environ.get("HUB_TEST_LONG") != "1", reason="long: HUB_TEST_LONG=1 runs it")
START = "from hub.cli.app import main; main()"


def _told(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    root = write(tmp_path_factory.mktemp("written"), FILES)
    commit(root)
    for name, value in {"user.name": "Ama Kossi", "user.email": "ama@example.org"}.items():
        git(root, "config", name, value)
    return root


@pytest.fixture(scope="module")
def editor(written: Path):
    """The address of the editor that `hub edit` serves."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node.js or npm is missing")
    command = [sys.executable, "-c", START, "--root", str(written), "edit", "--no-browser", "--port", "0"]
    env = os.environ | {"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8", "PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=env, **pipes) as process:  # type: ignore[call-overload]
        killer = threading.Timer(400, process.kill)
        killer.start()
        try:
            said = process.stdout.readline()
            found = re.search(rf"{SPOKEN}\d+/admin/", said)
            if not found:
                why = process.stderr.read()
                if "npm n’a rien pu télécharger" in why:
                    pytest.skip(why.strip().splitlines()[-1])
                pytest.fail(said + why)
            yield found[0]
        finally:
            process.terminate()
            process.wait(30)
            killer.cancel()


def _wait_for(what, seconds: float = 60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.fixture
def open_form(visit, editor: str):
    """Open a form as somebody who has just signed in: `page = open_form("#/collections/note/new", title)`."""

    def _open(place: str, title: str = ""):
        context, witness = visit(editor, width=1400, height=900)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.goto(editor + place)
        page.get_by_role("button", name="Se connecter").click()
        expect(page.get_by_label("Titre").first).to_have_value(title, timeout=60_000)
        return page, witness

    return _open


def test_a_note_is_written_in_the_form_and_sent_to_be_reviewed(open_form, written: Path) -> None:
    page, witness = open_form("#/collections/note/new")
    page.get_by_label("Titre").first.fill("La supervision à N’Dali")
    page.get_by_label("Résumé").first.fill("Un résumé : « avec » deux points, et l'apostrophe.")
    period = page.get_by_label("Période de l’expérience")
    period.fill("de 2009 à 2014")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("deux dates séparées par une barre").first.wait_for()
    period.press("Control+a")
    period.press_sequentially("2009/2014")
    page.get_by_role("button", name="Ajouter leçons apprises").click()
    page.get_by_label("Repère").fill("L1")
    page.get_by_label("Leçon", exact=True).fill("On supervise mieux à deux.")
    page.get_by_label("Auteurs (optionnel)").first.click()
    page.keyboard.type("Ama")
    page.get_by_role("option", name="Ama Kossi").click()
    page.locator("[data-slate-editor=true]").first.click()
    for key in ("Control+End", "Space"):
        page.wait_for_timeout(500)  # the editor learns a little later where the cursor is
        page.keyboard.press(key)
    page.keyboard.type("et [[seule]]", delay=20)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Statut: Brouillon").click()
    page.get_by_role("menuitem", name="En cours de révision").click()
    _wait_for(lambda: "pending_review" in _told(written, "config", f"branch.{BRANCH}.description"))

    assert not [fault for fault in witness.faults if "another host" in fault or "Content Security Policy" in fault]
    assert not _told(written, "branch", "--show-current").startswith("cms/")
    assert _told(written, "status", "--porcelain") == ""
    assert _told(written, "log", "-1", "--format=%an <%ae> %s", BRANCH) == (
        "Ama Kossi <ama@example.org> Écrire\u00a0: Note de capitalisation « la-supervision-a-n-dali »"
    )
    path = "docs/notes/la-supervision-a-n-dali.md"
    assert _told(written, "diff", "--name-only", f"HEAD...{BRANCH}") == path
    _has_what_was_written(written, path)


def _has_what_was_written(written: Path, path: str) -> None:
    """The file passes the checks, says what was written, and has no line for what was left empty."""
    raw = _told(written, "show", f"{BRANCH}:{path}")
    files = {name: content for name, content in FILES.items() if name.startswith("docs/")}
    loaded = checked(written.with_name("checked"), {**files, path: raw + "\n"})
    found = {one.rule.code for one in loaded.report if one.rule.severity is not Severity.INFO}
    assert found == {"text-to-complete"}  # under the headings that wait for their texts
    entry = loaded.library.get("note", "la-supervision-a-n-dali", "fr")
    assert entry.summary == "Un résumé : « avec » deux points, et l'apostrophe."
    assert [(one.id, one.statement) for one in entry.lessons] == [("L1", "On supervise mieux à deux.")]
    assert [one.id for one in entry.authors] == ["ama-kossi"]
    assert entry.body.startswith("## Contexte\n\n…\n\n## Méthodologie")
    assert entry.body.endswith("## Perspectives\n\n… et [[seule]]\n")
    assert set(entry.text.front.data) == {"title", "summary", "experience_period", "lessons", "authors"}


@LONG
def test_one_value_for_a_list_and_a_text_for_a_structure_do_not_stop_the_form(open_form, written: Path) -> None:
    page, _ = open_form("#/collections/note/entries/appui", "L’appui aux zones")
    page.get_by_label("Résumé").first.press_sequentially("Un résumé.")
    page.get_by_role("button", name="Enregistrer").click()
    _wait_for(lambda: _told(written, "branch", "--list", "cms/note/appui"))
    _wait_for(lambda: not _told(written, "branch", "--show-current").startswith("cms/"))
    changed = _told(written, "show", "cms/note/appui:docs/notes/appui.md")
    assert "places:\n  - country: BJ\n" in changed
    assert "keywords:\n  - supervision\n" in changed
    assert changed.endswith("Voir [[seule]].")


@LONG
def test_a_translation_opens_ready_filled_and_lands_beside_its_original(open_form, written: Path) -> None:
    known = "translation_of=appui&source_hash=0123456789ab&title=L%E2%80%99appui"
    page, _ = open_form(f"#/collections/note-en/new?{known}", "L’appui")
    page.get_by_label("Titre").first.fill("Support")
    page.get_by_role("button", name="Enregistrer").click()
    _wait_for(lambda: _told(written, "branch", "--list", "cms/note-en/appui"))
    _wait_for(lambda: not _told(written, "branch", "--show-current").startswith("cms/"))
    text_ = _told(written, "show", "cms/note-en/appui:docs/notes/appui.en.md")
    assert text_.startswith("---\ntranslation_of: appui\nsource_hash: 0123456789ab\ntitle: Support\n---\n## Context\n")
