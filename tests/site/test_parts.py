"""Structured parts of entries: timelines, the author's order, texts of several lines, what cites a part, languages."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hub.dates import PartialDate, Period
from hub.site.entries import APART, AXIS, GATHERED
from hub.site.words import period_text
from tests.site.hubs import Built, make, plain, say, text

CITING = GATHERED + 3


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    citing = {
        f"docs/notes/c{n:02}.md": text(f"Note {n:02}", f"date: {2000 + n}", "related: ['note:note#L1']")
        for n in range(CITING)
    }
    return make(
        tmp_path_factory.mktemp("parts"),
        {
            **citing,
            "docs/projets/projet.md": text(
                "Projet",
                "results:",
                "  - {id: R1, level: result, statement: Un., indicators: [{statement: Zone, target: '1'},"
                " {statement: Aire, target: '2'}, {statement: Zone, target: '3'}]}",
                "milestones:",
                "  - {date: 2006-02, label: Début}",
                "  - {date: 2006-03, label: Juste après}",
                "  - {date: ../2006-04, label: Encore}",
                "  - {date: 2016, label: Fin}",
            ),
            "docs/notes/note.md": text(
                "Note",
                "experience_period: 2009/2014",
                "method: |",
                "  Une ligne.",
                "  Une autre.",
                "  ",
                "  Un paragraphe.",
                "results:",
                "  - {axis: Zoé, statement: Premier.}",
                "  - {axis: Abel, statement: Deuxième.}",
                "  - {axis: Zoé, statement: Troisième.}",
                "  - {statement: Sans axe.}",
                "key_moments:",
                "  - {date: 2012, label: Après}",
                "  - {date: 2010, label: Avant}",
                "  - {label: Sans date}",
                "lessons:",
                "  - {id: L1, statement: Écouter.}",
            ),
            "docs/notes/seule.md": text("Seule", "key_moments:", "  - {label: On ne sait quand}"),
            "docs/notes/only.en.md": text("Only English", "date: 2025", "summary: In English.", "related: [note:note]"),
            "docs/personnes/a.md": text("Ada", "status: brouillon"),
            "docs/billets/billet.md": text("Billet", "date: 2015-05-28", "authors: [e1, e2, e3, e4, e5]"),
            **{f"docs/personnes/e{n}.md": text(f"Auteur {n}") for n in range(1, 6)},
        },
    )


def test_steps_on_near_days_do_not_cover_each_other(built):
    figure = built.page("projets/projet/").main.one("figure.hub-timeline")
    at = [int(circle["cx"]) - 30 for circle in figure.find("circle")]
    assert len(at) == 4
    assert at[0] >= 0
    assert at[-1] <= AXIS
    assert all(after - before >= APART for before, after in pairwise(at))
    assert [item.text.rsplit(" ", 1)[-1] for item in figure.find("li")] == [
        "Début",
        "après",
        "Encore",
        "Fin",
    ]


def test_a_step_without_a_date_is_told_and_not_drawn(built):
    figure = built.page("notes/note/").main.one("figure.hub-timeline")
    assert [plain(item.text) for item in figure.find("li")] == ["2010 Avant", "Sans date", "2012 Après"]
    assert len(figure.find("circle")) == 2
    alone = built.page("notes/seule/").main.one("figure.hub-timeline")
    assert alone.find("svg") == []
    assert "On ne sait quand" in alone.text


def test_results_stay_in_the_order_of_their_author(built):
    results = built.page("notes/note/").main.one("section.hub-section #f-results").parent
    assert results is not None
    assert [one.text for one in results.find("h3")] == ["Zoé", "Abel"]
    assert [one.text for one in results.find("li")] == ["Sans axe.", "Premier.", "Troisième.", "Deuxième."]
    indicators = built.page("projets/projet/").main.find(".hub-indicator")
    assert [one.one("p").text for one in indicators] == ["Zone", "Aire"]


def test_a_text_keeps_its_lines_and_paragraphs(built):
    section = built.page("notes/note/").main.one("section.hub-section #f-method").parent
    assert section is not None
    assert [one.text for one in section.find("p")] == ["Une ligne. Une autre.", "Un paragraphe."]
    assert len(section.find("br")) == 1


def test_a_part_names_the_newest_that_cite_it_and_says_how_many_more(built):
    cited = built.page("notes/note/").main.one("#L1 .hub-cited")
    assert len(cited.find("a")) == GATHERED
    assert cited.find("a")[0].text == f"Note {CITING - 1:02}"
    assert "et 3 autres" in plain(cited.text)


def test_the_byline_gives_the_day_of_publication_and_no_other(built):
    assert "2009" not in " ".join(one.text for one in built.page("notes/note/").main.find(".hub-byline"))
    byline = plain(built.page("billets/billet/").main.one(".hub-byline").text)
    assert "28 mai 2015" in byline
    assert "et 1 autre ·" in byline


def test_what_is_in_another_language_says_so(built):
    for address in ("notes/", "notes/note/"):
        card = next(one for one in built.page(address).main.find(".hub-card") if "Only English" in one.text)
        link = card.one("h2 a" if address == "notes/" else "h3 a")
        assert link["lang"] == link["hreflang"] == "en"
        assert "anglais" in card.one(".hub-eyebrow").text
    summary = next(one for one in built.page("notes/").main.find(".hub-card__summary") if "In English" in one.text)
    assert summary["lang"] == "en"
    shown = [link for link in built.page("en/notes/only/").main.find("a") if link.text == "Note"]
    assert shown
    assert all(link["lang"] == link["hreflang"] == "fr" for link in shown)


def test_people_whose_pages_are_drafts_are_listed_apart(built):
    section = built.page("personnes/").main.one("section.hub-section")
    assert plain(say("Drafts to complete")) in plain(section.text)
    assert "Ada" in section.text


@pytest.mark.parametrize(
    ("period", "fr", "en"),
    [
        ("2009/", "depuis 2009", "since 2009"),
        ("2009-05-03/", "depuis le 3 mai 2009", "since 3 May 2009"),
        ("/2009-05", "jusqu’en mai 2009", "until May 2009"),
        ("/2009-05-03", "jusqu’au 3 mai 2009", "until 3 May 2009"),
    ],
)
def test_periods_of_which_one_end_is_known(period, fr, en):
    assert period_text(Period.parse(period), "fr") == fr
    assert period_text(Period.parse(period), "en") == en
    assert period_text(Period(PartialDate(2009), PartialDate(2009)), "fr") == "2009"
