"""A value that went through another process is the same, and takes little memory until somebody asks for it."""

from __future__ import annotations

import pickle

from hub.markdown import read
from hub.packed import Packed
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
