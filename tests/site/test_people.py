"""People: what they did, with whom, the lists of them, and what no page of anybody may hold."""

from __future__ import annotations

import re

import pytest

from hub.identities import address_hash
from hub.loading import load
from tests.repository import Repository
from tests.site.hubs import Built, build, make, plain, text
from tests.support import commit, git, write

CONSENT = "consent: {date: 2026-01-01}"
CONFIG = (
    "site_name: Essai\nrepo_url: https://example.org/hub\nedit_uri: edit/\n"
    "plugins:\n  - hub:\n      page_size: 5\n      salt: abcdefghijklmnopqrstuvwxyz\n"
)
THEMES = "title: Thèmes\nterms:\n  eau: {fr: Eau, en: Water}\n  soins: {fr: Soins, en: Care}\n"
FILES = {
    "docs/vocabulaires/themes.yml": THEMES,
    "docs/personnes/awa.md": text(
        "Awa Sow", CONSENT, "expertise: [Eau, suivi]", "affiliations:",
        "  - {organisation: organisation:centre, since: 2019}",
        "  - {organisation: Ministère, since: 2012, until: 2018}",
        f"git: [{address_hash('awa@example.org')}]",
    ),
    "docs/personnes/bio.md": text("Bio Bah", "expertise: [secret]", "affiliations: [{organisation: Caché}]"),
    "docs/personnes/cica.md": text("Cica Do"),
    "docs/personnes/dela.md": text("Dela Ade", "retired: oui", body="Sa vie."),
    "docs/organisations/centre.md": text("Centre de recherche"),
    "docs/groupes/gtt.md": text(
        "GTT Eau", "type: gtt", "members: [{who: person:awa, since: 2020}, {who: person:dela}]"
    ),
    "docs/projets/puits.md": text("Puits"),
    "docs/notes/a.md": text(
        "Note A", "date: 2020-05", "themes: [eau]", "authors: [awa, bio]", "projects: [puits]", "groups: [gtt]",
        "contributors:", "  - {person: awa, roles: [facilitation], affiliation: Ministère}",
        "  - {person: cica, roles: [relecture]}", "  - {person: dela, roles: [témoignage]}",
    ),
    "docs/notes/b.md": text("Note B", "date: 2022", "themes: [soins]", "authors: [awa]"),
    "docs/notes/c.md": text("Note C", "authors: [awa]", "date: 2021-02-03", body="Merci à Dela Ade, [[dela]]."),
    "docs/notes/d.md": text("Note D", "date: 2010"),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return make(tmp_path_factory.mktemp("people"), FILES, config=CONFIG)


def sections(built: Built, address: str) -> dict[str, str]:
    """The text of each section of a page, by its heading without the count."""
    return {
        re.sub(r" \d+$", "", plain(one.one("h2").text)): plain(one.text)
        for one in built.page(address).main.find("section.hub-section")
    }


def test_work_stands_by_role_the_newest_first(built: Built) -> None:
    work = sections(built, "personnes/awa/")
    order = [work["Rédaction – ébauche originale"].index(f"Note {letter}") for letter in "BCA"]
    assert order == sorted(order)
    assert "mai 2020" in work["Rédaction – ébauche originale"]
    assert "3 février 2021" in work["Rédaction – ébauche originale"]
    assert "Ministère" in work["Facilitation"]
    assert list(work).index("Rédaction – ébauche originale") < list(work).index("Facilitation")
    assert "GTT Eau" in work["Membre de"]


def test_co_authors_reviewers_projects_and_groups_are_linked(built: Built) -> None:
    left = next(address for address in built.pages if "retire" in address)
    linked = built.targets("personnes/awa/", ".hub-chips")
    assert linked == ["personnes/bio/", left, "personnes/cica/", "projets/puits/", "groupes/gtt/"]
    assert "personnes/awa/" in built.targets("personnes/bio/", ".hub-chips")


def test_affiliations_are_told_through_time(built: Built) -> None:
    identity = plain(built.page("personnes/awa/").main.one(".hub-identity").text)
    assert "Centre de recherche depuis 2019" in identity
    assert "Ministère 2012 – 2018" in identity


def test_who_agreed_may_be_asked_about_expertise_and_themes(built: Built) -> None:
    identity = plain(built.page("personnes/awa/").main.one(".hub-identity").text)
    assert "Peut être interrogé sur suivi, Eau, Soins" in identity
    assert "themes/eau/" in built.targets("personnes/awa/", ".hub-identity")


def test_without_consent_there_are_the_name_and_public_work(built: Built) -> None:
    page = plain(built.page("personnes/bio/").main.text)
    assert "Note A" in page
    assert "Peut être interrogé" not in page
    assert "secret" not in page
    assert "Caché" not in page
    assert "themes/eau/" in built.targets("personnes/bio/", ".hub-chips")
    assert not built.has("personnes/organisations/cache/")


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("roles/facilitation/", ["Awa Sow"]),
        ("roles/proofreading/", ["Cica Do"]),
        ("groupes/gtt/", ["Awa Sow", "Bio Bah", "Cica Do"]),
        ("themes/soins/", ["Awa Sow"]),
        ("organisations/centre/", ["Awa Sow"]),
        ("organisations/ministere/", ["Awa Sow"]),
        ("", ["Awa Sow", "Bio Bah", "Cica Do"]),
    ],
)
def test_contributors_are_filtered_by_static_pages(built: Built, address: str, names: list[str]) -> None:
    page = built.page(f"personnes/{address}")
    listed = [one for one in page.main.find(".hub-people li") if "Contributeur retiré" not in plain(one.text)]
    assert [plain(one.one("a").text).split(" ", 1)[-1] for one in listed] == [name.split(" ", 1)[-1] for name in names]
    if address:
        assert f"personnes/{address}" in built.targets("personnes/", ".hub-facets")


def test_every_link_leads_somewhere(built: Built) -> None:
    assert built.link_faults()[1] == []


def test_the_page_of_a_contributor_does_not_grow(tmp_path) -> None:
    files = {f"docs/personnes/p{n:02}.md": text(f"Personne {n:02}") for n in range(40)}
    files |= {f"docs/notes/n{n:02}.md": text(f"N{n:02}", f"authors: [awa, p{n:02}]") for n in range(40)}
    files |= {f"docs/groupes/g{n:02}.md": text(f"G{n:02}", "type: gtt", f"chair: person:p{n:02}") for n in range(40)}
    built = make(tmp_path, {**files, "docs/personnes/awa.md": text("Awa Sow")}, config=CONFIG)
    assert len(built.targets("personnes/awa/", ".hub-chips")) == 13
    assert len(built.page("personnes/awa/").main.find(".hub-card")) == 12
    everybody = [address for address in built.pages if address.startswith("personnes/awa/avec/")]
    assert len(everybody) == 8
    assert len(built.targets("personnes/", ".hub-facets")) < 40
    assert built.link_faults()[1] == []


def everything(built: Built) -> dict[str, str]:
    """What stands in each file of a site, and its name."""
    return {name: f"{name}\n{(built.root / name).read_bytes().decode('utf-8', 'replace')}" for name in built.files}


def test_who_has_left_is_nowhere(built: Built) -> None:
    for name, content in everything(built).items():
        assert not re.search(r"(?i)dela[\s\u00a0_%-]*(20)?ade|personnes/dela\b|\bdela\b", content), name
    left = next(address for address in built.pages if "retire" in address)
    assert "Contributeur retiré" in built.page(left).one("h1").text
    assert "Note A" in built.page(left).main.text
    assert left in built.targets("notes/c/")
    # The pseudonym stands last among the contributors, and in no list by what would tell who it was.
    assert built.targets("personnes/", ".hub-people")[-1] == left
    listing = {one for one in built.pages if one.endswith("/") and left in built.targets(one, ".hub-people")}
    assert listing == {"personnes/", "en/personnes/"}
    assert not [one for one in built.targets(left, "body") if "/edit/" in one]
    assert [one for one in built.targets("personnes/bio/", "body") if "/edit/" in one]


def test_what_authors_write_stands_under_the_name_that_its_kind_gives_it(tmp_path) -> None:
    files = {
        "docs/personnes/awa.md": text("Awa Sow"),
        "docs/billets/un.md": text("Un billet", "date: 2020-01-01", "authors: [awa]"),
        "docs/billets/deux.md": text(
            "Deux", "date: 2021-01-01", "contributors: [{person: awa, roles: [traduction, rédaction]}]"
        ),
        "docs/notes/a.md": text("Une note", "authors: [awa]"),
    }
    work = sections(make(tmp_path, files), "personnes/awa/")
    assert list(work) == ["Billets", "Rédaction – ébauche originale", "Traduction"]
    assert ("Un billet" in work["Billets"], "Deux" in work["Billets"]) == (True, True)
    assert "billet" not in work["Rédaction – ébauche originale"].lower()


def test_who_committed_is_shown_as_they_agreed(tmp_path) -> None:
    repository = Repository(tmp_path)
    files = {
        "mkdocs.yml": CONFIG,
        **{f"docs/notes/{name}.md": text(f"Note {name}", body=f"Un {name}.") for name in "abcde"},
        "docs/personnes/awa.md": text("Awa Sow", CONSENT, f"git: [{address_hash('awa@example.org')}]"),
        "docs/personnes/bio.md": text("Bio Bah", f"git: [{address_hash('bio@example.org')}]", "bio: Caché."),
        "docs/personnes/cica.md": text("Cica Do"),
        "docs/notes/f.md": text("Note f", "contributors: [{person: awa, roles: [facilitation]}]"),
        "docs/personnes/dela.md": text("Dela Ade", "retired: oui", f"git: [{address_hash('dela@example.org')}]"),
    }
    repository.commit("Premiers textes", files, author="Fac <f@example.org>")
    who = {
        "a": "awa_s <awa@example.org>",  # agreed: whoever has this address is she
        "b": "lion_du_nord <bio@example.org>",  # did not: the name chosen in Git is not told to be his
        "c": "Bio Bah <autre@example.org>",  # signed with the name that his page has
        "d": "La Dela <dela@example.org>",  # has left
        "e": "Étranger <x@example.org>",  # nobody of the hub
    }
    for name, author in who.items():
        repository.commit("Préciser", {f"docs/notes/{name}.md": text(f"Note {name}", body="Deux.")}, author=author)
    for name in ("Note b", "Note c"):  # more texts changed than facilitated
        path = f"docs/notes/{name[-1]}.md"
        repository.commit("Encore", {path: text(name, body="Trois.")}, author="Awa Sow <awa@example.org>")
        repository.commit("Retour", {path: text(name, body="Deux.")}, author=who[name[-1]])
    repository.commit("Fiche", {"docs/personnes/cica.md": text("Cica Do", CONSENT)}, author=who["a"])
    built = build(tmp_path)
    left = next(address for address in built.pages if "retire" in address)
    work = sections(built, "personnes/awa/")
    assert list(work)[:2] == ["Facilitation", "Modifications de textes"]  # what has no role comes last
    assert "Cica" not in work["Modifications de textes"]  # nobody reads who filled in whose page

    def told(name: str) -> tuple[str, list[str]]:
        address = f"notes/{name}/historique/"
        people = built.page(address).main.find(".hub-revisions li")[0].find("p")[0]
        return plain(people.text), [built.leads(address, link["href"]) for link in people.find("a")]

    assert told("a") == ("Awa Sow", ["personnes/awa/"])
    assert told("b") == ("lion_du_nord", [])
    assert told("c") == ("Bio Bah", ["personnes/bio/"])
    assert told("d")[0].startswith("Contributeur retiré")
    assert told("d")[1] == [left]
    assert told("e") == ("Étranger", [])
    assert "Note a" in plain(built.page("personnes/awa/").main.text)
    bio = plain(built.page("personnes/bio/").main.text)
    assert ("Note c" in bio, "Note b" in bio, "Caché" in bio, "lion" in bio) == (True, False, False, False)
    assert "Note d" in plain(built.page(left).main.text)  # the work stays, under the pseudonym
    assert "Cette personne a quitté le hub" in plain(built.page(left).main.text)
    for name, content in everything(built).items():
        assert not re.search(r"La Dela|Dela Ade|awa_s|example\.org>", content), name


OLD = re.compile(
    r"(?i)jules[\s\u00a0_%-]*(?:20)?a[dg]be[\s\u00a0_%-]*(?:20)?kossi|kossi[\s,\u00a0_-]*jules|jkossi|ancien-?nom"
)


@pytest.mark.parametrize("state", ["retired", "under review", "unreadable", "withheld", "withdrawn"])
def test_name_and_id_of_who_has_left_are_in_no_file_of_the_site(tmp_path, state) -> None:
    repository = Repository(tmp_path)
    person = "docs/personnes/jkossi.md"
    name = ("given_name: Jules Agbe", "family_name: Kossi", "aliases: [personnes/ancien-nom/]")
    mentions = (
        "Jules Agbe Kossi l’a dit, [[jkossi]] et [lui](../personnes/jkossi.md) ; person:jkossi.\n\n"
        "![Jules Agbe Kossi](jules-agbe-kossi.jpg)\n"
    )
    retired = ("retired: oui", f"git: [{address_hash('j@example.org')}]")
    status = {
        "under review": "status: en revue",
        "withdrawn": "status: retiré\nwithdrawal: {date: 2026-01-01, reason: 'À la demande de Jules Agbe Kossi'}",
    }.get(state, "")
    body = "Né ici."
    files = {
        "mkdocs.yml": CONFIG,
        person: text("Jules Agbe Kossi", *name, *retired, *filter(None, [status]), body=body),
        "docs/personnes/jkossi.en.md": text("Jules Agbe Kossi", body="Born here."),
        "docs/personnes/jkossi.jpg": "image",
        "docs/notes/jules-agbe-kossi.jpg": "image",
        "docs/notes/a.md": text("Note A", "authors: [jkossi]", "related: [person:jkossi]", body=mentions),
        "docs/notes/a.en.md": text("Note A", "source_hash: 000000000000", body="[[jkossi]] said so."),
        "docs/notes/entretien-jules-agbe-kossi.md": text("Entretien", body=f"Entretien. {mentions}"),
        "docs/notes/b.md": text("Note B", "aliases: [personnes/jkossi/, notes/jules-agbe-kossi/]"),
    }
    if state == "withheld":
        files["docs/retraits.yml"] = (
            "withheld:\n  - entry: person:jkossi\n    reason: À la demande de Jules Agbe Kossi\n    date: 2026-01-01\n"
        )
    repository.commit("Ajouter jkossi : docs/personnes/jkossi.md, par Jules Agbe Kossi", files)
    repository.move("docs/notes/entretien-jules-agbe-kossi.md", "docs/notes/entretien.md")
    repository.move("docs/notes/b.md", "docs/personnes/jkossi-2.md")
    changed = {
        "docs/notes/a.md": text(
            "Note A", "contributors: [{person: jkossi, roles: [traduction]}]", body=f"{mentions}\nEt [[jkossi]]."
        ),
        "docs/personnes/jkossi.en.md": None,
    }
    repository.move("docs/personnes/jkossi-2.md", "docs/notes/b.md")
    repository.commit(
        "Corriger person:jkossi\n\nRevision: de Jules Agbe Kossi", changed, author="jkossi <j@example.org>"
    )
    repository.commit("Encore", {"docs/notes/a.md": text("Note A", "authors: [jkossi]", body="Sans lui.")})
    if state == "unreadable":
        repository.commit("Faute", {person: "---\ntitle: [Jules Agbe Kossi\n---\n\nNé ici.\n"})
    built = build(tmp_path)
    for path, content in everything(built).items():
        found = OLD.search(content)
        assert not found, (path, content[max(0, found.start() - 80) : found.end() + 40])
        assert "Né ici" not in content
    left = next(address for address in built.pages if "retire" in address)
    assert built.has("notes/a/historique/")
    if state not in {"withdrawn", "withheld"}:
        assert "Note A" in built.page(left).main.text
        assert left in built.targets("notes/a/")


ADDRESS = re.compile(r"[\w.+-]+(?:@|%40|&#(?:64|x40);|＠)[\w-]+\.[\w.-]+", re.IGNORECASE)
SECRET = "awa.sow@sante.example.org"


def test_no_address_of_anybody_reaches_the_site(tmp_path) -> None:
    everywhere = (
        f"Écrire à {SECRET}, <{SECRET}>, [Awa](mailto:{SECRET}), `{SECRET}`, {SECRET.replace('@', '&#64;')}, "
        f"{SECRET.replace('@', chr(92) + '@')}, [lien](https://example.org/?q={SECRET}), [[{SECRET}]], "
        f"![{SECRET}](a.png)."
    )
    files = {
        "docs/vocabulaires/themes.yml": f"title: T\nterms:\n  eau: {{fr: 'Eau {SECRET}', en: Water}}\n",
        "docs/personnes/awa.md": text(
            "Awa Sow", CONSENT, f"bio: 'Écrire à {SECRET}'", f"expertise: ['{SECRET}']",
            f"affiliations: [{{organisation: '{SECRET}'}}]",
            body=everywhere,
        ),
        f"docs/personnes/{SECRET}.md": text(f"Bio {SECRET}"),
        "docs/notes/a.md": text(
            f"Note de {SECRET}", f"summary: '{SECRET}'", f"keywords: ['{SECRET}', eau]", "themes: [eau]",
            f"authors: ['{SECRET}']",
            f"stakeholders: ['{SECRET}']", f"lessons: [{{id: L1, statement: 'Selon {SECRET}'}}]",
            f"source: {{title: '{SECRET}', authors: ['{SECRET}'], url: 'https://example.org/{SECRET}'}}",
            f"places: [{{country: BJ, health_zone: '{SECRET}'}}]",
            body=f"# {SECRET}\n\n## Titre {SECRET}\n\n{everywhere}\n\n[^1]\n\n[^1]: {SECRET}\n",
        ),
        "docs/wiki/w.md": text("Wiki", body=everywhere),
        f"docs/notes/{SECRET}.pdf": "document",
        "docs/notes/a.png": "image",
        "docs/billets/b.md": text(
            "Billet", "date: 2020-01-01", f"comments: [{{author: '{SECRET}', text: 'De {SECRET}'}}]"
        ),
    }  # fmt: skip
    write(tmp_path, files)
    commit(tmp_path, f"Texte\n\nCo-authored-by: Awa Sow <{SECRET}>")
    git(tmp_path, "-c", f"user.email={SECRET}", "commit", "-q", "--allow-empty", "-m", f"De {SECRET}")
    built = make(tmp_path, {}, config=CONFIG)
    found = {name: ADDRESS.findall(content) for name, content in everything(built).items()}
    assert {name: all_ for name, all_ in found.items() if any("2x" not in one for one in all_)} == {}
    assert "adresse non publiée" in built.page("notes/a/").main.text
    assert load(tmp_path).report
