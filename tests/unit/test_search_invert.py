"""From records to lists, against a model that reads word by word as the documentation says."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.search.analysis import words
from hub.search.concepts import Concept, Concepts
from hub.search.invert import (
    BODY,
    HEADINGS,
    KEYWORDS,
    LENGTH_MATTERS,
    NAMES,
    SUMMARY,
    WEIGHTS,
    Inversion,
    averages,
    total,
)
from hub.search.lexicon import Lexicon
from hub.search.postings import K1, MOST_PLACES, NAME_CODES, STRETCH, STRETCHES, Posting, coarse, decode
from hub.search.records import Passage, SearchRecord

CONCEPTS = Concepts(
    {
        "fbr": Concept("fbr", ("FBR",), (("financ", "bas", "result"),), ("fbr",)),
        "sante": Concept("sante", ("Santé",), (("sant",), ("sant", "publiqu"))),
        "zone": Concept("zone", ("Zone",), (("zon", "sant"),), ("zs",)),
        "zinc": Concept("zinc", ("Zinc",), (), ("zs",)),
    }
)
SENTENCE = "Le financement basé sur les résultats : santé publique, zone, d’l’aujourd’hui FBR fbr ZS zs C.S.U. 12 œuvre"
WORDS = st.sampled_from(SENTENCE.split())
TEXT = st.lists(WORDS, max_size=40).map(" ".join)
PASSAGES = st.lists(st.builds(Passage, st.sampled_from(["", "a", "b"]), TEXT, TEXT), max_size=4).map(tuple)
RECORDS = st.lists(
    st.builds(
        SearchRecord,
        key=st.just(("note", "n", "fr")),
        url=st.just("notes/n/"),
        names=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
        summary=TEXT,
        keywords=st.lists(TEXT, max_size=3).map(tuple),
        front=TEXT,
        passages=PASSAGES,
    ),
    min_size=1,
    max_size=5,
)


class Model:
    """One record, word by word."""

    def __init__(self, record: SearchRecord) -> None:
        self.counts = [Counter() for _ in WEIGHTS]
        self.places = defaultdict(list)
        self.lengths = [0] * len(WEIGHTS)
        self.held = set()
        for name in record.names:
            self.name(name)
        self.lengths[NAMES] = len({word.term for word in words(record.names[0]) if word.term})
        offset = 0
        for text, field in ((record.summary, SUMMARY), (" · ".join(record.keywords), KEYWORDS), (record.front, BODY)):
            offset += self.text(text, field, NAME_CODES, STRETCHES - 1, offset)
        anchor = None
        for number, passage in enumerate(record.passages, start=1):
            if passage.heading and passage.anchor != anchor:
                self.text(passage.heading, HEADINGS, number * STRETCHES, number * STRETCHES)
            anchor = passage.anchor
            self.text(passage.text, BODY, number * STRETCHES, (number + 1) * STRETCHES - 1)

    def tokens(self, found):
        self.held |= {word.form for word in found}
        for at, word in enumerate(found):
            if word.term:
                yield at, word.term, True
        for one in CONCEPTS.occurrences(found):
            if len(one.ids) == 1:
                self.held.add(f"c:{one.ids[0]}")
                yield one.start, f"c:{one.ids[0]}", False

    def name(self, text):
        found = words(text)
        code = min(max(len({word.term for word in found if word.term}), 1), NAME_CODES) - 1
        for _, term, _ in self.tokens(found):
            self.counts[NAMES][term] = 1
            self.places[term] = [min([code, *self.places[term]])]

    def text(self, text, field, first, last, offset=0):
        found = words(text)
        for at, term, is_word in sorted(self.tokens(found)):
            self.counts[field][term] += 1
            self.lengths[field] += is_word
            self.places[term].append(min(first + (offset + at) // STRETCH, last))
        return len(found)

    def posting(self, slot, term, means) -> Posting:
        weighted = 0.0
        for weight, b, length, mean, counts in zip(
            WEIGHTS, LENGTH_MATTERS, self.lengths, means, self.counts, strict=True
        ):
            weighted += weight / (1 - b + b * coarse(length) / mean) * counts[term]
        places = [place for place, _ in groupby(self.places[term])]
        return Posting(slot, int(255 * weighted / (K1 + weighted) + 0.5) or 1, tuple(places[:MOST_PLACES]))


@settings(max_examples=150)
@given(RECORDS)
def test_many_records_at_once_are_read_as_each_would_be(records):
    inversion = Inversion(Lexicon(CONCEPTS), [(10 * number, record) for number, record in enumerate(records)])
    models = {10 * number: Model(record) for number, record in enumerate(records)}
    assert inversion.lengths.tolist() == [model.lengths for model in models.values()]
    held, forms = inversion.held()
    assert [set(one.split()) for one in held] == [model.held for model in models.values()]
    spelt = {"financement", "base", "resultats", "sante", "publique", "zone", "aujourd", "oeuvre"}
    assert forms == Counter(form for model in models.values() for form in model.held & spelt)
    means = averages(total(inversion.lengths.tolist()))
    lists = {term: decode(front) for term, front, _ in inversion.block().lists(means).published(1000)}
    terms = {term for model in models.values() for term in model.places}
    assert lists.keys() == terms
    for term in terms:
        expected = [model.posting(slot, term, means) for slot, model in models.items() if term in model.places]
        assert list(lists[term].found) == expected


def test_a_hub_without_words_has_no_lists():
    record = SearchRecord(("note", "n", "fr"), "notes/n/", ("…",))
    inversion = Inversion(Lexicon(CONCEPTS), [(0, record)])
    assert list(inversion.block().lists(averages(total(inversion.lengths.tolist()))).rows()) == []
    assert inversion.held() == ([""], Counter())


@pytest.mark.parametrize("where", ["summary", "front"])
def test_no_word_of_a_long_front_stands_in_the_first_passage(where):
    long = " ".join(f"mot{number}" for number in range(1000))
    record = SearchRecord(("note", "n", "fr"), "notes/n/", ("Titre",), **{where: long})
    inversion = Inversion(Lexicon(Concepts({})), [(0, record)])
    places = {decode(front).found[0].places for _, front, _ in inversion.block().lists((1.0,) * 5).published(10)}
    assert max(places) == (STRETCHES - 1,)
