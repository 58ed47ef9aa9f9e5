"""The concepts of the glossary in the search."""

from __future__ import annotations

import pytest

from tests.searching import Searched, article, searched, term


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


FORMS = {
    "docs/glossaire/fbr.md": term(
        "Financement basé sur les résultats", "acronym: FBR", "variants: [RBF, PBF]", "close_to: [csu]"
    ),
    "docs/glossaire/csu.md": term("Couverture santé universelle", "acronym: CSU"),
    "docs/glossaire/sa.md": term("Soins ambulatoires", "acronym: SA"),
    "docs/notes/loose.md": article(
        "Une", body="Les résultats du financement. " * 20 + "Puis le RBF, un pbf et la fin."
    ),
    "docs/notes/whole.md": article(
        "Deux",
        body="Des résultats.\n\n## Suite\n\n« Financements basés sur des résultats » (FBR/PBF), un résultat.",
    ),
    "docs/notes/close.md": article(
        "Trois", body="## La CSU\n\nLa CSU, la CSU.\n\n## Fin\n\n" + "mot " * 90 + "Le PBF."
    ),
    "docs/notes/cle.md": article("Quatre", body="Sa clé, SA et sa fin."),
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory) -> Searched:
    return searched(tmp_path_factory.mktemp("forms"), FORMS)


def marks(index: Searched, query: str, id_: str) -> list[str]:
    one = next(one for one in index.search(query, limit=50)["results"] if one["id"] == id_)
    return [one["excerpt"][start:end] for start, end in one["marks"]]


def test_a_form_is_marked_as_a_whole_and_its_loose_words_are_not(forms):
    assert marks(forms, "FBR", "loose") == ["RBF"]  # a small “pbf” is a word like any other
    assert marks(forms, "FBR", "whole") == ["Financements basés sur des résultats", "FBR/PBF"]
    assert marks(forms, "soins ambulatoires", "cle") == ["SA"]
    assert marks(forms, "SA", "cle") == ["SA"]


def test_words_that_were_typed_are_marked_wherever_they_stand_and_once(forms):
    found = marks(forms, "financement basé sur les résultats", "whole")
    assert found == ["Financements basés sur des résultats", "FBR/PBF", "résultat"]
    assert {"résultats", "financement"} <= set(marks(forms, "résultats du financement", "loose"))


def test_a_passage_of_a_form_is_shown_rather_than_one_of_a_concept_that_is_close(forms):
    assert marks(forms, "FBR", "close") == ["PBF"]


def test_what_is_taken_literally_is_marked_as_it_was_typed(forms):
    (one,) = (one for one in forms.search("RBF", literal=["RBF"])["results"] if one["id"] == "loose")
    assert [one["excerpt"][start:end] for start, end in one["marks"]] == ["RBF"]
    assert "whole" not in forms.ids("RBF", literal=["RBF"])
