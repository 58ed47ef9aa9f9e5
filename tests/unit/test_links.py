"""References, links and wiki links lead to the entry they mean, and what leads nowhere is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.links import Destination, Resolver
from tests.support import codes, hub, note, places, said

FILES = {
    "docs/notes/appui-dds.md": note(
        "lessons:", "  - {id: L1, statement: Il faut du temps.}", body="## Contexte\n\nUn texte.\n"
    ),
    "docs/notes/appui-dds.en.md": note(body="## Context\n\nA text.\n"),
    "docs/personnes/jean-paul-dossou.md": "---\ntitle: Jean-Paul Dossou\n---\n",
    "docs/glossaire/fbr.md": "---\ntitle: Financement basé sur les résultats\nacronym: FBR\n---\n",
    "docs/notes/affiche.pdf": "x",
}


@pytest.mark.parametrize(
    "body",
    [
        "[a](appui-dds.md) [b](../notes/appui-dds.md) [c](/notes/appui-dds.md)",
        "[a](appui-dds.md#L1) [b](appui-dds.md#contexte) [c](appui-dds.md?x=1)",
        "[a](affiche.pdf) [b](https://www.example.org/) [c](mailto:a@example.org) [d](#contexte-ici) [e](../notes/)",
        "[[appui-dds]] [[FBR]] [[fbr|le FBR]] [[Financement basé sur les résultats]] [[note:appui-dds#L1]]",
        "`[[rien]]`\n\n    [rien](rien.md)\n\n```\n![](rien.png)\n```",
        '[a](appui-dds.md "titre") [b](<appui-dds.md>) [c][ref]\n\n[ref]: appui-dds.md',
    ],
)
def test_leads_somewhere(tmp_path: Path, body: str) -> None:
    loaded = hub(tmp_path, {**FILES, "docs/notes/x.md": note(body=f"## Contexte ici\n\n{body}\n")})
    assert places(loaded.report) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[a](apui-dds.md)", "broken-link"),
        ("[a](../../hors.md)", "broken-link"),
        ("[a](../../mkdocs.yml)", "broken-link"),
        ("[a](appui-dds.md#L9)", "broken-anchor"),
        ("[a](#nulle-part)", "broken-anchor"),
        ("![a](absent.png)", "missing-image"),
        ("![a](appui-dds.md)", "missing-image"),
        ("![a](https://www.example.org/a.png)", "external-image"),
        ("[[inconnu]]", "unknown-wiki-link"),
        ("[[note:inconnu]]", "unknown-wiki-link"),
        ("| a |\n|---|\n| [[inconnu\\|x]] |", "unknown-wiki-link"),
    ],
)
def test_leads_nowhere(tmp_path: Path, body: str, code: str) -> None:
    loaded = hub(tmp_path, {**FILES, "docs/notes/x.md": note(body=f"{body}\n")})
    assert codes(loaded.report) == [code]
    assert loaded.report.diagnostics[0].location.line == 5 + body.count("\n")


def test_each_of_several_faults_has_its_own_place(tmp_path: Path) -> None:
    body = "[a](x1.md) et [b](x2.md)\n[c](x1.md)\n"
    loaded = hub(tmp_path, {"docs/notes/x.md": note(body=body)})
    assert places(loaded.report) == [
        "docs/notes/x.md:5:5 broken-link",
        "docs/notes/x.md:5:19 broken-link",
        "docs/notes/x.md:6:5 broken-link",
    ]


def test_a_link_leads_to_the_translation_of_the_reader(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {**FILES, "docs/notes/x.en.md": note(body="[a](appui-dds.md) [[appui-dds]]\n")})
    entry = loaded.library.get("note", "x", "en")
    assert entry
    resolver = Resolver(loaded.library)
    for found in (resolver.link(entry, "appui-dds.md"), resolver.wiki("appui-dds", "en")):
        assert found
        assert found.address == "en/notes/appui-dds/"


def test_the_wiki_may_name_what_nobody_has_written(tmp_path: Path) -> None:
    loaded = hub(tmp_path, {"docs/wiki/a.md": note(body="Voir [[Page à écrire]].\n")})
    assert codes(loaded.report) == []
    assert dict(loaded.library.wanted) == {"Page à écrire": (("article", "a", "fr"),)}


@pytest.mark.parametrize("target", ["note:soumise", "soumise", "Essai", "note:soumise#L1"])
def test_what_is_not_shown_for_now_is_not_wanted(tmp_path: Path, target: str) -> None:
    files = {"docs/notes/soumise.md": note("status: soumis"), "docs/wiki/a.md": f"---\ntitle: A\n---\n\n[[{target}]]\n"}
    library = hub(tmp_path, files).library
    assert dict(library.wanted) == {}
    assert Resolver(library).wiki(target, "fr") == Destination()


def test_a_qualifier_is_about_one_field_alone(tmp_path: Path) -> None:
    lines = [
        "contributors:",
        "  - {person: jean-paul-dossou, roles: [facilitation], affiliation: organisation:cerrhud}",
        "  - {person: autre}",
    ]
    files = {
        **FILES,
        "docs/organisations/cerrhud.md": "---\ntitle: CERRHUD\ntype: '22'\n---\n",
        "docs/personnes/autre.md": "---\ntitle: Autre\n---\n",
        "docs/notes/x.md": note(*lines),
        "docs/projets/p.md": note("participating_orgs: [{org: cerrhud, role: mise en œuvre}]"),
    }
    found = {
        (one.target.id, one.source[1]): (one.back.en, one.qualifiers, one.by_qualifier)
        for one in hub(tmp_path, files).library.references
    }
    assert found == {
        ("jean-paul-dossou", "x"): ("Contributions", ("facilitation",), True),
        ("autre", "x"): ("Contributions", (), True),
        ("cerrhud", "x"): ("Work of its people", (), False),
        ("cerrhud", "p"): ("Projects", ("4",), False),
    }


def test_backlinks_are_gathered_with_what_they_mean(tmp_path: Path) -> None:
    lines = ["contributors:", "  - person: jean-paul-dossou", "    roles: [facilitation]", "related: [note:appui-dds]"]
    loaded = hub(tmp_path, {**FILES, "docs/notes/x.md": note(*lines)})
    person = loaded.library.get("person", "jean-paul-dossou")
    target = loaded.library.get("note", "appui-dds")
    assert person
    assert target
    assert [one.qualifiers for one in loaded.library.backlinks(person)] == [("facilitation",)]
    assert [one.source for one in loaded.library.backlinks(target)] == [("note", "x", "fr")]


@pytest.mark.parametrize(
    ("written", "proposed"),
    [("jean-paul-dosou", "jean-paul-dossou"), ("dossou", "jean-paul-dossou"), ("Jean Paul Dossou", "jean-paul-dossou")],
)
def test_the_nearest_id_is_proposed(tmp_path: Path, written: str, proposed: str) -> None:
    loaded = hub(tmp_path, {**FILES, "docs/notes/x.md": note(f"authors: [{written}]")})
    assert f"Did you mean “{proposed}”?" in said(loaded.report.diagnostics[0])


def test_nothing_is_proposed_where_nothing_is_near(tmp_path: Path) -> None:
    loaded = hub(
        tmp_path, {"docs/notes/x.md": note("authors: [zzz]", "related: [note:qqqq]", body="[[wwww]] [a](kkkk.md)\n")}
    )
    assert len(loaded.report) == 4
    assert not any("Did you mean" in said(fault) for fault in loaded.report)


def test_a_withdrawn_entry_is_not_meant_by_a_name(tmp_path: Path) -> None:
    loaded = hub(
        tmp_path, {"docs/notes/a.md": note("status: withdrawn"), "docs/notes/x.md": "---\ntitle: X\n---\n\n[[Essai]]\n"}
    )
    assert "unknown-wiki-link" in codes(loaded.report)
