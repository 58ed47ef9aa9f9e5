"""Differences for people: no word is lost, and what only stands elsewhere is told."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.history.difference import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    SAME,
    Difference,
    Piece,
    difference,
    word_pieces,
    words,
)
from hub.markdown import blocks
from hub.markdown.blocks import Block

SENTENCES = [
    "La mutuelle rembourse les soins des mères et des enfants.",
    "Le comité de gestion se réunit chaque trimestre à la mairie.",
    "Les relais communautaires visitent les ménages du village.",
    "Le financement basé sur les résultats a été suspendu en 2016.",
    "Aucun médicament n’a manqué pendant l’année.",
]


def signs(found: Difference) -> str:
    """The difference as a line: `[-gone-]{+came+}`, moved blocks after `~`."""
    mark = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    lines = []
    for hunk in found.hunks:
        text = "".join(mark[piece.sign].format(piece.text) for piece in hunk.pieces)
        lines.append(f"{'~' if hunk.state == MOVED else ''}{text}")
    return "\n".join(lines)


def compared(old: str, new: str) -> str:
    return signs(difference(blocks(old), blocks(new)))


def test_words_are_compared_in_a_changed_paragraph():
    assert compared("Le comité se réunit chaque mois.", "Le comité se réunit deux fois chaque mois.") == (
        "Le comité se réunit {+deux fois +}chaque mois."
    )
    assert compared("Il y a deux grands villages.", "Il y a trois petits villages.") == (
        "Il y a [-deux grands-]{+trois petits+} villages."
    )


def test_a_moved_paragraph_is_recognised_even_where_it_changed_a_little():
    one, two, three = SENTENCES[:3]
    assert compared(f"{one}\n\n{two}\n\n{three}", f"{three}\n\n{one}\n\n{two}").splitlines()[0].startswith("~")
    moved = three.replace("village", "quartier")
    shown = compared(f"{one}\n\n{two}\n\n{three}", f"{moved}\n\n{one}\n\n{two}")
    assert shown == f"~Les relais communautaires visitent les ménages du [-village-]{{+quartier+}}.\n{one}\n{two}"


def test_tables_lists_headings_and_code_are_compared_as_they_read():
    old = "## Résultats\n\n| Mois | Cas |\n|---|---|\n| mai | 12 |\n\n- *un*\n- deux\n\n```\nx = 1\n```\n"
    new = "## Résultats obtenus\n\n| Mois | Cas |\n|---|---|\n| mai | 15 |\n\n- un\n- trois\n\n```\nx = 2\n```\n"
    assert compared(old, new).splitlines() == [
        "Résultats{+ obtenus+}",
        "Mois | Cas",
        "mai | [-12-]{+15+}",
        "un",
        "[-deux-]",
        "{+trois+}",
        "x = [-1-]{+2+}",
    ]


def test_fields_are_told_by_their_names():
    old = [Block("field", "Le titre", "Titre"), Block("field", "2015", "Date")]
    new = [Block("field", "Tout autre chose", "Titre"), Block("field", "2016", "Date")]
    found = difference(old, new)
    assert [(hunk.state, hunk.label) for hunk in found.hunks] == [(CHANGED, "Titre"), (CHANGED, "Date")]


def test_what_is_added_and_removed_is_counted():
    found = difference(blocks("Un deux trois."), blocks("Un deux trois.\n\nQuatre mots de plus."))
    assert (found.added, found.removed, found.moved) == (4, 0, 0)
    assert [hunk.state for hunk in found.hunks] == [SAME, ADDED]
    gone = difference(blocks("Un.\n\nTout à fait autre chose ici."), blocks("Un."))
    assert [hunk.state for hunk in gone.hunks] == [SAME, REMOVED]
    assert gone.removed == 6


@pytest.mark.parametrize(("old", "new"), [("", ""), ("a", ""), ("", "a"), (" ", "  "), ("…", "!"), ("a b", "a  b")])
def test_odd_texts_are_compared(old, new):
    pieces = list(word_pieces(old, new))
    assert "".join(piece.text for piece in pieces if piece.sign in "=-") == old
    assert "".join(piece.text for piece in pieces if piece.sign in "=+") == new


def test_very_long_blocks_are_replaced_as_a_whole():
    old, new = "a " * 2000, "b " * 2000
    assert list(word_pieces(old, new)) == [Piece("-", old), Piece("+", new)]


TEXTS = st.lists(
    st.sampled_from(
        [*SENTENCES, "## Titre", "- un\n- deux", "| a | b |\n|---|---|\n| c | d |", "```\ncode\n```", "a b c"]
    )
    | st.text("ab é'’_-.|#*`>[]()!\n", max_size=30),
    max_size=8,
).map("\n\n".join)


def stands(found: Difference, sign: str) -> Counter[str]:
    return Counter(
        word for hunk in found.hunks for piece in hunk.pieces if piece.sign in sign for word in words(piece.text)
    )


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_every_word_of_both_revisions_stands_in_the_difference(old, new):
    before, after = blocks(old), blocks(new)
    found = difference(before, after)
    assert [hunk.kind for hunk in found.hunks if hunk.state != REMOVED] == [block.kind for block in after]
    texts = ["".join(p.text for p in hunk.pieces if p.sign in "=+") for hunk in found.hunks if hunk.state != REMOVED]
    assert texts == [block.text for block in after]
    assert stands(found, "=-") == Counter(word for block in before for word in words(block.text))
    assert stands(found, "=+") == Counter(word for block in after for word in words(block.text))
