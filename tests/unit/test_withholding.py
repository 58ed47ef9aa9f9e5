"""A text that is withheld as it stands: who writes is told, for nothing else on the machine shows it."""

from __future__ import annotations

from pathlib import Path

from hub.swhid import content_hash
from tests.support import checked, note, one, places, said


def test_a_text_that_is_still_what_is_withheld_is_told_until_it_is_changed(tmp_path: Path) -> None:
    text = note(body="Mme Adjo a été soignée.\n")
    listed = f"withheld:\n  - content: {content_hash(text.encode())}\n    reason: Une patiente\n    date: 2026-11-22\n"
    files = {"docs/notes/a.md": text, "docs/notes/b.md": note(), "docs/retraits.yml": listed}
    report = checked(tmp_path, files).report
    assert places(report) == ["docs/notes/a.md:1:1 text-withheld"]
    assert "“Une patiente”" in said(one(report, "text-withheld"))
    mended = {"docs/notes/a.md": note(body="Une femme a été soignée.\n")}
    assert places(checked(tmp_path, mended).report) == []
