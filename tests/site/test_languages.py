"""Two languages: each text in its own, translations on both pages, a switch that leads there or says that it cannot."""

from __future__ import annotations

import pytest

from tests.site.hubs import Built, make, plain, say, text, titles


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return make(
        tmp_path_factory.mktemp("languages"),
        {
            "docs/notes/deux.md": text(
                "Deux langues", "summary: En français.", body="Voir [le projet](../projets/p.md)."
            ),
            "docs/notes/deux.en.md": text("Two languages", "summary: In English.", body="See [[Projet]]."),
            "docs/notes/seule.md": text("Seule", body="Voir [l’autre](deux.md)."),
            "docs/notes/only.en.md": text("Only English", body="See [the other](deux.md)."),
            "docs/notes/autre-nom.md": text("Autre nom"),
            "docs/notes/other-name.en.md": text("Other name", "translation_of: autre-nom"),
            "docs/notes/partie.md": text("Partie"),
            "docs/notes/partie.en.md": text("Gone", "status: withdrawn"),
            "docs/projets/p.md": text("Projet"),
            "docs/projets/p.en.md": text("Project"),
            "docs/rejoindre.md": text("Rejoindre"),
            "docs/rejoindre.en.md": text("Join"),
            "docs/index.md": text("Accueil", body="Bienvenue."),
            "docs/index.en.md": text("Home", body="Welcome."),
        },
        config="site_name: Essai\nplugins:\n  - hub:\n      site_names: {en: Trial}\n",
    )


def alternates(built: Built, address: str) -> dict[str, str]:
    return {
        one["hreflang"]: built.leads(address, one["href"]) for one in built.page(address).head.find("link[hreflang]")
    }


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("notes/deux/", "en/notes/deux/"),
        ("notes/autre-nom/", "en/notes/autre-nom/"),
        ("rejoindre/", "en/rejoindre/"),
        ("", "en/"),
        ("notes/", "en/notes/"),
    ],
)
def test_translations_point_at_each_other(built, french, english):
    both = {"fr": french, "en": english}
    for address in both.values():
        assert alternates(built, address) == both
    assert built.leads(french, built.page(french).one("a.hub-lang")["href"]) == english
    assert built.leads(english, built.page(english).one("a.hub-lang")["href"]) == french


@pytest.mark.parametrize(
    ("address", "home", "words"),
    [("notes/seule/", "en/", "does not exist in English"), ("en/notes/only/", "", "n’existe pas en français")],
)
def test_the_switch_says_that_there_is_no_translation(built, address, home, words):
    switch = built.page(address).one("a.hub-lang")
    assert built.leads(address, switch["href"]) == home
    assert words in switch.text
    assert words in switch["title"]
    assert switch["lang"] == switch["hreflang"] == ("fr" if home == "" else "en")
    assert len(alternates(built, address)) == 1


def test_entries_name_their_translations(built):
    assert "en/notes/deux/" in built.targets("notes/deux/", ".hub-translations")
    assert "notes/deux/" in built.targets("en/notes/deux/", ".hub-translations")
    assert built.page("notes/seule/").find(".hub-translations") == []
    assert built.page("notes/partie/").find(".hub-translations") == []


def test_each_page_has_the_interface_of_its_language(built):
    french, english = built.page("notes/deux/"), built.page("en/notes/deux/")
    assert french.one("html")["lang"] == "fr"
    assert english.one("html")["lang"] == "en"
    for message in ("Skip to the text", "Menu"):
        assert plain(say(message)) in plain(french.one("body").text)
        assert say(message, "en") in plain(english.one("body").text)
    assert say("Skip to the text") != "Skip to the text"
    assert "Notes de capitalisation" in french.one("nav.hub-nav").text
    assert "Capitalisation notes" in english.one("nav.hub-nav").text
    assert french.one(".hub-brand").text == "Essai"
    assert english.one(".hub-brand").text == "Trial"


def test_the_text_of_the_home_page(built):
    assert "Bienvenue." in built.page("").main.text
    assert "Welcome." in built.page("en/").main.text


def test_links_stay_in_the_language_where_they_can(built):
    assert "projets/p/" in built.targets("notes/deux/")
    assert "en/projets/p/" in built.targets("en/notes/deux/")
    assert "en/notes/deux/" in built.targets("en/notes/only/")


def test_lists_show_each_text_once_in_the_language_of_the_reader(built):
    french = titles(built.page("notes/").main.find(".hub-card"))
    assert sorted(french) == ["Autre nom", "Deux langues", "Only English", "Partie", "Seule"]
    english = titles(built.page("en/notes/").main.find(".hub-card"))
    assert sorted(set(english)) == sorted(english)
    assert {"Two languages", "Other name", "Only English", "Seule"} <= set(english)
    assert "Deux langues" not in english


def test_cards_say_which_texts_are_in_another_language(built):
    cards = {
        card.one(".hub-card__title").text: card.one(".hub-eyebrow").text
        for card in built.page("en/notes/").main.find(".hub-card")
    }
    assert "French" in cards["Seule"]
    assert "French" not in cards["Two languages"]


def test_words_in_another_language_are_marked_for_those_who_hear_them(built):
    """WCAG 2.2, 3.1.2: a title in French on an English page says so."""
    for address, title, lang in (("en/notes/", "Seule", "fr"), ("notes/", "Only English", "en")):
        card = next(
            one for one in built.page(address).main.find(".hub-card") if one.one(".hub-card__title").text == title
        )
        assert [one for one in card if one.attrs.get("lang") == lang and title in one.text], address


def test_every_link_resolves(built):
    count, faults = built.link_faults()
    assert faults == []
    assert count > 500
