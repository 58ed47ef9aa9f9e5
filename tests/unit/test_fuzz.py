"""Whatever stands in `docs/`: no traceback, nothing that hangs, a diagnostic for what is left out, the exit status."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from hub import checks
from hub.i18n import translator
from tests.site.hubs import build
from tests.support import GOLDEN, run, write

LONG = bool(os.environ.get("HUB_TEST_LONG"))
NOTES, AT_ONCE = (10_000, 100) if LONG else (60, 30)
MOST = 5.0
"""Seconds of the processor for one text, beside what a hub costs by itself."""
FOLDERS = ("notes", "personnes", "glossaire", "projets", "reunions", "wiki", "groupes", "evenements", "billets", "")
PIECES = [
    *("<![>", "<!", "<?", "<!--", "-->", "]]>", "[", "![", "[[", "]]", "](", "[^1]", "[^1]: ", "^[", "> ", "- ", "1. "),
    *("```", "~~~", "`", "*", "**", "_", "~~", "|", "\n|-|-|\n", "\n---\n", "\n===\n", "\n# ", "\n\n", "\n    ", "\t"),
    *(
        "\n: ",
        "> [!NOTE]\n",
        "- [ ] ",
        "\\",
        "&",
        "&amp;",
        "&#0;",
        "&#x110000;",
        "<a",
        "<a href=",
        "<https://",
        "https://a.b",
    ),
    *(
        "\x00",
        "\x0b",
        "\x85",
        "\u2028",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\ud83d".encode("utf-8", "replace").decode(),
        "é",
        "e\u0301",
    ),
    *(
        ": ",
        "- ",
        "? ",
        "&a ",
        "*a",
        "!!x ",
        "<<: ",
        "{",
        "}",
        "[",
        "]",
        "'",
        '"',
        "#",
        "%",
        "@",
        "|\n",
        ">-\n",
        "~",
        "null",
    ),
    *(
        "title: ",
        "id: ",
        "lang: xx\n",
        "status: retiré\n",
        "aliases: [/]\n",
        "date: 99999-99\n",
        "translation_of: a\n",
        "../",
        "//",
    ),
    *(
        "authors: [a]\n",
        "withdrawal: {}\n",
        "retired: oui\n",
        "lessons: [{id: L1}]\n",
        "\r",
        "\r\n",
        "0" * 400,
        "a" * 3000,
        "[" * 500,
    ),
]
STALLING = {
    "brackets": lambda n: "[" * n,
    "images": lambda n: "![" * n,
    "declarations": lambda n: "<![>" * n,
    "footnotes never closed": lambda n: "[^1]: x\n\n" + "[^a" * n,
    "footnotes in footnotes": lambda n: "^[" * n + "x" + "]" * n,
    "headings": lambda n: "# a\n" * n,
    "cells": lambda n: "|a" * 250 + "\n" + "|-" * 250 + "\n" + "|b\n" * n,
    "quotations": lambda n: "> " * n + "a",
    "lists": lambda n: "- " * n + "a",
    "backquotes": lambda n: "".join("e" + "`" * m for m in range(1, int(n**0.5))),
    "stars": lambda n: "*a **a " * n,
    "definitions": lambda n: "[a]: b\n" * n,
    "names": lambda n: "".join(f"[{m}]: x\n" for m in range(n)),
    "one line": lambda n: "a" * min(100 * n, 1_900_000),  # of more, nothing is read
}
STRONG = 40_000 if LONG else 4_000


def _seeds() -> list[str]:
    folders = (GOLDEN.parents[1] / "docs", GOLDEN / "checks")
    found = [
        path.read_bytes().decode("utf-8", "replace")
        for folder in folders
        for path in sorted(folder.rglob("*.md"))
        if path.is_file()
    ]
    assert len(found) > 100
    return found


def _mutated(text: str, seeds: list[str], chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((0, 1, 3, 20, 300)))
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:at] + text[at:end] * chance.choice((2, 3, 50)) + text[end:]
            case 2:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                text = text[:at] + other[start : start + 400] + text[end:]
            case _:
                text = text[:at] + chance.choice(PIECES) * chance.choice((1, 1, 2, 40)) + text[at:]
    raw = bytearray(text[:60_000].encode("utf-8", "replace"))
    for _ in range(chance.choice((0, 0, 0, 1, 4))):
        if raw:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def _named(number: int, chance: random.Random) -> str:
    """A path in `docs/`, of the strange sort now and then."""
    folder = chance.choice(FOLDERS)
    name = chance.choice(
        (f"n{number}", f"n{number}", f"n{number}", f"n{number}.en", f"N {number}", f"é{number}", f"-{number}")
    )
    if chance.random() < 0.1:
        name = f"{number}" + "".join(chance.choice("<>\"'&;: %#?*|$`{}[]()é\u202e\u00a0.~") for _ in range(8))
    return "/".join(part for part in ("docs", folder, *["sous"] * chance.choice((0, 0, 0, 1, 3)), f"{name}.md") if part)


def _hubs() -> Iterator[tuple[int, dict[str, bytes]]]:
    seeds, chance = _seeds(), random.Random(20_261_122)
    for start in range(0, NOTES, AT_ONCE):
        yield (
            start,
            {_named(n, chance): _mutated(chance.choice(seeds), seeds, chance) for n in range(start, start + AT_ONCE)},
        )


def test_mutated_notes_are_read_or_told(tmp_path: Path) -> None:
    say = translator("fr")
    for start, files in _hubs():
        root = write(tmp_path / str(start), files)
        before = time.process_time()
        loaded = checks.check(root)
        assert time.process_time() - before < MOST + 0.2 * len(files), start
        told = {found.location.path for found in loaded.report}
        for found in loaded.report:
            assert found.message(say)
            assert found.hint(say)
        assert not [found for found in loaded.report if found.rule.code == "check-crashed"], start
        for path in files:
            assert path in told or loaded.library.at(path.removeprefix("docs/")), (start, path)
        if start % 1000 == 0:
            done = run("check", "--root", root)
            assert done.exit_code == (1 if loaded.report.counts()["error"] else 0), done.output[-2000:]
            site = build(root)
            assert not [line for line in site.said if "Error:" in line or "Traceback" in line], start


@pytest.mark.parametrize("name", STALLING)
def test_a_text_that_stalls_the_engine_costs_itself_alone(tmp_path: Path, name: str) -> None:
    evil = STALLING[name](STRONG)
    files = {"docs/notes/a.md": f"---\ntitle: A\n---\n\n{evil}\n", "docs/notes/b.md": "---\ntitle: B\n---\n\n**b**\n"}
    before = time.process_time()
    loaded = checks.check(write(tmp_path, files))
    assert time.process_time() - before < MOST
    beside, slow = loaded.library.at("notes/b.md"), loaded.library.at("notes/a.md")
    assert beside
    assert slow
    assert "<strong>b</strong>" in beside.markdown.html()
    told = [found.location.path for found in loaded.report if found.rule.code == "text-not-read"]
    assert told == (["docs/notes/a.md"] if slow.outline.refused else [])
    if slow.outline.refused:
        assert escape(evil[:100]) in slow.markdown.html()
