"""Who has left: a pseudonym in the place of name and id, everywhere."""

from __future__ import annotations

import re

import pytest

from hub.links import Resolver
from hub.public import public
from hub.retirement import Retirement
from tests.support import checked, codes, hub, note

SALT = "abcdefghijklmnopqrstuvwxyz"
CONFIG = "site_name: Essai\nplugins:\n  - hub:\n      salt: " + SALT + "\n"
NAMES = r"(?i)jean[-\s]?paul|dossou[ée]|DOSSOU"
FILES = {
    "mkdocs.yml": CONFIG,
    "docs/personnes/jean-paul-dossoue.md": (
        "---\ntitle: Jean-Paul Dossoué\ngiven_name: Jean-Paul\nfamily_name: Dossoué\nretired: oui\n"
        "aliases: [personnes/jp-dossoue/]\norcid: 0000-0002-1825-0097\nbio: Né ici.\n"
        "consent: {date: 2020-01-01}\n---\n\nSa vie.\n"
    ),
    "docs/personnes/jean-paul-dossoue.en.md": "---\ntitle: Jean-Paul Dossoué\n---\n\nHis life.\n",
    "docs/personnes/awa.md": "---\ntitle: Awa Sow\n---\n",
    "docs/notes/a.md": note(
        "authors: [jean-paul-dossoue, awa]",
        "stakeholders: ['Dossoué, Jean Paul (médecin)']",
        "related: [person:jean-paul-dossoue]",
        "quality_grid:",
        "  - {criterion: Clarté, answer: oui, reviewer: jean-paul-dossoue}",
        body=(
            "Jean-Paul DOSSOUE l’a dit ; [[jean-paul-dossoue]], [[Jean-Paul Dossoué|le docteur Dossoué]], "
            "[J.-P. Dossoué](../personnes/jean-paul-dossoue.md). Jean-Paul\nDossoué\u00a0aussi.\n"
        ),
    ),
    "docs/notes/a.en.md": note("authors: [jean-paul-dossoue]", body="[[jean-paul-dossoue]] said so.\n"),
    "docs/groupes/g.md": (
        "---\ntitle: Groupe\ntype: gtt\nchair: Jean-Paul Dossoué\n"
        "members:\n  - who: person:jean-paul-dossoue\n---\n\nUn.\n"
    ),
}


def test_name_and_id_are_nowhere(tmp_path):
    shown = public(hub(tmp_path, FILES).library)
    for entry in shown:
        assert not re.search(NAMES, repr(entry)), entry.src_uri
        assert not re.search(NAMES, entry.body), entry.body
        assert not re.search(NAMES, repr(entry.outline))
    assert not re.search(NAMES, repr((shown.references, shown.wanted)))


def test_the_pseudonym_stands_in_their_place(tmp_path):
    shown = public(hub(tmp_path, FILES).library)
    (left,) = (entry for entry in shown.of_kind("person", "fr") if entry.is_retired)
    mark = left.id.removeprefix("contributeur-retire-")
    assert re.fullmatch("[a-z2-7]{8}", mark)
    assert left.title == f"Contributeur retiré {mark}"
    assert shown.translations(left)["en"].title == f"Retired contributor {mark}"
    assert (left.orcid, left.bio, left.aliases, left.body) == (None, None, (), "")
    text = shown.get("note", "a", "fr")
    assert text.authors[0].id == left.id
    assert text.stakeholders == (f"Contributeur retiré {mark} (médecin)",)
    assert text.body.count(f"[[person:{left.id}]]") == 3
    assert Resolver(shown).wiki(text.outline.wiki_links[0].target, "fr").entry is left
    assert {reference.source[1] for reference in shown.backlinks(left)} == {"a", "g"}
    assert shown.get("group", "g").chair == f"Contributeur retiré {mark}"


def test_a_past_revision_is_treated_alike(tmp_path):
    library = hub(tmp_path, FILES).library
    entry = library.get("note", "a")
    assert Retirement(library).entry(entry).body == public(library).get("note", "a").body


def test_the_id_takes_the_salt_to_guess(tmp_path, monkeypatch):
    def made(config: str) -> str:
        shown = public(hub(tmp_path, {**FILES, "mkdocs.yml": config}).library)
        return next(entry.id for entry in shown if entry.is_retired)

    assert made(CONFIG) == made(CONFIG) != made(CONFIG.replace(SALT, SALT[::-1]))
    monkeypatch.setenv("HUB_SALT", SALT)
    assert made("site_name: Essai\nplugins: [hub]\n") == made(CONFIG)


def test_who_shares_the_name_keeps_it(tmp_path):
    files = {**FILES, "docs/personnes/autre.md": "---\ntitle: Jean-Paul Dossoué\n---\n"}
    shown = public(hub(tmp_path, files).library)
    assert shown.get("person", "autre").title == "Jean-Paul Dossoué"
    assert shown.get("group", "g").chair == "Jean-Paul Dossoué"
    assert "[[person:contributeur-retire-" in shown.get("note", "a").body


def test_nobody_who_stays_is_touched(tmp_path):
    files = {**FILES, "docs/notes/b.md": note("authors: [awa]", body="Jean-Pauline Dossouée et [[awa]].\n")}
    library = hub(tmp_path, files).library
    assert public(library).get("note", "b") is library.get("note", "b")


@pytest.mark.parametrize(("config", "expected"), [(CONFIG, []), ("plugins: [hub]\n", ["retired-without-salt"])])
def test_a_hub_without_a_salt_is_told(tmp_path, config, expected):
    report = checked(
        tmp_path, {"mkdocs.yml": config, "docs/personnes/a.md": "---\ntitle: Awa Sow\nretired: oui\n---\n"}
    ).report
    assert codes(report) == expected
