"""The analyser: what counts as a word, which words meet, and which must not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.analysis import LANGUAGE, LONGEST, is_stop_word, plain, stem, terms, words
from tests.site.hubs import REPOSITORY

FRENCH = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæABCDEFÀÂÉÈÊÎÔÇŒ0123456789 '’.,;:!?-«»()\n"


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def without_accents(text: str) -> str:
    """As people type who have no time for accents."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return bare.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")


def test_accents_and_capitals_make_no_difference():
    assert forms("ÉVALUATION Évaluation évaluation evaluation e\u0301valuation") == ["evaluation"] * 5
    assert forms("Noël naïf garçon où âge") == ["noel", "naif", "garcon", "ou", "age"]


def test_ligatures_and_their_letters_are_the_same_word():
    assert forms("œuvre oeuvre ŒUVRE cœur ex æquo ﬁnancement") == [
        "oeuvre", "oeuvre", "oeuvre", "coeur", "ex", "aequo", "financement",
    ]  # fmt: skip


def test_letters_of_the_languages_of_benin_are_found_from_any_keyboard():
    assert forms("xɛ́ɛ gbɔjɛ ɖò Ɖɔkpo ŋ ọ̀gá ẹ̀kọ́ ṣe") == [
        "xee", "gboje", "do", "dokpo", "n", "oga", "eko", "se",
    ]  # fmt: skip


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "‘", "＇"])
def test_elided_particles_are_no_words_whatever_the_apostrophe(apostrophe):
    text = "l'hôpital d'État qu'elle JUSQU'à Lorsqu'un s'assurer l'O.M.S. n'est".replace("'", apostrophe)
    assert forms(text) == ["hopital", "etat", "elle", "a", "un", "assurer", "oms", "est"]


def test_other_apostrophes_part_words():
    assert forms("aujourd'hui presqu'île l'entr'aide") == ["aujourd", "hui", "ile", "entr", "aide"]
    assert forms("the ministry's ministry’s NGO'S") == ["the", "ministry", "ministry", "ngo"]
    assert forms("'cité' l' d’ '") == ["cite", "l", "d"]


def test_acronyms_with_dots_are_acronyms():
    assert forms("C.S.U. la C.S.U, l’O.M.S. (U.N.I.C.E.F) d'A.R.C.H.") == [
        "csu", "la", "csu", "oms", "unicef", "arch",
    ]  # fmt: skip
    assert forms("fin. Le début") == ["fin", "le", "debut"]
    assert forms("p.ex. 3.5 M.") == ["p", "ex", "3", "5", "m"]


def test_a_dot_after_the_second_letter_ends_no_longer_word():
    assert forms("A.B.suite") == ["ab", "suite"]
    assert forms("abc.d.e.") == ["abc", "de"]


@pytest.mark.parametrize("form", ["FBR", "C.S.U.", "l’OMS", "ARVs", "H1N1", "É.T.É.S", "D4", "ÉCO"])
def test_acronyms_are_told_by_their_capitals(form):
    assert [word.is_upper for word in words(form)][-1:] == [True]


@pytest.mark.parametrize("form", ["Fbr", "fbr", "A", "1990", "1990s", "l'Hôpital", "As", "c.s.u."])
def test_other_words_are_no_acronyms(form):
    assert not any(word.is_upper for word in words(form))


def test_numbers_are_words():
    assert terms("En 2015, 3 500 FCFA (12,5 %) pour 7ᵉ m²") == ["2015", "3", "500", "fcfa", "12", "5", "7e", "m2"]


def test_stop_words_of_both_languages_have_a_place_but_no_term():
    found = words("Qu’est-ce que la santé ? What is the health of it")
    assert [word.form for word in found if word.term] == ["sante", "health"]
    assert [word.form for word in found].index("sante") == 4
    assert is_stop_word("meme")
    assert not is_stop_word("sante")


def test_stop_words_are_written_as_they_are_looked_up():
    stop = " ".join(LANGUAGE["stop"]).split()
    assert [word for word in stop if forms(word) != [word]] == []
    assert len(stop) == len(set(stop))


@pytest.mark.parametrize(
    "family",
    [
        "hôpital hôpitaux Hopitaux",
        "financement financements financer finance financé financeurs",
        "évaluation évaluer évaluations évaluées évaluateur",
        "national nationaux nationale nationales",
        "régional régionaux régionale régionales",
        "vaccin vaccins vaccination vacciner vaccinés",
        "mutuelle mutuelles mutuel",
        "décentralisation décentraliser décentralisé",
        "stratégie stratégies stratégique stratégiques",
        "assurance assurances assurer assuré",
        "universel universelle universels",
        "bureau bureaux",
        "jeu jeux",
        "œuvre oeuvres",
        "training trainings train",
    ],
)
def test_forms_of_one_word_meet(family):
    assert len(set(terms(family))) == 1, terms(family)


@pytest.mark.parametrize(
    "strangers",
    [
        "national nation",
        "régional région",
        "police politique",
        "mer mère",
        "mal mâle",
        "cas case caisse",
        "université universel universalité",
        "général génération génétique",
        "organe orge orgue",
        "poids pois poisson",
        "santé sang sans",
        "2015 2016 201",
        "mutuelle mutualité",
        "finance final",
        "évaluation évolution",
    ],
)
def test_different_words_stay_apart(strangers):
    found = [word.term or word.form for word in words(strangers)]
    assert len(set(found)) == len(strangers.split()), found


def test_short_words_and_words_of_other_scripts_are_not_stemmed():
    assert [stem(form) for form in ("dds", "ons", "h1n1s", "больница", "bus")] == [
        "dds",
        "ons",
        "h1n1s",
        "больница",
        "bus",
    ]


def test_all_that_is_no_letter_or_digit_parts_words():
    assert forms("a/b-c_d@e\u00a0f\u202fg😀h…i\x00j|k<l>") == list("abcdefghijkl")
    assert forms("santé\u00adpublique soins\u200bde") == ["santepublique", "soinsde"]  # hyphens that are not seen
    assert forms("\ud83d seul \ude00") == ["seul"]


def test_what_is_too_long_is_cut():
    assert forms("a" * 10_000) == ["a" * LONGEST]
    assert len(words("a." * 5_000)) == 1
    assert words("") == words("…?!") == words("'" * 10_000) == []


@given(st.text())
def test_a_folded_text_has_the_same_words(text):
    assert words(plain(text)) == words(text)
    assert terms(plain(text)) == terms(text)


@given(st.text(FRENCH))
def test_accents_change_no_term(text):
    assert terms(without_accents(text)) == terms(text)


def test_accents_change_no_term_of_this_hub():
    for path in sorted((REPOSITORY / "docs").rglob("*.md")):
        text = path.read_text("utf-8")
        assert terms(without_accents(text)) == terms(text), path


@given(st.text())
def test_words_are_short_and_folded(text):
    for word in words(text):
        assert 0 < len(word.form) <= LONGEST
        assert word.form == word.form.lower()
        assert word.term or is_stop_word(word.form)
        assert not set(word.form) & set("'’. \n")


@given(st.text(), st.text())
def test_a_space_parts_texts(first, second):
    assert words(f"{first} {second}") == words(first) + words(second)
