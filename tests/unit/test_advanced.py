"""The advanced search: its syntax, its index in the user's cache, and what it makes of nonsense."""

from __future__ import annotations

import pickle
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hub import own_folder
from hub.errors import HubError
from hub.public import public
from hub.search.advanced import Advanced, clauses, index
from hub.search.records import Source
from tests.support import hub

VOCABULARY = "title: Thème\nsource: x\nterms:\n  finance: {fr: Financement des soins, en: Health financing}\n"


def a_note(title: str, *lines: str, body: str = "") -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", body, ""])


FILES = {
    "docs/vocabulaires/themes.yml": VOCABULARY,
    "docs/notes/palu.md": a_note(
        "Le paludisme à l’hôpital",
        "date: 2012-05-03",
        "themes: [finance]",
        "places: [{country: BJ, department: Borgou}]",
        "authors: [awa-bio]",
        body="Les soins de santé coûtent cher.\n\n## Leçons apprises\n\nLes hôpitaux manquent de médicaments.",
    ),
    "docs/notes/vih.md": a_note(
        "Le VIH en zone sanitaire", "date: 2015", "status: brouillon", body="La santé des soins de base. Le paludisme."
    ),
    "docs/notes/eau.md": a_note(
        "L’eau potable", "date: 2010-11", body="Les forages de l’Atacora, œuvre de longue haleine."
    ),
    "docs/notes/water.en.md": a_note("Water and hospital care", "date: 2016-01-20", body="Wells and hospital wards."),
    "docs/reunions/bilan.md": a_note("Bilan de la campagne", "date: 2014-02-01", body="Le paludisme recule."),
    "docs/personnes/awa-bio.md": a_note(
        "Awa Bio", "given_name: Awa", "family_name: Bio", "consent: {date: 2025-11-01, scope: [profil]}"
    ),
}

Search = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("hub")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        advanced = Advanced(root)
        advanced.update(source(root, FILES))
        yield advanced


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def source(root: Path, files: Mapping[str, str], today: date = date(2026, 11, 1)) -> Source:
    return Source(public(hub(root, files).library), today)


def ids(answer: dict[str, Any]) -> set[str]:
    return {result["id"] for result in answer["results"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("paludisme", {"palu", "vih", "bilan"}),
        ("paludisme eau", {"palu", "vih", "bilan", "eau"}),
        ("hopital", {"palu"}),
        ("HÔPITAUX", {"palu"}),
        ("oeuvre", {"eau"}),
        # phrases: words as they are written, stop words among them
        ('"soins de santé"', {"palu"}),
        ("“soins de santé”", {"palu"}),
        ("« soins de sante »", {"palu"}),
        ('"santé soins"', set()),
        ('"santé soins"~3', {"vih"}),
        ('"hôpitaux"', {"palu"}),
        ('"cher hôpitaux"', set()),
        ('titre:"zone sanitaire"', {"vih"}),
        # operators
        ("paludisme AND santé", {"palu", "vih"}),
        ("paludisme ET santé", {"palu", "vih"}),
        ("forages OU wells", {"eau", "water"}),
        ("forages OR wells", {"eau", "water"}),
        ("paludisme SAUF santé", {"bilan"}),
        ("paludisme NOT santé", {"bilan"}),
        ("paludisme ET NON santé", {"bilan"}),
        ("paludisme AND NOT santé", {"bilan"}),
        ("eau paludisme SAUF santé", {"eau", "bilan"}),
        ("(eau OU paludisme) SAUF (vih OU médicaments)", {"eau", "bilan"}),
        ("NOT paludisme", {"eau", "water", "awa-bio"}),
        ("paludisme et sauf ou", {"palu", "vih", "bilan"}),
        ("santé AND le", {"palu", "vih"}),
        ("paludisme REQUIRE campagne", {"bilan"}),
        ("campagne ANDMAYBE eau", {"bilan"}),
        # fields, in French and in English, with and without accents
        ("titre:paludisme", {"palu"}),
        ("title:hospitals", {"water"}),
        ("Titre : paludisme", {"palu"}),
        ("titre:(eau OU vih)", {"eau", "vih"}),
        ("intertitre:leçons", {"palu"}),
        ("thème:financement", {"palu"}),
        ("theme:finance", {"palu"}),
        ("theme:financing", {"palu"}),
        ("lieu:borgou", {"palu"}),
        ("auteur:awa", {"palu"}),
        ("type:réunion", {"bilan"}),
        ("kind:meeting", {"bilan"}),
        ("langue:en", {"water"}),
        ("lang:anglais", {"water"}),
        ("état:brouillon", {"vih"}),
        ("status:draft", {"vih"}),
        # a filter beside words is required, and values of one field are alternatives
        ("paludisme type:note", {"palu", "vih"}),
        ("type:réunion type:personne", {"bilan", "awa-bio"}),
        ("paludisme eau type:note année:2010", {"eau"}),
        ("type:réunion OU eau", {"bilan", "eau"}),
        # dates
        ("année:2015", {"vih"}),
        ("year:[2010 TO 2012]", {"eau", "palu"}),
        ("année:[2012 À 2010]", {"eau", "palu"}),
        ("date:[2012-05 TO 2014]", {"palu", "bilan"}),
        ("date:{2010 TO 2015}", {"palu", "bilan"}),
        ("date:2012-05", {"palu"}),
        ("date:03/05/2012", {"palu"}),
        ('date:"mai 2012"', {"palu"}),
        ("date:[2015 TO]", {"vih", "water"}),
        ("date:[TO 2010]", {"eau"}),
        ("date:>=2015", {"vih", "water"}),
        ("date:>2015", {"water"}),
        ("date:<2012", {"eau"}),
        ("date:*", {"palu", "vih", "eau", "water", "bilan"}),
        ("titre:[eau TO paludisme]", {"eau", "water", "palu"}),
        # wildcards and fuzzy words
        ("palud*", {"palu", "vih", "bilan"}),
        ("hôpita*", {"palu"}),
        ("*disme", {"palu", "vih", "bilan"}),
        ("for?ges", {"eau"}),
        ("forage?", {"eau"}),
        ("l’hôpit*", {"palu"}),
        ("titre:hosp*", {"water"}),
        ("paludsime~", {"palu", "vih", "bilan"}),
        ("paludsme~1", {"palu", "vih", "bilan"}),
        ("plaudsime~2", {"palu", "vih", "bilan"}),
        ("qaludisme~1/3", set()),
        ("*:*", {"palu", "vih", "eau", "water", "bilan", "awa-bio"}),
        ("*", {"palu", "vih", "eau", "water", "bilan", "awa-bio"}),
    ],
)
def test_a_query_finds_what_it_asks_for(searched: Advanced, query: str, found: set[str]) -> None:
    answer = searched.search(query)
    assert ids(answer) == found
    assert answer["total"] == len(found)
    assert answer["exact"]
    assert answer["interpreted"] == []


def test_accents_and_capitals_change_nothing(searched: Advanced) -> None:
    one, other = searched.search("HOPITAUX medicaments"), searched.search("hôpitaux médicaments")
    assert [result["id"] for result in one["results"]] == [result["id"] for result in other["results"]]
    assert [result["score"] for result in one["results"]] == [result["score"] for result in other["results"]]


def test_a_title_counts_more_than_text_and_drafts_come_last(searched: Advanced) -> None:
    assert [result["id"] for result in searched.search("paludisme")["results"]] == ["palu", "bilan", "vih"]
    assert searched.search("paludisme^50 eau")["results"][0]["id"] == "palu"


def test_a_result_shows_the_passage_that_matched(searched: Advanced) -> None:
    (result,) = searched.search("médicaments")["results"]
    assert result["section"] == "Leçons apprises"
    assert result["section_url"] == f"{result['url']}#s-lecons-apprises"
    assert [result["excerpt"][start:end] for start, end in result["marks"]] == ["médicaments"]
    assert (result["kind"], result["lang"], result["date"], result["status"]) == (
        "note",
        "fr",
        "2012-05-03",
        "published",
    )


def test_facets_are_counted_over_all_results_with_labels(searched: Advanced) -> None:
    answer = searched.search("paludisme", limit=1, lang="en")
    assert len(answer["results"]) == 1
    assert answer["facets"]["kind"] == [
        {"value": "note", "label": "Capitalisation notes", "count": 2},
        {"value": "meeting", "label": "Meetings", "count": 1},
    ]
    assert answer["facets"]["theme"] == [{"value": "finance", "label": "Health financing", "count": 1}]


def test_filters_leave_what_has_one_of_the_values(searched: Advanced) -> None:
    assert ids(searched.search("paludisme", filters={"kind": ["meeting"]})) == {"bilan"}
    assert ids(searched.search("", filters={"year": ["2010", "2016"]})) == {"eau", "water"}
    assert ids(searched.search("paludisme", filters={"kind": ["note"], "theme": ["finance"]})) == {"palu"}


def test_a_word_that_no_text_has_brings_others_to_try(searched: Advanced) -> None:
    assert searched.search("forrages")["suggestions"] == ["forages"]
    assert searched.search("eau NOT forrages")["suggestions"] == []


@pytest.mark.parametrize(
    ("query", "form", "kind"),
    [
        ("paludisme année:bientôt", "bientôt", "ignored"),
        ("paludisme date:[hier TO demain]", "hier", "ignored"),
        ("paludisme a*", "a*", "ignored"),
        ("paludisme *a*b*c*d*e*", "*a*b*c*d*e*", "ignored"),
        ("paludisme REQUIRE REQUIRE santé", "paludisme REQUIRE REQUIRE santé", "words"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_searched(
    searched: Advanced, query: str, form: str, kind: str
) -> None:
    answer = searched.search(query)
    assert {"palu", "vih", "bilan"} <= ids(answer)
    assert [(one["form"], one["kind"]) for one in answer["interpreted"]] == [(form, kind)]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "le de la",
        '"',
        '""',
        '"le',
        "(",
        ")",
        ")(",
        "(" * 900 + "a" + ")" * 900,
        "[",
        "]",
        "[TO]",
        "[TO TO TO",
        "{} TO ]",
        "AND",
        "AND AND",
        "NOT",
        "NOT NOT",
        "NOT " * 400,
        "ET",
        "SAUF",
        "REQUIRE x",
        "x ANDMAYBE",
        "?",
        "???",
        "*" * 2000,
        "*?*?*?*?*?*?*a",
        "*a*a*a",
        "~",
        "~2",
        "a~9/99",
        "x^",
        "^5",
        "x^" + "9" * 500,
        "titre:",
        "titre:titre:x",
        ":x",
        "::::",
        "inconnu:x",
        "https://exemple.org/?a=b",
        "titre:*",
        "date:",
        "date:0000",
        "date:9999-99-99",
        "date:[9999 TO 0001]",
        "date:2015*",
        "date:2015~2",
        "titre:[z TO a]",
        ">5",
        "date:>",
        "\\",
        "'",
        "<script>alert(1)</script>",
        "🦟 🏥",
        "\x00\ud800",
        "é" * 10_000,
        "mot " * 2500,
        "a OR " * 400,
        "#[x](y)",
        'r"(a+)+"',
    ],
)
def test_no_query_fails_or_takes_long(searched: Advanced, query: str) -> None:
    begun = time.monotonic()
    answer = searched.search(query)
    assert time.monotonic() - begun < clauses.LONGEST + 2
    assert set(answer) == {"query", "total", "exact", "interpreted", "suggestions", "results", "facets"}
    assert answer["total"] >= len(answer["results"])


def test_a_wildcard_stands_for_a_bounded_number_of_words(cache: Path, tmp_path: Path) -> None:
    texts = " ".join(f"mot{n:03}" for n in range(clauses.MOST_WORDS + 20))
    advanced = Advanced(tmp_path / "h")
    advanced.update(source(tmp_path / "h", {"docs/notes/a.md": a_note("Un", body=texts)}))
    answer = advanced.search("mot*")
    assert (answer["total"], answer["exact"]) == (1, False)


def test_an_update_reads_what_changed_and_nothing_else(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    record = Source.record
    monkeypatch.setattr(Source, "record", lambda self, entry: read.append(entry.id) or record(self, entry))
    root = tmp_path / "h"
    Advanced(root).update(source(root, FILES))
    assert len(read) == 6
    read.clear()
    Advanced(root).update(source(root, {}))
    assert read == []
    (root / "docs/notes/eau.md").unlink()
    advanced = Advanced(root)
    advanced.update(source(root, {"docs/notes/vih.md": a_note("Le sida", body="Un dépistage.")}))
    assert read == ["vih"]
    assert ids(advanced.search("dépistage")) == {"vih"}
    assert ids(advanced.search("zone sanitaire forages")) == set()
    assert ids(advanced.search("*:*")) == {"palu", "vih", "water", "bilan", "awa-bio"}
    assert ids(advanced.search("NOT paludisme")) == {"vih", "water", "awa-bio"}
    advanced.update(source(root, {"docs/notes/vih.md": FILES["docs/notes/vih.md"]}))
    assert ids(advanced.search("sanitaire")) == {"vih"}


def test_labels_of_a_vocabulary_that_change_make_the_index_anew(cache: Path, tmp_path: Path) -> None:
    root = tmp_path / "h"
    advanced = Advanced(root)
    advanced.update(source(root, FILES))
    changed = VOCABULARY.replace("Financement des soins", "Argent")
    advanced.update(source(root, {"docs/vocabulaires/themes.yml": changed}))
    assert ids(advanced.search("thème:argent")) == {"palu"}


class _Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


def _plant(there: Path, bomb: Path) -> None:
    """Put a pickle that runs something in the place of the list of segments, which stands at the end of its file."""
    begins = pickle.PROTO + bytes([pickle.HIGHEST_PROTOCOL])
    tables = list(there.glob("*.toc"))
    assert tables
    for path in tables:
        found = path.read_bytes()
        path.write_bytes(found[: found.rindex(begins)] + pickle.dumps(_Bomb(bomb)))


@pytest.mark.parametrize("inside", [".cache", ".cache/hub", ""])
def test_an_index_that_a_repository_brings_is_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    repository, root, bomb = tmp_path / "r", tmp_path / "r" / "site", tmp_path / "blown"
    (repository / ".git").mkdir(parents=True)
    # Made elsewhere under the same name, then brought along by a branch into the place where it would be looked for.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Advanced(root).update(source(root, FILES))
    planted = repository / inside / "cop-hub"
    shutil.copytree(tmp_path / "cache" / "cop-hub", planted, dirs_exist_ok=True)
    for there in (planted / "whoosh").iterdir():
        _plant(there, bomb)
    monkeypatch.setenv("XDG_CACHE_HOME", str(repository / inside))
    advanced = Advanced(root)
    advanced.update(source(root, {}))
    assert ids(advanced.search("paludisme")) == {"palu", "vih", "bilan"}
    assert not bomb.exists()
    # The same bomb in the user's own cache goes off: the test would notice.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for there in (tmp_path / "cache" / "cop-hub" / "whoosh").iterdir():
        _plant(there, bomb)
    Advanced(root).update(source(root, {}))
    assert bomb.exists()


def test_a_cache_that_is_a_link_into_the_repository_is_not_used(cache: Path, tmp_path: Path) -> None:
    root = tmp_path / "h"
    (root / "docs").mkdir(parents=True)
    cache.symlink_to(root / "docs", target_is_directory=True)
    assert own_folder.folder_for(root, "whoosh") is None


def test_a_folder_that_others_may_write_is_not_used(cache: Path, tmp_path: Path) -> None:
    found = own_folder.folder_for(tmp_path, "whoosh")
    assert found is None  # the cache lies in the hub itself
    there = own_folder.folder_for(tmp_path / "h", "whoosh")
    assert there
    there.chmod(0o777)
    assert own_folder.folder_for(tmp_path / "h", "whoosh") is None


def test_indexes_of_hubs_that_are_gone_are_taken_away(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    there = own_folder.folder_for(tmp_path / "one", "whoosh")
    assert there
    (tmp_path / "one").rmdir()
    (tmp_path / "two").mkdir()
    assert own_folder.folder_for(tmp_path / "two", "whoosh")
    assert not there.exists()


def test_without_a_cache_the_index_lasts_as_long_as_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "folder_for", lambda root, sort: None)
    advanced = Advanced(tmp_path)
    advanced.update(source(tmp_path, FILES))
    assert ids(advanced.search("forages")) == {"eau"}
    there = advanced._index.folder
    assert there.exists()
    del advanced
    assert not there.exists()


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "gone", "made-by"])
def test_a_damaged_index_is_made_anew_without_a_word(cache: Path, tmp_path: Path, damage: str) -> None:
    root = tmp_path / "h"
    Advanced(root).update(source(root, FILES))
    (there,) = (cache / "cop-hub" / "whoosh").iterdir()
    for path in there.iterdir():
        content = path.read_bytes()
        if path.suffix not in {".seg", ".toc"}:
            continue
        if damage == "gone":
            path.unlink()
        elif damage != "made-by":
            path.write_bytes(
                {"cut": content[: len(content) // 2], "empty": b"", "noise": b"\x07" * len(content)}[damage]
            )
    if damage == "made-by":
        (there / "made-by.json").write_text("{}")
    advanced = Advanced(root)
    advanced.update(source(root, {}))
    assert ids(advanced.search("paludisme")) == {"palu", "vih", "bilan"}


@pytest.mark.parametrize("files", [{}, {"docs/notes/eau.md": a_note("Forages", body="Les forages.")}])
def test_what_a_process_left_that_was_stopped_does_no_harm(cache: Path, tmp_path: Path, files: dict[str, str]) -> None:
    root = tmp_path / "h"
    Advanced(root).update(source(root, FILES))
    (there,) = (cache / "cop-hub" / "whoosh").iterdir()
    (there / "MAIN.tmp").mkdir()
    (there / "MAIN.tmp" / "left").write_bytes(b"x")
    (there / "MAIN_0123456789abcdef.trm").write_bytes(b"x")
    advanced = Advanced(root)
    advanced.update(source(root, files))
    assert ids(advanced.search("forages")) == {"eau"}
    advanced._index.update(source(root, files), anew=True)
    assert ids(advanced.search("forages")) == {"eau"}


def test_an_index_that_cannot_be_written_is_a_fault_of_the_operator(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index.Index, "_clear", full)
    with pytest.raises(HubError, match="No space left on device"):
        Advanced(tmp_path / "h").update(source(tmp_path / "h", FILES))


def test_two_at_once_wait_for_each_other(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_PATIENCE", 0.1)
    one, other = index.Index(tmp_path / "h"), index.Index(tmp_path / "h")
    with one._alone(), pytest.raises(HubError, match="Another search"):
        other.update(source(tmp_path / "h", FILES))
