"""How the benchmark of the search scores a ranker, and in which other ways it asks the same questions."""

import doctest
import json
from random import Random

import pytest

from benchmarks import relevance, variants
from benchmarks.relevance import ALL, Doc, Query, RelevanceSet
from tests import support

DOCS = (
    Doc("a-1", "L’hôpital", "Un hôpital de zone : le plan et le budget."),
    Doc("b-2", "Le budget", "Le budget d’un centre de santé.\n1. Le plan\n- [x] <b> *et* la suite"),
    Doc("c-F3", "Le plan", "Un plan de formation."),
)
QUERIES = (
    Query("q1", "Quel est le budget de l’hôpital ?", "x"),
    Query("q2", "Où se trouve le centre de santé ?", "x"),
    Query("q3", "Que faire ?", "y"),
)
SET = RelevanceSet(
    DOCS, QUERIES, {"q1": frozenset({"a-1"}), "q2": frozenset({"b-2"}), "q3": frozenset({"c-F3", "a-1"})}
)


@pytest.mark.parametrize("module", [relevance, variants], ids=["relevance", "variants"])
def test_examples_in_the_docstrings_hold(module):
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed


def test_reciprocal_rank_is_of_the_first_that_is_wanted_and_ends_at_ten():
    ids = [f"d{number}" for number in range(12)]
    assert relevance.reciprocal_rank(ids, {"d0", "d4"}) == 1
    assert relevance.reciprocal_rank(ids, {"d4", "d9"}) == 1 / 5
    assert relevance.reciprocal_rank(ids, {"d9"}) == 1 / 10
    assert relevance.reciprocal_rank(ids, {"d10"}) == 0
    assert relevance.reciprocal_rank([], {"d0"}) == 0


def test_recall_is_a_share_of_those_wanted_and_ends_at_ten():
    ids = [f"d{number}" for number in range(12)]
    assert relevance.recall(ids, {"d9"}) == 1
    assert relevance.recall(ids, {"d10"}) == 0
    assert relevance.recall(ids, {"d0", "d11"}) == 1 / 2


def test_score_is_by_subset_and_over_all():
    scores = relevance.score(SET, lambda texts: [["b-2", "a-1"], ["b-2"], []])
    assert scores["x"] == relevance.Score(2, 0.75, 1, 0)
    assert scores["y"] == relevance.Score(1, 0, 0, 1)
    assert scores[ALL] == relevance.Score(3, pytest.approx(0.5), pytest.approx(2 / 3), pytest.approx(1 / 3))


def test_ids_are_the_same_in_capitals_and_texts_take_the_place_of_queries():
    asked = []

    def rank(texts):
        asked.extend(texts)
        return [[], [], ["c-f3"]]

    assert relevance.score(SET, rank, ["un", "deux", "trois"])["y"] == relevance.Score(1, 1, 0.5, 0)
    assert asked == ["un", "deux", "trois"]


def test_a_ranker_that_leaves_a_query_out_is_refused():
    with pytest.raises(ValueError, match="3 queries, 3 texts, 2 answers"):
        relevance.score(SET, lambda texts: [[], []])


def test_a_sample_keeps_all_documents():
    assert SET.sample(2).docs == DOCS
    assert len(SET.sample(1).queries) == 1
    assert SET.sample(0).queries == QUERIES


def test_a_set_that_is_not_there_is_said_so(tmp_path):
    (tmp_path / "docs.jsonl").write_text("")
    assert "lacks queries.jsonl, qrels.tsv" in relevance.missing(tmp_path)
    with pytest.raises(FileNotFoundError, match="outside the repository"):
        relevance.read(tmp_path)


def test_a_set_is_read_from_its_three_files(tmp_path):
    def lines(rows):
        return "".join(json.dumps(row) + "\n" for row in rows)

    (tmp_path / "docs.jsonl").write_text(lines({"id": one.id, "title": one.title, "text": one.text} for one in DOCS))
    (tmp_path / "queries.jsonl").write_text(
        lines({"id": one.id, "text": one.text, "subset": one.subset} for one in QUERIES)
    )
    (tmp_path / "qrels.tsv").write_text("q1\ta-1\t1\nq2\tb-2\t1\nq2\ta-1\t0\nq3\tc-F3\t1\nq3\ta-1\t1\n")
    assert relevance.missing(tmp_path) == ""
    assert relevance.read(tmp_path) == SET


def test_documents_become_notes_without_faults_whose_text_is_what_it_was(tmp_path):
    loaded = support.checked(relevance.write_hub(DOCS, tmp_path), {})
    assert [str(fault) for fault in loaded.report if fault.rule.severity.name == "ERROR"] == []
    assert {entry.title for entry in loaded.library} >= {doc.title for doc in DOCS}
    for doc in DOCS:
        text = relevance.from_markdown(relevance.to_markdown(doc.text))
        assert [line for line in text.splitlines() if line] == doc.text.splitlines()


def test_the_same_seed_asks_the_same_and_a_sample_asks_as_the_whole():
    made = variants.make(SET)
    assert made == variants.make(SET)
    assert all(len(texts) == len(QUERIES) for texts in made.values())
    part = variants.make(RelevanceSet(DOCS, QUERIES[1:], SET.relevant))
    assert part == {name: texts[1:] for name, texts in made.items()}


def test_keywords_are_the_two_rarest_words_that_mean_something():
    frequency = variants.document_frequency(DOCS)
    assert (frequency["plan"], frequency["budget"], frequency["hopital"]) == (3, 2, 1)
    assert variants.two_keywords("Quel est le plan et le budget de l’hôpital ?", frequency) == "budget hôpital"
    assert variants.two_keywords("Le plan d’un hôpital inconnu", frequency) == "plan hôpital"
    assert variants.two_keywords("Que faut-il ?", frequency) == "Que faut-il ?"


def _is_one_edit(right, wrong):
    """Whether one insertion, deletion, substitution or swap of neighbours makes one of the other."""
    same = next((n for n, (a, b) in enumerate(zip(right, wrong, strict=False)) if a != b), min(len(right), len(wrong)))
    right, wrong = right[same:], wrong[same:]
    swapped = right[:2][::-1] + right[2:]
    return wrong == swapped or right[1:] in {wrong, wrong[1:]} or right == wrong[1:]


@pytest.mark.parametrize("first", [False, True])
def test_one_error_is_in_one_long_word_that_means_something(first):
    text = "Quelle est la stratégie du centre de santé pour les mères ?"
    hit, initials = set(), set()
    for seed in range(300):
        wrong = variants.mistyped(text, Random(seed), first=first)
        changed = [(one, other) for one, other in zip(text.split(" "), wrong.split(" "), strict=True) if one != other]
        assert len(changed) == 1
        assert _is_one_edit(*changed[0]), changed
        hit.add(changed[0][0])
        initials.add(changed[0][0][0] == changed[0][1][0])
    assert hit == {"stratégie", "centre", "santé", "mères"}
    assert initials == ({True, False} if first else {True})


def test_where_no_word_is_long_nothing_is_mistyped():
    assert variants.mistyped("Où va-t-il ?", Random(1)) == "Où va-t-il ?"
    assert variants.mistyped("Pour quoi", Random(1)) != "Pour quoi"
