"""What must not be published is found in nearly all of its forms, and authors, amounts and ministers are left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import privacy
from hub import checks
from hub.privacy import cells, patients, phones
from hub.privacy.plain import blocks
from tests.support import run, write

RECALL, PRECISION = 0.9, 0.95
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PRIVATE = {*privacy.RULES, "picture-without-consent", "file-position", "file-authors", "file-unread"}


@pytest.fixture(scope="module")
def scores() -> dict[str, privacy.Score]:
    return privacy.scores(privacy.sentences())


def test_there_are_sentences_enough_of_both_sorts() -> None:
    found = privacy.sentences()
    harmless = sum(one.rule == privacy.NOTHING for one in found)
    assert len(found) >= 200
    assert 0.45 < harmless / len(found) < 0.55
    assert {one.rule for one in found} == {*privacy.RULES, privacy.NOTHING}


@pytest.mark.parametrize("rule", [*privacy.RULES, "all"])
def test_most_is_found_and_little_else(scores: dict[str, privacy.Score], rule: str) -> None:
    assert scores[rule].recall >= RECALL, [one.text for one in scores[rule].missed]
    assert scores[rule].precision >= PRECISION, [one.text for one in scores[rule].wrong]


def test_the_report_says_what_is_measured() -> None:
    text = "\n".join(privacy.report(privacy.sentences()))
    assert text.count("| all |") == 2
    assert privacy.OUTPUT.read_text("utf-8").split("## ")[0] == text.split("## ")[0]


@pytest.mark.shared
def test_the_documents_that_the_hub_comes_from_raise_no_alarm() -> None:
    seeds = sorted(SEEDS.glob("*.txt"))
    if not seeds:
        pytest.skip("the documents are kept outside the repository")
    assert set().union(*privacy.told({seed.stem: seed.read_text("utf-8") for seed in seeds}).values()) == set()


def test_the_hubs_own_content_raises_no_alarm() -> None:
    found = {one.rule.code for one in checks.check(Path(__file__).parents[2]).report}
    assert not found & PRIVATE


def test_a_place_is_told_in_bold_in_a_list_and_over_two_lines(tmp_path: Path) -> None:
    body = "Début.\n\n- Le **patient** _Kouton\n  Mathias_ est au 97 12\n  34 56.\n"
    root = write(tmp_path, {"docs/notes/a.md": f"---\ntitle: x\n---\n\n{body}"})
    out = run("check", "--root", root).output
    assert "docs/notes/a.md:7:3" in out
    assert "docs/notes/a.md:8:19" in out


@given(st.text("aé *_\\[](\n-|1K.", max_size=60))
def test_each_sign_of_a_block_keeps_its_place(text: str) -> None:
    for block in blocks(text):
        assert len(block.text) == len(block.places)
        for at, sign in enumerate(block.text):
            assert sign == text[block.place(at)] or sign == " "


@pytest.mark.parametrize(
    "piece",
    [
        *("97 ", "97 12 34 5", "+229", "(", "01.", "A. ", "Mme K. ", "Awa Bio, ", "la patiente ", "né le 3 mai "),
        *("dossier n° ", "1", "Awa Bio, 34 ", "séropositive ", "J.-", "| 1 ", "|---", "|", "- ", "\n", "*", "_"),
        *("une femme de 34 ans ", "village de ", "A", "Aa "),
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    began = time.process_time()
    for block in blocks(text):
        list(phones.find(block.text))
        list(patients.find(block.text))
    list(cells.find(text))
    assert time.process_time() - began < 3


def test_many_findings_in_one_line_take_no_longer_each() -> None:
    text = "Le patient Jean Dupont, âgé de 12 ans, est malade du sida. " * 4_000
    began = time.process_time()
    found = sum(1 for block in blocks(text) for _ in patients.find(block.text))
    assert found == 4_000
    assert time.process_time() - began < 5
