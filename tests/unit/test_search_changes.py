"""What a change touches: few scripts for one edited text, and everything that a label, a day or other code decides."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from hub.search import now
from hub.search.store import Store
from tests.searching import Searched, article, searched


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> tuple[Path, Searched]:
    """300 notes of 120 words, of which some are common and most are rare."""
    root = tmp_path_factory.mktemp("large")
    chosen = random.Random(3)
    words = ["".join(chosen.choice("bcdfglmnprstv") + chosen.choice("aeiou") for _ in range(4)) for _ in range(4000)]
    weights = [1 / rank for rank in range(1, 4001)]

    def text() -> str:
        return ". ".join(" ".join(chosen.choices(words, weights, k=12)).capitalize() for _ in range(10))

    files = {f"docs/notes/n{n:03}.md": article(f"Note {n}", body=text()) for n in range(300)}
    return root, searched(root, files)


def others(before: Searched, after: Searched) -> set[str]:
    return set(after.scripts) - set(before.scripts)


def test_one_edited_sentence_changes_few_scripts(large, tmp_path):
    root, before = large
    shutil.copytree(root, tmp_path / "hub")
    path = tmp_path / "hub/docs/notes/n123.md"
    sentences = path.read_text().split(". ")
    sentences[4] = " ".join(sentences[4].split()[:8]) + " quatre mots tout neufs"
    path.write_text(". ".join(sentences))
    after = searched(tmp_path / "hub", {})
    assert (after.change.changed, after.change.is_new) == (1, False)
    # A leaf for each of the sentence's words at most, their root or nodes, the record's passages, the lists' own roots.
    changed = others(before, after)
    assert len(before.scripts) > 120
    assert {name.split("-")[0] for name in changed} <= {"terms", "words", "passages", "root"}
    assert 0 < len(changed) < 24
    assert after.manifest != before.manifest
    assert after.manifest["facets"] == before.manifest["facets"]


def test_one_note_more_changes_few_scripts(large, tmp_path):
    root, before = large
    shutil.copytree(root, tmp_path / "hub")
    text = (root / "docs/notes/n007.md").read_text().replace("Note 7", "Note de plus")
    after = searched(tmp_path / "hub", {"docs/notes/plus.md": text})
    assert (after.change.records, after.change.is_new) == (301, False)
    assert after.change.changed <= 3  # the slots after its own
    kept = [one for one in set(before.scripts) & set(after.scripts) if one.startswith("passages-0")]
    assert len(kept) >= 298
    assert len(others(before, after)) < len(before.scripts) / 2


def test_another_day_is_another_status(tmp_path):
    files = {
        "docs/notes/a.md": article("Une note", "review_by: 2026-06-10"),
        "docs/notes/b.md": article("Deux notes", "review_by: 2026-07"),
    }
    until = ["2026-06-11", "2026-08-01", ""]
    statuses = [["published"] * 2, ["needs-review", "published"], ["needs-review"] * 2]
    for day, due, expected in zip(["2026-06-10", "2026-06-11", "2026-08-01"], until, statuses, strict=True):
        found = searched(tmp_path, files, day=date.fromisoformat(day))
        assert sorted(one["status"] for one in found.search("note")["results"]) == sorted(expected)
        with Store(tmp_path / "index.sqlite") as store:
            assert store.get("good_until") == due


def vocabulary(label: str) -> dict[str, str]:
    return {"docs/vocabulaires/themes.yml": f"title: Thèmes\nterms:\n  financing: {{fr: {label}, en: {label}}}\n"}


def test_labels_are_those_of_today(tmp_path):
    notes = {f"docs/notes/n{n}.md": article(f"Note {n}", "themes: [financing]") for n in range(8)}
    assert len(searched(tmp_path, notes | vocabulary("Argent")).ids("argent")) == 8
    after = searched(tmp_path, vocabulary("Monnaie"))
    assert after.ids("argent") == []
    assert after.search("monnaie")["facets"]["theme"] == [{"value": "financing", "label": "Monnaie", "count": 8}]


def test_names_in_the_other_language_are_those_of_today(tmp_path):
    notes = {f"docs/notes/n{n:02}.md": article(f"Note {n} sur la santé") for n in range(20)}
    people = {f"docs/personnes/awa{lang}.md": article("Awa Sow") for lang in ("", ".en")}
    by_her = {"docs/notes/santé.md": article("La santé", "authors: [awa]")}
    searched(tmp_path, notes | people | by_her)
    after = searched(tmp_path, {"docs/personnes/awa.en.md": article("Awa the Midwife")})
    assert not after.change.is_new
    (person,) = after.search("santé", lang="en")["facets"]["person"]
    assert person["label"] == "Awa the Midwife"


def test_who_leaves_goes_from_texts_whose_files_write_the_name_otherwise(tmp_path):
    notes = {f"docs/notes/n{n:02}.md": article(f"Note {n} sur la santé") for n in range(20)}
    folded = {"docs/notes/vie.md": '---\ntitle: "La vie d’Awa\n        Sow"\n---\n\nUn texte.\n'}
    awa = "docs/personnes/awa.md"
    assert searched(tmp_path, notes | folded | {awa: article("Awa Sow")}).first("vie")["title"] == "La vie d’Awa Sow"
    after = searched(tmp_path, {awa: article("Awa Sow", "retired: oui")})
    assert not after.change.is_new
    assert "Sow" not in str(after.scripts)
    assert after.first("vie")["title"].startswith("La vie d’Contributeur retiré")


def test_other_code_makes_another_index(tmp_path, monkeypatch):
    files = {f"docs/notes/n{n}.md": article(f"Note {n}") for n in range(8)}
    searched(tmp_path, files)
    assert searched(tmp_path, files).change.changed == 0
    monkeypatch.setattr(now, "_code", lambda: "another")
    assert searched(tmp_path, files).change.is_new


def test_an_own_kind_that_is_changed_is_read_again(tmp_path):
    config = {"mkdocs.yml": "site_name: E\nplugins:\n  - hub:\n      kinds: kinds\n"}
    notes = {f"docs/notes/n{n}.md": article(f"Note {n}") for n in range(8)}
    recipe = {"docs/recettes/pate.md": article("Pâte rouge", "spice: Piment.")}
    found = searched(tmp_path, config | kind("Épice") | notes | recipe)
    assert found.first("piment")["section"] == "Épice"
    assert searched(tmp_path, {}).change.changed == 0
    assert searched(tmp_path, kind("Condiment")).first("piment")["section"] == "Condiment"


def kind(label: str) -> dict[str, str]:
    return {
        "kinds/recette.py": f"""
from hub.about import about
from hub.i18n import Label
from hub.model import Entry, Kind


class Recipe(Entry):
    spice: str | None = about("{label}", "Spice", view="text")


KIND = Kind(
    name="recette",
    model=Recipe,
    folder=Label("recettes", "recipes"),
    label=Label("Recette", "Recipe"),
    plural=Label("Recettes", "Recipes"),
)
"""
    }
