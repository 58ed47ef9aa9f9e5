"""How a query is read: words without their accents, forms of one concept, typing errors, phrases."""

from __future__ import annotations

import pytest

from hub.search.query import MOST_LETTERS, MOST_TERMS
from tests.searching import Searched, article, searched, term


@pytest.fixture(scope="module")
def glossary(tmp_path_factory) -> Searched:
    """Notes that each have one form of a concept, and others that only look so."""
    files = {
        "docs/glossaire/fbr.md": term(
            "Financement basé sur les résultats",
            "acronym: FBR",
            "en: [results-based financing]",
            "variants: [RBF, PBF, achat de performance]",
            "close_to: [fbp]",
        ),
        "docs/glossaire/fbr.en.md": term("Results-based financing", "acronym: RBF"),
        "docs/glossaire/fbp.md": term("Forfait par prestation", "acronym: FPP"),
        "docs/glossaire/sa.md": term("Soins ambulatoires", "acronym: SA"),
        "docs/glossaire/unicef.md": term("Fonds pour l’enfance", "acronym: UNICEF"),
        "docs/glossaire/csc.md": term("Centre de santé communal", "acronym: CSC"),
        "docs/glossaire/csc-2.md": term("Cadre stratégique commun", "acronym: CSC"),
        "docs/glossaire/seul.md": term("Zinzolin"),
        **{f"docs/glossaire/contrat-{n}.md": term("Contrat") for n in (1, 2)},
        "docs/notes/long.md": article("Une", body="Le financement basé sur des résultats y est né."),
        "docs/notes/sigle.md": article("Deux", body="Le F.B.R. y est né."),
        "docs/notes/anglais.md": article("Trois", body="On y parle de results based financing."),
        "docs/notes/variante.md": article("Quatre", body="L’achat de la performance."),
        # As many as have the concept that it is close to, so that it is no rarer.
        **{f"docs/notes/proche-{n}.md": article("Cinq", body="Le forfait par prestation.") for n in range(4)},
        "docs/notes/minuscules.md": article("Six", body="Le code fbr du logiciel, sa clé et l’unicef."),
        "docs/notes/sienne.md": article("Sept", body="Elle soigne sa santé."),
        "docs/notes/ambulatoire.md": article("Huit", body="Les soins ambulatoires (SA) du dimanche."),
        "docs/notes/communal.md": article("Neuf", body="Le centre de santé communal."),
        "docs/notes/cadre.md": article("Dix", body="Le cadre stratégique commun."),
        "docs/notes/csc.md": article("Onze", body="Le CSC est ambigu."),
        "docs/notes/parts.md": article("Douze", body="Le financement est lent. Les résultats aussi."),
    }
    return searched(tmp_path_factory.mktemp("glossary"), files)


FORMS = [
    "FBR", "fbr", "F.B.R.", "l’FBR", "RBF", "pbf", "financement basé sur les résultats",
    "Financements bases sur le resultat", "results-based financing", "Results Based Financing", "achat de performance",
]  # fmt: skip


@pytest.mark.parametrize("query", FORMS)
def test_any_form_of_a_concept_finds_all_the_others_in_both_languages(glossary, query):
    found = glossary.ids(query)
    assert {"fbr", "long", "sigle", "anglais", "variante"} <= set(found)
    assert found[0] == "fbr"  # its own page
    (reading,) = glossary.search(query)["interpreted"]
    assert (reading["kind"], reading["chosen"]) == ("concept", "fbr")
    assert reading["choices"] == [{"id": "fbr", "title": "Financement basé sur les résultats"}]
    (english,) = glossary.search(query, lang="en")["interpreted"]
    assert english["choices"][0]["title"] == "Results-based financing"


def test_a_concept_that_is_close_counts_less(glossary):
    for query in FORMS:
        scores = glossary.scores(query)
        assert 0 < scores["proche-0"] < min(scores[one] for one in ("long", "sigle", "anglais", "variante")), query
    assert "sigle" not in glossary.ids("forfait par prestation")  # close to nothing itself


def test_short_acronyms_count_only_in_capitals_in_texts(glossary):
    assert "minuscules" not in glossary.ids("financement basé sur les résultats")
    assert "minuscules" in glossary.ids("fonds pour l’enfance")  # a longer one is no other word
    found = glossary.ids("soins ambulatoires")
    assert "ambulatoire" in found
    assert "sienne" not in found


def test_a_stop_word_in_a_query_is_no_acronym_unless_in_capitals(glossary):
    assert glossary.ids("SA")[0] == "sa"
    assert "ambulatoire" in glossary.ids("SA")
    assert glossary.search("SA")["interpreted"][0]["chosen"] == "sa"
    assert glossary.search("sa")["total"] == 0
    assert glossary.search("sa santé")["interpreted"] == []


def test_an_ambiguous_acronym_offers_its_meanings_and_finds_all_until_one_is_chosen(glossary):
    answer = glossary.search("csc", limit=50)
    (reading,) = answer["interpreted"]
    assert (reading["form"], reading["kind"], reading["chosen"]) == ("csc", "concept", None)
    assert reading["choices"] == [
        {"id": "csc", "title": "Centre de santé communal"},
        {"id": "csc-2", "title": "Cadre stratégique commun"},
    ]
    assert {"communal", "cadre", "csc"} <= {one["id"] for one in answer["results"]}
    for chosen, other, has in (("csc", "cadre", "communal"), ("csc-2", "communal", "cadre")):
        answer = glossary.search("CSC", limit=50, choose={"csc": chosen})
        assert answer["interpreted"][0]["chosen"] == chosen
        assert len(answer["interpreted"][0]["choices"]) == 2  # the choice can be changed
        found = {one["id"] for one in answer["results"]}
        assert has in found
        assert other not in found
        assert "csc" in found  # which holds the word as it was typed
    assert glossary.search("csc", choose={"csc": "nothing"}) == glossary.search("csc")


def test_a_form_that_two_terms_share_is_told_though_neither_has_another(glossary):
    (reading,) = glossary.search("contrats")["interpreted"]
    assert [one["id"] for one in reading["choices"]] == ["contrat-1", "contrat-2"]
    assert reading["chosen"] is None


def test_what_is_taken_literally_is_not_interpreted(glossary):
    answer = glossary.search("fbr", literal=["fbr"])
    assert answer["interpreted"] == []
    assert {one["id"] for one in answer["results"]} == {"fbr", "sigle", "minuscules"}
    whole = "financement base sur les resultats"
    assert "sigle" not in glossary.ids(whole, literal=[whole])
    assert "parts" in glossary.ids(whole, literal=[whole])


def test_what_is_said_of_a_word_holds_however_it_is_written(glossary):
    assert glossary.search("fbr", literal=["F.B.R."]) == glossary.search("fbr", literal=["fbr"])
    whole = "Financement basé sur les résultats"
    assert glossary.search(whole, literal=[whole])["interpreted"] == []
    assert glossary.search("fbr", literal="FBR") == glossary.search("fbr", literal=["fbr"])
    assert glossary.search("csc", choose={"C.S.C.": "csc-2"}) == glossary.search("csc", choose={"csc": "csc-2"})
    assert glossary.search("finacement", literal=["Finacément"])["interpreted"] == []


def test_a_term_with_one_form_says_nothing_about_how_it_was_read(glossary):
    answer = glossary.search("zinzolin")
    assert (answer["interpreted"], answer["total"]) == ([], 1)


def test_a_concept_is_told_once_however_often_it_was_typed(glossary):
    answer = glossary.search("FBR et FBR, ou RBF")
    assert [one["form"] for one in answer["interpreted"]] == ["fbr", "rbf"]
    assert glossary.ids("FBR FBR") == glossary.ids("FBR")


@pytest.fixture(scope="module")
def words(tmp_path_factory) -> Searched:
    files = {
        "docs/notes/hopital.md": article("Un", body="L’hôpital d’État à Natitingou, jusqu’à l’œuvre de la mère."),
        "docs/notes/hopitaux.md": article("Deux", body="Des hôpitaux et leur supervision. Une décentralisation."),
        "docs/notes/eau.md": article("Trois", body="La mairie donne de l’eau potable."),
        "docs/notes/mere.md": article("Quatre", body="La santé de la mère et de l’enfant, sans un sou."),
        "docs/notes/enfant.md": article("Cinq", body="L’enfant de la mère ; santé la meilleure.\n\n## Plan d’avenir\n"),
        "docs/notes/parti.md": article("Six", body="Des partis. Des parties. Une carte, une carie."),
    }
    return searched(tmp_path_factory.mktemp("words"), files)


@pytest.mark.parametrize(
    "query",
    ["hôpital", "hopital", "HÔPITAL", "Hopitaux", "ho\u0302pital", "l'hôpital", "l’hôpital", "l'hopital", "d’HOPITAUX"],
)
def test_accents_capitals_plurals_and_elision_make_no_difference(words, query):
    answer = words.search(query)
    assert {one["id"] for one in answer["results"]} == {"hopital", "hopitaux"}
    assert answer["interpreted"] == answer["suggestions"] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hopial", "hopital"),  # one too few
        ("hoppital", "hopital"),  # one too many
        ("hopitel", "hopital"),  # another
        ("hopiatl", "hopital"),  # two swapped
        ("superviion", "supervision"),
        ("supevriison", "supervision"),  # two errors from eight letters on
        ("decentralizasion", "decentralisation"),
        ("potabl", None),  # its stem is known
        ("porable", "potable"),
        ("porxble", None),  # two errors in a short word
        ("superxyzon", None),  # three
        ("mxre", "mere"),
        ("eux", None),  # too short
        ("xopital", None),  # the first letter is right
    ],
)
def test_typing_errors_are_put_right_where_a_word_is_unknown(words, typed, meant):
    answer = words.search(typed)
    title = {"hopital": "hôpital", "decentralisation": "décentralisation", "mere": "mère"}.get(meant, meant)
    corrected = [{"form": typed, "kind": "spelling", "choices": [{"id": meant, "title": title}], "chosen": meant}]
    assert answer["interpreted"] == (corrected if meant else [])
    assert (answer["total"] > 0) == (meant is not None or typed == "potabl")
    if meant:
        assert answer["results"][0]["marks"]
        assert words.search(typed, literal=[typed])["total"] == 0
        assert words.search(typed, literal=[typed])["interpreted"] == []
        assert words.first(typed)["score"] < words.first(meant)["score"]  # a guess counts less


def test_a_word_put_right_is_told_as_the_texts_write_it(tmp_path):
    texts = {
        "a": article("La région", body="Les régions et les REGIONS. Une région de santé."),
        "b": article("La region", body="Région par région."),
    }
    index = searched(tmp_path, {f"docs/notes/{name}.md": text for name, text in texts.items()})
    (reading,) = index.search("regoin")["interpreted"]
    assert (reading["choices"], reading["chosen"]) == ([{"id": "region", "title": "région"}], "region")
    (reading,) = index.search("regoin", limit=0)["interpreted"]
    assert reading["choices"] == [{"id": "region", "title": "region"}]


def test_a_known_word_is_never_put_right(words):
    assert words.search("parti")["interpreted"] == []
    assert words.search("hopitaux")["suggestions"] == []


def test_other_words_that_may_have_been_meant_are_told(words):
    answer = words.search("carue")
    assert (answer["interpreted"][0]["chosen"], answer["suggestions"]) == ("carie", ["carte"])


def test_another_ending_of_the_word_that_was_meant_is_not_told(words):
    answer = words.search("hopitax")
    assert (answer["interpreted"][0]["chosen"], answer["suggestions"]) == ("hopital", [])


def test_one_wrong_word_beside_a_right_one(words):
    answer = words.search("hopitl natitingou")
    assert answer["results"][0]["id"] == "hopital"
    assert [one["form"] for one in answer["interpreted"]] == ["hopitl"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"santé de la mère"', {"mere"}),
        ("« SANTE de la mere »", {"mere"}),
        ("“santé de la mère”", {"mere"}),
        ('"la mère"', {"hopital", "mere", "enfant"}),
        ('"santé la mère"', set()),
        ('"enfant de la santé"', set()),
        ('"mère santé"', {"enfant"}),  # signs between words do not count
        ('"mère et de l’enfant"', {"mere"}),
        ('"de l\'enfant" "santé de"', {"mere"}),
        ('santé "de la mère"', {"hopital", "mere", "enfant"}),
        ('"plan d’avenir"', {"enfant"}),  # a heading
        ('"deux"', {"hopitaux"}),  # a title
        ('santé "mère enfant', {"hopital", "mere", "enfant"}),  # a quote that nothing closes
        ('"mère enfant" "santé', set()),
        ('""', set()),
        ('"de la"', set()),
        ('"', set()),
    ],
)
def test_quoted_phrases_are_honoured_across_stop_words_and_accents(words, query, found):
    assert set(words.ids(query)) == found


def test_more_words_than_a_query_may_have_are_not_looked_up(words):
    many = " ".join(f"mot{n}" for n in range(MOST_TERMS))
    assert words.search(f"{many} hôpital")["total"] == 0
    assert words.search(f"hôpital {many}")["total"] == 2
    assert words.search("mot " * 300 + "hôpital")["total"] == 2
    assert words.search("." * (MOST_LETTERS - 3) + " hôpital")["total"] == 0
    assert words.search("." * (MOST_LETTERS - 8) + " hôpital")["total"] == 2
