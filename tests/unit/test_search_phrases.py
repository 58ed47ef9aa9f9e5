"""Quoted phrases in the search."""

from __future__ import annotations

from hub.search.engine import MOST_VERIFIED, VERIFIED
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


def near(count: int, *lines: str, **bodies: str) -> dict[str, str]:
    """As many texts that have the words of “qualité des soins” near each other, and others by these bodies."""
    body = "Soins de qualité, qualité. " * 9
    files = {f"docs/notes/n{number:03}.md": article("Qualité, soins", *lines, body=body) for number in range(count)}
    return files | {f"docs/notes/{name}.md": article("Autre", body=body) for name, body in bodies.items()}


LAST = "mot " * 300 + "la qualité des soins. " + "mot " * 300


def test_a_phrase_is_looked_for_in_further_texts_until_one_has_it(tmp_path):
    answer = searched(tmp_path, near(100, last=LAST)).search('"qualité des soins"')
    assert [one["id"] for one in answer["results"]] == ["last"]
    assert (answer["total"], answer["exact"], "verified" in answer) == (1, True, False)


def test_an_answer_says_in_how_many_texts_a_phrase_was_looked_for(tmp_path):
    answer = searched(tmp_path, near(240, last=LAST)).search('"qualité des soins"', filters={"kind": ["note"]})
    assert (answer["total"], answer["exact"], answer["verified"]) == (0, False, MOST_VERIFIED)
    files = near(40, "status: draft", **{f"first{n}": "La qualité des soins." for n in range(3)})
    answer = searched(tmp_path / "some", files).search('"qualité des soins"')
    assert (answer["total"], answer["exact"], answer["verified"]) == (3, False, VERIFIED)


def test_an_answer_is_not_exact_where_the_rest_of_a_long_text_was_not_read(tmp_path):
    apart = ("Qualité " + "mot " * 60 + "soins. " + "mot " * 100) * 150
    files = {"docs/notes/long.md": article("Longue", body=f"{apart} La qualité des soins.")}
    answer = searched(tmp_path, files).search('"qualité des soins"')
    assert (answer["total"], answer["exact"], answer["verified"]) == (0, False, 1)
    files = {"docs/notes/long.md": article("Longue", body=f"La qualité des soins. {apart}")}
    answer = searched(tmp_path, files).search('"qualité des soins"')
    assert (answer["total"], answer["exact"], "verified" in answer) == (1, True, False)


def test_a_typing_error_in_quotes_is_put_right_as_elsewhere(tmp_path):
    files = {
        "docs/notes/a.md": article("Essai", body="Le financement des soins."),
        "docs/notes/b.md": article("Essai", body="Des soins, un financement."),
    }
    index = searched(tmp_path, files)
    assert index.ids('"finacement des soins"') == ["a"]
    (reading,) = index.search('"finacement des soins"')["interpreted"]
    assert (reading["kind"], reading["chosen"]) == ("spelling", "financement")
    assert index.ids('"finacement des soins"', literal=["finacement"]) == []


def test_a_phrase_is_found_in_a_text_that_is_among_the_weaker_ones_for_its_words(tmp_path):
    body = "Soins. " * 20 + "mot " * 100 + "Qualité. " * 20
    files = {f"docs/notes/n{number:03}.md": article("Titre", body=body) for number in range(210)}
    files["docs/notes/last.md"] = article("Autre", body=f"{LAST}\n\n## Suite\n\n{'mot ' * 900}")
    index = searched(tmp_path, files)
    assert index.ids('"qualité des soins"') == ["last"]
    assert index.search('"qualité des soins"')["exact"]
    assert index.ids('"qualité des soins"', filters={"kind": ["note"]}) == ["last"]
    assert index.search('"soins de qualité"')["total"] == 0
