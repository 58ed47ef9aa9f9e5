"""`hub new` writes files that load, for every kind, the hub's own included; and the examples that it shows work."""

from __future__ import annotations

from pathlib import Path

import pytest

import hub.kinds
from hub.examples import example_line
from hub.frontmatter import read
from hub.model import Kind
from hub.registry import discover
from hub.template import quoted
from tests.support import checked, codes, places, run, said, write

KINDS: list[Kind] = list(discover(hub.kinds, "KIND"))
TOY = '''
from hub.about import about
from hub.fields import Date
from hub.i18n import Label
from hub.model import Entry, Kind


class Recipe(Entry):
    """A recipe."""

    cooked: Date = about("Cuite le", "Cooked on", required=True, help=("Le premier jour.", "The first day."))
    until: Date | None = about("Jusqu’à", "Until", after="cooked")
    serves: int | None = about("Parts", "Serves", example="4")

    @classmethod
    def required_headings(cls, tier):
        return (Label("Ingrédients", "Ingredients"),)


KIND = Kind(
    name="recipe",
    model=Recipe,
    folder=Label("recettes", "recipes"),
    label=Label("Recette", "Recipe"),
    plural=Label("Recettes", "Recipes"),
    template=Label("## Ingrédients\\n\\n…\\n", "## Ingredients\\n\\n…\\n"),
)
'''
WITH_TOY = {"mkdocs.yml": "site_name: x\nplugins:\n  - hub:\n      kinds: kinds\n", "kinds/recipe.py": TOY}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_file_of_each_kind_loads_without_faults(tmp_path: Path, kind: Kind) -> None:
    write(tmp_path, {})
    result = run("new", kind.name, "L’appui : « une » #revue", cwd=tmp_path)
    folder = f"{kind.folder.fr}/" if kind.folder.fr else ""
    assert result.stdout.strip() == f"docs/{folder}l-appui-une-revue.md"
    loaded = checked(tmp_path, {})
    entry = loaded.library.entries[0]
    assert (entry.kind.name, entry.title, entry.status) == (kind.name, "L’appui : « une » #revue", "draft")
    assert codes(loaded.report) == [], list(map(said, loaded.report))


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind in KINDS for name in kind.model.model_fields],
    ids=lambda one: getattr(one, "name", one),
)
def test_the_example_of_each_field_works(tmp_path: Path, kind: Kind, name: str) -> None:
    """What only another entry or file, or the configuration, can put right is no fault of the example."""
    fields = {
        one: info
        for one, info in kind.model.model_fields.items()
        if info.is_required() and one not in {"id", "lang", name}
    }
    lines = [example_line(one, info) for one, info in {**fields, name: kind.model.model_fields[name]}.items()]
    text = "\n".join(["---", *lines, "---", "", "Un texte.", ""])
    themes = "title: x\nterms:\n  financing: {fr: Financement, en: Financing}\n"
    folder = f"{kind.folder.fr}/" if kind.folder.fr else ""
    loaded = checked(tmp_path, {f"docs/{folder}essai.md": text, "docs/vocabulaires/themes.yml": themes})
    elsewhere = {
        "broken-reference",
        "translation-without-original",
        "missing-file",
        "photo-without-consent",
        "label-not-code",
        "retired-without-salt",
        "idle-dismissal",
    }
    assert [code for code in codes(loaded.report) if code not in elsewhere] == [], text


@pytest.mark.parametrize(
    "word", ["note", "Note de capitalisation", "notes", "NOTES", "capitalisation note", "Notes_de capitalisation"]
)
def test_a_kind_may_be_called_by_any_of_its_names(tmp_path: Path, word: str) -> None:
    assert run("new", word, "x", cwd=write(tmp_path, {})).stdout.strip() == "docs/notes/x.md"


def test_an_unknown_kind_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    result = run("new", "projt", "x", cwd=write(tmp_path, {}))
    assert result.exit_code == 2
    assert "Did you mean “project”?" in result.stderr
    result = run("new", "zzzz", cwd=tmp_path)
    assert result.exit_code == 2
    assert "note, project" in result.stderr


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/x.md": "à moi"})
    result = run("new", "note", "X", cwd=tmp_path)
    assert result.exit_code == 2
    assert (tmp_path / "docs/notes/x.md").read_text() == "à moi"


def test_without_a_title_each_file_gets_a_free_name(tmp_path: Path) -> None:
    write(tmp_path, {})
    assert [run("new", "term", cwd=tmp_path).stdout.strip() for _ in range(3)] == [
        "docs/glossaire/terme.md",
        "docs/glossaire/terme-2.md",
        "docs/glossaire/terme-3.md",
    ]


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "/etc/passwd", "a/b", "..", "index", "con\x00", "é" * 300, "😀", "x.en"]
)
def test_a_title_never_leads_out_of_the_folder(tmp_path: Path, title: str) -> None:
    result = run("new", "note", title, cwd=write(tmp_path, {}))
    assert result.exit_code == 0
    assert [path.parent for path in tmp_path.rglob("*.md")] == [tmp_path / "docs/notes"]
    assert checked(tmp_path, {}).library.entries[0].kind.name == "note"


@pytest.mark.parametrize(
    "title",
    ["a: b", "#x", "- x", "[x", "'x", '"x"', "null", "~", "@x", "x #y", "é « x »", "*x", "!x", "a\nb", "", "\\"],
)
def test_a_title_is_read_back_as_it_was_given(title: str) -> None:
    source, faults = read(f"---\ntitle: {quoted(title)}\n---\n".encode(), "x.md")
    assert faults == []
    assert source.front.data.get("title", "") == " ".join(title.split())


def test_comments_are_in_the_hubs_language(tmp_path: Path) -> None:
    settings = "site_name: x\nplugins:\n  - hub:\n      languages: [en, fr]\n"
    path = run("new", "project", "A trial", cwd=write(tmp_path, {"mkdocs.yml": settings})).stdout.strip()
    text = (tmp_path / path).read_text()
    assert path == "docs/projects/a-trial.md"
    assert "# Participating organisations\n" in text
    assert "status: draft\n" in text


def test_a_hubs_own_kind_is_loaded_checked_and_begun(tmp_path: Path) -> None:
    write(tmp_path, WITH_TOY)
    assert run("new", "recette", "La pâte", cwd=tmp_path).stdout.strip() == "docs/recettes/la-pate.md"
    text = (tmp_path / "docs/recettes/la-pate.md").read_text()
    assert "# Cuite le – Le premier jour.\ncooked: 20" in text
    assert "# serves: 4\n" in text
    loaded = checked(tmp_path, {})
    assert codes(loaded.report) == []
    assert loaded.library.entries[0].kind.name == "recipe"
    faulty = "---\ntitle: x\ncooked: 2015\nuntil: 2014\nserve: 4\n---\n\nUn texte.\n"
    (tmp_path / "docs/recettes/la-pate.md").write_text(faulty)
    assert places(checked(tmp_path, {}).report) == [
        "docs/recettes/la-pate.md:1:1 missing-heading",
        "docs/recettes/la-pate.md:4:8 bad-period",
        "docs/recettes/la-pate.md:5:1 unknown-key",
    ]


def test_a_kind_that_cannot_be_read_is_the_operators_fault(tmp_path: Path) -> None:
    write(tmp_path, {**WITH_TOY, "kinds/recipe.py": "import nowhere_at_all"})
    result = run("check", cwd=tmp_path)
    assert result.exit_code == 2
    assert "recipe.py" in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_without_a_kind_the_kinds_are_told(tmp_path: Path) -> None:
    result = run("--lang", "en", "new", cwd=write(tmp_path, {}))
    assert result.exit_code == 2
    assert result.stderr.startswith("Say of which kind: note, ")
    assert not (tmp_path / "docs" / "notes").exists()
