"""What holds of a whole hub, kept as JSON and used for a part of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from hub.loading import load
from hub.site.plan import Plan
from hub.site.standing import Standing
from tests.site.test_incremental import FILES
from tests.support import write

DAY = date(2026, 11, 22)


def test_it_comes_back_from_json(tmp_path: Path) -> None:
    standing = Plan(load(write(tmp_path, dict(FILES))), DAY).standing
    assert Standing.from_data(json.loads(json.dumps(standing.as_data()))) == standing
    assert standing.frame.navigation["fr"]
    assert standing.keys_of({"notes/appui.en.md", "none.md"}) == {("note", "appui", "en")}


def test_the_files_for_questions_are_those_of_what_is_asked_for(tmp_path: Path) -> None:
    standing = Plan(load(write(tmp_path, dict(FILES))), DAY).standing
    asked = [("get", "person", "ada", "fr"), ("at", "wiki/zone.md"), ("listed", "fr", "themes", "soins")]
    assert standing.files_for(asked) == {"personnes/ada.md", "wiki/zone.md"}
    assert standing.files_for([("text", "note", "appui", "fr")]) == {"notes/appui.md", "notes/appui.en.md"}
    assert standing.files_for([("glossary",)]) == {"glossaire/fbr.md"}
    assert standing.files_for([*asked, ("of_kind", "note", "fr")]) is None


def test_a_part_of_a_hub_has_the_entries_that_were_asked_for_and_tells_no_broken_link(tmp_path: Path) -> None:
    root = write(tmp_path, dict(FILES))
    some = load(root, only={"notes/appui.md", "personnes/ada.md"})
    assert {entry.src_uri for entry in some.library} == {"notes/appui.md", "personnes/ada.md"}
    assert {reference.target.id for reference in some.library.references} == {"ada"}
    assert not [fault for fault in some.report if "link" in fault.rule.code or "reference" in fault.rule.code]
