"""The editor's configuration: what kinds say of their fields, and whether the hub reads what the form writes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import yaml

from hub.checks import check
from hub.diagnostics import Severity
from hub.editor import configuration, in_form, policy
from hub.editor.fields import controls_in
from hub.editor_option import LOCAL, Editor, settings
from hub.errors import HubError
from hub.i18n import translator
from hub.loading import load
from hub_mkdocs.editor.pages import files
from tests.support import GOLDEN, commit, hub, note, write

WIDGETS = {"string", "text", "markdown", "select", "relation", "list", "object", "number", "image", "file"}
ON_GITLAB = Editor("gitlab", "groupe/hub", "main", "https://forge.example.org", "abc")
WRITTEN = (
    "exemple",
    "2015-04-18",
    "1299253 EUR",
    "https://www.example.org/a",
    "0000-0002-1825-0097",
    "03gzr6j88",
    "note:exemple",
    "L1",
    "a" * 64,
)
"""What people write, the first that a control takes."""


def made(root: Path, files: dict[str, str] | None = None, editor: Editor = ON_GITLAB, prefix: str = ""):
    loaded = hub(root, files or {})
    return loaded, configuration(loaded.library.kinds, loaded.library.vocabularies, loaded.config, editor, prefix)


def named(told, name: str):
    return next(one for one in told["collections"] if one["name"] == name)


@pytest.mark.parametrize("name", ["note", "term-en"])
def test_the_form_of_a_kind_is_the_one_that_was_agreed_on(tmp_path: Path, name: str) -> None:
    found = json.dumps(named(made(tmp_path)[1], name), ensure_ascii=False, indent=1) + "\n"
    # A list of all the countries is a long thing to read.
    found = re.sub(
        r'("widget": "select",\s*"options": \[(?:\s*\{[^}]*\},){4}).*?(\s*\])', r"\1 …\2", found, flags=re.DOTALL
    )
    path = GOLDEN / "editor" / f"{name}.json"
    if os.environ.get("HUB_UPDATE_GOLDEN"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


def test_every_kind_has_a_form_in_each_language_that_the_editor_can_show(tmp_path: Path) -> None:
    loaded, told = made(tmp_path)
    names = [one["name"] for one in told["collections"]]
    assert len(names) == len(set(names)) == len(loaded.library.kinds) * len(loaded.config.languages)
    for collection in told["collections"]:
        fields = collection["fields"]
        assert collection["identifier_field"] in [one["name"] for one in fields if one["required"]]
        assert {"title", "body"} <= {one["name"] for one in fields}
        assert not {"id", "lang", "aliases"} & {one["name"] for one in fields}
        for one in controls_in(fields):
            where = f"{collection['name']}: {one['name']}"
            assert one["widget"] in WIDGETS, where
            assert one["label"].strip(), where
            assert isinstance(one["required"], bool), where
            if one["widget"] == "relation":
                assert one["collection"] in names, where
            if one["widget"] == "select":
                assert len({str(option["value"]) for option in one["options"]}) == len(one["options"]) > 0, where
            if "pattern" in one:
                pattern, words = one["pattern"]
                assert any(re.search(pattern, example) for example in WRITTEN), where
                assert not re.search(pattern, "ni ceci, ni cela !"), where
                assert translator("fr")(words) == words, where  # it is in French already
            within = one.get("fields", [])
            assert len({part["name"] for part in within}) == len(within), where


def test_files_land_where_the_hub_reads_them(tmp_path: Path) -> None:
    _, told = made(tmp_path, prefix="sites/benin/")
    french, english, page = (named(told, name) for name in ("note", "note-en", "page"))
    assert (french["folder"], french["extension"]) == ("sites/benin/docs/notes", "md")
    assert (english["folder"], english["extension"]) == ("sites/benin/docs/notes", "en.md")
    assert page["folder"] == "sites/benin/docs"
    assert {one["format"] for one in told["collections"]} == {"yaml-frontmatter"}
    assert english["identifier_field"] == "translation_of"


def filled(control) -> object:
    """What the form makes of one control."""
    widget = control["widget"]
    if widget == "select":
        value = control["options"][0]["value"]
    elif widget == "relation":
        value = "exemple"
    elif widget == "object":
        value = {one["name"]: filled(one) for one in control["fields"]}
    elif widget == "list":
        one = control.get("field")
        value = [filled(one) if one else {part["name"]: filled(part) for part in control["fields"]}]
    elif widget == "number":
        value = 3
    elif widget in {"image", "file"}:
        value = "photo.jpg"
    elif "pattern" in control:
        value = next(one for one in WRITTEN if re.search(control["pattern"][0], one))
    else:
        value = control.get("default", "Un texte, une photo.")
    return [value] if control.get("multiple") else value


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    return made(tmp_path_factory.mktemp("forms"), {})


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_form_that_is_filled_in_whole_passes_the_checks(forms, tmp_path: Path, lang: str) -> None:
    loaded, told = forms
    files: dict[str, str | bytes] = {}
    for kind in loaded.library.kinds.values():
        collection = named(told, kind.name if lang == "fr" else f"{kind.name}-{lang}")
        folder = collection["folder"]
        files[f"{folder}/photo.jpg"] = "une photo"
        required = [one for one in named(told, kind.name)["fields"] if one["required"]]
        for name, fields in (("exemple.md", required), (f"rempli.{collection['extension']}", collection["fields"])):
            values = {one["name"]: filled(one) for one in fields}
            if name != "exemple.md":
                values["title"] = "Autre titre"
                if lang == "fr":
                    values.pop("translation_of", None)
            body = values.pop("body", "Un texte.\n")
            front = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
            path = f"{folder}/{name}".replace("rempli.en", "exemple.en")
            files[path] = f"---\n{front}---\n{body}"
    found = [one for one in check(write(tmp_path, files)).report if one.rule.severity is Severity.ERROR]
    assert [f"{one.location} {one.rule.code} {dict(one.params)}" for one in found] == []


def test_a_text_knows_its_place_in_the_editor(tmp_path: Path) -> None:
    files = {
        "docs/notes/appui.md": "---\ntitle: L'appui aux zones\n---\nUn texte.\n",
        "docs/reunions/mai.md": "---\ntitle: Réunion de mai\ndate: 2015-05\n---\nUn texte.\n",
        "docs/notes/deux.md": note(),
        "docs/notes/deux.en.md": note(),
        "docs/notes/ailleurs/trois.md": note(),
        "docs/billets/signes.md": '---\ntitle: "A & B <c>"\ndate: 2015-05-01\n---\n',
    }
    loaded = hub(tmp_path, files)
    places = {one.src_uri: in_form(one, loaded.config, loaded.library.translations(one)) for one in loaded.library}
    appui = places["notes/appui.md"]
    assert appui.edit == "#/collections/note/entries/appui"
    hash_ = loaded.library.get("note", "appui", "fr").text.hash[:12]
    new = f"#/collections/note-en/new?translation_of=appui&source_hash={hash_}&title=L%E2%80%99appui%20aux%20zones"
    assert appui.translate == (("en", new),)
    assert places["reunions/mai.md"].translate[0][1].endswith("&date=2015-05")
    assert places["notes/deux.md"].translate == ()
    assert places["notes/deux.en.md"].edit == "#/collections/note-en/entries/deux"
    assert places["notes/ailleurs/trois.md"] is None
    assert "title=" not in places["billets/signes.md"].translate[0][1]


@pytest.mark.parametrize(
    ("option", "repo_url", "expected"),
    [
        (
            {"app_id": "abc"},
            "https://gitlab.com/groupe/hub/",
            Editor("gitlab", "groupe/hub", "main", "https://gitlab.com", "abc"),
        ),
        (
            {"backend": "forgejo", "app_id": "abc", "branch": "publie"},
            "https://forge.example.org/groupe/hub.git",
            Editor("forgejo", "groupe/hub", "publie", "https://forge.example.org", "abc"),
        ),
        (
            {"relay": "https://connexion.example.org/", "open_authoring": True},
            "https://github.com/groupe/hub",
            Editor("github", "groupe/hub", "main", "https://github.com", "", "https://connexion.example.org", True),
        ),
        (False, "", None),
    ],
)
def test_the_option_says_which_forge_and_the_repository_the_rest(option, repo_url: str, expected) -> None:
    assert settings(option, repo_url) == expected


@pytest.mark.parametrize(
    ("option", "repo_url", "said"),
    [
        ("gitlab", "", "app_id"),
        ({"backend": "sourceforge"}, "", "“backend”"),
        ({"app": "abc"}, "https://gitlab.com/a/b", "“app”"),
        ({}, "https://gitlab.com/a/b", "“app_id”"),
        ({}, "https://github.com/a/b", "“relay”"),
        ({"app_id": "abc", "backend": "gitlab"}, "", "“repo”"),
        ({"app_id": "abc", "backend": "forgejo", "repo": "a/b"}, "", "“base_url”"),
        ({"relay": "http://evil.example.org"}, "https://github.com/a/b", "secure"),
        ({"app_id": "a", "base_url": "https://a.org; script-src *"}, "https://gitlab.com/a/b", "secure"),
    ],
)
def test_what_the_option_lacks_is_named(option, repo_url: str, said: str) -> None:
    with pytest.raises(HubError) as error:
        settings(option, repo_url)
    assert said in error.value.message(translator("en"))


@pytest.mark.parametrize(
    ("editor", "hosts"),
    [
        (ON_GITLAB, {"https://forge.example.org"}),
        (Editor("github", "a/b", relay="https://r.example.org"), {"https://api.github.com"}),
        (Editor(LOCAL), set()),
    ],
)
def test_the_page_speaks_to_the_forge_and_to_nobody_else(editor: Editor, hosts: set[str]) -> None:
    rules = dict(rule.split(" ", 1) for rule in policy(editor).split("; "))
    assert set(rules["connect-src"].split()) == {"'self'", "blob:"} | hosts
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' 'unsafe-eval'"


def test_a_hub_in_a_folder_of_its_repository_knows_its_way(tmp_path: Path) -> None:
    root = write(tmp_path / "sites/benin", {"docs/notes/a.md": note()})
    commit(tmp_path)
    loaded = load(root)
    told = {one.address: one.text for one in files(loaded.library, loaded.config, ON_GITLAB, ["assets/hub.css"])}
    assert named(json.loads(told["admin/config.yml"]), "note")["folder"] == "sites/benin/docs/notes"
    assert yaml.safe_load(told["admin/config.yml"]) == json.loads(told["admin/config.yml"])
