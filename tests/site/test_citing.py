"""A page offers its reference, in words and as files, and its head tells programs the same."""

from __future__ import annotations

import json

import pytest
import yaml

from hub.addresses import ARCHIVE
from hub.history import History
from tests.repository import Repository
from tests.site.hubs import build, make, plain, say, text

TITLE = "</script><b>} \\\\ & ' ; \\u2028 fin"
FILES = {
    "docs/notes/plans.md": text(
        "Des plans partagés",
        "summary: Ce que l’on a appris.",
        "date: 2015-04-18",
        "authors: [ada, jean, equipe]",
        "contributors: [{person: trad, roles: [traduction]}, {person: ada, roles: [enquête et investigation]}]",
        "organisations: [cr]",
        "keywords: [plans, 'un; deux']",
        "places: [BJ]",
        "experience_period: 2009/2014",
        "doi: 10.5281/zenodo.1234567",
        "lessons: [{id: L1, statement: Un plan se discute.}, {id: L2, statement: Il se relit.}]",
    ),
    "docs/notes/plans.en.md": text("Shared plans", "date: 2015-04-18"),
    "docs/notes/relue.md": text("Relue", "quality_grid: [{criterion: clarté, answer: oui, reviewer: ada}]"),
    "docs/notes/mauvaise.md": text(TITLE, "summary: 'a</script><!-- b'"),
    "docs/notes/brouillon.md": text("Brouillon", "status: brouillon"),
    "docs/notes/retiree.md": text("Retirée", "status: retiré", "withdrawal: {date: 2026, reason: Faux.}"),
    "docs/wiki/fbr.md": text("Le FBR", "authors: [ada]"),
    "docs/billets/nouvelle.md": text("Nouvelle", "date: 2015-05", "authors: [ada]"),
    "docs/projets/puits.md": text(
        "Des puits",
        "iati_identifier: XM-DAC-2-10-8401",
        "start_date: 2022-01",
        "budget: 1299253 EUR",
        "recipient_country: BJ",
        "participating_orgs: [{org: cr, role: financement}]",
        "results: [{id: R1, level: result, statement: Dix puits.}]",
    ),
    "docs/ressources/rapport.md": text("Rapport", "authors: [Une équipe]", "year: 2014", "file: rapport.pdf"),
    "docs/ressources/rapport.pdf": "%PDF",
    "docs/personnes/ada.md": text(
        "Ada Abalo",
        "given_name: Ada",
        "family_name: Abalo",
        "orcid: 0000-0002-1825-0097",
        "consent: {date: 2026-01-01}",
    ),
    "docs/personnes/jean.md": text(
        "Jean Claude Dossou Yovo", "given_name: Jean Claude", "family_name: Dossou Yovo", "orcid: 0000-0001-5109-3700"
    ),
    "docs/personnes/equipe.md": text("Équipe de zone"),
    "docs/personnes/trad.md": text("Tara Duc"),
    "docs/organisations/cr.md": text("Centre de recherche", "ror: 03gzr6j88"),
    "docs/glossaire/fbr.md": text(
        "Financement basé sur les résultats", "acronym: FBR", "definition: Payer ce qui est fait."
    ),
    "docs/groupes/cop.md": text("CoP", "type: cop"),
    "docs/reunions/une.md": text("Une réunion", "date: 2015-04-18", "group: cop", "venue: Cotonou"),
    "docs/une-page.md": text("Une page"),
}
URL = "https://hub.example/"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return make(
        tmp_path_factory.mktemp("cited"), FILES, config=f"site_url: {URL}\nrepo_url: https://forge.example/hub\n"
    )


def meta(page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in page.head.find("meta"):
        if "name" in one.attrs:
            found.setdefault(one["name"], []).append(one["content"])
    return found


def data(built, address: str) -> dict:
    html = (built.root / address / "index.html").read_text("utf-8")
    parts = html.split('<script type="application/ld+json">')
    assert len(parts) == 2, address
    raw = parts[1].split("</script>")[0]
    assert not set(raw) & set("<>&\u2028\u2029")
    return json.loads(raw)


def test_a_reference_is_there_in_both_languages_without_a_script(built):
    page = built.page("notes/plans/")
    block = page.main.one("details.hub-cite")
    assert block.one("summary").text == "Citer"
    french, english = [plain(one.text) for one in block.find(".hub-cite__text")]
    assert french.startswith("Abalo, Ada ; Dossou Yovo, Jean Claude ; Équipe de zone (2015). Des plans partagés [Note")
    assert "https://doi.org/10.5281/zenodo.1234567 (swh:1:cnt:" in french
    assert "[Capitalisation note]" in english
    assert [one.attrs.get("lang") for one in block.find(".hub-cite__text")] == [None, "en"]
    assert all("hidden" in button.attrs for button in block.find("button"))
    assert "Shared plans [Capitalisation note]" in built.page("en/notes/plans/").main.find(".hub-cite__text")[0].text


def test_a_lesson_offers_a_reference_of_its_own_without_a_script(built):
    lessons = built.page("notes/plans/").main.find(".hub-lessons li")
    assert [lesson["id"] for lesson in lessons] == ["L1", "L2"]
    for lesson, statement in zip(lessons, ("Un plan se discute", "Il se relit"), strict=True):
        block = lesson.one("details.hub-cite-part")
        assert plain(block.one("summary").text) == f"Citer cette leçon {lesson['id']}"
        said = plain(block.one("p").text)
        assert f"(2015). Leçon {lesson['id']} : {statement}. Dans : Des plans partagés [Note" in said
        assert f"{URL}notes/plans/#{lesson['id']} (swh:1:cnt:" in said
        assert "hidden" in block.one("button").attrs
        assert (
            built.page("notes/plans/").main.one(f"#{block.one('button')['data-hub-copy']}").text == block.one("p").text
        )
    assert "Citer ce résultat R1" in plain(built.page("projets/puits/").main.text)


def test_files_stand_beside_the_page(built):
    links = {link.text: link["href"] for link in built.page("notes/plans/").main.one("details.hub-cite").find("a")}
    assert links == {"BibTeX": "citation.bib", "RIS": "citation.ris", "CSL-JSON": "citation.json"}
    assert {f"notes/plans/{name}" for name in links.values()} <= built.files
    (item,) = json.loads((built.root / "notes/plans/citation.json").read_text("utf-8"))
    assert item["URL"] == f"{URL}notes/plans/"
    assert (built.root / "notes/plans/citation.ris").read_bytes().endswith(b"ER  - \r\n")
    assert "en/notes/plans/citation.bib" in built.files


@pytest.mark.parametrize(
    "address", ["notes/brouillon/", "notes/retiree/", "personnes/ada/", "reunions/une/", "une-page/"]
)
def test_what_is_not_cited_offers_no_reference(built, address):
    page = built.page(address)
    assert page.main.find("details.hub-cite") == []
    assert not any(name.startswith(("citation_", "DC.")) for name in meta(page))
    assert f"{address}citation.bib" not in built.files


def test_zotero_takes_a_note_as_a_report_with_its_authors(built):
    found = meta(built.page("notes/plans/"))
    assert found["citation_title"] == ["Des plans partagés"]
    # A space on both sides of the comma would part the name in two; a body's name is all family name.
    assert found["citation_author"] == ["Abalo, Ada", "Dossou\u00a0Yovo, Jean Claude", "Équipe de zone,"]
    assert found["citation_author_orcid"] == [
        "https://orcid.org/0000-0002-1825-0097"
    ]  # Jean has not agreed to show his
    assert found["citation_publication_date"] == ["2015/04/18"]
    assert found["citation_technical_report_institution"] == ["Centre de recherche; Essai"]
    assert found["citation_keywords"] == ["plans; un, deux"]
    assert found["citation_public_url"] == [f"{URL}notes/plans/"]
    assert found["citation_doi"] == ["10.5281/zenodo.1234567"]
    assert found["DC.type"] == ["report"]
    assert found["DC.creator"] == ["Abalo, Ada", "Dossou Yovo, Jean Claude", "Équipe de zone"]
    assert found["DC.identifier"][0] == "https://doi.org/10.5281/zenodo.1234567"


def test_no_page_has_a_tag_that_would_make_a_web_page_of_it(built):
    for address, page in built.pages.items():
        for one in page.head.find("meta"):
            assert "property" not in one.attrs, address
            assert not one.attrs.get("name", "").lower().startswith(("og:", "article:", "twitter:")), address


@pytest.mark.parametrize(
    ("address", "kind"),
    [("wiki/fbr/", "encyclopediaArticle"), ("billets/nouvelle/", "blogPost"), ("ressources/rapport/", "document")],
)
def test_other_texts_are_what_zotero_calls_them(built, address, kind):
    found = meta(built.page(address))
    assert found["DC.type"] == [kind]
    assert "citation_technical_report_institution" not in found


def test_a_document_says_where_its_pdf_is(built):
    assert meta(built.page("ressources/rapport/"))["citation_pdf_url"] == [f"{URL}ressources/rapport.pdf"]


def test_a_page_names_its_own_address(built):
    for address in ("notes/plans/", "en/notes/plans/", "personnes/ada/", ""):
        (link,) = built.page(address).head.find("link[rel=canonical]")
        assert link["href"] == URL + address


def test_a_note_is_a_report_of_its_authors(built):
    found = data(built, "notes/plans/")
    assert found["@type"] == "Report"
    assert found["@id"] == found["url"] == f"{URL}notes/plans/"
    assert found["name"] == "Des plans partagés"
    assert found["abstract"] == "Ce que l’on a appris."
    assert found["datePublished"] == "2015-04-18"
    assert found["inLanguage"] == "fr"
    assert [(one["@type"], one["name"]) for one in found["author"]] == [
        ("Person", "Ada Abalo"),
        ("Person", "Jean Claude Dossou Yovo"),
        ("Person", "Équipe de zone"),
    ]
    assert found["author"][0]["identifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert "identifier" not in found["author"][1]
    roles = [(one["roleName"], one["contributor"]["name"]) for one in found["contributor"]]
    credit = "https://credit.niso.org/contributor-roles/investigation/"
    assert roles == [("Traduction", "Tara Duc"), (credit, "Ada Abalo")]
    assert found["isPartOf"] == {"@type": "WebSite", "name": "Essai", "url": URL}
    assert found["license"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert [one["propertyID"] for one in found["identifier"]] == ["DOI", "SWHID"]
    assert found["spatialCoverage"] == {"@type": "Country", "name": "Bénin", "identifier": "BJ"}
    assert found["temporalCoverage"] == "2009/2014"


def test_each_kind_is_what_schema_org_calls_it(built):
    types = {
        "notes/relue/": "ScholarlyArticle",
        "wiki/fbr/": "Article",
        "billets/nouvelle/": "BlogPosting",
        "ressources/rapport/": "CreativeWork",
        "groupes/cop/": "Organization",
    }
    assert {address: data(built, address)["@type"] for address in types} == types
    project = data(built, "projets/puits/")
    assert project["@type"] == "ResearchProject"
    assert project["identifier"] == {"@type": "PropertyValue", "propertyID": "IATI", "value": "XM-DAC-2-10-8401"}
    assert project["funder"]["name"] == "Centre de recherche"
    assert project["areaServed"]["identifier"] == "BJ"
    amount = {"@type": "MonetaryAmount", "value": 1299253, "currency": "EUR"}
    assert project["funding"] == {"@type": "MonetaryGrant", "amount": amount}
    person = data(built, "personnes/ada/")
    assert (person["@type"], person["sameAs"]) == ("Person", "https://orcid.org/0000-0002-1825-0097")
    assert "sameAs" not in data(built, "personnes/jean/")
    assert data(built, "organisations/cr/")["sameAs"] == "https://ror.org/03gzr6j88"
    term = data(built, "glossaire/fbr/")
    assert (term["@type"], term["termCode"]) == ("DefinedTerm", "FBR")
    assert term["inDefinedTermSet"] == {"@type": "DefinedTermSet", "name": "Glossaire"}
    meeting = data(built, "reunions/une/")
    assert (meeting["@type"], meeting["startDate"]) == ("Event", "2015-04-18")
    assert (meeting["location"]["name"], meeting["organizer"]["name"]) == ("Cotonou", "CoP")


def test_a_title_breaks_out_of_nothing(built):
    title = "</script><b>} \\ & ' ; \u2028 fin"
    assert data(built, "notes/mauvaise/")["name"] == title
    line = title.replace("\u2028", "").replace("  ", " ")
    assert meta(built.page("notes/mauvaise/"))["citation_title"] == [line]
    assert line in built.page("notes/mauvaise/").main.find(".hub-cite__text")[0].text.replace("\u00a0", " ")
    (item,) = json.loads((built.root / "notes/mauvaise/citation.json").read_text("utf-8"))
    assert item["title"] == line


def test_drafts_tell_programs_nothing(built):
    html = (built.root / "notes/brouillon/index.html").read_text("utf-8")
    assert "ld+json" not in html


def test_the_hub_says_how_it_is_cited(built):
    found = yaml.safe_load((built.root / "CITATION.cff").read_text("utf-8"))
    assert found["title"] == "Essai"
    assert found["url"] == URL
    assert found["repository-code"] == "https://forge.example/hub/"
    assert {"family-names": "Abalo", "given-names": "Ada", "orcid": "https://orcid.org/0000-0002-1825-0097"} in found[
        "authors"
    ]
    assert {"family-names": "Dossou Yovo", "given-names": "Jean Claude"} in found["authors"]
    assert not any("Duc" in json.dumps(author) for author in found["authors"])  # a translator is no author
    assert found["message"] == say(
        "To cite this hub as a whole, use these values; each text has a reference of its own."
    )


def test_a_kind_of_a_hub_of_its_own_is_cited_like_the_others(tmp_path):
    kind = """
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.views import Citation, Thing


class Visit(Entry):
    def citation(self):
        return Citation("report", self.title, str(self.lang), self.writers())

    def json_ld(self):
        return Thing("Report", {"alternateName": "visite"}, is_work=True)


KIND = Kind(
    name="visit",
    model=Visit,
    folder=Label("visites", "visits"),
    label=Label("Visite", "Visit"),
    plural=Label("Visites", "Visits"),
)
"""
    config = "site_name: Essai\nplugins:\n  - hub:\n      kinds: kinds\n"
    built = make(tmp_path, {"kinds/visit.py": kind, "docs/visites/a.md": text("Une visite")}, config=config)
    assert data(built, "visites/a/")["alternateName"] == "visite"
    assert meta(built.page("visites/a/"))["DC.type"] == ["report"]
    assert "visites/a/citation.ris" in built.files


def test_each_revision_has_a_reference_of_its_own(tmp_path):
    made = Repository(tmp_path / "hub")
    config = f"site_name: Essai\nsite_url: {URL}\nplugins: [hub]\n"
    made.commit("Premier", {"mkdocs.yml": config, "docs/notes/a.md": text("Le premier titre", "date: 2015-04-18")})
    made.commit("Second", {"docs/notes/a.md": text("Le second titre", "date: 2015-04-18")})
    new, old = History.read(made.root).of("docs/notes/a.md")
    built = build(made.root)
    page = built.page("notes/a/").main.one(".hub-cite")
    assert f"{new.swhid})" in page.text
    assert "(version du " in page.text
    assert f"{URL}notes/a/ (" in page.text
    address = f"notes/a/{ARCHIVE.fr}/{old.short}/"
    block = built.page(address).one(".hub-cite")
    assert "Le premier titre [Note" in block.text
    assert f"{old.swhid})" in block.text
    assert f"{URL}{address} (" in block.text
    (item,) = json.loads((built.root / address / "citation.json").read_text("utf-8"))
    assert item["version"] == f"{old.day}, {old.short}"
    assert item["title"] == "Le premier titre"
    assert item["id"] != json.loads((built.root / "notes/a/citation.json").read_text("utf-8"))[0]["id"]
    assert built.link_faults()[1] == []
