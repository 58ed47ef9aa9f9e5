"""The glossary from A to Z, and its terms in running texts."""

from __future__ import annotations

import pytest

from tests.site.hubs import Built, make, text

BODY = """
Le FBR paie les résultats ; le FBR encore. Une zone sanitaire, puis la ZS. Le financement basé sur les résultats est le
FBR.

## Le FBR dans un titre

Un [lien vers FBR](autre.md), du `code FBR`, un FBRX qui n’en est pas un, et fbr en petites lettres.

    FBR dans un bloc de code
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return make(
        tmp_path_factory.mktemp("glossary"),
        {
            "docs/glossaire/fbr.md": text(
                "Financement basé sur les résultats",
                "acronym: FBR",
                "en: [results-based financing]",
                "variants: [RBF]",
                'definition: "Payer ce qui est obtenu : \\"résultats\\" <vérifiés>."',
                body="Le FBR rémunère.",
            ),
            "docs/glossaire/zs.md": text("Zone sanitaire", "acronym: ZS", "definition: Un échelon.", "close_to: [fbr]"),
            "docs/glossaire/eau.md": text("Eau", "definition: De l’eau."),
            "docs/glossaire/3d.md": text("3D", "definition: Trois."),
            "docs/glossaire/double-1.md": text("Double un", "acronym: DBL", "definition: Un."),
            "docs/glossaire/double-2.md": text("Double deux", "acronym: DBL", "definition: Deux."),
            "docs/glossaire/vieux.md": text("Vieux terme", "acronym: VT", "status: withdrawn"),
            "docs/notes/note.md": text("Note", "summary: Le FBR en bref.", body=BODY),
            "docs/notes/autre.md": text(
                "Autre", body="Le DBL et le VT. L’État, les ZONES SANITAIRES, la Zone sanitaire."
            ),
            "docs/notes/en.en.md": text("English", body="We use results-based financing (RBF) here."),
        },
    )


def terms(built: Built, address: str) -> list[tuple[str, str]]:
    """Words that were made links to terms, and where they lead."""
    return [(link.text, built.leads(address, link["href"])) for link in built.page(address).main.find("a.hub-term")]


def test_a_term_is_linked_where_it_first_occurs_and_nowhere_else(built):
    assert terms(built, "notes/note/") == [("FBR", "glossaire/fbr/"), ("zone sanitaire", "glossaire/zs/")]


def test_what_hovering_says(built):
    link = built.page("notes/note/").main.find("a.hub-term")[0]
    assert link["title"].replace("\u00a0", " ") == (
        'Financement basé sur les résultats : Payer ce qui est obtenu : "résultats" <vérifiés>.'
    )


def test_no_terms_in_headings_links_and_code(built):
    main = built.page("notes/note/").main
    for link in main.find("a.hub-term"):
        assert not link.within("h1", "h2", "h3", "code", "pre"), link.text
        assert not link.within("a")
    assert main.links()["lien vers FBR"]
    assert "FBR dans un bloc de code" in main.one("pre").text


def test_not_on_its_own_page(built):
    assert ("FBR", "glossaire/fbr/") not in terms(built, "glossaire/fbr/")
    assert "Le FBR rémunère." in built.page("glossaire/fbr/").main.text


def test_acronyms_that_mean_two_things_and_withdrawn_terms_are_left_alone(built):
    assert [words for words, _ in terms(built, "notes/autre/")] == ["Zone sanitaire"]


def test_english_forms_in_english_texts(built):
    assert terms(built, "en/notes/en/") == [("results-based financing", "glossaire/fbr/")]


def test_from_a_to_z_with_each_acronym_and_each_full_form(built):
    main = built.page("glossaire/").main
    letters = [one.text for one in main.find("h2")]
    assert letters == ["#", "D", "E", "F", "Z"]
    under = {
        section.one("h2").text: [dt.text for dt in section.find("dt")]
        for section in main.find("section")
        if section.find("h2")
    }
    assert under["D"] == ["DBL", "DBL", "Double deux", "Double un"]
    assert under["F"] == ["FBR", "Financement basé sur les résultats"]
    assert under["Z"] == ["Zone sanitaire", "ZS"]
    assert under["#"] == ["3D"]
    assert "Vieux terme" not in main.text


def test_each_letter_leads_to_its_part(built):
    page = built.page("glossaire/")
    leading = [link["href"] for link in page.main.one("nav.hub-letters").find("a")]
    assert len(leading) == 5
    assert {link.removeprefix("#") for link in leading} <= set(page.ids)


def test_acronym_names_the_full_form_and_leads_to_the_term(built):
    rows = {row.one("dt").text: row for row in built.page("glossaire/").main.find(".hub-terms div")}
    assert "Financement basé sur les résultats" in rows["FBR"].one("dd").text
    assert [built.leads("glossaire/", link["href"]) for link in rows["FBR"].find("a")] == ["glossaire/fbr/"]


def test_close_terms_show_on_both(built):
    assert "glossaire/fbr/" in built.targets("glossaire/zs/")
    assert "glossaire/zs/" in built.targets("glossaire/fbr/")


def test_every_link_resolves(built):
    count, faults = built.link_faults()
    assert faults == []
    assert count > 300
