"""How the figures of our own search are told: what a script is part of, what is relevant, what is taken away."""

import doctest

import pytest

from benchmarks.corpus import Corpus
from benchmarks.figures import big, forms, seconds, verdict, weight
from benchmarks.figures.ablations import ACCENTS_KEPT, replaced
from benchmarks.figures.seconds import Taken
from benchmarks.figures.weight import Read, Weights
from hub.search import analysis, invert
from hub.search.analysis import terms
from hub.search.cache import Cache


@pytest.mark.parametrize("module", [forms, weight], ids=["forms", "weight"])
def test_examples_in_the_docstrings_hold(module):
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed


def test_a_target_is_met_up_to_its_figure():
    assert verdict(50_000, 50_000) == "met"
    assert verdict(50_001, 50_000) == "**not met**"


def test_targets_of_bytes_are_those_of_the_size():
    reads = [Read(60_000, 1_000, 500, 100)] * 3
    found = dict.fromkeys(("2 words", "question", weight.MISTYPED), reads)
    assert [row[3] for row in weight.rows_of(10_000, found)] == ["50: **not met**", "90: met", "none named"]
    assert [row[3] for row in weight.rows_of(100_000, found)] == ["70: met", "120: met", "none named"]


def test_rows_of_updates_say_the_middle_and_how_often_the_index_was_made_anew():
    edits = [Taken("one sentence more in a note", wall, 0.1, 9, 100, is_new=wall > 1) for wall in (0.2, 3.0, 0.3)]
    ((what, wall, _, target, changed),) = seconds.rows_of(edits)
    assert what.endswith("1 of 3 times made anew")
    assert (wall, target, changed) == ("0.30 (slowest 3.00)", "1 s: met", "9 of 100")


def test_what_is_replaced_is_there_again_afterwards_and_no_word_is_remembered():
    weights, known = invert.WEIGHTS, terms("financements été")
    with replaced({(analysis, "stem"): lambda form: form, (invert, "WEIGHTS"): ()}):
        assert terms("financements") == ["financements"]
        assert invert.WEIGHTS == ()
    assert terms("financements été") == known
    assert invert.WEIGHTS is weights


def test_accents_can_be_kept():
    with replaced(ACCENTS_KEPT):
        assert terms("L’été, à l’hôpital ?") == ["hôpital"]
        assert terms("évalué") != terms("evalue")
    assert terms("évalué") == terms("evalue")


def test_a_hub_is_indexed_note_by_note(tmp_path):
    """Queries are weighed, too: loader and engine are in a first query, and not in a second one."""
    corpus = Corpus(12)
    weights = Weights(big.indexed(corpus, tmp_path))
    title = corpus._named("notes", 3).title
    (read,) = weights.read([title])
    assert read.first > weights.program > 1000
    assert read.passages
    assert not read.second  # the same again
    with Cache(tmp_path).engine() as engine:
        assert engine.search(title)["results"][0]["title"] == title
