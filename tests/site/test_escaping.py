"""Whatever is contributed comes out of every format that the site writes as it went in, by a strict reader of each.

References (BibTeX, RIS, CSL, CITATION.cff) have theirs in `tests/unit/test_citing.py`.
"""

# ruff: noqa: E501 - what is tried stands on one line

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
import yaml

from tests.site.hubs import make, plain
from tests.support import run

TITLES = [
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>' `",
    "&lt;b&gt; &amp; &quot; &#39; &nbsp;",
    "\\u003c \\n \\\\ \\",
    "{{ 7 * 7 }} {% raw %} ${x} #{y}",
    "--> ]]> <!-- <![CDATA[ <?xml",
    "fin \u2028 \u2029 de ligne",
    "\U0001f600 é ﬁ ß İ",
    "=1+1;DROP TABLE; -- %s %(x)s {0}",
    "TY  - x @book{x, title = {y}}",
    "* _a_ [b](c) `d` # e | f",
    "__proto__",
]
SITE = "https://example.org/a&b/'c'/"
NAME = 'Hub « <b> & "c" \' : # {x} »'


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    quoted = {n: "'" + title.replace("'", "''") + "'" for n, title in enumerate(TITLES)}
    files = {
        f"docs/notes/t{n}.md": f"---\ntitle: {one}\nsummary: {one}\nkeywords: [{one}]\ndate: 2020-05-01\nauthors: [p{n}]\n---\n\nx\n"
        for n, one in quoted.items()
    }
    files |= {
        f"docs/personnes/p{n}.md": f"---\ntitle: {one}\nconsent: {{date: 2026-01-01}}\n---\n\nx\n"
        for n, one in quoted.items()
    }
    config = f"site_name: {json.dumps(NAME)}\nsite_url: {json.dumps(SITE)}\nplugins: [hub]\n"
    return make(tmp_path_factory.mktemp("escaping"), files, config=config)


def written(title: str) -> str:
    """A title where a format takes one line without control signs."""
    return plain(title.replace("\u2028", " ").replace("\u2029", " "))


@pytest.mark.parametrize("number", range(len(TITLES)))
def test_a_page_says_a_title_as_it_was_written(built, number):
    title, page = TITLES[number], built.page(f"notes/t{number}/")
    assert written(page.main.find("h1")[0].text) == written(title)
    assert written(page.find("title")[0].text).startswith(written(title))
    told = {one["name"]: one["content"] for one in page.find("meta[name]")}
    assert written(told["description"]) == written(title)
    assert written(told["citation_title"]) == written(title)
    (data,) = [one.text for one in page.find("script") if one.attrs.get("type") == "application/ld+json"]
    assert not re.search("[<>&\u2028\u2029]", data)
    found = json.loads(data)
    author = found["author"] if isinstance(found["author"], dict) else found["author"][0]
    assert {"".join(one.split()) for one in (found["name"], found["abstract"], author["name"])} == {
        "".join(title.split())
    }


def test_the_list_of_pages_is_xml_with_their_addresses(built):
    tree = ET.fromstring((built.root / "sitemap.xml").read_bytes())
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert tree.tag == f"{space}urlset"
    locations = {one.text for one in tree.iter(f"{space}loc")}
    assert {f"{SITE}notes/t{n}/" for n in range(len(TITLES))} <= locations
    assert all(one.startswith(SITE) for one in locations)


def test_every_script_of_the_search_is_one_call_with_json(built):
    told = ""
    for path in (built.root / "search").glob("*.js"):
        script = path.read_text("utf-8")
        call = re.fullmatch(r'hub\.take\("([\w-]+)",(.*)\);\n?', script, re.DOTALL)
        if call is None:
            assert path.stem == "loader" or path.stem.startswith("engine-"), path
            continue
        assert call[1] == path.stem
        told += json.dumps(json.loads(call[2]), ensure_ascii=False)
    for title in TITLES:
        assert (
            json.dumps(written(title), ensure_ascii=False)[1:-1] in told
            or json.dumps(title, ensure_ascii=False)[1:-1] in told
        )


def test_the_command_line_s_json_is_the_same(built):
    done = run("search", "x", "--limit", "50", "--kind", "note", "--format", "json", "--root", built.root.parent)
    assert done.exit_code == 0, done.output
    assert {written(one["title"]) for one in json.loads(done.stdout)["results"]} == {written(one) for one in TITLES}


def test_the_hub_s_own_name_comes_out_of_its_reference(built):
    told = yaml.safe_load((built.root / "CITATION.cff").read_text("utf-8"))
    assert plain(told["title"]) == plain(NAME)
    assert told["url"] == SITE
