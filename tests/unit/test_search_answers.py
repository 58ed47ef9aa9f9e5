"""What a reader sees of a result, what completes as one types, and an answer to whatever is typed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.search.analysis import words
from hub.search.excerpt import BEFORE, LENGTH, excerpt
from tests.searching import Searched, article, searched, term


def units(text: str) -> list[str]:
    """A text as a browser counts it: each sign beyond the first plane is two."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(raw), 2)]


def marked(text: str, marks) -> list[str]:
    return ["".join(units(text)[left:right]) for left, right in marks]


def shown(text: str, *terms: str) -> tuple[str, list[str]]:
    """The excerpt and what is marked in it, which must lie in it, in order, without overlap."""
    made = excerpt(text, terms)
    ends = [end for mark in made.marks for end in mark]
    assert ends == sorted(set(ends))
    assert not ends or (ends[0] >= 0 and ends[-1] <= len(units(made.text)))
    return made.text, marked(*made)


def test_words_are_marked_without_the_signs_around_them():
    text = "« L’hôpital », (hôpitaux) ; hospitalier… HÔPITAL!"
    assert shown(text, "hopital") == (text, ["L’hôpital", "hôpitaux", "HÔPITAL"])


def test_marks_count_as_browsers_do():
    text = "😀 hôpital 👩🏽‍⚕️👩🏽‍⚕️ (hôpital😀) 𝐱 hôpital"
    assert shown(text, "hopital") == (text, ["hôpital"] * 3)
    made = excerpt("😀😀 eau", ["eau"])
    assert made.marks == ((5, 8),)


def test_an_excerpt_begins_a_little_before_the_first_match():
    before, after = "avant " * 100, " après" * 100
    text, found = shown(f"{before}zinzolin{after}", "zinzolin")
    assert found == ["zinzolin"]
    assert text.startswith("… avant ")
    assert text.endswith(" après …")
    assert 0 < text.index("zinzolin") <= BEFORE + len("… ")
    assert LENGTH - 20 <= len(text) <= LENGTH + 4


def test_an_excerpt_is_where_most_different_words_stand():
    text = "eau eau eau. " + "x " * 200 + "eau et sang. " + "y " * 200 + "sang sang."
    assert shown(text, "eau", "sang")[1] == ["eau", "sang"]
    assert shown("x " * 300, "eau")[0].startswith("x x")
    assert shown("", "eau") == shown(" \n\u3000", "eau") == ("", [])
    assert shown("court", "eau") == ("court", [])


def test_a_text_without_spaces_is_cut():
    text, found = shown("zonzon-😀" * 400, "zonzon")
    assert len(units(text)) <= 2 * LENGTH + 4
    assert found
    assert "\ud83d" not in text


TEXT = st.lists(
    st.sampled_from(
        ["eau", "L’eau", "(eau)", "sang", "😀", "eau😀sang", "—", "x" * 300, "mot", "\n", "é\u0301", "‍", "…"]
    )
    | st.text(max_size=9),
    max_size=120,
).map(" ".join)


@given(TEXT)
def test_what_is_marked_holds_a_term_that_was_asked_for(text):
    made, found = shown(text, "eau", "sang")
    assert len(units(made)) <= 2 * LENGTH + 4
    assert all({"eau", "sang"} & {word.term for word in words(one)} for one in found)
    assert bool(found) <= bool({"eau", "sang"} & {word.term for word in words(text)})


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Searched:
    files = {
        "docs/notes/note.md": article(
            "Une note de supervision",
            "summary: Un résumé des visites.",
            "keywords: [formative]",
            "lessons: [{id: L1, statement: La confiance vient avec le zinzolin.}]",
            body="Au début, un mot.\n\n## Contexte\n\nLe 😀 district (district) de Nikki.\n\n"
            "## Suite\n\nPlus tard, Nikki.",
        ),
        "docs/notes/court.md": article("Autre note", body="Premiers mots d’un texte sans résumé. " * 20),
        "docs/glossaire/csu.md": term("Couverture santé universelle", "acronym: CSU"),
        "docs/glossaire/csu.en.md": term("Universal health coverage", "acronym: UHC"),
        "docs/personnes/csaba.md": article("Csaba Kovács"),
        "docs/notes/cs.md": article("CSU : une étude"),
        "docs/notes/vide.md": article("😀", body=""),
        "docs/notes/eb.md": article("Ébauche"),
        "docs/notes/eb.en.md": article("Ebb"),
    }
    return searched(tmp_path_factory.mktemp("made"), files)


@pytest.mark.parametrize(
    ("query", "section", "url", "text", "marks"),
    [
        ("district", "Contexte", "notes/note/#s-contexte", "Le 😀 district (district) de Nikki.", ["district"] * 2),
        ("plus tard nikki", "Suite", "notes/note/#s-suite", "Plus tard, Nikki.", ["Plus", "tard", "Nikki"]),
        ("zinzolin", "Leçons apprises", "notes/note/#L1", "La confiance vient avec le zinzolin.", ["zinzolin"]),
        ("début", "", "notes/note/", "Au début, un mot.", ["début"]),
        ("visite", "", "notes/note/", "Un résumé des visites.", ["visites"]),
        ("formative", "", "notes/note/", "Un résumé des visites.", []),
        ("supervision", "", "notes/note/", "Un résumé des visites.", []),
        ("contexte", "Contexte", "notes/note/#s-contexte", "Le 😀 district (district) de Nikki.", []),
    ],
)
def test_a_result_shows_the_passage_that_matched_and_leads_to_its_section(made, query, section, url, text, marks):
    one = made.first(query)
    assert (one["section"], one["section_url"], one["excerpt"]) == (section, url, text)
    assert marked(text, one["marks"]) == marks
    assert one["url"] == "notes/note/"


def test_without_excerpts_the_stored_summary_is_shown(made):
    one = made.first("district", excerpts=False)
    assert (one["excerpt"], one["marks"], one["section_url"]) == ("Un résumé des visites.", [], "notes/note/")
    summary = made.first("premiers", excerpts=False)["excerpt"]
    assert summary.startswith("Premiers mots")
    assert summary.endswith("…")
    assert len(summary) <= 201


def test_an_answer_has_what_the_contract_says(made):
    answer = made.search("district")
    assert list(answer) == ["query", "total", "exact", "interpreted", "suggestions", "results", "facets"]
    assert {name: type(value) for name, value in answer["results"][0].items()} == {
        "id": str, "kind": str, "lang": str, "title": str, "url": str, "score": int, "excerpt": str, "marks": list,
        "section": str, "section_url": str, "date": str, "status": str,
    }  # fmt: skip
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("cs", ["CSU", "Csaba Kovács", "CSU : une étude"]),
        ("CSU", ["CSU", "CSU : une étude"]),
        ("santé un", ["Couverture santé universelle"]),
        ("SANTE U", ["Couverture santé universelle"]),
        ("kov", ["Csaba Kovács"]),
        ("une note", ["Une note de supervision"]),
        ("note", ["Autre note", "Une note de supervision"]),
        ("de", []),  # a name begins with a word that says something
        ("xyz", []),
        ("", []),
        ("  ?", []),
        ("😀", []),
    ],
)
def test_names_complete_as_one_types_terms_first_and_people_next(made, typed, titles):
    found = made.engine.complete(typed, lang="fr")
    assert [one["title"] for one in found] == titles
    assert all(set(one) == {"title", "url", "kind"} for one in found)


def test_a_name_completes_to_its_last_letter(tmp_path):
    title = "Financement de la santé fondé sur les résultats du Bénin"
    made = searched(tmp_path, {"docs/notes/a.md": article(title), "docs/notes/b.md": article(f"{title[:40]}x")})
    for start in (0, title.index("santé"), title.index("résultats")):
        for end in range(start + 1, len(title) + 1):
            found = [one["url"] for one in made.engine.complete(title[start:end])]
            assert "notes/a/" in found, title[start:end]
            assert ("notes/b/" in found) == (end <= 40), title[start:end]
    assert made.engine.complete("bénin 0") == []  # a slot is no word
    assert made.engine.complete(f"{title} 2015") == []


def test_names_in_the_reader_s_language_come_first_and_a_limit_holds(made):
    assert made.engine.complete("c", lang="fr")[0]["url"] == "glossaire/csu/"
    assert made.engine.complete("u", lang="en")[0]["url"] == "en/glossaire/csu/"
    assert [one["title"] for one in made.engine.complete("eb", lang="fr")] == ["Ébauche", "Ebb"]
    assert [one["title"] for one in made.engine.complete("eb", lang="en")] == ["Ebb", "Ébauche"]
    assert len(made.engine.complete("c", limit=1)) == 1
    assert made.engine.complete("c", limit=0) == []


def test_nothing_but_names_is_read_to_complete(made):
    read = []
    engine = Searched(made.change, made.manifest, made.scripts).engine
    load, engine.index.load = engine.index.load, lambda name: read.append(name) or load(name)
    assert engine.complete("cou")
    assert {name.split("-")[0] for name in read} <= {"names", "root"}


ODD = {
    "nothing": "",
    "spaces": " \t\n\u00a0\u3000",
    "only stop words": "le la les de du des et ou the of",
    "only signs": "?!… — ;:,. ()[]{} *&^%$#@~`|\\/<>",
    "emoji": "😀👩🏽‍⚕️🇧🇯",
    "a script": "<script>alert('district')</script>",
    "10,000 letters": "district" * 1250,
    "10,000 words": "district " * 10_000,
    "10,000 quotes": '"' * 10_000,
    "10,000 apostrophes": "l'" * 5_000,
    "10,000 dots": "a." * 5_000,
    "unbalanced quotes": '"district « nikki” "',
    "a lone surrogate": "district \ud83d \udc80",
    "control signs": "".join(map(chr, range(32))) + "district\x7f\x80\x9f",
    "NULs": "\0district\0\0",
    "marks without letters": "\u0301\u0302\u200d\ufeff\u2028",
    "right to left": "\u202edistrict\u202c مستشفى",
    "other scripts": "больница 病院 โรงพยาบาล ʼn ﷺ",
    "like an operator": "district AND NOT (nikki OR *) -x +y title:z ~2",
    "like a key": "c:csu 0000a terms-0 __proto__ constructor toString",
    "like a path": "../../etc/passwd",
    "a million digits": "9" * 1_000_000,
}


@pytest.mark.parametrize("what", ODD)
def test_there_is_an_answer_to_whatever_is_typed(made, what):
    query = ODD[what]
    answer = made.search(query)
    assert answer["query"] == query
    assert answer["total"] == len(answer["results"])
    if "district" in query and what != "10,000 letters":
        assert answer["results"][0]["id"] == "note"
    elif what not in {"10,000 letters", "like a path"}:
        assert answer["results"] == answer["suggestions"] == [] or what == "like a key"
    assert json.loads(json.dumps(answer)) == answer
    assert isinstance(made.engine.complete(query), list)


@settings(max_examples=200)
@given(
    st.text() | st.text("dis ristc\"«»'’.😀\ud800\0éNk", max_size=60),
    st.lists(st.text(max_size=4), max_size=2),
    st.dictionaries(st.sampled_from(["csu", "x", ""]), st.text(max_size=3), max_size=2),
    st.dictionaries(st.sampled_from(["kind", "lang", "nothing"]), st.lists(st.text(max_size=4), max_size=2)),
    st.text(max_size=3),
)
def test_there_is_an_answer_to_any_text_and_options(made, query, literal, choose, filters, lang):
    answer = made.search(query, literal=literal, choose=choose, filters=filters, lang=lang)
    assert answer["total"] >= len(answer["results"])
    assert made.search(query, literal=literal, choose=choose, filters=filters, lang=lang) == answer
    made.engine.complete(query, lang=lang)


def test_an_empty_hub_has_no_results(tmp_path):
    made = searched(tmp_path, {})
    assert made.search("district", filters={"kind": ["note"]})["total"] == 0
    assert made.engine.complete("district") == []
    assert made.manifest["records"] == 0


def test_a_text_of_thousands_of_sections_is_searched_like_any_other(tmp_path):
    body = "\n\n".join(f"## Partie p{n}x\n\n" + f"Texte mot{n}y. " * (1 + n % 7) for n in range(1500))
    made = searched(tmp_path, {"docs/notes/long.md": article("Long", body=body)})
    for n in (0, 1, 100, 203, 1290):
        one = made.first(f"mot{n}y")
        assert (one["section"], marked(one["excerpt"], one["marks"])[:1]) == (f"Partie p{n}x", [f"mot{n}y"])
    for n in range(1200, 1500):
        assert made.search(f"mot{n}y")["total"] <= 1
