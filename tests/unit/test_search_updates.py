"""The index after edits: the same scripts, byte for byte, as one made anew, and few of them others than before."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.search import index, invert
from hub.search.index import Change, update
from hub.search.store import Store
from tests.searching import article, source, term

LONG = bool(os.environ.get("HUB_TEST_LONG"))
WORDS = re.findall(
    r"\w+",
    "santé financement mutuelle région district zone équipe plan appui qualité soins village eau accès revue hôpital "
    "pilote indicateur prime contrat vaccin mère enfant paludisme réunion note rapport visite budget audit accord",
)


def sentence(seed: object, length: int = 12) -> str:
    chosen = random.Random(str(seed))
    return " ".join(chosen.choice(WORDS) for _ in range(length)).capitalize() + f" en {seed}."


def basis() -> dict[str, str]:
    """A small hub in which entries name and replace one another."""
    files = {
        f"docs/notes/n{number:02}.md": article(
            f"Note {number} sur {WORDS[number % len(WORDS)]}",
            f"date: {2000 + number % 20}",
            f"keywords: [{WORDS[number % 7]}]",
            *(["authors: [awa]", "themes: [financing]", "places: [BJ]"] if number % 8 == 0 else []),
            body="\n\n".join(f"## Partie {part}\n\n{sentence((number, part), 30)}" for part in range(3)),
        )
        for number in range(32)
    }
    themes = "title: T\nterms:\n  financing: {fr: Financement, en: Financing}\n  quality: {fr: Qualité, en: Quality}\n"
    return files | {
        "docs/vocabulaires/themes.yml": themes,
        "docs/notes/n01.en.md": article("A note about health", body="The district plan is about quality of care."),
        "docs/notes/n02.md": article("Note remplaçante", "supersedes: [note:n03]", body=sentence("n02", 60)),
        "docs/notes/n04.md": article("Ébauche", "status: draft", body=sentence("n04", 60)),
        "docs/notes/n05.md": article("À revoir", "review_by: 2026-05-31", body=sentence("n05", 60)),
        "docs/personnes/awa.md": article("Awa Sow", "consent: {date: 2026-01-01}", "bio: Sage-femme.", body="Sa vie."),
        "docs/personnes/awa.en.md": article("Awa Sow", "consent: {date: 2026-01-01}", body="Her life."),
        "docs/personnes/kofi.md": article("Kofi Adjo", "bio: Un secret.", body="Un secret."),
        "docs/organisations/cdr.md": article("Centre de recherche", "acronym: CDR"),
        "docs/glossaire/fbr.md": term("Financement basé sur les résultats", "acronym: FBR", "variants: [RBF]"),
        "docs/glossaire/csu.md": term("Couverture santé universelle", "acronym: CSU", "close_to: [fbr]"),
    }


class Hub:
    """A hub whose index is brought up to date after every edit, and made anew beside it."""

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        self.root, self.files = root, dict(files)
        self.turn = itertools.count()
        self.change = self.edit({})
        self.before = rows(root / "index.sqlite")

    def edit(self, changes: dict[str, str | None]) -> Change:
        """Write files, or delete those of None, and compare the index with one made anew."""
        self.before = rows(self.root / "index.sqlite")
        self.files.update({path: text for path, text in changes.items() if text is not None})
        for path in [path for path, text in changes.items() if text is None and path in self.files]:
            del self.files[path]
            (self.root / path).unlink()
        written = {path: text for path, text in self.files.items() if path in changes or not self.before}
        hub = source(self.root, written)
        self.change = update(hub, self.root / "index.sqlite")
        anew = self.root / f"anew-{next(self.turn)}.sqlite"
        update(hub, anew)
        self.after = rows(self.root / "index.sqlite")
        assert self.after == rows(anew)
        anew.unlink()
        return self.change

    @property
    def must_be_new(self) -> bool:
        """Whether the last edit changed what all lists depend on."""
        had, has = dict(self.before["meta"]), dict(self.after["meta"])
        means = [invert.averages(json.loads(meta["sums"])) for meta in (had, has)]
        return had["shape"] != has["shape"] or means[0] != means[1]


def rows(path: Path) -> dict[str, list[Any]]:
    """All that a store holds: what scripts are made of, not only the scripts."""
    if not path.exists():
        return {}
    with Store(path) as store:
        tables = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {table: sorted(store.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}
        # Words stand in the order in which they were met first, of all texts.
        found["held"] = [(key, sorted(words.split()), names) for key, words, names in found["held"]]
        return found


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Hub:
    return Hub(tmp_path_factory.mktemp("prepared"), basis())


@pytest.fixture
def hub(prepared, tmp_path) -> Hub:
    return copy_of(prepared, tmp_path / "hub")


def copy_of(one: Hub, root: Path) -> Hub:
    shutil.copytree(one.root, root)
    made = object.__new__(Hub)
    made.root, made.files, made.turn = root, dict(one.files), itertools.count()
    return made


NOTE = "docs/notes/n{:02}.md"
PATHS = st.sampled_from([NOTE.format(number) for number in range(36)])
LINES = st.sampled_from(
    [
        "status: draft",
        "status: withdrawn",
        "status: published",
        "supersedes: [note:n06, note:n07]",
        "authors: [awa, kofi]",
        "organisations: [cdr]",
        "themes: [financing, quality]",
        "places: [BJ]",
        "places: [{country: BJ, health_zone: Zone Un}]",
        "review_by: 2020-01-01",
        "review_by: 2030-01-01",
        "lessons: [{id: L1, statement: La leçon du plan.}]",
        "date: 2015-04",
        "keywords: [mot neuf, santé]",
    ]
)
TEXTS = st.builds(
    lambda seed, lines, size: article(f"Titre {seed}", *lines, body=sentence(seed, size)),
    st.integers(0, 9),
    st.lists(LINES, max_size=3, unique_by=lambda line: line.split(":")[0]),
    st.sampled_from([3, 60, 90, 400]),
)
PEOPLE = st.builds(
    lambda path, name, lines: (path, article(name, *lines, body="Une vie de soins.")),
    st.sampled_from(["docs/personnes/awa.md", "docs/personnes/awa.en.md", "docs/personnes/kofi.md"]),
    st.sampled_from(["Awa Sow", "Awa Sow-Ba", "Kofi"]),
    st.sampled_from([[], ["consent: {date: 2026-01-01}"], ["consent: {date: 2026-01-01}", "retired: yes"]]),
)
TERMS = st.builds(
    lambda path, acronym, lines: (path, term("Financement basé sur les résultats", f"acronym: {acronym}", *lines)),
    st.sampled_from(["docs/glossaire/fbr.md", "docs/glossaire/csu.md", "docs/glossaire/pbf.md"]),
    st.sampled_from(["FBR", "CSU", "SA"]),
    st.sampled_from([[], ["variants: [plan]"], ["close_to: [csu]"], ["status: withdrawn"]]),
)
EDITS = st.one_of(
    st.tuples(PATHS, TEXTS),
    st.tuples(PATHS, st.none()),
    PEOPLE,
    st.tuples(st.just("docs/personnes/awa.en.md"), st.none()),
    TERMS,
    st.tuples(st.just("docs/glossaire/csu.md"), st.none()),
)


@settings(max_examples=300 if LONG else 30)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_after_any_edits_the_index_is_the_one_that_is_made_anew(prepared, tmp_path_factory, series):
    hub = copy_of(prepared, tmp_path_factory.mktemp("edited") / "hub")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_FEW", 1)
        for edits in series:
            change = hub.edit(dict(edits))
            assert change.is_new == hub.must_be_new


SMALL = {
    "a sentence": {NOTE.format(8): basis()[NOTE.format(8)].replace("Partie 1", "Partie neuve et seule")},
    "a title": {NOTE.format(8): basis()[NOTE.format(8)].replace("Note 8", "Essai 8")},
    "a note more": {NOTE.format(60): article("Une note de plus", body=sentence("plus", 90))},
    "a note less": {NOTE.format(9): None},
    "a note that becomes a draft": {NOTE.format(10): article("Note 10", "status: draft", body=sentence(10, 90))},
    "a draft that is published": {NOTE.format(4): article("Note 4", body=sentence("n04", 60))},
    "a note that is withdrawn": {NOTE.format(11): article("Note 11", "status: withdrawn", body=sentence(11, 90))},
    "a note that replaces another": {
        NOTE.format(12): article("Note 12", "supersedes: [note:n13]", body=sentence(12, 90))
    },
    "a person's name": {"docs/personnes/awa.md": article("Awa Diop", "consent: {date: 2026-01-01}", body="Sa vie.")},
    "a consent that is given": {
        "docs/personnes/kofi.md": article(
            "Kofi Adjo", "bio: Une vie.", "consent: {date: 2026-01-01}", body="Un secret."
        )
    },
    "a consent that is taken back": {"docs/personnes/awa.md": article("Awa Sow", "bio: Sage-femme.", body="Sa vie.")},
    "a translation": {"docs/notes/n14.en.md": article("Note fourteen", body="The plan of the village.")},
    "a note moved to another name": {NOTE.format(15): None, NOTE.format(61): basis()[NOTE.format(15)]},
}


@pytest.mark.parametrize("name", SMALL)
def test_few_edits_are_worked_in(hub, name):
    change = hub.edit(SMALL[name])
    assert not hub.must_be_new
    assert not change.is_new
    assert 0 < change.changed < 20
    assert change.records == len(hub.after["entry"])
    assert hub.after["script"] != hub.before["script"]


def test_a_consent_that_is_taken_back_in_one_language_takes_the_texts_of_all_languages_away(hub):
    assert "Her life." in str(rows(hub.root / "index.sqlite"))
    hub.edit({"docs/personnes/awa.md": article("Awa Sow")})
    assert not hub.change.is_new
    assert "Her life." not in str(hub.after)


def test_a_change_of_the_glossary_makes_the_index_anew(hub):
    before = hub.files["docs/glossaire/csu.md"]
    assert not hub.edit({"docs/glossaire/csu.md": before.replace("Un terme.", "Le terme.")}).is_new
    assert hub.edit({"docs/glossaire/csu.md": before.replace("CSU", "CSU\nvariants: [plan]")}).is_new
    assert hub.must_be_new


def test_many_edits_make_the_index_anew(hub):
    few = int(index._FEW * len(hub.files)) - 1
    edited = {path: text.replace("Partie 1", "Partie neuve") for path, text in hub.files.items() if "Partie 1" in text}
    assert not hub.edit(dict(list(edited.items())[:few])).is_new
    assert hub.edit(dict(list(edited.items())[few:])).is_new
    assert not hub.must_be_new


def test_a_table_that_grows_makes_the_index_anew(hub):
    more = {NOTE.format(n): article(f"Note {n}", body=sentence(n, 90)) for n in range(100, 101 + 64 - len(hub.files))}
    hub.edit(more)
    assert hub.edit({NOTE.format(90): article("De trop", body=sentence(90, 90))}).is_new
    assert '"table":[256,' in dict(hub.after["meta"])["manifest"]


def test_nothing_is_done_where_nothing_changed(hub):
    assert hub.edit({}) == Change(len(hub.after["entry"]), 0, is_new=False)
    assert hub.after == hub.before
