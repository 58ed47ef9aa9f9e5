"""What `mkdocs.yml` may say, and what it may not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.site.hubs import Built, environment, make, text
from tests.site.test_hosts import HOSTS
from tests.support import write

NOTES = {
    "docs/notes/appui.md": text(
        "Appui", "authors: [a-b]", "themes: [eau]", body="Voir [[FBR]] et [le projet](../projets/p.md#but)."
    ),
    "docs/notes/appui.en.md": text("Support", body="See [the project](../projets/p.md)."),
    "docs/projets/p.md": text("Projet", body="## But\n\nSoigner."),
    "docs/personnes/a-b.md": text("Ada Bio"),
    "docs/glossaire/fbr.md": text("Financement", "acronym: FBR"),
    "docs/wiki/w.md": text("Wiki", body="Une [[page à écrire]]."),
    "docs/a-propos.md": text("À propos"),
    "docs/vocabulaires/themes.yml": "title: Thème\nterms:\n  eau: {fr: Eau, en: Water}\n",
}


@pytest.mark.parametrize("host", HOSTS)
def test_markdown_extensions_are_refused(tmp_path, host):
    root = write(
        tmp_path / "source",
        {
            "mkdocs.yml": "site_name: Essai\ntheme: hub\nplugins: [hub]\nmarkdown_extensions: [admonition]\n",
            "docs/notes/a.md": text("A"),
        },
    )
    done = subprocess.run(
        HOSTS[host](root, tmp_path / "site"), env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "markdown_extensions" in said
    assert "Traceback" not in said
    assert not (tmp_path / "site" / "index.html").exists()


@pytest.fixture(scope="module")
def on_a_forge(tmp_path_factory) -> Built:
    config = "repo_url: https://github.com/exemple/hub\nsite_url: https://hub.example.org/benin/\n"
    return make(tmp_path_factory.mktemp("forge"), NOTES, config=config)


def test_no_page_calls_the_forge(on_a_forge):
    seen = 0
    for name in on_a_forge.files:
        if name.endswith((".html", ".js", ".css", ".xml")):
            seen += 1
            assert "api.github.com" not in (on_a_forge.root / name).read_text("utf-8"), name
    assert seen > 20


def test_each_entry_says_where_it_is_edited(on_a_forge):
    edited = {
        "notes/appui/": "notes/appui.md",
        "en/notes/appui/": "notes/appui.en.md",
        "projets/p/": "projets/p.md",
        "personnes/a-b/": "personnes/a-b.md",
        "glossaire/fbr/": "glossaire/fbr.md",
        "wiki/w/": "wiki/w.md",
        "a-propos/": "a-propos.md",
    }
    for address, file in edited.items():
        links = [link["href"] for link in on_a_forge.page(address).main.find("a") if "/edit/" in link["href"]]
        assert links == [f"https://github.com/exemple/hub/edit/main/docs/{file}"], address


def test_lists_have_no_edit_link(on_a_forge):
    assert "github.com/exemple/hub/edit" not in on_a_forge.page("notes/").html


def test_the_sitemap_names_the_public_address_of_every_page(on_a_forge):
    sitemap = (on_a_forge.root / "sitemap.xml").read_text("utf-8")
    for address in ("", "notes/", "notes/appui/", "en/notes/appui/"):
        assert f"<loc>https://hub.example.org/benin/{address}</loc>" in sitemap
    assert "404" not in sitemap


def test_canonical_and_translations_are_absolute_on_a_published_site(on_a_forge):
    head = on_a_forge.page("notes/appui/").head
    assert head.one("link[rel=canonical]")["href"] == "https://hub.example.org/benin/notes/appui/"
    assert {link["hreflang"]: link["href"] for link in head.find("link[hreflang]")} == {
        "fr": "https://hub.example.org/benin/notes/appui/",
        "en": "https://hub.example.org/benin/en/notes/appui/",
    }


def test_a_page_that_does_not_exist_finds_its_styles_from_any_depth(on_a_forge):
    page = on_a_forge.pages["404.html"]
    assert {link["href"].split("/benin/")[0] for link in page.find("link[rel=stylesheet]")} == {""}
    assert page.one("h1").text


def test_without_a_repository_there_is_no_edit_link(tmp_path):
    built = make(tmp_path, {"docs/notes/a.md": text("A")})
    assert not [link for link in built.page("notes/a/").main.find("a") if "edit" in link["href"]]


@pytest.fixture(scope="module")
def from_a_key(tmp_path_factory) -> Built:
    return make(tmp_path_factory.mktemp("key"), NOTES, config="use_directory_urls: false\n")


def test_links_name_files_when_the_site_is_read_from_a_key(from_a_key):
    count, faults = from_a_key.link_faults(index_files=True)
    # Nobody opens 404.html from a key, and its links must be good at every depth.
    assert [fault for fault in faults if not fault.startswith("404.html")] == []
    assert count > 500


def test_the_pages_of_a_key_are_those_of_a_server(from_a_key, on_a_forge):
    assert from_a_key.files == on_a_forge.files


@pytest.mark.parametrize("theme", ["hub", "material", "{name: material, palette: {primary: teal}}"])
def test_a_theme_may_be_named(tmp_path, theme):
    built = make(tmp_path, {"docs/notes/a.md": text("A")}, config=f"theme: {theme}\n", strict=True)
    page = built.page("notes/a/")
    assert page.one("h1").text == "A"
    assert page.find("nav.hub-nav")
    assert not [name for name in built.files if name.endswith(".woff2")]
    assert "googleapis" not in page.html


def test_a_hub_in_one_language(tmp_path):
    built = make(
        tmp_path,
        {"docs/notes/a.md": text("A"), "docs/a-propos.md": text("À propos")},
        config="site_name: Essai\nplugins:\n  - hub:\n      languages: [fr]\n",
        strict=True,
    )
    assert not [name for name in built.files if name.startswith("en/")]
    assert built.page("notes/a/").find(".hub-lang") == []
    assert built.link_faults()[1] == []


def test_a_hub_in_english(tmp_path):
    built = make(
        tmp_path,
        {
            "docs/notes/a.md": text("A note"),
            "docs/notes/a.fr.md": text("Une note"),
            "docs/people/x-y.md": text("Xi Yu"),
        },
        config="site_name: Trial\nplugins:\n  - hub:\n      languages: [en, fr]\n",
        strict=True,
    )
    assert built.page("notes/a/").one("html")["lang"] == "en"
    assert built.page("fr/notes/a/").one("html")["lang"] == "fr"
    assert built.page("people/x-y/").one("h1").text == "Xi Yu"
    assert built.page("years/").one("html")["lang"] == "en"
    assert built.link_faults()[1] == []


@pytest.mark.parametrize(
    ("option", "named"),
    [("languages: [xx]", "languages"), ("page_size: 0", "page_size"), ("page_size: -3", "page_size")],
)
def test_an_option_that_cannot_be_used_is_named(tmp_path, option, named):
    root = write(tmp_path, {"mkdocs.yml": f"site_name: Essai\nplugins:\n  - hub:\n      {option}\n"})
    done = subprocess.run(
        HOSTS["mkdocs"](root, tmp_path / "site"),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert named in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_size_of_one_works(tmp_path: Path):
    files = {f"docs/notes/n{n}.md": text(f"Note {n}") for n in range(3)}
    built = make(tmp_path, files, config="site_name: E\nplugins:\n  - hub:\n      page_size: 1\n")
    assert built.has("notes/page/3/")
    assert not built.has("notes/page/4/")
