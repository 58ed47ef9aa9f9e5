"""Each rule has a folder that shows what breaks it: a small hub, and `expected.txt`, which says what is reported.

After a change of texts, `HUB_UPDATE_GOLDEN=1 pytest tests/test_golden_checks.py` writes them anew; read the difference.
"""

from __future__ import annotations

import json
import os
import shutil
import string
from pathlib import Path

import pytest

from hub import checks
from hub.diagnostics import Rule
from tests.support import GOLDEN, places, run, said, write

FOLDERS = sorted((GOLDEN / "checks").iterdir())
WITHOUT_A_TEXT = {"check-crashed", "text-withheld"}
"""Rules that no text breaks, or that want a list of which a hub has one: `tests/unit/` shows them."""

SAID_IN_FULL = {"check-crashed", "front-matter-too-large", "front-matter-unclosed", "not-utf8"}
"""Rules whose hint says all there is to do."""


def _lay(folder: Path, root: Path) -> None:
    """Copy a folder's `docs/`, and make what `made.json` says: what no repository should hold."""
    if (folder / "docs").exists():
        shutil.copytree(folder / "docs", root / "docs", dirs_exist_ok=True)
    made = folder / "made.json"
    for name, what in json.loads(made.read_text("utf-8")).items() if made.exists() else ():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if "link" in what:
            path.symlink_to(what["link"])
        else:
            path.write_text(what.get("text", ""), "utf-8")
            os.truncate(path, what.get("size", path.stat().st_size))


def _expected(folder: Path) -> list[str]:
    """The places and rules of `expected.txt`, without what is said of them."""
    lines = (folder / "expected.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(" ")]


def _shown(root: Path) -> str:
    report = checks.check(root).report
    faults = zip(places(report), map(said, report), strict=True)
    return "\n".join(f"{place}\n" + "".join(f"    {line}\n" for line in text.split("\n")) for place, text in faults)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_rule_reports_what_its_folder_expects(folder: Path, tmp_path: Path) -> None:
    _lay(folder, write(tmp_path, {}))
    found = _shown(tmp_path)
    expected = folder / "expected.txt"
    if os.environ.get("HUB_UPDATE_GOLDEN"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")
    assert f" {folder.name}\n" in found


def test_one_hub_with_every_fault_reports_exactly_those_at_their_lines(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "---\ntitle: Accueil\n---\n"})
    expected = []
    for folder in FOLDERS:
        _lay(folder, tmp_path)
        expected += _expected(folder)
    result = run("check", "--format", "json", "--root", tmp_path)
    told = json.loads(result.stdout)
    found = [f"{p['file']}:{p['line']}:{p['column']} {p['rule']}" for p in told["problems"]]
    assert sorted(found) == sorted(expected)
    assert result.exit_code == 1
    assert sum(told["counts"].values()) == len(expected)


def test_the_same_faults_in_the_hubs_own_content_are_those_and_no_others(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    shutil.copytree(root / "docs", tmp_path / "docs")
    shutil.copy(root / "mkdocs.yml", tmp_path)
    expected = places(checks.check(tmp_path).report)
    for folder in FOLDERS:
        _lay(folder, tmp_path)
        expected += _expected(folder)
    assert sorted(places(checks.check(tmp_path).report)) == sorted(expected)


def test_every_rule_has_a_folder() -> None:
    assert {folder.name for folder in FOLDERS} | WITHOUT_A_TEXT == {rule.code for rule in checks.rules()}


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in checks.rules()]
    assert sorted(set(codes)) == codes


@pytest.mark.parametrize("rule", checks.rules(), ids=lambda rule: rule.code)
def test_a_rule_says_what_was_found_and_gives_an_example(rule: Rule) -> None:
    parameters = {
        name: "X" for text in (rule.message, rule.hint) for _, name, *_ in string.Formatter().parse(text) if name
    }
    assert all(name.isidentifier() for name in parameters)
    message, hint = rule.message.format_map(parameters), rule.hint.format_map(parameters)
    assert message.endswith((".", "X", "!"))
    assert rule.code == rule.code.lower()
    assert rule.code in SAID_IN_FULL or "example" in hint.lower()
