"""A hub is read whole: what is wrong with one file never keeps the others from being read."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest

from hub import files as files_module
from hub.errors import HubError
from hub.loading import load
from hub.vocab import builtin
from tests.support import checked, codes, commit, git, hub, note, one, places, run, said, write


def test_an_empty_hub_loads(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {})
    assert (loaded.library.entries, len(loaded.report)) == ((), 0)


def test_a_folder_without_a_hub_is_the_operators_fault(tmp_path: Path) -> None:
    with pytest.raises(HubError):
        load(tmp_path)


def test_the_folder_gives_the_kind_and_the_name_the_id_and_language(tmp_path: Path) -> None:
    text = note()
    files = ["notes/a.md", "notes/a.en.md", "wiki/b.md", "page.md", "index.md", "dossier/index.md", "notes/index.md"]
    loaded = hub(tmp_path, {f"docs/{name}": text for name in files})
    assert sorted(entry.key for entry in loaded.library) == [
        ("article", "b", "fr"),
        ("note", "a", "en"),
        ("note", "a", "fr"),
        ("page", "dossier", "fr"),
        ("page", "index", "fr"),
        ("page", "notes", "fr"),
        ("page", "page", "fr"),
    ]


def test_an_english_hub_has_english_folders(tmp_path: Path) -> None:
    settings = "site_name: x\nplugins:\n  - hub:\n      languages: [en, fr]\n"
    loaded = hub(tmp_path, {"mkdocs.yml": settings, "docs/projects/a.md": note(), "docs/projects/a.fr.md": note()})
    assert sorted(entry.key for entry in loaded.library) == [("project", "a", "en"), ("project", "a", "fr")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_in_a_name_count_the_same_in_either_form(tmp_path: Path, form: str) -> None:
    name = unicodedata.normalize(form, "évaluation-à-mi-parcours")
    loaded = hub(
        tmp_path, {f"docs/notes/{name}.md": note(), "docs/notes/b.md": note(body="[a](évaluation-à-mi-parcours.md)\n")}
    )
    assert loaded.library.get("note", "evaluation-a-mi-parcours")
    assert codes(loaded.report) == []


def test_unreadable_files_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    loaded = hub(
        tmp_path,
        {
            "docs/notes/vide.md": "",
            "docs/notes/latin.md": "Santé".encode("latin-1"),
            "docs/notes/cassee.md": "---\ntitle: [\n---\n",
            "docs/notes/dossier.md/dedans.md": note(),
            "docs/notes/bonne.md": note(),
        },
    )
    assert codes(loaded.report) == ["bad-yaml", "directory-named-md", "not-utf8", "empty-file"]
    assert [entry.id for entry in loaded.library] == ["bonne", "dedans"]


def test_names_in_another_encoding_and_what_is_no_file_are_borne(tmp_path: Path) -> None:
    notes = write(tmp_path, {"docs/notes/a.md": note()}) / "docs/notes"
    os.mkfifo(notes / "tuyau.md")
    try:
        Path(os.fsdecode(bytes(notes) + b"/r\xe9sum\xe9.md")).write_bytes(b"---\ncouleur: x\n---\n")
    except OSError:
        pytest.skip("this file system knows only UTF-8")
    assert len(load(tmp_path).library.entries) == 2
    result = run("check", "--format", "json", cwd=tmp_path)
    assert result.exit_code == 1
    rules = sorted(one["rule"] for one in json.loads(result.stdout)["problems"])
    assert rules == ["empty-text", "linked-file", "missing-field", "name-not-portable", "unknown-key"]


def test_a_reference_to_an_unreadable_file_is_no_second_fault(tmp_path: Path) -> None:
    body = "[la note](cassee.md), [[cassee]], [[note:cassee]]\n"
    loaded = hub(
        tmp_path,
        {"docs/notes/cassee.md": "---\ntitle: [\n---\n", "docs/notes/a.md": note("related: [note:cassee]", body=body)},
    )
    assert codes(loaded.report) == ["bad-yaml"]


def test_links_out_of_the_content_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret/x.md": note(), "docs/notes/a.md": note()})
    (tmp_path / "docs/notes/lien.md").symlink_to(tmp_path / "secret/x.md")
    (tmp_path / "docs/lien").symlink_to(tmp_path / "secret")
    assert [entry.id for entry in load(tmp_path).library] == ["a"]


def test_the_same_id_in_two_kinds_is_no_fault(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/fbr.md": note(), "docs/glossaire/fbr.md": note()})
    assert codes(loaded.report) == []


def test_an_english_text_joins_its_original(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/essai.md": note(), "docs/notes/trial.en.md": note("translation_of: essai")})
    french = loaded.library.get("note", "essai", "fr")
    assert french
    assert sorted(loaded.library.translations(french)) == ["en", "fr"]
    assert codes(loaded.report) == []


@pytest.mark.parametrize("status", ["submitted", "in-review"])
def test_under_review_the_last_published_text_is_shown(tmp_path: Path, status: str) -> None:
    path = "docs/notes/a.md"
    write(tmp_path, {path: note("summary: Ancien.")})
    commit(tmp_path)
    write(tmp_path, {path: note("summary: Nouveau.", f"status: {status}", body="[rien](absent.md)\n")})
    commit(tmp_path)
    shown = load(tmp_path)
    entry = shown.library.get("note", "a")
    assert entry
    assert (entry.summary, entry.notice, codes(shown.report)) == ("Ancien.", status, [])
    draft = load(tmp_path, drafts=True)
    found = draft.library.get("note", "a")
    assert found
    assert (found.summary, codes(draft.report)) == ("Nouveau.", ["broken-link"])


def test_what_was_withdrawn_stays_so_while_a_new_text_is_under_review(tmp_path: Path) -> None:
    path = "docs/notes/a.md"
    gone = ("status: retiré", "withdrawal: {date: 2026-11-01, reason: Les chiffres étaient faux.}")
    for lines in (("summary: Ancien.",), gone, ("summary: Nouveau.", "status: soumis")):
        write(tmp_path, {path: note(*lines)})
        commit(tmp_path)
    loaded = load(tmp_path)
    entry = loaded.library.get("note", "a")
    assert entry
    assert (entry.status, entry.notice, codes(loaded.report)) == ("withdrawn", "submitted", [])
    assert entry.withdrawal


def test_what_was_published_again_after_its_withdrawal_is_shown(tmp_path: Path) -> None:
    path = "docs/notes/a.md"
    for lines in (("status: retiré",), ("summary: Corrigé.",), ("status: draft",), ("status: soumis",)):
        write(tmp_path, {path: note(*lines)})
        commit(tmp_path)
    entry = load(tmp_path).library.get("note", "a")
    assert entry
    assert entry.summary == "Corrigé."


def test_what_was_never_published_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/a.md": note("status: submitted"), "docs/notes/b.md": note("related: [note:a]")})
    commit(tmp_path)
    loaded = load(tmp_path)
    assert [entry.id for entry in loaded.library] == ["b"]
    assert codes(loaded.report) == ["unpublished"]
    assert loaded.library.hidden == {("note", "a")}


def test_without_git_what_is_under_review_is_left_out(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/a.md": note("status: submitted")})
    assert (loaded.library.entries, codes(loaded.report)) == ((), ["unpublished"])


def test_checking_reads_what_is_under_review_as_it_stands(tmp_path: Path) -> None:
    files = {
        "docs/notes/a.md": note("status: submitted", body="[rien](absent.md)\n"),
        "docs/notes/b.md": note("related: [note:a]"),
    }
    assert codes(checked(tmp_path, files).report) == ["unpublished", "broken-link"]


def test_checking_reads_a_hub_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"docs/notes/a.md": note("status: soumis"), "docs/notes/b.md": note()}
    times: dict[str, int] = {}
    read = files_module.raw_bytes

    def counted(path: Path) -> bytes:
        times[path.name] = times.get(path.name, 0) + 1
        return read(path)

    monkeypatch.setattr(files_module, "raw_bytes", counted)
    report = checked(tmp_path, files).report
    assert times == {"a.md": 1, "b.md": 1}
    assert "“soumis”" in said(one(report, "unpublished"))


def test_an_older_revision_shown_in_place_is_not_checked(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/a.md": note(body="[rien](absent.md)\n")})
    commit(tmp_path)
    write(tmp_path, {"docs/notes/a.md": note("status: submitted")})
    assert len(load(tmp_path).report) == 0


def test_a_hubs_own_vocabulary_adds_to_the_librarys_and_changes_its_labels(tmp_path: Path) -> None:
    terms = "title: Niveaux\nterms:\n  long: {fr: longue, en: long}\n  short: {fr: brève, en: brief}\n"
    files = {f"docs/notes/{n}.md": note(f"tier: {tier}") for n, tier in enumerate(("longue", "brève", "courte"))}
    loaded = hub(tmp_path, {"docs/vocabulaires/tier.yml": terms, **files})
    assert [entry.tier for entry in loaded.library] == ["long", "short", "short"]  # type: ignore[attr-defined]
    assert loaded.library.vocabularies["tier"].label("short", "fr") == "brève"
    assert codes(loaded.report) == []


def test_a_hubs_own_vocabulary_takes_no_term_away_that_the_library_relies_on(tmp_path: Path) -> None:
    terms = "title: x\nterms:\n  neuf: {fr: neuf, en: new}\n"
    names = ("status", "role", "country", "license", "language", "relation")
    loaded = hub(tmp_path, {f"docs/vocabulaires/{name}.yml": terms for name in names})
    for name in names:
        assert loaded.library.vocabularies[name].terms.keys() == {*builtin()[name].terms, "neuf"}
    assert loaded.library.vocabularies["license"].terms["CC-BY-4.0"].extra["url"]


@pytest.mark.parametrize(
    "name", ["Recette", "visite de site", "1er", "", "note", "recette-a"], ids=lambda name: name or "none"
)
def test_a_kind_that_could_not_be_referred_to_or_told_apart_is_refused(tmp_path: Path, name: str) -> None:
    mine, other = kind_file(name, "recettes"), kind_file("recette-a", "plats")
    with pytest.raises(HubError):
        hub(tmp_path, {"mkdocs.yml": OWN_KINDS, "kinds/a.py": other, "kinds/b.py": mine})


def test_a_folder_has_one_kind(tmp_path: Path) -> None:
    with pytest.raises(HubError, match="recettes"):
        hub(
            tmp_path,
            {
                "mkdocs.yml": OWN_KINDS,
                "kinds/a.py": kind_file("a", "recettes"),
                "kinds/b.py": kind_file("b", "recettes"),
            },
        )


@pytest.mark.parametrize("name", ["site-visit", "visite_2"])
def test_a_kinds_name_may_have_dashes_and_digits(tmp_path: Path, name: str) -> None:
    files = {
        "mkdocs.yml": OWN_KINDS,
        "kinds/a.py": kind_file(name, "visites"),
        "docs/visites/v1.md": note(),
        "docs/notes/a.md": note(f"related: [{name}:v1]", body=f"[[{name}:v1]]\n"),
    }
    loaded = hub(tmp_path, files)
    assert codes(loaded.report) == []
    visit = loaded.library.get(name, "v1")
    assert visit
    assert len(loaded.library.backlinks(visit)) == 2


@pytest.mark.parametrize(
    ("path", "front"),
    [
        ("themes.md", ""),
        ("mots-cles/x.md", ""),
        ("en.md", ""),
        ("en/x.md", ""),
        ("x.md", "id: notes/x"),
        ("billets/auteurs.md", "date: 2015-01-01"),
        ("notes/ebauches.md", ""),
        ("notes/lieux.md", ""),
        ("notes/page.md", ""),
        ("notes/x.en.md", "id: page"),
        ("wiki/pages-demandees.md", ""),
    ],
)
def test_the_addresses_of_lists_and_languages_are_kept_for_them(tmp_path: Path, path: str, front: str) -> None:
    fault = one(hub(tmp_path, {f"docs/{path}": note(front) if front else note()}).report, "address-taken")
    assert fault.location.path == f"docs/{path}"


def test_two_texts_cannot_have_one_address(tmp_path: Path) -> None:
    files = {"docs/autre.md": note("id: notes/a"), "docs/notes/a.md": note()}
    fault = one(hub(tmp_path, files).report, "address-taken")
    assert str(fault.location) == "docs/autre.md:3:5"
    assert said(fault).startswith("The address “notes/a/” belongs to docs/notes/a.md.")


@pytest.mark.parametrize(
    "path",
    ["index.md", "index.en.md", "page.md", "notes/index.md", "notes/index.en.md", "notes/auteurs.md", "billets-de.md"],
)
def test_introductions_and_other_words_are_free(tmp_path: Path, path: str) -> None:
    assert codes(hub(tmp_path, {f"docs/{path}": note()}).report) == []


OWN_KINDS = "site_name: x\nplugins:\n  - hub:\n      kinds: kinds\n"


def kind_file(name: str, folder: str) -> str:
    label = f"Label({folder!r}, {folder!r})"
    return (
        "from hub.i18n import Label\nfrom hub.model import Entry, Kind\n\n\n"
        f"class Own(Entry):\n    pass\n\n\n"
        f"KIND = Kind(name={name!r}, model=Own, folder={label}, label={label}, plural={label})\n"
    )


def test_a_fault_has_the_place_of_its_value(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/a.md": b"\xef\xbb\xbf" + note("date:   hier").replace("\n", "\r\n").encode()})
    assert places(loaded.report) == ["docs/notes/a.md:3:9 bad-date"]
    assert one(loaded.report, "bad-date").params["found"] == "hier"


def test_what_stood_on_a_branch_only_was_never_published(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/b.md": note()})
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "proposal")
    write(tmp_path, {"docs/notes/a.md": note(body="Ébauche de branche.\n")})
    commit(tmp_path)
    write(tmp_path, {"docs/notes/a.md": note("status: in-review", body="En revue.\n")})
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "Fusion", "proposal")
    assert load(tmp_path).library.get("note", "a") is None


def test_a_consent_that_was_taken_back_holds_for_the_revision_that_is_shown(tmp_path: Path) -> None:
    with_consent = "---\ntitle: P\nbio: Sa vie.\nconsent: {date: 2020}\n---\n"
    write(tmp_path, {"docs/personnes/p.md": with_consent})
    commit(tmp_path)
    write(tmp_path, {"docs/personnes/p.md": "---\ntitle: P\nstatus: submitted\n---\n"})
    commit(tmp_path)
    shown = load(tmp_path).library.get("person", "p")
    assert shown is not None
    assert shown.bio == "Sa vie."
    assert not shown.shows_profile


def test_an_id_too_long_for_a_folder_falls_back_to_the_files_name(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/notes/a.md": note(f"id: {'a' * 300}")})
    assert codes(loaded.report) == ["bad-id"]
    assert [entry.id for entry in loaded.library] == ["a"]
