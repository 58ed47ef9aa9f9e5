"""The search knows of every kind what its page shows, and leads to places that are there."""

from __future__ import annotations

import itertools
import re

import pytest

import hub
from hub.public import public
from hub.search.analysis import words
from hub.search.cache import Cache
from hub.search.records import SearchRecord, Source
from tests.searching import DAY, article, term
from tests.site.hubs import Built, make

NUMBER = itertools.count(1000)
FIELDS = {
    "notes/n": (
        "summary: §", "keywords: [§, §]", "tier: short", "axes: [§]", "target_groups: [§]", "method: §",
        "stakeholders: [§]", "phases: [{title: §, text: §, actors: [§]}]",
        "results: [{axis: §, statement: §, indicator: §, value: §, evidence: §}]", "sites: [{name: §, results: [§]}]",
        "key_moments: [{date: 2015, label: §}]", "difficulties: [§, §]",
        "lessons: [{id: L1, statement: §, applies_when: §}, {id: L2, statement: §}]", "sustainability: [§]",
        "replicability: §", "gender: §", "outlook: [§]", "recommendations: [§]", "consent: {scope: §}",
        "quality_grid: [{criterion: §, answer: oui, comment: §}]", "authors: [a]", "groups: [g]", "projects: [p]",
        "places: [{country: BJ, department: §, health_zone: §, facility: §}]", "organisations: [o]",
    ),
    "projets/p": (
        "summary: §", "budget_line: §", "axes: [§]", "preconditions: [§]", "milestones: [{date: 2006, label: §}]",
        "results: [{id: R1, level: result, domain: §, statement: §, indicators: [{statement: §, target: §}]}]",
        "governance: [{body: §, members: [§], chair: §, role: §}]",
    ),
    "wiki/w": ("question_answered: §",),
    "collaborations/c": (
        "terms_of_reference: §", "time_commitment: §", "deliverables: [{label: §}]",
        "evaluation: {criteria: [§], summary: §}",
    ),
    "evenements/e": (
        "start: 2016-05", "venue: §", "organisers: [§]", "call: {text: §}",
        "sessions: [{time: '09:30', title: §, speakers: [§]}]",
    ),
    "groupes/g": (
        "type: gtt", "acronym: §", "mandate: §", "chair: §", "secretary: §", "members: [{who: §, role: §}]",
        "meets_every: §",
    ),
    "reunions/r": ("date: 2015-04-18", "venue: §", "attendance: [§]", "agenda: [{title: §, notes: §}]"),
    "organisations/o": ("acronym: §",),
    "personnes/a": (
        "consent: {date: 2026-01-01}", "expertise: [§]", "bio: §", "affiliations: [{organisation: §, since: 2001}]",
    ),
    "billets/b": ("date: 2015-04-18", "comments: [{author: §, date: 2015-05, text: §}]"),
    "ressources/d": ("rights: §", "year: 2015"),
    "glossaire/t": ("acronym: §", "fr: [§]", "en: [§]", "variants: [§]", "definition: §"),
    "page": (),
}  # fmt: skip
BODY = (
    "§ avant.\n\n## Un titre §\n\nDu **§** `§` et un [lien §](https://example.org/).\n\n- point §\n    - sous §\n\n"
    "> cité §\n\n| a § | b |\n|---|---|\n| § | x |\n\n### Plus bas §\n\n[^1] et fin.\n\n"
    "[^1]: note §\n"
)
ALERTS = {"note", "tip", "important", "warning", "caution"}
"""Names of alerts, which pages show in their own language."""


def file(address: str) -> str:
    make_one = term if address.startswith("glossaire") else article
    written = make_one("Titre §", *FIELDS[address], body=BODY)
    return re.sub("§", lambda _: f"zq{next(NUMBER)}x", written)


FILES = {f"docs/{address}.md": file(address) for address in FIELDS}


def said(record: SearchRecord) -> str:
    """All that is searched of an entry."""
    passages = (text for passage in record.passages for text in (passage.heading, passage.text))
    return " ".join([*record.names, record.summary, *record.keywords, record.front, *passages])


def records(root) -> dict[str, SearchRecord]:
    source = Source(public(hub.load(root).library), DAY)
    return {one.url: one for one in map(source.record, source.entries())}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return make(tmp_path_factory.mktemp("kinds"), FILES)


@pytest.fixture(scope="module")
def found(built) -> dict[str, SearchRecord]:
    return records(built.root.parent)


def test_every_kind_is_here(built, found):
    loaded = hub.load(built.root.parent)
    assert {record.key[0] for record in found.values()} == set(loaded.library.kinds)
    assert [one.rule.code for one in loaded.report] == []


@pytest.mark.parametrize("address", FIELDS)
def test_a_kind_gives_all_that_its_page_shows(built, found, address):
    own = set(re.findall("zq[0-9]+x", FILES[f"docs/{address}.md"]))
    shown = built.page(f"{address}/").one("main").text
    assert {one for one in own if one in shown} == own
    assert {one for one in own if one in said(found[f"{address}/"])} == own


@pytest.mark.parametrize("address", FIELDS)
def test_what_a_page_shows_is_found_and_stands_below_the_anchor_that_a_result_leads_to(built, found, address):
    page = (built.root / address / "index.html").read_text("utf-8")
    kind = found[f"{address}/"].key[0]
    sections = set()
    with Cache(built.root.parent).engine() as engine:
        for word in re.findall("zq[0-9]+x", FILES[f"docs/{address}.md"]):
            (one,) = engine.search(word, filters={"kind": [kind]}, limit=1)["results"]
            assert one["url"] == f"{address}/", word
            _, leads, anchor = one["section_url"].partition("#")
            sections.add(anchor)
            if leads:
                assert page.index(f'id="{anchor}"') < page.rindex(word)
                assert word in one["excerpt"] + one["section"]
    assert {"", "s-plus-bas"} < {re.sub("-zq.*", "", anchor) for anchor in sections}
    assert ("L2" in sections) == (kind == "note")


def test_every_passage_of_this_hub_stands_on_its_page_at_its_anchor(benin):
    found = records(benin.root.parent)
    assert len(found) > 100
    passages = 0
    for url, record in found.items():
        page = benin.page(url)
        shown = {word.form for word in words(page.one("main").text)}
        for passage in record.passages:
            passages += 1
            assert not passage.anchor or passage.anchor in page.ids, (url, passage.anchor)
            lost = {word.form for word in words(passage.text)} - shown - ALERTS
            assert not lost, (url, passage.anchor, lost)
    assert passages > 300


def test_the_ids_of_passages_are_below_one_another_in_the_order_of_the_page(benin):
    for url, record in records(benin.root.parent).items():
        places = {anchor: at for at, anchor in enumerate(dict.fromkeys(benin.page(url).ids))}
        headings = [places[passage.anchor] for passage in record.passages if passage.anchor.startswith("s-")]
        assert headings == sorted(headings), url
