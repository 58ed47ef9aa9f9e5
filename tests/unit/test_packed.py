"""A value that went through another process is the same, and takes little memory until somebody asks for it."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub import packed as packing
from hub.markdown import read
from hub.packed import Aside, Packed, of_bytes
from hub.source import SourceText, Written

TEXT = "## Les leçons\n\n" + "La mutuelle – c’est la confiance. " * 200 + "[L’infirmier](a.md)"


def test_what_was_packed_is_what_it_was() -> None:
    value = ("œuvre", {"a": ["b"]}, 3)
    packed = Packed(value)
    again = pickle.loads(pickle.dumps(packed))
    assert (again.value, again) == (value, packed)
    assert pickle.loads(pickle.dumps(again)) == packed
    assert again != Packed(("œuvre", {"a": ["c"]}, 3))


def test_a_value_is_packed_once() -> None:
    once = pickle.dumps(Packed(TEXT))
    assert pickle.dumps(pickle.loads(once)) == once


def test_a_text_that_is_not_looked_at_takes_less_than_its_file() -> None:
    text, source = read(TEXT), SourceText("a.md", Packed(Written(TEXT, body=TEXT)))
    packed = pickle.dumps((text, source))
    assert len(packed) < len(TEXT.encode()) / 2
    read_again, source_again = pickle.loads(packed)
    assert (read_again, source_again) == (text, source)
    assert (source_again.text, read_again.html()) == (TEXT, text.html())


@given(st.text(), st.text(), st.booleans())
def test_what_was_written_is_what_it_was_and_its_body_packed_once(front: str, body: str, is_whole: bool) -> None:
    text = f"---\n{front}\n---\n{body}" if is_whole else front
    written = Written(text, body=body)
    assert pickle.loads(pickle.dumps(written)) == written
    if is_whole:
        assert len(pickle.dumps(written)) <= len(pickle.dumps(Written(text, body="?"))) + 20


def _bytes_of(value: object) -> bytes:
    (packed,) = Packed(value).__reduce__()[1]
    assert isinstance(packed, bytes)
    return packed


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_what_waits_in_a_file_is_what_it_was_and_packs_as_it_did(tmp_path: Path) -> None:
    aside = Aside(tmp_path)
    texts = [f"{number} {TEXT}" for number in range(100)]
    values = [aside.of_bytes(_bytes_of(text)) for text in texts]
    assert [value.value for value in values] == texts
    assert values[3] == Packed(texts[3]) == of_bytes(_bytes_of(texts[3]))
    assert pickle.dumps(values[3]) == pickle.dumps(Packed(texts[3]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not tell which files are open")
def test_a_file_is_closed_with_the_last_value_that_waits_in_it(tmp_path: Path) -> None:
    packing._opened.cache_clear()
    before = _open_files()
    aside = Aside(tmp_path)
    one, other = aside.of_bytes(_bytes_of("a")), aside.of_bytes(_bytes_of("b"))
    del aside, one
    assert (_open_files(), other.value) == (before + 1, "b")
    del other
    packing._opened.cache_clear()
    assert _open_files() == before


def test_what_the_disk_does_not_take_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Aside(tmp_path / "nowhere").of_bytes(_bytes_of(TEXT)).value == TEXT
    aside, write = Aside(tmp_path), os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, some, at: write(file, some[:10], at))
    half = aside.of_bytes(_bytes_of(TEXT))
    monkeypatch.undo()
    whole = aside.of_bytes(_bytes_of(TEXT + "b"))
    assert (half.value, whole.value) == (TEXT, TEXT + "b")
