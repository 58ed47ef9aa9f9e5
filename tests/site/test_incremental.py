"""A build that goes on from an earlier one makes the site that a build from nothing makes, byte for byte."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import manifest, workers
from hub.config import read_config
from hub.rows import Rows
from hub_mkdocs import making, writing
from hub_mkdocs.publishing import Publisher, Wishes
from tests.repository import Repository
from tests.support import run, write

LONG = bool(os.environ.get("HUB_TEST_LONG"))
started = workers._started
CONFIG = "site_name: Essai\nsite_url: https://example.org/\nplugins:\n  - hub:\n      languages: [fr, en]\n"
FILES: Mapping[str, str] = {
    "mkdocs.yml": CONFIG,
    ".gitignore": "/site*/\n.cache/\n",
    "docs/index.md": "---\ntitle: Accueil\n---\n\nBienvenue, voir [[appui]].\n",
    "docs/vocabulaires/themes.yml": "name: themes\nterms:\n  soins:\n    fr: Soins\n    en: Care\n",
    "docs/notes/appui.md": (
        "---\ntitle: Appui\nlang: fr\ndate: 2015-04\nthemes: [soins]\nkeywords: [zone]\nauthors: [ada]\n"
        "projects: [pass]\nlessons:\n  - id: L1\n    statement: Commencer tôt.\n---\n\n## Contexte\n\n"
        "Le FBR et [[zone]].\n"
    ),
    "docs/notes/appui.en.md": "---\ntitle: Support\ntranslation_of: appui\n---\n\n## Context\n\nText on RBF.\n",
    "docs/notes/autre.md": (
        '---\ntitle: Autre\ndate: 2016\nkeywords: [zone, soin]\nauthors: [bob]\nrelated: ["note:appui#L1"]\n---\n\n'
        "Voir [l’appui](appui.md#contexte), [[Rien encore]] et ![une carte](carte.png).\n"
    ),
    "docs/notes/carte.png": "x",
    "docs/wiki/zone.md": "---\ntitle: Zone sanitaire\n---\n\nVoir [[Page voulue]] et [[note:appui]].\n",
    "docs/personnes/ada.md": (
        "---\ntitle: Ada Sow\nconsent: {date: 2020}\naffiliations:\n  - organisation: cerrhud\n---\n\nMédecin.\n"
    ),
    "docs/personnes/bob.md": "---\ntitle: Bob Dossou\n---\n",
    "docs/organisations/cerrhud.md": "---\ntitle: Cerrhud\nacronym: CERRHUD\n---\n",
    "docs/projets/pass.md": (
        "---\ntitle: Pass\nparticipating_orgs:\n  - org: cerrhud\n    role: implementing\n---\n\nProjet.\n"
    ),
    "docs/glossaire/fbr.md": (
        "---\ntitle: Financement basé sur les résultats\nacronym: FBR\nen: [RBF]\n"
        "definition: Payer ce qui est fait.\n---\n"
    ),
    "docs/groupes/cop.md": "---\ntitle: CoP\nmembers:\n  - who: ada\n---\n",
}


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit that replaces some words of a file, and puts them back when it is made again."""

    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            text = file.read_text("utf-8")
            file.write_text(text.replace(old, new) if old in text else text.replace(new, old), "utf-8")

    return edit


def toggled(path: str, text: str | None = None) -> Callable[[Path], None]:
    """An edit that deletes a file, or makes it where it is missing."""

    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            file.unlink()
        else:
            write(root, {path: text or FILES[path]})

    return edit


def renamed(old: str, new: str) -> Callable[[Path], None]:
    """An edit that renames a file, and back."""

    def edit(root: Path) -> None:
        first, second = (old, new) if (root / old).exists() else (new, old)
        if (root / first).exists() and not (root / second).exists():
            (root / first).rename(root / second)

    return edit


NOTE, OTHER = "docs/notes/appui.md", "docs/notes/autre.md"
EDITS: Mapping[str, Callable[[Path], None]] = {
    "body": replaced(NOTE, "Le FBR", "Un texte sur le FBR"),
    "title": replaced(NOTE, "title: Appui", "title: Un autre appui"),
    "heading": replaced(NOTE, "## Contexte", "## Le contexte"),
    "lesson": replaced(NOTE, "id: L1", "id: L2"),
    "summary": replaced(OTHER, "date: 2016", "date: 2017\nsummary: En bref."),
    "keyword": replaced(OTHER, "keywords: [zone, soin]", "keywords: [nouveau]"),
    "author": replaced(OTHER, "authors: [bob]", "authors: [ada]"),
    "comment": replaced(OTHER, "title: Autre", "comments: [{author: person:ada, text: Merci.}]\ntitle: Autre"),
    "status": replaced(OTHER, "title: Autre", "status: brouillon\ntitle: Autre"),
    "withdrawn": replaced(OTHER, "title: Autre", "status: retiré\ntitle: Autre"),
    "review": replaced(NOTE, "lang: fr\n", "status: en-revue\nlang: fr\n"),
    "overdue": replaced(NOTE, "date: 2015-04", "review_by: 2016\ndate: 2015-04"),
    "broken": replaced(NOTE, "themes: [soins]", "themes: [soins"),
    "wanted": replaced("docs/wiki/zone.md", "Page voulue", "Autre page voulue"),
    "deleted": toggled(OTHER),
    "no translation": toggled("docs/notes/appui.en.md"),
    "translated": toggled("docs/notes/autre.en.md", "---\ntitle: Other\ntranslation_of: autre\n---\n\nText.\n"),
    "new": toggled("docs/notes/neuf.md", "---\ntitle: Neuf\nkeywords: [zone]\nauthors: [ada]\n---\n\nSur [[appui]].\n"),
    "written": toggled("docs/wiki/page-voulue.md", "---\ntitle: Page voulue\n---\n\nLa voici.\n"),
    "post": toggled("docs/billets/un.md", "---\ntitle: Billet\ndate: 2020-02\nauthors: [ada]\n---\n\nBonjour.\n"),
    "renamed": renamed(NOTE, "docs/notes/soutien.md"),
    "image": toggled("docs/notes/carte.png"),
    "person": replaced("docs/personnes/ada.md", "Ada Sow", "Ada Diallo"),
    "consent": replaced("docs/personnes/ada.md", "consent: {date: 2020}\n", ""),
    "retired": replaced("docs/personnes/ada.md", "consent: {date: 2020}\n", "retired: 2021\n"),
    "organisation": replaced("docs/organisations/cerrhud.md", "title: Cerrhud", "title: Centre"),
    "group": replaced("docs/groupes/cop.md", "who: ada", "who: bob"),
    "term": replaced("docs/glossaire/fbr.md", "Payer ce qui est fait.", "Payer des résultats."),
    "form": toggled("docs/glossaire/contexte.md", "---\ntitle: texte\ndefinition: Des mots.\n---\n"),
    "no term": toggled("docs/glossaire/fbr.md"),
    "vocabulary": replaced("docs/vocabulaires/themes.yml", "fr: Soins", "fr: Offre de soins"),
    "withheld": toggled(
        "docs/retraits.yml", "withheld:\n  - entry: note:autre\n    reason: Un nom\n    date: 2020-10-01\n"
    ),
    "name": replaced("mkdocs.yml", "site_name: Essai", "site_name: Autre essai"),
    "address": replaced("mkdocs.yml", "https://example.org/", "https://example.net/hub/"),
    "page": replaced("docs/index.md", "Bienvenue", "Bonjour"),
    "claim": toggled("docs/reclame.md", "---\ntitle: Réclame\nid: notes/autre\n---\n\nÀ la même adresse.\n"),
    "menu": toggled("docs/a-propos.md", "---\ntitle: À propos\nmenu: footer\n---\n\nNous.\n"),
}


def publish(root: Path, site: str, *, clean: bool = False) -> Path:
    """Build the site of a hub into one of its folders."""
    publisher = Publisher(read_config(root), root / site, Wishes(clean=clean))
    if not publisher.unchanged():
        said: list[str] = []
        making.publish(publisher, lambda *_: (), said.append, str)
        assert [line for line in said if "Error: " in line] == []  # of the software
    return root / site


def contents(site: Path) -> dict[str, bytes]:
    """The files of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with a history of two commits, and its site."""
    made = Repository(tmp_path_factory.mktemp("first") / "hub")
    made.commit("un", {**FILES, NOTE: FILES[NOTE].replace("Le FBR", "Sur le FBR")})
    made.commit("deux", {NOTE: FILES[NOTE]})
    publish(made.root, "site")
    return made.root


def compare(root: Path, done: list[str]) -> None:
    """Compare a site that was gone on with and one from nothing."""
    gone_on, anew = (contents(publish(root, site, clean=site != "site")) for site in ("site", "site-anew"))
    assert gone_on.keys() == anew.keys(), done
    assert [path for path in anew if anew[path] != gone_on[path]] == [], done
    assert all(contents(beside) == anew for beside in root.glob(".cache/hub/site-*/spare")), done
    sums = manifest.read(gone_on[manifest.NAME].decode())
    assert manifest.compare(root / "site", sums) == manifest.Verdict(len(gone_on) - 1), done


STEP = st.sampled_from([*EDITS, "commit"])


class Sequences:
    """Sequences of edits, each compared after each step."""

    @settings(max_examples=1000 if LONG else 4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEP, min_size=2, max_size=5))
    def test_a_site_that_is_gone_on_with_is_the_one_from_nothing(
        self, first: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[str]
    ) -> None:
        """Go on with a site edit by edit."""
        root = tmp_path_factory.mktemp("steps") / "hub"
        shutil.copytree(first, root, symlinks=True)
        made = Repository(root, count(10))
        try:
            for number, step in enumerate(steps):
                if step == "commit":
                    made.commit(f"pas {number}")
                else:
                    EDITS[step](root)
                compare(root, steps[: number + 1])
        finally:
            shutil.rmtree(root.parent, ignore_errors=True)


class TestSequences(Sequences):
    """Thousands of sequences in the long run, half of them on each of two cores."""


class TestOtherSequences(Sequences):
    """The other half."""


def test_whoever_had_lost_an_address_has_it_back_when_it_is_free(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    for step in ("claim", "deleted", "deleted", "claim"):
        EDITS[step](root)
        compare(root, [step])


def test_the_past_at_an_address_is_that_of_the_text_that_has_it(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    made = Repository.__new__(Repository)
    made.root, made.days = root, iter(range(10, 20))
    EDITS["claim"](root)
    made.commit("deux textes, une adresse")
    compare(root, ["claim"])
    EDITS["form"](root)
    compare(root, ["form"])
    shown, past = (root / "site/notes/autre" / path / "index.html" for path in ("", "historique"))
    title = re.search("<title>Historique de « (.+?) »", past.read_text("utf-8"))
    assert title
    assert f"<title>{title[1]} –" in shown.read_text("utf-8")


def test_pages_of_a_list_that_come_out_as_they_were_are_not_made_again(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    write(root, {f"docs/notes/n{n}.md": f"---\ntitle: N{n}\ndate: {1900 + n}\n---\n\nTexte.\n" for n in range(60)})
    publish(root, "site")
    made: list[str] = []
    render = writing.render
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(writing, "render", lambda page, **form: made.append(page.address) or render(page, **form))
    EDITS["new"](root)
    publish(root, "site")
    assert "notes/neuf/" in made
    assert "notes/" in made
    assert [address for address in made if "annees/19" in address] == []
    monkeypatch.undo()
    compare(root, ["new"])


@pytest.mark.parametrize("edit", EDITS)
def test_each_edit_and_its_contrary_are_gone_on_with(first: Path, tmp_path: Path, edit: str) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    EDITS[edit](root)
    compare(root, [edit])
    Repository(root, count(10)).commit("un changement")
    compare(root, [edit, "commit"])
    if LONG:
        EDITS[edit](root)
        compare(root, [edit, "commit", edit])


def written(root: Path, edit: Callable[[Path], None]) -> set[str]:
    """The files that a build writes after an edit, but for those of the search and the manifest."""
    site = publish(root, "site")
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    edit(root)
    after = {path: path.stat().st_mtime_ns for path in publish(root, "site").rglob("*") if path.is_file()}
    new = {path.relative_to(site).as_posix() for path, time in after.items() if before.get(path) != time}
    return {address for address in new if not address.startswith("search/") and address != manifest.NAME}


def test_only_what_shows_a_change_is_written(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    note = {"notes/appui/index.html"}
    body = written(root, EDITS["body"])
    # The reference names the revision that stands there: none does any longer.
    citations = {f"notes/appui/citation.{form}" for form in ("bib", "ris", "json")}
    assert note <= body <= {*note, *citations}
    title = written(root, EDITS["title"])
    assert {*note, "index.html", "notes/index.html", "personnes/ada/index.html", "wiki/zone/index.html"} <= title
    assert not {"personnes/bob/index.html", "glossaire/index.html", "recherche/index.html"} & title
    assert written(root, lambda _: None) == set()


def test_several_processes_make_the_site_that_one_makes(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    alone = contents(publish(root, "site-alone", clean=True))
    pids: set[int] = set()
    for name in ("_ALONE", "_FEW"):
        monkeypatch.setattr(writing, name, 5)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)  # pytest's own thread holds nothing
    monkeypatch.setattr(workers, "_started", lambda *given: pids.add(len(pids)) or started(*given))
    assert contents(publish(root, "site-several", clean=True)) == alone
    assert len(pids) >= 6  # to plan, to lay out, and to write what was
    compare(root, ["several"])


def test_a_site_that_was_touched_is_put_right(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    (root / "site/notes/appui/index.html").write_text("x")
    (root / "site/personnes/bob/index.html").unlink()
    (root / "site/foreign.html").write_text("x")
    compare(root, ["touched"])


def test_a_record_that_cannot_be_read_is_forgotten(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    (record,) = (root / ".cache/hub").glob("site-*/built.sqlite")
    for bad in (b"", b"[]", record.read_bytes()[:-9], record.read_bytes()[:5000] + b"x" * 5000):
        record.write_bytes(bad)
        EDITS["body"](root)
        compare(root, [repr(bad[:9])])
    rows = Rows(record)
    for row in ([], [1, 2, 3], ["g0", []], ["none", "0"], [[["get"]], [[7]]], {}, "get"):
        for odd in ({"part fr home", "part fr note:appui"}, rows.all("asked ").keys(), {"", "by text"}):
            assert odd
            assert odd <= rows.names()
            rows.put((name, json.dumps(row).encode()) for name in odd)
            EDITS["body"](root)
            compare(root, [repr(row)])


def test_it_is_said_why_a_page_was_made_again(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)

    def said(page: str, *options: str) -> str:
        done = run("--lang", "en", "build", "--explain", page, *options, cwd=root)
        assert done.exit_code == 0, done.output
        return done.stdout

    assert "nothing that it shows has changed" in said("notes/appui/")
    assert "no such page" in said("nulle/part/")
    EDITS["person"](root)
    assert "this has changed:\n  what is shown of the entry person ada" in said("/notes/appui/index.html")
    EDITS["person"](root)
    assert "  the list of note fr" in said("notes/")  # their cards name her
    EDITS["body"](root)
    assert "  the text of note appui fr" in said(NOTE)
    EDITS["body"](root)
    assert "nothing that it shows has changed" in said("personnes/bob/")
    EDITS["vocabulary"](root)
    assert "lists of words have changed" in said("personnes/bob/")
    EDITS["new"](root)
    assert "it is new" in said("notes/neuf/")
    (root / "site/personnes/bob/index.html").unlink()
    assert "  personnes/bob/index.html" in said("personnes/bob/")
    EDITS["body"](root)
    assert "the host writes it" in said("/") or "has changed" in said("/")
    assert "no such page" in said("nulle/part/", "--clean")


def test_a_disk_that_fails_at_an_old_page_leaves_the_site_as_it_was(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of the old text, which would cost its own page alone."""
    root = tmp_path / "hub"
    shutil.copytree(first, root, symlinks=True)
    before = contents(root / "site")

    def full(*_: object) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "write_files", full)
    EDITS["title"](root)
    with pytest.raises(OSError, match="No space"):
        publish(root, "site")
    assert contents(root / "site") == before
