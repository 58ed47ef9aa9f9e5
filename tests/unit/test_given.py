"""What a configuration takes from the environment and from other files."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.given import Given
from tests.support import write


def of(root: Path, *lines: str) -> Given:
    return Given.of(write(root, {"mkdocs.yml": "\n".join(lines)}))


@pytest.mark.parametrize("line", ["a: !ENV NAME", "a: [{b: !ENV [OTHER, NAME, none]}]", "!ENV NAME : a"])
def test_a_variable_that_is_named_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    without = of(tmp_path, line)
    monkeypatch.setenv("NAME", "x")
    assert of(tmp_path, line).environment != without.environment
    monkeypatch.setenv("UNNAMED", "x")
    assert of(tmp_path, line) == of(tmp_path, line)


def test_files_that_are_gone_on_from_and_the_theme_are_named(tmp_path: Path) -> None:
    write(
        tmp_path, {"hub/two.yml": "INHERIT: mkdocs.yml\ntheme: {custom_dir: .own}\n", "one.yml": "INHERIT: hub/two.yml"}
    )
    found = of(tmp_path / "hub", "INHERIT: ../one.yml", "theme: {name: hub, custom_dir: own}")
    root = tmp_path / "hub"
    assert {path.resolve() for path in found.files} == {
        *(root / name for name in ("own", ".own", "two.yml", "mkdocs.yml")),
        tmp_path / "one.yml",
    }


@pytest.mark.parametrize(
    "text", ["", "[", "a: &a [*a, !ENV X]", "a", "INHERIT: nowhere.yml", "INHERIT: [x]", "theme: hub"]
)
def test_whatever_stands_there_is_looked_at(tmp_path: Path, text: str) -> None:
    assert of(tmp_path, text).environment


def test_aliases_of_aliases_are_looked_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [!ENV X]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    assert of(tmp_path, *lines).environment
