"""The benchmark's generator: the same bytes every time, hubs without a fault, a vocabulary that grows as in French."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

import hub
from benchmarks import stages
from benchmarks.corpus import TERMS, Corpus
from benchmarks.words import Writer, elide
from hub import checks


def _texts(notes, **options):
    return dict(Corpus(notes, **options).files())


def test_the_same_seed_gives_the_same_bytes():
    assert _texts(20) == _texts(20)
    assert _texts(20) != _texts(20, seed="another")


def test_a_small_hub_is_the_beginning_of_a_large_one():
    small, large = _texts(10), _texts(30)
    assert small.items() <= large.items()


@pytest.mark.parametrize("notes", [1, 60])
def test_a_generated_hub_has_no_fault(tmp_path, notes):
    loaded = hub.load(Corpus(notes).write(tmp_path))
    assert not list(checks.run(loaded))
    assert len(loaded.library.of_kind("note")) == notes
    assert len(loaded.library.of_kind("term")) == TERMS


def test_notes_have_about_800_words():
    bodies = [text.split("---\n", 2)[2] for path, text in _texts(60).items() if path.startswith("docs/notes/")]
    counts = [len(re.findall(r"\w+", body)) for body in bodies]
    assert 700 < sum(counts) / len(counts) < 900


def test_the_plain_texts_are_the_same_words():
    def words(texts):
        bodies = {
            path.rsplit("/", 1)[-1]: text.split("---\n", 2)[2] for path, text in texts.items() if path.endswith(".md")
        }
        # Where a link leads differs, and how it is written; what it says does not.
        without_targets = {name: re.sub(r"\[\[[^|]*\||\]\([^)]*\)", " ", body) for name, body in bodies.items()}
        return {name: re.findall(r"\w+", body) for name, body in without_targets.items()}

    assert words(_texts(20)) == words(_texts(20, plain=True))


def test_links_of_the_plain_texts_lead_to_files(tmp_path):
    Corpus(20, plain=True).write(tmp_path)
    for file in tmp_path.rglob("*.md"):
        for target in re.findall(r"\]\(([^):]*\.md)\)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), f"{file}: {target}"


def test_the_vocabulary_grows_as_in_real_text():
    """Heaps: the number of forms grows with a power of the length, so that 10,000 notes have at least 60,000."""
    forms, at = set(), {}
    for number in range(1, 1001):
        forms.update(Writer(Random(number), number % Writer.subjects).words(800))
        at[number] = len(forms)
    assert at[1000] > 30_000
    assert 1.6 < at[1000] / at[250] < 2.6  # a power between 0.35 and 0.7
    forms_at_10_000 = at[1000] * (at[1000] / at[500]) ** 3.32  # ten times is 3.32 times the double
    assert forms_at_10_000 > 60_000


def test_few_words_make_up_half_of_a_text():
    found = Writer(Random(1)).words(50_000)
    common = sum(count for _, count in Counter(found).most_common(120))
    assert 0.35 < common / len(found) < 0.6


def test_short_words_lose_their_vowel_before_another():
    assert elide("que il dit de une") == "qu’il dit d’une"


def test_the_stages_of_a_small_hub_are_timed(tmp_path):
    for name, text in Corpus(5).files():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    timed = stages.main(tmp_path)
    assert tuple(timed) == stages.STAGES
    assert all(seconds >= 0 for seconds in timed.values())
