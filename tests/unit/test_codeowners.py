"""CODEOWNERS: who is asked to review what, in the syntax of both forges."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.codeowners import HEADER, Owned, codeowners, guarded, owned, pattern
from tests.support import GOLDEN, commit, hub, run, write

FILES = {
    "docs/personnes/awa.md": "---\ntitle: Awa Sow\naccounts:\n  github: awa-sow\n  gitlab: '@awa'\n---\n",
    "docs/personnes/bio.md": "---\ntitle: Bio Bah\naccounts: {github: biobah}\n---\n",
    "docs/personnes/cica.md": "---\ntitle: Cica Do\n---\n",
    "docs/personnes/dela.md": "---\ntitle: Dela Ade\naccounts: {github: dela}\nretired: oui\n---\n",
    "docs/wiki/prix.md": "---\ntitle: Prix\nstewards: [awa, cica, dela]\n---\n\nUn texte.\n",
    "docs/wiki/prix.en.md": "---\ntitle: Price\n---\n\nA text.\n",
    "docs/wiki/le prix [2015].md": "---\ntitle: Prix 2015\nstewards: [bio, awa]\n---\n\nUn texte.\n",
    "docs/wiki/libre.md": "---\ntitle: Libre\n---\n\nUn texte.\n",
    "docs/groupes/gtt.md": "---\ntitle: GTT\ntype: gtt\nchair: person:bio\n---\n\nUn texte.\n",
    "docs/groupes/comite.md": "---\ntitle: Comité\ntype: committee\nchair: Le préfet\n---\n\nUn texte.\n",
    "docs/collaborations/enquete.md": "---\ntitle: Enquête\nmanager: awa\n---\n\nUn texte.\n",
}


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_the_file_says_who_looks_after_what(tmp_path: Path, forge: str) -> None:
    loaded = hub(tmp_path, FILES)
    others = ["awa-sow", "@equipe/hub", "hub@example.org"]
    text = codeowners(owned(loaded.library, loaded.config, forge), others, guarded(loaded.config))
    golden = GOLDEN / "codeowners" / f"{forge}.txt"
    if os.environ.get("HUB_UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_the_command_writes_where_the_forge_looks(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert run("codeowners", "--check", cwd=tmp_path).exit_code == 1
    assert run("codeowners", cwd=tmp_path).exit_code == 0
    first = (tmp_path / ".github/CODEOWNERS").read_bytes()
    assert run("codeowners", "--check", cwd=tmp_path).exit_code == 0
    assert run("codeowners", "--output", "-", cwd=tmp_path).stdout.encode() == first
    write(tmp_path, {"docs/wiki/autre.md": "---\ntitle: Autre\nstewards: [awa]\n---\n\nUn texte.\n"})
    said = run("codeowners", "--check", cwd=tmp_path)
    assert said.exit_code == 1
    assert "out of date" in said.output


def test_the_forge_is_the_one_of_the_repository(tmp_path: Path) -> None:
    config = "site_name: Essai\nrepo_url: https://gitlab.example.org/a/b\nplugins: [hub]\n"
    write(tmp_path, {**FILES, "mkdocs.yml": config})
    assert run("codeowners", cwd=tmp_path).exit_code == 0
    assert "@awa\n" in (tmp_path / ".gitlab/CODEOWNERS").read_text("utf-8")


def test_a_hub_below_the_repositorys_root_names_its_files_from_there(tmp_path: Path) -> None:
    write(tmp_path / "hubs/benin", FILES)
    commit(tmp_path)
    assert run("codeowners", cwd=tmp_path / "hubs/benin").exit_code == 0
    assert "\n/hubs/benin/docs/wiki/prix.md @awa-sow\n" in (tmp_path / ".github/CODEOWNERS").read_text("utf-8")


def test_a_file_that_somebody_wrote_stays(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, ".github/CODEOWNERS": "* @chef\n"})
    said = run("codeowners", cwd=tmp_path)
    assert said.exit_code == 2
    assert (tmp_path / ".github/CODEOWNERS").read_text("utf-8") == "* @chef\n"


def matches(line: str, path: str) -> bool:
    """Whether a line's pattern matches a path, by the rules of gitignore(5)."""
    written = re.match(r"/((?:\\.|[^\\ ])+) ", line)
    assert written, line
    glob = re.sub(r"\\(.)", lambda m: f"[{m[1]}]" if m[1] in "*?[" else m[1], written[1])
    return fnmatchcase(path, glob)


NAMES = st.text(st.sampled_from(" \\*?[]#!@aé-.,/"), min_size=1).filter(lambda text: text.strip("/ "))


@given(NAMES, NAMES)
def test_a_pattern_matches_its_own_file_and_no_other(one: str, other: str) -> None:
    line = f"{pattern(one)} @awa"
    assert matches(line, one)
    assert matches(line, other) is (one == other)


@given(st.text(min_size=1), st.text())
def test_no_name_adds_a_line(path: str, name: str) -> None:
    lines = codeowners([Owned(path, ("awa",), (name,))]).splitlines()
    assert lines[0].startswith(HEADER)
    assert len(lines) == 3
    assert lines[1].startswith("# No account:")
    assert lines[2].startswith(("/", "# No pattern"))


def test_no_change_of_what_shapes_the_site_goes_by_without_an_owner(tmp_path: Path) -> None:
    write(
        tmp_path, {**FILES, "mkdocs.yml": "site_name: x\nplugins:\n  - hub:\n      kinds: types\n", "types/x.txt": ""}
    )
    (tmp_path / ".git").mkdir()
    assert "--default @account" in run("codeowners", "--output", "-", cwd=tmp_path).stderr
    told = run("codeowners", "--output", "-", "--default", "awa-sow", cwd=tmp_path)
    assert told.stderr == ""
    last = ("/mkdocs.yml", "/types/", "/.github/", "/.gitlab/", "/.gitlab-ci.yml")
    assert told.stdout.splitlines()[-5:] == [f"{path} @awa-sow" for path in last]
