"""What is found, in which order, and what is told of it."""

from __future__ import annotations

import pytest

from hub.search import ranking
from hub.search.engine import VALUES
from hub.search.postings import MOST
from tests.searching import Searched, article, searched, term


def found(tmp_path, **bodies: str) -> Searched:
    """An index of notes of one title and these bodies."""
    return searched(tmp_path, {f"docs/notes/{name}.md": article("Titre", body=body) for name, body in bodies.items()})


def test_a_text_with_some_of_the_words_is_found_and_one_with_more_comes_first(tmp_path):
    made = found(tmp_path, one="La mutuelle.", two="La mutuelle du district.", none="Rien.", other="Le district.")
    assert made.ids("mutuelle district vaccination")[0] == "two"
    assert set(made.ids("mutuelle district vaccination")) == {"one", "two", "other"}
    rare = found(tmp_path / "b", **{f"n{n}": "Un district." for n in range(9)}, two="Un district, une région.")
    assert rare.ids("district région")[0] == "two"


def test_each_further_word_counts_beside_its_weight(tmp_path, monkeypatch):
    texts = {f"n{n}": "Un district et une mutuelle." for n in range(30)}
    often = "Le district. Le district. " + "mot " * 8
    both = "La mutuelle. " + "mot " * 16 + "Un district."
    made = found(tmp_path, often=often, both=both, **texts)
    order = made.ids("mutuelle district")
    assert order.index("both") < order.index("often")
    monkeypatch.setattr(ranking, "ALSO", 0)
    order = made.ids("mutuelle district")
    assert order.index("often") < order.index("both")


def test_words_that_stand_together_count_more(tmp_path):
    filler = "mot " * 60
    made = found(
        tmp_path,
        apart=f"Une mutuelle. {filler} Un district.",
        near=f"Une mutuelle et puis {'un ' * 9} district. {filler}",
        together=f"Une mutuelle de district. {filler}",
    )
    scores = made.scores("mutuelle district")
    assert scores["together"] > scores["near"] > scores["apart"]
    # Nearness is that of words that follow each other in the query.
    assert made.scores("district mutuelle") == scores


def test_a_rare_word_counts_more_than_a_common_one(tmp_path):
    made = found(tmp_path, rare="Un zinzolin.", **{f"n{n}": "Un district." for n in range(9)})
    assert made.ids("district zinzolin")[0] == "rare"


def test_a_word_in_the_title_counts_more_than_in_keywords_and_these_more_than_in_the_text(tmp_path):
    made = searched(
        tmp_path,
        {
            "docs/notes/text.md": article("Un", body="La mutuelle est là."),
            "docs/notes/keyword.md": article("Deux", "keywords: [mutuelle]", body="Rien d’autre est là."),
            "docs/notes/title.md": article("Trois mutuelles", body="Rien d’autre est là."),
        },
    )
    assert made.ids("mutuelle") == ["title", "keyword", "text"]


def test_an_exact_title_or_acronym_comes_first_whatever_others_say(tmp_path):
    many = "La couverture santé universelle (CSU). " * 30
    made = searched(
        tmp_path,
        {
            **{f"docs/notes/n{n}.md": article(f"CSU {n} : couverture santé universelle", body=many) for n in range(5)},
            "docs/glossaire/csu.md": term("Couverture santé universelle", "acronym: CSU"),
            "docs/organisations/cdr.md": article("Centre de recherche", "acronym: CDR", body="Bref."),
            "docs/notes/cdr.md": article("Centre de recherche et de santé", body="Centre de recherche. " * 30),
        },
    )
    for query in ("csu", "CSU", "couverture santé universelle", "Couverture de la santé universelle"):
        assert made.first(query)["id"] == "csu", query
        assert made.first(query)["score"] > 10**9
    assert made.first("centre de recherche")["kind"] == "organisation"
    assert made.first("couverture")["score"] < 10**9
    assert made.first("couverture santé universelle csu")["score"] < 10**9


RANKS = {
    "docs/notes/current.md": article("Une", body="Un rapport."),
    "docs/notes/review.md": article("Revoir", "review_by: 2020-01", body="Un rapport."),
    "docs/notes/draft.md": article("Rapport", "status: draft", body="Rapport " * 20),
    "docs/notes/old.md": article("Rapport", body="Rapport " * 20),
    "docs/notes/new.md": article("Neuve", "supersedes: [note:old]", body="Un rapport."),
    "docs/personnes/retired.md": article("Awa Sow", "retired: yes"),
    "docs/notes/hers.md": article("Sienne", "authors: [retired]", body="Retirés."),
}


def test_drafts_come_after_what_holds_and_the_past_after_drafts(tmp_path):
    made = searched(tmp_path, RANKS)
    order = made.ids("rapport")
    assert set(order[:3]) == {"current", "review", "new"}
    assert order[3] == "draft"
    assert order[4:] == ["old"]
    assert [one["kind"] for one in made.search("retiré")["results"]] == ["note", "person"]
    assert made.ids("Awa Sow") == []
    statuses = {one["id"]: one["status"] for one in made.search("rapport")["results"]}
    assert statuses == {
        "current": "published", "review": "needs-review", "new": "published",
        "draft": "draft", "old": "published",
    }  # fmt: skip


def test_the_reader_s_language_turns_a_near_tie_and_no_clear_lead(tmp_path):
    made = searched(
        tmp_path,
        {
            "docs/notes/a.md": article("Titre", body="Un audit ici."),
            "docs/notes/b.en.md": article("Title", body="An audit here."),
            "docs/notes/c.en.md": article("An audit of all audits", body="The audit."),
            "docs/notes/c.md": article("Autre", body="Rien."),
        },
    )
    french, english = made.ids("audit", lang="fr"), made.ids("audit", lang="en")
    assert french == ["c", "a", "b"]
    assert english == ["c", "b", "a"]
    assert made.ids("audit") == made.ids("audit", lang="pt") == french  # the hub's default


def test_the_order_is_the_same_however_many_are_asked_for(tmp_path):
    made = found(tmp_path, **{f"n{n}": "Un district. " * (n % 3 + 1) for n in range(30)})
    whole = made.ids("district")
    assert len(whole) == 30
    for limit in (0, 1, 7):
        answer = made.search("district", limit=limit)
        assert [one["id"] for one in answer["results"]] == whole[:limit]
        assert (answer["total"], answer["exact"]) == (30, True)


@pytest.fixture(scope="module")
def faceted(tmp_path_factory) -> Searched:
    """400 notes of which 300 hold a word; 30 of these, among the weakest, are about Burundi."""
    themes = "title: T\nterms:\n  eau: {fr: Eau, en: Water}\n  sang: {fr: Sang, en: Blood}\n"
    files = {"docs/vocabulaires/themes.yml": themes, "docs/personnes/awa.md": article("Awa Sow")}
    for n in range(400):
        lines = [f"date: {2000 + n % 25}", f"themes: [{('eau', 'sang')[n % 2]}]"]
        lines += [f"places: [{'BI' if n % 10 == 3 else 'BJ'}]"] + (["authors: [awa]"] if n % 100 == 0 else [])
        body = ("zinzolin " if n % 10 == 3 else "zinzolin " * 3 + "violet ") if n % 4 != 1 else "autre"
        lang = ".en" if n % 5 == 0 else ""
        files[f"docs/notes/n{n:03}{lang}.md"] = article(f"Note {n}", *lines, body=body)
    return searched(tmp_path_factory.mktemp("faceted"), files)


def expected(**wanted: object) -> set[str]:
    """The notes with the word, by what their number says of them."""
    tests = {
        "theme": lambda n: ("eau", "sang")[n % 2],
        "year": lambda n: str(2000 + n % 25),
        "place": lambda n: "bi" if n % 10 == 3 else "bj",
        "lang": lambda n: "en" if n % 5 == 0 else "fr",
        "person": lambda n: "awa" if n % 100 == 0 else "",
        "kind": lambda n: "note",
    }
    return {
        f"n{n:03}"
        for n in range(400)
        if n % 4 != 1 and all(tests[name](n) in values for name, values in wanted.items())
    }


@pytest.mark.parametrize(
    "filters",
    [
        {"theme": ["eau"]},
        {"place": ["bi"]},
        {"year": ["2003", "2013", "2024"]},
        {"lang": ["en"], "theme": ["eau", "sang"]},
        {"person": ["awa"]},
        {"kind": ["note"], "theme": ["sang"], "place": ["bj"], "lang": ["fr"], "year": ["2007", "2011"]},
        {"theme": ["eau"], "place": ["bi"]},
        {"theme": ["rien"]},
        {"theme": ["eau"], "group": ["rien"]},
        {"theme": ["eau", "rien"]},
        {"lang": ["pt"]},
    ],
)
def test_filters_leave_what_has_one_of_the_values_of_each_facet(faceted, filters):
    answer = faceted.search("zinzolin", limit=1000, filters=filters)
    wanted = expected(**filters) if "group" not in filters else set()
    assert {one["id"] for one in answer["results"]} == wanted
    # All records with the word were read, not the strongest alone.
    assert (answer["total"], answer["exact"]) == (len(wanted), True)


def test_without_a_filter_a_common_word_says_that_there_may_be_more(faceted):
    answer = faceted.search("zinzolin", limit=1000)
    assert (answer["total"], answer["exact"]) == (MOST, False)
    assert len(answer["results"]) == MOST
    assert faceted.search("zinzolin", filters={"kind": ["note"]})["total"] == 300
    rarer = faceted.search("violet", filters={"place": ["bj"]})
    assert (rarer["total"], rarer["exact"]) == (280, True)


def test_filters_without_words_find_all_that_they_leave(faceted):
    for query in ("", "   ", "le la les", "?!"):
        answer = faceted.search(query, limit=1000, filters={"place": ["bi"]})
        assert {one["id"] for one in answer["results"]} == {f"n{n:03}" for n in range(3, 400, 10)}
        assert (answer["total"], answer["exact"]) == (40, True)
    assert faceted.search("", filters={"place": ["rien"]})["total"] == 0
    assert faceted.search("mot-inconnu", filters={"place": ["bi"]})["total"] == 0
    assert faceted.search("", filters={})["total"] == faceted.search("", filters={"place": []})["total"] == 0


def test_the_counts_of_facets_are_true(faceted):
    answer = faceted.search("zinzolin", filters={"place": ["bi"]})
    counts = {name: {one["value"]: one["count"] for one in values} for name, values in answer["facets"].items()}
    numbers = [n for n in range(3, 400, 10) if n % 4 != 1]
    assert counts["place"] == {"bi": len(numbers)}
    assert counts["kind"] == {"note": len(numbers)}
    assert counts["theme"] == {"sang": len(numbers)}
    assert counts["lang"] == {"fr": len(numbers)}
    assert counts["year"] == {year: sum(str(2000 + n % 25) == year for n in numbers) for year in counts["year"]}
    assert sum(counts["year"].values()) == len(numbers)
    assert counts["person"] == counts["group"] == {}
    assert list(counts) == ["kind", "theme", "year", "place", "lang", "person", "group"]


def test_facets_tell_the_most_frequent_values_first_in_the_reader_s_language(faceted):
    answer = faceted.search("zinzolin", filters={"kind": ["note"]}, lang="en")
    years = answer["facets"]["year"]
    assert len(years) == VALUES  # there are 25
    assert years == sorted(years, key=lambda one: (-one["count"], one["value"]))
    assert {one["value"]: one["label"] for one in answer["facets"]["theme"]} == {"eau": "Water", "sang": "Blood"}
    assert [one["label"] for one in answer["facets"]["person"]] == ["Awa Sow"]
    assert faceted.search("zinzolin", facets=False)["facets"] == {}


def test_what_is_no_limit_and_no_filter_is_none(faceted):
    usual = faceted.search("zinzolin")
    assert len(usual["results"]) == 10
    for options in ({"limit": -1}, {"limit": None}, {"filters": None}, {"filters": {"kind": None}}, {"choose": None}):
        assert faceted.search("zinzolin", **options) == usual
    assert faceted.search("zinzolin", literal=None) == faceted.search("zinzolin", literal=[None]) == usual
    assert faceted.search("zinzolin", filters={"theme": "eau"}) == faceted.search(
        "zinzolin", filters={"theme": ["eau"]}
    )
    assert len(faceted.engine.complete("note", limit=-1)) == 8
