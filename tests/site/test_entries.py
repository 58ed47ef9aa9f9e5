"""The pages of entries: people, projects, notes, groups, posts, and what leads from one to the other."""

from __future__ import annotations

import pytest

from tests.site.hubs import Built, flat, make, plain, say, text

LONG = "Un paragraphe qui dit quelque chose de la santé. " * 20


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return make(
        tmp_path_factory.mktemp("entries"),
        {
            "docs/personnes/ada.md": text(
                "Ada Abalo",
                "orcid: 0000-0002-1825-0097",
                "affiliations:",
                "  - {organisation: 'organisation:centre', since: 2019}",
                "expertise: [paludisme secret]",
                "bio: Une vie privée.",
                "photo: ada.jpg",
                "languages: [fr]",
            ),
            "docs/personnes/ada.jpg": "image",
            "docs/personnes/bio.md": text(
                "Bio Zinsou",
                "affiliations:",
                "  - {organisation: 'organisation:centre', since: 2019}",
                "expertise: [paludisme public]",
                "bio: Une vie publique.",
                "consent: {date: 2026-05-02}",
            ),
            "docs/organisations/centre.md": text("Centre de recherche", "acronym: CDR", "type: '80'"),
            "docs/projets/projet.md": text(
                "Projet A",
                "start_date: 2006-02",
                "budget: 1299253 EUR",
                "recipient_country: BJ",
                "participating_orgs:",
                "  - {org: centre, role: '4'}",
                "results:",
                "  - {id: R1, level: result, domain: Eau, statement: L’eau coule.,"
                " indicators: [{statement: Part des villages, baseline: 1 %, target: 2 %, horizon: 3 ans},"
                " {statement: Part des villages, target: 20 %, horizon: 8 ans}]}",
                "  - {id: R2, level: result, statement: L’air est pur.}",
                "governance:",
                "  - {body: Comité, chair: person:ada, members: [person:bio, Un voisin]}",
                "preconditions: [La paix]",
                "milestones:",
                "  - {date: 2006-02, label: Début, done: yes}",
                "  - {date: 2007-06/2007-09, label: Milieu}",
                "  - {date: 2008, label: Fin, done: no}",
            ),
            "docs/notes/note.md": text(
                "Note A",
                "tier: short",
                "date: 2015-04-18",
                "summary: Ce que l’on a appris.",
                "authors: [ada]",
                "contributors:",
                "  - {person: person:bio, roles: [facilitation, translation], affiliation: organisation:centre}",
                "projects: [projet]",
                "groups: [groupe]",
                "results:",
                "  - {axis: Eau, statement: Le puits donne., contributes_to: 'projet#R1'}",
                "lessons:",
                "  - {id: L1, statement: Creuser profond., strength: strong, applies_when: il pleut peu}",
                "  - {id: L2, statement: Écouter.}",
                "aliases: [notes/ancien-nom/, vieux/chemin.html]",
                "license: CC-BY-4.0",
                "source: {title: Un rapport, authors: [Une équipe], date: 2014-03, page: '12', url: https://example.org/r}",
                body="## Résultats\n\nVoici.\n\n## Leçons apprises\n\nDeux.\n",
            ),
            "docs/notes/suite.md": text(
                "Note B",
                "related: [{ref: 'note:note#L1', relation: see-also}, 'note:note#resultats']",
                body="Selon [la leçon](note.md#L2), on écoute. [Ailleurs](https://example.org/x).",
            ),
            "docs/groupes/groupe.md": text(
                "Groupe eau",
                "type: gtt",
                "members:",
                "  - {who: 'person:bio', role: animatrice, since: 2015}",
                "  - {who: Une amie}",
            ),
            "docs/reunions/r1.md": text("Réunion une", "group: groupe", "date: 2015-04-18", "attendance: [person:bio]"),
            "docs/billets/billet.md": text(
                "Billet",
                "date: 2015-05-28",
                "authors: [ada]",
                "comments:",
                "  - {author: person:bio, date: 2015-06-01, text: Merci !}",
                "  - {author: Un passant, text: '<b>Gras</b> & co'}",
            ),
            "docs/wiki/wiki.md": text(
                "Article", body="Une [[page à écrire]], une [[Page à écrire|autre]], et [[Projet A]]."
            ),
            "docs/wiki/wiki2.md": text("Article deux", body="Encore [[page à écrire]]."),
        },
        config="use_directory_urls: true\n",
    )


def groups(built: Built, address: str) -> dict[str, list[str]]:
    """What the page gathers: addresses by heading."""
    found = {}
    for section in built.page(address).main.find("section.hub-section"):
        heading = section.one("h2")
        if section.find(".hub-cards"):
            label = heading.text.removesuffix(heading.one(".hub-count").text).strip()
            found[label] = [built.leads(address, card.one("h3 a")["href"]) for card in section.find(".hub-card")]
    return found


def identity(built: Built, address: str) -> dict[str, str]:
    return {
        plain(row.one("dt").text): plain(row.one("dd").text)
        for row in built.page(address).main.find(".hub-identity dl div")
    }


def test_a_person_has_all_their_work_by_role(built):
    work = groups(built, "personnes/bio/")
    labels = {label: found for label, found in work.items() if "notes/note/" in found}
    assert any("raduction" in label for label in labels), work
    assert any("acilitation" in label for label in labels), work
    assert work["Membre de"] == ["groupes/groupe/"]
    assert work["Siège dans"] == ["projets/projet/"]
    assert work["Réunions suivies"] == ["reunions/r1/"]
    assert work["Commentaires"] == ["billets/billet/"]
    ada = groups(built, "personnes/ada/")
    assert (ada["Rédaction – ébauche originale"], ada["Billets"]) == (["notes/note/"], ["billets/billet/"])
    assert ada["Préside"] == ["projets/projet/"]


def test_without_consent_only_the_name_and_the_work(built):
    page = built.page("personnes/ada/")
    assert page.one("h1").text == "Ada Abalo"
    for private in (
        "0000-0002-1825-0097",
        "paludisme secret",
        "vie privée",
        "Centre de recherche",
        "ada.jpg",
        "Un texte.",
    ):
        assert private not in page.html, private
    assert page.find(".hub-identity") == []


def test_with_consent_more(built):
    main = built.page("personnes/bio/").main
    assert "paludisme public" in main.text
    assert "Une vie publique." in main.text
    assert "organisations/centre/" in built.targets("personnes/bio/")


def test_without_consent_lists_show_the_name_alone(built):
    rows = {
        row.one("a").text.removeprefix(row.one("a .hub-initials").text).strip(): row.text
        for row in built.page("personnes/").main.find(".hub-people li")
    }
    assert set(rows) == {"Ada Abalo", "Bio Zinsou"}
    assert "Centre" not in rows["Ada Abalo"]
    assert "Centre" in rows["Bio Zinsou"]
    assert "personnes/ada/" not in flat(groups(built, "organisations/centre/").values())


def test_lessons_can_be_cited(built):
    page = built.page("notes/note/")
    lessons = page.main.find("ol.hub-lessons li")
    assert [one["id"] for one in lessons] == ["L1", "L2"]
    assert "Creuser profond." in lessons[0].text
    assert "il pleut peu" in lessons[0].text
    assert [one.one("a.hub-mark")["href"] for one in lessons] == ["#L1", "#L2"]


def test_a_lesson_shows_what_cites_it(built):
    lessons = built.page("notes/note/").main.find("ol.hub-lessons li")
    cited = [[built.leads("notes/note/", link["href"]) for link in one.find(".hub-cited a")] for one in lessons]
    assert cited == [["notes/suite/"], ["notes/suite/"]]
    assert {"notes/note/#L1", "notes/note/#L2", "notes/note/#s-resultats"} <= set(built.targets("notes/suite/"))


def test_backlinks(built):
    found = groups(built, "notes/note/")
    assert list(found.values()) == [["notes/suite/"]]


def test_structured_fields_stand_under_the_headings_of_the_text(built):
    main = built.page("notes/note/").main
    order = [element.attrs.get("id") for element in main if element.attrs.get("id")]
    for heading, field in (("s-resultats", "f-results"), ("s-lecons-apprises", "f-lessons")):
        assert order.index(heading) < order.index(field)
    assert order.index("f-results") < order.index("s-lecons-apprises")
    assert [one.text for one in main.find("h2")].count("Leçons apprises") == 1


def test_credits_with_roles_and_the_affiliation_of_the_time(built):
    rows = [row.text for row in built.page("notes/note/").main.find("#hub-credits li")]
    assert len(rows) == 2
    assert rows[0].startswith("Ada Abalo")
    assert "Centre de recherche" in rows[1]
    assert "acilitation" in rows[1]
    assert "raduction" in rows[1]


def test_source_and_licence(built):
    foot = built.page("notes/note/").main.one(".hub-foot")
    assert "Un rapport" in [one.text for one in foot.find("cite")]
    assert "Une équipe" in foot.text
    assert "mars 2014" in foot.text
    assert "12" in foot.text
    assert "https://example.org/r" in [link["href"] for link in foot.find("a")]
    assert any("creativecommons.org/licenses/by/4.0" in link["href"] for link in foot.find("a"))


def test_project_identity_card(built):
    card = identity(built, "projets/projet/")
    assert card["Début"] == "février 2006"
    assert card["Fin"] == plain(say("unknown"))
    assert card["Budget"] == "1 299 253 €"
    assert card["Pays bénéficiaire"] == "Bénin"


def test_budget_in_english(tmp_path):
    built = make(tmp_path, {"docs/projets/p.en.md": text("P", "budget: 1299253 EUR")})
    assert identity(built, "en/projets/p/")["Budget"] == "€1,299,253"


def test_results_framework_with_the_notes_that_evidence_each_result(built):
    results = built.page("projets/projet/").main.find("ol.hub-framework li")
    rows = {one["id"]: one for one in results if one.attrs.get("id")}
    assert list(rows) == ["R1", "R2"]
    # One indicator with two horizons: each target stands beside its own.
    assert rows["R1"].text.count("Part des villages") == 1
    near, far = (item.text for item in rows["R1"].find(".hub-indicator li"))
    assert all(words in near for words in ("1 %", "2 %", "3 ans"))
    assert all(words in far for words in ("20 %", "8 ans"))
    assert "1 %" not in far
    assert [built.leads("projets/projet/", link["href"]) for link in rows["R1"].find(".hub-cited a")] == ["notes/note/"]
    assert rows["R2"].find(".hub-cited") == []
    assert "projets/projet/#R1" in built.targets("notes/note/")


def test_governance_and_preconditions(built):
    main = built.page("projets/projet/").main
    box = main.one("section.hub-box")
    assert box.one("h3").text == "Comité"
    assert {built.leads("projets/projet/", link["href"]) for link in box.find("a")} == {
        "personnes/ada/",
        "personnes/bio/",
    }
    assert "Un voisin" in box.text
    assert "La paix" in main.text


def test_milestones_are_drawn_and_told(built):
    figure = built.page("projets/projet/").main.one("figure.hub-timeline")
    steps = [(int(float(one["cx"])), one.parent["class"]) for one in figure.find("circle")]
    assert len(steps) == 3
    assert [at for at, _ in steps] == sorted(at for at, _ in steps)
    assert 30 <= steps[0][0] < steps[-1][0] <= 1030
    assert "is-done" in steps[0][1]
    assert "is-done" not in steps[1][1]
    assert figure.one("svg")["role"] == "img"
    assert figure.one("svg")["aria-label"]
    told = [item.text for item in figure.find("li")]
    assert len(told) == 3
    assert "Début" in told[0]
    assert "2006" in told[0]
    assert "juin 2007" in plain(told[1])


def test_group_has_members_meetings_and_work(built):
    main = built.page("groupes/groupe/").main
    members = [row.text for row in main.find("ul.hub-members li")]
    assert len(members) == 2
    assert "animatrice" in members[0]
    assert "2015" in members[0]
    found = groups(built, "groupes/groupe/")
    assert found["Réunions"] == ["reunions/r1/"]
    assert found["Travaux du groupe"] == ["notes/note/"]


def test_organisation_gathers_its_projects_by_role(built):
    found = groups(built, "organisations/centre/")
    assert [label for label, addresses in found.items() if addresses == ["projets/projet/"]]
    assert all(label.startswith("Projets – ") for label, addresses in found.items() if "projets/projet/" in addresses)


def test_project_gathers_its_notes(built):
    assert groups(built, "projets/projet/")["Ce que le projet a produit"] == ["notes/note/"]


def test_archived_comments(built):
    comments = built.page("billets/billet/").main.find("ol.hub-comments li")
    assert len(comments) == 2
    assert "Bio Zinsou" in comments[0].text
    assert "1 juin 2015" in plain(comments[0].text) or "1er juin 2015" in plain(comments[0].text)
    assert "Merci" in comments[0].text
    assert "<b>Gras</b> & co" in comments[1].text
    assert comments[1].find("b") == []


def test_wanted_pages(built):
    items = built.page("wiki/pages-demandees/").main.find(".hub-wanted-list li")
    assert len(items) == 1
    assert "page à écrire" in items[0].text.lower()
    address = "wiki/pages-demandees/"
    assert {built.leads(address, link["href"]) for link in items[0].find("a")} == {"wiki/wiki/", "wiki/wiki2/"}
    wanted = built.page("wiki/wiki/").main.find("a.hub-wanted")
    assert {built.leads("wiki/wiki/", link["href"]) for link in wanted} == {f"{address}#{items[0]['id']}"}
    assert "projets/projet/" in built.targets("wiki/wiki/")
    assert address in built.targets("wiki/") + built.targets("")


def test_old_addresses_lead_to_the_new_one(built):
    for old in ("notes/ancien-nom/", "vieux/chemin.html"):
        page = built.pages[old]
        refresh = page.one("meta[http-equiv=refresh]")["content"]
        assert built.leads(old, refresh.partition("url=")[2]) == "notes/note/"
        assert built.leads(old, page.one("a")["href"]) == "notes/note/"
        assert page.one("meta[name=robots]")["content"] == "noindex"


ALIASES = ["notes/b/", "assets/hub.css", "../../dehors/", "/", "404.html", "index.html", "a/../b", "///", "./x", "."]


def test_an_alias_never_takes_the_place_of_a_page_or_file(tmp_path):
    built = make(
        tmp_path,
        {
            "docs/notes/a.md": text(
                "A", "aliases: [notes/b/, assets/hub.css, ../../dehors/, /, '', 404.html, index.html, a/../b, '///']"
            ),
            "docs/notes/b.md": text("B"),
        },
    )
    assert built.page("notes/b/").one("h1").text == "B"
    assert (built.root / "assets/hub.css").is_file()
    assert built.page("").find("nav.hub-nav")
    assert built.pages["404.html"].find("nav.hub-nav")
    assert built.pages["404.html"].one("h1").text == "Cette page n’existe pas"
    assert not (tmp_path / "dehors").exists()
    assert not (tmp_path.parent / "dehors").exists()


def test_more_than_a_page_holds_goes_to_pages_of_its_own(tmp_path):
    files = {f"docs/notes/n{n:02}.md": text(f"N{n:02}", "authors: [ada]") for n in range(30)}
    built = make(tmp_path, {**files, "docs/personnes/ada.md": text("Ada")})
    cards = groups(built, "personnes/ada/")["Rédaction – ébauche originale"]
    assert len(cards) == 12
    assert "personnes/ada/redaction-ebauche-originale/" in built.targets("personnes/ada/")
    first = "personnes/ada/redaction-ebauche-originale/"
    pages = [page for page in (first, f"{first}page/2/") if built.has(page)]
    listed = [target for page in pages for target in built.targets(page, ".hub-card")]
    assert sorted(listed) == sorted({f"notes/n{n:02}/" for n in range(30)})


def test_home_shows_what_is_new_and_where_help_is_wanted(built):
    targets = built.targets("")
    assert {"notes/note/", "projets/projet/", "billets/billet/"} <= set(targets)
    counts = {link.text: built.leads("", link["href"]) for link in built.page("").main.find(".hub-counts a")}
    assert counts["Notes de capitalisation 2"] == "notes/"


def test_the_page_of_a_note_does_not_grow_with_the_hub(tmp_path):
    sizes = {}
    for count in (40, 200):  # more than a page of a list holds
        files = {
            f"docs/notes/n{n:03}.md": text(
                f"Note {n:03}",
                f"date: {2000 + n % 20}",
                "projects: [projet]",
                "authors: [ada]",
                "themes: [eau]",
                body=LONG,
            )
            for n in range(count)
        }
        others = {
            "docs/projets/projet.md": text("Projet"),
            "docs/personnes/ada.md": text("Ada"),
            "docs/vocabulaires/themes.yml": "title: Thème\nterms:\n  eau: {fr: Eau, en: Water}\n",
        }
        built = make(tmp_path / str(count), {**files, **others})
        sizes[count] = {
            address: (built.root / address / "index.html").stat().st_size
            for address in ("notes/n001/", "projets/projet/", "personnes/ada/", "notes/", "themes/eau/", "")
        }
    small, large = sizes[40], sizes[200]
    assert large["notes/n001/"] == small["notes/n001/"]
    for address, size in large.items():
        assert size <= small[address] + 1500, (address, small[address], size)


def test_every_link_resolves(built):
    count, faults = built.link_faults()
    assert faults == []
    assert count > 1000
