"""Controlled lists: codes with French and English labels, as data in `hub/vocab/*.yml` and in a hub's own folder.

A file holds `title`, `source` (the standard it is taken from), `shows_codes: true` where readers are to see the code,
and `terms`: code → label in each language, and optionally `also` (other words that mean the code) and keys of its own.
It is read by the same reader as front matter, so a community's lists can run nothing. A community's file of the name
of a list that comes with the library adds to it and changes its labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from hub.diagnostics import Diagnostic, Message, Rule, Severity
from hub.frontmatter import read_fields
from hub.i18n import N_, Label
from hub.location import Location
from hub.nearest import fold
from hub.source import Path as FieldPath

BAD_VOCABULARY = Rule(
    "bad-vocabulary",
    Severity.ERROR,
    N_("The list cannot be used as it stands: {problem}"),
    N_("Give each term both labels. Example:\nterms:\n  financing: {{fr: Financement, en: Financing}}"),
)
RULES = (BAD_VOCABULARY,)


_NO_TERMS = Message(N_("“terms” does not hold codes with their labels."))


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a vocabulary.

    Attributes:
        code: what is written in front matter.
        label: what people see.
        also: other words that mean the code.
        extra: the term's other keys (an address in the standard, a group).
    """

    code: str
    label: Label
    also: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """A named, ordered list of terms.

    Attributes:
        name: of the list.
        terms: by code, in order.
        source: the standard that it is taken from.
        shows_codes: whether readers are shown the code beside the label (code lists of a standard).
    """

    name: str
    terms: Mapping[str, Term] = field(default_factory=dict)
    source: str = ""
    shows_codes: bool = False

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for term in self.terms.values():
            for word in (*term.label, *term.also):
                words.setdefault(fold(word), term.code)
        return words | {fold(code): code for code in self.terms}

    def find(self, word: str) -> str | None:
        """The code that a code, a label in either language or a synonym stands for; case and accents do not count."""
        return word if word in self.terms else self._by_word.get(fold(word))

    def label(self, code: str, lang: str) -> str:
        """The label of a code, or the code itself when the list does not know it."""
        term = self.terms.get(code)
        return term.label.in_(lang) if term else code

    def extended(self, own: Vocabulary) -> Vocabulary:
        """This list with a community's own terms, and its labels in the place of those of the same code.

        No term goes away: the library relies on some, and texts may hold any. Former labels are still understood.
        """
        terms = dict(self.terms)
        for code, term in own.terms.items():
            known = terms.get(code, term)
            also = tuple(dict.fromkeys((*term.also, *known.also, *known.label)))
            terms[code] = Term(code, term.label, also, {**known.extra, **term.extra})
        return Vocabulary(self.name, terms, own.source or self.source, own.shows_codes or self.shows_codes)

    def words(self) -> Iterator[str]:
        """Every code and label, for proposals."""
        for term in self.terms.values():
            yield term.code
            yield from term.label


def read_vocabulary(raw: bytes, path: str) -> tuple[Vocabulary, list[Diagnostic]]:
    """Read a vocabulary file. Faulty terms are left out and reported; so are other words that are no words.

    Args:
        raw: the file's bytes.
        path: its name in diagnostics; its stem is the vocabulary's name.
    """
    front, faults = read_fields(raw, path)

    def report(at: FieldPath, problem: Message) -> None:
        span = front.span(at)
        where = Location(path, span.line, span.column) if span else Location(path)
        faults.append(Diagnostic(BAD_VOCABULARY, where, {"problem": problem}))

    terms: dict[str, Term] = {}
    found = front.data.get("terms")
    if not isinstance(found, dict):
        if not faults:  # otherwise the file could not be read, which is told already
            report(("terms",), _NO_TERMS)
        found = {}
    codes = [str(at[-1]) for at in front.keys if len(at) == len(("terms", "code")) and at[0] == "terms"]
    for code in codes:
        said = found.get(code)
        entry = said if isinstance(said, dict) else {}
        fr, en = entry.get("fr"), entry.get("en")
        if not (isinstance(fr, str) and fr.strip() and isinstance(en, str) and en.strip()):
            problem = Message(N_("the term “{code}” has no label in French and English."), {"code": code})
            report(("terms", code), problem)
            continue
        also = entry.get("also") or []
        words = also if isinstance(also, list) else [also]
        if not all(isinstance(word, str) for word in words):
            problem = Message(N_("“also” of the term “{code}” holds something other than words."), {"code": code})
            report(("terms", code, "also"), problem)
        extra = {key: value for key, value in entry.items() if key not in {"fr", "en", "also"}}
        terms[code] = Term(code, Label(fr, en), tuple(word for word in words if isinstance(word, str)), extra)
    source = front.data.get("source", "")
    source = source if isinstance(source, str) else ""
    return Vocabulary(Path(path).stem, terms, source, front.data.get("shows_codes") == "true"), faults


@cache
def builtin() -> Mapping[str, Vocabulary]:
    """The vocabularies that come with the library, by name."""
    folder = Path(__file__).parent
    loaded = {}
    for path in sorted(folder.glob("*.yml")):
        vocabulary, faults = read_vocabulary(path.read_bytes(), path.name)
        assert not faults, faults
        loaded[vocabulary.name] = vocabulary
    return loaded
