"""Indexes, facets, archives and people: what stands in which list, and on which of its pages."""

from __future__ import annotations

import pytest

from tests.site.hubs import Built, flat, make, plain, say, text, titles

CONFIG = "site_name: Essai\nplugins:\n  - hub:\n      page_size: 3\n"


@pytest.fixture(scope="module")
def ten(tmp_path_factory) -> Built:
    notes = {
        f"docs/notes/n{n}.md": text(
            f"Note {n}",
            f"date: {2010 + n % 3}",
            f"themes: [{'eau' if n % 2 else 'air'}]",
            "places:",
            f"  - {{country: BJ, department: {'Borgou' if n < 4 else 'Zou'}}}",
            "keywords: [Qualité des soins]" if n < 2 else "keywords: []",
        )
        for n in range(10)
    }
    vocabulary = "title: Thème\nterms:\n  eau: {fr: Eau potable, en: Drinking water}\n  air: {fr: Air, en: Air}\n"
    return make(tmp_path_factory.mktemp("ten"), {**notes, "docs/vocabulaires/themes.yml": vocabulary}, config=CONFIG)


def listed(built: Built, base: str) -> list[list[str]]:
    """The titles on each page of a list."""
    pages = [base]
    while built.has(f"{base}page/{len(pages) + 1}/"):
        pages.append(f"{base}page/{len(pages) + 1}/")
    return [titles(built.page(page).main.find(".hub-card")) for page in pages]


def test_every_note_stands_on_exactly_one_page_of_the_index(ten):
    found = listed(ten, "notes/")
    assert [len(page) for page in found] == [3, 3, 3, 1]
    assert sorted(flat(found)) == [f"Note {n}" for n in range(10)]


def test_the_newest_come_first_and_equals_by_title(ten):
    order = [title for page in listed(ten, "notes/") for title in page]
    assert order == [f"Note {n}" for n in (2, 5, 8, 1, 4, 7, 0, 3, 6, 9)]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_page_numbers(ten, number):
    address = "notes/" if number == 1 else f"notes/page/{number}/"
    nav = ten.page(address).one("nav.hub-pages")
    assert nav.one("[aria-current=page]").text == str(number)
    assert [one.text for one in nav.find("li")] == ["1", "2", "3", "4"]
    leading = {link.text: ten.leads(address, link["href"]) for link in nav.find("a")}
    assert leading == {str(n): "notes/" if n == 1 else f"notes/page/{n}/" for n in (1, 2, 3, 4) if n != number}


def test_page_numbers_do_not_grow_with_the_list(tmp_path):
    built = make(
        tmp_path,
        {f"docs/notes/n{n:02}.md": text(f"Note {n:02}") for n in range(40)},
        config="site_name: E\nplugins:\n  - hub:\n      page_size: 1\n      languages: [fr]\n",
    )
    numbers = {
        number: [one.text for one in built.page(f"notes/page/{number}/").find("nav.hub-pages li")]
        for number in (2, 20, 40)
    }
    assert numbers[2][0] == "1"
    assert numbers[20][-1] == "40"
    assert {"19", "20", "21"} < set(numbers[20])
    assert max(len(found) for found in numbers.values()) <= 9


def test_each_page_of_a_list_has_a_title_of_its_own(ten):
    found = {ten.page(f"notes/{rest}").head.one("title").children[0] for rest in ("", "page/2/", "page/3/")}
    assert len(found) == 3


def test_facets_of_a_kind(ten):
    assert flat(listed(ten, "notes/themes/eau/")) == [f"Note {n}" for n in (5, 1, 7, 3, 9)]
    assert ten.page("notes/themes/eau/").one("h1").text.startswith("Notes de capitalisation – Eau potable")
    assert ten.page("en/notes/themes/eau/").one("h1").text.startswith("Capitalisation notes – Drinking water")
    assert sorted(flat(listed(ten, "notes/annees/2011/"))) == ["Note 1", "Note 4", "Note 7"]
    assert sorted(flat(listed(ten, "notes/lieux/bj-borgou/"))) == [f"Note {n}" for n in range(4)]
    assert len(flat(listed(ten, "notes/lieux/bj/"))) == 10


def test_facets_across_kinds(ten):
    chips = {link.text: ten.leads("themes/", link["href"]) for link in ten.page("themes/").main.find(".hub-chips a")}
    assert chips == {"Air 5": "themes/air/", "Eau potable 5": "themes/eau/"}
    years = [link.text for link in ten.page("annees/").main.find(".hub-chips a")]
    assert years == ["2012 3", "2011 3", "2010 4"]
    places = {link.text for link in ten.page("lieux/").main.find(".hub-chips a")}
    assert places == {"Bénin 10", "Borgou (Bénin) 4", "Zou (Bénin) 6"}
    assert sorted(flat(listed(ten, "mots-cles/qualite-des-soins/"))) == ["Note 0", "Note 1"]


def test_chips_of_the_index_lead_to_the_facets_with_their_numbers(ten):
    chips = {link.text: ten.leads("notes/", link["href"]) for link in ten.page("notes/").main.find(".hub-chips a")}
    assert chips["Eau potable 5"] == "notes/themes/eau/"
    assert chips["2010 4"] == "notes/annees/2010/"
    assert chips["Zou (Bénin) 6"] == "notes/lieux/bj-zou/"


def test_english_lists_say_which_texts_are_in_french(ten):
    cards = ten.page("en/notes/").main.find(".hub-card")
    assert len(cards) == 3
    assert all("French" in card.one(".hub-eyebrow").text for card in cards)
    assert all(target.startswith("notes/") for target in ten.targets("en/notes/", ".hub-card"))


def test_all_links_of_all_lists_resolve(ten):
    count, faults = ten.link_faults()
    assert faults == []
    assert count > 1000


@pytest.fixture(scope="module")
def blog(tmp_path_factory) -> Built:
    return make(
        tmp_path_factory.mktemp("blog"),
        {
            "docs/billets/un.md": text("Un", "date: 2015-04-18", "authors: [ada]"),
            "docs/billets/deux.md": text("Deux", "date: 2015-04-30", "authors: [ada, bio]"),
            "docs/billets/trois.md": text("Trois", "date: 2015-05-01", "authors: [bio]"),
            "docs/billets/quatre.md": text("Quatre", "date: 2014"),
            "docs/personnes/ada.md": text("Ada Abalo"),
            "docs/personnes/bio.md": text("Bio Zinsou"),
        },
    )


def test_monthly_archives(blog):
    assert listed(blog, "billets/2015/04/") == [["Deux", "Un"]]
    assert listed(blog, "billets/2015/05/") == [["Trois"]]
    assert not blog.has("billets/2014/01/")
    assert "avril 2015" in blog.page("billets/2015/04/").one("h1").text
    assert "April 2015" in blog.page("en/billets/2015/04/").one("h1").text
    assert {"billets/2015/04/", "billets/2015/05/"} < set(blog.targets("billets/"))


def test_bloggers(blog):
    chips = {
        link.text: blog.leads("billets/auteurs/", link["href"]) for link in blog.page("billets/auteurs/").main.find("a")
    }
    assert chips["Ada Abalo 2"] == "billets/auteurs/ada-abalo/"
    assert chips["Bio Zinsou 2"] == "billets/auteurs/bio-zinsou/"
    assert listed(blog, "billets/auteurs/ada-abalo/") == [["Deux", "Un"]]
    assert "billets/auteurs/" in blog.targets("billets/")


def test_a_year_alone_stands_in_the_year_and_in_no_month(blog):
    assert listed(blog, "billets/annees/2014/") == [["Quatre"]]
    assert flat(listed(blog, "billets/")) == ["Trois", "Deux", "Un", "Quatre"]


def test_an_index_with_nothing_says_so(blog):
    assert plain(say("Nothing here yet.")) in plain(blog.page("notes/").main.text)


def test_an_index_has_the_text_of_its_folder(tmp_path):
    built = make(
        tmp_path,
        {"docs/notes/index.md": text("Peu importe", body="Bienvenue aux **notes**."), "docs/notes/a.md": text("A")},
    )
    assert "Bienvenue aux notes" in built.page("notes/").main.text
    assert titles(built.page("notes/").main.find(".hub-card")) == ["A"]


def test_more_drafts_than_an_index_holds_have_a_page_of_their_own(tmp_path):
    built = make(tmp_path, {f"docs/wiki/b{n:02}.md": text(f"B{n:02}", "status: draft") for n in range(20)})
    shown = titles(built.page("wiki/").main.find(".hub-card"))
    assert 3 < len(shown) < 20
    assert "wiki/ebauches/" in built.targets("wiki/")
    assert listed(built, "wiki/ebauches/") == [[f"B{n:02}" for n in range(20)]]
