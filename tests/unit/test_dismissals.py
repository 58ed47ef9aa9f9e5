"""What `hub check` takes for a fault can be dismissed with a reason, and a dismissal says no more than that."""

from __future__ import annotations

from pathlib import Path

from hub import checks
from hub.loading import load
from tests.files import EXIF, jpeg, segment
from tests.support import checked, codes, note, one, places, run, said, write

PHONE = "Le standard répond au 21 30 12 34."
DISMISSED = ("dismissed:", "  - rule: phone-number", "    reason: Le standard public.")


def test_a_finding_is_dismissed_with_a_reason(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, {"docs/notes/a.md": note(body=PHONE)}).report) == ["phone-number"]
    assert codes(checked(tmp_path, {"docs/notes/a.md": note(*DISMISSED, body=PHONE)}).report) == []


def test_a_dismissal_without_a_reason_dismisses_nothing(tmp_path: Path) -> None:
    loaded = checked(tmp_path, {"docs/notes/a.md": note(*DISMISSED[:2], body=PHONE)})
    assert sorted(codes(loaded.report)) == ["missing-field", "phone-number"]
    assert "reason" in said(one(loaded.report, "missing-field"))


def test_a_dismissal_of_certain_words_leaves_others(tmp_path: Path) -> None:
    body = "Le standard : 21 30 12\u00a034.\n\nUn autre numéro : 21 30 56 78.\n"
    files = {"docs/notes/a.md": note(*DISMISSED, "    text: 21 30 12 34", body=body)}
    assert places(checked(tmp_path, files).report) == ["docs/notes/a.md:11:19 phone-number"]


def test_a_dismissal_holds_for_its_own_text_alone(tmp_path: Path) -> None:
    files = {"docs/notes/a.md": note(*DISMISSED, body=PHONE), "docs/notes/b.md": note(body=PHONE)}
    assert places(checked(tmp_path, files).report) == ["docs/notes/b.md:5:23 phone-number"]


def test_a_dismissal_holds_for_the_files_that_the_text_names(tmp_path: Path) -> None:
    photo = jpeg(segment(0xE1, b"Exif\x00\x00" + EXIF))
    rules = ("file-position", "file-authors", "picture-without-consent")
    lines = [line for rule in rules for line in (f"  - rule: {rule}", "    reason: La place du marché, de nuit.")]
    body = "![La place du marché](place.jpg)\n"
    files: dict[str, str | bytes] = {"docs/notes/place.jpg": photo, "docs/notes/a.md": note(body=body)}
    assert sorted(set(codes(checked(tmp_path, files).report))) == sorted(rules)
    files["docs/notes/a.md"] = note("dismissed:", *lines, body=body)
    assert codes(checked(tmp_path, files).report) == []
    run("check", "--fix", "--root", tmp_path)
    assert (tmp_path / "docs/notes/place.jpg").read_bytes() == photo


def test_a_dismissal_that_meets_nothing_is_told(tmp_path: Path) -> None:
    fault = one(checked(tmp_path, {"docs/notes/a.md": note(*DISMISSED)}).report, "idle-dismissal")
    assert str(fault.location) == "docs/notes/a.md:4:11"
    assert "phone-number" in said(fault)


def test_only_rules_that_may_be_wrong_can_be_dismissed(tmp_path: Path) -> None:
    lines = ("dismissed:", "  - rule: missing-heading", "    reason: Il n’y a rien à dire.", "tier: complète")
    found = codes(checked(tmp_path, {"docs/notes/a.md": note(*lines)}).report)
    assert "unknown-dismissal" in found
    assert "missing-heading" in found


def test_a_build_tells_no_dismissal_idle_that_it_did_not_look_for(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/a.md": note(*DISMISSED, body=PHONE)})
    assert codes(checks.run(load(tmp_path))) == []


def test_an_address_can_be_dismissed(tmp_path: Path) -> None:
    lines = ("dismissed:", "  - rule: email-address", "    reason: La boîte de la direction.")
    write(tmp_path, {"docs/notes/a.md": note(*lines, body="Écrire à dds@example.org.")})
    assert codes(checks.run(load(tmp_path))) == codes(checks.check(tmp_path).report) == []


def test_the_words_at_fault_are_not_printed(tmp_path: Path) -> None:
    write(tmp_path, {"docs/notes/a.md": note(body="La patiente Adjoua Kouassi, au 97 12 34 56.")})
    for form in ("text", "json"):
        out = run("check", "--format", form, "--root", tmp_path).output
        assert "phone-number" in out
        assert "Adjoua" not in out
        assert "97 12" not in out
