"""Mending changes the spans of the edits and no other byte of the file."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub import checks, fix, metadata
from hub.diagnostics import Edit
from tests.files import EXIF, docx, jpeg, segment
from tests.support import codes, note, run, write

MESSY = (
    "---\r\n"
    "# Une remarque\r\n"
    'titre:   "Un titre"   # le titre\r\n'
    "status: 'brouillon'\r\n"
    "places: [Bénin, TG]\r\n"
    "date: 18 avril 2015\r\n"
    "lessons:\r\n"
    "- {id: L1, statement: x,   strength: modérée }\r\n"
    "---\r\n\r\nUn texte.  \r\n\r\nFin"
)
MENDED = (
    MESSY.replace("titre:", "title:")
    .replace("'brouillon'", "'draft'")
    .replace("Bénin", "BJ")
    .replace("18 avril 2015", "2015-04-18")
    .replace("modérée", "moderate")
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_what_has_one_answer_changes(tmp_path: Path, mark: bytes) -> None:
    file = write(tmp_path, {"docs/notes/a.md": mark + MESSY.encode()}) / "docs/notes/a.md"
    mode = file.stat().st_mode
    result = run("check", "--fix", "--root", tmp_path)
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == mark + MENDED.encode()
    assert "docs/notes/a.md: 5 places mended" in result.stderr
    assert file.stat().st_mode == mode
    assert [path.name for path in file.parent.iterdir()] == ["a.md"]


def test_mending_twice_changes_nothing_more(tmp_path: Path) -> None:
    file = write(tmp_path, {"docs/notes/a.md": MESSY}) / "docs/notes/a.md"
    run("check", "--fix", "--root", tmp_path)
    before = file.read_bytes()
    result = run("check", "--fix", "--root", tmp_path)
    assert file.read_bytes() == before
    assert "mended" not in result.stderr


def test_a_name_that_was_mended_brings_its_value_to_light(tmp_path: Path) -> None:
    file = write(tmp_path, {"docs/notes/a.md": note("état: brouillon")}) / "docs/notes/a.md"
    run("check", "--fix", "--root", tmp_path)
    assert file.read_text() == note("status: draft")


def test_what_has_no_one_answer_stays(tmp_path: Path) -> None:
    text = note("tittre: x", "date: 03/04/2015", "status: |\n  brouillon")
    file = write(tmp_path, {"docs/notes/a.md": text}) / "docs/notes/a.md"
    result = run("check", "--fix", "--root", tmp_path)
    assert file.read_text() == text
    assert result.exit_code == 1


def test_only_the_files_that_were_named_are_mended(tmp_path: Path) -> None:
    text = note("status: brouillon")
    write(tmp_path, {"docs/notes/a.md": text, "docs/notes/b.md": text})
    run("check", "--fix", "docs/notes/a.md", cwd=tmp_path)
    assert (tmp_path / "docs/notes/a.md").read_text() == note("status: draft")
    assert (tmp_path / "docs/notes/b.md").read_text() == text


def test_a_file_that_cannot_be_written_is_the_operators_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = note("status: brouillon")
    file = write(tmp_path, {"docs/notes/a.md": text}) / "docs/notes/a.md"

    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(fix.tempfile, "mkstemp", refused)
    result = run("check", "--fix", "--root", tmp_path)
    assert result.exit_code == 2
    assert "docs/notes/a.md cannot be written: Permission denied" in result.stderr
    assert file.read_text() == text


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="Edit"):
        fix.apply(b"abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])
    with pytest.raises(ValueError, match="Edit"):
        fix.apply(b"abc", [Edit(2, 9, "x")])
    assert fix.compatible([Edit(0, 3, "x"), Edit(2, 4, "y"), Edit(5, 6, "z"), Edit(5, 6, "z")]) == (Edit(5, 6, "z"),)


@given(st.text(max_size=60), st.data(), st.sampled_from(["", "\ufeff"]))
def test_every_byte_outside_the_edits_stays(text: str, data: st.DataObject, mark: str) -> None:
    text = text.removeprefix("\ufeff")
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [Edit(start, end, data.draw(st.text(max_size=4))) for start, end in spans]
    found = fix.apply((mark + text).encode(), data.draw(st.permutations(edits))).decode()
    at, rest = 0, found.removeprefix(mark) if mark else found
    assert found.startswith(mark)
    for edit in edits:
        kept = text[at : edit.start]
        assert rest.startswith(kept + edit.text)
        rest, at = rest[len(kept) + len(edit.text) :], edit.end
    assert rest == text[at:]


_LABELS = st.sampled_from(["brouillon", "publié", "draft", "à réviser"])
_QUOTES = st.sampled_from(["", "'", '"'])
_ENDS = st.sampled_from(["\n", "\r\n"])


@given(_LABELS, _QUOTES, _ENDS, st.from_regex(r"[ ]{0,3}(#[ a-zé]{0,10})?", fullmatch=True))
def test_a_label_becomes_its_code_and_quotes_comments_and_line_ends_stay(
    label: str, quote: str, end: str, rest: str
) -> None:
    comment = f" {rest}" if "#" in rest else rest
    before, after = f"---{end}title: x{end}status:  {quote}", f"{quote}{comment}{end}---{end}"
    with TemporaryDirectory() as folder:
        root = Path(folder)
        file = write(root, {"docs/a.md": before + label + after}) / "docs/a.md"
        list(fix.mend(root, checks.check(root).report))
        written = file.read_bytes().decode()
        assert written.startswith(before)
        assert written.endswith(after)
        assert written[len(before) : len(written) - len(after)] in {"draft", "published", "needs-review"}
        assert "label-not-code" not in codes(checks.check(root).report)


def test_files_are_stripped_of_what_they_tell_and_texts_beside_them_mended(tmp_path: Path) -> None:
    photo = jpeg(segment(0xE1, b"Exif\x00\x00" + EXIF))
    text = "---\ntitle: x\nstatus: brouillon\nconsent: {scope: photos}\n---\n![Le marché](a.jpg)\n"
    root = write(tmp_path, {"docs/notes/a.md": text, "docs/notes/a.jpg": photo, "docs/notes/b.docx": docx()})
    (root / "docs/notes/a.jpg").chmod(0o640)
    done = run("check", "--fix", "--root", root)
    assert done.exit_code == 0
    assert (root / "docs/notes/a.jpg").read_bytes() == metadata.without(photo) != photo
    assert (root / "docs/notes/a.jpg").stat().st_mode & 0o777 == 0o640
    assert not metadata.told((root / "docs/notes/b.docx").read_bytes())
    assert "status: draft" in (root / "docs/notes/a.md").read_text("utf-8")
    assert sorted(path.name for path in (root / "docs/notes").iterdir()) == ["a.jpg", "a.md", "b.docx"]
    assert codes(checks.check(root).report) == []


def test_a_name_that_the_disk_has_decomposed_is_found(tmp_path: Path) -> None:
    photo = jpeg(segment(0xE1, b"Exif\x00\x00" + EXIF))
    root = write(tmp_path, {unicodedata.normalize("NFD", "docs/notes/marché.jpg"): photo})
    assert sorted(codes(checks.check(root).report)) == ["file-authors", "file-position"]
    run("check", "--fix", "--root", root)
    assert codes(checks.check(root).report) == []


def test_two_spellings_of_one_field_are_left_to_the_writer(tmp_path: Path) -> None:
    text = "---\ntitle: x\nRésumé: un\nresume: deux\n---\nTexte.\n"
    root = write(tmp_path, {"docs/notes/a.md": text})
    list(fix.mend(root, checks.check(root).report))
    assert (root / "docs/notes/a.md").read_text("utf-8") == text
