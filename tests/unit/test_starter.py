"""A hub of another community: it checks and builds at once, whatever its founders are called."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import checks, starter
from hub.cli import init
from hub.cli.app import main
from hub.config import read_config
from hub.diagnostics import Severity
from hub.errors import HubError
from hub.loading import load
from hub.starter.files import as_markdown, as_yaml, workflows
from tests import documents
from tests.intake import asked, rendered, ticked
from tests.intake import event as intake_event
from tests.support import commit, git, places, run, write

ROOT = Path(__file__).parents[2]
LONG = bool(os.environ.get("HUB_TEST_LONG"))
OWN = starter.told(name="Hub CoPs Bénin", forge="github")
OWN_LEFT_OUT = {".github/workflows/site.yml"}
"""What this repository does in `ci.yml`."""
AWKWARD = [
    'Hub: "CoPs" — l’essai',
    "- tiret",
    "--help",
    "#hashtag & <b>gras</b>",
    "{{ 7 * 7 }} << name >> <% x %> ${{ secrets.X }}",
    "🌍🩺 👩‍⚕️",
    "Hub : essai",
    "null",
    "Null",
    "~",
    "2015",
    "yes",
    "[[lien]] ![x](y) `code` *a*",
    "$(touch /tmp/x); `id`",
    "'",
    '"',
    "\\",
    "…",
    "%TAG !",
    "index",
    "a.en",
    "| tableau |",
    "---",
    "عربي",
    "x" * 200,
]
names = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda text: text.strip() and "@" not in text)


def started(folder: Path, **given: object) -> Path:
    """A hub as `hub init` writes it."""
    community = starter.told(**given)
    starter.write(folder, starter.starting_files(community))
    starter.write(folder, starter.forge_files(folder, community))
    return folder


def faults(root: Path) -> list[str]:
    report = checks.check(root, read_config(root)).report
    return places(type(report).of(one for one in report if one.severity is not Severity.INFO))


@settings(max_examples=300 if LONG else 12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=names,
    group=names,
    facilitator=names | st.just(""),
    languages=st.sampled_from([("fr", "en"), ("en", "fr"), ("fr",), ("en",)]),
    forge=st.sampled_from(starter.FORGES),
)
def test_any_names_make_a_hub_without_faults(tmp_path_factory, name, group, facilitator, languages, forge):
    root = started(
        tmp_path_factory.mktemp("any"),
        name=name,
        group=group,
        facilitator=facilitator,
        languages=languages,
        forge=forge,
    )
    # A name may be written with signs that the checks tell of; what the templates add has none.
    assert [one for one in faults(root) if not one.endswith(("lookalike-sign", "invisible-sign"))] == []
    assert read_config(root).site_name == name.strip()
    titles = {entry.title for entry in checks.load(root, drafts=True).library}
    assert {name.strip(), group.strip(), facilitator.strip()} - {""} <= titles
    for path in root.rglob("*.yml"):
        yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "a\nb"},
        {"name": "a\u2028b"},
        {"name": "a\x1bb"},
        {"name": "x\u202ey"},
        {"name": "x" * 201},
        {"group": "a\rb"},
        {"facilitator": "ama@example.org"},
        {"languages": ("fr", "fr")},
        {"languages": ("de",)},
        {"languages": ()},
        {"forge": "sourceforge"},
        {"license": "MIT"},
        {"repo_url": "javascript:alert(1)"},
        {"repo_url": "https://user:secret@forge.example/x"},
        {"repo_url": 'https://forge.example/"x'},
        {"repo_url": "https://forge.example/x) [y](z"},
        {"repo_url": "https://[forge"},
        {"site_url": "forge.example"},
        {"account": "@ama"},
        {"account": "ama\n* @other"},
        {"software": "--index-url https://evil.example"},
        {"software": "cop-hub\n-r other"},
    ],
)
def test_what_cannot_be_is_refused_with_an_explanation(wrong):
    with pytest.raises(HubError):
        starter.told(**{"name": "Hub", **wrong})


def test_software_of_a_folder_is_found_from_anywhere(tmp_path, monkeypatch):
    assert starter.told(name="Hub", software=str(tmp_path)).software == f"cop-hub @ {tmp_path.as_uri()}"
    (tmp_path / "cop-hub").mkdir()
    monkeypatch.chdir(tmp_path)
    assert starter.told(name="Hub").software == "cop-hub"
    assert starter.told(name="Hub", software="./cop-hub").software.endswith("/cop-hub")


def test_examples_say_that_they_are_examples_and_claim_nothing(tmp_path):
    for lang, word in (("fr", "exemple"), ("en", "example")):
        root = started(tmp_path / lang, name="Hub CoPs Togo", facilitator="Ama Mensah", languages=(lang,))
        drafts = [entry for entry in checks.load(root, drafts=True).library if entry.status == "draft"]
        assert {entry.kind.name for entry in drafts} == {"group", "person", "note"}
        assert all(word in entry.body for entry in drafts)
        person = next(entry for entry in drafts if entry.kind.name == "person")
        assert getattr(person, "consent", None) is None


def test_the_command_asks_nothing_without_a_terminal(tmp_path):
    refused = run("init", tmp_path / "new", cwd=tmp_path)
    assert refused.exit_code == 2
    assert "--name" in refused.output
    assert not (tmp_path / "new").exists()
    assert run("init", "new", "--name", "Hub", "--repo-url", "https://[forge", cwd=tmp_path).exit_code == 2
    made = run("init", "new", "--name", "Hub", "--repo-url", "https://github.com/x/y", cwd=tmp_path)
    assert made.exit_code == 0, made.output
    assert (tmp_path / "new/.github/workflows/proposition.yml").exists()


def test_on_a_terminal_it_asks_what_no_option_tells(tmp_path, monkeypatch):
    asked = []

    def prompt(text, default, value_proc, show_default, prompt_suffix):
        asked.append(text)
        return value_proc({"The hub’s name": "Hub CoPs Togo", "First group": "CoP qualité"}.get(text) or default)

    monkeypatch.setattr(init, "is_terminal", lambda: True)
    monkeypatch.setattr(init.click, "prompt", prompt)
    made = run("init", "new", "--languages", "en", "--license", "CC0-1.0", cwd=tmp_path)
    assert made.exit_code == 0, made.output
    assert "Languages of the site, the main one first" not in asked
    assert "Licence of the texts" not in asked
    assert (tmp_path / "new/docs/groups/cop-qualite.md").exists()
    assert "CC0" in (tmp_path / "new/LICENSE").read_text()


def test_an_answer_that_cannot_be_is_asked_again(tmp_path):
    with pytest.raises(init.click.UsageError, match="Example: fr,en"):
        init.checked("languages", lambda text: text)("de")


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "theirs.txt").write_text("x")
    refused = run("init", ".", "--name", "Hub", cwd=tmp_path)
    assert refused.exit_code == 2
    assert "theirs.txt" in refused.output
    assert [one.name for one in tmp_path.iterdir()] == ["theirs.txt"]
    assert run("init", tmp_path / "theirs.txt", "--name", "Hub", cwd=tmp_path).exit_code == 2


def test_nothing_is_written_outside_even_within_another_repository(tmp_path):
    git(tmp_path, "init", "-q")
    before = {path for path in tmp_path.rglob("*") if ".git" not in path.parts}
    options = ["--forge", "github", "--facilitator", "Ama", "--account", "ama"]
    assert run("init", "new", "--name", "Hub", *options, cwd=tmp_path).exit_code == 0
    after = {path for path in tmp_path.rglob("*") if ".git" not in path.parts}
    assert all(path.is_relative_to(tmp_path / "new") for path in after - before)
    assert "/docs/groupes/hub.md @ama\n" in (tmp_path / "new/.github/CODEOWNERS").read_text()


def test_an_empty_clone_becomes_a_hub_with_a_first_commit(tmp_path, monkeypatch):
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "test@example.org")
    (tmp_path / "clone").mkdir()
    git(tmp_path / "clone", "init", "-q")
    for folder in ("clone", "new"):
        made = run("init", folder, "--name", "Hub", "--git", cwd=tmp_path)
        assert made.exit_code == 0, made.output
        log = subprocess.run(
            ["git", "-C", tmp_path / folder, "log", "--format=%s"], capture_output=True, text=True, check=True
        )
        assert log.stdout == "Commencer le hub\n"


@pytest.mark.parametrize("languages", [("fr", "en"), ("en", "fr")] if LONG else [("fr", "en")])
def test_a_new_hub_passes_its_own_checks_at_once(tmp_path, languages):
    root = started(
        tmp_path / "new",
        name="Hub: «CoPs»",
        facilitator="Ama Mensah",
        forge="github",
        languages=languages,
    )
    env = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")]),
    }
    done = subprocess.run([root / ".ci/run"], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (root / "site/index.html").exists()


def test_values_are_written_as_their_format_asks():
    for text in AWKWARD:
        assert yaml.safe_load(as_yaml(text)) == text
    assert as_markdown("[[x]] <b> $a$") == r"\[\[x\]\] \<b\> \$a\$"


def steps(text: str) -> list[dict[str, object]]:
    return [step for job in yaml.safe_load(text)["jobs"].values() for step in job.get("steps", [])]


@pytest.mark.parametrize("forge", ["github", "forgejo"])
def test_workflows_trust_nothing_that_others_write(forge):
    made = workflows(starter.told(name="Hub", forge=forge), own=False)
    for path, text in made.items():
        if "/workflows/" not in path:
            continue
        for step in steps(text):
            assert "${{" not in str(step.get("run", "")), path
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", str(step.get("uses", f"a/b@{40 * '0'}"))), step


def test_what_runs_a_forks_code_may_read_and_no_more():
    made = workflows(starter.told(name="Hub", forge="github"), own=False)
    first = yaml.safe_load(made[".github/workflows/proposition.yml"])
    assert first["permissions"] == {}
    assert [job["permissions"] for job in first["jobs"].values()] == [{"contents": "read"}]
    assert "secrets" not in made[".github/workflows/proposition.yml"]
    assert "token" not in made[".github/workflows/proposition.yml"]
    assert "pull_request_target" not in "".join(made.values())
    second = made[".github/workflows/commentaire.yml"]
    assert not any("ref" in step.get("with", {}) for step in steps(second)), "only the main branch is checked out"


@pytest.mark.parametrize("forge", starter.FORGES)
def test_what_a_forge_runs_are_commands_that_there_are(forge):
    made = starter.starting_files(starter.told(name="Hub", forge=forge))
    lines = [line for path, text in made.items() if not path.endswith(".md") for line in text.splitlines()]
    called = [match[1].split() for line in lines if (match := re.search(r"(?:^|run:|-) *hub ([a-z][^>|]*)", line))]
    assert called
    for name, *arguments in called:
        command = main.get_command(click.Context(main, obj=None), name)
        assert command is not None, name
        known = {option: param for param in command.params for option in param.opts}
        for option, value in zip(arguments, [*arguments[1:], ""], strict=True):
            if option.startswith("--"):
                assert option in known, (name, option)
                choices = getattr(known[option].type, "choices", None)
                assert not choices or value in choices, (name, option, value)


def test_this_repository_has_the_workflows_that_it_gives_to_others():
    for path, text in workflows(OWN, own=True).items():
        if path in OWN_LEFT_OUT:
            continue
        if os.environ.get("HUB_UPDATE_GOLDEN"):
            starter.write(ROOT, {path: text}) if not (ROOT / path).exists() else (ROOT / path).write_text(text)
        assert (ROOT / path).read_text("utf-8") == text, f"{path}: run this test with HUB_UPDATE_GOLDEN=1"


GH = """#!{python}
import json, os, sys
from pathlib import Path
here = Path(os.environ["FAKE"])
arguments = sys.argv[1:]
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
path = next(one for one in arguments if one.startswith("repos/")).partition("?")[0]
name = path.rpartition("/")[2]
if name == "zip":
    sys.stdout.buffer.write((here / "report.zip").read_bytes())
elif (here / name).exists() and "--silent" not in arguments:
    print((here / name).read_text())
for one in arguments:
    if one.startswith("body=@"):
        (here / "posted").write_text(Path(one[6:]).read_text())
"""


GH_INTAKE = """#!{python}
import json, os, sys
from pathlib import Path
here = Path(os.environ["FAKE"])
arguments = sys.argv[1:]
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
if arguments[:2] == ["pr", "create"]:
    (here / "proposed").write_text(Path(arguments[arguments.index("--body-file") + 1]).read_text())
    print((here / "created").read_text())
    sys.exit(0 if (here / "created").read_text() else 1)
for one in arguments:
    if one.startswith("body=@"):
        (here / "posted").write_text(Path(one[6:]).read_text())
"""


class TestComment:
    """The second stage, with a stand-in for GitHub's command."""

    def run(self, tmp_path: Path, report: bytes, *, pulls: str = "7", artifacts: str = "9", comments: str = "") -> str:
        with zipfile.ZipFile(tmp_path / "report.zip", "w") as archive:
            archive.writestr("rapport.json", report)
        for name, text in {"pulls": pulls, "artifacts": artifacts, "comments": comments}.items():
            (tmp_path / name).write_text(text)
        gh = tmp_path / "bin/gh"
        gh.parent.mkdir()
        gh.write_text(GH.format(python=sys.executable))
        gh.chmod(0o755)
        env = os.environ | {
            "PATH": f"{gh.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")]),
            "FAKE": str(tmp_path),
            "REPOSITORY": "cop/hub",
            "SERVER": "https://forge.example",
            "CHECKED_RUN": "5",
            "GITHUB_RUN_ID": "6",
            "HEAD_OWNER": "$(touch evil)",
            "HEAD_BRANCH": "`touch evil`",
            "HEAD_SHA": "0" * 40,
            "HUB": str(Path(sys.executable).parent / "hub"),
            "HUB_LANG": "fr",
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        }
        self.done = subprocess.run(
            ["bash", ROOT / ".ci/commenter"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert not (tmp_path / "evil").exists()
        return (tmp_path / "calls").read_text()

    REPORT = b'{"version": 1, "counts": {"error": 1}, "changes": [{"change": "added", "file": "docs/@all.md"}]}'

    def test_a_first_comment_is_written(self, tmp_path):
        calls = self.run(tmp_path, self.REPORT)
        assert self.done.returncode == 0, self.done.stderr
        assert '"POST", "repos/cop/hub/issues/7/comments"' in calls
        posted = (tmp_path / "posted").read_text()
        assert posted.startswith("<!-- hub:proposition -->")
        assert "`docs/@all.md`" in posted
        assert "https://forge.example/cop/hub/actions/runs/5" in posted
        assert "`docs/@all.md`" in (tmp_path / "summary").read_text()

    def test_the_comment_that_is_there_is_written_anew(self, tmp_path):
        calls = self.run(tmp_path, self.REPORT, comments="41\n42")
        assert self.done.returncode == 0, self.done.stderr
        assert '"PATCH", "repos/cop/hub/issues/comments/41"' in calls
        assert "POST" not in calls

    @pytest.mark.parametrize("given", [{"pulls": ""}, {"artifacts": ""}, {"pulls": "7; rm -rf /"}])
    def test_without_a_proposal_or_a_report_nothing_is_said(self, tmp_path, given):
        calls = self.run(tmp_path, self.REPORT, **given)
        assert self.done.returncode == 0, self.done.stderr
        assert "POST" not in calls
        assert "PATCH" not in calls

    @pytest.mark.parametrize("report", [b"@all", b"x" * 3_000_000])
    def test_a_report_that_is_none_is_not_repeated(self, tmp_path, report):
        calls = self.run(tmp_path, report)
        assert self.done.returncode != 0
        assert "POST" not in calls
        assert not (tmp_path / "posted").exists()


class TestIntake:
    """What takes in an issue or a deposit, with a stand-in for GitHub's command and a bare repository for the forge."""

    @pytest.fixture
    def clone(self, tmp_path: Path) -> Path:
        files = {
            "mkdocs.yml": "site_name: Essai\nrepo_url: https://github.com/cop/hub\nplugins: [hub]\n",
            "docs/notes/premiere.md": "---\ntitle: Première\n---\n\nUn texte.\n",
            "depot/README.md": "Déposer un document\n",
        }
        forge = tmp_path / "server/cop/hub"  # what is pushed to https://github.com/ goes there
        forge.mkdir(parents=True)
        git(forge, "init", "-q", "--bare", "-b", "main")
        commit(write(tmp_path / "clone", files))
        git(tmp_path / "clone", "branch", "-M", "main")
        git(tmp_path / "clone", "push", "-q", str(forge), "main")
        return tmp_path / "clone"

    def run(self, clone: Path, event: str, *, body: str = "", created: str = "https://x.example/pull/7") -> str:
        top = clone.parent
        gh = top / "bin/gh"
        gh.parent.mkdir(exist_ok=True)
        gh.write_text(GH_INTAKE.format(python=sys.executable))
        gh.chmod(0o755)
        (top / "created").write_text(created)
        payload = top / "event.json"
        payload.write_text(json.dumps(intake_event(body, title="$(touch evil)`touch evil`")))
        env = os.environ | {
            "PATH": f"{gh.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")]),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "FAKE": str(top),
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(payload),
            "GITHUB_STEP_SUMMARY": str(top / "summary"),
            "REPOSITORY": "cop/hub",
            "SERVER": "https://github.com",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{top}/server/.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://github.com/",
            "BASE": "main",
            "ISSUE": "12" if event == "issues" else "",
            "HUB": str(Path(sys.executable).parent / "hub"),
            "HUB_LANG": "fr",
        }
        self.done = subprocess.run(
            ["bash", ROOT / ".ci/accueillir"], cwd=clone, env=env, capture_output=True, text=True, check=False
        )
        assert not list(top.rglob("evil"))
        calls = top / "calls"
        return calls.read_text() if calls.exists() else ""

    def body(self, clone: Path, **answers: object) -> str:
        form = asked(load(clone).library, "note")
        return rendered(form, {**ticked(form), "files": "", **answers})

    def branches(self, clone: Path) -> set[str]:
        told = subprocess.run(
            ["git", "-C", clone.parent / "server/cop/hub", "branch", "--format=%(refname:short)"],
            capture_output=True,
            text=True,
            check=True,
        )
        return set(told.stdout.split())

    def test_a_form_is_proposed_and_answered(self, clone):
        evil = '@all "$(touch evil)" `touch evil`\n\nCo-authored-by: K <k@example.org>'
        calls = self.run(clone, "issues", body=self.body(clone, title=evil, authors="Awa Sow", text="Un texte."))
        assert self.done.returncode == 0, self.done.stderr
        assert self.branches(clone) == {"main", "formulaire-12"}
        assert "touch evil" not in self.done.stdout + self.done.stderr
        create = next(json.loads(one) for one in calls.splitlines() if '"create"' in one)
        assert create[create.index("--head") + 1] == "formulaire-12"
        assert create[create.index("--title") + 1].startswith("Proposer «\u00a0")
        assert (clone.parent / "proposed").read_text().startswith("<!-- hub:intake -->")
        posted = (clone.parent / "posted").read_text()
        assert "(https://github.com/cop/hub/pull/7)" in posted
        assert "{{proposal}}" not in posted
        assert "@all" not in re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", posted)

    def proposed_before(self, clone: Path, by: str) -> list[str | Path]:
        """A branch for the issue is on the forge, its last commit made by somebody; the command that shows its text."""
        forge = clone.parent / "server/cop/hub"
        git(clone, "switch", "-q", "-c", "formulaire-12")
        write(clone, {"docs/notes/un-titre.md": "---\ntitle: Un titre\n---\n\nAvant.\n"})
        git(clone, "add", "-A")
        git(clone, "-c", f"user.email={by}", "commit", "-q", "-m", "Avant")
        git(clone, "push", "-q", str(forge), "formulaire-12")
        git(clone, "switch", "-q", "main")
        git(clone, "branch", "-q", "-D", "formulaire-12")
        return ["git", "-C", forge, "show", "formulaire-12:docs/notes/un-titre.md"]

    def test_a_form_that_was_changed_is_proposed_anew(self, clone):
        show = self.proposed_before(clone, "41898282+github-actions[bot]@users.noreply.github.com")
        # Where Actions may not open a proposal, the answer leads to the page that does.
        self.run(clone, "issues", body=self.body(clone, title="Un titre", text="Après."), created="")
        assert self.done.returncode == 0, self.done.stderr
        assert "Après." in subprocess.run(show, capture_output=True, text=True, check=True).stdout
        assert "/compare/main...formulaire-12?expand=1)" in (clone.parent / "posted").read_text()

    def test_a_branch_on_which_somebody_works_stays(self, clone):
        show = self.proposed_before(clone, "facilitateur@example.org")
        calls = self.run(clone, "issues", body=self.body(clone, title="Un titre", text="Après."))
        assert self.done.returncode == 0, self.done.stderr
        assert "Avant." in subprocess.run(show, capture_output=True, text=True, check=True).stdout
        assert '"create"' not in calls

    def test_another_issue_is_left_alone(self, clone):
        assert "POST" not in self.run(clone, "issues", body="Bonjour, @all")
        assert self.done.returncode == 0, self.done.stderr
        assert self.branches(clone) == {"main"}

    def test_a_document_that_was_left_is_proposed_once(self, clone):
        (clone / "depot/Ma note.docx").write_bytes(documents.note(with_photo=False))
        (clone / "depot/vieux.doc").write_bytes(b"x")
        commit(clone, "Add files")
        self.run(clone, "push")
        assert self.done.returncode == 1
        assert "vieux.doc" in (clone.parent / "summary").read_text()
        (made,) = self.branches(clone) - {"main"}
        assert re.fullmatch(r"depot-appui-[a-z0-9-]+-[0-9a-f]{8}", made)
        git(clone, "branch", "-D", made)
        calls = self.run(clone, "push")
        assert calls.count('"create"') == 1
