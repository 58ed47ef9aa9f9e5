"""A form comes back as it was filled in, becomes its own entry and nothing else, and credits nobody by a trick."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import forms
from hub.drafting.markdown import clean
from hub.errors import HubError
from hub.history.log import commits
from hub.i18n import translator
from hub.intake import answers, issue, telling
from hub.loading import load
from tests import documents
from tests.intake import asked, event, rendered, saved, ticked
from tests.support import GOLDEN, checked, codes, commit, git, places, png, run, write

LONG = bool(os.environ.get("HUB_TEST_LONG"))
PERSON = "---\ntitle: Jean-Paul Dossou\nconsent:\n  date: 2026-01-01\naccounts:\n  github: jpd\n---\n"
THEMES = (
    "title: Thème\nterms:\n  quality: {fr: 'Qualité: des soins', en: Quality}\n  money: {fr: Financement, en: Money}\n"
)
FILES = {
    "docs/personnes/jean-paul-dossou.md": PERSON,
    "docs/personnes/sans-accord.md": "---\ntitle: Sans Accord\naccounts:\n  github: silent\n---\n",
    "docs/organisations/cerrhud.md": "---\ntitle: CERRHUD\nacronym: CERRHUD\n---\n",
    "docs/vocabulaires/themes.yml": THEMES,
    "docs/notes/premiere.md": "---\ntitle: Première\n---\n\nUn texte.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load(write(tmp_path_factory.mktemp("forms"), FILES)).library


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return write(tmp_path / "hub", FILES)


def taken(hub: Path, form: str, given: dict[str, Any], *options: str, **more: Any) -> dict[str, Any]:
    """What `hub intake` says of a form."""
    declared = asked(load(hub).library, form)
    body = rendered(declared, {**ticked(declared), **given})
    path = saved(hub.parent / "event.json", event(body, **more))
    result = run("intake", path, "--format", "json", *options, cwd=hub)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return {"status": result.exit_code, **json.loads(result.stdout)["arrived"][0]}


def git_lines(root: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def written(hub: Path) -> set[str]:
    return {path.relative_to(hub).as_posix() for path in (hub / "docs").rglob("*") if path.is_file()} - set(FILES)


# Back as it was


SAID = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
TRICKY = st.sampled_from(
    [
        "### Titre",
        "### Thèmes\n\n- [X] Financement",
        "_No response_",
        "```\n### Résumé\n```",
        "- [x] Financement",
        "#### Titre",
        "---",
        "\r\n### Auteurs\r\n\r\n",
        "# Titre ### Résumé",
        "<!-- ### Titre -->",
    ]
)
VALUES = st.lists(SAID | TRICKY, max_size=4).map("\n".join)


@settings(
    max_examples=3000 if LONG else 120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), name=st.sampled_from(["note", "article", "person", "post", "comment", "error"]))
def test_what_a_form_was_filled_in_with_comes_back_or_is_told(library: Any, data: st.DataObject, name: str) -> None:
    form = asked(library, name)
    given: dict[str, Any] = {}
    for one in form.questions:
        given[one.id] = data.draw(st.sets(st.sampled_from(one.codes)) if one.choices else VALUES)
    every = forms.asked(library.kinds, library.vocabularies, "fr").values()
    body = rendered(form, given, data.draw(st.sampled_from(["\n", "\r\n"])))
    found = answers.read(body, every)
    assert found is not None
    assert found.form.name == name
    if found.doubtful:
        return
    for one in form.questions:
        if one.choices:
            assert set(found.chosen[one.id]) == given[one.id]
        else:
            expected = clean(given[one.id]).strip("\n \t")
            nothing = expected == answers.NOTHING or " ".join(expected.split()) == " ".join(one.value.split())
            assert found.text(one.id) == ("" if nothing else expected)


def test_an_answer_that_holds_headings_of_another_form_is_read_with_a_doubt(library: Any) -> None:
    form = asked(library, "comment")
    text = "### Titre\n\n### Auteurs\n\n### Thèmes\n\n### Lieux"
    given = {one.id: text for one in form.questions if not one.choices}
    found = answers.read(rendered(form, given), forms.asked(library.kinds, library.vocabularies, "fr").values())
    assert found is not None
    assert found.form.name == "comment"
    assert found.doubtful


def test_a_form_that_has_changed_since_is_read_as_far_as_it_goes(library: Any) -> None:
    form = asked(library, "note")
    body = rendered(form, {"title": "Un titre", "text": "Un texte."}).replace("### Mots clés\n\n_No response_\n\n", "")
    found = answers.read(body, [form])
    assert found is not None
    assert (found.text("title"), found.text("text")) == ("Un titre", "Un texte.")


def test_a_form_that_has_lost_questions_is_not_taken_for_another_that_asks_fewer(library: Any) -> None:
    every = forms.asked(library.kinds, library.vocabularies, "fr")
    body = rendered(every["note"], {"title": "Un titre"})
    for label in ("Résumé", "Lieux", "Publics visés"):
        body = body.replace(f"### {label}\n\n_No response_\n\n", "")
    found = answers.read(body, every.values())
    assert found is not None
    assert found.form.name == "note"


@pytest.mark.parametrize("body", ["", "Bonjour, le lien est mort.", "### Titre\n\nx", "### \n\n" * 1000])
def test_another_issue_is_no_form(library: Any, body: str) -> None:
    assert answers.read(body, forms.asked(library.kinds, library.vocabularies, "fr").values()) is None


def test_two_forms_that_ask_the_same_are_not_guessed_apart(library: Any) -> None:
    form = asked(library, "note")
    with pytest.raises(HubError, match="ask the same questions"):
        answers.read(rendered(form, {}), [form, form])


# What forges tell


def test_the_three_forges_tell_the_same_issue() -> None:
    github = event("Le texte.")
    forgejo = {"number": 12, "title": "t", "body": "Le texte.", "user": {"login": "mariam-b"}}
    gitlab = {"iid": 12, "id": 4, "title": "t", "description": "Le texte.", "author": {"username": "mariam-b"}}
    hook = {
        "object_kind": "issue",
        "user": {"username": "mariam-b"},
        "object_attributes": {"iid": 12, "description": "Le texte.", "title": "t"},
    }
    for told in (github, forgejo, gitlab, hook):
        found = issue.parse(json.dumps(told).encode())
        assert (found.body, found.number, found.account) == ("Le texte.", 12, "mariam-b")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"body": 3}',
        b'{"issue": {"body": "x", "pull_request": {"url": "y"}}}',
        b'{"issue": {"body": "' + b"x" * 400_001 + b'"}}',
        b" " * 5_000_001,
    ],
)
def test_what_is_no_issue_is_refused_with_what_to_do(raw: bytes) -> None:
    with pytest.raises(HubError, match="Save the forge’s own answer"):
        issue.parse(raw)


@pytest.mark.parametrize("number", [True, -1, 0, 10**12, "12", None, 1.5])
def test_a_number_that_is_none_is_none(number: Any) -> None:
    told = event("x")
    told["issue"] |= {"number": number, "created_at": "2026-99-99", "user": {"login": "a\nb"}}
    found = issue.parse(json.dumps(told).encode())
    assert (found.number, found.opened, found.account) == (0, "", "")


# What becomes of it


def golden(name: str, text: str) -> None:
    path = GOLDEN / "intake" / name
    if os.environ.get("HUB_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, f"read {name}, then run this test with HUB_UPDATE_GOLDEN=1"


def test_a_form_becomes_an_entry_and_a_report_that_people_can_read(hub: Path) -> None:
    declared = asked(load(hub).library, "note")
    body = rendered(
        declared,
        {
            "title": "La supervision à Allada : ce qui a marché",
            "summary": "En un an, les visites\nont changé de ton.",
            "experience_period": "2019/2021",
            "places": "Bénin\nAllada",
            "themes": ("quality",),
            "lessons": "- Préparer la visite avec l’équipe\n- Revenir avec les résultats",
            "keywords": "supervision; qualité des soins",
            "authors": "DOSSOU Jean-Paul\nMariam Inconnue",
            "text": "## Contexte\n\nÉcrire à mariam@example.org.\n\n## Résultats\n\nMoins de ruptures.",
            "files": "[Note.docx](https://github.com/user-attachments/files/1/Note.docx)",
            "agreement": declared.questions[-1].codes[:1],
        },
    )
    golden("formulaire.md", body + "\n")
    path = saved(hub.parent / "event.json", event(body))
    out = hub.parent / "out"
    result = run("intake", path, "--output", out, "--lang", "fr", cwd=hub)
    assert result.exit_code == 0, result.output
    entry = hub / "docs/notes/la-supervision-a-allada-ce-qui-a-marche.md"
    golden("entree.md", entry.read_text("utf-8"))
    golden("rapport.md", (out / "formulaire-12/report.md").read_text("utf-8"))
    golden("reponse.md", (out / "formulaire-12/answer.md").read_text("utf-8"))
    assert codes(checked(hub, {}).report) == []
    found = json.loads((out / "formulaire-12/result.json").read_text("utf-8"))
    assert found["branch"] == "formulaire-12"
    assert found["credited"] == ["jean-paul-dossou", "Mariam Inconnue"]


def test_a_document_that_came_with_a_form_is_its_text(hub: Path) -> None:
    paper = hub.parent / "Note DDS.docx"
    paper.write_bytes(documents.note(with_photo=False))
    found = taken(hub, "note", {"title": "Mon titre", "keywords": "a"}, "--attached", str(paper))
    assert found["entries"] == [
        {"file": "docs/notes/mon-titre.md", "title": "Mon titre", "kind": "Note de capitalisation"}
    ]
    text = (hub / "docs/notes/mon-titre.md").read_text("utf-8")
    assert "file: Note DDS.docx" in text
    assert "keywords:\n  - a\n" in text
    assert "PITA consolidé" in text


def test_pictures_stand_beside_the_text_without_what_cameras_write(hub: Path) -> None:
    paper = hub.parent / "photo.jpg"
    paper.write_bytes(documents.photo(600, 300))
    found = taken(hub, "note", {"title": "Mon titre", "text": "Un texte."}, "--attached", str(paper))
    assert found["files"] == ["docs/notes/mon-titre-image-1.jpg", "docs/notes/mon-titre.md"]
    assert b"Infinix" not in (hub / "docs/notes/mon-titre-image-1.jpg").read_bytes()
    assert "](mon-titre-image-1.jpg)" in (hub / "docs/notes/mon-titre.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data"), [("Note.docx", b"%PDF-1.7 no"), ("x.exe", b"MZ"), ("photo.jpg", png("x")), ("vide.docx", b"")]
)
def test_a_file_that_is_not_what_it_says_costs_itself(hub: Path, name: str, data: bytes) -> None:
    (hub.parent / name).write_bytes(data)
    found = taken(hub, "note", {"title": "Mon titre", "text": "Un texte."}, "--attached", str(hub.parent / name))
    assert found["status"] == 0
    assert found["files"] == ["docs/notes/mon-titre.md"]
    assert any(name in one["message"] for one in found["decide"])


# Who joins


def test_consent_is_recorded_where_it_was_ticked_and_nowhere_else(hub: Path) -> None:
    given = {"given_name": "Awa", "family_name": "Sow", "bio": "Médecin.", "orcid": "0000-0002-1825-0097"}
    found = taken(hub, "person", {**given, "consent": ("profil",), "affiliations": "CERRHUD\nHôpital: d’Allada"})
    text = (hub / "docs/personnes/awa-sow.md").read_text("utf-8")
    assert "consent:\n  date: 2026-11-20\n  scope:\n    - profil\n" in text
    assert "organisation: organisation:cerrhud" in text
    assert found["credited"] == ["Awa Sow"]
    assert "status:" not in text
    taken(hub, "person", {**given, "given_name": "Rose"})
    silent = (hub / "docs/personnes/rose-sow.md").read_text("utf-8")
    assert silent == "---\ntitle: Rose Sow\ngiven_name: Rose\nfamily_name: Sow\n---\n"


def test_a_consent_for_the_photo_alone_shows_no_profile(hub: Path) -> None:
    (hub.parent / "moi.jpg").write_bytes(documents.photo(300, 300))
    given = {"given_name": "Awa", "family_name": "Sow", "bio": "Médecin."}
    taken(hub, "person", {**given, "consent": ("photo",)}, "--attached", str(hub.parent / "moi.jpg"))
    text = (hub / "docs/personnes/awa-sow.md").read_text("utf-8")
    assert "bio" not in text
    assert "photo: awa-sow-image-1.jpg" in text
    entry: Any = load(hub).library.get("person", "awa-sow")
    assert not entry.shows_profile
    assert entry.shows_photo
    found = taken(hub, "person", {**given, "given_name": "Rose"}, "--attached", str(hub.parent / "moi.jpg"))
    assert found["files"] == ["docs/personnes/rose-sow.md"]


# Hostile


HOSTILE = [
    "../../etc/passwd",
    "..\\..\\x",
    "/etc/cron.d/x",
    "index",
    "premiere",
    "con",
    "x\n---\nstatus: published\n---\n",
    "x\nid: ../../y",
    "&a *a !!python/object:os.system {a: b}",
    "'\"; rm -rf / #$(touch evil)`touch evil`",
    "x\r\n\r\nCo-authored-by: Kofi <kofi@example.org>",
    "x\u2028\u2028Contribution-de: jean-paul-dossou",
    "Contribution-de: jean-paul-dossou",
    "\x1b]0;evil\x07\u202eevil",
    "@all #1 ![x](https://evil.example/x.png) <img src=x>",
    "{title} {0} %s {{proposal}}",
    "é" * 500,
    "🌍",
    "note:premiere",
]


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_form_writes_its_own_entry_and_credits_whom_the_report_names(hub: Path, evil: str) -> None:
    commit(hub)
    before = {name: (hub / name).read_bytes() for name in FILES}
    asked_for = ("title", "summary", "experience_period", "keywords", "authors", "text", "target_groups")
    found = taken(hub, "note", dict.fromkeys(asked_for, evil), "--branch", "--lang", "fr")
    assert found["status"] == 0
    assert found["branch"] == "formulaire-12"
    assert written(hub) == set()
    newest = commits(hub, "", "formulaire-12")[0]
    assert [one.name for one in newest.people if one.name != "Test"] == found["credited"]
    assert not any(one.mail for one in newest.people if one.name in found["credited"])
    assert newest.revision == ""
    git(hub, "switch", "-q", "formulaire-12")
    assert {name: (hub / name).read_bytes() for name in FILES} == before
    (path,) = written(hub)
    assert re.fullmatch(r"docs/notes/[a-z0-9-]+(\.en)?\.md", path)
    loaded = checked(hub, {})
    entry = next(one for one in loaded.library if one.text.path == path)
    assert entry.status == "draft"
    assert (entry.kind.name, entry.id) == ("note", Path(path).name.partition(".")[0])
    broken = {"bad-yaml", "unknown-key", "yaml-alias", "duplicate-key", "front-matter-unclosed"}
    assert not broken & {one.rule.code for one in loaded.report if one.location.path == path}
    assert not list(hub.parent.rglob("evil"))


def test_whoever_did_not_agree_is_not_found_by_an_account(hub: Path) -> None:
    (hub / "mkdocs.yml").write_text("site_name: Essai\nrepo_url: https://github.com/cop/hub\nplugins: [hub]\n")
    given = {"title": "Un titre", "text": "Un texte."}
    assert taken(hub, "note", given, account="jpd")["credited"] == ["jean-paul-dossou"]
    assert taken(hub, "note", given, account="silent")["credited"] == ["silent"]


def test_what_others_wrote_is_code_in_what_is_told() -> None:
    from hub.diagnostics import Message
    from hub.drafting.report import DECIDE, line
    from hub.intake.arrival import Arrival, Made

    evil = "@all #1 ![x](https://evil.example) <b> `\n# y"
    made = Arrival(
        Message("the form “{form}”", {"form": evil}),
        "x",
        Message("Propose “{title}”", {"title": evil}),
        made=(Made(evil, evil, evil),),
        credited=(evil,),
        lines=(line(DECIDE, "x", "{said}", said=evil),),
        left_out=(("mail", evil),),
    )
    for text in (telling.report(made, (), translator("fr")), telling.answer(made, (), translator("fr"))):
        assert "\n# y" not in text.replace("  # y", "")
        without_code = re.sub(r"(?s)(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
        assert "@all" not in without_code
        assert "evil.example" not in without_code


def test_a_long_form_keeps_to_what_a_forge_takes(hub: Path) -> None:
    text = "mot " * 16_000
    out = hub.parent / "out"
    declared = asked(load(hub).library, "note")
    body = rendered(
        declared, {"title": "x" * 5000, "keywords": text, "authors": "\n".join(f"N{n} X" for n in range(5000))}
    )
    result = run("intake", saved(hub.parent / "event.json", event(body)), "--output", out, cwd=hub)
    assert result.exit_code == 0, result.output
    for name in ("report.md", "answer.md"):
        assert len((out / "formulaire-12" / name).read_text("utf-8")) < 65_000


def test_answers_that_no_entry_can_hold_are_refused_or_told(hub: Path) -> None:
    found = taken(
        hub, "note", {"title": "Un titre", "summary": "x" * 50_000, "keywords": "\n".join(map(str, range(3000)))}
    )
    assert found["status"] == 0
    assert "2900" not in (hub / "docs/notes/un-titre.md").read_text("utf-8")
    assert {one["code"] for one in found["decide"]} >= {"answer-unknown"}
    assert places(checked(hub, {}).report) == []
    many = {one: "\n".join(f"{n} {'y' * 480}" for n in range(100)) for one in ("keywords", "target_groups", "lessons")}
    refused = taken(hub, "note", {"title": "Un autre", **many}, "--lang", "fr")
    assert refused["status"] == 2
    assert "plus longues" in refused["error"]
    assert written(hub) == {"docs/notes/un-titre.md"}


def test_who_asks_to_join_and_has_a_page_is_told(hub: Path) -> None:
    found = taken(hub, "person", {"given_name": "Jean-Paul", "family_name": "Dossou"})
    assert found["entries"][0]["file"] == "docs/personnes/jean-paul-dossou-2.md"
    assert "same-title" in {one["code"] for one in found["decide"]}


def test_fetching_needs_a_forge(hub: Path) -> None:
    declared = asked(load(hub).library, "note")
    link = "[a.docx](https://evil.example/user-attachments/files/1/a.docx)"
    body = rendered(declared, {"title": "Un titre", "text": "Un texte.", "files": link})
    path = saved(hub.parent / "event.json", event(body))
    assert "--repository" in run("intake", path, "--fetch", cwd=hub).output
    result = run("intake", path, "--fetch", "--repository", "https://github.com/cop/hub", "--format", "json", cwd=hub)
    assert result.exit_code == 0, result.output
    assert "file-missing" in {one["code"] for one in json.loads(result.stdout)["arrived"][0]["decide"]}


def test_whoever_has_left_is_not_named_by_their_id(hub: Path) -> None:
    write(hub, {"docs/personnes/rose-zin.md": "---\ntitle: Rose Zin\nretired: oui\n---\n"})
    found = taken(hub, "note", {"title": "Un titre", "text": "Un texte.", "authors": "rose-zin"})
    assert "author-unknown" in {one["code"] for one in found["decide"]}


# The command


def test_nothing_in_the_folder_changes_when_a_branch_is_made(hub: Path) -> None:
    commit(hub)
    (hub / "docs/notes/autre.md").write_text("---\ntitle: En cours\n---\n")
    found = taken(hub, "note", {"title": "Un titre", "text": "Un texte."}, "--branch")
    assert found["branch"] == "formulaire-12"
    assert written(hub) == {"docs/notes/autre.md"}
    again = run("intake", hub.parent / "event.json", "--branch", "--lang", "fr", cwd=hub)
    assert again.exit_code == 2
    assert "git branch -D formulaire-12" in again.stderr


def test_a_hub_below_the_top_of_its_repository_gets_its_own_files(hub: Path) -> None:
    declared = asked(load(hub).library, "note")
    path = saved(hub.parent / "event.json", event(rendered(declared, {"title": "Un titre", "text": "Un texte."})))
    commit(hub.parent)
    assert run("intake", path, "--branch", cwd=hub).exit_code == 0
    told = git_lines(hub.parent, "diff", "--name-status", "HEAD", "formulaire-12")
    assert told == ["A\thub/docs/notes/un-titre.md"]
    assert git_lines(hub.parent, "status", "--porcelain") == []


def test_without_a_repository_a_branch_is_refused_with_what_to_do(hub: Path) -> None:
    declared = asked(load(hub).library, "note")
    path = saved(hub.parent / "event.json", event(rendered(declared, {"title": "Un titre"})))
    refused = run("intake", path, "--branch", cwd=hub)
    assert refused.exit_code == 2
    assert "git config user.name" in refused.stderr
    assert written(hub) == set()


def test_wrong_use_is_said(hub: Path) -> None:
    for one in ("x.json", "docs"):
        assert run("intake", one, cwd=hub).exit_code == 2


def test_a_plain_issue_is_told_apart(hub: Path) -> None:
    refused = run("intake", saved(hub.parent / "event.json", event("Bonjour.")), "--lang", "fr", cwd=hub)
    assert refused.exit_code == 2
    assert "Proposer une note" in refused.stderr


def test_the_files_of_a_form_check_as_they_stand(hub: Path) -> None:
    for name, answered in {
        "article": {"title": "Un article", "question_answered": "Pourquoi : comment ?", "text": "Un texte."},
        "post": {"title": "Un billet", "date": "hier", "authors": "Jean-Paul Dossou", "text": "Un texte."},
    }.items():
        assert taken(hub, name, answered)["status"] == 0
    assert places(checked(hub, {}).report) == []
    assert "date: 2026-11-20" in (hub / "docs/billets/un-billet.md").read_text("utf-8")
