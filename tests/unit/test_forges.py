"""Links lead into the forge's editor and forms, already filled in, for each forge that is known."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.bind import bind
from hub.config import make_config
from hub.fields import BindingContext
from hub.forges import LONGEST, edit_uri_of, find, name_of, new_file, new_issue, request
from hub.frontmatter import read
from hub.kinds.note import KIND
from hub.template import new_text
from hub.vocab import builtin

FORGES = {
    "github": find("https://github.com/sante/hub/", "edit/main/docs/"),
    "gitlab": find("https://gitlab.com/sante/hub", "-/edit/main/docs/"),
    "forgejo": find("https://codeberg.org/sante/hub/", "_edit/main/docs/{path}"),
}


@pytest.mark.parametrize(
    ("repo_url", "edit_uri", "name"),
    [
        ("https://github.com/a/b", "", "github"),
        ("https://github.example.org/a/b", "", "github"),
        ("https://gitlab.com/a/b/c", "", "gitlab"),
        ("https://codeberg.org/a/b", "", "forgejo"),
        ("https://gitea.example.org/a/b", "", "forgejo"),
        ("https://git.sante.example.bj/a/b", "-/edit/main/docs/", "gitlab"),
        ("https://git.sante.example.bj/a/b", "_edit/main/docs/", "forgejo"),
        ("https://git.sante.example.bj/a/b", "edit/main/docs/", ""),
        ("https://example.org/github/b", "", ""),
        ("", "edit/main/docs/", ""),
    ],
)
def test_a_forge_is_known_by_its_host_or_its_editor(repo_url: str, edit_uri: str, name: str) -> None:
    assert name_of(repo_url, edit_uri) == name
    assert (find(repo_url, edit_uri) is not None) == bool(name and edit_uri)


@pytest.mark.parametrize(
    ("repo_url", "edit_uri"),
    [
        ("https://github.com/a/b", "edit/main/docs/"),
        ("https://gitlab.com/a/b", "-/edit/main/docs/"),
        ("https://codeberg.org/a/b", "_edit/main/docs/"),
        ("https://example.org/a/b", ""),
        ("", ""),
    ],
)
def test_the_editor_is_known_where_nobody_named_it(repo_url: str, edit_uri: str, tmp_path: Path) -> None:
    assert edit_uri_of(repo_url) == edit_uri
    assert make_config(tmp_path, {"repo_url": repo_url}, {}).edit_uri == edit_uri
    assert make_config(tmp_path, {"repo_url": repo_url, "edit_uri": ""}, {}).edit_uri == ""
    assert make_config(tmp_path, {"repo_url": repo_url, "edit_uri": "x/y"}, {}).edit_uri == "x/y"


@pytest.mark.parametrize(
    ("edit_uri", "branch", "folder"),
    [
        ("edit/main/docs/", "main", "docs/"),
        ("/edit/main/docs", "main", "docs/"),
        ("edit/publié/hub/docs/{path}", "publié", "hub/docs/"),
        ("edit/main/{path}", "main", ""),
        ("edit/main/", "main", ""),
    ],
)
def test_branch_and_folder_are_those_of_the_editor(edit_uri: str, branch: str, folder: str) -> None:
    forge = find("https://github.com/a/b", edit_uri)
    assert (forge.branch, forge.folder) == (branch, folder)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("github", "https://github.com/sante/hub/new/main/docs/notes"),
        ("gitlab", "https://gitlab.com/sante/hub/-/issues/new"),
        ("forgejo", "https://codeberg.org/sante/hub/_new/main/docs/notes"),
    ],
)
def test_a_new_file_is_begun(name: str, address: str) -> None:
    made = urlsplit(new_file(FORGES[name], "notes", "mon-titre.md", "---\ntitle: Été & #1\n---\n", "Proposer une note"))
    asked = parse_qs(made.query)
    assert made._replace(query="").geturl() == address
    if name == "gitlab":
        assert asked["issue[title]"] == ["Proposer une note"]
        assert "\ntitle: Été & #1\n" in asked["issue[description]"][0]
    else:
        assert asked == {"filename": ["mon-titre.md"], "value": ["---\ntitle: Été & #1\n---\n"]}


@pytest.mark.parametrize("name", FORGES)
@settings(max_examples=30)
@given(st.text(max_size=60), st.text(max_size=60))
def test_every_sign_comes_through(name: str, title: str, text: str) -> None:
    title, text = (one.encode("utf-8", "ignore").decode() for one in (title, text))
    made = urlsplit(new_issue(FORGES[name], title, text))
    asked = parse_qs(made.query, keep_blank_values=True)
    assert list(asked.values()) == [[title], [text]]
    assert not made.fragment
    assert made.path.endswith("/issues/new")
    assert made.geturl().isascii()


@pytest.mark.parametrize("name", FORGES)
def test_no_address_is_longer_than_servers_take(name: str) -> None:
    for made in (new_file(FORGES[name], "notes", "a.md", "é" * 5_000, "x"), new_issue(FORGES[name], "x", "é" * 5_000)):
        assert len(made) < LONGEST
        assert "?" in made


def test_what_a_new_note_begins_with_fits_and_loads() -> None:
    for lang in ("fr", "en"):
        text = new_text(KIND, "Mon titre", lang, optional=False)
        made = new_file(FORGES["github"], "notes", "mon-titre.md", text, "x")
        assert parse_qs(urlsplit(made).query)["value"] == [text]
        assert "# " not in "".join(line for line in text.split("\n") if "facultatives" in line or "optional" in line)
        source, faults = read(text.encode(), "docs/notes/mon-titre.md")
        context = BindingContext(builtin(), frozenset({"note"}))
        entry, found = bind(KIND, source, "notes/mon-titre.md", entry_id="mon-titre", lang=lang, context=context)
        assert entry.status == "draft"
        assert not [*faults, *found]


@pytest.mark.parametrize(
    ("repo_url", "address"),
    [
        ("https://github.com/a/b/", "https://github.com/a/b/pull/7"),
        ("https://gitlab.example.org/a/b", "https://gitlab.example.org/a/b/-/merge_requests/7"),
        ("https://codeberg.org/a/b/", "https://codeberg.org/a/b/pulls/7"),
    ],
)
def test_a_request_has_an_address(repo_url: str, address: str) -> None:
    assert request(repo_url, 7) == address
