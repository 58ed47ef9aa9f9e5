"""Blocks on the disk: several give the lists that one gives, and nothing of them is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.search import blocks, gather, index
from hub.search.blocks import waiting
from hub.search.concepts import Concept, Concepts
from hub.search.invert import Inversion, added, averages, total
from hub.search.lexicon import Lexicon
from hub.search.records import Passage, SearchRecord
from hub.search.store import Store
from tests.searching import article, searched, term

CONCEPTS = Concepts({"sante": Concept("sante", ("Santé",), (("sant",), ("sant", "publiqu")))})
WORDS = st.sampled_from(["le", "Santé", "santé", "publique", "basé", "sur", "zone", "œuvre", "FBR", "12", "病"])
TEXT = st.lists(WORDS, max_size=20).map(" ".join)


@st.composite
def records(draw) -> SearchRecord:
    texts = draw(st.lists(TEXT, max_size=3))
    return SearchRecord(("note", "n", "fr"), "n/", (draw(TEXT) or "x",), draw(TEXT), passages=passages(texts))


def passages(texts) -> tuple[Passage, ...]:
    return tuple(Passage("", "", text) for text in texts)


@settings(max_examples=60)
@given(st.lists(records(), max_size=12), st.integers(1, 5), st.integers(1, 40))
def test_several_blocks_give_the_lists_of_one(tmp_path_factory, found, size, postings):
    numbered = [(3 * number, record) for number, record in enumerate(found)]
    whole = Inversion(Lexicon(CONCEPTS), numbered).block()
    lexicon, sums = Lexicon(CONCEPTS), total([])
    parts = [numbered[at : at + size] for at in range(0, len(numbered), size)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "_AT_ONCE", postings)
        with waiting(tmp_path_factory.mktemp("blocks") / "index.sqlite", len(parts)) as some:
            for part in parts:
                block = Inversion(lexicon, part).block()
                sums = added(sums, block.sums)
                some.put(block)
            merge = some.merging(averages(sums))
            rows = [row for run in some.runs for row in merge(run).rows()]
    assert sums == whole.sums
    assert rows == list(whole.lists(averages(sums)).rows())


@pytest.mark.parametrize("cores", [1, 3])
def test_an_index_made_of_several_blocks_is_that_of_one(tmp_path, monkeypatch, cores):
    texts = {f"docs/notes/n{n:02}.md": f"Santé {n % 3} et mot{n} là. " * n for n in range(12)}
    files = {path: article(f"La note {path[-5:-3]}", body=text) for path, text in texts.items()}
    one = searched(tmp_path, files | {"docs/glossaire/sante.md": term("Santé")})
    monkeypatch.setattr(gather, "_AT_ONCE", 2)
    monkeypatch.setattr(blocks, "_AT_ONCE", 30)
    monkeypatch.setattr("hub.workers.os.cpu_count", lambda: cores)
    several = searched(tmp_path, {}, store="several.sqlite")
    assert (several.manifest, several.scripts) == (one.manifest, one.scripts)
    assert kept(tmp_path / "several.sqlite") == kept(tmp_path / "index.sqlite")


def kept(path: Path) -> list[list[tuple[object, ...]]]:
    """What the store keeps of texts and terms; words are in any order there."""
    with Store(path) as store:
        rows = [
            list(store.rows(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in ("entry", "posting", "form", "leaf")
        ]
        held = [
            (key, sorted(words.split()), names) for key, words, names in store.rows("SELECT * FROM held ORDER BY key")
        ]
        return [*rows, held]


def test_no_block_is_left_even_of_who_died(tmp_path, monkeypatch):
    lost = tmp_path / "index-blocks-lost"
    lost.mkdir()
    (lost / "0").write_bytes(b"")
    seen = []

    def stopped(*_: object) -> None:
        seen.extend(tmp_path.glob("index-blocks-*"))
        raise KeyboardInterrupt

    monkeypatch.setattr(index, "_all_lists", stopped)
    with pytest.raises(KeyboardInterrupt):
        searched(tmp_path, {"docs/notes/a.md": article("Une note")})
    assert len(seen) == 1
    assert lost not in seen
    assert not [*tmp_path.glob("index-blocks-*")]
