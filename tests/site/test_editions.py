"""Editions of the whole site: each is as its tag has it, but for what must not be public today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub.addresses import is_plain_file
from tests.repository import Repository
from tests.searching import article
from tests.site.hubs import Built, plain, say
from tests.support import hub, run

CONFIG = (
    'site_name: Essai\nsite_url: https://hub.example.org/\nplugins:\n  - hub:\n      salt: "01234567890123456789"\n'
)
NOTE, OTHER = "docs/notes/appui.md", "docs/notes/autre.md"
SECRET = "Zinzolin"
EDITIONS = ("site/editions", ".cache/hub/editions")
WHO = "docs/personnes/awa-sow.md"


def person(*lines: str, title: str = "Awa Sow") -> str:
    return article(title, *lines)


def built(repository: Repository, *options: str) -> Built:
    done = run("build", *options, cwd=repository.root)
    assert done.exit_code == 0, done.output
    return Built(repository.root / "site", done.stderr.splitlines())


def released(repository: Repository, name: str, message: str = "") -> None:
    repository.git("tag", "-a", f"edition-{name}", "-m", message or name)


def holding(root: Path, words: str, *folders: str) -> list[str]:
    """The files of the site and of the editions that are kept which hold some words."""
    return [
        path.relative_to(root).as_posix()
        for folder in folders or ("site", ".cache/hub/editions")
        for path in (root / folder).rglob("*")
        if path.is_file() and (words in path.read_text("utf-8", "replace") or words in path.as_posix())
    ]


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> Repository:
    """Two editions and a current version; the middle text is renamed, the third deleted."""
    made = Repository(tmp_path_factory.mktemp("three") / "hub")
    ignored = {".gitignore": "/site/\n/.cache/\n"}
    first = {NOTE: article("Appui", "authors: [awa-sow]", body="Un texte sur le safran."), OTHER: article("Autre")}
    made.commit("un", {"mkdocs.yml": CONFIG, WHO: person(), **ignored, **first})
    released(made, "2025.1", "La première, awa@example.org")
    made.move(made.root / OTHER, made.root / "docs/notes/nouveau.md")
    made.commit("deux", {NOTE: article("Appui", "authors: [awa-sow]", body="Un texte sur le sorgho.")})
    released(made, "2026.1")
    files = {NOTE: article("Appui", "authors: [awa-sow]", body="Un texte sur le niébé.")}
    made.commit("trois", {**files, "docs/notes/apres.md": article("Après")})
    return made


@pytest.fixture(scope="module")
def site(three) -> Built:
    return built(three)


def test_each_edition_has_the_texts_of_its_day(site):
    bodies = {
        "": "niébé",
        "editions/2026.1/": "sorgho",
        "editions/2025.1/": "safran",
    }
    for folder, word in bodies.items():
        page = site.page(f"{folder}notes/appui/").one("main").text
        assert [other for other in bodies.values() if other in page] == [word]
    assert site.has("editions/2025.1/notes/autre/")
    assert site.has("editions/2026.1/notes/nouveau/")
    assert not site.has("editions/2026.1/notes/apres/")


def test_the_search_of_each_finds_its_own_words(site):
    for folder, word in {"": "niébé", "editions/2026.1/": "sorgho", "editions/2025.1/": "safran"}.items():
        texts = "".join(path.read_text("utf-8") for path in (site.root / folder / "search").glob("*.js"))
        assert [one for one in ("niébé", "sorgho", "safran") if one in texts] == [word]
        assert site.has(f"{folder}recherche/")


def test_a_page_says_of_which_edition_it_is_and_leads_to_the_current_version(site):
    page = site.page("editions/2026.1/notes/appui/")
    assert "(édition 2026.1)" in plain(page.one("title").text)
    assert plain(page.one(".hub-edition").text).startswith("Édition 2026.1, du 21 septembre 2020")
    assert site.targets("editions/2026.1/notes/appui/", ".hub-edition") == [""]
    assert page.one("meta[name=robots]")["content"] == "noindex"
    address = "https://hub.example.org/editions/2026.1/notes/appui/"
    assert page.one("link[rel=canonical]")["href"] == address
    assert page.one("meta[name=citation_public_url]")["content"] == address
    assert '"https://hub.example.org/notes/' not in page.one("script[type=application/ld+json]").text
    assert not site.page("notes/appui/").find(".hub-edition")
    assert not site.page("notes/appui/").find("meta[name=robots]")


def test_links_lead_somewhere(site):
    count, faults = site.link_faults()
    assert count > 500
    assert faults == []


def test_no_page_of_an_edition_names_another(site):
    """It is not made anew when others come."""
    own = list((site.root / "editions/2025.1").rglob("*.html"))
    assert len(own) > 20
    assert [path for path in own if "2026.1" in path.read_text("utf-8")] == []


def test_the_list_names_all_and_no_address(site):
    page = site.page("editions/")
    assert [one.text.strip() for one in page.find("main h2")] == [
        "Version actuelle",
        "Édition 2026.1",
        "Édition 2025.1",
    ]
    said = plain(page.one("main").text)
    assert "17 septembre 2020" in said
    assert "La première" in said
    assert "awa@" not in said
    assert site.targets("en/editions/", "main ul")[1:] == ["editions/2026.1/en/", "editions/2025.1/en/"]
    assert site.page("").find(".hub-editions")


def test_only_the_current_version_is_offered_to_search_engines(site):
    assert "editions/2026.1" not in (site.root / "sitemap.xml").read_text("utf-8")
    assert "https://hub.example.org/editions/" in (site.root / "sitemap.xml").read_text("utf-8")
    names = {path.rsplit("/", 1)[-1] for path in site.files if path.startswith("editions/2026.1/")}
    assert not names & {"sitemap.xml", "sitemap.xml.gz", "404.html"}


def test_the_past_of_texts_is_the_current_versions_alone(site):
    assert site.has("notes/appui/historique/")
    assert not [one for one in site.pages if one.startswith("editions/") and ("/historique/" in one or "/v/" in one)]
    said = plain(site.page("editions/2026.1/notes/appui/").one(".hub-foot").text)
    assert "Dernière révision le 19 septembre 2020 – Awa Sow" in said


def test_who_has_a_page_is_told_by_scripts(site):
    found: dict[str, list[str]] = {}
    for path in (site.root / "editions/pages").glob("*.js"):
        text = path.read_text("utf-8")
        found |= json.loads(text[text.index("(") + 1 : text.rindex(")")])
    assert found["notes/appui/"] == ["2026.1", "2025.1", ""]
    assert found["notes/autre/"] == ["2026.1", "2025.1", ""]  # it leads to the new address
    assert "notes/apres/" not in found


def test_nothing_of_the_repository_changes(three, site):
    assert three.git("status", "--porcelain") == ""
    assert three.git("worktree", "list").count("\n") == 0


def test_an_edition_is_built_again_only_where_something_it_depends_on_changed(tmp_path):
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": CONFIG, NOTE: article("Appui"), OTHER: article("Autre")})
    released(made, "2026.1")
    assert [line for line in built(made).said if "2026.1" in line]
    page = made.root / "site/editions/2026.1/notes/appui/index.html"
    first = page.stat()
    made.commit("deux", {"docs/notes/neuf.md": article("Neuf"), WHO: person("consent: {date: 2020}")})
    assert not [line for line in built(made).said if "2026.1" in line]
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    made.commit("trois", {OTHER: article("Autre", "status: withdrawn", "withdrawal: {date: 2020, reason: Faux}")})
    assert [line for line in built(made).said if "2026.1" in line]
    assert page.stat().st_mtime_ns != first.st_mtime_ns
    assert [line for line in built(made, "--clean").said if "2026.1" in line]
    # What somebody wrote into the site was written into the cache as well, for they are one file.
    page.write_text("x", "utf-8")
    built(made)
    assert page.read_text("utf-8") != "x"


def test_what_is_withheld_today_is_in_no_edition(tmp_path):
    made = Repository(tmp_path / "hub")
    files = {
        "mkdocs.yml": CONFIG,
        NOTE: article("Appui", body=f"Avec {SECRET}."),
        "docs/notes/zinzolin.md": article(f"Avec {SECRET}", body=f"Voir [le rapport](rapport-{SECRET}.pdf)."),
        f"docs/notes/rapport-{SECRET}.pdf": SECRET,
        "docs/notes/image.png": f"x{SECRET}",
        OTHER: article("Autre", body="Voir [[note:zinzolin]]. ![Une image](image.png)"),
    }
    made.commit("un", files)
    released(made, "2026.1")
    site = built(made, "--site-dir", "site")
    assert len(holding(made.root, SECRET)) > 6
    # One text is put right, another renamed and withdrawn, a third kind of file withheld by its content.
    made.move(made.root / "docs/notes/zinzolin.md", made.root / "docs/notes/violet.md")
    withdrawn = article("Retiré", "status: withdrawn", "withdrawal: {date: 2020, reason: Un nom}", body=files[NOTE])
    made.commit("deux", {f"docs/notes/rapport-{SECRET}.pdf": None, "docs/notes/image.png": "autre"})
    made.commit("trois", {NOTE: article("Appui", body="Sans."), "docs/notes/violet.md": withdrawn})
    image, text = (made.git("rev-parse", f"HEAD~2:{path}") for path in ("docs/notes/image.png", NOTE))
    lines = "".join(f"  - content: {one}\n    reason: Un nom\n    date: 2020-10-01\n" for one in (image, text))
    made.commit("quatre", {"docs/retraits.yml": f"withheld:\n{lines}"})
    site = built(made)
    assert holding(made.root, SECRET) == []
    assert "Un nom" in site.page("editions/2026.1/notes/appui/").one("main").text
    assert "Un nom" in site.page("editions/2026.1/notes/zinzolin/").one("main").text
    assert "editions/2026.1/notes/image.png" not in site.files


def test_a_text_that_was_withheld_and_deleted_is_in_no_edition(tmp_path):
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": CONFIG, NOTE: article("Appui", body=SECRET)})
    released(made, "2026.1")
    made.move(made.root / NOTE, made.root / OTHER)
    made.commit("deux")
    listed = "withheld:\n  - entry: note:autre\n    reason: Un nom\n    date: 2020-10-01\n"
    made.commit("trois", {OTHER: None, "docs/retraits.yml": listed})
    built(made)
    assert holding(made.root, SECRET) == []
    made.commit("quatre", {"docs/retraits.yml": "withheld: oui\n"})
    site = built(made)
    assert not [name for name in site.files if name.startswith("editions/")]
    assert not list((made.root / ".cache/hub/editions").iterdir())
    assert [line for line in site.said if "edition" in line and "hub check" in line]


def test_who_has_left_today_is_in_no_edition(tmp_path):
    made = Repository(tmp_path / "hub")
    profile = ("consent: {date: 2020}", "bio: Née au bord du fleuve", "photo: awa-sow.png", "aliases: [awa-sow-ba/]")
    files = {
        "mkdocs.yml": CONFIG,
        WHO: person(*profile, title="Awa Sow Ba"),
        "docs/personnes/awa-sow.png": "x",
        "docs/personnes/ina-bio.md": person("consent: {date: 2020}", "bio: Née sur la colline", title="Ina Bio"),
        NOTE: article("Appui", "authors: [awa-sow]", body="Awa Sow Ba et Awa Diop ont lu. Moussa Traoré aussi."),
    }
    made.commit("un", files, author="Moussa Traoré <m@example.org>")
    released(made, "2026.1", "Avec Awa Diop")
    built(made)
    assert holding(made.root, "Awa Sow", "site/editions")
    # The file is renamed and has another name; somebody leaves who had no file then.
    made.move(made.root / WHO, made.root / "docs/personnes/awa-diop.md")
    made.commit("deux", {NOTE: article("Appui", "authors: [awa-diop]")})
    files = {
        "docs/personnes/awa-diop.md": person("retired: oui", title="Awa Diop"),
        "docs/personnes/moussa-traore.md": person("retired: oui", title="Moussa Traoré"),
    }
    made.commit("trois", files)
    site = built(made)
    found = [name for words in ("Awa", "awa-", "Moussa", "Traor") for name in holding(made.root, words, *EDITIONS)]
    assert found == []
    assert "Contributeur retiré" in plain(site.page("editions/2026.1/notes/appui/").one("main").text)
    # Of others, a profile of another day is not shown.
    assert site.has("editions/2026.1/personnes/ina-bio/")
    assert holding(made.root, "sur la colline", "site/editions") == []


def test_an_edition_that_can_no_longer_be_built_stops_nothing(tmp_path):
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": "site_name: Essai\nplugins:\n  - hub:\n      page_size: beaucoup\n", NOTE: "# A"})
    released(made, "2025.1")
    made.commit("deux", {"mkdocs.yml": "site_name: Essai\nplugins: []\n"})
    released(made, "2025.2")
    made.commit("trois", {"mkdocs.yml": "site_name: Essai\nplugins: [rien]\n"})
    released(made, "2025.3")
    made.commit("quatre", {"mkdocs.yml": CONFIG})
    released(made, "2026.1")
    site = built(made)
    assert {name.split("/")[1] for name in site.files if name.startswith("editions/2")} == {"2026.1"}
    said = "\n".join(site.said)
    assert "Traceback" not in said
    assert "The edition 2025.1 cannot be built, and is left out: The option “page_size” cannot be beaucoup." in said
    assert "The edition 2025.2 cannot be built" in said
    assert "The edition 2025.3 cannot be built" in said
    assert "2025.1" not in site.page("editions/").one("main").text


def test_a_hub_says_which_editions_it_holds(tmp_path):
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": CONFIG, NOTE: article("Appui")})
    assert not built(made).page("").find(".hub-editions")
    for name in ("2025.1", "2025.2", "2026.10"):
        released(made, name)

    def held(*options: str) -> set[str]:
        names = built(made, *options).files
        return {name.split("/")[1] for name in names if name.startswith("editions/2")}

    assert held("--edition", "2025.2", "--no-revisions") == {"2025.2"}
    assert held("--no-editions") == set()
    with (made.root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write('      editions: ["2026.10", "2024.1"]\n')
    assert held() == {"2026.10"}
    assert {path.name for path in (made.root / ".cache/hub/editions").iterdir()} == {"2026.10"}
    refused = run("build", "--edition", "2024.1", cwd=made.root)
    assert refused.exit_code == 2
    assert "There is no edition 2024.1 here" in refused.stderr


def test_what_was_never_published_is_no_edition(tmp_path):
    """Whoever may push a tag need not be one of those who may merge."""
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": CONFIG, NOTE: article("Appui")})
    made.git("checkout", "-q", "-b", "proposition")
    made.commit("deux", {NOTE: article("Appui", body=SECRET)})
    released(made, "2026.1")
    made.git("checkout", "-q", "main")
    assert [line for line in built(made).said if "2026.1 is left out" in line]
    assert holding(made.root, SECRET, "site") == []
    made.merge("proposition", "Fusion")
    assert built(made).has("editions/2026.1/notes/appui/")


def test_an_edition_has_the_kinds_of_its_day(tmp_path):
    kind = (
        "from hub.about import about\nfrom hub.i18n import Label\nfrom hub.model import Entry, Kind\n\n"
        "class Visit(Entry):\n    FIELD: str | None = about('FIELD', 'FIELD')\n\n"
        "    def with_wishes_of(self, current):\n"
        "        return self.model_copy(update={'FIELD': None}) if 'non' in current.keywords else self\n\n"
        "KIND = Kind(name='visit', model=Visit, folder=Label('visites', 'visits'), label=Label('Visite', 'Visit'),\n"
        "    plural=Label('Visites', 'Visits'), description=Label('x.', 'x.'), rank=60)\n"
    )
    visit = "docs/visites/v.md"
    made = Repository(tmp_path / "hub")
    files = {"kinds/visit.py": kind.replace("FIELD", "lieu"), visit: article("Visite", "lieu: Savè")}
    made.commit("un", {"mkdocs.yml": CONFIG + "      kinds: kinds\n", **files})
    released(made, "2026.1")
    made.commit("deux", {"kinds/visit.py": kind.replace("FIELD", "salle"), visit: article("Visite", "salle: Trois")})
    site = built(made)
    assert "Savè" in site.page("editions/2026.1/visites/v/").one("main").text
    assert "Trois" in site.page("visites/v/").one("main").text
    made.commit("trois", {visit: article("Visite", "keywords: [non]")})
    assert "Savè" not in built(made).page("editions/2026.1/visites/v/").one("main").text


def test_texts_and_files_of_the_hub_leave_the_address_to_editions(tmp_path):
    files = {"docs/editions/2026.1.md": article("Page"), "docs/editions/2026.1/carte.png": "x"}
    report = hub(tmp_path, files).report
    assert [found.rule.code for found in report] == ["address-taken"]
    assert not is_plain_file("editions/2026.1/carte.png")


def test_a_release_is_built_at_once(tmp_path, monkeypatch):
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "awa@example.org")
    made = Repository(tmp_path / "hub")
    made.commit("un", {"mkdocs.yml": CONFIG, NOTE: article("Appui"), ".gitignore": "/site/\n/.cache/\n"})
    done = run("release", "2026.1", "--format", "json", cwd=made.root)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["tag"] == "edition-2026.1"
    assert (made.root / "site/editions/2026.1/notes/appui/index.html").is_file()
    assert (made.root / "site/notes/appui/index.html").is_file()


def test_its_words_are_french():
    assert say("Current version") == "Version actuelle"
