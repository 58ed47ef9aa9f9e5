"""The command line answers people in their language and programs in stable JSON; its exit status says how it went."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import IO

import click
import pytest
from click.testing import CliRunner

from hub.cli import app
from hub.errors import HubError
from tests.support import note, run, write

GOOD = {"docs/notes/a.md": note()}
BAD = {"docs/notes/a.md": note(), "docs/notes/b.md": note("couleur: bleu"), "docs/wiki/c.md": note(body="# Titre\n")}


def test_a_hub_in_order_is_told_so(tmp_path: Path) -> None:
    result = run("check", cwd=write(tmp_path, GOOD))
    assert (result.exit_code, result.stdout.strip()) == (0, "Nothing to mend: all texts are in order. Thank you!")


def test_text_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    result = run("check", "--root", write(tmp_path, BAD))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "docs/notes/b.md:3:1  error [unknown-key]  The field “couleur” does not exist here."
    assert lines[1].startswith("    ")
    assert lines[-1] == "1 error, 1 warning"
    assert "\x1b" not in result.stdout


def test_json_has_the_keys_that_programs_know(tmp_path: Path) -> None:
    result = run("check", "--format", "json", "--root", write(tmp_path, BAD))
    told = json.loads(result.stdout)
    assert list(told) == ["problems", "counts"]
    assert told["counts"] == {"error": 1, "warning": 1, "info": 0}
    assert list(told["problems"][0]) == ["file", "line", "column", "rule", "severity", "message", "hint"]
    first = {key: told["problems"][0][key] for key in ("file", "line", "column", "rule", "severity")}
    assert first == {"file": "docs/notes/b.md", "line": 3, "column": 1, "rule": "unknown-key", "severity": "error"}


def test_json_of_a_hub_in_order_is_empty_and_whole(tmp_path: Path) -> None:
    result = run("check", "--format", "json", cwd=write(tmp_path, GOOD))
    assert json.loads(result.stdout) == {"problems": [], "counts": {"error": 0, "warning": 0, "info": 0}}


@pytest.mark.parametrize(
    ("paths", "status"),
    [
        (["docs/notes/a.md"], 0),
        (["docs/notes"], 1),
        (["docs/notes/"], 1),
        (["docs/wiki"], 0),
        (["docs"], 1),
        (["."], 1),
        (["docs/wiki", "docs/notes/b.md"], 1),
        (["docs/absent.md"], 2),
        (["mkdocs.yml"], 2),
    ],
)
def test_only_what_was_asked_for_is_reported(tmp_path: Path, paths: list[str], status: int) -> None:
    assert run("check", *paths, cwd=write(tmp_path, BAD)).exit_code == status


def test_paths_count_from_the_current_folder_or_the_hubs(tmp_path: Path) -> None:
    here = write(tmp_path, BAD) / "docs/notes"
    for path in ("b.md", "docs/notes/b.md", str(here / "b.md"), "../notes/b.md"):
        assert "b.md:3:1" in run("check", path, cwd=here).stdout


def test_an_old_terminal_gets_question_marks_and_no_traceback(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from hub.cli.app import main; main()",
        "check",
        "--root",
        str(write(tmp_path, BAD)),
    ]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False)
    assert done.returncode == 1
    assert b"couleur" in done.stdout
    assert b"Traceback" not in done.stderr


def test_strict_counts_warnings(tmp_path: Path) -> None:
    write(tmp_path, BAD)
    assert run("check", "docs/wiki", cwd=tmp_path).exit_code == 0
    assert run("check", "--strict", "docs/wiki", cwd=tmp_path).exit_code == 1


def test_many_remarks_do_not_hide_the_rest(tmp_path: Path) -> None:
    write(tmp_path, {f"docs/notes/{n}.md": note("status: publié") for n in range(9)})
    result = run("check", cwd=tmp_path)
    assert result.stdout.count("label-not-code") == 4
    assert "… and 6 more of [label-not-code]" in result.stdout
    assert result.exit_code == 0
    assert run("check", "docs", cwd=tmp_path).stdout.count("[label-not-code]") == 9


def test_outside_a_hub_the_message_says_what_to_do(tmp_path: Path) -> None:
    result = run("check", cwd=tmp_path)
    assert result.exit_code == 2
    assert "--root" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments", [["--nope"], ["nope"], ["check", "--format", "xml"], ["--root", "/nowhere/at/all", "check"]]
)
def test_wrong_use_ends_with_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [["--lang", "en", "check"], ["check", "--lang", "en"], ["check", "--lang=en"]])
def test_the_language_may_be_said_before_or_after_the_command(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path, GOOD)
    result = CliRunner(env={"LC_ALL": "fr_FR.UTF-8"}).invoke(app.main, [*arguments, "--root", str(tmp_path)])
    assert "Nothing to mend" in result.stdout


@pytest.mark.parametrize(("locale", "lang"), [("fr_FR.UTF-8", "fr"), ("C.UTF-8", "fr"), ("en_US.UTF-8", "en")])
def test_the_locale_gives_the_language(locale: str, lang: str) -> None:
    @click.command()
    @click.pass_obj
    def probe(obj: app.Session) -> None:
        click.echo(obj["lang"])

    class _One(app._Commands):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            return probe

    result = CliRunner(env={"LC_ALL": locale}).invoke(_One("hub"), ["probe"])
    assert result.stdout.strip() == lang


def _plugged(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    entry = EntryPoint("plugged", value, app.GROUP)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [entry])


def test_other_packages_add_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plugged(monkeypatch, "tests.unit.test_cli:plugged")
    write(tmp_path, GOOD)
    result = run("--lang", "en", "plugged", "--lang", "wo", cwd=tmp_path)
    assert result.stdout.split() == [str(tmp_path.resolve()), "en", "wo"]
    assert "plugged" in run("--help").stdout
    result = run("plugged", "--fail", cwd=tmp_path)
    assert (result.exit_code, result.stderr.strip()) == (2, "The port 80 is taken.")


def test_a_package_that_cannot_be_loaded_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    _plugged(monkeypatch, "nowhere_at_all:command")
    result = run("plugged")
    assert result.exit_code == 2
    assert "nowhere_at_all" in result.stderr


@click.command()
@click.option("--lang", default="fr")
@click.option("--fail", is_flag=True)
@click.pass_obj
def plugged(obj: dict[str, object], lang: str, fail: bool) -> None:
    """A command of another package, with a --lang of its own."""
    if fail:
        raise HubError("The port {port} is taken.", port=80)
    click.echo(f"{obj['root']} {obj['lang']} {lang}")


def test_help_names_every_command() -> None:
    shown = run("--help").stdout
    assert all(f"\n  {name} " in shown for name in ("check", "new"))
    assert "--root" in run("check", "--help").stdout


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_command_has_examples_that_it_takes(lang: str) -> None:
    for name in app.main.list_commands(click.Context(app.main)):
        shown = run("--lang", lang, name, "--help").stdout
        examples = re.findall(rf"^    hub {name}\b(.*)$", shown, re.MULTILINE)
        assert examples, name
        context = click.Context(app.main, obj=app.Session(lang))
        command = app.main.get_command(context, name)
        assert command, name
        for example in examples:
            command.make_parser(click.Context(command, parent=context)).parse_args(shlex.split(example))


def test_a_mistyped_command_is_answered_with_the_one_that_was_meant() -> None:
    assert "Vouliez-vous dire « check » ?" in run("--lang", "fr", "chek").stderr
    assert "Did you mean" not in run("--lang", "en", "zzzzzz").stderr


def test_checking_waits_for_no_host() -> None:
    code = (
        "import sys; from hub.cli.app import main\n"
        "try: main(['check', '--root', sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "hosts = {'mkdocs', 'properdocs', 'material', 'hub_mkdocs', 'jinja2'}\n"
        "print([name for name in sys.modules if name.split('.')[0] in hosts])"
    )
    done = subprocess.run([sys.executable, "-c", code, "."], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def _of_a_shell(*arguments: str, out: IO[str] | int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """The command as a shell runs it, where something is registered for the end."""
    code = (
        "import atexit, sys; from hub.cli._run import run\n"
        "atexit.register(print, 'the end', file=sys.stderr)\n"
        f"sys.argv = ['hub', *{arguments!r}]; run()"
    )
    return subprocess.run([sys.executable, "-c", code], stdout=out, stderr=subprocess.PIPE, text=True, check=False)


def test_as_a_command_it_ends_early_and_leaves_nothing_undone() -> None:
    found = _of_a_shell("--version")
    assert (found.returncode, found.stdout.partition(" ")[0], found.stderr) == (0, "hub", "the end\n")
    found = _of_a_shell("nonsense")
    assert found.returncode == 2
    assert found.stderr.endswith("the end\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_as_a_command_it_says_when_nobody_could_be_told() -> None:
    with Path("/dev/full").open("w") as full:
        assert _of_a_shell("--version", out=full).returncode != 0
