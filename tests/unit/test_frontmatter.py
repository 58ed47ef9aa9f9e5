"""Front matter is read with the place of every value, and nothing that a file may hold makes reading fail."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.frontmatter import read, read_fields
from hub.source import FrontMatter, SourceText
from tests.support import said


def _read(text: str | bytes) -> tuple[SourceText, list[str]]:
    source, faults = read(text if isinstance(text, bytes) else text.encode(), "x.md")
    for fault in faults:
        assert said(fault)
    return source, [fault.rule.code for fault in faults]


def test_values_are_the_text_that_was_written() -> None:
    source, faults = _read("---\na: 2015\nb: NO\nc: 'deux'\nd: 1.10\ne: [x, oui]\nf: {g: 0012}\n---\nTexte\n")
    assert faults == []
    assert source.front.data == {
        "a": "2015",
        "b": "NO",
        "c": "deux",
        "d": "1.10",
        "e": ["x", "oui"],
        "f": {"g": "0012"},
    }


@pytest.mark.parametrize("nothing", ["", " ~", " null", " # rien"])
def test_null_is_not_given(nothing: str) -> None:
    source, faults = _read(f"---\na:{nothing}\nb: x\n---\n")
    assert (dict(source.front.data), faults) == ({"b": "x"}, [])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_and_line_ends_change_neither_places_nor_values(mark: bytes, end: str) -> None:
    text = end.join(["---", "title: Été", "lessons:", "  - id: L1", "---", "", "Un texte.", "Fin."])
    source, faults = read(mark + text.encode(), "x.md")
    assert faults == []
    assert source.body == "\nUn texte.\nFin."
    assert source.body_line == 6
    assert str(source.locate(("lessons", 0, "id"))) == "x.md:4:9"
    assert str(source.locate_key(("lessons",))) == "x.md:3:1"


def test_a_place_that_was_not_written_is_that_of_what_is_around_it() -> None:
    source, _ = _read("---\nplaces: BJ\nlessons:\n  - id: L1\n---\n")
    assert source.locate(("places", 0, "country")).column == 9
    assert source.locate(("lessons", 0, "strength")).line == 4
    assert source.locate(("nowhere",)).line == 1
    assert source.front.text(("places", 0, "country")) == "BJ"
    assert source.front.text(("lessons", 0)) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        (" \n\t\n", "empty-file"),
        ("\ufeff", "empty-file"),
        ("---\ntitle: x\n", "front-matter-unclosed"),
        ("---", "front-matter-unclosed"),
        ('---\ntitle: "x\nsummary: y\n---\n', "bad-yaml"),
        ("---\ntitle: [x\n---\n", "bad-yaml"),
        ("---\ntitle: a: b\n---\n", "bad-yaml"),
        ("---\ntitle: @x\n---\n", "bad-yaml"),
        ("---\n\ttitle: x\n---\n", "bad-yaml"),
        ("---\na: 1\n\tb: 2\n---\n", "bad-yaml"),
        ("---\n? [a]\n: b\n---\n", "bad-yaml"),
        ("---\ntitle: \x07\n---\n", "bad-yaml"),
        ("---\n- x\n---\n", "front-matter-not-fields"),
        ("---\nUn texte\n---\n", "front-matter-not-fields"),
        ("---\na: 1\na: 2\n---\n", "duplicate-key"),
        ("---\na: &x 1\nb: *x\n---\n", "yaml-alias"),
        ("---\na: !!python/object/apply:os.system [ls]\n---\n", "yaml-alias"),
        ("---\n<<: {a: b}\n---\n", "yaml-alias"),
        ("---\na: " + "[" * 20_000 + "\n---\n", "front-matter-too-large"),
        ("---\n" + "a:\n" + "".join(" " * n + "- \n" for n in range(1, 40)) + "---\n", "front-matter-too-large"),
        ("---\na: " + "x" * 70_000 + "\n---\n", "front-matter-too-large"),
    ],
)
def test_what_cannot_be_read_is_one_fault(text: str, code: str) -> None:
    started = time.process_time()
    _, faults = _read(text)
    assert faults == [code]
    assert time.process_time() - started < 1


def test_an_expansion_of_aliases_is_never_made() -> None:
    lines = ["a0: &a0 [x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    _, faults = _read("---\n" + "\n".join(lines) + "\n---\n")
    assert faults == ["yaml-alias"]


def test_a_file_in_another_encoding_is_told_with_its_place() -> None:
    _, faults = read("---\ntitle: ok\nsummary: Santé\n---\n".encode("cp1252"), "x.md")
    assert str(faults[0].location) == "x.md:3:14"


def test_an_unclosed_quotation_mark_is_told_where_it_opens() -> None:
    _, faults = read(b'---\ntitle: x\nsummary: "y\nlicense: z\n---\n', "x.md")
    assert faults[0].location.line == 3


def test_the_first_of_two_values_of_a_key_holds() -> None:
    source, _ = _read("---\na: 1\na: {b: 2}\nc: 3\n---\n")
    assert source.front.data == {"a": "1", "c": "3"}


def test_a_second_value_of_a_key_has_no_places() -> None:
    source, faults = _read("---\na: [x]\na: {b: {c: d}}\n---\n")
    assert faults == ["duplicate-key"]
    assert source.front.text(("a", "b")) is None
    assert source.front.text(("a", 0)) == "x"
    assert str(source.locate(("a", "b", "c"))) == "x.md:2:4"


def test_the_hash_of_a_front_matter_is_another_when_it_is_and_not_when_the_text_is() -> None:
    source, other, same = (_read(f"---\n{front}\n---\n{body}")[0] for front, body in FRONTS)
    assert source.front_hash == same.front_hash != other.front_hash
    assert source.hash != same.hash
    assert _read("Un texte.")[0].front_hash == ""


FRONTS = (("a: x", "Un."), ("a: y", "Un."), ("a: x", "Deux."))


def test_too_many_values_are_one_fault() -> None:
    _, faults = _read("---\n" + "".join(f"k{n}: x\n" for n in range(3_000)) + "---\n")
    assert faults == ["front-matter-too-large"]


def test_a_text_without_front_matter_is_all_body() -> None:
    source, faults = _read("Un texte.\n\n---\n\nFin.\n")
    assert (source.body, source.body_line, faults) == ("Un texte.\n\n---\n\nFin.\n", 1, [])


@given(st.binary(max_size=300))
@example(b"\xff\xfe-\x00-\x00")
@example(b"---\r\n---\r\n")
def test_reading_bytes_never_raises(raw: bytes) -> None:
    _read(raw)
    read_fields(raw, "x.yml")


@given(st.text(alphabet=st.sampled_from("ab:-[]{}'\"|>&*!%@`#,?~ \n\r\t\\\u2028\x85é\U0001f600\x00"), max_size=80))
def test_reading_a_front_matter_of_any_signs_never_raises(block: str) -> None:
    source, _ = _read(f"---\n{block}\n---\nTexte\n")
    _places_hold(source)


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.one_of(_WORDS, st.lists(_WORDS, max_size=3)), max_size=5
    )
)
def test_a_place_is_where_the_value_stands(data: dict[str, str | list[str]]) -> None:
    lines = []
    for key, value in data.items():
        shown = [_quoted(one) for one in value] if isinstance(value, list) else _quoted(value)
        lines.append(f"{key}: [{', '.join(shown)}]" if isinstance(value, list) else f"{key}: {shown}")
    source, faults = _read("\r\n".join(["---", *lines, "---", ""]))
    assert faults == []
    assert source.front.data == data
    _places_hold(source)
    for path, span in source.front.values.items():
        value = source.front.text(path)
        if value is not None:
            assert source.text[span.start : span.end] == _quoted(value)
            line = source.text.split("\n")[span.line - 1]
            assert line[span.column - 1 :].startswith(_quoted(value))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _places_hold(source: SourceText) -> None:
    front: FrontMatter = source.front
    for span in (*front.values.values(), *front.keys.values()):
        assert 0 <= span.start <= span.end <= len(source.text)
        assert span.line >= 1
        assert span.column >= 1
