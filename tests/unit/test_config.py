"""`mkdocs.yml` is read without running what it holds, and a wrong option is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.config import read_config
from hub.errors import HubError
from hub.i18n import translator
from hub.root import find_root


def _config(root: Path, text: str):
    (root / "mkdocs.yml").write_text(text, "utf-8")
    return read_config(root)


def test_a_name_and_the_plugin_are_enough(tmp_path: Path) -> None:
    config = _config(tmp_path, "site_name: x\nplugins: [hub]\n")
    assert (config.site_name, config.languages, config.docs_dir) == ("x", ("fr", "en"), tmp_path.resolve() / "docs")


@pytest.mark.parametrize("text", ["plugins: [hub]\n", "plugins:\n  - hub:\n", "plugins:\n  - x: {y: z}\n  - hub\n"])
def test_little_is_needed(tmp_path: Path, text: str) -> None:
    assert _config(tmp_path, text).page_size == 36


@pytest.mark.parametrize("text", ["", "plugins:\n", "plugins: hub\n", "plugins: [x]\n", "- a\n", "x"])
def test_without_the_plugin_there_is_no_hub(tmp_path: Path, text: str) -> None:
    with pytest.raises(HubError, match="does not name the plugin"):
        _config(tmp_path, text)


def test_tags_of_the_host_are_passed_over(tmp_path: Path) -> None:
    text = "site_name: !ENV [X, y]\nx: !!python/object/apply:os.system ['exit 1']\nplugins:\n  - hub: {page_size: 3}\n"
    assert _config(tmp_path, text).page_size == 3


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "plugins:\n  - hub: {languages: [fr, xx]}\n",
        "plugins:\n  - hub: {languages: fr}\n",
        "plugins:\n  - hub: {page_size: x}\n",
    ],
)
def test_a_wrong_option_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(HubError) as caught:
        _config(tmp_path, text)
    assert caught.value.message(translator("en"))


def test_the_hub_is_found_from_inside(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").touch()
    inside = tmp_path / "docs/notes"
    inside.mkdir(parents=True)
    assert find_root(inside) == tmp_path.resolve()
