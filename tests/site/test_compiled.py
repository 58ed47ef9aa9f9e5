"""The code of templates is kept, taken again where it is the same software's, and made again where it is damaged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from hub.site import compiled
from hub.site.compiled import Compiled
from hub.site.render import environment
from tests.support import note, write


def rendered(folder: Path, of: str = "fr", template: str = "{{ 'x'|twice }}", number: int = 2) -> str:
    """A template of an environment that keeps its code."""
    made = Environment(loader=DictLoader({"a.html": template}), bytecode_cache=Compiled(folder, of), autoescape=True)
    made.filters["twice"] = lambda text: text * number
    return made.get_template("a.html").render()


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were compiled."""
    found: list[str] = []
    compile_ = Environment._compile

    def noted(self: Environment, source: str, filename: str) -> object:
        found.append(filename)
        return compile_(self, source, filename)

    monkeypatch.setattr(Environment, "_compile", noted)
    return found


def test_it_is_compiled_once(tmp_path: Path, compilations: list[str]) -> None:
    assert [rendered(tmp_path) for _ in range(3)] == ["xx"] * 3
    assert len(compilations) == 1


def test_another_template_takes_the_place_of_the_old_one(tmp_path: Path, compilations: list[str]) -> None:
    assert (rendered(tmp_path), rendered(tmp_path, template="y")) == ("xx", "y")
    assert len(compilations) == 2
    assert len([*tmp_path.iterdir()]) == 1


def test_environments_share_nothing_for_constants_are_worked_out_with_their_filters(tmp_path: Path) -> None:
    assert (rendered(tmp_path), rendered(tmp_path, of="en", number=3)) == ("xx", "xxx")


def test_other_software_compiles_anew(tmp_path: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rendered(tmp_path)
    monkeypatch.setattr(compiled, "version", lambda _: "9.9")
    rendered(tmp_path)
    assert len(compilations) == 2


@pytest.mark.parametrize("at", range(0, 400, 40))
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, compilations: list[str], at: int) -> None:
    rendered(tmp_path)
    (path,) = tmp_path.iterdir()
    raw = bytearray(path.read_bytes())
    raw[at % len(raw)] ^= 1
    path.write_bytes(raw)
    assert rendered(tmp_path) == "xx"
    assert len(compilations) == 2


def test_where_nothing_can_be_kept_it_is_compiled(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert rendered(tmp_path / "file" / "folder") == "xx"


def test_a_build_leaves_the_code_of_bodies_and_layout_to_the_next(tmp_path: Path) -> None:
    write(tmp_path / "hub", {"mkdocs.yml": "site_name: Essai\nplugins: [hub]\n", "docs/notes/a.md": note()})
    kept = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "kept")}
    command = [str(Path(sys.executable).with_name("hub")), "--root", "hub", "build"]
    subprocess.run(command, cwd=tmp_path, env=kept, check=True, capture_output=True)
    names = {path.name.partition("-")[2].partition("-")[0] for path in tmp_path.glob("kept/cop-hub/templates/*/*-*")}
    assert {"fr", "en", "mkdocs"} <= names


def test_what_a_template_always_says_is_translated_when_it_is_compiled() -> None:
    told = '{{ _("Back to the text") }}|{% trans %}Themes{% endtrans %}|{% set all = _("Themes") %}{{ all }}'
    assert "gettext" not in environment("fr").compile(told, raw=True)
    assert environment("fr").from_string(told).render() == "Retour au texte|Thèmes|Thèmes"
    assert environment("en").from_string(told).render() == "Back to the text|Themes|Themes"


def test_what_a_template_says_of_a_value_is_translated_when_it_is_rendered() -> None:
    told = environment("fr").from_string("{% trans number=n %}Discussion {{ number }}{% endtrans %}")
    assert told.render(n="<b>") == "Discussion &lt;b&gt;"
    assert environment("fr").from_string("{{ _(n) }}").render(n="Themes") == "Thèmes"
