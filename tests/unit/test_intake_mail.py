"""A mail, a document in `depot/` and a comment: each becomes its own change, whatever somebody put into them."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import frontmatter
from hub.documents.model import text_of
from hub.errors import HubError
from hub.identities import address_hash
from hub.intake import letter as letters
from hub.intake.comment import with_comment
from hub.loading import load
from tests import documents
from tests.intake import asked, event, rendered, saved, ticked
from tests.repository import Repository
from tests.support import checked, codes, places, run, write

ADDRESS = "awa@example.org"
FILES = {
    "docs/personnes/awa-sow.md": (
        f"---\ntitle: Awa Sow\nconsent:\n  date: 2026-01-01\ngit: [{address_hash(ADDRESS)}]\n---\n"
    ),
    "docs/notes/premiere.md": "---\ntitle: Première\naliases: [notes/ancienne/]\n---\n\nUn texte.\n",
    "docs/index.md": "---\ntitle: Accueil\n---\n",
}
TEXT = """Bonjour,

Voici ce que nous avons appris pendant la supervision des centres de la
zone d’Allada, avec les équipes.

- Préparer la visite
- Revenir

--\x20
Dr Awa Sow, 97 12 34 56, awa@example.org

Le 19 nov. 2026 à 10:00, Hub <hub@example.org> a écrit :
> Une note ?
"""


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return write(tmp_path / "hub", FILES)


def letter(
    text: str = TEXT,
    subtype: str = "plain",
    files: Sequence[tuple[str, bytes]] = (),
    sender: str = f"Docteure <{ADDRESS}>",
    subject: str = "Re: Note sur la supervision",
) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["From"], made["Subject"], made["Date"] = sender, subject, "Fri, 20 Nov 2026 10:00:00 +0100"
    made.set_content(text, subtype=subtype)
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def taken(hub: Path, data: bytes, *options: str) -> dict[str, Any]:
    path = hub.parent / "message.eml"
    path.write_bytes(data)
    result = run("intake", path, "--format", "json", *options, cwd=hub)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return {"status": result.exit_code, **json.loads(result.stdout)["arrived"][0]}


def everything(hub: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in (hub / "docs").rglob("*.md"))


# Mails


def test_the_text_of_a_mail_becomes_a_draft_without_signature_and_history(hub: Path) -> None:
    found = taken(hub, letter(files=[("photo.jpg", documents.photo(300, 200))]), "--lang", "fr")
    assert found["status"] == 0
    text = (hub / "docs/notes/note-sur-la-supervision.md").read_text("utf-8")
    assert "pendant la supervision des centres de la zone d’Allada, avec les équipes." in text
    assert "- Préparer la visite\n- Revenir\n" in text
    assert "note-sur-la-supervision-image-1.jpg" in text
    assert "Dr Awa" not in text
    assert {one["code"] for one in found["left_out"]} >= {"signature", "earlier-mail"}
    assert "Une note ?" in str(found["left_out"])
    assert found["credited"] == ["awa-sow"]
    assert set(codes(checked(hub, {}).report)) <= {"picture-without-consent"}


def test_what_is_attached_to_a_mail_is_the_contribution(hub: Path) -> None:
    files = [("Note DDS.docx", documents.note()), ("../../evil.doc", b"x"), ("tableau.xls", b"x")]
    found = taken(hub, letter(files=files), "--lang", "fr")
    assert [one["file"] for one in found["entries"]] == ["docs/notes/appui-a-la-dds-experience-des-departements.md"]
    assert "pendant la supervision" in str(found["left_out"])
    said = str(found["decide"])
    assert "evil.doc" in said
    assert ".docx" in said
    assert not list(hub.parent.rglob("evil*"))


def test_no_address_goes_into_the_hub_or_the_report(hub: Path) -> None:
    out = hub.parent / "out"
    for sender in (f"Docteure <{ADDRESS}>", ADDRESS, f"{ADDRESS} <{ADDRESS}>", "Inconnue <secret@example.org>"):
        found = taken(hub, letter(sender=sender), "--output", str(out))
        assert "@" not in json.dumps(found)
    assert "@" not in everything(hub)
    told = "".join(path.read_text("utf-8") for path in out.rglob("*.md"))
    assert "@" not in told
    assert "97 12 34 56" not in told


def test_a_page_in_a_mail_is_text_and_runs_nothing(hub: Path) -> None:
    page = (
        "<html><head><script>alert(1)</script></head><body><h1 onclick=x>Un titre</h1><p>Un <b>texte</b> "
        "<a href='javascript:alert(1)'>ici</a><img src='https://evil.example/x.png'>.</p></body></html>"
    )
    taken(hub, letter(page, "html", subject=""))
    text = everything(hub)
    assert "Un **texte** ici" in text
    assert "alert(1)" not in text
    assert "evil.example" not in text


def test_pictures_in_a_page_stand_where_they_stood_and_those_of_the_signature_nowhere(hub: Path) -> None:
    one, two = (base64.b64encode(documents.photo(300, 200, colour=name)).decode() for name in ("red", "blue"))
    page = (
        f"<p>Avant</p><p><img src='data:image/jpeg;base64,{one}'></p><p>Après</p><p>--</p>"
        f"<p><img src='data:image/jpeg;base64,{two}'> Awa</p>"
    )
    found = taken(hub, letter(page, "html", files=[]))
    assert found["files"] == ["docs/notes/note-sur-la-supervision-image-1.jpg", "docs/notes/note-sur-la-supervision.md"]
    text = (hub / "docs/notes/note-sur-la-supervision.md").read_text("utf-8")
    assert text.index("Avant") < text.index("image-1.jpg") < text.index("Après")


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "x-unknown", "utf-16", "cp1252\x00", "idna"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_wrong_charset_costs_signs_and_not_the_mail(charset: str, encoding: str) -> None:
    head = f'From: Awa <{ADDRESS}>\r\nSubject: x\r\nContent-Type: text/plain; charset="{charset}"\r\n\r\n'
    found = letters.parse(head.encode() + "Été à l’hôpital.\r\n".encode(encoding))
    assert found.blocks


def test_a_mail_of_thousands_of_parts_or_levels_is_read_within_limits() -> None:
    parts = "".join(f"--b\r\nContent-Type: text/plain\r\n\r\nPartie {n}\r\n" for n in range(1500))
    head = "From: a\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    found = letters.parse(f"{head}{parts}--b--\r\n".encode())
    assert found.refused == 1500 - letters.MOST_PARTS
    inner = b"From: a\r\nSubject: x\r\n\r\nTexte.\r\n"
    for _ in range(60):
        inner = b"From: a\r\nSubject: x\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    deep = letters.parse(inner)
    assert [one.what for one in deep.left_out] == ["attached-mail"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"From: a\nSubject: {text}\n\n{text}".encode()))
def test_no_bytes_make_the_reader_raise_anything_else(raw: bytes) -> None:
    with suppress(HubError):
        letters.parse(raw)


@pytest.mark.parametrize("raw", [b"", b"\x00" * 100, b"Bonjour", b"%PDF-1.7"])
def test_what_is_no_mail_is_refused_with_what_to_do(hub: Path, raw: bytes) -> None:
    (hub.parent / "x.eml").write_bytes(raw)
    refused = run("intake", hub.parent / "x.eml", "--lang", "fr", cwd=hub)
    assert refused.exit_code == 2
    assert "Enregistrer sous" in refused.stderr


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Un texte.", "-- ", "> cité", "De : Awa", "Envoyé : hier", "", "- point"]), max_size=12)
)
def test_no_word_of_a_mail_is_lost(lines: list[str]) -> None:
    found = letters.parse(letter("\n".join(lines) or "x"))
    kept = " ".join([*map(text_of, found.blocks), *(one.text for one in found.left_out)]).split()
    assert sorted(kept) == sorted(" ".join(lines).split()) or not any(map(str.strip, lines))


# Documents in depot/


def test_a_document_goes_from_the_deposit_and_whoever_left_it_is_credited(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "hub")
    repository.commit("Commencer", {**FILES, "depot/README.md": "Déposer un document\n"})
    repository.commit(
        "Add files", {"depot/Ma note.docx": documents.note(), "depot/vieux.doc": b"x"}, f"Dr A <{ADDRESS}>"
    )
    repository.commit(
        "Add files", {"depot/billets/b.html": "<h1>Un billet</h1><p>Texte."}, "Koffi Adjo <k@example.org>"
    )
    hub = repository.root
    result = run("intake", "depot", "--format", "json", "--branch", "--lang", "fr", cwd=hub)
    assert result.exit_code == 2
    note, post, old = sorted(json.loads(result.stdout)["arrived"], key=lambda one: ("error" in one, one["file"]))
    assert note["file"] == "Ma note.docx"
    assert (note["credited"], post["credited"]) == (["awa-sow"], ["Koffi Adjo"])
    assert post["entries"][0]["file"] == "docs/billets/un-billet.md"
    assert ".docx" in old["error"]
    assert repository.git("status", "--porcelain") == ""
    changed = repository.git("diff", "--name-status", "main", note["branch"]).splitlines()
    assert "D\tdepot/Ma note.docx" in changed
    assert not any("README" in one or "vieux" in one for one in changed)
    message = repository.git("log", "-1", "--format=%B", note["branch"])
    assert message.splitlines()[-1] == "Contribution-de: awa-sow"


def test_an_empty_deposit_is_no_fault_and_links_are_not_followed(hub: Path) -> None:
    (hub / "depot").mkdir()
    (hub / "depot/README.md").write_text("x")
    (hub.parent / "secret.html").write_text("<p>secret")
    (hub / "depot/x.html").symlink_to(hub.parent / "secret.html")
    assert run("intake", "depot", cwd=hub).exit_code == 0
    assert "secret" not in everything(hub)


def test_what_is_left_in_the_deposit_is_no_issue(hub: Path) -> None:
    form = asked(load(hub).library, "note")
    (hub / "depot").mkdir()
    saved(hub / "depot/event.json", event(rendered(form, {"title": "Un titre", "text": "Un texte."})))
    refused = run("intake", "depot", cwd=hub)
    assert refused.exit_code == 2
    assert ".docx" in refused.stderr
    assert "Un titre" not in everything(hub)


# Comments


def comment(hub: Path, page: str, text: str = "Chez nous aussi.", **given: Any) -> dict[str, Any]:
    form = asked(load(hub).library, "comment")
    body = rendered(form, {**ticked(form), "page": page, "comment": text, **given})
    result = run("intake", saved(hub.parent / "event.json", event(body)), "--format", "json", "--lang", "fr", cwd=hub)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return {"status": result.exit_code, **json.loads(result.stdout)["arrived"][0]}


@pytest.mark.parametrize(
    "page",
    [
        "https://hub.example.org/notes/premiere/",
        "https://hub.example.org/base/notes/premiere/index.html#s-x",
        "notes/premiere",
        "docs/notes/premiere.md",
        "<https://hub.example.org/notes/ancienne/?x=1>",
    ],
)
def test_a_comment_is_archived_in_its_page_and_nothing_else_changes(hub: Path, page: str) -> None:
    found = comment(hub, page, "Chez nous aussi.\n\nMais : « plus tard » --- # non", name="Koffi: A. <k@example.org>")
    assert found["files"] == ["docs/notes/premiere.md"]
    text = (hub / "docs/notes/premiere.md").read_text("utf-8")
    assert text.startswith("---\ntitle: Première\naliases: [notes/ancienne/]\ncomments:\n  - author: ")
    assert text.endswith("---\n\nUn texte.\n")
    entry = load(hub).library.get("note", "premiere")
    assert entry is not None
    assert entry.comments[0].text == "Chez nous aussi.\n\nMais : « plus tard » --- # non"
    assert entry.comments[0].author == "Koffi A."
    assert str(entry.comments[0].date) == "2026-11-20"
    comment(hub, page, "Un second.", name="person:awa-sow")
    entry = load(hub).library.get("note", "premiere")
    assert entry is not None
    assert [one.author for one in entry.comments] == ["Koffi A.", "person awa-sow"]
    assert places(checked(hub, {}).report) == []


@pytest.mark.parametrize(
    "page", ["", "https://x.example/notes/rien/", "../../etc/passwd", "https://[x", "personnes/awa-sow/"]
)
def test_a_comment_on_no_page_asks_for_the_address(hub: Path, page: str) -> None:
    before = everything(hub)
    found = comment(hub, page)
    assert (found["status"], found["outcome"], found["files"]) == (1, "asked", [])
    assert everything(hub) == before


def test_an_error_is_answered_and_changes_nothing(hub: Path) -> None:
    before = everything(hub)
    form = asked(load(hub).library, "error")
    body = rendered(form, {"page": "https://x.example/notes/premiere/", "wrong": "La date."})
    out = hub.parent / "out"
    saved(hub.parent / "event.json", event(body))
    assert run("intake", hub.parent / "event.json", "--output", out, "--lang", "fr", cwd=hub).exit_code == 1
    assert "docs/notes/premiere.md" in (out / "commentaire-12/answer.md").read_text("utf-8")
    assert everything(hub) == before


KEPT = st.sampled_from(
    [
        "---\ntitle: A\n---\n",
        "---\r\ntitle: A\r\nkeywords: [x]\r\n---\r\nTexte\r\n",
        "---\ntitle: A\ncomments:\n  - author: B\n    text: C\n---\n\n---\n",
        "---\ntitle: A\ncomments:\n- author: B\n  text: |\n    Long\n\n    texte\n\n# fin\nkeywords: [x]\n---\n\nx:\n",
        "---\ntitle: A\ncomments: []\n---\n",
        "---\ntitle: A\ncomments: [{author: B, text: C}]\n---\n",
        "---\ntitle: A\ncomments:\n---\n",
        "---\ntitle: 'A\n  ---'\n---\n",
        "Sans début\n",
        "",
    ]
)


TAKES_NONE = (
    "---\ntitle: A\ncomments: []\n---\n",
    "---\ntitle: A\ncomments: [{author: B, text: C}]\n---\n",
    "---\ntitle: 'A\n  ---'\n---\n",
    "Sans début\n",
    "",
)


@settings(max_examples=120, deadline=None)
@given(KEPT, st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=200))
def test_a_comment_is_written_whole_or_not_at_all(there: str, author: str, text: str) -> None:
    raw = there.encode()
    try:
        new = with_comment(raw, author.strip() or "x", "2026-11-20", text.strip() or "x")
    except HubError:
        assert there in TAKES_NONE
        return
    before, _ = frontmatter.read(raw, "")
    after, faults = frontmatter.read(new, "")
    assert not faults
    assert after.body == before.body
    assert len(after.front.data["comments"]) == len(before.front.data.get("comments", [])) + 1
