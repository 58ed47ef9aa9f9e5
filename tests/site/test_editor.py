"""The editor in a site: a page of its own, links that lead to its forms, and no trace where it cannot be had."""

from __future__ import annotations

import http.client
import io
import json
import tarfile
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest

from hub.errors import HubError
from hub_mkdocs.editor import installing, local
from tests.site.hubs import make, text
from tests.support import commit, run, write

ON = """
repo_url: https://gitlab.com/groupe/hub
plugins:
  - hub:
      editor: {app_id: abc123}
"""
FILES = {
    "docs/notes/appui.md": text("L’appui aux zones"),
    "docs/notes/appui.en.md": text("Support", "translation_of: appui"),
    "docs/notes/seule.md": text("Seule"),
    "docs/personnes/ama.md": text("Ama Kossi", "retired: oui"),
}


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("form")
    for name in installing.FORM_FILES:
        (folder / name).write_text("// the program\n")
    return folder


@pytest.fixture(scope="module")
def on(tmp_path_factory, program):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installing, "form", lambda root: program)
        return make(tmp_path_factory.mktemp("on"), FILES, config="site_name: Essai\n" + ON)


def test_the_editor_is_a_page_of_its_own_with_a_policy_of_its_own(on) -> None:
    page = on.page("admin/")
    assert {name for name in on.files if name.startswith("admin/")} == {
        f"admin/{name}" for name in (*installing.FORM_FILES, "config.yml", "index.html", "init.js", "manual.js")
    }
    assert [one["src"] for one in page.find("script")] == ["manual.js", "decap-cms.js", "init.js"]
    source = (on.root / "admin/index.html").read_text("utf-8")
    assert "connect-src &#x27;self&#x27; blob: https://gitlab.com;" in source
    assert '<html lang="fr">' in source
    for name in ("appui", "zones", "Ama"):
        assert name not in source
    told = json.loads((on.root / "admin/config.yml").read_text("utf-8"))
    assert told["backend"]["repo"] == "groupe/hub"
    assert told["publish_mode"] == "editorial_workflow"


def test_pages_lead_to_their_form_and_to_a_translation_that_is_not_there_yet(on) -> None:
    links = {
        link.text: link["href"] for link in on.page("notes/seule/").find("a") if "admin/" in link.attrs.get("href", "")
    }
    assert links["Modifier dans le formulaire"] == "../../admin/#/collections/note/entries/seule"
    assert links["Traduire cette page (anglais)"].startswith(
        "../../admin/#/collections/note-en/new?translation_of=seule&"
    )
    translated = [
        link["href"] for link in on.page("en/notes/appui/").find("a") if "admin/" in link.attrs.get("href", "")
    ]
    assert translated == ["../../../admin/#/collections/note-en/entries/appui"]
    for address, page in on.pages.items():
        if address != "admin/":
            assert not [link for link in page.find("a") if "ama" in link.attrs.get("href", "").rpartition("/")[2]]


def test_no_map_and_no_search_names_the_editor(on) -> None:
    assert "admin/" not in (on.root / "sitemap.xml").read_text("utf-8")
    assert 'name="robots" content="noindex"' in (on.root / "admin/index.html").read_text("utf-8")


def test_without_the_option_there_is_no_editor(tmp_path: Path) -> None:
    found = make(tmp_path, {"docs/notes/a.md": text("A")})
    assert not [name for name in found.files if name.startswith("admin")]
    assert "admin/" not in (found.root / "notes/a/index.html").read_text("utf-8")


def test_where_the_program_cannot_be_had_the_site_is_built_without_it(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.setattr(installing.shutil, "which", lambda name: None)
    found = make(tmp_path, {"docs/notes/a.md": text("A")}, config="site_name: Essai\n" + ON)
    (said,) = found.said
    assert said == (
        "Le site est construit sans son éditeur (une fois la chose réglée\u00a0: hub build --clean). "
        "Il manque Node.js et npm. Sous Debian ou Ubuntu\u00a0: sudo apt-get install nodejs npm"
    )
    assert not [name for name in found.files if name.startswith("admin")]
    assert "admin/" not in (found.root / "notes/a/index.html").read_text("utf-8")


def test_an_edition_has_no_editor(tmp_path: Path, program: Path, monkeypatch) -> None:
    monkeypatch.setattr(installing, "form", lambda root: program)
    root = write(
        tmp_path, {"mkdocs.yml": "site_name: Essai\n" + ON, "docs/notes/a.md": text("A"), ".gitignore": "/site/\n"}
    )
    commit(root)
    done = run("release", "2026.1", "-m", "Essai", cwd=root)
    assert done.exit_code == 0, done.output
    assert (root / "site/admin/decap-cms.js").is_file()
    edition = root / "site/editions/2026.1"
    assert "admin/" in (root / "site/notes/a/index.html").read_text("utf-8")
    assert "admin/" not in (edition / "notes/a/index.html").read_text("utf-8")
    assert not (edition / "admin").exists()


def _packed(folder: Path) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name in installing.FORM_FILES:
            one = tarfile.TarInfo(f"package/dist/{name}")
            one.size = 2
            archive.addfile(one, io.BytesIO(b"x\n"))
    (folder / "decap-cms.tgz").write_bytes(raw.getvalue())
    return raw.getvalue()


def test_a_package_with_another_hash_is_not_installed(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(installing, "npm", lambda *_, cwd: _packed(cwd))
    with pytest.raises(HubError, match="another one"):
        installing.form(tmp_path)
    assert not list((tmp_path / ".cache/hub/editor").iterdir())


def test_a_package_with_the_right_hash_is_installed_once(tmp_path: Path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(installing, "npm", lambda *_, cwd: asked.append(_packed(cwd)))
    monkeypatch.setattr(installing, "is_as_locked", lambda raw, integrity: True)
    place = installing.form(tmp_path)
    assert sorted(one.name for one in place.iterdir()) == sorted(installing.FORM_FILES)
    assert installing.form(tmp_path) == place
    assert len(asked) == 1


def test_the_locks_name_a_hash_for_every_package_and_no_registry() -> None:
    folder = Path(installing.__file__).parent
    lock = json.loads((folder / "server/package-lock.json").read_text("utf-8"))
    packages = [one for name, one in lock["packages"].items() if name]
    assert all(one["integrity"].startswith("sha512-") and "resolved" not in one for one in packages)
    form = json.loads((folder / "form.json").read_text("utf-8"))
    assert installing.is_as_locked(
        b"", "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
    )
    assert not installing.is_as_locked(b"", form["integrity"])


def test_uncommitted_files_are_named_before_the_editor_would_commit_them(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/notes/a.md": text("A"), ".gitignore": "/.cache/\n"})
    assert "is in no Git repository" in run("edit", "--no-browser", cwd=root).stderr
    commit(root)
    (root / "docs/notes/b.md").write_text(text("B"), "utf-8")
    done = run("edit", "--no-browser", cwd=root)
    assert done.exit_code == 2
    assert "Some files are not committed: docs/notes/b.md." in done.stderr


def test_the_local_server_answers_nobody_but_its_own_pages(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(local, "_local_server", lambda *_: nullcontext())
    (tmp_path / "page.html").write_text("")

    with local.serving(tmp_path, tmp_path, tmp_path, 0) as (address, serve_forever):
        threading.Thread(target=serve_forever, daemon=True).start()
        host = address.split("/")[2]

        def status(method: str, path: str, **headers: str) -> int:
            link = http.client.HTTPConnection("127.0.0.1", int(host.split(":")[1]), timeout=10)
            link.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                link.putheader(name, value)
            link.endheaders()
            found = link.getresponse().status
            link.close()
            return found

        nothing = {"Content-Length": "0"}
        assert status("GET", "/page.html") == 200
        assert status("GET", "/page.html", Host="evil.example.org") == 403
        assert status("POST", "/api/v1", Origin="https://evil.example.org", **nothing) == 403
        assert status("POST", "/api/v1", **nothing) == 403
        assert status("POST", "/other", Origin=f"http://{host}", **nothing) == 403
        assert status("POST", "/api/v1", Origin=f"http://{host}", **nothing) == 502  # nothing listens behind it
