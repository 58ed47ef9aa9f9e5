"""Answers of the advanced search, in the form of all answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hub.nearest import edits
from hub.search.advanced import syntax
from hub.search.advanced.index import Index, Opened
from hub.search.advanced.meaning import Meaning
from hub.search.advanced.schema import FORMS
from hub.search.analysis import words
from hub.search.engine import VALUES, Filters
from hub.search.excerpt import excerpt
from hub.search.reading import FACETS
from hub.search.records import Source

MOST_LETTERS = 2000
"""What is longer is no query; the rest of it is not read."""
_OWN_LANGUAGE = 1.125
_PHRASE = 20.0
"""What a phrase counts in a passage, beside words."""
_TWO_EDITS = 8
_SUGGESTED = 3
_SPELT = ("title", "keywords", "body")


class Advanced:
    """The advanced search of one hub.

    `update(source)` brings the index up to date, and makes it where there is none; `search(query, limit=…, filters=…,
    lang=…)` answers. The index is kept in the user's own cache folder, outside of every repository, because opening a
    Whoosh index runs what is in it: see `folder`.

    Args:
        root: the hub's folder. It names the index; nothing is read from it, and nothing written into it.
    """

    def __init__(self, root: Path) -> None:
        self._index = Index(root)
        self._source: Source | None = None

    def update(self, source: Source) -> None:
        """Bring the index up to date with a library, as readers may see it (`hub.public`).

        Raises:
            HubError: when the index cannot be written.
        """
        self._source = source
        self._index.update(source)

    def search(self, query: str, *, limit: int = 10, filters: Filters | None = None, lang: str = "") -> dict[str, Any]:
        """Answer a query; what cannot be read in it is left out and told, and nothing that is typed raises.

        Args:
            query: in the syntax of Whoosh.
            limit: results at most.
            filters: for a facet the values of which a result must have one.
            lang: the reader's language; the hub's default where it is none of the hub's.

        Returns:
            The answer, as `hub search --format json` prints it. `interpreted` knows two more kinds: `ignored`, a part
            that could not be read, and `words`, the query read as plain words because its syntax could not be.
        """
        assert self._source is not None, "update comes first"
        languages = self._source.library.languages
        lang = lang if lang in languages else languages[0]
        asked = (query, limit, filters or {}, lang, languages.index(lang))
        try:
            return _Answer(self._index.opened()).to(*asked)
        except Exception:  # noqa: BLE001 - a damaged index fails in any way
            self._index.update(self._source, anew=True)
            return _Answer(self._index.opened()).to(*asked)


class _Answer:
    def __init__(self, index: Opened) -> None:
        self.index = index
        self.meaning = Meaning(index)

    def to(self, query: str, limit: int, filters: Filters, lang: str, at: int) -> dict[str, Any]:
        text = query[:MOST_LETTERS]
        as_words = ""
        try:
            found = self.meaning.find(syntax.read(text))
        except Exception:  # noqa: BLE001 - the parser fails in many ways on what makes no sense
            self.meaning = Meaning(self.index)
            as_words = " ".join(dict.fromkeys(word.form for word in words(text)))
            found = self.meaning.find(syntax.plain(as_words.split()))
        allowed = self.meaning.clauses.with_values(filters)
        if allowed is not None:
            found = found if text.strip() else self.meaning.clauses.all()
            found = {one: score for one, score in found.items() if one in allowed}
        ordered = self._ordered(found, lang)
        unknown = self.meaning.clauses.unknown
        return {
            "query": query,
            "total": len(ordered),
            "exact": self.meaning.clauses.is_exact and text == query,
            "interpreted": self._interpreted(text, as_words),
            "suggestions": list(dict.fromkeys(word for form in unknown for word in self._near(form))),
            "results": [self._result(one, score) for one, score in ordered[: max(limit, 0)]],
            "facets": self._facets((one for one, _ in ordered), at),
        }

    def _ordered(self, found: Mapping[int, float], lang: str) -> list[tuple[int, int]]:
        """The best first: by rank, score and key."""
        names, ranks = self.index.column("name"), self.index.column("rank")
        keyed = []
        for one, score in found.items():
            key = names[one].decode()
            own = key.endswith(f"\t{lang}")
            keyed.append((ranks[one][0], -round(1000 * score * (_OWN_LANGUAGE if own else 1)), key, one))
        return [(one, -score) for _, score, _, one in sorted(keyed)]

    def _result(self, one: int, score: int) -> dict[str, Any]:
        record = self.index.stored(one)
        text, anchor, heading = self._passage(record)
        shown, marks = excerpt(text, self.meaning.clauses.marked)
        url = record["url"]
        return {
            **{name: record[name] for name in ("id", "kind", "lang", "title", "url")},
            "score": score,
            "excerpt": shown,
            "marks": [list(mark) for mark in marks],
            "section": heading,
            "section_url": f"{url}#{anchor}" if anchor else url,
            "date": record["date"],
            "status": record["status"],
        }

    def _passage(self, record: Mapping[str, Any]) -> tuple[str, str, str]:
        """The passage that has most of what was looked for, the rarer the better; the summary where none has."""
        marked, phrases = self.meaning.clauses.marked, self.meaning.clauses.phrases
        best, most = (record["summary"], "", ""), 0.0
        for anchor, heading, text in record["passages"]:
            found = words(text)
            weight = sum(self.index.rarity(term) for term in {word.term for word in found} & marked)
            forms = f" {' '.join(word.form for word in found)} "
            weight += _PHRASE * sum(f" {' '.join(phrase)} " in forms for phrase in phrases)
            if weight > most:
                best, most = (text, anchor, heading), weight
        return best

    def _facets(self, found: Iterable[int], at: int) -> dict[str, list[dict[str, Any]]]:
        """How many of the records have each value, the most frequent first."""
        column = self.index.column("facets")
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        labels: dict[tuple[str, str], str] = {}
        for one in found:
            for name, values in json.loads(column[one]).items():
                for value, told in values.items():
                    counts[name][value] += 1
                    labels[name, value] = told[at]
        return {
            name: [
                {"value": value, "label": labels[name, value], "count": count}
                for value, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:VALUES]
            ]
            for name, counted in counts.items()
        }

    def _near(self, form: str) -> Sequence[str]:
        """Known words that a typing error or two would make of one that nobody has written; the commonest first."""
        most = 2 if len(form) >= _TWO_EDITS else 1
        found = {}
        for name in _SPELT:
            for known in self.index.forms(name + FORMS):
                if known not in found and known[0] == form[0] and abs(len(known) - len(form)) <= most:
                    distance = edits(form, known, most)
                    if distance <= most:
                        found[known] = (distance, -self.index.frequency(name + FORMS, known), known)
        return sorted(found, key=lambda known: found[known])[:_SUGGESTED]

    def _interpreted(self, text: str, as_words: str) -> list[dict[str, Any]]:
        told = [(form, "ignored", "") for form in dict.fromkeys(self.meaning.clauses.ignored)]
        if as_words:
            told.append((text, "words", as_words))
        return [
            {
                "form": form,
                "kind": kind,
                "choices": [{"id": read, "title": read}] if read else [],
                "chosen": read or None,
            }
            for form, kind, read in told
        ]
