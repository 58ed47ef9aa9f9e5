"""Who did what, when and where from: contributions from front matter and from history."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hub.credits import Credits, Recorded, Share, credit
from hub.dates import PartialDate
from hub.fields import Ref
from hub.identities import address_hash, by_address_hash
from hub.library import Library
from hub.links import Resolver
from hub.public import public
from hub.site import people
from hub.site.reader import Reader
from tests.support import hub, note

AWA, BIO, CICA, A, B = ("person", "awa"), ("person", "bio"), ("person", "cica"), ("note", "a"), ("note", "b")
FILES = {
    "docs/personnes/awa.md": (
        f"---\ntitle: Awa Sow\nconsent: {{date: 2026-01-01}}\ngit: [{address_hash('awa@example.org')}]\n---\n"
    ),
    "docs/personnes/bio.md": f"---\ntitle: Bio Bah\ngit: [{address_hash('bio@example.org')}]\n---\n",
    "docs/personnes/cica.md": "---\ntitle: Cica Do\n---\n",
    "docs/notes/a.md": note(
        "date: 2020-05",
        "authors: [awa, bio]",
        "contributors:",
        "  - {person: awa, roles: [facilitation], affiliation: Ministère}",
        "  - {person: cica, roles: [relecture]}",
    ),
    "docs/notes/a.en.md": note("date: 2021", "contributors:", "  - {person: bio, roles: [traduction]}"),
    "docs/notes/b.md": note("experience_period: 2009/2014", "authors: [awa]"),
    "docs/notes/c.md": note("authors: [awa]", "status: withdrawn"),
    "docs/notes/d.md": note("quality_grid:", "  - {criterion: Clarté, answer: oui, reviewer: cica}", "authors: [bio]"),
}


def made(tmp_path, recorded: tuple[Recorded, ...] = ()) -> Credits:
    return credit(public(hub(tmp_path, FILES).library), recorded)


def test_shares_have_roles_date_and_the_affiliation_at_the_time(tmp_path):
    assert made(tmp_path).of(AWA) == (
        Share(A, ("writing-original-draft", "facilitation"), PartialDate(2020, 5), "Ministère"),
        Share(B, ("writing-original-draft",), PartialDate(2009)),
    )


def test_the_parts_in_each_language_are_one(tmp_path):
    (one, *_) = made(tmp_path).of(BIO)
    assert one.entry == A
    assert set(one.roles) == {"writing-original-draft", "translation"}


def test_reviewers_are_no_co_authors(tmp_path):
    found = made(tmp_path)
    assert found.companions(AWA) == {BIO: 1}
    assert found.companions(CICA) == {}
    assert found.reviewers(BIO) == {CICA: 2}
    assert found.reviewers(AWA) == {CICA: 1}


def test_history_adds_what_the_front_matter_does_not_say(tmp_path):
    told = (
        Recorded(Ref("person", "awa"), ("note", "d"), PartialDate(2023, 4)),
        Recorded(Ref("person", "awa"), ("note", "d"), PartialDate(2023, 4, 5)),
        Recorded(Ref("person", "awa"), A, PartialDate(2024)),
        Recorded(Ref("person", "cica"), A, PartialDate(2024), ("proofreading", "data-entry")),
        Recorded(Ref("person", "nobody"), A),
        Recorded(Ref("person", "awa"), ("note", "c")),
        Recorded(Ref("person", "awa"), ("note", "gone")),
    )
    found = made(tmp_path, told)
    assert found.of(AWA)[0] == Share(("note", "d"), (), PartialDate(2023, 4, 5), source="history")
    assert len(found.of(AWA)) == 3
    (new,) = (share for share in found.of(CICA) if share.source == "history")
    assert new == Share(A, ("data-entry",), PartialDate(2024), source="history")
    assert set(found.shares) == {AWA, BIO, CICA}


def test_only_who_agreed_or_has_left_is_looked_up_by_address(tmp_path):
    left = {"docs/personnes/dela.md": f"---\ntitle: Dela Ade\nretired: oui\ngit: [{address_hash('dela@x.org')}]\n---\n"}
    # The consent that one language's file lacks is lacking.
    half = {"docs/personnes/awa.en.md": "---\ntitle: Awa Sow\n---\n"}
    library = hub(tmp_path, {**FILES, **left}).library
    assert set(by_address_hash(library).values()) == {Ref(*AWA), Ref("person", "dela")}
    assert set(by_address_hash(hub(tmp_path, half).library).values()) == {Ref("person", "dela")}


def test_a_page_says_what_comes_from_the_history(tmp_path):
    loaded = hub(tmp_path, FILES)
    library = public(loaded.library)
    told = (Recorded(Ref("person", "awa"), ("note", "d"), PartialDate(2023, 4, 5)),)
    reader = Reader(library, Resolver(library), loaded.config, "fr", date(2026, 1, 1), credits=credit(library, told))
    awa = library.get(*AWA)
    label, cards = people.by_role(reader, awa)[-1]
    assert label == "Modifications de textes"
    assert [(card.date, card.facts[0].text) for card in cards] == [("5 avril 2023", "d’après l’historique du texte")]


@given(st.lists(st.builds(Recorded, st.builds(Ref, st.text(), st.text()), st.tuples(st.text(), st.text()))))
def test_what_history_tells_of_strangers_changes_nothing(told: list[Recorded]) -> None:
    assert credit(Library({}, (), {}), told) == Credits()
