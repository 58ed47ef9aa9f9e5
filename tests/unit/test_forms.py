"""The forge's forms: valid by the rules that GitHub documents, and made of nothing but the kinds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import hub.kinds
from hub.about import Form
from hub.forms import HEADER, PLACES, forms
from hub.forms import asked as asked_forms
from hub.i18n import Label
from hub.intake import answers
from hub.registry import discover
from hub.vocab import Term, Vocabulary, builtin
from tests.support import run, write

ROOT = Path(__file__).parents[2]
KINDS = {kind.name: kind for kind in discover(hub.kinds, "KIND")}
ALLOWED = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value"},
    "dropdown": {"label", "description", "options"},
    "checkboxes": {"label", "description", "options"},
}
AWKWARD = Vocabulary(
    "themes",
    terms={
        code: Term(code, Label(label, label))
        for code, label in {
            "a": "Équité, genre: \"droits\" & 'santé'",
            "b": "None",
            "c": "- #tiret",
            "d": "Équité, genre: \"droits\" & 'santé'",
            "e": "true",
            "f": "deux\nlignes",
            "g": " ",
        }.items()
    },
)


def read(name: str, lang: str = "fr", forge: str = "github", **vocabularies: Vocabulary) -> dict:
    made = forms(KINDS, {**builtin(), **vocabularies}, lang, forge)
    return yaml.safe_load(made[f"{PLACES[forge]}/{name}.yml"])


def asked(form: dict) -> dict[str, dict]:
    return {element["id"]: element for element in form["body"] if "id" in element}


@pytest.mark.parametrize("forge", ["forgejo", "github"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_form_keeps_to_what_the_forge_takes(forge, lang):
    made = forms(KINDS, {**builtin(), "themes": AWKWARD}, lang, forge)
    assert {Path(path).stem for path in made} == {"note", "article", "post", "person", "comment", "error"}
    names = set()
    for path, text in made.items():
        form = yaml.safe_load(text)
        assert set(form) == {"name", "about" if forge == "forgejo" else "description", "labels", "body"}
        assert all(form[key].strip() for key in form if key not in {"labels", "body"})
        names.add(form["name"])
        elements = form["body"]
        ids = [element["id"] for element in elements if element["type"] != "markdown"]
        labels = [element["attributes"]["label"] for element in elements if element["type"] != "markdown"]
        assert ids, path
        assert len(set(ids)) == len(ids), path
        assert len(set(labels)) == len(labels), path
        for element in elements:
            assert set(element) <= {"type", "id", "attributes", "validations"}
            assert set(element["attributes"]) <= ALLOWED[element["type"]], path
            assert re.fullmatch(r"[A-Za-z0-9_-]+", element.get("id", "x"))
            options = element["attributes"].get("options", [])
            said = [one["label"] if isinstance(one, dict) else one for one in options]
            assert len(set(said)) == len(said), path
            assert all(isinstance(one, str) and one.strip() and one.casefold() != "none" for one in said), path
            assert bool(options) == (element["type"] in {"dropdown", "checkboxes"})
            texts = [value for value in element["attributes"].values() if not isinstance(value, list)]
            assert all(isinstance(text, str) and text.strip() for text in texts), path
    assert len(names) == len(made)


def test_questions_come_from_the_kind_and_choices_from_the_vocabularies():
    note = asked(read("note", themes=AWKWARD))
    assert note["title"]["validations"] == {"required": True}
    assert "validations" not in note["summary"]
    assert [one["label"] for one in note["themes"]["attributes"]["options"]] == [
        "Équité, genre: \"droits\" & 'santé'",
        "- #tiret",
        "true",
        "deux\nlignes",
    ]
    assert "## Leçons apprises" in note["text"]["attributes"]["value"]
    assert "Word" in note["files"]["attributes"]["description"]
    assert all(one["required"] for one in note["agreement"]["attributes"]["options"])
    # Without the hub's own list of themes, they are written.
    assert asked(read("note"))["themes"]["type"] == "textarea"
    long = Vocabulary("themes", terms={str(n): Term(str(n), Label(f"t{n}", f"t{n}")) for n in range(200)})
    assert asked(read("note", themes=long))["themes"]["type"] == "textarea"


def test_whoever_joins_agrees_to_nothing_by_joining():
    person = asked(read("person"))
    assert person["given_name"]["validations"] == {"required": True}
    assert "title" not in person
    assert not any("required" in one for one in person["consent"]["attributes"]["options"])


def test_a_form_is_in_the_hubs_language():
    assert read("person", "en")["name"] == "Join the community"
    assert asked(read("comment", "en"))["page"]["attributes"]["label"] == "Address of the page"


def test_a_kind_gets_a_form_by_declaring_one():
    own = replace(KINDS["term"], form=Form(("title", "acronym")))
    made = forms({"term": own}, builtin(), "fr")
    assert "Proposer un terme" in made[".github/ISSUE_TEMPLATE/term.yml"]
    assert set(made) == {f".github/ISSUE_TEMPLATE/{name}.yml" for name in ("term", "comment", "error")}


def test_every_field_of_a_form_is_one_of_the_kinds():
    for kind in KINDS.values():
        if kind.form:
            assert set(kind.form.required) <= set(kind.form.fields) <= set(kind.model.model_fields)


def test_the_command_writes_forms_and_tells_when_they_are_out_of_date(tmp_path):
    write(tmp_path, {"docs/index.md": "---\ntitle: Hub\n---\n"})
    assert run("forms", "--check", cwd=tmp_path).exit_code == 1
    assert not (tmp_path / ".github").exists()
    made = run("forms", cwd=tmp_path)
    assert made.exit_code == 0
    assert (tmp_path / ".github/ISSUE_TEMPLATE/note.yml").read_text().startswith(HEADER)
    assert run("forms", "--check", cwd=tmp_path).exit_code == 0
    themes = "title: Thème\nterms:\n  eau: {fr: Eau, en: Water}\n"
    write(tmp_path, {"docs/vocabulaires/themes.yml": themes})
    stale = run("forms", "--check", cwd=tmp_path)
    assert stale.exit_code == 1
    assert "note.yml" in stale.output
    assert "person.yml" not in stale.output


def test_gitlab_gets_the_same_questions_as_texts_that_issues_begin_with(tmp_path):
    write(tmp_path, {"docs/index.md": "---\ntitle: Hub\n---\n"})
    for _ in range(2):
        assert run("forms", "--forge", "gitlab", cwd=tmp_path).exit_code == 0
    text = (tmp_path / ".gitlab/issue_templates/Proposer une note.md").read_text("utf-8")
    text = text.replace("### Titre\n\n", "### Titre\n\nLa supervision\n").replace(
        "- [ ] J’ai le droit", "- [x] J’ai le droit"
    )
    found = answers.read(text, asked_forms(KINDS, builtin(), "fr").values())
    assert found is not None
    assert (found.form.name, dict(found.texts)) == ("note", {"title": "La supervision"})
    assert len(found.chosen["agreement"]) == 1


def test_somebodys_own_form_is_left_alone(tmp_path):
    write(tmp_path, {"docs/index.md": "---\ntitle: Hub\n---\n", ".github/ISSUE_TEMPLATE/note.yml": "name: Mine\n"})
    assert run("forms", cwd=tmp_path).exit_code == 2
    assert (tmp_path / ".github/ISSUE_TEMPLATE/note.yml").read_text() == "name: Mine\n"


def test_the_forms_of_this_repository_are_up_to_date():
    assert run("forms", "--check", cwd=ROOT).exit_code == 0
