"""Lines at the head of a document: which of them name authors, though they do not say so."""

from __future__ import annotations

import pytest

from hub.drafting.recognising import titled_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Dr Aïchatou Orou Gani (1), M. Paul Koné (2)", ("Aïchatou Orou Gani", "Paul Koné")),
        ("Pr. Awa Sow et Mme Lucie de Souza*", ("Awa Sow", "Lucie de Souza")),
        ("Dr Awa SOW ;", ("Awa SOW",)),
    ],
)
def test_people_with_their_titles_alone_on_a_line_are_its_authors(line: str, names: tuple[str, ...]) -> None:
    assert titled_names(line) == names


@pytest.mark.parametrize(
    "line",
    ["", "Awa Sow, Paul Koné", "Dr Awa Sow, Parakou", "M. le Préfet du Borgou", "Dr Awa Sow a conduit la mission"],
)
def test_a_line_that_may_say_something_else_is_left_in_the_text(line: str) -> None:
    assert titled_names(line) == ()
