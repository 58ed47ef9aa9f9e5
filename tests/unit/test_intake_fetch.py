"""What is attached to an issue is fetched from the hub's own forge and from nowhere else, within limits."""

from __future__ import annotations

import io
import urllib.request
from email.message import Message
from urllib.error import URLError

import pytest

from hub.intake import fetching
from hub.intake.attached import file, linked

GITHUB = ("github", "https://github.com/cop/hub")
FORGEJO = ("forgejo", "https://codeberg.org/cop/hub/")
GITLAB = ("gitlab", "https://gitlab.com/sante/hub")
UUID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.mark.parametrize(
    ("where", "url"),
    [
        (GITHUB, "https://github.com/user-attachments/files/123/Note.DDS.docx"),
        (GITHUB, f"https://github.com/user-attachments/assets/{UUID}"),
        (GITHUB, "https://github.com/cop/hub/files/123/Note.docx"),
        (FORGEJO, f"https://codeberg.org/attachments/{UUID}"),
        (FORGEJO, f"https://codeberg.org/cop/hub/attachments/{UUID}"),
        (GITLAB, f"https://gitlab.com/sante/hub/uploads/{32 * 'a'}/Note.docx"),
    ],
)
def test_the_forges_own_places_are_known(where: tuple[str, str], url: str) -> None:
    assert fetching.is_attached(url, *where)


@pytest.mark.parametrize(
    "url",
    [
        "http://github.com/user-attachments/files/1/a.docx",
        "https://github.com@evil.example/user-attachments/files/1/a.docx",
        "https://user:secret@github.com/user-attachments/files/1/a.docx",
        "https://github.com.evil.example/user-attachments/files/1/a.docx",
        "https://evil.example/user-attachments/files/1/a.docx",
        "https://github.com:22/user-attachments/files/1/a.docx",
        "https://github.com/user-attachments/../login",
        "https://github.com/user-attachments/files/1/../../../x",
        "https://github.com/cop/hub/archive/main.zip",
        "https://github.com/logout",
        "https://[::1]/user-attachments/files/1/a",
        "https://127.0.0.1/user-attachments/files/1/a",
        "https://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://github.com/user-attachments/files/1/a",
        "https://github.com\\@evil.example/user-attachments/files/1/a",
        "https://",
        "https://[x",
    ],
)
def test_no_other_address_is_asked_for(url: str) -> None:
    asked = []
    files, _ = fetching.fetch(linked(f"[a.docx]({url})"), *GITHUB, open_=lambda request, _: asked.append(request))
    assert not fetching.is_attached(url, *GITHUB)
    assert (files, asked) == ([], [])


def test_the_forge_may_send_on_to_its_own_stores_alone() -> None:
    for good in (
        "https://objects.githubusercontent.com/x?sig=1",
        "https://github-production-repository-file-5c1aeb.s3.amazonaws.com/1/2",
        "https://github.com/x",
    ):
        assert fetching.may_lead_to(good, *GITHUB)
    for bad in (
        "http://objects.githubusercontent.com/x",
        "https://evil.s3.amazonaws.com/x",
        "https://githubusercontent.com.evil.example/",
        "https://169.254.169.254/",
        "file:///etc/passwd",
    ):
        assert not fetching.may_lead_to(bad, *GITHUB)
    assert not fetching.may_lead_to("https://objects.githubusercontent.com/x", *FORGEJO)


def test_a_step_elsewhere_is_not_taken() -> None:
    steps = fetching._Steps(*GITHUB)
    request = urllib.request.Request("https://github.com/user-attachments/files/1/a.docx")
    with pytest.raises(URLError):
        steps.redirect_request(request, io.BytesIO(), 302, "Found", Message(), "https://evil.example/x")
    with pytest.raises(URLError):
        steps.redirect_request(request, io.BytesIO(), 302, "Found", Message(), "file:///etc/passwd")
    on = steps.redirect_request(
        request, io.BytesIO(), 302, "Found", Message(), "https://objects.githubusercontent.com/x"
    )
    assert on is not None


def test_what_is_fetched_has_limits_and_what_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    text = "\n".join(f"[n{n}.docx](https://github.com/user-attachments/files/{n}/n{n}.docx)" for n in range(3))

    def answer(request: urllib.request.Request, _: float) -> io.BytesIO:
        assert not request.has_header("Authorization")
        assert not request.has_header("Cookie")
        number = request.full_url.split("/")[-2]
        if number == "1":
            raise TimeoutError
        return io.BytesIO(b"x" * (10 if number == "0" else 5000))

    files, lines = fetching.fetch(linked(text), *GITHUB, open_=answer)
    assert [(one.name, len(one.data)) for one in files] == [("n0.docx", 10)]
    assert [one.message.params["name"] for one in lines] == ["n1.docx", "n2.docx"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("../../x/Note.docx", "Note.docx"),
        ("C:\\x\\Note.docx", "Note.docx"),
        ("", "document"),
        ("a\nb.docx", "a b.docx"),
        ("x" * 500 + ".docx", "x" * 150 + ".docx"),
        (".docx", "document.docx"),
        ("..", "document"),
    ],
)
def test_the_name_of_a_file_is_a_name(told: str, name: str) -> None:
    assert file(told, b"").name == name


def test_links_and_images_of_the_forge_are_found_once() -> None:
    url = f"https://github.com/user-attachments/assets/{UUID}"
    text = (
        f'![photo.jpg]({url})\n<img width="10" alt="x" src="{url}" />\n[Note.docx](https://github.com/x/Note.DDS.docx)'
    )
    assert [(one.name, one.url) for one in linked(text)] == [
        ("photo.jpg", url),
        ("Note.DDS.docx", "https://github.com/x/Note.DDS.docx"),
    ]
    assert linked("[" * 20_000) == ()
    assert linked("<img " * 20_000) == ()
