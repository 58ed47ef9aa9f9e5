"""Who sees what: the page, the index, the sitemap and the references of a text in each status."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.repository import Repository
from tests.site.hubs import NOTHING_ELSE, Built, build, environment, make, plain, say, text, titles
from tests.site.test_hosts import HOSTS
from tests.support import commit, write

SITE_URL = "site_url: https://hub.example.org/\n"
TEXTS = {
    "docs/notes/publiee.md": text("Publiée", "themes: [eau]", "date: 2020-05", body="Du texte."),
    "docs/notes/a-revoir.md": text("À revoir", "status: needs-review", "date: 2019"),
    "docs/notes/perimee.md": text("Périmée", "review_by: 2026-05-31", "date: 2018"),
    "docs/notes/encore-bonne.md": text("Encore bonne", "review_by: 2026-06", "date: 2017"),
    "docs/notes/ebauche.md": text("Ébauche", "status: brouillon", "date: 2016"),
    "docs/notes/retiree.md": text(
        "Retirée",
        "status: withdrawn",
        "summary: Un résumé qui ne vaut plus.",
        "authors: [ada]",
        "themes: [eau]",
        "keywords: [cobaye]",
        "withdrawal: {date: 2026-03-04, reason: Les chiffres étaient faux.}",
        body="Un texte que plus personne ne doit lire.",
    ),
    "docs/notes/nouvelle.md": text("Nouvelle", "supersedes: [note:retiree]"),
    "docs/notes/temoin.md": text(
        "Témoin",
        "related: [note:retiree, note:publiee]",
        body="Par [un lien](retiree.md), par [[Publiée]] et par [un autre](publiee.md).",
    ),
    "docs/projets/projet.md": text("Projet"),
    "docs/personnes/ada.md": text("Ada Bio"),
    "docs/vocabulaires/themes.yml": "title: Thème\nterms:\n  eau: {fr: Eau, en: Water}\n",
}
SHOWN = {"publiee", "a-revoir", "perimee", "encore-bonne", "nouvelle", "temoin"}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return make(tmp_path_factory.mktemp("statuses"), TEXTS, config=SITE_URL)


def notice(built: Built, address: str) -> str:
    found = built.page(address).main.find(".hub-notice")
    return plain(" ".join(one.text for one in found))


def noindex(built: Built, address: str) -> bool:
    return any(meta["content"] == "noindex" for meta in built.page(address).head.find("meta[name=robots]"))


def in_sitemap(built: Built, address: str) -> bool:
    return f"<loc>https://hub.example.org/{address}</loc>" in (built.root / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize("name", ["publiee", "encore-bonne"])
def test_published(built, name):
    assert notice(built, f"notes/{name}/") == ""
    assert not noindex(built, f"notes/{name}/")
    assert in_sitemap(built, f"notes/{name}/")


@pytest.mark.parametrize("name", ["a-revoir", "perimee"])
def test_to_be_reviewed_by_its_status_or_its_date(built, name):
    assert plain(say("To be reviewed")) in notice(built, f"notes/{name}/")
    assert not noindex(built, f"notes/{name}/")
    assert in_sitemap(built, f"notes/{name}/")


def test_the_index_lists_what_is_shown_each_once(built):
    main = built.page("notes/").main
    listed = [one.one(".hub-card__title").text for one in main.find(".hub-cards")[0].find(".hub-card")]
    assert listed == ["Publiée", "À revoir", "Périmée", "Encore bonne", "Nouvelle", "Témoin"]
    count = main.one("h1 .hub-count").text
    assert count == "6"


def test_the_index_marks_what_is_to_be_reviewed(built):
    marked = {
        card.one(".hub-card__title").text: card.one(".hub-status").text
        for card in built.page("notes/").main.find(".hub-card")
        if card.find(".hub-status")
    }
    assert {title: plain(words) for title, words in marked.items()} == {
        "À revoir": plain(say("To be reviewed")),
        "Périmée": plain(say("To be reviewed")),
        "Ébauche": plain(say("Draft")),
    }


def test_a_day_later_the_review_is_due(tmp_path):
    files = {"docs/notes/n.md": text("N", "review_by: 2026-06-01")}
    assert notice(make(tmp_path / "on-the-day", files), "notes/n/") == ""
    later = make(tmp_path / "the-day-after", files, at=1_780_272_000 + 86_400)
    assert plain(say("To be reviewed")) in notice(later, "notes/n/")


def test_draft(built):
    address = "notes/ebauche/"
    assert plain(say("Draft")) in notice(built, address)
    assert noindex(built, address)
    assert not in_sitemap(built, address)
    apart = [
        section
        for section in built.page("notes/").main.find(".hub-section")
        if "Ébauche" in titles(section.find(".hub-card"))
    ]
    assert len(apart) == 1


def test_a_draft_counts_in_no_year_and_no_theme(built):
    assert not built.has("annees/2016/")
    assert not built.has("notes/annees/2016/")


def test_withdrawn_leaves_a_notice_that_says_when_why_and_what_replaces_it(built):
    address = "notes/retiree/"
    page = built.page(address)
    said = plain(page.main.text)
    assert "4 mars 2026" in said
    assert "Les chiffres étaient faux." in said
    assert "plus personne" not in page.html
    assert "Un résumé" not in page.html
    assert "notes/nouvelle/" in built.targets(address)
    assert noindex(built, address)
    assert not in_sitemap(built, address)


def test_withdrawn_stands_in_no_list(built):
    leading = {
        address
        for address, page in built.pages.items()
        if address != "404.html"
        for link in page.main.find("a")
        if built.leads(address, link.attrs.get("href", "")) == "notes/retiree/"
    }
    # References from texts may lead to the notice; no list of any sort does.
    assert leading <= {"notes/temoin/", "notes/nouvelle/"}
    assert not built.has("mots-cles/cobaye/")
    assert "Retirée" not in built.page("themes/eau/").main.text
    assert "Retirée" not in built.page("personnes/ada/").main.text
    assert built.link_faults()[1] == []


def test_drafts_and_published_texts_of_a_theme_have_working_links(tmp_path):
    files = {
        "docs/wiki/seule.md": text("Seule", "status: draft", "themes: [eau]", "keywords: [rare]", "places: [BJ]"),
        "docs/page.md": text("Page", "keywords: [unique]", "themes: [air]"),
        "docs/vocabulaires/themes.yml": "title: Thème\nterms: {eau: {fr: Eau, en: Water}, air: {fr: Air, en: Air}}\n",
    }
    built = make(tmp_path, files)
    count, faults = built.link_faults()
    assert faults == []
    assert count > 100


PUBLISHED = text("Révision un", "summary: La première.", "keywords: [premier]", body="Le texte publié.")


def revised(status: str) -> str:
    return text("Révision deux", f"status: {status}", "summary: La seconde.", body="Le texte soumis, avec [[Autre]].")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory) -> Built:
    root = tmp_path_factory.mktemp("reviewed")
    files = {
        "mkdocs.yml": "site_name: Essai\nplugins: [hub]\n" + SITE_URL,
        "docs/notes/soumise.md": PUBLISHED,
        "docs/notes/en-revue.md": PUBLISHED,
        "docs/notes/autre.md": text("Autre", body="Vers [la note](soumise.md) et [la neuve](neuve.md)."),
    }
    commit(write(root, files))
    commit(
        write(root, {**files, "docs/notes/soumise.md": revised("submitted"), "docs/notes/neuve.md": revised("soumis")})
    )
    write(root, {"mkdocs.yml": files["mkdocs.yml"], "docs/notes/en-revue.md": revised("in-review")})
    return build(root)


@pytest.mark.parametrize("name", ["soumise", "en-revue"])
def test_under_review_shows_the_last_published_revision_with_a_notice(reviewed, name):
    page = reviewed.page(f"notes/{name}/")
    assert page.one("h1").text == "Révision un"
    assert "Le texte publié." in page.main.text
    for of_the_new_one in ("Révision deux", "La seconde.", "Le texte soumis"):
        assert of_the_new_one not in page.html
    assert plain(say("Revision under way")) in notice(reviewed, f"notes/{name}/")
    assert not noindex(reviewed, f"notes/{name}/")
    assert in_sitemap(reviewed, f"notes/{name}/")


def test_under_review_is_listed_as_it_was_published(reviewed):
    listed = titles(reviewed.page("notes/").main.find(".hub-card"))
    assert sorted(listed) == ["Autre", "Révision un", "Révision un"]
    assert reviewed.has("mots-cles/premier/")


def test_never_published_has_no_page_and_references_to_it_are_text(reviewed):
    assert not reviewed.has("notes/neuve/")
    page = reviewed.page("notes/autre/")
    assert "la neuve" in page.main.text
    assert "la neuve" not in page.main.links()
    assert reviewed.targets("notes/autre/").count("notes/soumise/") >= 1
    assert reviewed.link_faults()[1] == []


BROKEN = "---\ntitle: [Révision trois\n---\n\nLe texte fautif.\n"


def test_a_text_that_cannot_be_read_stands_in_its_last_published_revision(tmp_path):
    files = {
        "docs/notes/fautive.md": PUBLISHED,
        "docs/notes/en-revue.md": PUBLISHED,
        "docs/notes/retenue.md": text("Retenue", body="Le nom d’un patient."),
        "docs/personnes/ada.md": text("Ada Bio", "bio: Née ici.", "consent: {date: 2020-01-01}"),
        "docs/notes/autre.md": text(
            "Autre", body="Vers [la note](fautive.md), [[nouvelle]] et [ada](../personnes/ada.md)."
        ),
    }
    commit(write(tmp_path, {"mkdocs.yml": NOTHING_ELSE + SITE_URL, **files}))
    commit(write(tmp_path, {"docs/notes/en-revue.md": revised("in-review")}))
    withheld = "withheld:\n  - entry: note:retenue\n    reason: Un nom\n    date: 2020-10-01\n"
    broken = (*list(files)[:4], "docs/notes/nouvelle.md")
    write(tmp_path, {"docs/retraits.yml": withheld, **dict.fromkeys(broken, BROKEN)})
    built = build(tmp_path)
    for name in ("fautive", "en-revue"):
        page = built.page(f"notes/{name}/")
        assert "Le texte publié." in page.main.text
        assert plain(say("Revision with a fault")) in notice(built, f"notes/{name}/")
    assert "Le nom d’un patient." not in built.page("notes/retenue/").html
    # What cannot be read may take consent back; and what was never published has no revision to show.
    assert not built.has("personnes/ada/")
    assert not built.has("notes/nouvelle/")
    assert "notes/fautive/" in built.targets("notes/autre/")
    assert built.link_faults()[1] == []


def test_without_a_repository_a_text_under_review_is_left_out(tmp_path):
    built = make(tmp_path, {"docs/notes/a.md": text("A"), "docs/notes/b.md": text("B", "status: in-review")})
    assert not built.has("notes/b/")
    assert titles(built.page("notes/").main.find(".hub-card")) == ["A"]


def test_the_build_says_what_it_leaves_out(tmp_path):
    root = write(tmp_path / "source", {"mkdocs.yml": NOTHING_ELSE, "docs/notes/b.md": text("B", "status: in-review")})
    done = subprocess.run(
        HOSTS["hub"](root, tmp_path / "site"),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "docs/notes/b.md" in done.stdout + done.stderr


def test_previews_show_what_is_under_review(tmp_path):
    files = {"docs/notes/b.md": text("B", "status: in-review", body="Le texte soumis.")}
    built = make(tmp_path, files, drafts=True)
    assert "Le texte soumis." in built.page("notes/b/").main.text
    assert plain(say("This is a preview: this text is not published yet.")) in notice(built, "notes/b/")


def test_what_a_person_has_not_agreed_to_is_nowhere_on_the_site(tmp_path):
    built = make(
        tmp_path,
        {
            "docs/organisations/o.md": text("Une organisation"),
            "docs/personnes/ada.md": text(
                "Ada Essai", "photo: ada.jpg", "bio: Sa vie.", "consent: {date: 2020, scope: [profil]}"
            ),
            "docs/personnes/ada.jpg": "x",
            "docs/personnes/bob.md": text("Bob Essai"),
            "docs/personnes/bob.en.md": text(
                "Bob Essai",
                "photo: bob.jpg",
                "bio: Son secret.",
                "consent: {date: 2020}",
                "affiliations: [{organisation: 'organisation:o'}]",
            ),
            "docs/personnes/bob.jpg": "x",
            "docs/wiki/ancien.md": text("Ancien", "status: withdrawn", body="[[Secret voulu]]"),
        },
    )
    pages = [page.read_text("utf-8") for page in built.root.rglob("*.html")]
    assert any("Sa vie." in page for page in pages)
    for secret in ("ada.jpg", "bob.jpg", "Son secret.", "Secret voulu"):
        assert not any(secret in page for page in pages), secret
    assert not list(built.root.rglob("*.jpg"))
    assert "Bob Essai" not in (built.root / "organisations/o/index.html").read_text("utf-8")


def test_a_status_that_nobody_understands_publishes_nothing(tmp_path: Path) -> None:
    """`brouilon` may have meant a draft: readers keep the last text whose status was understood."""
    repository = Repository(tmp_path / "hub")
    old, new = text("Note A", body="Ce qui fut publié."), text("Note A", "status: en rewue", body="Pas encore.")
    repository.commit(
        "un", {"docs/notes/a.md": old, "docs/index.md": text("Accueil", body="[a](notes/a.md) [b](notes/b.md)")}
    )
    repository.commit(
        "deux", {"docs/notes/a.md": new, "docs/notes/b.md": text("Note B", "status: brouilon", body="Rien.")}
    )
    site = build(repository.root)
    assert "Ce qui fut publié." in site.page("notes/a/").main.text
    assert not site.has("notes/b/")
    assert not [path for path in (repository.root / "site").rglob("*.html") if "Pas encore" in path.read_text("utf-8")]
    assert build(repository.root, drafts=True, site="preview").has("notes/b/")
