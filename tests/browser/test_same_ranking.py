"""The engine in the browser answers as the one in Python does: the same results, scores, excerpts and counts."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from benchmarks import relevance, variants
from hub.search.engine import MOST_VERIFIED, VERIFIED, Engine
from hub.search.reading import FACETS, Index
from hub.search.tree import content_of
from tests.browser.conftest import serving, until
from tests.site.hubs import build, copy_of_this_hub, text
from tests.support import write

pytestmark = pytest.mark.browser
LONG = os.environ.get("HUB_TEST_LONG") == "1"
SAMPLE = 40 if LONG else 20
"""Queries of each sort that are asked: all would take a quarter of an hour."""
LIMIT = 50

Asked = tuple[str, dict[str, Any]]
"""A query and its options."""


@dataclass(frozen=True)
class Searched:
    """A built site, and Python's engine on the very scripts that the site holds."""

    root: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        found = re.search(r"hub\.manifest = (\{.*\});$", self.text("loader"), re.MULTILINE)
        assert found
        return json.loads(found[1])

    @cached_property
    def engine(self) -> Engine:
        return Engine(Index(self.manifest, lambda name: content_of(self.text(name))))

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What was asked of Python's engine before, over another way to the site."""
        return {}

    def search(self, given: Asked) -> dict[str, Any]:
        key = json.dumps(given)
        if key not in self.answers:
            # As a program gets it: tuples are lists there.
            self.answers[key] = json.loads(json.dumps(self.engine.search(given[0], **given[1])))
        return self.answers[key]

    def text(self, name: str) -> str:
        return (self.root / "search" / f"{name}.js").read_text("utf-8")

    def rows(self, tree: str) -> list[list[str]]:
        """All items of a tree of rows."""
        return [row for path in sorted(self.root.glob(f"search/{tree}-0*.js")) for row in content_of(path.read_text())]


def term(title: str, acronym: str, *lines: str) -> str:
    return text(title, f"acronym: {acronym}", 'source: {title: "Essai", method: reformulation}', *lines)


# What this hub's own texts do not have: an acronym of two terms, one near another, a word in more texts than a list
# holds, letters beyond the first plane, words without end, and entries that come last.
AWKWARD = {
    "docs/glossaire/quorum.md": term("Quorum zonal exceptionnel", "QZX", "close_to: [fbr]"),
    "docs/glossaire/quotient.md": term("Quotient zélé d’examen", "QZX", "close_to: [quorum, csu]"),
    "docs/notes/emoji.md": text(
        "Santé 😀 mobile 👩🏽‍⚕️",
        body="😀" * 700 + " hôpital 😀é (santé) « soins » 𝐅𝐁𝐑 (😀zzyzx😀).\n\n" + "👩🏽‍⚕️ " * 90 + "zzyzx ꞌtuꞌ",
    ),
    "docs/notes/longue.md": text(
        "Sans fin", body="(de-" + "zonzon-😀" * 300 + ")\n\n## Zonzon 😀\n\n" + "zonzon 😀 " * 400
    ),
    "docs/notes/sections.md": text(
        "Sections", body="\n\n".join(f"## Partie {n} du rapport\n\nLe vaccin numéro {n} zinzolin." for n in range(150))
    ),
    "docs/notes/proches.md": text("Proches", body="zulbar zulban zulbas zulbat zulbal zulba zulbab zulb izulbar"),
    # A word whose misspelling is as near to many others, and phrases whose words stand beside each other in many texts.
    "docs/notes/voisins.md": text(
        "Voisins", body=" ".join(f"{one}orlidane b{one}rlidane bo{one}lidane" for one in "bcdfgjkmnpstvz")
    ),
    "docs/notes/formes.md": text(
        "Formes 😀",
        body="Des résultats, un financement. " * 30 + "« Financements 😀 basés — sur des résultats », FBR/RBF (PBF) "
        "rbf fbr CSC/CSU.\n\n## Suite\n\n" + "mot " * 60 + "financement basé sur les résultats " * 20,
    ),
    **{
        f"docs/notes/qualite-{n:03}.md": text(
            "Qualité, zinzins", "status: draft", body="Zinzins de qualité, qualité. " * (1 + n % 9)
        )
        for n in range(230)
    },
    "docs/notes/qualite-loin.md": text(
        "Loin",
        "status: draft",
        body="mot " * 400 + "la qualité des zinzins, un vaccin de vaccination rapporté. " + "mot " * 400,
    ),
    "docs/notes/bords.md": text("Bords", body="un-deux-trois " * 159 + "zorglub bulgroz " + "fin " * 9),
    "docs/notes/ancienne.md": text("Rapport commun remplacé", body="Rapport commun de vaccination."),
    "docs/notes/nouvelle.md": text(
        "Rapport commun nouveau", "supersedes: [note:ancienne]", body="Rapport commun de vaccination."
    ),
    "docs/notes/ebauche.md": text("Rapport commun en ébauche", "status: draft", body="Rapport commun de vaccination."),
    **{
        f"docs/notes/rapport-{n:03}.md": text(
            f"Rapport {n}", f"date: {2000 + n % 20}-0{1 + n % 9}", body="Rapport commun de vaccination. " * (1 + n % 7)
        )
        for n in range(300)
    },
}


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Searched:
    """This hub, with what its texts do not have."""
    root = write(copy_of_this_hub(tmp_path_factory.mktemp("own")), AWKWARD)
    return Searched(build(root).root)


@pytest.fixture(scope="module")
def judged() -> relevance.RelevanceSet:
    if relevance.missing():
        pytest.skip("the relevance set is kept outside the repository")
    return relevance.read()


@pytest.fixture(scope="module")
def notes(tmp_path_factory, judged) -> Searched:
    """The relevance set beside this hub's own texts, so that there are concepts and facets too."""
    root = copy_of_this_hub(tmp_path_factory.mktemp("notes"))
    return Searched(build(relevance.write_hub(judged.docs, root, (root / "mkdocs.yml").read_text("utf-8"))).root)


class Browser:
    """Asks the engines of sites in a browser, over http or from a disk."""

    def __init__(self, chromium, way: str, stack: ExitStack) -> None:
        self.chromium, self.way, self.stack = chromium, way, stack
        self.pages: dict[Path, Any] = {}

    def page(self, site: Searched) -> Any:
        if site.root not in self.pages:
            home = (
                self.stack.enter_context(serving(site.root))
                if self.way == "http"
                else f"{site.root.as_uri()}/index.html"
            )
            page = self.pages[site.root] = self.chromium.new_page()
            self.stack.callback(page.close)
            page.goto(home)
        return self.pages[site.root]

    def ask(self, site: Searched, method: str, asked: Iterable[Any]) -> list[Any]:
        """Call a method of the engine, and give it each time all that is asked at once."""
        told = []
        left = iter(asked)
        while some := list(itertools.islice(left, 50)):
            answers = self.page(site).evaluate(
                """async ([method, asked]) => {
                  const answers = [];
                  for (const given of JSON.parse(asked)) answers.push(await hub[method](...given));
                  return JSON.stringify(answers);
                }""",
                [method, json.dumps(some)],
            )
            told += json.loads(answers)
        return told

    def sample(self, asked: list[Asked]) -> list[Asked]:
        """From a disk, only some: the way to the scripts changes no answer."""
        return asked if self.way == "http" else asked[::5]


@pytest.fixture(scope="module", params=["http", "file"])
def browser(request, chromium) -> Iterator[Browser]:
    with ExitStack() as stack:
        yield Browser(chromium, request.param, stack)


def differences(site: Searched, browser: Browser, asked: Iterable[Asked]) -> tuple[list[Any], list[dict[str, Any]]]:
    """Where the answers differ, and Python's answers."""
    asked = [(text, {"limit": LIMIT, "lang": "fr", **options}) for text, options in browser.sample(list(asked))]
    ours = [site.search(given) for given in asked]
    theirs = browser.ask(site, "search", asked)
    return [
        (text[:200], options, name, _first(our.get(name), their.get(name)))
        for (text, options), our, their in zip(asked, ours, theirs, strict=True)
        for name in {**our, **their}
        if our.get(name) != their.get(name)
    ], ours


def _first(our: Any, their: Any) -> Any:
    """The first place in which two values differ."""
    if isinstance(our, list) and isinstance(their, list) and len(our) == len(their):
        return next((n, a, b) for n, (a, b) in enumerate(zip(our, their, strict=True)) if a != b)
    return our, their


NONSENSE = (
    *(
        "",
        "   ",
        "?!",
        "de la",
        "le les des où",
        "the of",
        '"',
        '""',
        '"de la"',
        '"santé',
        'a"b"c"',
        "« »",
        "“santé”",
        "„",
    ),
    *(
        "<script>alert(1)</script>",
        "&amp;",
        "{}",
        "[]",
        "null",
        "undefined",
        "NaN",
        "0",
        "\\",
        "%",
        "*",
        "~",
        "santé\x00soins",
    ),
    *("constructor", "__proto__", "toString valueOf", "hasOwnProperty", "zzzzqqqq", "qqqq wwww zzzz", "xyzzy hopital"),
    *(
        "😀",
        "santé 😀 publique",
        '"santé 😀"',
        "👩🏽‍⚕️ hôpital",
        "𝐅𝐁𝐑",
        "ﬁnancement",
        "ŒUVRE",
        "é",
        "مستشفى",
        "xɛ́ɛ",
        "\u202esantus",
    ),
    *("a " * 998 + "20157 FBR", "😀" * 1996 + "20157 FBR", "😀" * 1000 + " vaccin rapport"),
    *("x" * 10_000, "santé " * 3_000, "é" * 10_000, "😀" * 10_000, '"' * 10_000, "l'" * 5_000, "a " * 5_000),
    *(" ".join(f"mot{n}" for n in range(60)), " ".join("abcdefghijklmnopqrstuvwxyz") + " FBR DDS santé hôpital zone"),
)
FORMS = (
    *(
        "fbr",
        "FBR",
        "F.B.R.",
        "RBF",
        "PBF",
        "pbf",
        "csu",
        "C.S.U.",
        "CSC",
        "csc",
        "DS",
        "ds",
        "ZS",
        "cs",
        "CS",
        "dds",
        "DDS",
    ),
    *(
        "l'hôpital",
        "l’hopital de zone",
        "hopitaux",
        "HOPITAL",
        "hopitl",
        "financemnt",
        "évalutaion",
        "regionla",
        "sanatire",
    ),
    *(
        "financement basé sur les résultats",
        "results-based financing",
        "assurance maladie universelle",
        "couverture sanitaire",
    ),
    *(
        "ministère de la santé",
        "ministere sante",
        "Dossou",
        "jean-paul dossou",
        "Jean Paul",
        "Sourou",
        "PASS-SOUROU",
        "2015",
    ),
    *(
        "Bénin",
        "benin",
        "health financing in Benin",
        "community health workers",
        "national nationaux nationale",
        "nationla",
    ),
    *(
        "appuyer la direction départementale",
        '"direction départementale"',
        '"direction départementale" "santé"',
        "« la santé »",
    ),
    *(
        "FBR dans les zones sanitaires",
        "csc dds fbr",
        "QZX",
        "qzx",
        "le QZX de la zone",
        "rapport",
        "rapport commun",
        "Rapport 12",
        "vaccin zinzolin",
        "QZX fbr",
        '"partie 7 du rapport"',
        "zonzon",
        "zulbag",
        "zorglub bulgroz",
        "santé santé santé",
        "qui finance la gratuité de la césarienne ?",
        "borlidane",
        "borlidanne borrlidane",
        '"qualité des zinzins"',
        '"zinzins de qualité"',
        '"qualité des zinzins" FBR',
        '"rapport vaccination"',
        '"vaccination rapporté"',
        "RBF résultats",
        "résultats du financement",
    ),
)
OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"lang": "en"},
    {"lang": "xx", "limit": 3},
    {"excerpts": False, "facets": False},
    {"filters": {"kind": ["note"]}},
    {"filters": {"kind": ["term", "person"], "lang": ["fr"]}},
    {"filters": {"lang": ["en"]}, "lang": "en"},
    {"filters": {"kind": ["nothing"], "year": []}},
    {"literal": ["F.B.R.", "csc", "Hopitl", "DDS", "Financement basé sur les résultats", "", "?"]},
    {"choose": {"QZX": "quotient", "C.S.C.": "csc", "zs": "nothing", "constructor": "x"}},
    {"limit": -1, "filters": {"kind": None, "theme": []}, "literal": None, "choose": None},
    {"filters": {"year": ["2003", "2004", "2015"]}},
)


def filters(site: Searched, chance: random.Random) -> dict[str, list[str]]:
    """One or two facets with values that there are."""
    chosen = chance.sample(FACETS, chance.randint(1, 2))
    values = {name: [value for value, _, _ in site.engine.index.facet(name)] for name in chosen}
    return {name: chance.sample(have, min(len(have), chance.randint(1, 3))) for name, have in values.items()}


def from_texts(site: Searched, chance: random.Random, count: int) -> Iterator[Asked]:
    """Queries made of the texts: names, runs of words, some in quotes, some misspelt, some with filters."""
    texts = [words for _, _, _, passage in site.rows("passages") if (words := passage.split())]
    every = sorted({word for words in texts for word in words})
    names = [name for _, name, *_ in site.rows("names")]
    for _ in range(count):
        words = chance.choice(texts)
        at = chance.randrange(len(words))
        run = " ".join(words[at : at + chance.randint(1, 7)])
        yield chance.choice(names), {}
        yield run, {"lang": chance.choice(["fr", "en"])}
        yield f'"{run}"', {}
        yield f"{chance.choice(names)} « {' '.join(words[at : at + 2])} »", {"facets": False}
        yield " ".join(chance.sample(words, min(len(words), 3))), {"filters": filters(site, chance)}
        yield variants.mistyped(run, chance, first=chance.random() < 0.3), {}
        yield variants.mistyped(variants.mistyped(run, chance), chance), {"filters": filters(site, chance)}
        yield variants.without_accents(run).upper(), {"excerpts": False}
        yield " ".join(chance.sample(every, 45)), {}
        yield "", {"filters": filters(site, chance)}


def again(answers: Iterable[dict[str, Any]]) -> Iterator[Asked]:
    """The queries that were interpreted: once more with each reading taken back, and with each choice."""
    for answer in answers:
        for reading in answer["interpreted"]:
            yield answer["query"], {"literal": [reading["form"]]}
            for choice in reading["choices"]:
                yield answer["query"], {"choose": {reading["form"]: choice["id"]}}


def test_this_hub_is_ranked_the_same(own, browser):
    asked = [
        *((text, options) for text in NONSENSE for options in OPTIONS[4 : 8 if LONG else 6]),
        *((text, options) for text in FORMS for options in OPTIONS),
        *from_texts(own, random.Random(3), SAMPLE),
    ]
    differ, answers = differences(own, browser, asked)
    assert differ == []
    differ, more = differences(own, browser, again(answers))
    assert differ == []
    if browser.way == "http":  # all that the engine can do has been asked for
        readings = {
            (one["kind"], len(one["choices"]), one["chosen"] is None) for a in answers for one in a["interpreted"]
        }
        assert readings >= {("concept", 1, False), ("concept", 2, True), ("spelling", 1, False)}
        assert any(len(one["choices"]) == 2 and one["chosen"] for a in more for one in a["interpreted"])
        assert max(len(answer["suggestions"]) for answer in answers) >= 3  # as many as are told, and there are more
        assert {answer.get("verified") for answer in answers} >= {None, VERIFIED, MOST_VERIFIED}
        assert {answer["exact"] for answer in answers} == {True, False}
        assert sum(answer["total"] > 0 for answer in answers) > len(answers) / 2
        results = [result for answer in answers for result in answer["results"]]
        assert any(result["score"] >= 1_000_000_000 for result in results)
        assert any(result["marks"] and "😀" in result["excerpt"] for result in results)
        assert any(result["section_url"].startswith("notes/sections/#s-partie-") for result in results)


@pytest.mark.shared
def test_the_relevance_set_is_ranked_the_same(notes, judged, browser):
    chance = random.Random(7)
    asked: list[Asked] = []
    for texts in variants.make(judged).values():
        asked += [(text, {"facets": LONG}) for text in chance.sample(texts, min(SAMPLE, len(texts)))]
    asked += [(text, {"filters": filters(notes, chance)}) for text, _ in chance.sample(asked, SAMPLE)]
    asked += [(re.sub(r"(\w+ \w+)", r'"\1"', text, count=1), {}) for text, _ in chance.sample(asked, SAMPLE)]
    asked += from_texts(notes, random.Random(5), SAMPLE // 5)
    differ, answers = differences(notes, browser, asked)
    assert differ == []
    differ, _ = differences(notes, browser, again(answers[::20]))
    assert differ == []


def test_the_same_names_complete_what_is_typed(own, browser):
    chance = random.Random(11)
    names = [name for _, name, *_ in own.rows("names")]
    starts = [
        *("", " ", "?", "😀", "\u0301", '"', "C.S.", "l’h", "l'", "zzz", "d", "dos", "jean-p", "Dossou J", "ÉVA", "2"),
        "x" * 10_000,
    ]
    for name in chance.sample(names, min(SAMPLE * 5, len(names))):
        words = name.split()
        starts.append(" ".join(words[chance.randrange(len(words)) :])[: chance.choice((2, 5, 12, 30, 90))])
    asked = [(text, {"lang": lang, "limit": limit}) for text in starts for lang in ("fr", "en") for limit in (8, 100)]
    ours = [own.engine.complete(text, **options) for text, options in asked]
    theirs = browser.ask(own, "complete", asked)
    assert [both for both in zip(asked, ours, theirs, strict=True) if both[1] != both[2]] == []
    assert sum(map(bool, ours)) > len(ours) / 2


def test_without_options_the_page_s_language_and_ten_results(own, browser):
    found, nothing = own.search(("santé", {"lang": "fr"})), own.search(("", {"lang": "fr"}))
    assert browser.ask(own, "search", [["santé"], ["santé", None], ["santé", {}]]) == [found] * 3
    assert browser.ask(own, "search", [[None], [], ["", {}]]) == [nothing] * 3
    assert len(found["results"]) == 10
    assert (nothing["total"], nothing["results"], nothing["suggestions"]) == (0, [], [])
    one, other = browser.ask(own, "search", [[2015], ["FBR santé", {"literal": "fbr", "filters": {"kind": "note"}}]])
    assert one == own.search(("2015", {"lang": "fr"}))
    assert other == own.search(("FBR santé", {"lang": "fr", "literal": ["fbr"], "filters": {"kind": ["note"]}}))
    odd = [
        {"limit": -1},
        {"limit": None},
        {"limit": "x"},
        {"filters": None},
        {"filters": {"kind": None, "year": [None]}},
    ]
    odd += [{"literal": None}, {"choose": None}, {"lang": None}]
    assert browser.ask(own, "search", [["santé", one] for one in odd]) == [found] * len(odd)
    assert browser.ask(own, "complete", [["d", {"limit": -1}], ["d", {"limit": None}]]) == (
        [own.engine.complete("d", lang="fr")] * 2
    )
    assert browser.ask(own, "complete", [[None], [], ["dos"]]) == [[], [], own.engine.complete("dos", lang="fr")]


ASK = "hub.search('santé', {facets: false}).then((one) => one.total, (error) => error.message)"


def test_a_script_that_fails_is_told_and_asked_again(own, visit):
    with serving(own.root) as home:
        context, _ = visit(home)
        page = context.new_page()
        page.goto(home)
        page.route("**/terms-*", lambda route: route.abort())
        assert re.fullmatch(r"http.*/search/terms-.*\.js cannot be loaded", page.evaluate(ASK))
        page.unroute("**/terms-*")
        page.route("**/records-*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        assert "/search/records-" in page.evaluate(ASK)
        # The first one that fails is told at once, while others are still on their way.
        until(page, "!document.querySelector('script[src*=\"/records-\"]')")
        page.unroute("**/records-*")
        assert page.evaluate(ASK) == own.engine.search("santé")["total"] > 0


def test_each_script_is_asked_for_once_and_completion_reads_no_lists(own, visit):
    with serving(own.root) as home:
        context, witness = visit(home)
        page = context.new_page()
        page.goto(home)
        there = page.locator("script").count()
        page.evaluate("Promise.all(['dos', 'doss', 'dossou'].map((one) => hub.complete(one)))")
        assert any("/names-" in url for url in witness.requests)
        assert not any("/terms-" in url or "/records-" in url for url in witness.requests)
        page.evaluate("Promise.all(['santé', 'santé', 'hôpital santé'].map((one) => hub.search(one)))")
        page.evaluate("hub.search('santé')")
        scripts = [url for url in witness.requests if "/search/" in url]
        assert len(scripts) == len(set(scripts))
        assert page.locator("script").count() == there + 2  # the loader and the engine; indexes leave none behind
        assert witness.faults == []
