"""What forges are told of faults: within their limits, worst first, and without a sign that they would obey."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hub import checks
from hub.cli.check import check
from hub.diagnostics import Diagnostic, Message, Report, Rule, Severity
from hub.i18n import translator
from hub.location import Location
from hub.reports import github, gitlab, sarif
from hub.reports.faults import faults, visible
from tests.support import note, run, write

ENGLISH = translator("en")
HOSTILE = (
    "docs/a,line=9::error::b.md",
    "docs/%0A::error::x.md",
    "docs/a\n::stop-commands::x.md",
    "docs/a\r\n##[error]x.md",
    "docs/<img src=x onerror=alert(1)>.md",
    "docs/a|b`c`*d*_e_[f](https://example.org)![g](h).md",
    "docs/www.example.org @everybody #1 https://example.org.md",
    "docs/\x1b[31m\u202egnp.md",
    "docs/{0} [click](https://example.org) ]](.md",
    "docs/javascript:alert(1)?a#b é.md",
    "\\| \\\\",
)
words = st.text(max_size=40) | st.sampled_from(HOSTILE) | st.text("|\\`*_[]()<>&#@:,%\n\r{}!-=~ a1", max_size=30)


def of(path: str, said: str = "x", severity: Severity = Severity.ERROR, line: int = 1) -> Diagnostic:
    """A fault that repeats what somebody wrote."""
    rule = Rule(f"rule-{severity}", severity, "Here stands {found}.", "Write it so.\nExample: {found}")
    return Diagnostic(rule, Location(path, line, 2), {"found": Message(said.replace("{", "(").replace("}", ")"))})


def told(*found: Diagnostic, folder: str = ""):
    return faults(Report.of(found), ENGLISH, folder)


def read(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub reads it."""
    match = re.fullmatch(r"::(?P<name>[a-z]+) (?P<properties>[^:]*?)::(?P<data>.*)", command)
    assert match, command
    undo = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    back = lambda text: re.sub("%(?:0D|0A|3A|2C|25)", lambda one: undo[one[0]], text)  # noqa: E731 - of one line
    properties = dict(one.split("=", 1) for one in match["properties"].split(","))
    return match["name"], {key: back(value) for key, value in properties.items()}, back(match["data"])


@settings(max_examples=50)
@given(words, words)
def test_no_name_or_value_ends_a_command_or_begins_another(path: str, said: str) -> None:
    (one,) = told(of(path, said))
    (line,) = github.commands([one])
    assert len(line.splitlines()) == 1
    name, properties, data = read(line)
    assert name == "error"
    assert properties == {"file": one.path, "line": "1", "col": "2", "title": "rule-error"}
    assert data == f"{one.message}\n{one.hint}"


@settings(max_examples=50)
@given(words, words)
def test_no_name_or_value_becomes_a_mark_of_a_summary(path: str, said: str) -> None:
    one = told(of(path, said))
    engine = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    tokens = engine.parse(github.summary(one, ENGLISH))
    assert [token.type for token in tokens].count("tr_open") == 2
    cells = [token for token in tokens if token.type == "inline"][1:]
    assert len(cells) == 8
    inside = [child for cell in cells for child in cell.children]
    assert {child.type for child in inside} <= {"text", "text_special", "html_inline"}
    assert {child.content for child in inside if child.type == "html_inline"} <= {"<br>"}
    shown = "".join(child.content for child in cells[5].children)
    assert shown == " ".join(f"{one[0].path}:1".split()).replace("@", "@\u2060")


@settings(max_examples=50)
@given(words, words, words)
def test_sarif_holds_paths_as_addresses_and_no_links(path: str, said: str, folder: str) -> None:
    found = told(of(path, said), folder=folder)
    made = json.loads(sarif.log(found, [of("a").rule], "1.0", ENGLISH))
    result = made["runs"][0]["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == found[0].path
    assert re.fullmatch(r"[\w.~%/-]*", uri, re.ASCII)
    assert not urlsplit(uri).scheme
    assert "](" not in result["message"]["text"]
    assert not re.search(r"(?<!\{)\{\d+\}(?!\})", result["message"]["text"])


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(list(Severity)), st.integers(1, 99)), max_size=60))
def test_the_worst_comes_first_and_no_more_than_github_shows(found: list[tuple[Severity, int]]) -> None:
    all_faults = told(*(of(f"docs/{number}.md", severity=one, line=line) for number, (one, line) in enumerate(found)))
    weights = [list(Severity).index(one.severity) for one in all_faults]
    assert weights == sorted(weights)
    names = [read(line)[0] for line in github.commands(all_faults)]
    for severity, name in zip(Severity, ("error", "warning", "notice"), strict=True):
        assert names.count(name) == min(10, sum(one is severity for one, _ in found))


def test_a_summary_stays_within_its_limit_and_counts_the_rest() -> None:
    many = told(*(of(f"docs/{number}.md", "é" * 3_000) for number in range(400)))
    text = github.summary(many, ENGLISH)
    assert len(text.encode()) < 1_000_000
    rows = text.count("| ❌ |")
    assert 0 < rows < 400
    assert f"and {400 - rows} more" in text
    assert "Thank you" in github.summary([], ENGLISH)


def test_a_fingerprint_stays_when_lines_move_and_tells_two_faults_apart() -> None:
    before, after = told(of("docs/a.md", line=3)), told(of("docs/a.md", line=8))
    assert before[0].fingerprint == after[0].fingerprint
    twice = told(of("docs/a.md", line=3), of("docs/a.md", line=8), of("docs/b.md"), of("docs/a.md", "y"))
    assert len({one.fingerprint for one in twice}) == 4


def test_gitlab_gets_what_its_report_of_code_quality_asks_for() -> None:
    made = json.loads(gitlab.code_quality(told(of("docs/a.md", severity=Severity.INFO), of("docs/b.md"))))
    assert [one["severity"] for one in made] == ["major", "info"]
    assert made[0]["location"] == {"path": "docs/b.md", "lines": {"begin": 1}}
    assert {*made[0]} == {"description", "check_name", "fingerprint", "severity", "location"}


def test_sarif_says_what_its_schema_asks_for() -> None:
    found = told(of("docs/a.md"), of("docs/b.md", severity=Severity.INFO))
    made = json.loads(sarif.log(found, [of("a").rule, of("a", severity=Severity.INFO).rule], "1.0", ENGLISH))
    assert {*made} == {"$schema", "version", "runs"}
    driver = made["runs"][0]["tool"]["driver"]
    for result in made["runs"][0]["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1 <= region["startColumn"]
    assert "{" not in json.dumps([rule["shortDescription"] for rule in driver["rules"]]).replace('{"text', "")
    assert (
        len(
            json.loads(sarif.log(found * 3_000, [of("a").rule, of("a", severity=Severity.INFO).rule], "1", ENGLISH))[
                "runs"
            ][0]["results"]
        )
        == 5_000
    )


def test_nothing_that_a_terminal_obeys_is_printed(tmp_path: Path) -> None:
    root = write(
        tmp_path, {"docs/notes/a.md": note(body="[x](\x9b31m\u202eb.md)\n"), "docs/a\nb.md": "---\ntitre: x\n---\n"}
    )
    out = run("check", "--root", root).output
    assert "�" in out
    assert visible(out.replace("\n", "")) == out.replace("\n", "")
    assert "docs/a�b.md:2:1" in out


def test_the_command_writes_what_each_forge_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f"[lien](absent-{number}.md)\n\n" for number in range(14))
    root = write(tmp_path / "depot" / "hub", {"docs/notes/a.md": note("status: brouillon", body=body)})
    summary = tmp_path / "summary.md"
    summary.write_text("Before.\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "depot"))
    done = run("check", "--format", "github", "--root", root)
    assert done.exit_code == 1
    *commands, more = done.stdout.splitlines()
    assert "4 more" in more
    lines = [read(line) for line in commands]
    assert [name for name, _, _ in lines] == ["error"] * 10 + ["notice"]
    assert {properties["file"] for _, properties, _ in lines} == {"hub/docs/notes/a.md"}
    written = summary.read_text("utf-8")
    assert written.startswith("Before.\n### ")
    assert written.count("❌") == 14
    problems = json.loads(run("check", "--format", "gitlab", "--root", root).stdout)
    assert len({one["fingerprint"] for one in problems}) == len(problems) == 15
    made = json.loads(run("check", "--format", "sarif", "--root", root).stdout)
    assert len(made["runs"][0]["results"]) == 15
    assert "sarif" in check.params[1].type.choices
    assert {rule["id"] for rule in made["runs"][0]["tool"]["driver"]["rules"]} <= {one.code for one in checks.rules()}


def test_a_summary_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "nowhere" / "summary.md"))
    done = run("check", "--format", "github", "--root", write(tmp_path, {"docs/notes/a.md": note()}))
    assert done.exit_code == 2
    assert "cannot be written" in done.output
