"""A reference says what the text says, and no sign of a title or name breaks the format that it goes into."""

from __future__ import annotations

import json
import os
import re
import string
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hub.addresses import ARCHIVE
from hub.cited import Cited, CitedRevision, cite, cite_hub, one_line
from hub.dates import PartialDate
from hub.exporters import cff, styles
from hub.public import public
from hub.swhid import content_hash
from hub.views import Name
from tests.support import GOLDEN, commit, hub, run, write

NASTY = [
    "</script><b>&amp;",
    "a } b { c",
    "C:\\new\\title 100 % & $5 #1 a_b ~x ^y",
    "deux\nlignes\r\nTY  - BOOK\u2028AU  - X",
    'dit « oui » "non", et, and others',
    "\u202egnirts\x00\x1b[31m\ufeff",
    "@misc{a, title = {b}}",
    "- : [x] 'y' #z",
]
TEXT = st.one_of(st.sampled_from(NASTY), st.text(min_size=1)).map(one_line).filter(bool)
NAME = st.one_of(TEXT.map(Name), st.builds(Name, TEXT, TEXT, TEXT, st.just("0000-0002-1825-0097")))
DATE = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)),
)
CITED = st.builds(
    Cited,
    key=st.just("note-a"),
    type=st.sampled_from(["report", "entry-encyclopedia", "post-weblog", "document", "thing"]),
    title=TEXT,
    lang=st.sampled_from(["fr", "en"]),
    words=st.sampled_from(["fr", "en"]),
    authors=st.lists(NAME, max_size=3).map(tuple),
    issued=st.none() | DATE,
    publishers=st.lists(TEXT, max_size=2).map(tuple),
    hub=TEXT,
    genre=TEXT,
    url=st.just("https://hub.example/notes/a/"),
    doi=st.sampled_from(["", "10.5281/zenodo.12_3"]),
    swhid=st.just("swh:1:cnt:" + "a" * 40),
    summary=TEXT,
    keywords=st.lists(TEXT, max_size=2).map(tuple),
    revision=st.none() | st.just(CitedRevision(PartialDate(2026, 5, 3), "aaaaaaaaaaaa")),
)


def bib(text: str) -> tuple[str, str, dict[str, str]]:
    """One entry of a bibliography, read as BibTeX reads it: braces must balance, escaped or not."""
    head = re.match(r"@(\w+)\{([^,{}\s]+),\s*", text)
    assert head
    at, fields = head.end(), {}
    while text[at] != "}":
        name = re.compile(r"(\w+) = \{").match(text, at)
        assert name, text[at:]
        assert name[1] not in fields
        start = at = name.end()
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        fields[name[1]] = text[start : at - 1]
        at = re.compile(r",?\s*").match(text, at).end()
    assert text[at:] == "}\n"
    return head[1], head[2], fields


WORDS = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}


def tex(value: str) -> str:
    """What TeX prints; a sign of its own that is not escaped is a fault."""
    printed, at = [], 0
    pattern = re.compile(r"\\text(\w+)\{\}|\\([&%$#_])|([^\\{}&%$#_~^])|([{}])")
    while at < len(value):
        found = pattern.match(value, at)
        assert found, value[at:]
        printed.append(WORDS[found[1]] if found[1] else found[2] or found[3] or "")
        at = found.end()
    return "".join(printed)


def names(value: str) -> list[str]:
    """The names of a field, parted at `and` outside braces."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(value):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not depth and re.compile(r"\sand\s", re.IGNORECASE).match(value, at):
            found.append(value[start:at])
            start = at + 5
    return [*found, value[start:]]


def ris(text: str) -> Iterator[tuple[str, str]]:
    """Tags and values; a line that is none of these is a fault."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert text.splitlines() == lines
    for line in lines:
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert found, line
        yield found[1], found[2]


@given(CITED)
def test_bibtex_reads_what_was_written(cited: Cited) -> None:
    _, key, fields = bib(styles()["bibtex"].write([cited]))
    assert key == "note-a"
    assert fields["title"].startswith("{")
    assert tex(fields["title"]) == cited.title
    assert tex(fields["abstract"]) == cited.summary
    assert fields["url"] == cited.url
    assert fields.get("doi", "") == cited.doi
    if cited.authors:
        expected = [", ".join(filter(None, (a.family, a.given))) if a.family else a.whole for a in cited.authors]
        assert [tex(name) for name in names(fields["author"])] == expected


@given(CITED)
def test_ris_has_one_record_of_one_line_a_tag(cited: Cited) -> None:
    found = list(ris(styles()["ris"].write([cited])))
    assert [found[0][0], found[-1]] == ["TY", ("ER", "")]
    assert [tag for tag, _ in found].count("TY") == 1
    assert [value for tag, value in found if tag == "TI"] == [cited.title]
    authors = [value for tag, value in found if tag == "AU"]
    assert len(authors) == len(cited.authors)
    for author, value in zip(cited.authors, authors, strict=True):
        assert value.count(",") <= bool(author.family)
        assert "*" not in value


@given(CITED)
def test_csl_is_json_with_the_values_as_they_are(cited: Cited) -> None:
    (item,) = json.loads(styles()["csl"].write([cited]))
    assert item["title"] == cited.title
    assert [name.get("literal", name.get("family")) for name in item.get("author", [])] == [
        name.family or name.whole for name in cited.authors
    ]
    if cited.issued:
        (parts,) = item["issued"]["date-parts"]
        assert parts == [int(part) for part in str(cited.issued).split("-")]
    known = {"id", "type", "title", "author", "issued", "publisher", "container-title", "genre", "version", "language"}
    assert set(item) <= known | {"abstract", "keyword", "DOI", "URL", "note"}


@given(st.text(st.sampled_from(" \n\t\u00a0\u202f\u2003\x00é,")))
def test_one_line_has_one_plain_space_between_words_and_french_ones_as_they_are(text: str) -> None:
    plain = text.replace("\x00", " ").replace("\n", " ").replace("\t", " ").replace("\u2003", " ")
    assert one_line(text) == re.sub(" +", " ", plain).strip()


@given(CITED)
def test_text_is_one_line(cited: Cited) -> None:
    text = styles()["text"].write([cited])
    assert text.splitlines() == [text[:-1]]
    assert cited.title in text
    assert cited.swhid in text
    assert not set(text) & (set(map(chr, range(32))) - {"\n"})


@given(CITED)
def test_cff_is_yaml_of_the_schema(cited: Cited) -> None:
    text = cff.write(cited, repository="https://forge.example/hub/")
    found = yaml.load(text, Loader=yaml.CSafeLoader)
    assert found["title"] == cited.title
    assert_cff(found, need_authors=bool(cited.authors))


def assert_cff(found: dict[str, object], *, need_authors: bool = True) -> None:
    """The rules of CFF 1.2.0's schema that hold for the keys that the hub writes."""
    assert set(found) >= {"cff-version", "message", "title", "authors"}
    assert set(found) <= {"cff-version", "message", "type", "title", "authors", "url", "repository-code", "license"}
    assert found["cff-version"] == "1.2.0"
    assert found["type"] in {"software", "dataset"}
    authors = found["authors"] or []
    assert isinstance(authors, list)
    assert bool(authors) >= need_authors
    for author in authors:
        if "name" in author:
            assert set(author) == {"name"}
        else:
            assert set(author) <= {"family-names", "given-names", "orcid"}
        assert all(isinstance(value, str) and value for value in author.values())
        assert re.fullmatch(
            r"https://orcid\.org/(\d{4}-){3}\d{3}[\dX]", author.get("orcid", "https://orcid.org/0000-0000-0000-0000")
        )


@given(st.text())
def test_one_line_has_no_line_break_and_keeps_french_spaces(text: str) -> None:
    line = one_line(f"a\u00a0: {text}")
    assert len(line.splitlines()) == 1
    assert line.startswith("a\u00a0:")
    assert one_line(line) == line
    assert all(sign not in line for sign in string.whitespace.replace(" ", ""))


NOTE = """---
title: "Planifier à 100 % : l’essai de {zone} & d’ailleurs"
summary: Ce que deux ans de plans partagés ont appris.
date: 2015-04-18
authors: [ada, organisme-inconnu]
contributors:
  - person: trad
    roles: [traduction]
organisations: [cr]
keywords: [plans, zones sanitaires]
doi: https://doi.org/10.5281/zenodo.1234567
lessons:
  - {id: L1, statement: Un plan se discute.}
  - {id: L2, statement: "Le lien rend les plans réalistes, à 100 % & plus."}
---

Un texte.
"""
FILES = {
    "mkdocs.yml": "site_name: Hub d’essai\nsite_url: https://hub.example/\n"
    "plugins:\n  - hub:\n      site_names: {en: Test Hub}\n",
    "docs/notes/plans.md": NOTE,
    "docs/notes/vieux.md": "---\ntitle: Un brouillon\nstatus: brouillon\n---\n",
    "docs/notes/retire.md": "---\ntitle: Retiré\nstatus: retiré\nwithdrawal: {date: 2026, reason: Faux.}\n---\n",
    "docs/notes/soumis.md": "---\ntitle: Soumis\nstatus: soumis\n---\n",
    "docs/notes/double.md": "---\ntitle: Double\n---\n",
    "docs/wiki/double.md": "---\ntitle: Double\n---\n",
    "docs/personnes/ada.md": "---\ntitle: Ada Abalo\ngiven_name: Ada\nfamily_name: Abalo\n"
    "orcid: 0000-0002-1825-0097\nconsent: {date: 2026-01-01}\n---\n",
    "docs/personnes/organisme-inconnu.md": "---\ntitle: Équipe de zone, Parakou\n---\n",
    "docs/personnes/trad.md": "---\ntitle: Tara Duc\n---\n",
    "docs/organisations/cr.md": "---\ntitle: Centre de recherche\n---\n",
}


@pytest.mark.parametrize("style", ["bibtex", "csl", "ris", "text"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_note_in_each_format(tmp_path, style, lang) -> None:
    loaded = hub(tmp_path, FILES)
    library = public(loaded.library)
    revision = CitedRevision(PartialDate(2026, 5, 3), content_hash(NOTE.encode()))
    cited = cite(library.get("note", "plans"), library, loaded.config, words=lang, revision=revision)
    path = GOLDEN / "citations" / f"note.{lang}.{style}"
    written = styles()[style].write([cited])
    if os.environ.get("HUB_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(written.encode())
    assert written.encode() == path.read_bytes()


@pytest.mark.parametrize("style", ["bibtex", "csl", "ris", "text"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_lesson_in_each_format(tmp_path, style, lang) -> None:
    loaded = hub(tmp_path, FILES)
    library = public(loaded.library)
    note = library.get("note", "plans")
    revision = CitedRevision(PartialDate(2026, 5, 3), content_hash(NOTE.encode()))
    cited = cite(note, library, loaded.config, words=lang, revision=revision, part=note.cited_parts()[1])
    path = GOLDEN / "citations" / f"lesson.{lang}.{style}"
    written = styles()[style].write([cited])
    if os.environ.get("HUB_UPDATE_GOLDEN"):
        path.write_bytes(written.encode())
    assert written.encode() == path.read_bytes()


@pytest.mark.parametrize("raw", [NOTE.encode(), NOTE.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + NOTE.encode()])
def test_the_swhid_is_of_the_bytes_of_the_file(tmp_path, raw) -> None:
    loaded = hub(tmp_path, {**FILES, "docs/notes/plans.md": raw})
    cited = cite(loaded.library.get("note", "plans"), loaded.library, loaded.config)
    assert cited.swhid == f"swh:1:cnt:{content_hash(raw)}"


def test_an_author_without_consent_has_a_name_and_no_orcid(tmp_path) -> None:
    person = FILES["docs/personnes/ada.md"].replace("consent: {date: 2026-01-01}\n", "")
    loaded = hub(tmp_path, {**FILES, "docs/personnes/ada.md": person})
    library = public(loaded.library)
    cited = cite(library.get("note", "plans"), library, loaded.config)
    assert cited.authors[0] == Name("Ada Abalo", "Ada", "Abalo")


def test_what_is_not_published_has_no_reference(tmp_path) -> None:
    loaded = hub(tmp_path, FILES, drafts=True)
    for name in ("vieux", "retire", "soumis"):
        assert cite(loaded.library.get("note", name), loaded.library, loaded.config) is None
    assert cite(loaded.library.get("person", "ada"), loaded.library, loaded.config) is None


def test_a_doi_that_is_none_is_left_out(tmp_path) -> None:
    loaded = hub(
        tmp_path, {**FILES, "docs/notes/plans.md": NOTE.replace("https://doi.org/10.5281/zenodo.1234567", "oui")}
    )
    assert cite(loaded.library.get("note", "plans"), loaded.library, loaded.config).doi == ""


def test_the_hub_is_cited_with_those_who_wrote(tmp_path) -> None:
    loaded = hub(tmp_path, FILES)
    library = public(loaded.library)
    cited = cite_hub(library, loaded.config)
    assert [name.whole for name in cited.authors] == ["Hub d’essai", "Ada Abalo", "Équipe de zone, Parakou"]
    found = yaml.safe_load(cff.write(cited))
    assert_cff(found)
    assert found["license"] == "CC-BY-4.0"
    assert found["url"] == "https://hub.example/"


@pytest.fixture
def root(tmp_path):
    write(tmp_path, FILES)
    commit(tmp_path)
    return tmp_path


def test_the_command_writes_each_style(root) -> None:
    for name in ("plans", "note:plans", "docs/notes/plans.md", "notes/plans.md", root / "docs/notes/plans.md"):
        done = run("cite", name, cwd=root)
        assert done.exit_code == 0, done.output
        assert done.output.startswith("Abalo, Ada; Équipe de zone, Parakou (2015). Planifier à 100 %")
        assert "Test Hub" in done.output
        assert f"version of {' '.join(day(root))}, swh:1:cnt:{content_hash(NOTE.encode())}" in done.output
    assert bib(run("cite", "plans", "--style", "bibtex", cwd=root).output)[0] == "techreport"


def day(root) -> tuple[str, str, str]:
    from hub.history import History
    from hub.words import date_text

    (revision,) = History.read(root).of("docs/notes/plans.md")
    date, month, year = date_text(PartialDate.parse(revision.day), "en").split(" ")
    return date, month, year


def test_the_command_speaks_to_programs(root) -> None:
    found = json.loads(run("cite", "plans", "--style", "csl", "--format", "json", cwd=root).output)
    assert {"id", "kind", "part", "lang", "title", "url", "swhid", "revision", "style", "citation"} == set(found)
    assert found["revision"]["hash"] == content_hash(NOTE.encode())[:12]
    assert json.loads(found["citation"])[0]["title"] == found["title"]


def test_a_past_revision_is_cited_as_it_was(root) -> None:
    write(root, {"docs/notes/plans.md": NOTE.replace("Planifier", "Prévoir").replace("ada, ", "")})
    commit(root)
    old = content_hash(NOTE.encode())
    now = run("cite", "plans", cwd=root).output
    assert "Prévoir" in now
    assert "Abalo" not in now
    past = run("cite", "plans", "--revision", old[:8], cwd=root).output
    assert past.startswith("Abalo, Ada; Équipe de zone, Parakou (2015). Planifier")
    assert f"swh:1:cnt:{old})" in past
    assert f"https://hub.example/notes/plans/{ARCHIVE.fr}/{old[:12]}/ (version of" in past  # not the DOI
    assert "https://doi.org/10.5281/zenodo.1234567 (version of" in now
    for options, address in (((), "plans/"), (("--revision", old[:8]), f"plans/{ARCHIVE.fr}/{old[:12]}/")):
        written = run("cite", "plans", "--format", "json", *options, cwd=root).output
        assert json.loads(written)["url"] == f"https://hub.example/notes/{address}"
    missing = run("cite", "plans", "--revision", "1999", cwd=root)
    assert missing.exit_code == 2
    assert old[:12] in missing.output


def test_a_lesson_is_cited_by_its_mark_and_in_the_note(root) -> None:
    for name in ("plans#L2", "note:plans#l2", "docs/notes/plans.md#L2"):
        written = run("cite", name, cwd=root).output
        assert "(2015). Lesson L2: Le lien rend les plans réalistes, à 100 % & plus. In: Planifier à 100 %" in written
        assert "https://hub.example/notes/plans/#L2 (version of" in written  # the DOI is the note's
    found = json.loads(run("cite", "plans#L2", "--style", "csl", "--format", "json", cwd=root).output)
    assert (found["part"], found["url"]) == ("L2", "https://hub.example/notes/plans/#L2")
    (item,) = json.loads(found["citation"])
    assert (item["type"], item["container-title"]) == ("chapter", "Planifier à 100 % : l’essai de {zone} & d’ailleurs")
    assert "DOI" not in item
    write(root, {"docs/notes/plans.md": NOTE.replace("Le lien rend", "Le lien a rendu")})
    commit(root)
    old = content_hash(NOTE.encode())
    past = run("cite", "plans#L2", "--revision", old[:8], cwd=root).output
    assert "Le lien rend" in past
    assert f"https://hub.example/notes/plans/{ARCHIVE.fr}/{old[:12]}/#L2" in past
    missing = run("cite", "plans#L9", cwd=root)
    assert (missing.exit_code, "There are: L1, L2" in missing.output) == (2, True)
    assert "no part that one cites by itself" in run("cite", "note:double#L1", cwd=root).output


def test_without_git_the_text_as_it_is_has_a_hash_and_no_date(tmp_path) -> None:
    write(tmp_path, FILES)
    hash_ = content_hash(NOTE.encode())
    for options in ((), ("--revision", hash_[:10])):
        done = run("cite", "plans", *options, cwd=tmp_path)
        assert done.exit_code == 0, done.output
        assert done.output.endswith(f"https://doi.org/10.5281/zenodo.1234567 (swh:1:cnt:{hash_})\n")
    assert hash_[:12] in run("cite", "plans", "--revision", "2015", cwd=tmp_path).output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plan", "Did you mean “plans”"),
        ("note:plan", "Did you mean “note:plans”"),
        ("double", "note:double, article:double"),
        ("vieux", "has no reference"),
        ("retire", "has no reference"),
        ("soumis", "never published"),
        ("person:ada", "has no reference"),
        ("../../etc/passwd", "There is no text"),
    ],
)
def test_the_command_says_what_it_cannot_cite_and_why(root, name, said) -> None:
    done = run("cite", name, cwd=root)
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\n\nUn texte.", b"\n\n\nUn  texte."),
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b"summary:", b"aliases: [notes/vieux/]\nsummary:"),
    ],
    ids=["spaces", "line ends", "technical field"],
)
@pytest.mark.parametrize("is_committed", [True, False])
def test_what_no_reader_sees_leaves_a_reference_its_date_and_its_content(root, change, is_committed) -> None:
    before = run("cite", "plans", "--style", "bibtex", cwd=root).output
    assert "version = {" in before
    changed = change(NOTE.encode())
    assert changed != NOTE.encode()
    (root / "docs/notes/plans.md").write_bytes(changed)
    if is_committed:
        commit(root, "blancs")
    for options in ((), ("--revision", content_hash(changed)[:12]), ("--revision", content_hash(NOTE.encode())[:12])):
        assert run("cite", "plans", "--style", "bibtex", *options, cwd=root).output == before
    assert "not committed" not in run("history", "plans", cwd=root).output
