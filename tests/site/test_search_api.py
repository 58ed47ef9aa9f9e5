"""`/api/search` beside the pages that `hub serve` shows."""

from __future__ import annotations

import json
import sqlite3
from typing import Any
from urllib.parse import quote, urlencode

import pytest

import hub
from hub.search import store
from hub.search.cache import Cache
from hub_mkdocs.search import MOST, answering
from tests.searching import article, term
from tests.support import run, write

FILES = {
    "docs/notes/a.md": article("La mutuelle", "date: 2015", body="Un district 😀 et sa mutuelle."),
    "docs/notes/b.md": article("Les visites", "date: 2016", body="Visite du district."),
    "docs/notes/c.en.md": article("Districts", "date: 2016", body="The district."),
    "docs/glossaire/csc.md": term("Centre de santé communal", "acronym: CSC"),
    "docs/glossaire/csc-2.md": term("Cadre stratégique commun", "acronym: CSC"),
}


class Served:
    """A server whose pages say their own address."""

    def __init__(self, root, mount: str = "/") -> None:
        self.root = root
        cache = Cache(root)
        cache.refresh(hub.load(root))
        self.app = answering(self.page, cache, mount)

    def page(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [b"page " + environ["PATH_INFO"].encode()]

    def get(self, path: str, query: str = "", method: str = "GET") -> tuple[str, dict[str, str], bytes]:
        told: list[Any] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        body = b"".join(self.app(environ, lambda status, headers: told.extend([status, dict(headers)])))
        return told[0], told[1], body

    def answer(self, **given: Any) -> Any:
        status, headers, body = self.get("/api/search", urlencode(given, doseq=True))
        assert status == "200 OK"
        assert headers["Content-Type"] == "application/json; charset=utf-8"
        assert int(headers["Content-Length"]) == len(body)
        return json.loads(body)

    def ids(self, **given: Any) -> list[str]:
        return [one["id"] for one in self.answer(**given)["results"]]


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Served:
    return Served(write(tmp_path_factory.mktemp("served"), FILES))


def test_the_answer_is_that_of_hub_search(served):
    for query in ("district", "csc", "mutuele du districct", "", '"visite du district"'):
        told = run("search", "--format", "json", "--root", served.root, query).stdout
        assert served.answer(q=query) == json.loads(told)


def test_parameters_are_the_options_of_the_command(served):
    assert set(served.ids(q="district")) == {"a", "b", "c"}
    assert served.ids(q="district", limit=1) == served.ids(q="district")[:1]
    assert served.ids(q="district", limit=0) == []
    assert set(served.ids(q="district", year="2016")) == {"b", "c"}
    assert served.ids(q="district", year=["2015", "2016"], lang="en") == ["c"]
    assert served.ids(year="2015") == ["a"]
    assert served.answer(q="csc", literal="csc")["interpreted"] == []
    assert served.answer(q="csc", literal="C.S.C.")["interpreted"] == []
    assert served.answer(q="csc", choose="CSC:csc-2")["interpreted"][0]["chosen"] == "csc-2"
    assert served.ids(q="district", kind="") == served.ids(q="district")
    assert served.answer(q="CSC", choose="csc:csc-2")["interpreted"][0]["chosen"] == "csc-2"
    assert served.answer(q="district", reader="en")["results"][0]["id"] == "c"


@pytest.mark.parametrize("limit", ["-1", "dix", "1e3", "٣", "²", "9" * 5000, "9999999999999999999", "1;2", "%00"])
def test_a_limit_that_is_no_number_is_refused_with_an_example(served, limit):
    status, _, body = served.get("/api/search", f"q=district&limit={quote(limit)}")
    assert (status, "limit=10" in json.loads(body)["error"]) == ("400 Bad Request", True)


@pytest.mark.parametrize("query", ["q=%ff", "q=a&choose=x", "q=a&kind=%ed%a0%80"])
def test_what_is_nonsense_is_refused(served, query):
    status, _, body = served.get("/api/search", query)
    assert (status, list(json.loads(body))) == ("400 Bad Request", ["error"])


def test_a_great_limit_is_cut(served, monkeypatch):
    seen = []
    search = "hub.search.engine.Engine.search"
    monkeypatch.setattr(search, lambda self, text, **options: seen.append(options["limit"]) or {})
    served.answer(q="x", limit=MOST + 1)
    served.answer(q="x", limit=MOST - 1)
    assert seen == [MOST, MOST - 1]


@pytest.mark.parametrize(
    "query",
    ["", "q", "q=", "&&==&", "q=%00", "q=" + "a" * 100_000, "q=a&q=b", "year=&kind=%00", "limit="],
)
def test_there_is_an_answer_to_any_query_string(served, query):
    status, _, body = served.get("/api/search", query)
    assert status == "200 OK"
    assert json.loads(body)["total"] == 0


def test_all_other_addresses_are_those_of_pages(served):
    for path in ("/", "/notes/a/", "/api/search/", "/api/", "/fr/api/search", "/api/search/../x"):
        assert served.get(path)[2] == b"page " + path.encode()


def test_a_site_that_stands_below_another_address_answers_there(served):
    below = Served(served.root, "/hub/")
    assert below.get("/api/search")[2].startswith(b"page")
    assert json.loads(below.get("/hub/api/search", "q=visite")[2])["total"] == 1


def test_nothing_but_questions_is_taken(served):
    status, headers, _ = served.get("/api/search", "q=district", method="POST")
    assert (status[:3], headers["Allow"]) == ("405", "GET, HEAD")
    assert served.get("/api/search", "q=district", method="HEAD")[0] == "200 OK"


def test_a_build_while_the_server_runs_is_answered_from(tmp_path):
    served = Served(write(tmp_path, FILES))
    assert served.ids(q="zinzolin") == []
    write(tmp_path, {"docs/notes/d.md": article("Zinzolin")})
    Cache(tmp_path).refresh(hub.load(tmp_path))
    assert served.ids(q="zinzolin") == ["d"]


def test_an_index_that_another_process_goes_on_writing_is_said_to_be_busy(tmp_path, monkeypatch):
    served = Served(write(tmp_path, FILES))
    monkeypatch.setattr(store, "_PATIENCE", 0.1)
    writer = sqlite3.connect(Cache(tmp_path).path)
    writer.execute("BEGIN EXCLUSIVE")
    status, _, body = served.get("/api/search", "q=district")
    writer.close()
    assert (status, "Try again" in json.loads(body)["error"]) == ("503 Service Unavailable", True)
