"""E-mail addresses are found in whatever way they are written, and taken out of what readers see."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub import emails
from hub.markdown import read

WRITTEN = (
    "awa@example.org",
    "<awa@example.org>",
    "mailto:awa@example.org",
    "awa.sow+hub@sante.gouv.bj",
    "awa&#64;example.org",
    "awa&#x0040;example.org",
    "awa&commat;example.org",
    r"awa\@example.org",
    r"awa\.sow@example\.org",
    "[Awa](mailto:awa@example.org)",
    "[Awa](<mailto:awa@example.org?subject=Bonjour>)",
    "[Awa](mailto:awa%40example.org)",
    "[Awa][1]\n\n[1]: mailto:awa@example.org",
    "https://example.org/?from=awa@example.org",
    "awa＠example.org",
    "aïcha@exemple.bj",
    "`awa@example.org`",
    "![awa@example.org](a.png)",
    "awa [at] example [dot] org",
    "awa.sow(at)example.org",
    "awa( arobase ) example ( point ) org",
    "awa arobase example point org",
    "awa_sow AT example DOT org",
)


@pytest.mark.parametrize("written", WRITTEN)
def test_no_way_of_writing_one_comes_through(written: str) -> None:
    text = f"Écrire à {written} pour en savoir plus."
    assert list(emails.find(text))
    left = emails.without(text, "fr")
    html = read(left).html()
    assert not list(emails.find(left))
    assert not list(emails.find(html))
    assert "mailto:" not in html
    assert "pour en savoir plus." in html


@pytest.mark.parametrize(
    "written",
    [
        "https://medium.com/@awa/texte",
        "![](equipe@2x.png)",
        "@awa",
        "3 kits @ 5 000 F",
        "a @ b.org",
        "R&D",
        "50 %40",
        "(at least ten)",
        "arobase",
        "LOOK AT it.",
    ],
)
def test_what_is_none_stays(written: str) -> None:
    assert emails.without(written, "fr") == written


def test_messages_do_not_repeat_the_address() -> None:
    assert list(emails.find("à awa@example.org")) == [(2, "…@example.org")]


@given(st.text("ab@.\\&#64;<>()[]:mailto% -AT", max_size=80))
def test_nothing_is_left_of_any_text(text: str) -> None:
    left = emails.without(text, "fr")
    assert "@" not in text or len(left) <= len(text) * 12
    assert not list(emails.find(emails.without(left, "fr")))


@pytest.mark.parametrize(
    "piece", ["a", "a@", "%40", "a.", r"\.", "[](mailto:", "[", "<mailto:a", "a@a", "a@a.", "a(at)a.", "a AT "]
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    emails.without(piece * (100_000 // len(piece)) + "@", "fr")
    assert time.process_time() - began < 2
