"""A new kind is one file: a hub's own gets pages, an index, facets, backlinks, checks and a template."""

from __future__ import annotations

import json

import pytest

from hub import load
from tests.site.hubs import build, text, titles
from tests.support import run, write

KIND = '''
"""Recipe: a kind that only this hub has."""

from typing import Annotated

from hub.about import about
from hub.fields import Code, In, Many, Ref, To
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.parts import Part


class Ingredient(Part):
    """What goes into it."""

    name: str = about("Ingrédient", "Ingredient", required=True, example="maïs")
    grams: int | None = about("Grammes", "Grams")


class Recipe(Entry):
    """Recette."""

    serves: int = about("Pour", "Serves", required=True, example="4")
    country: Annotated[Code, In("country")] | None = about("Pays", "Country", example="BJ")
    ingredients: Many[Ingredient] = about("Ingrédients", "Ingredients", default=(), view="table")
    cooked_in: Annotated[Ref, To("project")] | None = about(
        "Cuisinée dans", "Cooked in", example="cantines", back=("Recettes du projet", "Recipes of the project")
    )


KIND = Kind(
    name="recette",
    model=Recipe,
    folder=Label("recettes", "recipes"),
    label=Label("Recette", "Recipe"),
    plural=Label("Recettes", "Recipes"),
    description=Label("Ce que l’on mange.", "What people eat."),
    home=Label("À table", "At table"),
    rank=12,
    template=Label("Mélanger :\\n\\n…\\n", "Mix:\\n\\n…\\n"),
)
'''
FILES = {
    "mkdocs.yml": "site_name: Cuisine\nplugins:\n  - hub:\n      kinds: kinds\n",
    "kinds/recette.py": KIND,
    "docs/recettes/pate.md": text(
        "Pâte rouge",
        "serves: 6",
        "country: Bénin",
        "themes: [repas]",
        "date: 2024-02",
        "places: [BJ]",
        "cooked_in: cantines",
        "ingredients:",
        "  - {name: Tomate, grams: 300}",
        "  - {name: Maïs}",
        body="On mélange, avec [[Cantines]].",
    ),
    "docs/recettes/pate.en.md": text("Red dough", "serves: 6", body="Mix."),
    "docs/recettes/riz.md": text("Riz", "serves: 2", "status: draft"),
    "docs/projets/cantines.md": text("Cantines", body="Voir [[Pâte rouge]] et [le riz](../recettes/riz.md)."),
    "docs/vocabulaires/themes.yml": "title: Thème\nterms:\n  repas: {fr: Repas, en: Meals}\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write(tmp_path_factory.mktemp("cuisine"), FILES)


@pytest.fixture(scope="module")
def built(root):
    return build(root, strict=True)


def test_it_has_pages_in_both_languages(built):
    page = built.page("recettes/pate/")
    assert page.one("h1").text == "Pâte rouge"
    rows = {row.one("dt").text: row.one("dd").text for row in page.main.find(".hub-identity dl div")}
    assert rows["Pour"] == "6"
    assert rows["Pays"] == "Bénin"
    assert rows["Cuisinée dans"] == "Cantines"
    cells = [[cell.text for cell in row.find("td")] for row in page.main.find("tbody tr")]
    assert cells == [["Tomate", "300"], ["Maïs", "–"]]
    assert built.page("en/recettes/pate/").one("h1").text == "Red dough"


def test_it_has_an_index_with_facets_and_drafts_apart(built):
    main = built.page("recettes/").main
    assert main.one("h1").text.startswith("Recettes")
    assert "Ce que l’on mange." in main.text
    assert titles(main.find(".hub-cards")[0].find(".hub-card")) == ["Pâte rouge"]
    for address in ("recettes/themes/repas/", "recettes/annees/2024/", "recettes/lieux/bj/"):
        assert titles(built.page(address).main.find(".hub-card")) == ["Pâte rouge"], address
        assert address in built.targets("recettes/")
    assert titles(built.page("themes/repas/").main.find(".hub-card")) == ["Pâte rouge"]
    assert "Recipes" in built.page("en/recettes/").one("h1").text
    assert "Riz" in main.text


def test_it_stands_in_the_navigation_and_on_the_home_page(built):
    menu = [link.text for link in built.page("").one("nav.hub-nav").find("a")]
    assert "Recettes" in menu
    assert "À table" in built.page("").main.text
    assert "recettes/pate/" in built.targets("")


def test_the_project_shows_it_under_the_heading_that_the_field_asks_for(built):
    sections = {
        section.one("h2").text: [
            built.leads("projets/cantines/", card.one("h3 a")["href"]) for card in section.find("li")
        ]
        for section in built.page("projets/cantines/").main.find("section.hub-section")
    }
    assert sections == {"Recettes du projet 1": ["recettes/pate/"]}


def test_wiki_links_and_references_know_it(built):
    assert {"recettes/pate/", "recettes/riz/"} <= set(built.targets("projets/cantines/"))
    assert built.link_faults()[1] == []


def test_its_fields_are_checked(tmp_path):
    root = write(
        tmp_path,
        {
            **FILES,
            "docs/recettes/faux.md": text("Faux", "serves: beaucoup", "country: Atlantide", "cuisson: longue"),
            "docs/recettes/lien.md": text("Lien", "serves: 2", "cooked_in: cantine"),
            "docs/recettes/vide.md": text("Vide"),
        },
    )
    done = run("check", "--format", "json", cwd=root)
    assert done.exit_code == 1, done.output
    problems = json.loads(done.stdout)["problems"]
    found = {
        (one["file"].rsplit("/", 1)[1], one["rule"], one["line"]) for one in problems if one["severity"] == "error"
    }
    assert found == {
        ("faux.md", "wrong-type", 3),
        ("faux.md", "not-in-vocabulary", 4),
        ("faux.md", "unknown-key", 5),
        ("lien.md", "broken-reference", 4),
        ("vide.md", "missing-field", 1),
    }
    assert any("cantines" in one["hint"] for one in problems if one["rule"] == "broken-reference")


def test_hub_new_writes_a_file_that_loads(tmp_path):
    root = write(tmp_path, FILES)
    done = run("new", "recette", "Sauce", "d’arachide", cwd=root)
    assert done.exit_code == 0, done.output
    path = root / done.stdout.strip()
    assert path.parent == root / "docs/recettes"
    written = path.read_text("utf-8")
    for key in ("serves:", "cooked_in:", "ingredients:", "Mélanger :"):
        assert key in written
    loaded = load(root)
    entry = loaded.library.get("recette", path.stem)
    assert entry is not None
    assert entry.title == "Sauce d’arachide"
    assert [
        one for one in loaded.report if one.location.path.endswith(path.name) and one.rule.severity.name == "ERROR"
    ] == []


def test_a_kind_that_cannot_be_read_is_named(tmp_path):
    root = write(tmp_path, {**FILES, "kinds/cassee.py": "raise ValueError('oh')\n"})
    done = run("check", cwd=root)
    assert done.exit_code == 2
    assert "cassee.py" in done.output
    assert "Traceback" not in done.output
