"""The folder `search/` of a site: one loader that names all other scripts, the same from the same texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hub
from hub.search.cache import Cache
from hub.search.reading import FACETS
from hub.search.tree import Root, content_of, digest, node_from_data, script_name
from hub_mkdocs import search
from tests.site.hubs import Built, build, make, text
from tests.site.test_hosts import sites
from tests.support import run, write

HUB = {
    "docs/notes/a.md": text("Une note", "date: 2015", "places: [BJ]", body="## Contexte\n\nUn district pilote."),
    "docs/notes/b.md": text("Deux notes", "authors: [awa]", body="Une mutuelle de santé."),
    "docs/notes/b.en.md": text("Two notes", body="A mutual fund."),
    "docs/personnes/awa.md": text("Awa Sow"),
    "docs/glossaire/fbr.md": text("Financement", "acronym: FBR", 'source: {title: "E", method: reformulation}'),
}
MANIFEST = re.compile(r"hub\.manifest = (\{.*\});$", re.MULTILINE)
NAMED = re.compile(r"[a-z]+(-[a-z0-9_]+)?-[0-9a-z]{5}")


def folder(built: Built) -> dict[str, str]:
    """The scripts of a site, by name without ending."""
    found = {name.removeprefix("search/") for name in built.files if name.startswith("search/")}
    return {name.removesuffix(".js"): (built.root / "search" / name).read_text("utf-8") for name in found}


def manifest(scripts: dict[str, str]) -> dict:
    (found,) = MANIFEST.findall(scripts["loader"])
    return json.loads(found)


def reached(scripts: dict[str, str]) -> Iterator[str]:
    """The names of the scripts to which the loader leads."""
    yield "loader"
    (engine,) = re.findall(r"\$\{\"(engine-[0-9a-z]{5})\"\}\.js", scripts["loader"])
    yield engine
    told = manifest(scripts)
    yield told["concepts"]
    yield from told["facets"].values()
    for tree, root in told["trees"].items():
        if isinstance(root, str):
            yield root
        found = Root.from_data(content_of(scripts[root]) if isinstance(root, str) else root)
        yield from below(scripts, tree, found.depth, found.children)


def below(scripts: dict[str, str], tree: str, level: int, children) -> Iterator[str]:
    for child in children:
        name = script_name(tree, level, *child)
        yield name
        if level:
            yield from below(scripts, tree, level - 1, node_from_data(content_of(scripts[name])))


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Built:
    return make(tmp_path_factory.mktemp("small"), HUB)


@pytest.fixture(params=["small", "benin"])
def built(request) -> Built:
    return request.getfixturevalue(request.param)


def test_the_loader_leads_to_every_script_and_there_is_no_other_file(built):
    scripts = folder(built)
    names = list(reached(scripts))
    assert sorted(names) == sorted(scripts)
    assert len(set(names)) == len(names)
    assert {name for name in built.files if name.startswith("search/") and not name.endswith(".js")} == set()
    assert set(manifest(scripts)["facets"]) == set(FACETS)


def test_a_script_s_name_says_what_is_in_it(built):
    scripts = folder(built)
    del scripts["loader"]
    for name, script in scripts.items():
        assert NAMED.fullmatch(name)
        content = script
        if not name.startswith("engine-"):
            assert script.startswith(f'hub.take("{name}",')
            assert script.endswith(");\n")
            content = script.removeprefix(f'hub.take("{name}",').removesuffix(");\n")
            assert json.loads(content) == content_of(script)
        assert name.endswith(f"-{digest(content)}")


def test_the_parts_of_the_program_are_not_published_one_by_one(built):
    assert [name for name in built.files if re.search(r"assets/.*(engine|loader|ui|search)[^/]*\.js", name)] == []
    (engine,) = [script for name, script in folder(built).items() if name.startswith("engine-")]
    assert "hub.startEngine = " in engine
    assert "window.hub.startEngine({" in engine
    assert not re.search(r"^\s*//|^[ \t]", engine, re.MULTILINE)
    sources = Path(search.__file__).parent / "theme" / search.SOURCES
    assert {path.stem for path in sources.iterdir()} == {*search.PARTS, "ui", "loader"}


def test_every_page_brings_the_program_with_the_loader_alone(built):
    for page in built.pages.values():
        sources = [script.attrs.get("src", "") for script in page.find("script")]
        assert not any("search/" in source and not source.endswith("search/loader.js") for source in sources)


def test_the_index_has_every_page_of_an_entry_and_nothing_else(small):
    leaves = [script for name, script in folder(small).items() if name.startswith("records-0")]
    rows = [row for script in leaves for row in content_of(script)]
    assert {row[5] for row in rows} == {
        "notes/a/", "notes/b/", "en/notes/b/", "personnes/awa/", "glossaire/fbr/",
    }  # fmt: skip
    assert manifest(folder(small))["records"] == 5


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "search").iterdir()}


def test_two_builds_write_the_same(tmp_path):
    first = make(tmp_path / "one", HUB)
    again = build(tmp_path / "one", site="again")
    elsewhere = make(tmp_path / "two", dict(reversed(HUB.items())))
    assert contents(first.root) == contents(again.root) == contents(elsewhere.root)


def test_an_edit_that_is_taken_back_leaves_no_trace(tmp_path):
    before = contents(make(tmp_path, HUB).root)
    changed = contents(make(tmp_path, {"docs/notes/a.md": text("Une note", body="Autre zinzolin.")}).root)
    assert changed["loader.js"] != before["loader.js"]
    assert contents(make(tmp_path, {"docs/notes/a.md": HUB["docs/notes/a.md"]}).root) == before


def test_a_site_that_is_built_over_an_older_one_holds_no_older_script(tmp_path):
    root = write(tmp_path, HUB)
    assert run("build", cwd=root).exit_code == 0
    write(root, {"docs/notes/a.md": text("Une note", body="Autre zinzolin.")})
    (root / "docs/notes/b.en.md").unlink()
    assert run("build", cwd=root).exit_code == 0
    scripts = folder(Built(root / "site"))
    assert sorted(reached(scripts)) == sorted(scripts)
    assert "zinzolin" in "".join(scripts.values())
    assert "pilote" not in "".join(scripts.values())


def test_a_host_that_keeps_the_older_site_keeps_no_older_script(tmp_path):
    root, cache = write(tmp_path, HUB), Cache(tmp_path)
    write(tmp_path, {"site/search/index.html": "a page", "site/search/own.js": "another's"})
    for body in ("Un district pilote.", "Autre zinzolin."):
        cache.refresh(hub.load(write(root, {"docs/notes/a.md": text("Une note", body=body)})))
        search.write(cache, root / "site")
    scripts = folder(Built(root / "site"))
    assert sorted({*reached(scripts), "index.html", "own"}) == sorted(scripts)
    assert "zinzolin" in "".join(scripts.values())
    assert "pilote" not in "".join(scripts.values())


def test_addresses_are_those_of_folders_however_pages_are_named(tmp_path, small):
    config = "site_name: Essai\nuse_directory_urls: false\nplugins: [hub]\n"
    assert contents(make(tmp_path, HUB, config=config).root) == contents(small.root)


def test_all_hosts_write_the_same(tmp_path):
    made = sites(write(tmp_path / "source", HUB), tmp_path)
    assert set(made) == {"mkdocs", "properdocs", "hub"}
    first, *others = [contents(one.root) for one in made.values()]
    assert len(first) > 15
    assert all(one == first for one in others)


def test_a_hub_without_texts_has_a_search_that_finds_nothing(tmp_path):
    scripts = folder(make(tmp_path, {}))
    assert sorted(reached(scripts)) == sorted(scripts)
    assert manifest(scripts)["records"] == 0


def test_the_search_holds_no_text_of_a_person_without_consent(tmp_path):
    built = make(
        tmp_path,
        {
            "docs/personnes/awa.md": text("Awa Sow", "bio: zqsecret", body="zqsecret"),
            "docs/personnes/awa.en.md": text(
                "Awa Sow", "bio: zqsecret", "consent: {date: 2026-01-01}", body="zqsecret"
            ),
            "docs/notes/a.md": text("Note", "authors: [awa]", body="zqseen"),
        },
    )
    read = {name: (built.root / name).read_bytes() for name in built.files}
    assert [name for name, raw in read.items() if b"zqsecret" in raw] == []
    assert any(b"zqseen" in raw for name, raw in read.items() if name.startswith("search/"))
