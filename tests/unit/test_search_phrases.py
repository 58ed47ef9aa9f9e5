"""Quoted phrases in the search."""

from __future__ import annotations

from tests.searching import article, searched


def test_a_phrase_may_stand_in_a_heading(tmp_path):
    files = {
        "docs/notes/a.md": article("Essai", body="## Leçons apprises ailleurs\n\nDu texte."),
        "docs/notes/b.md": article("Autre essai", body="Des leçons, non apprises."),
    }
    assert searched(tmp_path, files).ids('"leçons apprises"') == ["a"]
