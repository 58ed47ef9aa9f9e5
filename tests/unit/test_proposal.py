"""What a proposal changes, and the comment that is made of a report that somebody hostile may have written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hub.config import read_config
from hub.errors import HubError
from hub.i18n import translator
from hub.proposal.comment import LIMIT, MARKER, comment
from hub.proposal.gather import gather
from hub.proposal.model import LONGEST_FILE, MOST, Change, Counts, Credited, Fault, Proposal, read
from tests.support import commit, git, note, run, write

FRENCH = translator("fr")
HOSTILE = [
    "@everyone",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "</code></pre><script>",
    "`@team` #1 ``x`` ```y```",
    "```\n\n# Title\n\n@all",
    "~~~\n@all",
    "\n\n- [ ] task\n\n| a | b |\n|---|---|\n",
    "https://evil.example www.evil.example a@b.example",
    "<!-- hub:proposition -->",
    "\u202egnp.exe\u2066\u200b",
    "\x00\x1b[31m\r\u2028@all",
    "owner/repo#1 GH-1 :boom: $`x`$",
    "",
    " ",
    "`",
    "{url} {n} {0.__class__}",
]
hostile = st.sampled_from(HOSTILE) | st.text(max_size=60)


def proposal(*words: str) -> Proposal:
    """A report whose every text is one of those given, in turn."""
    one, two, three, four = (*words, *words, *words, *words)[:4]
    return Proposal(
        counts=Counts(error=2, warning=1),
        faults=(
            Fault(file=one, line=3, column=1, rule="bad-date", severity="error", message=two, hint=three),
            Fault(file=four, line=1, column=1, rule="x", severity="info", message=f"a{one}", hint=f"{two}\n{three}"),
        ),
        changes=(
            Change(change="moved", file=one, was=f"w{two}", title=f"t{three}", status="draft"),
            Change(change="removed", file=four),
        ),
        people=(Credited(name=two, title=one, roles=("translation", "unknown-role")),),
    )


def skeleton(markdown: str) -> list[tuple[str, str]]:
    """All that a reader or a forge would take for more than code, in order."""
    found: list[tuple[str, str]] = []
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown):
        for part in token.children or [token]:
            is_code = part.type in {"code_inline", "fence"}
            found.append((part.type, "" if is_code or part.type == "inline" else part.content))
    return found


PLAIN = skeleton(comment(proposal("x", "y", "z", "v"), FRENCH, "fr"))


@given(words=st.lists(hostile, min_size=4, max_size=4))
def test_whatever_a_proposal_says_stands_in_code(words):
    made = comment(proposal(*words), FRENCH, "fr")
    assert skeleton(made) == PLAIN
    assert made.startswith(MARKER)
    assert made.count("\n<!--") == 0


def test_signs_that_hide_or_turn_text_round_are_not_repeated():
    made = comment(proposal("\u202egnp\u200b", "\x1b[31m", "\ue000", "\u2066x"), FRENCH, "fr")
    assert not set(made) & set("\u202e\u200b\x1b\ue000\u2066")


def test_what_does_not_fit_is_counted_and_no_part_pushes_another_out():
    many = MOST
    huge = "é😀" * 500
    found = Proposal(
        counts=Counts(error=many),
        faults=tuple(
            Fault(file=f"docs/{n}.md", line=n, column=1, rule="x", severity="error", message=huge, hint=huge)
            for n in range(many)
        ),
        changes=tuple(Change(change="added", file=f"docs/{n}.md", title="t" * 300) for n in range(many)),
        people=tuple(Credited(name="n" * 300, title="t" * 300) for n in range(many)),
        left_out=7,
    )
    for limit in (2000, LIMIT):
        made = comment(found, FRENCH, "fr", more="https://forge.example/run/1", limit=limit)
        assert len(made.encode("utf-16-le")) // 2 <= limit
        assert "de plus" in made
        assert "Ce qui change pour les lecteurs" in made
        assert "https://forge.example/run/1" in made


def test_a_link_of_ours_cannot_be_broken_out_of():
    made = comment(proposal("x"), FRENCH, "fr", preview="https://forge.example/a) <img src=x> [b](c")
    assert [t for t in skeleton(made) if t[0].startswith(("html", "image"))] == [("html_block", f"{MARKER}\n")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"version": 1}',
        b'{"version": 2, "counts": {}}',
        b'{"version": 1, "counts": {"error": -1}}',
        b'{"version": 1, "counts": {"error": "1"}}',
        b'{"version": 1, "counts": {}, "more": 1}',
        b'{"version": 1, "counts": {}, "changes": [{"change": "@all", "file": "x"}]}',
        b'{"version": 1, "counts": {}, "changes": [{"change": "added", "file": "x", "status": "](x"}]}',
        json.dumps({"version": 1, "counts": {}, "people": [{"name": "x" * 301, "title": ""}]}).encode(),
        json.dumps({"version": 1, "counts": {}, "people": [{"name": "x", "title": ""}] * (MOST + 1)}).encode(),
        b" " * (LONGEST_FILE + 1),
    ],
)
def test_a_report_that_is_none_is_refused_without_repeating_it(raw):
    with pytest.raises(HubError) as refused:
        read(raw)
    assert len(str(refused.value)) < 200


@given(words=st.lists(hostile, min_size=4, max_size=4))
def test_a_report_is_read_as_it_was_written(words):
    found = proposal(*(word.encode("utf-8", "replace").decode() for word in words))
    assert read(found.model_dump_json().encode()) == found


@pytest.fixture
def repository(tmp_path):
    write(
        tmp_path,
        {
            "docs/notes/stays.md": note("date: nonsense"),
            "docs/notes/refers.md": note(body="Voir [x](gone.md).\n"),
            "docs/notes/gone.md": note(),
            "docs/notes/old-name.md": note("keywords: [un, deux, trois, quatre, cinq]", body="Le même texte.\n" * 5),
            "docs/personnes/ama.md": "---\ntitle: Ama Mensah\n---\n\nTexte.\n",
        },
    )
    commit(tmp_path)
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "checkout", "-q", "-b", "proposal")
    return tmp_path


def gathered(root, base="main"):
    return gather(root, read_config(root), base, FRENCH)


def test_pages_people_and_faults_of_a_proposal(repository):
    git(repository, "rm", "-q", "docs/notes/gone.md")
    git(repository, "mv", "docs/notes/old-name.md", "docs/notes/new-name.md")
    contributor = "contributors:\n  - person: ama\n    roles: [relecture]"
    write(
        repository,
        {
            "docs/notes/new.md": note("authors: [ama]", contributor, "status: soumis", "date: 31/03/2026"),
            "docs/notes/photo.jpg": "une photo",
            "README.md": "no content",
        },
    )
    commit(repository)
    write(repository, {"docs/notes/not-yet.md": note("status: brouillon")})
    found = gathered(repository)
    assert [(one.change, one.file, one.was, one.status) for one in found.changes] == [
        ("removed", "docs/notes/gone.md", "", ""),
        ("moved", "docs/notes/new-name.md", "docs/notes/old-name.md", "published"),
        ("added", "docs/notes/new.md", "", "submitted"),
        ("added", "docs/notes/not-yet.md", "", "draft"),
        ("added", "docs/notes/photo.jpg", "", ""),
    ]
    assert [(one.name, one.title) for one in found.people] == [("Ama Mensah", "Essai")]
    assert len(found.people[0].roles) == 2
    # Faults of its own files, and errors that it makes elsewhere; what was wrong before it is told by the count alone.
    assert ("docs/notes/new.md", "bad-date") in [(one.file, one.rule) for one in found.faults]
    assert ("docs/notes/refers.md", "broken-link") in [(one.file, one.rule) for one in found.faults]
    assert found.counts.error == 3
    assert read(found.model_dump_json().encode()) == found


def test_only_what_the_branch_changed_since_it_left_counts(repository):
    write(repository, {"docs/notes/mine.md": note()})
    commit(repository)
    git(repository, "checkout", "-q", "main")
    write(repository, {"docs/notes/theirs.md": note()})
    commit(repository)
    git(repository, "checkout", "-q", "proposal")
    assert [one.file for one in gathered(repository).changes] == ["docs/notes/mine.md"]


def test_who_has_left_is_not_named(repository):
    write(repository, {"docs/personnes/ama.md": "---\ntitle: Ama Mensah\nretired: oui\n---\n"})
    write(repository, {"docs/notes/mine.md": note("authors: [ama]")})
    found = gathered(repository)
    assert "Ama" not in "".join(one.name + one.title for one in found.people)
    assert "Ama" not in "".join(one.title for one in found.changes)


def test_a_report_as_long_as_it_may_be_can_be_read_again(repository):
    body = "[x](nowhere.md)\n\n" * (MOST + 50)
    write(repository, {f"docs/notes/{n}.md": note(body=body) for n in range(3)})
    found = gathered(repository)
    assert len(found.faults) == MOST
    assert found.left_out >= 2 * MOST
    assert read(found.model_dump_json().encode()) == found


def test_of_other_files_only_errors_are_told(repository):
    write(repository, {"docs/notes/mine.md": note(), "docs/notes/empty.md": note(body="")})
    commit(repository)
    git(repository, "branch", "-f", "main")
    write(repository, {"docs/notes/other.md": note()})
    found = gathered(repository)
    assert [one.file for one in found.faults] == ["docs/notes/stays.md"]
    assert (found.counts.error, found.counts.warning) == (1, 1)


@pytest.mark.parametrize("base", ["nowhere", "--output=x", ""])
def test_a_base_that_git_does_not_know_is_refused(repository, base):
    with pytest.raises(HubError):
        gathered(repository, base)


def test_the_command_writes_a_report_and_tells_it_without_the_hub(repository, tmp_path_factory):
    write(repository, {"docs/notes/new.md": note("date: 31/03/2026")})
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    made = run(
        *("report", "--lang", "fr", "--base", "main", "--format", "json", "--output", elsewhere / "report.json"),
        cwd=repository,
    )
    assert made.exit_code == 0, made.output
    told = run("report", "--from", "report.json", "--lang", "fr", cwd=elsewhere)
    assert told.exit_code == 0
    assert "`docs/notes/new.md`" in told.output
    assert "Exemple : 2026-03-31" in told.output
    assert run("report", cwd=repository).exit_code == 2
    assert run("report", "--from", "nothing.json", cwd=elsewhere).exit_code == 2
