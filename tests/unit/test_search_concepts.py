"""The concepts of the glossary in the search."""

from __future__ import annotations

from tests.searching import article, searched, term


def test_a_version_of_a_term_that_was_withdrawn_gives_nothing_to_the_search(tmp_path):
    files = {
        "docs/glossaire/fbr.md": term("Financement basé sur les résultats", "acronym: FBR"),
        "docs/glossaire/fbr.en.md": term(
            "Zinzolin", "acronym: ZZQ", "status: withdrawn", "withdrawal: {reason: Essai}"
        ),
        "docs/glossaire/csu.md": term("Zinzolin", "acronym: ZZQ", "status: withdrawn", "withdrawal: {reason: Essai}"),
        "docs/glossaire/csu.en.md": term("Universal health coverage", "acronym: UHC"),
    }
    index = searched(tmp_path, files)
    assert not [name for name, content in index.scripts.items() if "zinzolin" in content.lower()]
    assert not [name for name, content in index.scripts.items() if "zzq" in content.lower()]
    read = index.search("UHC")["interpreted"]
    assert [one["chosen"] for one in read] == ["csu"]


def test_a_concept_that_was_typed_counts_in_full_beside_one_that_is_close_to_it(tmp_path):
    files = {
        "docs/glossaire/fbr.md": term("Financement basé sur les résultats", "acronym: FBR"),
        "docs/glossaire/csu.md": term("Couverture santé universelle", "acronym: CSU", "close_to: [fbr]"),
    }
    files |= {f"docs/notes/n{n}.md": article(f"Note {n}", body="La CSU." if n % 2 else "Le FBR.") for n in range(9)}
    index = searched(tmp_path, files)
    assert index.scores("CSU FBR") == index.scores("FBR CSU")
    assert index.scores("CSU")["n0"] < index.scores("FBR")["n0"]
