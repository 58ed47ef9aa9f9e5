"""What an entry gives to the search: everything that readers may see of it, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.records import LONGEST_PASSAGE, Passage, SearchRecord, _cut
from hub.search.slots import CURRENT, DRAFT, PAST
from tests.searching import article, records, searched, term
from tests.support import commit, write

SECRET = "zqsecret"


def one(tmp_path, *lines: str, body: str = "Un texte.", title: str = "Une note", **files: str) -> SearchRecord:
    """The record of a note beside other files, whose names are written with `__` for `/`."""
    others = {f"docs/{name.replace('__', '/')}.md": text for name, text in files.items()}
    return records(tmp_path, {"docs/notes/a.md": article(title, *lines, body=body), **others})["notes/a/"]


def test_a_record_knows_its_page_names_and_date(tmp_path):
    found = records(
        tmp_path,
        {
            "docs/notes/a.md": article("Une note", "date: 2015-04", "summary: Un résumé."),
            "docs/notes/a.en.md": article("A note"),
            "docs/glossaire/fbr.md": term(
                "Financement basé sur les résultats", "acronym: FBR", "variants: [RBF, FBR]", "en: [results-based]"
            ),
            "docs/evenements/e.md": article("Atelier", "start: 2016-05-02"),
            "docs/page.md": article("Page", body="## Un titre\n"),
        },
    )  # fmt: skip
    assert set(found) == {"notes/a/", "en/notes/a/", "glossaire/fbr/", "evenements/e/", "page/"}
    note = found["notes/a/"]
    assert (note.key, note.title, note.summary, note.date) == (
        ("note", "a", "fr"),
        "Une note",
        "Un résumé.",
        "2015-04",
    )
    assert found["en/notes/a/"].key == ("note", "a", "en")
    assert found["glossaire/fbr/"].names == (
        "Financement basé sur les résultats", "FBR", "results-based", "RBF",
    )  # fmt: skip
    assert found["evenements/e/"].date == "2016-05-02"
    assert found["page/"].passages == (Passage("s-un-titre", "Un titre", ""),)


def test_whom_and_what_an_entry_names_is_among_its_keywords(tmp_path):
    found = one(
        tmp_path,
        "keywords: [supervision]",
        "authors: [awa]",
        "contributors: [{person: kofi, roles: [facilitation]}]",
        "organisations: [cdr, oublie]",
        "projects: [pass]",
        "groups: [cop]",
        "places: [{country: BJ, health_zone: Zone Un}]",
        personnes__awa=article("Awa Sow"),
        personnes__kofi=article("Kofi Adjo"),
        organisations__cdr=article("Centre de recherche"),
        organisations__oublie=article("Retirée", "status: withdrawn"),
        projets__pass=article("Projet d’appui"),
        groupes__cop=article("Communauté", "type: gtt"),
    )
    assert found.keywords == (
        "supervision", "Bénin", "Zone Un (Bénin)",
        "Awa Sow", "Kofi Adjo", "Centre de recherche", "Projet d’appui", "Communauté",
    )  # fmt: skip


def test_facets_have_labels_in_each_language(tmp_path):
    themes = "title: T\nterms:\n  financing: {fr: Financement, en: Financing}\n"
    write(tmp_path, {"docs/vocabulaires/themes.yml": themes})
    found = one(
        tmp_path,
        "date: 2015-04",
        "themes: [financing]",
        "places: [BJ]",
        "authors: [awa, partie, inconnue]",
        "groups: [cop]",
        personnes__awa=article("Awa Sow"),
        **{"personnes__awa.en": article("Awa Sow-Ba"), "personnes__partie": article("Partie", "status: withdrawn")},
        groupes__cop=article("Communauté", "type: gtt"),
    )
    assert found.facets == {
        "kind": {"note": ("Notes de capitalisation", "Capitalisation notes")},
        "theme": {"financing": ("Financement", "Financing")},
        "year": {"2015": ("2015", "2015")},
        "place": {"bj": ("Bénin", "Benin")},
        "lang": {"fr": ("fr", "fr")},
        "person": {"awa": ("Awa Sow", "Awa Sow-Ba")},
        "group": {"cop": ("Communauté", "Communauté")},
    }
    assert found.keywords[:2] == ("Financement", "Bénin")


def test_sections_lead_to_their_headings_and_parts_of_the_front_matter_to_their_own_anchors(tmp_path):
    found = one(
        tmp_path,
        "lessons:",
        "  - {id: L1, statement: La confiance vient lentement., applies_when: en zone rurale, strength: strong}",
        "  - {id: L2, statement: Le lien tient.}",
        "difficulties: [La distance, La pluie]",
        "axes: [Gouvernance]",
        body="Avant.\n\n## Le **contexte**\n\nUn *texte* ici.\n\n- un point\n\n### Détail\n\nPlus bas.\n\n## Vide\n",
    )
    assert found.front == "Gouvernance"
    assert set(found.passages) == {
        Passage("", "", "Avant."),
        Passage("s-le-contexte", "Le contexte", "Un texte ici. un point"),
        Passage("s-detail", "Détail", "Plus bas."),
        Passage("s-vide", "Vide", ""),
        Passage("L1", "Leçons apprises", "La confiance vient lentement. en zone rurale"),
        Passage("L2", "Leçons apprises", "Le lien tient."),
        Passage("f-difficulties", "Difficultés rencontrées", "La distance La pluie"),
    }
    assert [passage.anchor for passage in found.passages][:4] == ["", "s-le-contexte", "s-detail", "s-vide"]


def test_headings_of_fields_are_in_the_entry_s_language(tmp_path):
    note = article("A note", "difficulties: [Distance]")
    found = records(tmp_path, {"docs/notes/a.en.md": note, "docs/notes/a.md": note})
    assert found["en/notes/a/"].passages[-1].heading == "Difficulties"
    assert found["notes/a/"].passages[-1].heading == "Difficultés rencontrées"


SECTIONS = st.lists(
    st.builds(
        Passage,
        st.sampled_from(["", "s-un", "L1"]),
        st.sampled_from(["", "Un"]),
        st.lists(
            st.text("ab.!?… \n\u00a0", max_size=9) | st.sampled_from(["mot " * 200, "Un. Deux ? " * 90, "x." * 300]),
            max_size=6,
        ).map(" ".join),
    ),
    max_size=3,
).map(tuple)


@given(SECTIONS)
def test_passages_are_short_and_no_word_is_lost(sections):
    cut = list(_cut(sections))
    assert all(len(passage.text.split()) <= LONGEST_PASSAGE for passage in cut)
    for section in {section[:2] for section in sections}:
        whole = [word for one in sections if one[:2] == section for word in one.text.split()]
        assert [word for one in cut if one[:2] == section for word in one.text.split()] == whole


def test_a_long_section_is_cut_where_sentences_end(tmp_path):
    sentences = [f"Phrase numéro {n} " + "mot " * 20 + "fin." for n in range(30)]
    found = one(tmp_path, body="## Long\n\n" + " ".join(sentences))
    assert [one.anchor for one in found.passages] == ["s-long"] * 5
    assert all(passage.text.endswith("fin.") for passage in found.passages)
    assert " ".join(passage.text for passage in found.passages) == " ".join(sentences)


@pytest.mark.parametrize(
    ("lines", "status", "rank"),
    [
        ([], "published", CURRENT),
        (["status: draft"], "draft", DRAFT),
        (["review_by: 2026-06-01"], "published", CURRENT),
        (["review_by: 2026-05"], "needs-review", CURRENT),
        (["status: draft", "review_by: 2026-05"], "draft", DRAFT),
        (["status: needs-review"], "needs-review", CURRENT),
    ],
)
def test_the_status_is_the_one_that_holds_on_the_day(tmp_path, lines, status, rank):
    found = one(tmp_path, *lines)
    assert (found.status, found.rank) == (status, rank)


@pytest.mark.parametrize(("status", "rank"), [("published", PAST), ("needs-review", PAST), ("draft", CURRENT)])
def test_what_was_replaced_comes_last_once_the_other_is_published(tmp_path, status, rank):
    newer = article("Nouvelle", "supersedes: [note:a]", f"status: {status}")
    english = article("A note")
    files = {"docs/notes/a.md": article("Une note"), "docs/notes/a.en.md": english, "docs/notes/b.md": newer}
    found = records(tmp_path, files)
    assert (found["notes/a/"].rank, found["en/notes/a/"].rank) == (rank, rank)


def test_who_retired_comes_last(tmp_path):
    found = records(tmp_path, {"docs/personnes/a.md": article("Awa", "retired: yes", "consent: {date: 2026-01-01}")})
    (record,) = found.values()
    assert record.rank == PAST
    assert "Awa" not in repr(record)


HIDDEN = {
    "a person without consent": {
        "docs/personnes/awa.md": article(
            "Awa Sow", f"bio: {SECRET}", f"expertise: [{SECRET}]", f"summary: {SECRET}", f"keywords: [{SECRET}]",
            f"affiliations: [{{organisation: {SECRET}}}]", f"places: [{{health_zone: {SECRET}}}]",
            body=f"## {SECRET}\n\n{SECRET}",
        )
    },
    "a person whose consent one language lacks": {
        "docs/personnes/awa.md": article("Awa Sow", f"bio: {SECRET}", body=SECRET),
        "docs/personnes/awa.en.md": article("Awa Sow", f"bio: {SECRET}", "consent: {date: 2026-01-01}", body=SECRET),
    },
    "a person who retired": {
        "docs/personnes/awa.md": article(
            "Awa Sow", f"bio: {SECRET}", "consent: {date: 2026-01-01}", "retired: yes", body=SECRET
        )
    },
    "a withdrawn note": {
        "docs/notes/b.md": article(f"Note {SECRET}", "status: withdrawn", f"summary: {SECRET}", body=SECRET),
        "docs/notes/c.md": article("Cite", "supersedes: [note:b]", "related: [note:b]", body="[Voir](b.md) [[b]]."),
    },
    "a withdrawn person": {
        "docs/personnes/awa.md": article(SECRET, "status: withdrawn", "consent: {date: 2026-01-01}", body=SECRET),
        "docs/notes/b.md": article("Note", "authors: [awa]"),
    },
    "a withdrawn term": {"docs/glossaire/t.md": term("Terme", f"acronym: {SECRET}", "status: withdrawn", body=SECRET)},
    "a note that was submitted": {"docs/notes/b.md": article(SECRET, "status: submitted", body=SECRET)},
    "a note in review": {"docs/notes/b.md": article(SECRET, "status: in-review", body=SECRET)},
    "a person in review": {
        "docs/personnes/awa.md": article(SECRET, "status: in-review", body=SECRET),
        "docs/notes/b.md": article("Note", "authors: [awa]"),
    },
    "a text that cannot be read": {"docs/notes/b.md": f"---\ntitle: [\n---\n{SECRET}\n"},
    "a file that is no text of the hub": {"docs/notes/b.txt": SECRET, "docs/.brouillon/b.md": SECRET},
}  # fmt: skip


@pytest.mark.parametrize("what", HIDDEN)
def test_what_readers_may_not_see_is_in_no_script(tmp_path, what):
    shown = {"docs/notes/a.md": article("Une note", body="Un texte."), "docs/personnes/x.md": article("Xavier Public")}
    made = searched(tmp_path, {**shown, **HIDDEN[what]})
    everything = str(made.manifest) + "".join(made.scripts) + "".join(made.scripts.values())
    assert SECRET not in everything.lower()
    assert "Xavier Public" in everything
    allowed = {name: text.replace("status: ", "# ") for name, text in HIDDEN[what].items()}
    if allowed != HIDDEN[what]:  # the same, published: the test looks where the words would be
        assert SECRET in "".join(searched(tmp_path, allowed).scripts.values()).lower()


def test_who_gave_a_consent_is_found_by_all_that_the_page_shows(tmp_path):
    text = HIDDEN["a person without consent"]["docs/personnes/awa.md"].replace(
        "bio:", "consent: {date: 2026-01-01}\nbio:"
    )
    (found,) = records(tmp_path, {"docs/personnes/awa.md": text}).values()
    assert (found.summary, found.keywords) == (SECRET, (SECRET,))
    assert found.front.count(SECRET) >= 2
    assert {passage.anchor for passage in found.passages} == {f"s-{SECRET}", "f-bio"}


def test_while_a_text_is_reviewed_its_published_revision_is_found(tmp_path):
    write(tmp_path, {"docs/notes/a.md": article("Une note", body="Ce qui fut publié.")})
    commit(tmp_path)
    newer = {"docs/notes/a.md": article("Une note", "status: in-review", body=SECRET)}
    found = searched(tmp_path, newer)
    assert found.ids("publié") == ["a"]
    assert SECRET not in "".join(found.scripts.values())
    assert searched(tmp_path, newer, drafts=True, store="drafts.sqlite").ids(SECRET) == ["a"]


def test_a_text_is_found_by_its_month_in_words_its_source_and_its_code(tmp_path):
    lines = ("date: 2015-05", 'source: {title: "Affiche du zinzolin", method: reformulation}')
    files = {
        "docs/notes/a.md": article("Une note", *lines, body="Du texte.\n\n## Calcul\n\n```r\nprime <- tarif\n```\n"),
        "docs/notes/b.md": article("Deux notes", "date: 2015", body="```\nseul\n```\n\n## Fin\n\nUn texte."),
        "docs/notes/c.md": article("Trois notes", "date: 2016-08-04"),
    }
    found = records(tmp_path, files)
    assert found["notes/a/"].front == "mai 2015 · May 2015 · Affiche du zinzolin"
    assert found["notes/b/"].front == ""
    assert [(one.heading, one.text) for one in found["notes/b/"].passages] == [("", "seul"), ("Fin", "Un texte.")]
    index = searched(tmp_path, {})
    assert index.ids("mai 2015") == ["a", "b"]
    assert index.ids("4 août") == ["c"]
    assert index.ids("august") == ["c"]
    assert index.ids("affiche") == ["a"]
    assert (index.first("tarif")["id"], index.first("tarif")["section"]) == ("a", "Calcul")
