"""Quoted phrases in the search."""

from __future__ import annotations

from tests.searching import article, searched


def test_a_phrase_may_stand_in_a_heading(tmp_path):
    files = {
        "docs/notes/a.md": article("Essai", body="## Leçons apprises ailleurs\n\nDu texte."),
        "docs/notes/b.md": article("Autre essai", body="Des leçons, non apprises."),
    }
    assert searched(tmp_path, files).ids('"leçons apprises"') == ["a"]


def test_a_phrase_is_found_however_many_texts_have_its_words_apart(tmp_path):
    files = {
        f"docs/wiki/soins-{number}.md": "---\ntitle: Soins\n---\n\nLa qualité et " + "mot " * 30 + "des soins.\n"
        for number in range(60)
    }
    files["docs/wiki/longue.md"] = "---\ntitle: Autre chose\n---\n\n" + "mot " * 300 + "la qualité des soins.\n"
    answer = searched(tmp_path, files).search('"qualité des soins"')
    assert ([one["id"] for one in answer["results"]], answer["exact"]) == (["longue"], True)
